"""What is to be told about the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheets_sync.intake.asking import (
    Heading,
    about_aliases,
    about_dates,
    about_disputes,
    about_libraries,
    about_parts,
    about_unknown,
)
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.tables import Table
from sheets_sync.intake.words import fold
from sheets_sync.model import Finding

_MOST_WORDS = 5  # of a library's name in a heading


def about_columns(sheet: Sheet) -> Iterator[Finding]:
    """The findings about a table's headings; a column with nothing under its heading is passed over."""
    filled = [column for column in sheet.table.columns if _filled(column, sheet)]
    present = {column.meaning.element for column in sheet.figures if column.meaning}
    foreign = sheet.table.foreign
    unknown = [_heading(c, sheet) for c in sheet.table.unknown if c in filled and c not in foreign]
    shares = {role: [c for c in filled if c.meaning and c.meaning.role is role] for role in (Role.PART, Role.ASIDE)}
    alone = [column for column in shares[Role.PART] if not any(_same_group(column, whole) for whole in sheet.figures)]
    said = [column for column in (*shares[Role.PART], *shares[Role.ASIDE]) if column not in alone]
    yield from about_unknown(unknown, present, sheet.vocabulary, [_heading(column, sheet) for column in said])
    yield from about_parts([_heading(column, sheet) for column in alone])
    yield from about_libraries([_heading(column, sheet) for column in sheet.table.foreign if column in filled])
    yield from about_dates([_heading(c, sheet) for c in sheet.table.with_role(Role.SWAPPABLE) if c in filled])
    yield from about_disputes([[_heading(column, sheet) for column in group] for group in sheet.table.disputed])
    yield from about_aliases(_by_alias(sheet))


def without_foreign(table: Table, directory: Directory, owner: str | None) -> Table:
    """The table, with the figures under headings that name another library than the rows left out to be asked about."""
    foreign = tuple(c for c in table.columns if c.meaning and c.meaning.element and _names_other(c, directory, owner))
    if not foreign:
        return table
    asked = tuple(replace(column, meaning=None) for column in foreign)
    kept = tuple(replace(c, meaning=None) if c in foreign else c for c in table.columns)
    return replace(table, columns=kept, foreign=asked)


def _names_other(column: HeaderColumn, directory: Directory, owner: str | None) -> bool:
    """Whether a heading begins or ends with the name of a library that is not the owner."""
    words = column.text.split()
    cuts = range(1, min(len(words), _MOST_WORDS + 1))
    names = (" ".join(part) for cut in cuts for part in (words[:cut], words[-cut:]))
    found = {code for name in names if len(fold(name)) > 1 and (code := directory.find(name))}
    return bool(found - {owner})


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
