"""Which year a month belongs to: its own, that of its tab, else that of the workbook's settings; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sheets_sync.intake.month_names import MONTH_WORD, NamedMonth, months_in
from sheets_sync.intake.options import TabInput
from sheets_sync.intake.words import tidy
from sheets_sync.model import Period

_RUN = 4  # months that follow on each other, to be believed against a title
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NO_TITLE = re.compile(r"\b(?:nomor|no|perda|perka|perpusnas|peraturan|undang-undang|uu|sk|pasal)\b", re.IGNORECASE)
_A_YEAR = r"(?:19|20)\d\d"
_UPTO = r"(?:s\.? ?/? ?d\.?|sampai(?: dengan)?|hingga|to|until|[-\u2013\u2014]|(?:per|keadaan|posisi)(?= (?:28|29|3[01])\b))"
_FULL_DATE = re.compile(
    rf"(?P<upto>{_UPTO} *)?(?<!\d)(?:\d{{1,2}}[ ./-]+(?:{MONTH_WORD}|\d{{1,2}})[ ./,-]+{_A_YEAR}"
    rf"|{_A_YEAR}-\d{{1,2}}-\d{{1,2}}|(?:{MONTH_WORD}) \d{{1,2}}, {_A_YEAR})(?!\d)",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(
    r"\b(?:sejak|berdiri|didirikan|diresmikan|diperbar\w+|diperbaharui|dicetak|cetak|updated?|dibuat|disusun|sensus|bps"
    r"|pos|telp|telepon|hp|wa|jl|jalan|penduduk|since|founded|printed|created|census|population|copyright)\b[ .:,()/-]*"
    rf"(?:\w+[ .:,()/-]+){{0,3}}?{_A_YEAR}(?:[ /-]{_A_YEAR})*(?!\d)"
    rf"|(?<!\d){_A_YEAR} *(?:jiwa|orang|org|kk|km|ha|m2|buku|eks\w*|exp|judul|unit|people|books)\b",
    re.IGNORECASE,
)  # not of the figures below
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[/–—-]\s*((?:19|20)?\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """The reporting year of a table: `year` is the calendar year it starts in (None: unknown), in `first_month`.

    `proposal` is the year it may be where none is certain; `binding` says that no month outside it can be right.
    """

    year: int | None
    first_month: int = 1
    proposal: str = ""
    binding: bool = True

    def period(self, month: NamedMonth) -> Period | None:
        """The calendar month; None where neither the month nor the table says the year."""
        if month.year is not None:
            return Period.in_year(month.year, month.month)
        return None if self.year is None else Period.in_year(self.year + (month.month < self.first_month), month.month)

    @property
    def excludes(self) -> bool:
        """Whether there are months outside it: there are none where the year is unknown or does not bind."""
        return self.binding and self.year is not None

    def contains(self, period: Period) -> bool:
        """Whether a month is in the reporting year."""
        return not self.excludes or self.covers(period)

    def covers(self, period: Period) -> bool:
        """Whether a month is in the reporting year, if there is one."""
        return self.year is None or period.year - (period.month < self.first_month) == self.year


def table_year(
    titles: Sequence[str], about: TabInput, fallback: int | None, first_month: int, months: Sequence[NamedMonth] = ()
) -> ReportingYear:
    """The reporting year of a table: what is said for its tab, else its titles, nearest first, else the fallback.

    `months` are those of the table as they stand. A span (`2023-24`) is one reporting year where the year starts in
    another month than January or where the months' order shows where it does; else its year is not known. Titles that
    contradict each other leave it unknown as well, with the nearest one proposed.
    """
    start = _start(months)
    if about.year is not None:
        return ReportingYear(about.year, first_month)
    spans = {span for title in titles for span in spans_in(title)}
    if len(spans) == 1 and start > 1:
        return ReportingYear(spans.pop(), start)
    named = [years for title in titles if (years := years_in(title, first_month))]
    year, proposal = _agreed(named) if named else (fallback, "")
    if year is not None and first_month == 1 and _over_new_year(months):
        return ReportingYear(None, first_month, str(year))
    found = ReportingYear(year, first_month, proposal)
    return replace(found, binding=not _other_year(found, months))


def _agreed(named: Sequence[set[int]]) -> tuple[int | None, str]:
    """The one year that the nearest title names, if those farther off don't say another one; else only proposed."""
    nearest = named[0]
    if len(nearest) > 1:
        return None, ""
    (year,) = nearest
    return (year, "") if all(year in years for years in named) else (None, str(year))


def _start(months: Iterable[NamedMonth]) -> int:
    """The month that a year begins with whose months stand in this order, going over New Year once; else January."""
    order = list(dict.fromkeys(month.month for month in months if month.year is None))
    falls = [n for n, (one, other) in enumerate(pairwise(order)) if other < one]
    return order[0] if len(falls) == 1 and order[-1] < order[0] else 1


def _over_new_year(months: Sequence[NamedMonth]) -> bool:
    """Whether months without a year go on from December to January, so that they are of two years."""
    order = list(dict.fromkeys(month.month for month in months if month.year is None))
    return _start(months) > 1 and (12, 1) in pairwise(order)


def _other_year(year: ReportingYear, months: Iterable[NamedMonth]) -> bool:
    """Whether the months say for themselves that they are of another year than the titles: most do, or they follow on."""
    dated = dict.fromkeys(Period.in_year(month.year, month.month) for month in months if month.year is not None)
    outside = sum(not year.covers(period) for period in dated)
    follow = len(dated) >= _RUN and all(other.ordinal - one.ordinal == 1 for one, other in pairwise(dated))
    return outside > 0 and len(dated) > 1 and (outside * 2 >= len(dated) or follow)


def table_month(titles: Iterable[str]) -> NamedMonth | None:
    """The one month that titles name (`Laporan Oktober 2024`)."""
    months = {month for title in titles for month in months_in(dating(title))}
    return months.pop() if len(months) == 1 else None


def dating(title: str) -> str:
    """What a title may say of the time of its figures: no day on which it was printed, no year of something else."""
    text = tidy(title)
    if _NO_TITLE.search(text):
        return ""
    return _OF_SOMETHING.sub(" ", _FULL_DATE.sub(lambda date: date[0] if date["upto"] else " ", text))


def years_in(title: str, first_month: int) -> set[int]:
    """The years a title names (`Data 2024`); `2023/24` is one reporting year if those start in another month."""
    text = dating(title)
    spans = spans_in(title)
    if spans and first_month > 1:
        return spans
    return {int(year) for year in _YEAR.findall(text)} | {start + 1 for start in spans}


def spans_in(title: str) -> set[int]:
    """The years in which the two-year spans that a title names begin: `2023-24`, `2023/2024`."""
    found = [(int(start), int(end)) for start, end in _SPAN.findall(dating(title))]
    follows = all((start + 1) % 100 == end % 100 for start, end in found)
    return {start for start, _ in found} if follows else set()
