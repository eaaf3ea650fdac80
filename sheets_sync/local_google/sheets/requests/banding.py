"""Requests for alternating colours."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.lookup import find, fresh_id
from sheets_sync.local_google.sheets.shift import grid_range
from sheets_sync.local_google.workbook import Box, Sheet


def add_banding(batch: Batch, request: JsonObject) -> JsonObject:
    given = request.get("bandedRange", {})
    if not given.get("rowProperties") and not given.get("columnProperties"):
        raise Refused("At least one of rowProperties or columnProperties must be specified.")
    sheet, box = batch.area(given.get("range", {}))
    check_free(sheet, box)
    banded_range_id = fresh_id(batch, "banded_ranges", "bandedRangeId", given.get("bandedRangeId"), "banded range")
    banded = {"bandedRangeId": banded_range_id} | given | {"range": grid_range(sheet.id, box)}
    sheet.banded_ranges.append(banded)
    return {"bandedRange": banded}


def check_free(sheet: Sheet, box: Box, own: JsonObject | None = None) -> None:
    """No two bandings overlap; a table brings its own."""
    for other in [*sheet.banded_ranges, *sheet.tables]:
        if other is not own and not grid_bounds(other["range"]).within(sheet.box).overlap(box).empty:
            raise Refused(
                "You cannot add alternating background colors to a range "
                "that already has alternating background colors."
            )


def update_banding(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("bandedRange", {}), listed(request, "BandedRange")
    sheet, place = find(batch, "banded_ranges", "bandedRangeId", given.get("bandedRangeId", 0), "banded range")
    old = sheet.banded_ranges[place]
    new = mask.take(old, given) | {"bandedRangeId": old["bandedRangeId"]}
    target, box = batch.area(new.get("range", {}))
    check_free(target, box, old)
    del sheet.banded_ranges[place]
    target.banded_ranges.append(new | {"range": grid_range(target.id, box)})


def delete_banding(batch: Batch, request: JsonObject) -> None:
    sheet, place = find(batch, "banded_ranges", "bandedRangeId", request.get("bandedRangeId", 0), "banded range")
    del sheet.banded_ranges[place]


REQUESTS: Mapping[str, Apply] = {
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
}
