"""Conditional formats at work: what the rules of a sheet add to a cell's effective format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.normalize import channel
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.bands import BAND
from sheets_sync.local_google.sheets.cells import merged
from sheets_sync.local_google.sheets.conditions_match import Matcher
from sheets_sync.local_google.workbook import Box, Cell, Sheet, Value, Workbook

Paint = Callable[[int, int, Cell], JsonObject]
"""What one rule adds to the format of the cell at a row and column."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """The rules of a sheet. Of two that set the same thing, the earlier one counts."""

    rules: tuple[tuple[tuple[Box, ...], Paint], ...]

    def __call__(self, row: int, column: int, cell: Cell) -> JsonObject:
        found: JsonObject = {}
        for boxes, paint in self.rules:
            if any(box.holds(row, column) for box in boxes):
                found = merged(paint(row, column, cell), found)
        return found


def highlights(
    workbook: Workbook, sheet: Sheet, now: datetime, cut: Callable[[JsonObject], JsonObject]
) -> Highlights | None:
    """The rules of the sheet that can add something to what `cut` leaves of a format, ready to be asked; None if there are none."""
    rules = [rule for rule in sheet.conditional_formats if cut(_added(rule))]
    if not rules:
        return None
    matcher = Matcher.of(workbook, sheet, now)
    return Highlights(tuple(_rule(matcher, rule) for rule in rules))


def _added(rule: Mapping[str, Any]) -> JsonObject:
    """What a rule adds where it holds, a gradient in black."""
    added: JsonObject = BAND if "gradientRule" in rule else rule["booleanRule"].get("format", {})
    return added


def _rule(matcher: Matcher, rule: Mapping[str, Any]) -> tuple[tuple[Box, ...], Paint]:
    boxes = tuple(grid_bounds(found).within(matcher.sheet.box) for found in rule["ranges"])
    if "gradientRule" in rule:
        return boxes, _gradient(matcher, rule["gradientRule"], boxes)
    boolean, first = rule["booleanRule"], (boxes[0].top, boxes[0].left)
    look: JsonObject = boolean.get("format", {})

    def paint(row: int, column: int, cell: Cell) -> JsonObject:
        return look if matcher.holds(boolean["condition"], row, column, cell, first) else {}

    return boxes, paint


def _gradient(matcher: Matcher, gradient: JsonObject, boxes: tuple[Box, ...]) -> Paint:
    numbers = [cell.value for box in boxes for _, _, cell in matcher.sheet.cells(box) if _is_number(cell.value)]
    points = [(name, gradient[name]) for name in ("minpoint", "midpoint", "maxpoint") if name in gradient]
    stops = [(_place(matcher, point, numbers), _rgb(point)) for _, point in points]

    def paint(_row: int, _column: int, cell: Cell) -> JsonObject:
        if not _is_number(cell.value) or not numbers:
            return {}
        color = _between(float(cell.value), stops)  # type: ignore[arg-type] # _is_number has looked
        return {"backgroundColor": color, "backgroundColorStyle": {"rgbColor": color}}

    return paint


def _place(matcher: Matcher, point: Mapping[str, Any], numbers: list[Any]) -> float:
    """Where on the scale a point lies."""
    low, high = min(numbers, default=0), max(numbers, default=0)
    value = matcher.number(matcher.typed({"userEnteredValue": point.get("value", "")})) or 0.0
    match point["type"]:
        case "MIN":
            return float(low)
        case "MAX":
            return float(high)
        case "PERCENT":
            return float(low + (high - low) * value / 100)
        case "PERCENTILE":
            return _percentile(sorted(numbers), value / 100)
    return value


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _percentile(numbers: list[float], share: float) -> float:
    if not numbers:
        return 0.0
    place = share * (len(numbers) - 1)
    below = int(place)
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (numbers[above] - numbers[below]) * (place - below)


def _rgb(point: Mapping[str, Any]) -> JsonObject:
    color: JsonObject = point.get("colorStyle", {}).get("rgbColor", point.get("color", {}))
    return color


def _between(value: float, stops: list[tuple[float, JsonObject]]) -> JsonObject:
    """The colour at a value: that of the nearest end outside the scale, a mixture inside."""
    if value <= stops[0][0]:
        return stops[0][1]
    for (low, first), (high, second) in pairwise(stops):
        if value <= high and high > low:
            share = (value - low) / (high - low)
            mixed = {name: _mixed(first, second, name, share) for name in ("red", "green", "blue")}
            return {name: part for name, part in mixed.items() if part}
    return stops[-1][1]


def _mixed(first: JsonObject, second: JsonObject, name: str, share: float) -> float:
    """One channel of a mixture."""
    return channel(float(first.get(name, 0)) * (1 - share) + float(second.get(name, 0)) * share)
