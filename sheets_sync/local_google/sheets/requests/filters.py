"""Requests for the basic filter and for filter views."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.conditions import check
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.lookup import find, fresh_id
from sheets_sync.local_google.sheets.requests.sorting import sort_rows
from sheets_sync.local_google.sheets.shift import grid_range
from sheets_sync.local_google.workbook import Box, Sheet


def set_basic_filter(batch: Batch, request: JsonObject) -> None:
    sheet, box, found = _checked(batch, request.get("filter", {}))
    batch.protect(sheet, box)
    if found.get("sortSpecs"):
        sort_rows(batch, sheet, box._replace(top=box.top + 1), found["sortSpecs"])
    sheet.basic_filter = found


def _checked(batch: Batch, given: JsonObject) -> tuple[Sheet, Box, JsonObject]:
    """The sheet and box of a filter, and the filter as Google keeps it: with criteria in both notations."""
    place = _backing(batch, given) or given.get("range")
    if place is None:
        raise Refused("No range specified.")
    sheet, box = batch.area(place)
    specs = given.get("filterSpecs") or [
        {"columnIndex": int(key), "filterCriteria": found} for key, found in given.get("criteria", {}).items()
    ]
    for spec in specs:
        _check_spec(spec, box)
    both = {"filterSpecs": specs, "criteria": {str(_column(spec)): spec.get("filterCriteria", {}) for spec in specs}}
    rest = {name: value for name, value in given.items() if name not in {"range", *both}}
    kept = {"range": grid_range(sheet.id, box)} | rest | (both if specs else {})
    return sheet, box, kept


def _column(spec: JsonObject) -> int:
    return int(spec.get("columnIndex", 0))


def _check_spec(spec: JsonObject, box: Box) -> None:
    criteria = spec.get("filterCriteria", {})
    if not box.left <= _column(spec) < box.right:
        raise Refused(f"filterSpecs.columnIndex[{_column(spec)}] is outside of the filter's range.")
    for name in ("visibleBackgroundColor", "visibleForegroundColor"):
        if name in criteria:
            raise not_supported(f"filters by colour ({name})")
    if "condition" in criteria:
        check(criteria["condition"], "filters")
        if criteria["condition"]["type"] == "FILTER_EXPRESSION":
            raise not_supported("filters by an expression")


def _backing(batch: Batch, given: JsonObject) -> JsonObject | None:
    """The range of the named range or table that a filter is made of."""
    if "namedRangeId" in given:
        names = (item for item in batch.workbook.named_ranges if item["namedRangeId"] == given["namedRangeId"])
        place: JsonObject | None = next((item["range"] for item in names), None)
    elif "tableId" in given:
        tables = (table for sheet in batch.workbook.sheets for table in sheet.tables)
        place = next((table["range"] for table in tables if table["tableId"] == given["tableId"]), None)
    else:
        return None
    if place is None:
        raise Refused("The named range or table of the filter does not exist.")
    return place


def clear_basic_filter(batch: Batch, request: JsonObject) -> None:
    batch.grid(request.get("sheetId", 0)).basic_filter = None


def add_filter_view(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("filter", {})
    sheet, _, found = _checked(batch, given)
    wanted = given.get("filterViewId")
    view_id = fresh_id(batch, "filter_views", "filterViewId", wanted, "filter view")
    title = given.get("title") or f"Filter {len(sheet.filter_views) + 1}"
    view = {"filterViewId": view_id, "title": title} | found
    sheet.filter_views.append(view)
    return {"filter": view}


def update_filter_view(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("filter", {}), listed(request, "FilterView")
    sheet, place = find(batch, "filter_views", "filterViewId", given.get("filterViewId", 0), "filter view")
    old = sheet.filter_views[place]
    new = mask.take(old, given) | {"filterViewId": old["filterViewId"]}
    if "filterSpecs" in mask.children:
        new.pop("criteria", None)
    elif "criteria" in mask.children:
        new.pop("filterSpecs", None)
    target, _, checked = _checked(batch, new)
    del sheet.filter_views[place]
    target.filter_views.insert(place if target is sheet else len(target.filter_views), checked)


def duplicate_filter_view(batch: Batch, request: JsonObject) -> JsonObject:
    sheet, place = find(batch, "filter_views", "filterViewId", request.get("filterId", 0), "filter view")
    old = sheet.filter_views[place]
    view = old | {"filterViewId": batch.random_id(), "title": f"Copy of {old['title']}"}
    sheet.filter_views.append(view)
    return {"filter": view}


def delete_filter_view(batch: Batch, request: JsonObject) -> None:
    sheet, place = find(batch, "filter_views", "filterViewId", request.get("filterId", 0), "filter view")
    del sheet.filter_views[place]


REQUESTS: Mapping[str, Apply] = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "updateFilterView": update_filter_view,
    "duplicateFilterView": duplicate_filter_view,
    "deleteFilterView": delete_filter_view,
}
