"""Requests for whole sheets and for the spreadsheet: add, delete, duplicate, and their properties."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import localedata

from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.formulas.adjust import rename_in_formulas
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import MAX_COLUMNS
from sheets_sync.local_google.sheets.batch import MAX_CELLS, Apply, Batch, Refused
from sheets_sync.local_google.sheets.copies import copy_title, duplicate
from sheets_sync.local_google.sheets.defaults import new_sheet
from sheets_sync.local_google.sheets.delete_sheet import drop_sheet
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.restructure import restructure
from sheets_sync.local_google.sheets.show import shown_properties
from sheets_sync.local_google.structure import Delete
from sheets_sync.local_google.workbook import Sheet

MAX_TITLE = 100
MAX_SHEETS = 200
LANGUAGES = frozenset(localedata.locale_identifiers()) | {"in", "iw", "no"}  # these three under their former codes


def add_sheet(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("properties", {})
    if given.get("sheetType", "GRID") != "GRID":
        raise Refused(f"Unsupported sheet type: {given['sheetType']}")
    sheet_id = _free_id(batch, given.get("sheetId"))
    title = given.get("title") or _free_title(batch)
    check_title(batch, title)
    sheet = new_sheet(sheet_id, title, {name: value for name, value in given.items() if name != "index"})
    check_grid(sheet)
    return {"properties": place(batch, sheet, given.get("index"))}


def place(batch: Batch, sheet: Sheet, index: int | None) -> JsonObject:
    """Put a new sheet into the workbook; its SheetProperties."""
    sheets = batch.workbook.sheets
    if len(sheets) >= MAX_SHEETS:
        raise Refused(
            f"This action would increase the number of sheets in the workbook above the limit of {MAX_SHEETS} sheets."
        )
    sheets.insert(len(sheets) if index is None else index, sheet)
    batch.workbook.touched.add(sheet.id)
    check_cells(batch)
    return shown_properties(sheet, sheets.index(sheet))


def _free_id(batch: Batch, wanted: int | None) -> int:
    if wanted is None:
        return batch.random_id()
    if wanted < 0:
        raise Refused("sheetId must be non-negative.")
    if batch.workbook.sheet(wanted) is not None:
        raise Refused(f"Sheet with id {wanted} already exists")
    return wanted


def _free_title(batch: Batch) -> str:
    taken = {sheet.title for sheet in batch.workbook.sheets}
    first = len(taken) + 1
    return next(title for n in range(first, 2 * first + 1) if (title := f"Sheet{n}") not in taken)


def check_title(batch: Batch, title: str, own: Sheet | None = None) -> None:
    """Two sheets can't have one title."""
    if not title:
        raise Refused("The sheet name cannot be empty.")
    if len(title) > MAX_TITLE:
        raise Refused(f"The sheet name cannot be greater than {MAX_TITLE} characters.")
    if any(sheet.title.casefold() == title.casefold() for sheet in batch.workbook.sheets if sheet is not own):
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def check_cells(batch: Batch) -> None:
    """A workbook has no more than ten million cells, a sheet no columns beyond ZZZ."""
    if any(sheet.column_count > MAX_COLUMNS for sheet in batch.workbook.sheets):
        raise Refused(
            f"This action would increase the number of columns in the sheet above the limit of {MAX_COLUMNS} columns."
        )
    count = sum(sheet.row_count * sheet.column_count for sheet in batch.workbook.sheets)
    if count > MAX_CELLS:
        raise Refused(
            f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
        )


def check_grid(sheet: Sheet) -> None:
    """A grid has at least one cell, and not all of it is frozen."""
    grid = sheet.properties.get("gridProperties", {})
    for count, frozen, noun in (
        ("rowCount", "frozenRowCount", "rows"),
        ("columnCount", "frozenColumnCount", "columns"),
    ):
        if grid.get(count, 0) < 1:
            raise Refused(f"gridProperties.{count} must be greater than 0.")
        if grid.get(frozen, 0) >= grid[count]:
            raise Refused(f"You can't freeze all visible {noun} on the sheet.")


def delete_sheet(batch: Batch, request: JsonObject) -> None:
    sheet = batch.sheet(request.get("sheetId", 0))
    batch.protect(sheet, sheet.box)
    visible = [other for other in batch.workbook.sheets if not other.properties.get("hidden")]
    if len(batch.workbook.sheets) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    if visible == [sheet]:
        raise Refused("You can't remove all the visible sheets in a document.")
    drop_sheet(batch.workbook, sheet)


