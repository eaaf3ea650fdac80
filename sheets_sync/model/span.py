"""Quarters and years of reporting: the months that a longer report looks back on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sheets_sync.model.period import Period, periods_between

_WRITTEN = re.compile(r"(\d{4})(?:-[Qq]([1-4]))?")
MONTHS_OF_A_QUARTER = 3


class SpanKind(StrEnum):
    """How long a span is."""

    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """A quarter (`quarter` 1 to 4) or a whole year (0) of reporting years that start in the month `starts_in`.

    `year` is the calendar year in which the reporting year begins.
    """

    year: int
    quarter: int = 0
    starts_in: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.quarter <= 4:
            raise ValueError(f"quarter {self.quarter} is not between 1 and 4")

    @classmethod
    def parse(cls, text: str, starts_in: int = 1) -> TimeSpan:
        """The span of `2024-Q3` or `2024`.

        Raises:
            ValueError: not of that form.
        """
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is neither a quarter like 2024-Q3 nor a year like 2024")
        return cls(int(found[1]), int(found[2] or 0), starts_in)

    @classmethod
    def around(cls, month: Period, kind: SpanKind, starts_in: int = 1) -> TimeSpan:
        """The quarter or year that a month is in."""
        start = month.year_start(starts_in)
        quarter = (month.ordinal - start.ordinal) // MONTHS_OF_A_QUARTER + 1 if kind is SpanKind.QUARTER else 0
        return cls(start.year, quarter, starts_in)

    @property
    def kind(self) -> SpanKind:
        return SpanKind.QUARTER if self.quarter else SpanKind.YEAR

    @property
    def first(self) -> Period:
        return Period(self.year, self.starts_in) + MONTHS_OF_A_QUARTER * max(self.quarter - 1, 0)

    @property
    def last(self) -> Period:
        return self.first + (len(self) - 1)

    @property
    def months(self) -> list[Period]:
        """Every month of it, oldest first."""
        return periods_between(self.first, self.last)

    @property
    def before(self) -> TimeSpan:
        """The quarter or year before it."""
        if not self.quarter:
            return TimeSpan(self.year - 1, 0, self.starts_in)
        return TimeSpan(self.year - (self.quarter == 1), (self.quarter - 2) % 4 + 1, self.starts_in)

    def holds(self, month: Period) -> bool:
        """Whether a month is in it."""
        return self.first <= month <= self.last

    def __len__(self) -> int:
        """How many months it has."""
        return MONTHS_OF_A_QUARTER if self.quarter else 12

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.quarter}" if self.quarter else f"{self.year:04}"


Reported = Period | TimeSpan
"""What a report is about: a month, a quarter or a year."""


def last_month(of: Reported) -> Period:
    """The month with which it ends."""
    return of.last if isinstance(of, TimeSpan) else of


def months_of(of: Reported) -> list[Period]:
    """Its months."""
    return of.months if isinstance(of, TimeSpan) else [of]


def kind_of(of: Reported) -> str:
    """`quarter`, `year`, or nothing for a month: what tells reports apart that end with the same month."""
    return of.kind.value if isinstance(of, TimeSpan) else ""
