"""Which year a month belongs to: its own, that of its tab, else that of the workbook's settings; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sheets_sync.intake.dates import NamedMonth, months_in
from sheets_sync.intake.options import TabInput
from sheets_sync.intake.words import tidy
from sheets_sync.model import Period

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NO_TITLE = re.compile(r"\b(?:nomor|no|perda|perka|perpusnas|peraturan|undang-undang|uu|sk|pasal)\b", re.IGNORECASE)
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[/–—-]\s*((?:19|20)?\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """The reporting year of a table: `year` is the calendar year it starts in (None: unknown), in `first_month`."""

    year: int | None
    first_month: int = 1

    def period(self, month: NamedMonth) -> Period | None:
        """The calendar month; None where neither the month nor the table says the year."""
        if month.year is not None:
            return Period(month.year, month.month)
        return None if self.year is None else Period(self.year + (month.month < self.first_month), month.month)

    def contains(self, period: Period) -> bool:
        """Whether a month is in the reporting year; any is where the year is unknown."""
        return self.year is None or period.year - (period.month < self.first_month) == self.year


def table_year(titles: Iterable[str], about: TabInput, fallback: int | None, first_month: int) -> ReportingYear:
    """The reporting year of a table: what is said for its tab, else its titles where they agree, else the fallback."""
    if about.year is not None:
        return ReportingYear(about.year, first_month)
    named = {year for title in titles for year in years_in(title, first_month)}
    if len(named) > 1:
        return ReportingYear(None, first_month)
    return ReportingYear(named.pop() if named else fallback, first_month)


def table_month(titles: Iterable[str]) -> NamedMonth | None:
    """The one month that titles name (`Laporan Oktober 2024`)."""
    months = {month for title in titles for month in months_in(title)}
    return months.pop() if len(months) == 1 else None


def years_in(title: str, first_month: int) -> set[int]:
    """The years a title names (`Data 2024`); `2023/24` is one reporting year if those start in another month."""
    text = tidy(title)
    if _NO_TITLE.search(text):
        return set()
    spans = [(int(start), int(end) % 100) for start, end in _SPAN.findall(text)]
    if spans and first_month > 1 and all((start + 1) % 100 == end for start, end in spans):
        return {start for start, _ in spans}
    return {int(year) for year in _YEAR.findall(text)}
