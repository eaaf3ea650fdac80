"""Cells side by side in one row, read and set at once."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.local_google.workbook import EMPTY, Cell, Sheet


def stretch(sheet: Sheet, row: int, left: int, right: int) -> list[Cell]:
    """The cells of a row from one column to another, EMPTY where nothing stands."""
    found = sheet.rows[row][left:right] if row < len(sheet.rows) else []
    return [cell or EMPTY for cell in found] + [EMPTY] * (right - left - len(found))


def put_stretch(sheet: Sheet, row: int, left: int, cells: Sequence[Cell | None]) -> None:
    """Set cells from a column on (of a sheet that is being edited); None takes one away. As `Sheet.put` of each."""
    reach = next((place for place in range(len(cells), 0, -1) if cells[place - 1] is not None), 0)
    if reach:
        sheet.rows.extend([] for _ in range(row + 1 - len(sheet.rows)))
        sheet.rows[row].extend([None] * (left - len(sheet.rows[row])))
    if row < len(sheet.rows):
        width = max(reach, min(len(cells), len(sheet.rows[row]) - left), 0)
        sheet.rows[row][left : left + width] = cells[:width]
