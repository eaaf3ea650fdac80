"""Requests that merge cells and take merges apart."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.workbook import Box, Sheet


def merge_cells(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("range", {}))
    _check_whole(sheet, box)
    blocks = _blocks(box, request.get("mergeType", "MERGE_ALL"))
    for block in blocks:
        _check_frozen(sheet, block)
    sheet.merges = [merge for merge in sheet.merges if merge.overlap(box).empty]
    for block in blocks:
        if block.height * block.width > 1:
            _empty_but_first(sheet, block)
            sheet.merges.append(block)


def _blocks(box: Box, kind: str) -> list[Box]:
    if kind == "MERGE_ROWS":
        return [box._replace(top=row, bottom=row + 1) for row in range(box.top, box.bottom)]
    if kind == "MERGE_COLUMNS":
        return [box._replace(left=column, right=column + 1) for column in range(box.left, box.right)]
    return [box]


def _check_frozen(sheet: Sheet, block: Box) -> None:
    """A merge can't reach across the edge of what is frozen."""
    grid = sheet.properties["gridProperties"]
    if block.top < grid.get("frozenRowCount", 0) < block.bottom:
        raise Refused("You can't merge frozen and non-frozen rows")
    if block.left < grid.get("frozenColumnCount", 0) < block.right:
        raise Refused("You can't merge frozen and non-frozen columns")


def _check_whole(sheet: Sheet, box: Box) -> None:
    if any(not merge.overlap(box).empty and not merge.inside(box) for merge in sheet.merges):
        raise Refused("You must select all cells in a merged range to merge or unmerge them.")


def _empty_but_first(sheet: Sheet, block: Box) -> None:
    """Only the top left cell of a merge keeps its value."""
    for row, column, cell in list(sheet.cells(block)):
        if (row, column) != (block.top, block.left) and cell.entered is not None:
            sheet.put(row, column, cell.but(entered=None))


def unmerge_cells(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("range", {}))
    _check_whole(sheet, box)
    sheet.merges = [merge for merge in sheet.merges if merge.overlap(box).empty]


REQUESTS: Mapping[str, Apply] = {"mergeCells": merge_cells, "unmergeCells": unmerge_cells}
