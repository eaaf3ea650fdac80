"""A workbook as the API's Spreadsheet, with only what the field mask and the ranges ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sheets_sync.local_google.auth import Account, Accounts
from sheets_sync.local_google.fieldmask import FieldMask
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area
from sheets_sync.local_google.sheets.bands import table_bands
from sheets_sync.local_google.sheets.grid import grids
from sheets_sync.local_google.sheets.protection import shown_protection
from sheets_sync.local_google.sheets.shift import grid_range
from sheets_sync.local_google.sheets.threads import anchors, shown_thread, visible
from sheets_sync.local_google.workbook import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class View:
    """What of a workbook is asked for.

    Attributes:
        mask: of the Spreadsheet.
        account: who asks.
        areas: the ranges; None: everything.
        grid: whether cells are wanted where the mask is silent about it.
        comments: whether comment threads are.
        tables_banded: whether the colours of tables are listed among the banded ranges.
        owner: the e-mail address of the file's owner.
        now: the time, for formulas of links and conditional formats.
        compact: whether the answer is not indented.
    """

    mask: FieldMask
    account: Account
    accounts: Accounts
    now: datetime
    areas: Sequence[Area] | None = None
    grid: bool = False
    comments: bool = False
    tables_banded: bool = True
    owner: str = ""
    compact: bool = False


def spreadsheet(workbook: Workbook, view: View) -> JsonObject:
    """The Spreadsheet; keys outside the mask may be there, `app` cuts them."""
    sheets = [sheet for sheet in workbook.sheets if view.areas is None or _asked(view.areas, sheet)]
    shown: JsonObject = {
        "spreadsheetId": workbook.id,
        "properties": workbook.properties,
        "sheets": [_sheet(workbook, sheet, view) for sheet in sheets] if "sheets" in view.mask else [],
        "namedRanges": workbook.named_ranges,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{workbook.id}/edit",
        "developerMetadata": [found for found in workbook.metadata if found["location"].get("spreadsheet")],
        "comments": _threads(workbook, view) if view.comments else [],
        "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED" if view.comments else "",
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
        "data": grids(workbook, sheet, view.areas, mask["data"], view.now, compact=view.compact) if wants_data else [],
        "merges": [grid_range(sheet.id, box) for box in sheet.merges],
        "conditionalFormats": sheet.conditional_formats,
        "filterViews": sheet.filter_views,
        "protectedRanges": _protections(sheet, view),
        "basicFilter": sheet.basic_filter,
        "charts": sheet.charts,
        "bandedRanges": sheet.banded_ranges + (table_bands(sheet) if view.tables_banded else []),
        "developerMetadata": _metadata(workbook, sheet),
        "rowGroups": sheet.row_groups,
        "columnGroups": sheet.column_groups,
        "slicers": sheet.slicers,
        "tables": sheet.tables,
        "commentAnchors": anchors(workbook, sheet) if view.comments else [],
    }
    return {name: value for name, value in shown.items() if value}


def _protections(sheet: Sheet, view: View) -> list[JsonObject]:
    return [shown_protection(found, view.account.email, view.owner) for found in sheet.protected_ranges]


def _metadata(workbook: Workbook, sheet: Sheet) -> list[JsonObject]:
    """The developer metadata of the sheet itself; that of rows and columns is told with them."""
    located = (found for found in workbook.metadata if "sheetId" in found["location"])
    return [found for found in located if found["location"]["sheetId"] == sheet.id]


def shown_properties(sheet: Sheet, index: int) -> JsonObject:
    """SheetProperties, in Google's order."""
    head: Mapping[str, Any] = {"sheetId": sheet.id, "title": sheet.title, "index": index}
    return {**head, **{name: value for name, value in sheet.properties.items() if name not in head}}
