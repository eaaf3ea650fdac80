"""A workbook as the API's Spreadsheet, with only what the field mask and the ranges ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.local_google.auth import Account, Accounts
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.ranges import Area, to_grid_range
from sheets_sync.local_google.sheets.cells import CellView
from sheets_sync.local_google.sheets.threads import anchors, shown_thread, visible
from sheets_sync.local_google.workbook import Box, Sheet, Workbook

JsonObject = dict[str, Any]

ROW_PIXELS, COLUMN_PIXELS = 21, 100


@dataclass(frozen=True, slots=True)
class View:
    """What of a workbook is asked for.

    Attributes:
        mask: of the Spreadsheet.
        account: who asks.
        areas: the ranges; None: everything.
        grid: whether cells are wanted where the mask is silent about it.
        comments: whether comment threads are.
    """

    mask: FieldMask
    account: Account
    accounts: Accounts
    areas: Sequence[Area] | None = None
    grid: bool = False
    comments: bool = False


def spreadsheet(workbook: Workbook, view: View) -> JsonObject:
    """The Spreadsheet; keys outside the mask may be there, `app` cuts them."""
    mask = view.mask
    sheets = [sheet for sheet in workbook.sheets if view.areas is None or _asked(view.areas, sheet)]
    shown: JsonObject = {
        "spreadsheetId": workbook.id,
        "properties": workbook.properties,
        "sheets": [_sheet(workbook, sheet, view) for sheet in sheets] if "sheets" in mask else [],
        "namedRanges": workbook.named_ranges,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{workbook.id}/edit",
        "comments": _threads(workbook, view) if view.comments else [],
        "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED" if view.comments else "",
        "developerMetadata": [found for found in workbook.metadata if found["location"].get("spreadsheet")],
    }
    return {name: value for name, value in shown.items() if value}


def _threads(workbook: Workbook, view: View) -> list[JsonObject]:
    """The comment threads; if ranges are asked for, only those that still have a cell."""
    threads = [found for found in visible(workbook) if view.areas is None or found.sheet_id is not None]
    return [shown_thread(found, view.account, view.accounts) for found in threads]


def _asked(areas: Sequence[Area], sheet: Sheet) -> bool:
    return any(area.sheet.id == sheet.id for area in areas)


def _sheet(workbook: Workbook, sheet: Sheet, view: View) -> JsonObject:
    mask = view.mask["sheets"]
    wants_data = "data" in mask if not view.mask.all else view.grid
    shown: JsonObject = {
        "properties": shown_properties(sheet, workbook.sheets.index(sheet)),
        "data": grids(workbook, sheet, view) if wants_data else [],
        "merges": [to_wire(sheet, box) for box in sheet.merges],
        "conditionalFormats": sheet.conditional_formats,
        "filterViews": sheet.filter_views,
        "protectedRanges": sheet.protected_ranges,
        "basicFilter": sheet.basic_filter,
        "charts": sheet.charts,
        "bandedRanges": sheet.banded_ranges,
        "rowGroups": sheet.row_groups,
        "columnGroups": sheet.column_groups,
        "slicers": sheet.slicers,
        "tables": sheet.tables,
        "commentAnchors": anchors(workbook, sheet) if view.comments else [],
    }
    return {name: value for name, value in shown.items() if value}


def to_wire(sheet: Sheet, box: Box) -> JsonObject:
    """A GridRange as answers show it: sheet id 0 is left out."""
    return {name: value for name, value in to_grid_range(sheet.id, box).items() if value or name != "sheetId"}


def shown_properties(sheet: Sheet, index: int) -> JsonObject:
    """SheetProperties, in Google's order."""
    head = {"sheetId": sheet.id, "title": sheet.title, "index": index}
    return head | {name: value for name, value in sheet.properties.items() if name not in head}


def grids(workbook: Workbook, sheet: Sheet, view: View) -> list[JsonObject]:
    """GridData: one for each range, or one for the whole sheet."""
    if sheet.properties.get("sheetType", "GRID") != "GRID":
        return []
    boxes = [sheet.box] if view.areas is None else [area.box for area in view.areas if area.sheet.id == sheet.id]
    mask = view.mask["sheets"]["data"]
    return [_grid(workbook, sheet, box, mask) for box in boxes]


def _grid(workbook: Workbook, sheet: Sheet, box: Box, mask: FieldMask) -> JsonObject:
    shown: JsonObject = {"startRow": box.top, "startColumn": box.left}
    if "rowData" in mask:
        show = CellView(mask["rowData"]["values"], workbook.properties.get("defaultFormat", {}), workbook.locale)
        shown["rowData"] = _rows(sheet, box, show)
    if "rowMetadata" in mask:
        shown["rowMetadata"] = _dimensions(sheet.row_metadata, box.top, box.bottom, ROW_PIXELS)
    if "columnMetadata" in mask:
        shown["columnMetadata"] = _dimensions(sheet.column_metadata, box.left, box.right, COLUMN_PIXELS)
    return {name: value for name, value in shown.items() if value}


def _rows(sheet: Sheet, box: Box, show: CellView) -> list[JsonObject]:
    rows = []
    for cells in sheet.rows[box.top : box.bottom]:
        values = [show(cell) for cell in cells[box.left : box.right]]
        while values and not values[-1]:
            values.pop()
        rows.append({"values": values} if values else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _dimensions(known: Mapping[int, JsonObject], start: int, end: int, pixels: int) -> list[JsonObject]:
    default = {"pixelSize": pixels}
    return [default | known[index] if index in known else default for index in range(start, end)]
