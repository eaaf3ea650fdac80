"""Requests for whole sheets and for the spreadsheet: add, delete, duplicate, and their properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.local_google.sheets.batch import MAX_CELLS, Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.new import new_sheet
from sheets_sync.local_google.sheets.show import shown_properties
from sheets_sync.local_google.workbook import Sheet

JsonObject = dict[str, Any]


def add_sheet(batch: Batch, request: JsonObject) -> JsonObject:
    book, given = batch.workbook, request.get("properties", {})
    sheet_id = given.get("sheetId")
    if sheet_id is None:
        sheet_id = batch.random_id()
    if book.sheet(sheet_id) is not None:
        raise Refused(f"Sheet with id {sheet_id} already exists. Please enter another id.")  # noqa: RUF100
    title = given.get("title") or _free_title(batch)
    check_title(batch, title)
    sheet = new_sheet(sheet_id, title, {name: value for name, value in given.items() if name != "index"})
    book.sheets.insert(given.get("index", len(book.sheets)), sheet)
    book.touched.add(sheet_id)
    check_cells(batch)
    return {"properties": shown_properties(sheet, book.sheets.index(sheet))}


def _free_title(batch: Batch) -> str:
    taken = {sheet.title for sheet in batch.workbook.sheets}
    return next(title for n in range(1, len(taken) + 2) if (title := f"Sheet{n}") not in taken)


def check_title(batch: Batch, title: str, own: Sheet | None = None) -> None:
    """Two sheets can't have one title."""
    if any(sheet.title.casefold() == title.casefold() for sheet in batch.workbook.sheets if sheet is not own):
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def check_cells(batch: Batch) -> None:
    """A workbook has no more than ten million cells."""
    count = sum(sheet.row_count * sheet.column_count for sheet in batch.workbook.sheets)
    if count > MAX_CELLS:
        raise Refused(
            f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
        )


def delete_sheet(batch: Batch, request: JsonObject) -> None:
    sheet = batch.sheet(request.get("sheetId", 0))
    visible = [other for other in batch.workbook.sheets if not other.properties.get("hidden")]
    if visible == [sheet] or len(batch.workbook.sheets) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    batch.workbook.sheets.remove(sheet)


def update_sheet_properties(batch: Batch, request: JsonObject) -> None:
    given = request.get("properties", {})
    mask = listed(request, "SheetProperties")
    sheet = batch.sheet(given.get("sheetId", 0))
    old = sheet.properties | {"index": batch.workbook.sheets.index(sheet)}
    taken = mask.take(old, given)
    if not mask.all or "title" in given:
        check_title(batch, taken.get("title", ""), sheet)
    index = taken.pop("index", old["index"])
    sheet.properties = taken | {"sheetId": sheet.id, "sheetType": old["sheetType"]}
    _move(batch, sheet, index)


def _move(batch: Batch, sheet: Sheet, index: int) -> None:
    """Put the sheet before the one that had the index. Google counts the places as they were before the move."""
    sheets = batch.workbook.sheets
    old = sheets.index(sheet)
    if index == old:
        return
    sheets.remove(sheet)
    sheets.insert(index - 1 if index > old else index, sheet)


def update_spreadsheet_properties(batch: Batch, request: JsonObject) -> None:
    mask = listed(request, "SpreadsheetProperties")
    batch.workbook.properties = mask.take(batch.workbook.properties, request.get("properties", {}))


REQUESTS: Mapping[str, Apply] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