def duplicate_sheet(batch: Batch, request: JsonObject) -> JsonObject:
    source = batch.workbook.sheet(request.get("sourceSheetId", 0))
    if source is None:
        raise Refused(f"No sheet with id: {request.get('sourceSheetId', 0)}")
    title = request.get("newSheetName") or copy_title(batch.workbook, source.title)
    check_title(batch, title)
    sheet_id = _free_id(batch, request.get("newSheetId") or None)
    copy = duplicate(source, sheet_id, title, batch.random_id)
    return {"properties": place(batch, copy, request.get("insertSheetIndex", 0))}


def add_object_sheet(batch: Batch, wanted: int | None) -> Sheet:
    """A sheet without a grid, for one chart."""
    sheet_id, number = _free_id(batch, wanted), 1
    while batch.workbook.sheet_named(f"Chart{number}"):
        number += 1
    sheet = Sheet({"sheetId": sheet_id, "title": f"Chart{number}", "sheetType": "OBJECT"})
    place(batch, sheet, None)
    return sheet


def update_sheet_properties(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("properties", {}), listed(request, "SheetProperties")
    sheet = batch.sheet(given.get("sheetId", 0))
    batch.protect(sheet, sheet.box)
    old = sheet.properties | {"index": batch.workbook.sheets.index(sheet)}
    taken = mask.take(old, given) | {"sheetId": sheet.id, "sheetType": old["sheetType"]}
    taken.setdefault("title", "")
    if mask.all:
        taken["gridProperties"] = old.get("gridProperties", {}) | given.get("gridProperties", {})
    if taken["title"] != sheet.title:
        check_title(batch, taken["title"], sheet)
    index = taken.pop("index", len(batch.workbook.sheets))
    _resize(batch, sheet, taken)
    renamed, sheet.properties = sheet.title, _ordered(taken)
    _check_visible(batch, sheet, mask)
    if renamed != sheet.title:
        rename_in_formulas(batch.workbook, renamed, sheet.title)
    _move(batch, sheet, index)


def _ordered(properties: JsonObject) -> JsonObject:
    """SheetProperties in Google's order."""
    names = ("sheetId", "title", "sheetType", "gridProperties")
    return {name: properties[name] for name in names if name in properties} | properties


def _check_visible(batch: Batch, sheet: Sheet, mask: FieldMask) -> None:
    if "hidden" in mask and all(other.properties.get("hidden") for other in batch.workbook.sheets):
        raise Refused("You can't hide all the sheets in a document.")
    if sheet.properties["sheetType"] == "GRID":
        check_grid(sheet)
    check_cells(batch)


def _resize(batch: Batch, sheet: Sheet, taken: JsonObject) -> None:
    """Rows and columns that a smaller grid has no room for are deleted with all that is in them."""
    grid = taken.get("gridProperties", {})
    rows, columns = grid.get("rowCount", 0), grid.get("columnCount", 0)
    if 0 < rows < sheet.row_count:
        restructure(batch.workbook, Delete(sheet.id, "ROWS", rows, sheet.row_count))
    if 0 < columns < sheet.column_count:
        restructure(batch.workbook, Delete(sheet.id, "COLUMNS", columns, sheet.column_count))


def _move(batch: Batch, sheet: Sheet, index: int) -> None:
    """Put the sheet before the one that had the index. Google counts the places as they were before the move."""
    sheets = batch.workbook.sheets
    old = sheets.index(sheet)
    if index == old:
        return
    sheets.remove(sheet)
    sheets.insert(index - 1 if index > old else index, sheet)


def update_spreadsheet_properties(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("properties", {}), listed(request, "SpreadsheetProperties")
    properties = mask.take(batch.workbook.properties, given)
    if not properties.get("title"):
        raise Refused("The spreadsheet title cannot be empty.")
    check_home(properties)
    batch.workbook.properties = batch.workbook.properties | properties if mask.all else properties


def check_home(properties: JsonObject) -> None:
    """The locale and time zone exist."""
    if properties.get("locale", "").partition("_")[0] not in LANGUAGES:
        raise Refused(f"Unsupported locale: {properties.get('locale', '')}")
    try:
        ZoneInfo(properties.get("timeZone", ""))
    except (ZoneInfoNotFoundError, ValueError) as bad:
        raise Refused(f"Unknown timezone: {properties.get('timeZone', '')}") from bad


REQUESTS: Mapping[str, Apply] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
