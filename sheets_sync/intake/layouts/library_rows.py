"""A row per library, a column per month, all of it of the one element that the tab's title or a line above names."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.lines import Line, line_of_months
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.layouts.told_apart import told_apart
from sheets_sync.model import Finding
from sheets_sync.rules import places


def place(sheet: Sheet, months: Sequence[HeaderColumn]) -> Iterator[Line | Finding]:
    """The lines of a table whose rows are libraries; one question where nothing says which element it is of."""
    rows = [row for row in sheet.rows() if not sheet.is_total(row)]
    filled = [row for row in rows if sheet.has_figures(row, months)]
    unnamed = [row for row in filled if not _element(sheet, row)]
    if unnamed:
        cells = (sheet.cell(0, 0), *(sheet.cell(row, sheet.library_column or 0) for row in unnamed))
        yield places.WHICH_ELEMENT.finding(cells=cells, typed=sheet.tab.title)
    named = [row for row in rows if _element(sheet, row)]
    found = {row: _library(sheet, row) for row in named}
    parts = told_apart(sheet, ((row, _key(sheet, row, library)) for row, library in found.items()))
    yield from parts.findings
    yield from _undated(sheet, months, [row for row in named if row in filled])
    first = {_key(sheet, row, library): library for row, library in found.items()}
    for row in (row for row in named if row not in parts.rows):
        library = first.get(parts.wholes[row]) if row in parts.wholes else found[row]
        if isinstance(library, str):
            yield line_of_months(row, library, _element(sheet, row), months, sheet.year_of_row(row))
        elif row in filled:
            where = sheet.cell(row, sheet.library_column or 0)
            yield library or places.NO_LIBRARY.finding(cells=(where,))


def _undated(sheet: Sheet, months: Sequence[HeaderColumn], filled: Sequence[int]) -> Iterator[Finding]:
    """One question for the months whose year nothing says."""
    undated = [c for c in months if c.meaning and c.meaning.month and c.meaning.month.year is None]
    if undated and any(sheet.year_of_row(row).year is None for row in filled):
        cells = tuple(sheet.cell(column.row, column.index) for column in undated)
        yield places.NO_YEAR.finding(cells=cells, typed=undated[0].text, proposal=sheet.year.proposal)


def _element(sheet: Sheet, row: int) -> str:
    """The element that a row is of: that of the line above that stands alone, else that of the title."""
    return sheet.section(row).element or sheet.element


def _key(sheet: Sheet, row: int, library: str | Finding | None) -> Hashable:
    """What a row is for; None where it names no library, as below the first of several rows for one."""
    if isinstance(library, str):
        return library, _element(sheet, row), sheet.year_of_row(row)
    return None if library is None else ("unknown", row)


def _library(sheet: Sheet, row: int) -> str | Finding | None:
    """The library of a row: by its column, else by the name that stands before the months."""
    if sheet.table.with_role(Role.LIBRARY):
        return sheet.library_of(row)
    return sheet.library_in(row, sheet.library_column or 0)
