"""Requests that shift a block of cells: insertRange, deleteRange."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.requests.dimensions import dimension_of
from sheets_sync.local_google.sheets.restructure import restructure
from sheets_sync.local_google.structure import Delete, Dimension, Insert
from sheets_sync.local_google.workbook import Box, Sheet


def _shifted(batch: Batch, request: JsonObject) -> tuple[Sheet, Box, Dimension]:
    dimension = dimension_of({"dimension": request.get("shiftDimension")})
    sheet, box = batch.area(request.get("range", {}))
    _check_merges(sheet, box, dimension)
    return sheet, box, dimension


def _check_merges(sheet: Sheet, box: Box, dimension: Dimension) -> None:
    """A merge can't be torn apart by cells that shift beside it."""
    rows = dimension == "ROWS"
    shifting = (
        Box(box.top, box.left, sheet.row_count, box.right)
        if rows
        else Box(box.top, box.left, box.bottom, sheet.column_count)
    )
    for merge in sheet.merges:
        if not merge.overlap(shifting).empty and not merge.inside(shifting):
            raise Refused("You can't perform this action on a range that partly covers a merged cell.")


def insert_range(batch: Batch, request: JsonObject) -> None:
    sheet, box, dimension = _shifted(batch, request)
    rows = dimension == "ROWS"
    at, count = (box.top, box.height) if rows else (box.left, box.width)
    lanes = (box.left, box.right) if rows else (box.top, box.bottom)
    restructure(batch.workbook, Insert(sheet.id, dimension, at, count, lanes))
    _fit(sheet)


def _fit(sheet: Sheet) -> None:
    """The grid grows where cells were shifted beyond it."""
    rows, columns = len(sheet.rows), max((len(row) for row in sheet.rows), default=0)
    grid = sheet.properties["gridProperties"]
    larger = {"rowCount": max(grid["rowCount"], rows), "columnCount": max(grid["columnCount"], columns)}
    sheet.properties["gridProperties"] = grid | larger


def delete_range(batch: Batch, request: JsonObject) -> None:
    sheet, box, dimension = _shifted(batch, request)
    rows = dimension == "ROWS"
    start, end = (box.top, box.bottom) if rows else (box.left, box.right)
    lanes = (box.left, box.right) if rows else (box.top, box.bottom)
    restructure(batch.workbook, Delete(sheet.id, dimension, start, end, lanes))


REQUESTS: Mapping[str, Apply] = {"insertRange": insert_range, "deleteRange": delete_range}
