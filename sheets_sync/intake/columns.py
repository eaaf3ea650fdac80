"""What is to be told about the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.intake.asking import Heading, about_aliases, about_dates, about_disputes, about_parts, about_unknown
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.model import Finding


def about_columns(sheet: Sheet) -> Iterator[Finding]:
    """The findings about a table's headings; a column with nothing under its heading is passed over."""
    filled = [column for column in sheet.table.columns if _filled(column, sheet)]
    present = {column.meaning.element for column in sheet.figures if column.meaning}
    unknown = [_heading(column, sheet) for column in sheet.table.unknown if column in filled]
    shares = {role: [c for c in filled if c.meaning and c.meaning.role is role] for role in (Role.PART, Role.ASIDE)}
    alone = [column for column in shares[Role.PART] if not any(_same_group(column, whole) for whole in sheet.figures)]
    said = [column for column in (*shares[Role.PART], *shares[Role.ASIDE]) if column not in alone]
    yield from about_unknown(unknown, present, sheet.vocabulary, [_heading(column, sheet) for column in said])
    yield from about_parts([_heading(column, sheet) for column in alone])
    yield from about_dates([_heading(c, sheet) for c in sheet.table.with_role(Role.SWAPPABLE) if c in filled])
    yield from about_disputes([[_heading(column, sheet) for column in group] for group in sheet.table.disputed])
    yield from about_aliases(_by_alias(sheet))


def _by_alias(sheet: Sheet) -> list[Heading]:
    """The first heading of each element that was recognised by an alias."""
    first: dict[str, Heading] = {}
    for column in sheet.table.columns:
        if column.meaning and column.meaning.alias and column.meaning.role in (Role.ELEMENT, Role.ELEMENT_MONTH):
            first.setdefault(column.meaning.element, _heading(column, sheet))
    return list(first.values())


def _same_group(part: HeaderColumn, whole: HeaderColumn) -> bool:
    """Whether a column holds the whole of what the part is a part of: they stand under the same words."""
    return (
        part.meaning is not None
        and whole.meaning is not None
        and (
            (part.meaning.element, part.meaning.month) == (whole.meaning.element, whole.meaning.month)
            or part.text.split()[:1] == whole.text.split()[:1]
        )
    )


def _heading(column: HeaderColumn, sheet: Sheet) -> Heading:
    return sheet.cell(column.row, column.index), column.text


def _filled(column: HeaderColumn, sheet: Sheet) -> bool:
    return any(not sheet.tab.at(row, column.index).blank for row in range(sheet.table.first_row, sheet.table.end_row))
