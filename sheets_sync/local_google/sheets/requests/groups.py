"""Requests for groups of rows and columns.

Groups nest as brackets do: what counts is how many of them each row lies in, its depth. A group of depth d is then a
longest run of rows of at least that depth, which is what makes overlapping groups merge as the reference describes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.masks import listed
from sheets_sync.local_google.sheets.requests.dimensions import lines, size
from sheets_sync.local_google.structure import Dimension
from sheets_sync.local_google.workbook import Sheet

MAX_DEPTH = 8


CONTROL_AFTER = {"ROWS": "rowGroupControlAfter", "COLUMNS": "columnGroupControlAfter"}


def add_dimension_group(batch: Batch, request: JsonObject) -> JsonObject:
    """The first group of a dimension also sets where the groups' signs stand: after them. It stays when they go."""
    sheet, dimension, _, _ = lines(batch, request.get("range", {}))
    if not groups(sheet, dimension):
        sheet.properties["gridProperties"] = sheet.properties["gridProperties"] | {CONTROL_AFTER[dimension]: True}
    return _regroup(batch, request.get("range", {}), 1)


def delete_dimension_group(batch: Batch, request: JsonObject) -> JsonObject:
    return _regroup(batch, request.get("range", {}), -1)


def _regroup(batch: Batch, given: JsonObject, change: int) -> JsonObject:
    """Lay a group over a range, or take one away; the reply lists all groups of that dimension."""
    sheet, dimension, start, end = lines(batch, given)
    if end > size(sheet, dimension) or end <= start:
        raise Refused("The range of the group must lie within the sheet.")
    depths = _depths(sheet, dimension)
    for index in range(start, end):
        depths[index] += change
    if min(depths[start:end]) < 0:
        raise Refused("There is no group over the whole of the range.")
    if max(depths) > MAX_DEPTH:
        raise Refused(f"Groups can't be nested deeper than {MAX_DEPTH}.")
    old = {_key(group): group for group in groups(sheet, dimension)}
    made = (_group(sheet.id, dimension, *found) for found in _runs(depths))
    new = [old.get(_key(group), group) for group in made]
    _set(sheet, dimension, new)
    return {"dimensionGroups": new} if new else {}


def groups(sheet: Sheet, dimension: Dimension) -> list[JsonObject]:
    return sheet.row_groups if dimension == "ROWS" else sheet.column_groups


def _set(sheet: Sheet, dimension: Dimension, new: list[JsonObject]) -> None:
    if dimension == "ROWS":
        sheet.row_groups = new
    else:
        sheet.column_groups = new


def _depths(sheet: Sheet, dimension: Dimension) -> list[int]:
    """In how many groups each row or column lies."""
    depths = [0] * size(sheet, dimension)
    for group in groups(sheet, dimension):
        for index in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[index] += 1
    return depths


def _runs(depths: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Start, end and depth of every group."""
    for depth in range(1, max(depths, default=0) + 1):
        for inside, run in groupby(range(len(depths)), key=lambda index, depth=depth: depths[index] >= depth):  # type: ignore[misc]
            indexes = list(run)
            if inside:
                yield indexes[0], indexes[-1] + 1, depth


def _group(sheet_id: int, dimension: Dimension, start: int, end: int, depth: int) -> JsonObject:
    place = {"dimension": dimension, "startIndex": start, "endIndex": end}
    return {"range": {"sheetId": sheet_id} | place if sheet_id else place, "depth": depth}


def _key(group: Mapping[str, Any]) -> tuple[int, int, int]:
    return group["range"].get("startIndex", 0), group["range"]["endIndex"], group.get("depth", 0)


def update_dimension_group(batch: Batch, request: JsonObject) -> None:
    given, mask = request.get("dimensionGroup", {}), listed(request, "DimensionGroup")
    sheet, dimension, start, end = lines(batch, given.get("range", {}))
    wanted = start, end, given.get("depth", 0)
    found = next((group for group in groups(sheet, dimension) if _key(group) == wanted), None)
    if found is None:
        raise Refused("There is no group with that range and depth.")
    new = mask.take(found, given) | {"range": found["range"], "depth": found["depth"]}
    _set(sheet, dimension, [new if group is found else group for group in groups(sheet, dimension)])
    if "collapsed" in mask:
        _fold(sheet, dimension, start, end, folded=bool(new.get("collapsed")))


def _fold(sheet: Sheet, dimension: Dimension, start: int, end: int, *, folded: bool) -> None:
    """Collapsing a group hides its rows, expanding shows them."""
    metadata = sheet.row_metadata if dimension == "ROWS" else sheet.column_metadata
    for index in range(start, end):
        kept = {name: value for name, value in metadata.pop(index, {}).items() if name != "hiddenByUser"}
        kept = kept | {"hiddenByUser": True} if folded else kept
        if kept:
            metadata[index] = kept


REQUESTS: Mapping[str, Apply] = {
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
    "updateDimensionGroup": update_dimension_group,
}
