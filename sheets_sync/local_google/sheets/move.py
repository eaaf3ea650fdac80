"""Moves the cells of a sheet as a structural change says, with their row and column properties."""

from __future__ import annotations

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.structure import Change, Delete, Insert, Move
from sheets_sync.local_google.workbook import Box, Cell, Row, Sheet


def move_cells(sheet: Sheet, change: Insert | Delete | Move) -> None:
    """Move every cell; the deleted ones go."""
    if change.lanes is not None:
        relocate(sheet, change, _lane_box(sheet, change, change.lanes))
        return
    if change.dimension == "ROWS":
        _rearrange_rows(sheet, change)
        sheet.row_metadata = _remapped(sheet.row_metadata, change)
    else:
        for row in sheet.rows:
            rearrange(row, change, None)
        sheet.column_metadata = _remapped(sheet.column_metadata, change)


def _rearrange_rows(sheet: Sheet, change: Insert | Delete | Move) -> None:
    if isinstance(change, Move):
        for _ in range(len(sheet.rows), max(change.end, change.to)):
            sheet.rows.append([])
    if isinstance(change, Insert):
        if change.at < len(sheet.rows):
            sheet.rows[change.at : change.at] = [[] for _ in range(change.count)]
    elif isinstance(change, Delete):
        del sheet.rows[change.start : change.end]
    else:
        block = sheet.rows[change.start : change.end]
        del sheet.rows[change.start : change.end]
        place = change.index(change.start)
        sheet.rows[place:place] = block


def rearrange(row: Row, change: Insert | Delete | Move, filler: Cell | None) -> None:
    """One row after a change of columns."""
    if isinstance(change, Insert):
        if change.at < len(row):
            row[change.at : change.at] = [filler] * change.count
    elif isinstance(change, Delete):
        del row[change.start : change.end]
    elif change.start < len(row) or change.to < len(row):
        row.extend([None] * (max(change.end, change.to) - len(row)))
        block = row[change.start : change.end]
        del row[change.start : change.end]
        place = change.index(change.start)
        row[place:place] = block


def _remapped(metadata: dict[int, JsonObject], change: Insert | Delete | Move) -> dict[int, JsonObject]:
    places = ((change.index(index), found) for index, found in metadata.items())
    return {place: found for place, found in places if place is not None}


def _lane_box(sheet: Sheet, change: Insert | Delete | Move, lanes: tuple[int, int]) -> Box:
    """The part of the sheet that a change of some lanes touches."""
    first = change.at if isinstance(change, Insert) else change.start
    if change.dimension == "ROWS":
        return Box(first, lanes[0], max(sheet.row_count, len(sheet.rows)), lanes[1])
    return Box(lanes[0], first, lanes[1], sheet.column_count)


def relocate(sheet: Sheet, change: Change, box: Box) -> None:
    """Take the cells of a box out and put each where the change says."""
    taken = list(sheet.cells(box))
    for row, column, _ in taken:
        sheet.rows[row][column] = None
    for row, column, cell in taken:
        place = change.cell(row, column)
        if place is not None:
            sheet.put(*place, cell)
