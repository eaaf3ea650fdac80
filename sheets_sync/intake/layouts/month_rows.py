"""A row per month: one tab per library, or one tab for all of them with a column that names the library."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sheets_sync.intake.entry import Entry
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Meaning, Role
from sheets_sync.intake.layouts.lines import Line, Slot
from sheets_sync.intake.layouts.sheet import Sheet, of_library
from sheets_sync.intake.layouts.told_apart import told_apart
from sheets_sync.intake.month_names import NamedMonth, month_named
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.words import closest, tidy
from sheets_sync.model import Finding, Period
from sheets_sync.model.grid import GridCell
from sheets_sync.rules import places


class _Row(NamedTuple):
    """A row that may hold figures: its month and its library, or what is to be asked about them."""

    row: int
    period: Period | Finding
    library: str | Finding | None
    month: tuple[str, Period] | None  # the library's month that it is for
    dated: bool = False  # whether the row itself says the year


def _row(row: int, period: Period | Finding, library: str | Finding | None, *, dated: bool) -> _Row:
    month = (library, period) if isinstance(period, Period) and isinstance(library, str) else None
    return _Row(row, period, library, month, dated)


@dataclass(frozen=True, slots=True)
class _Figures:
    """The columns of figures, and of what elements they are; `dated` where a heading says its year."""

    columns: tuple[HeaderColumn, ...]
    indexes: tuple[int, ...]
    elements: tuple[str, ...]
    dated: bool

    @classmethod
    def of(cls, sheet: Sheet) -> _Figures:
        columns = sheet.table.with_role(Role.ELEMENT)
        meanings = [column.meaning for column in columns if column.meaning]
        elements, dated = tuple(each.element for each in meanings), any(each.year for each in meanings)
        return cls(columns, tuple(column.index for column in columns), elements, dated)


def place(sheet: Sheet) -> Iterator[Line | Finding]:
    """The lines of a table with a row per month; a row with figures but no month or library is asked about."""
    figures, month = _Figures.of(sheet), sheet.table.first(Role.MONTH)
    headed = next((c.meaning.year for c in figures.columns if c.meaning), None)  # where each heading says its year
    headed = headed if all(c.meaning and c.meaning.year for c in figures.columns) else None
    periods = _Periods(sheet, month, headed)
    rows = [
        _row(
            row,
            periods.of(row),
            sheet.library_of(row),
            dated=figures.dated and _dated(sheet, row, month),
        )
        for row in sheet.rows()
        if not sheet.is_total(row)
    ]
    parts = told_apart(sheet, ((each.row, _key(sheet, each, month)) for each in rows))
    yield from parts.findings
    named = {each.month: each for each in rows if each.month}
    for each in (each for each in rows if each.row not in parts.rows):
        first = named.get(parts.wholes.get(each.row))  # type: ignore[call-overload] # any key may be asked for
        yield from _of_row(sheet, first._replace(row=each.row) if first else each, figures)


class _Periods:
    """The months of the rows; of those that the same cell says alone only the first is worked out."""

    def __init__(self, sheet: Sheet, column: HeaderColumn | None, headed: int | None) -> None:
        self._sheet, self._column, self._headed = sheet, column, headed
        self._alone = column is not None and sheet.table.first(Role.YEAR) is None and not sheet.sections
        self._known: dict[GridCell, Period] = {}

    def of(self, row: int) -> Period | Finding:
        """The month of a row, or the question about it."""
        if not self._alone or self._column is None:
            return _period(self._sheet, row, self._column, self._headed)
        cell = self._sheet.key(row, self._column.index)
        known = self._known.get(cell)
        if known is None:
            found = _period(self._sheet, row, self._column, self._headed)
            if isinstance(found, Finding):
                return found
            known = self._known[cell] = found
        return known


def _of_row(sheet: Sheet, each: _Row, figures: _Figures) -> Iterator[Line | Finding]:
    """The line of a row, or the questions about it."""
    if each.month is not None:
        library, period = each.month
        if figures.dated:
            yield from _below_years(sheet, each, figures, each.month)
        else:
            yield Line(each.row, library, figures.indexes, figures.elements, (period,) * len(figures.indexes))
    elif sheet.has_figures(each.row, figures.columns):
        whose = each.library if isinstance(each.library, str) else None
        questions = (problem for problem in (each.period, each.library) if isinstance(problem, Finding))
        yield from (of_library(problem, whose) for problem in questions)
        if each.library is None:
            name = sheet.table.first(Role.LIBRARY)
            where = sheet.cell(each.row, name.index if name else sheet.table.left)
            yield places.NO_LIBRARY.finding(cells=(where,))


def _below_years(sheet: Sheet, each: _Row, figures: _Figures, month: tuple[str, Period]) -> Iterator[Line | Finding]:
    """The cells of a row of which some stand below a heading that says its year."""
    library, period = month
    for column in figures.columns:
        if column.meaning and column.meaning.year in (None, period.year):
            yield Slot(each.row, column.index, library, column.meaning.element, period).line
        elif column.meaning:
            yield from _of_another_year(sheet, each, column, column.meaning, month)


def _of_another_year(
    sheet: Sheet, each: _Row, column: HeaderColumn, meaning: Meaning, month: tuple[str, Period]
) -> Iterator[Line | Finding]:
    """The cell whose heading says another year; a question where its row says its own."""
    (library, period), year = month, meaning.year or 0
    if not each.dated:
        yield Slot(each.row, column.index, library, meaning.element, Period(year, period.month)).line
    elif sheet.has_figures(each.row, [column]):
        where = (sheet.cell(each.row, column.index),)
        yield places.TWO_YEARS.finding(library=library, cells=where, typed=column.text, year=str(period.year))


def _key(sheet: Sheet, each: _Row, month: HeaderColumn | None) -> Hashable:
    """What a row is for; None where its month and library are blank, as below the first of several rows for a month."""
    if each.month is not None:
        return each.month
    keys = [column for column in (month, *sheet.table.with_role(Role.LIBRARY)) if column]
    blank = all(sheet.key(each.row, column.index).blank for column in keys)
    return None if blank and keys else ("unknown", each.row)


def _dated(sheet: Sheet, row: int, column: HeaderColumn | None) -> bool:
    """Whether a row says its year, in its month or in a column for it."""
    month = _month(sheet, row, column).value if column else None
    return sheet.year_in(row) is not None or (month is not None and month.year is not None)


def _month(sheet: Sheet, row: int, column: HeaderColumn) -> Entry[NamedMonth]:
    numerals, none = sheet.counts_months_in_numerals, sheet.vocabulary.none
    return read_month(sheet.key(row, column.index), day_first=sheet.day_first, none=none, numerals=numerals)


def _period(sheet: Sheet, row: int, column: HeaderColumn | None, headed: int | None) -> Period | Finding:
    """The month of a row; without a column for it, the one that the tab's title names.

    `headed` is a year that headings say, for a row of which nothing else says one.
    """
    if column is None:
        where, typed, month = (sheet.cell(0, 0),), sheet.tab.title, sheet.section(row).month or sheet.month
    else:
        cell = sheet.key(row, column.index)
        where, typed = (sheet.cell(row, column.index),), tidy(cell.text)
        entry = _month(sheet, row, column)
        if entry.refusal:
            proposal = _month_like(typed) if entry.refusal is places.MONTH else ""
            return entry.refusal.finding(cells=where, typed=typed, proposal=proposal)
        month = entry.value
    if month is None:
        return places.NO_MONTH.finding(cells=where, typed=typed)
    unreadable = sheet.year_question(row) if month.year is None else None
    if unreadable:
        return unreadable
    said = sheet.year_in(row)
    if month.year is not None and said is not None and said != month.year:
        return places.TWO_YEARS.finding(cells=where, typed=typed, proposal=str(month.year), year=str(said))
    dated = _with_year_column(sheet, row, month)
    period = sheet.year_of_row(row).period(dated) or (Period(headed, month.month) if headed else None)
    return places.NO_YEAR.finding(cells=where, typed=typed, proposal=sheet.year.proposal) if period is None else period


def _with_year_column(sheet: Sheet, row: int, month: NamedMonth) -> NamedMonth:
    """The month with the calendar year that its row's year column says."""
    return month if month.year is not None else NamedMonth(month.month, sheet.year_in(row))


_MONTH_NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def _month_like(typed: str) -> str:
    """The month a misspelt one looks like."""
    name = closest("".join(c for c in typed if not c.isdigit()), _MONTH_NAMES, cutoff=0.7)
    return name if name and month_named(name.casefold()) else ""
