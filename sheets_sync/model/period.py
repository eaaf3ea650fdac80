"""Calendar months."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month; `ordinal` are months since year 0, so that neighbours differ by one: `12 * year + month - 1`."""

    year: int
    month: int
    ordinal: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is not between 1 and 12")
        object.__setattr__(self, "ordinal", 12 * self.year + self.month - 1)

    def __hash__(self) -> int:
        """The month's number: months are looked up by the ten thousand, and the hash of a tuple takes longer."""
        return self.ordinal

    @classmethod
    def parse(cls, text: str) -> Period:
        """The month of `2024-10`.

        Raises:
            ValueError: not of that form.
        """
        if not _MONTH.fullmatch(text):
            raise ValueError(f"{text!r} is not a month like 2024-10")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> Period:
        return cls(day.year, day.month)

    @classmethod
    def in_year(cls, year: int, month: int) -> Period:
        """The month itself, the same object each time: it is found in a table of months without being compared."""
        return cls.from_ordinal(12 * year + month - 1)

    @classmethod
    @cache  # a large workbook asks for the same dozen months ten thousand times
    def from_ordinal(cls, ordinal: int) -> Period:
        """The inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]

    def year_start(self, first_month: int = 1) -> Period:
        """The first month of the reporting year this month is in; `first_month` is 4 for April to March."""
        return Period(self.year - (self.month < first_month), first_month)

    def __add__(self, months: int) -> Period:
        return Period.from_ordinal(self.ordinal + months)

    def __sub__(self, months: int) -> Period:
        return Period.from_ordinal(self.ordinal - months)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def periods_between(first: Period, last: Period) -> list[Period]:
    """Every month from first to last, both included."""
    return [Period.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1)]
