"""After a structural change everything that holds a range follows: merges, rules, charts, tables, names, comments, metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Bounds, dimension_bounds, grid_bounds, to_grid_range
from sheets_sync.local_google.structure import Change, Cut
from sheets_sync.local_google.workbook import Box, Sheet, Workbook

LISTS = (
    "conditional_formats",
    "filter_views",
    "protected_ranges",
    "charts",
    "banded_ranges",
    "row_groups",
    "column_groups",
    "slicers",
    "tables",
)
"""The lists of a Sheet whose items hold ranges."""

GRID_KEYS = frozenset({"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"})
HOLDERS = frozenset({"range", "ranges", "sources", "source", "dataRange", "unprotectedRanges"})
"""The names under which the API's objects hold ranges."""

GONE: JsonObject = {"gone": True}
"""What is left of an object whose range was deleted."""


def shift(workbook: Workbook, change: Change) -> None:
    """Let all that points into the changed sheet point at the same cells as before. Cells and formulas are not touched here."""
    for sheet in list(workbook.sheets):
        _shift_sheet(workbook, sheet, change)
    workbook.named_ranges = _all(workbook.named_ranges, change)
    workbook.metadata = _metadata(workbook.metadata, change)
    for thread in workbook.comments.values():
        if thread.sheet_id == change.sheet_id:
            place = change.cell(thread.row, thread.column)
            row, column = place or (0, 0)
            landed = _landing(change, place is not None and place != (thread.row, thread.column))
            moved = replace(thread, row=row, column=column, sheet_id=landed if place else None)
            workbook.comments[thread.id] = moved


def _landing(change: Change, moves: bool) -> int:
    """The sheet on which what moves ends up."""
    return change.to_sheet_id if moves and isinstance(change, Cut) else change.sheet_id


def _shift_sheet(workbook: Workbook, sheet: Sheet, change: Change) -> None:
    """Edit the sheet only if something of it follows."""
    followed = {name: _all(getattr(sheet, name), change) for name in LISTS}
    changed = {name: items for name, items in followed.items() if items != getattr(sheet, name)}
    basic = None if sheet.basic_filter is None else moved(sheet.basic_filter, change)
    if not changed and basic == sheet.basic_filter and sheet.id != change.sheet_id:
        return
    own = workbook.edit(sheet)
    for name, items in changed.items():
        setattr(own, name, items)
    own.basic_filter = None if basic is GONE else basic
    if own.id == change.sheet_id and not isinstance(change, Cut):
        own.merges = _merges(own.merges, change)


def _merges(merges: list[Box], change: Change) -> list[Box]:
    """Merges that still span more than one cell."""
    boxes = (change.bounds(Bounds(*merge)) for merge in merges)
    kept = (Box(*(side or 0 for side in box)) for box in boxes if box is not None)
    return [box for box in kept if box.height * box.width > 1]


def _all(items: list[JsonObject], change: Change) -> list[JsonObject]:
    followed = (moved(item, change) for item in items)
    return [item for item in followed if item is not GONE]


def _metadata(items: list[JsonObject], change: Change) -> list[JsonObject]:
    kept = []
    for item in items:
        location = item["location"]
        dimension = moved(location.get("dimensionRange", {}), change, "dimensionRange")
        if dimension is not GONE:
            kept.append(item | {"location": location | {"dimensionRange": dimension}} if dimension else item)
    return kept


def moved(value: Any, change: Change, holder: str = "") -> Any:
    """An API-shaped value after a change; GONE if it was all about deleted cells.

    `holder` is the name under which the value is held, which tells a GridRange from other objects.
    """
    if isinstance(value, list):
        items = [moved(item, change, holder) for item in value]
        return [item for item in items if item is not GONE]
    if not isinstance(value, dict):
        return value
    if holder == "anchorCell":
        return _anchor(value, change)
    if "dimension" in value and holder in {"range", "dimensionRange"}:
        return _ranged(value, change, dimension_bounds(value))
    if holder in HOLDERS and value.keys() <= GRID_KEYS:
        return _ranged(value, change, grid_bounds(value))
    followed = {name: moved(below, change, name) for name, below in value.items()}
    return GONE if _lost(followed, holder) else {name: below for name, below in followed.items() if below != []}


def _lost(value: JsonObject, holder: str) -> bool:
    """Whether what an object was about is gone. A chart stays, without the series that have no data any more."""
    if value.get("range") is GONE or value.get("ranges") == []:
        return True
    return holder == "series" and value.get("series", {}).get("sourceRange") == {}


def _ranged(value: JsonObject, change: Change, bounds: Bounds) -> JsonObject:
    """A GridRange or DimensionRange after the change."""
    if value.get("sheetId", 0) != change.sheet_id:
        return value
    after = change.bounds(bounds)
    if after is None:
        return GONE
    if "dimension" in value:
        start, end = (after.top, after.bottom) if value["dimension"] == "ROWS" else (after.left, after.right)
        sides = {"startIndex": start, "endIndex": end}
        return value | {name: side for name, side in sides.items() if side is not None}
    return grid_range(_landing(change, after != bounds), after)


def grid_range(sheet_id: int, bounds: Bounds | Box) -> JsonObject:
    """A GridRange as answers show it: sheet id 0 is left out."""
    shown: Mapping[str, int] = to_grid_range(sheet_id, bounds)
    return {name: value for name, value in shown.items() if value or name != "sheetId"}


def _anchor(value: JsonObject, change: Change) -> JsonObject:
    """A GridCoordinate; one whose cell is deleted stays at its place."""
    if value.get("sheetId", 0) != change.sheet_id:
        return value
    place = change.cell(value.get("rowIndex", 0), value.get("columnIndex", 0))
    if place is None:
        return value
    coordinate = {"sheetId": value.get("sheetId", 0), "rowIndex": place[0], "columnIndex": place[1]}
    return {name: index for name, index in coordinate.items() if index}
