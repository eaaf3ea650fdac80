"""A row per month: one tab per library, or one tab for all of them with a column that names the library."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.intake.dates import NamedMonth, month_named
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet, Slot, of_library
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.words import closest, tidy
from sheets_sync.model import Finding, Period
from sheets_sync.rules import places


def place(sheet: Sheet) -> Iterator[Slot | Finding]:
    """The slots of a table with a row per month; a row with figures but no month or library is asked about."""
    elements = sheet.table.with_role(Role.ELEMENT)
    month = sheet.table.first(Role.MONTH)
    for row in sheet.rows():
        if sheet.is_total(row):
            continue
        period = _period(sheet, row, month)
        library = sheet.library_of(row)
        if isinstance(period, Period) and isinstance(library, str):
            yield from (Slot(row, c.index, library, c.meaning.element, period) for c in elements if c.meaning)
        elif sheet.has_figures(row, elements):
            whose = library if isinstance(library, str) else None
            yield from (of_library(problem, whose) for problem in (period, library) if isinstance(problem, Finding))
            if library is None:
                column = sheet.table.with_role(Role.LIBRARY)[0]
                yield places.NO_LIBRARY.finding(cells=(sheet.cell(row, column.index),))


def _period(sheet: Sheet, row: int, column: HeaderColumn | None) -> Period | Finding:
    """The month of a row; without a column for it, the one that the tab's title names."""
    if column is None:
        where, typed, month = (sheet.cell(0, 0),), sheet.tab.title, sheet.month
    else:
        cell = sheet.key(row, column.index)
        where, typed = (sheet.cell(row, column.index),), tidy(cell.text)
        entry = read_month(cell, day_first=sheet.day_first, none=sheet.vocabulary.none)
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
    period = sheet.year.period(_with_year_column(sheet, row, month))
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
