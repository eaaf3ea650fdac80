"""Requests for rows and columns: insert, append, delete, move, and their properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.tabs import check_cells
from sheets_sync.local_google.sheets.restructure import restructure
from sheets_sync.local_google.structure import Delete, Dimension, Insert, Move
from sheets_sync.local_google.workbook import Cell, Sheet

COUNT: Mapping[str, str] = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
FROZEN: Mapping[str, str] = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}
NOUN: Mapping[str, str] = {"ROWS": "row", "COLUMNS": "column"}


def size(sheet: Sheet, dimension: Dimension) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def dimension_of(request: Mapping[str, Any]) -> Dimension:
    """ROWS or COLUMNS."""
    dimension: Dimension | None = request.get("dimension")
    if dimension is None:
        raise Refused("No dimension specified.")
    return dimension


def lines(batch: Batch, given: Mapping[str, Any]) -> tuple[Sheet, Dimension, int, int]:
    """The sheet, dimension, start and end of a DimensionRange; open ends are those of the sheet."""
    sheet, dimension = batch.grid(given.get("sheetId", 0)), dimension_of(given)
    return sheet, dimension, given.get("startIndex", 0), given.get("endIndex", size(sheet, dimension))


def append_dimension(batch: Batch, request: JsonObject) -> None:
    sheet, dimension = batch.grid(request.get("sheetId", 0)), dimension_of(request)
    length = request.get("length", 0)
    if length < 1:
        raise Refused("length must be greater than 0.")
    grow(batch, sheet, dimension, length)


def grow(batch: Batch, sheet: Sheet, dimension: Dimension, count: int) -> None:
    """Make the grid larger (or smaller) at its end."""
    grid = sheet.properties["gridProperties"]
    sheet.properties["gridProperties"] = grid | {COUNT[dimension]: grid[COUNT[dimension]] + count}
    check_cells(batch)


def insert_dimension(batch: Batch, request: JsonObject) -> None:
    given = request.get("range", {})
    if "startIndex" not in given or "endIndex" not in given:
        raise Refused("Both the start and end indexes must be bounded.")
    sheet, dimension, start, end = lines(batch, given)
    count, before = end - start, request.get("inheritFromBefore", False)
    if count < 1:
        raise Refused(f"range.endIndex[{end}] must be greater than range.startIndex[{start}].")
    limit = size(sheet, dimension)
    if start > limit or (start == limit and not before):
        reason = "" if before else " if inheritFromBefore is false"
        raise Refused(f"range.startIndex[{start}] must be less than the grid size ({limit}){reason}.")
    if before and start == 0:
        raise Refused("inheritFromBefore can't be true when inserting at index 0.")
    grow(batch, sheet, dimension, count)
    _keep_frozen(sheet, dimension, start, count)
    restructure(batch.workbook, Insert(sheet.id, dimension, start, count))
    _inherit(sheet, dimension, start, count, start - 1 if before else start + count)


def _keep_frozen(sheet: Sheet, dimension: Dimension, start: int, count: int) -> None:
    """Rows inserted between frozen ones, or deleted from them, change how many are frozen."""
    grid, name = sheet.properties["gridProperties"], FROZEN[dimension]
    frozen = grid.get(name, 0)
    if start < frozen:
        left = frozen + max(count, start - frozen)
        rest = {other: value for other, value in grid.items() if other != name}
        sheet.properties["gridProperties"] = rest | {name: left} if left else rest


def _inherit(sheet: Sheet, dimension: Dimension, start: int, count: int, model: int) -> None:
    """New rows or columns look like the one before or after them."""
    metadata = sheet.row_metadata if dimension == "ROWS" else sheet.column_metadata
    if model in metadata:
        own = {name: value for name, value in metadata[model].items() if name != "developerMetadata"}
        metadata.update(dict.fromkeys(range(start, start + count), own))
    across = sheet.column_count if dimension == "ROWS" else len(sheet.rows)
    for other in range(across):
        row, column = (model, other) if dimension == "ROWS" else (other, model)
        cell = sheet.cell(row, column)
        if cell.format or cell.validation:
            look = Cell(format=cell.format, validation=cell.validation)
            for index in range(start, start + count):
                sheet.put(*((index, other) if dimension == "ROWS" else (other, index)), look)


def delete_dimension(batch: Batch, request: JsonObject) -> None:
    sheet, dimension, start, end = lines(batch, request.get("range", {}))
    count, noun = size(sheet, dimension), NOUN[dimension]
    for index in (start, end - 1):
        if index >= count:
            raise Refused(
                f"Cannot delete a {noun} that doesn't exist. Tried to delete {noun} index {index} "
                f"but there are only {count} {noun}s."
            )
    if end <= start:
        raise Refused(f"range.endIndex[{end}] must be greater than range.startIndex[{start}].")
    if end - start >= count:
        raise Refused(f"You can't delete all the {noun}s on the sheet.")
    frozen = sheet.properties["gridProperties"].get(FROZEN[dimension], 0)
    if start <= frozen and end == count:
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {noun}s.")
    restructure(batch.workbook, Delete(sheet.id, dimension, start, end))
    _keep_frozen(sheet, dimension, start, start - end)
    grow(batch, sheet, dimension, start - end)


def move_dimension(batch: Batch, request: JsonObject) -> None:
    sheet, dimension, start, end = lines(batch, request.get("source", {}))
    to = request.get("destinationIndex", 0)
    last = size(sheet, dimension)
    if end > last or end <= start:
        raise Refused(f"The {NOUN[dimension]}s to move must lie within the sheet.")
    if to > last:
        raise Refused(f"destinationIndex[{to}] is after last {NOUN[dimension]}[{last}]")
    if start <= to < end:
        raise Refused(f"destinationIndex[{to}] must be outside the requested range[{start}-{end}]")
    if to == end:
        return
    restructure(batch.workbook, Move(sheet.id, dimension, start, end, to))


def update_dimension_properties(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "DimensionProperties")
    if "dataSourceSheetRange" in request:
        raise not_supported("data source sheets")
    sheet, dimension, start, end = lines(batch, request.get("range", {}))
    if end > size(sheet, dimension):
        raise Refused(f"range.endIndex[{end}] is after last {NOUN[dimension]} in grid[{sheet.id}]")
    metadata = sheet.row_metadata if dimension == "ROWS" else sheet.column_metadata
    if start == 0 and end == size(sheet, dimension) and request.get("properties", {}).get("hiddenByUser"):
        raise Refused(f"You can't hide all the {NOUN[dimension]}s on the sheet.")
    for index in range(start, end):
        taken = mask.take(metadata.get(index, {}), request.get("properties", {}))
        metadata[index] = taken
        if not taken:
            del metadata[index]


def auto_resize_dimensions(batch: Batch, request: JsonObject) -> None:
    if "dataSourceSheetDimensions" in request:
        raise not_supported("data source sheets")
    sheet, dimension, start, end = lines(batch, request.get("dimensions", {}))
    metadata = sheet.row_metadata if dimension == "ROWS" else sheet.column_metadata
    for index in range(start, min(end, size(sheet, dimension))):
        pixels = _needed(batch, sheet, index) if dimension == "COLUMNS" else None
        kept = {name: value for name, value in metadata.get(index, {}).items() if name != "pixelSize"}
        metadata[index] = kept | {"pixelSize": pixels} if pixels else kept


def _needed(batch: Batch, sheet: Sheet, column: int) -> int | None:
    """About as many pixels as the longest text of the column needs in 10 point Arial; None if it is empty."""
    cells = (row[column] for row in sheet.rows if column < len(row))
    longest = max((len(batch.text(cell)) for cell in cells if cell is not None), default=0)
    return 7 * longest + 8 if longest else None


REQUESTS: Mapping[str, Apply] = {
    "appendDimension": append_dimension,
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
}
