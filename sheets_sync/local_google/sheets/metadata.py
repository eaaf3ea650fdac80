"""spreadsheets.developerMetadata.get and search, and which metadata a DataFilter selects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.local_google.data_filters import metadata_matches
from sheets_sync.local_google.errors import not_found
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Area, dimension_bounds, from_grid_range, resolve
from sheets_sync.local_google.request import Call, Handler
from sheets_sync.local_google.workbook import Workbook


def selected(workbook: Workbook, filters: Sequence[JsonObject]) -> list[JsonObject]:
    """The metadata that any of the filters selects, each once."""
    return [found for found in workbook.metadata if any(_selects(workbook, one, found) for one in filters)]


def _selects(workbook: Workbook, data_filter: Mapping[str, Any], metadata: JsonObject) -> bool:
    """By lookup, or because its row or column lies in the range."""
    if "a1Range" in data_filter:
        return _lies_in(metadata, resolve(workbook, data_filter["a1Range"]))
    if "gridRange" in data_filter:
        return _lies_in(metadata, from_grid_range(workbook, data_filter["gridRange"]))
    return metadata_matches(metadata, data_filter.get("developerMetadataLookup", {}))


def _lies_in(metadata: JsonObject, area: Area) -> bool:
    location = metadata["location"]
    place = location.get("dimensionRange")
    if place is None:
        return bool(location.get("sheetId") == area.sheet.id)
    if place.get("sheetId", 0) != area.sheet.id:
        return False
    return not dimension_bounds(place).within(area.sheet.box).overlap(area.box).empty


def get(call: Call) -> JsonObject:
    workbook = call.google.files.read(call.params["spreadsheetId"], call.account)
    wanted = call.params["metadataId"]
    found = next((item for item in workbook.metadata if item["metadataId"] == wanted), None)
    if found is None:
        raise not_found()
    return found


def search(call: Call) -> JsonObject:
    workbook = call.google.files.read(call.params["spreadsheetId"], call.account)
    filters = call.body.get("dataFilters", [])
    matched = [
        {"developerMetadata": found, "dataFilters": [one for one in filters if _selects(workbook, one, found)]}
        for found in selected(workbook, filters)
    ]
    return {"matchedDeveloperMetadata": matched} if matched else {}


HANDLERS: Mapping[str, Handler] = {
    "sheets.spreadsheets.developerMetadata.get": get,
    "sheets.spreadsheets.developerMetadata.search": search,
}
