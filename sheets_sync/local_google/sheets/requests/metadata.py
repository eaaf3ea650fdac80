"""Requests for developer metadata."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.metadata import selected
from sheets_sync.local_google.sheets.requests.dimensions import lines, size


def create_developer_metadata(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("developerMetadata", {})
    wanted = given.get("metadataId")
    if wanted is not None and any(found["metadataId"] == wanted for found in batch.workbook.metadata):
        raise Refused(f"Developer metadata with id {wanted} already exists.")
    head = {"metadataId": wanted or batch.random_id()}
    metadata = _checked(batch, head | given)
    batch.workbook.metadata.append(metadata)
    return {"developerMetadata": metadata}


def _checked(batch: Batch, metadata: JsonObject) -> JsonObject:
    for name in ("metadataKey", "visibility"):
        if not metadata.get(name):
            raise Refused(f"developerMetadata.{name} must be specified.")
    return metadata | {"location": _located(batch, metadata.get("location", {}))}


def _located(batch: Batch, given: JsonObject) -> JsonObject:
    """The location with its type, which Google adds."""
    if given.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "sheetId" in given:
        return {"locationType": "SHEET", "sheetId": batch.sheet(given["sheetId"]).id}
    if "dimensionRange" not in given:
        raise Refused("developerMetadata.location must be specified.")
    if not {"startIndex", "endIndex"} <= given["dimensionRange"].keys():
        raise Refused("DimensionRange must specify both a startIndex and an endIndex")
    sheet, dimension, start, end = lines(batch, given["dimensionRange"])
    if end - start != 1:
        raise Refused("DimensionRange must represent a single row or column")
    if end > size(sheet, dimension):
        raise Refused(f"The {dimension.lower()} of the DimensionRange lie outside of the sheet.")
    place = {"dimension": dimension, "startIndex": start, "endIndex": end}
    kind = "ROW" if dimension == "ROWS" else "COLUMN"
    return {"locationType": kind, "dimensionRange": {"sheetId": sheet.id} | place if sheet.id else place}


def update_developer_metadata(batch: Batch, request: JsonObject) -> JsonObject:
    given, mask = request.get("developerMetadata", {}), listed(request, "DeveloperMetadata")
    chosen = selected(batch.workbook, request.get("dataFilters", []))
    if "metadataId" in mask.children and len(chosen) > 1:
        raise Refused("metadataId can only be updated of a single developer metadata.")
    changed = []
    for old in chosen:
        new = _checked(batch, {"metadataId": old["metadataId"]} | mask.take(old, given))
        batch.workbook.metadata[batch.workbook.metadata.index(old)] = new
        changed.append(new)
    return {"developerMetadata": changed} if changed else {}


def delete_developer_metadata(batch: Batch, request: JsonObject) -> JsonObject:
    gone = selected(batch.workbook, [request.get("dataFilter", {})])
    batch.workbook.metadata = [found for found in batch.workbook.metadata if found not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


REQUESTS: Mapping[str, Apply] = {
    "createDeveloperMetadata": create_developer_metadata,
    "updateDeveloperMetadata": update_developer_metadata,
    "deleteDeveloperMetadata": delete_developer_metadata,
}
