"""Requests for protected ranges."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.lookup import find, fresh_id
from sheets_sync.local_google.workbook import Sheet


def add_protected_range(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("protectedRange", {})
    protected = {name: value for name, value in given.items() if name != "requestingUserCanEdit"}
    wanted = protected.get("protectedRangeId")
    protected["protectedRangeId"] = fresh_id(batch, "protected_ranges", "protectedRangeId", wanted, "protected range")
    sheet, checked = _checked(batch, protected)
    sheet.protected_ranges.append(checked)
    return {"protectedRange": checked | {"requestingUserCanEdit": True, "editors": _given_editors(protected)}}


def _checked(batch: Batch, protected: JsonObject) -> tuple[Sheet, JsonObject]:
    """The sheet it belongs to, and the protected range with its range and editors."""
    backed = _backing(batch, protected)
    place = backed or protected.get("range")
    if place is None:
        raise Refused("A range, namedRangeId or tableId must be specified.")
    sheet = batch.area(place)[0]
    if protected.get("unprotectedRanges") and place.keys() - {"sheetId"}:
        raise Refused("Unprotected ranges are only supported on protected sheets.")
    editors = _given_editors(protected)
    users = sorted({batch.owner, batch.account.email, *editors.get("users", [])})
    rest = {name: value for name, value in protected.items() if name not in {"editors", "range"}}
    head = {"protectedRangeId": rest.pop("protectedRangeId"), "range": place}
    return sheet, head | rest | {"editors": editors | {"users": users}}


def _given_editors(protected: JsonObject) -> JsonObject:
    """Whom a request names. The owner and whoever protects the range may edit it besides; with a warning only, all may."""
    named: JsonObject = {} if protected.get("warningOnly") else protected.get("editors", {})
    return named


def _backing(batch: Batch, protected: JsonObject) -> JsonObject | None:
    """The range of the named range or table that the protected range is made of."""
    if "namedRangeId" in protected:
        wanted = protected["namedRangeId"]
        found = (item["range"] for item in batch.workbook.named_ranges if item["namedRangeId"] == wanted)
    elif "tableId" in protected:
        wanted = protected["tableId"]
        tables = (table for sheet in batch.workbook.sheets for table in sheet.tables)
        found = (table["range"] for table in tables if table["tableId"] == wanted)
    else:
        return None
    place: JsonObject | None = next(found, None)
    if place is None:
        raise Refused(f"No named range or table with id: {wanted}")
    return place


def _editable(batch: Batch, protected_range_id: int) -> tuple[Sheet, int]:
    sheet, place = find(batch, "protected_ranges", "protectedRangeId", protected_range_id, "protected range")
    if not batch.may_edit(sheet.protected_ranges[place]):
        raise Refused("You do not have permission to edit this protected range.")
    return sheet, place


def update_protected_range(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("protectedRange", {}), listed(request, "ProtectedRange")
    sheet, place = _editable(batch, given.get("protectedRangeId", 0))
    old = sheet.protected_ranges[place]
    new = mask.take(old, given) | {"protectedRangeId": old["protectedRangeId"]}
    target, checked = _checked(batch, new)
    if target is not sheet:
        raise Refused("A protected range can't be moved to another sheet.")
    sheet.protected_ranges[place] = checked


def delete_protected_range(batch: Batch, request: JsonObject) -> None:
    sheet, place = _editable(batch, request.get("protectedRangeId", 0))
    del sheet.protected_ranges[place]


REQUESTS: Mapping[str, Apply] = {
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
}
