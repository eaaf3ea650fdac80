"""Requests that write cells: updateCells, repeatCell, appendCells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.cells import entered
from sheets_sync.local_google.sheets.copying import fit
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.tables import table_end
from sheets_sync.local_google.sheets.requests.tabs import check_cells
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
    if ("range" in request) == ("start" in request):
        raise Refused("Exactly one of start and range must be set.")
    write_rows(batch, request, mask)


def write_rows(batch: Batch, request: JsonObject, mask: FieldMask) -> None:
    """Write RowData from a start on, or over a range: what of the range they don't cover is cleared."""
    rows: Sequence[JsonObject] = request.get("rows", [])
    sheet, box = _target(batch, request, rows)
    batch.protect(sheet, box)
    for row in range(box.top, box.bottom):
        values = rows[row - box.top].get("values", []) if row - box.top < len(rows) else []
        last = box.right if "range" in request else box.left + len(values)
        for column, data in zip_longest(range(box.left, last), values, fillvalue=NO_DATA):
            sheet.put(row, column, written(sheet.cell(row, column), data, mask))


NO_DATA: Any = {}


def _target(batch: Batch, request: JsonObject, rows: Sequence[JsonObject]) -> tuple[Sheet, Box]:
    """The cells to write. More data than they hold is refused."""
    width = max((len(row.get("values", ())) for row in rows), default=0)
    if "range" in request:
        sheet, box = batch.area(request["range"])
        top, left, last_row, last_column = box
    else:
        sheet, top, left = batch.cell(request["start"])
        last_row, last_column = sheet.row_count, sheet.column_count
        box = Box(top, left, top + len(rows), left + width)
    for name, end, limit in (("row", top + len(rows), last_row), ("column", left + width, last_column)):
        if end > limit:
            raise Refused(f"Attempting to write {name}: {limit}, beyond the last requested {name} of: {limit - 1}")
    return sheet, box


def repeat_cell(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "CellData")
    sheet, box = batch.area(request.get("range", {}))
    batch.protect(sheet, box)
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
    mask, rows = listed(request, "CellData"), request.get("rows", [])
    if "tableId" in request:
        sheet, top, left = table_end(batch, request["tableId"], len(rows))
    else:
        sheet, left = batch.grid(request.get("sheetId", 0)), 0
        top = next((n for n in range(len(sheet.rows), 0, -1) if any(sheet.rows[n - 1])), 0)
    width = max((len(row.get("values", ())) for row in rows), default=0)
    box = Box(top, left, top + len(rows), left + width)
    fit(sheet, box)
    batch.protect(sheet, box)
    for row, data in enumerate(rows, top):
        for column, value in enumerate(data.get("values", ()), left):
            sheet.put(row, column, written(EMPTY, value, mask))
    check_cells(batch)


REQUESTS: Mapping[str, Apply] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
}
