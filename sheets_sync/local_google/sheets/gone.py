"""Deletes a sheet with what belongs to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheets_sync.local_google.workbook import Sheet, Workbook

JsonObject = dict[str, Any]


def drop_sheet(workbook: Workbook, sheet: Sheet) -> None:
    """Take the sheet out. Named ranges and metadata on it go, its comments lose their place, charts the data from it."""
    workbook.sheets.remove(sheet)
    workbook.touched.add(sheet.id)
    workbook.named_ranges = [found for found in workbook.named_ranges if _home(found["range"]) != sheet.id]
    workbook.metadata = [found for found in workbook.metadata if not _is_on(found["location"], sheet.id)]
    for thread in workbook.comments.values():
        if thread.sheet_id == sheet.id:
            workbook.comments[thread.id] = replace(thread, sheet_id=None)
    for other in list(workbook.sheets):
        charts = [_without(chart, sheet.id) for chart in other.charts]
        if charts != other.charts:
            workbook.edit(other).charts = charts


def _home(place: JsonObject) -> int:
    return int(place.get("sheetId", 0))


def _is_on(location: JsonObject, sheet_id: int) -> bool:
    if location.get("spreadsheet"):
        return False
    return _home(location.get("dimensionRange", location)) == sheet_id


def _without(value: Any, sheet_id: int) -> Any:
    """An API-shaped value without the data sources on a sheet."""
    if isinstance(value, list):
        return [_without(item, sheet_id) for item in value]
    if not isinstance(value, dict):
        return value
    if "sources" in value:
        return value | {"sources": [found for found in value["sources"] if _home(found) != sheet_id]}
    return {name: _without(below, sheet_id) for name, below in value.items()}
