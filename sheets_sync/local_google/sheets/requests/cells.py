"""Requests that write cells: updateCells, repeatCell, appendCells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.cells import entered
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.workbook import EMPTY, Box, Cell, Sheet

JsonObject = dict[str, Any]


def written(old: Cell, data: Mapping[str, Any], mask: FieldMask) -> Cell:
    """A cell after CellData was written over it, as far as the mask goes."""
    changes: JsonObject = {}
    if "userEnteredValue" in mask:
        changes["entered"] = entered(data.get("userEnteredValue"))
    if "userEnteredFormat" in mask:
        changes["format"] = mask["userEnteredFormat"].take(old.format or {}, data.get("userEnteredFormat", {})) or None
    if "note" in mask:
        changes["note"] = data.get("note", "")
    if "dataValidation" in mask:
        changes["validation"] = data.get("dataValidation")
    extra = {name: data.get(name) for name in ("textFormatRuns", "chipRuns", "pivotTable") if name in mask}
    if extra:
        kept = {name: value for name, value in ((old.extra or {}) | extra).items() if value}
        changes["extra"] = kept or None
    return old.but(**changes)


def update_cells(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "CellData")
    rows: Sequence[JsonObject] = request.get("rows", [])
    if "range" in request:
        sheet, box = batch.area(request["range"])
    else:
        start = request.get("start", {})
        sheet = batch.grid(start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", ())) for row in rows), default=0)
        box = Box(top, left, top + len(rows), left + width)
        if not box.empty and not box.inside(sheet.box):
            raise beyond(sheet)
    for row in range(box.top, box.bottom):
        values = rows[row - box.top].get("values", []) if row - box.top < len(rows) else []
        last = box.right if "range" in request else box.left + len(values)
        for column in range(box.left, last):
            data = values[column - box.left] if column - box.left < len(values) else {}
            sheet.put(row, column, written(sheet.cell(row, column), data, mask))


def beyond(sheet: Sheet) -> Refused:
    """Something lies outside the grid."""
    return Refused(
        f"Attempting to write outside the grid. Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


def repeat_cell(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "CellData")
    sheet, box = batch.area(request.get("range", {}))
    data = request.get("cell", {})
    made: dict[int, Cell] = {}
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            old = sheet.cell(row, column)
            if old is EMPTY and id(old) in made:
                sheet.put(row, column, made[id(old)])
                continue
            made[id(old)] = written(old, data, mask)
            sheet.put(row, column, made[id(old)])


def append_cells(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "CellData")
    sheet = batch.grid(request.get("sheetId", 0))
    rows = request.get("rows", [])
    top = next((n for n in range(len(sheet.rows), 0, -1) if any(sheet.rows[n - 1])), 0)
    width = max((len(row.get("values", ())) for row in rows), default=0)
    grid = sheet.properties["gridProperties"]
    grid["rowCount"] = max(grid["rowCount"], top + len(rows))
    grid["columnCount"] = max(grid["columnCount"], width)
    for row, data in enumerate(rows, top):
        for column, value in enumerate(data.get("values", ())):
            sheet.put(row, column, written(EMPTY, value, mask))


REQUESTS: Mapping[str, Apply] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
}
