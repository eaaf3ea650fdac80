"""A row per library, a column per month, all of it of the one element that the tab's title or a line above names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet, Slot
from sheets_sync.model import Finding
from sheets_sync.rules import places


def place(sheet: Sheet, months: Sequence[HeaderColumn]) -> Iterator[Slot | Finding]:
    """The slots of a table whose rows are libraries; one question where nothing says which element it is of."""
    rows = [row for row in sheet.rows() if not sheet.is_total(row)]
    if not sheet.element:
        if any(sheet.has_figures(row, months) for row in rows):
            yield places.WHICH_ELEMENT.finding(cells=(sheet.cell(0, 0),), typed=sheet.tab.title)
        return
    dated = [(c, sheet.year.period(c.meaning.month) if c.meaning and c.meaning.month else None) for c in months]
    undated = [column for column, period in dated if period is None]
    if undated:
        cells = tuple(sheet.cell(column.row, column.index) for column in undated)
        yield places.NO_YEAR.finding(cells=cells, typed=undated[0].text, proposal=sheet.year.proposal)
    for row in rows:
        library = _library(sheet, row)
        if isinstance(library, str):
            yield from (Slot(row, c.index, library, sheet.element, period) for c, period in dated if period)
        elif sheet.has_figures(row, months):
            where = sheet.cell(row, sheet.library_column or 0)
            yield library or places.NO_LIBRARY.finding(cells=(where,))


def _library(sheet: Sheet, row: int) -> str | Finding | None:
    """The library of a row: by its column, else by the name that stands before the months."""
    if sheet.table.with_role(Role.LIBRARY):
        return sheet.library_of(row)
    return sheet.library_in(row, sheet.library_column or 0)
