"""Appending finds the table that Google finds."""

from __future__ import annotations

import pytest
from typed_books import Rows, sheet, workbook

from sheets_sync.local_google.ranges import echo, resolve
from sheets_sync.local_google.values.region import table_in

_GUIDE: Rows = [
    ["x", "y", "z"],
    ["x", "y", "z"],
    [],
    [None, "x", "y"],
    [None, None, "y", "z"],
    [None, "x", "y", "z"],
]
"""The sheet of Google's guide: tables at A1:C2 and B4:D6."""


@pytest.mark.parametrize(
    ("asked", "table"),
    [
        ("Sheet1", "Sheet1!B4:D6"),
        ("B4", "Sheet1!B4:D6"),
        ("C5:D5", "Sheet1!B4:D6"),
        ("D4", "Sheet1!B4:D6"),
        ("B2:D4", "Sheet1!B4:D6"),
        ("A3:G10", "Sheet1!B4:D6"),
        ("A1", "Sheet1!A1:C2"),
        ("E4", None),
        ("A4", None),
        ("A9:C", None),
    ],
)
def test_the_guides_examples(asked: str, table: str | None) -> None:
    """The last table in the range; none where the range touches no table."""
    book = workbook(sheet(_GUIDE))
    area = resolve(book, asked)
    found = table_in(area.sheet, area.box)
    assert (found and echo("Sheet1", found)) == table


@pytest.mark.parametrize(
    ("rows", "asked", "table"),
    [
        ([["a", None, "c"]], "A1", "Sheet1!A1"),
        ([["1", "2", None, "3"]], "Sheet1", "Sheet1!D1"),
        ([["a", "b"], ["c"], ["d", "e"]], "A1", "Sheet1!A1:B3"),
        ([], "Sheet1", None),
        ([["=A9"]], "Sheet1", "Sheet1!A1"),
    ],
)
def test_an_empty_column_parts_two_tables(rows: Rows, asked: str, table: str | None) -> None:
    """As recorded answers show; a formula counts even if it shows nothing."""
    book = workbook(sheet(rows))
    area = resolve(book, asked)
    found = table_in(area.sheet, area.box)
    assert (found and echo("Sheet1", found)) == table
