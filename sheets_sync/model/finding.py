"""Something to ask or to tell about typed values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sheets_sync.model.cell import CellRef
from sheets_sync.model.message import Message
from sheets_sync.model.period import Period


class Severity(StrEnum):
    """F blocks the values it names, E asks for a reason, W informs, R says how an unusual entry was read."""

    FATAL = "F"
    EXPLAIN = "E"
    WARNING = "W"
    READ_AS = "R"


@dataclass(frozen=True)
class Finding:
    """Something to ask or to tell about typed values. `rule_code` is the code in the catalogue of checks."""

    rule_code: str
    severity: Severity
    message: Message
    library: str | None = None
    element: str | None = None
    period: Period | None = None
    cells: tuple[CellRef, ...] = ()
    typed: str = ""
    proposal: str = ""
    also_elements: tuple[str, ...] = ()  # further elements of the same library and month (None: any) that it names
    reason: str = ""  # what the library answered

    @property
    def is_question(self) -> bool:
        """Whether it waits for a person: a refused value, or an unusual one for which no reason was given."""
        return self.severity is Severity.FATAL or (self.severity is Severity.EXPLAIN and not self.reason)

    @property
    def is_for_information(self) -> bool:
        """Whether it only says how something was read or left out, and nothing has to be done."""
        return self.severity in (Severity.WARNING, Severity.READ_AS)

    @cached_property
    def id(self) -> str:
        """Short and stable (`Kode`): the same question about the same typed value has the same code on every run."""
        about_no_figure = self.library is None or (self.element is None and self.period is None)
        where = self.cells[0] if self.cells and about_no_figure else ""
        parts = (self.rule_code, self.library, self.element, self.period, self.typed, where)
        digest = hashlib.blake2s("\x1f".join(str(part) for part in parts).encode(), digest_size=4).hexdigest()
        return f"{self.rule_code}-{digest}"
