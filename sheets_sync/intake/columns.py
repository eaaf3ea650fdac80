"""What is to be told about the columns of a table: recognised by an alias, nearly known, or left out."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.checks.catalogue import places
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.tables import Column, Table
from sheets_sync.model import Cell, Finding

MAX_NAMED = 8  # headings named in one finding


def about_columns(table: Table, sheet: Sheet) -> Iterator[Finding]:
    """The findings about a table's headings: a question for one that is nearly known, one line for all others."""
    present = {column.meaning.element for column in table.columns if column.meaning}
    left_out = []
    for column in table.unknown:
        if not _filled(column, table, sheet):
            continue
        known = sheet.vocabulary.suggestion(column.text)
        meaning = sheet.vocabulary.meaning(known) if known else None
        if known and meaning and meaning.element not in present:
            where = (sheet.cell(column.row, column.index),)
            yield places.HEADING.finding(cells=where, typed=column.text, proposal=known)
        else:
            left_out.append(column)
    if left_out:
        yield places.EXTRA_COLUMN.finding(cells=_cells(left_out, sheet), typed=_named(left_out))
    aliases = _recognised_by_alias(table)
    if aliases:
        yield places.ALIAS.finding(cells=_cells(aliases, sheet), typed=_named(aliases))


def _recognised_by_alias(table: Table) -> list[Column]:
    """The first column of each element that was recognised by an alias."""
    first: dict[str, Column] = {}
    for column in table.columns:
        if column.meaning and column.meaning.alias and column.meaning.role in (Role.ELEMENT, Role.ELEMENT_MONTH):
            first.setdefault(column.meaning.element, column)
    return list(first.values())


def _filled(column: Column, table: Table, sheet: Sheet) -> bool:
    return any(not sheet.tab.at(row, column.index).blank for row in range(table.first_row, table.end_row))


def _cells(columns: list[Column], sheet: Sheet) -> tuple[Cell, ...]:
    return tuple(sheet.cell(column.row, column.index) for column in columns)


def _named(columns: list[Column]) -> str:
    names = [column.text for column in columns]
    return ", ".join(names[:MAX_NAMED]) + (" …" if len(names) > MAX_NAMED else "")
