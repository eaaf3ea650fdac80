"""The mark that a report leaves in the office's home workbook, so that another store does not send it again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sheets_sync.model.period import Period
from sheets_sync.model.span import Reported, kind_of, last_month


@dataclass(frozen=True, slots=True)
class ReportMark:
    """That a store has reported a month of an office; without a month, that it is the one that reports.

    `deliveries` is how many messages the report was to go out in, `digest` names the figures it was made of, `token` is
    made up for each report: two copies of one store make different ones. `span` is `quarter` or `year` where the report is
    of the one that ends with the month, else empty.
    """

    office: str
    store: str
    period: Period | None = None
    version: int = 0
    deliveries: int = 0
    digest: str = ""
    token: str = ""
    span: str = ""

    @property
    def id(self) -> int:
        """The same for whoever reports the month: Google lets a workbook carry each number once."""
        name = f"{self.office}\x1f{self.period or ''}\x1f{self.version}{self.span and chr(31)}{self.span}"
        return int.from_bytes(hashlib.blake2s(name.encode(), digest_size=4).digest()) >> 1 or 1

    def is_of(self, reported: Reported) -> bool:
        """Whether it tells of the report of a month, a quarter or a year."""
        return (self.span, self.period) == (kind_of(reported), last_month(reported))

    @property
    def is_owner(self) -> bool:
        return self.period is None
