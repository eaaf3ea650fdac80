"""A row per library, a column per element and month."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.lines import Line
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.layouts.told_apart import told_apart
from sheets_sync.model import Finding, Period
from sheets_sync.rules import places


def place(sheet: Sheet) -> Iterator[Line | Finding]:
    """The lines of a table with a row per library; headings without a year are asked about once."""
    figures = sheet.table.with_role(Role.ELEMENT_MONTH)
    dated = [(column, _period(column, sheet)) for column in figures]
    held = [(c.index, c.meaning.element, period) for c, period in dated if period and c.meaning]
    columns, elements, periods = zip(*held, strict=True) if held else ((), (), ())
    undated = [column for column, period in dated if period is None]
    if undated:
        cells = tuple(sheet.cell(column.row, column.index) for column in undated)
        yield places.NO_YEAR.finding(cells=cells, typed=undated[0].text, proposal=sheet.year.proposal)
    named = {row: library for row in sheet.rows() if (library := sheet.library_of(row)) or not sheet.is_total(row)}
    parts = told_apart(sheet, ((row, _key(row, library)) for row, library in named.items()))
    yield from parts.findings
    whose = {_key(row, library): library for row, library in named.items()}
    for row in (row for row in named if row not in parts.rows):
        library = whose.get(parts.wholes[row]) if row in parts.wholes else named[row]
        if isinstance(library, str):
            yield Line(row, library, columns, elements, periods)
        elif sheet.has_figures(row, figures) and not sheet.is_total(row):
            where = sheet.cell(row, sheet.table.with_role(Role.LIBRARY)[0].index)
            yield library or places.NO_LIBRARY.finding(cells=(where,))


def _key(row: int, library: str | Finding | None) -> Hashable:
    """What a row is for; None where it names no library, as below the first of several rows for one."""
    return ("unknown", row) if isinstance(library, Finding) else library


def _period(column: HeaderColumn, sheet: Sheet) -> Period | None:
    month = column.meaning.month if column.meaning else None
    return sheet.year.period(month) if month else None
