"""The table that values.append writes below.

Source: developers.google.com/workspace/sheets/api/guides/values#append_values, and recorded answers: of several tables in
the range the lowest counts, of several beside each other the rightmost; an empty column parts two tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.local_google.workbook import Box, Cell, Sheet


def table_in(sheet: Sheet, box: Box) -> Box | None:
    """The last table that has a cell in the box, in full; None if there is none."""
    seed = _last_filled(sheet, box)
    if seed is not None:
        return _grown(sheet, seed)
    around = (_grown(sheet, place) for place in _neighbours(sheet, box))
    return next((found for found in around if not found.overlap(box).empty), None)


def filled(cell: Cell | None) -> bool:
    return cell is not None and (cell.entered is not None or cell.value is not None)


def _last_filled(sheet: Sheet, box: Box) -> Box | None:
    for row in range(min(box.bottom, len(sheet.rows)) - 1, box.top - 1, -1):
        cells = sheet.rows[row]
        for column in range(min(box.right, len(cells)) - 1, box.left - 1, -1):
            if filled(cells[column]):
                return Box(row, column, row + 1, column + 1)
    return None


def _neighbours(sheet: Sheet, box: Box) -> Iterator[Box]:
    """Filled cells right around a box that is empty: it may lie in a hole of their table."""
    around = Box(max(0, box.top - 1), max(0, box.left - 1), box.bottom + 1, box.right + 1)
    for row, column, cell in sheet.cells(around):
        if filled(cell):
            yield Box(row, column, row + 1, column + 1)


def _grown(sheet: Sheet, box: Box) -> Box:
    """Grow to every side on which a filled cell touches the box."""
    top, left, bottom, right = box
    while True:
        before = (top, left, bottom, right)
        while top and _any(sheet, Box(top - 1, left - 1, top, right + 1)):
            top -= 1
        while _any(sheet, Box(bottom, left - 1, bottom + 1, right + 1)):
            bottom += 1
        while left and _any(sheet, Box(top - 1, left - 1, bottom + 1, left)):
            left -= 1
        while _any(sheet, Box(top - 1, right, bottom + 1, right + 1)):
            right += 1
        if before == (top, left, bottom, right):
            return Box(*before)


def _any(sheet: Sheet, strip: Box) -> bool:
    """Whether a cell of a strip (which may reach beyond the edges) is filled."""
    rows = sheet.rows[max(0, strip.top) : strip.bottom]
    left = max(0, strip.left)
    return any(filled(cell) for row in rows for cell in row[left : strip.right])
