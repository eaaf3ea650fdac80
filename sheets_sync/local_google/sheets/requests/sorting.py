"""sortRange and randomizeRange: the rows of a range in another order, with notes, formats and comments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cmp_to_key
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.copying import copied
from sheets_sync.local_google.workbook import Box, ErrorValue, Sheet, Value


def sort_range(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("range", {}))
    sort_rows(batch, sheet, box, request.get("sortSpecs", []))


def sort_rows(batch: Batch, sheet: Sheet, box: Box, specs: Sequence[JsonObject]) -> None:
    """Order the rows of the box by the specs; the sort is stable, and empty cells always come last."""
    _check_merges(sheet, box)
    for spec in specs:
        column = spec.get("dimensionIndex", 0)
        if not box.left <= column < box.right:
            raise Refused(f"sortSpec.dimensionIndex[{column}] is outside of the range to sort.")
    order = list(range(box.top, box.bottom))
    for spec in reversed(specs):
        column, falling = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
        order.sort(key=_key(sheet, column, falling=falling))
    permute_rows(batch, sheet, box, order)


def _key(sheet: Sheet, column: int, *, falling: bool) -> Callable[[int], Any]:
    def compare(a: Value, b: Value) -> int:
        return _compare(a, b, falling=falling)

    return lambda row: cmp_to_key(compare)(sheet.cell(row, column).value)


def _rank(value: Value) -> int:
    """Numbers before text before booleans before errors."""
    if isinstance(value, bool):
        return 2
    if isinstance(value, ErrorValue):
        return 3
    return 1 if isinstance(value, str) else 0


def _compare(a: Value, b: Value, *, falling: bool) -> int:
    if a is None or a == "" or b is None or b == "":
        return (a is None or a == "") - (b is None or b == "")
    one, other = _comparable(a), _comparable(b)
    order = (one > other) - (one < other)
    return -order if falling else order


def _comparable(value: Value) -> tuple[int, Any, Any]:
    if isinstance(value, ErrorValue):
        return 3, value.kind, ""
    return _rank(value), value.casefold() if isinstance(value, str) else value, value


def _check_merges(sheet: Sheet, box: Box) -> None:
    if any(not merge.overlap(box).empty for merge in sheet.merges):
        raise Refused("You can't sort a range with vertical merges.")


def permute_rows(batch: Batch, sheet: Sheet, box: Box, order: Sequence[int]) -> None:
    """Put the rows of the box in the given order (old row numbers); formulas are adjusted as if copied, comments and metadata go along."""
    cells = {(row, column): cell for row, column, cell in sheet.cells(box)}
    landed = {old: new for new, old in enumerate(order, box.top)}
    for row, column in cells:
        sheet.rows[row][column] = None
    for (row, column), cell in cells.items():
        new = landed[row]
        sheet.put(new, column, copied(cell, new - row, 0))
    for thread in batch.workbook.comments.values():
        if thread.sheet_id == sheet.id and box.holds(thread.row, thread.column):
            batch.workbook.comments[thread.id] = replace(thread, row=landed[thread.row])
    batch.workbook.metadata = [_moved(found, sheet.id, landed) for found in batch.workbook.metadata]


def _moved(metadata: JsonObject, sheet_id: int, landed: Mapping[int, int]) -> JsonObject:
    """Developer metadata of a sorted row goes with it, even if only a part of the row was sorted."""
    location = metadata["location"]
    place = location.get("dimensionRange", {})
    row = place.get("startIndex")
    if place.get("dimension") != "ROWS" or place.get("sheetId", 0) != sheet_id or row not in landed:
        return metadata
    moved = place | {"startIndex": landed[row], "endIndex": landed[row] + 1}
    return metadata | {"location": location | {"dimensionRange": moved}}


def randomize_range(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("range", {}))
    order = sorted(range(box.top, box.bottom), key=lambda _: batch.random_id())
    permute_rows(batch, sheet, box, order)


REQUESTS: Mapping[str, Apply] = {"sortRange": sort_range, "randomizeRange": randomize_range}
