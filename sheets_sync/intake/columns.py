"""What is to be told about the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.intake.asking import Heading, about_aliases, about_disputes, about_unknown
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.model import Finding


def about_columns(sheet: Sheet) -> Iterator[Finding]:
    """The findings about a table's headings; a column with nothing under its heading is passed over."""
    present = {column.meaning.element for column in sheet.table.columns if column.meaning}
    unknown = [_heading(column, sheet) for column in sheet.table.unknown if _filled(column, sheet)]
    yield from about_unknown(unknown, present, sheet.vocabulary)
    yield from about_disputes([[_heading(column, sheet) for column in group] for group in sheet.table.disputed])
    yield from about_aliases(_by_alias(sheet))


def _by_alias(sheet: Sheet) -> list[Heading]:
    """The first heading of each element that was recognised by an alias."""
    first: dict[str, Heading] = {}
    for column in sheet.table.columns:
        if column.meaning and column.meaning.alias and column.meaning.role in (Role.ELEMENT, Role.ELEMENT_MONTH):
            first.setdefault(column.meaning.element, _heading(column, sheet))
    return list(first.values())


def _heading(column: HeaderColumn, sheet: Sheet) -> Heading:
    return sheet.cell(column.row, column.index), column.text


def _filled(column: HeaderColumn, sheet: Sheet) -> bool:
    return any(not sheet.tab.at(row, column.index).blank for row in range(sheet.table.first_row, sheet.table.end_row))
