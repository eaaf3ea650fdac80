"""Workbooks of the local Google, typed in by tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sheets_sync.local_google.recalc import recalculate
from sheets_sync.local_google.values import enter
from sheets_sync.local_google.workbook import Sheet, Value, Workbook

NOW = datetime(2024, 11, 5, 8, 0, tzinfo=UTC)

Rows = Sequence[Sequence[object]]


def sheet(
    rows: Rows, title: str = "Sheet1", sheet_id: int = 0, locale: str = "en_US", size: tuple[int, int] = (100, 26)
) -> Sheet:
    """A tab with rows as somebody types them; None leaves a cell out."""
    made = Sheet({"sheetId": sheet_id, "title": title, "gridProperties": {"rowCount": size[0], "columnCount": size[1]}})
    for row, typed in enumerate(rows):
        for column, value in enumerate(typed):
            if value is not None:
                made.put(row, column, enter(None, value, locale, date(2024, 11, 5)))
    return made


def workbook(*sheets: Sheet, locale: str = "en_US", named_ranges: Sequence[dict[str, Any]] = ()) -> Workbook:
    """A computed workbook, in the time zone of Tamiang Layang."""
    properties = {"title": "T", "locale": locale, "timeZone": "Asia/Pontianak"}
    book = Workbook("id", properties, list(sheets), list(named_ranges))
    recalculate(book, NOW)
    return book


def values(book: Workbook, place: int = 0) -> list[list[Value]]:
    """The effective values of a tab."""
    return [[cell.value if cell else None for cell in row] for row in book.sheets[place].rows]
