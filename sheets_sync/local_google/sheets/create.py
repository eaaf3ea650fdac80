"""spreadsheets.create: a workbook from a Spreadsheet resource."""

from __future__ import annotations

from collections.abc import Callable

from sheets_sync.local_google.errors import bad_request
from sheets_sync.local_google.fieldmask import ALL
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Batch, Refused
from sheets_sync.local_google.sheets.defaults import new_sheet
from sheets_sync.local_google.sheets.requests import REQUESTS
from sheets_sync.local_google.sheets.requests.cells import write_rows
from sheets_sync.local_google.sheets.requests.tabs import check_cells, check_grid, check_home, check_title
from sheets_sync.local_google.workbook import Sheet

PARTS = {
    "conditionalFormats": ("addConditionalFormatRule", "rule"),
    "protectedRanges": ("addProtectedRange", "protectedRange"),
    "filterViews": ("addFilterView", "filter"),
    "charts": ("addChart", "chart"),
    "bandedRanges": ("addBanding", "bandedRange"),
    "tables": ("addTable", "table"),
    "slicers": ("addSlicer", "slicer"),
    "developerMetadata": ("createDeveloperMetadata", "developerMetadata"),
}
"""What a sheet may bring besides cells, and the request that would add it."""


def fill(batch: Batch, body: JsonObject) -> None:
    """Make the new workbook of the batch what the body says.

    Raises:
        ApiError: 400 naming the part that is wrong.
    """
    _named("properties", lambda: _set_properties(batch, body.get("properties", {})))
    given = body.get("sheets", [])
    if given:
        batch.workbook.sheets = []
        for index, one in enumerate(given):
            _named(f"sheets[{index}].properties", lambda one=one: _add_sheet(batch, one.get("properties", {})))  # type: ignore[misc]
        for index, one in enumerate(given):
            _fill_sheet(batch, batch.workbook.sheets[index], one, f"sheets[{index}]")
    for index, named in enumerate(body.get("namedRanges", [])):
        _add(batch, "addNamedRange", {"namedRange": named}, f"namedRanges[{index}]")
    for index, found in enumerate(body.get("developerMetadata", [])):
        _add(batch, "createDeveloperMetadata", {"developerMetadata": found}, f"developerMetadata[{index}]")


def _named(part: str, work: Callable[[], object]) -> None:
    """Carry out a part; a refusal names it."""
    try:
        work()
    except Refused as refused:
        raise bad_request(f"Invalid {part}: {refused}") from refused


def _add(batch: Batch, kind: str, request: JsonObject, part: str) -> None:
    _named(part, lambda: REQUESTS[kind](batch, request))


def _set_properties(batch: Batch, given: JsonObject) -> None:
    properties = batch.workbook.properties | given
    check_home(properties)
    batch.workbook.properties = properties


def _add_sheet(batch: Batch, properties: JsonObject) -> None:
    book = batch.workbook
    count = len(book.sheets)
    title = properties.get("title") or f"Sheet{count + 1}"
    check_title(batch, title)
    sheet_id = properties.get("sheetId", batch.random_id() if count else 0)
    if book.sheet(sheet_id) is not None:
        raise Refused(f"Sheet with id {sheet_id} already exists")
    sheet = new_sheet(sheet_id, title, {name: value for name, value in properties.items() if name != "index"})
    check_grid(sheet)
    book.sheets.append(sheet)
    book.touched.add(sheet_id)
    check_cells(batch)


def _fill_sheet(batch: Batch, sheet: Sheet, given: JsonObject, part: str) -> None:
    for index, data in enumerate(given.get("data", [])):
        _named(f"{part}.data[{index}]", lambda data=data: _write(batch, sheet, data))  # type: ignore[misc]
    for index, merge in enumerate(given.get("merges", [])):
        _add(batch, "mergeCells", {"range": merge}, f"{part}.merges[{index}]")
    for name, (kind, key) in PARTS.items():
        for index, one in enumerate(given.get(name, [])):
            _add(batch, kind, {key: one}, f"{part}.{name}[{index}]")
    if "basicFilter" in given:
        _add(batch, "setBasicFilter", {"filter": given["basicFilter"]}, f"{part}.basicFilter")
    for name in ("rowGroups", "columnGroups"):
        for index, group in enumerate(given.get(name, [])):
            _add(batch, "addDimensionGroup", {"range": group["range"]}, f"{part}.{name}[{index}]")


def _write(batch: Batch, sheet: Sheet, data: JsonObject) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    if data.get("rowData"):
        start = {"sheetId": sheet.id, "rowIndex": top, "columnIndex": left}
        write_rows(batch, {"start": start, "rows": data["rowData"]}, ALL)
    for name, start_index, kept in (
        ("rowMetadata", top, sheet.row_metadata),
        ("columnMetadata", left, sheet.column_metadata),
    ):
        for index, found in enumerate(data.get(name, []), start_index):
            if found:
                kept[index] = found
