"""Conditional formats at work: what the rules of a sheet add to a cell's effective format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from sheets_sync.local_google.formulas.dependence import needs
from sheets_sync.local_google.formulas.evaluate import Scope
from sheets_sync.local_google.formulas.rewrite import shifted
from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.normal import channel
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.recalc import local_time
from sheets_sync.local_google.sheets.cells import merged
from sheets_sync.local_google.sheets.conditions import fulfils
from sheets_sync.local_google.sheets.hidden import typed_number
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.values.serials import from_date
from sheets_sync.local_google.workbook import Box, Cell, Sheet, Value, Workbook

JsonObject = dict[str, Any]
Paint = Callable[[int, int, Cell], JsonObject]
"""What one rule adds to the format of the cell at a row and column."""

AGO = {"TODAY": 0, "TOMORROW": -1, "YESTERDAY": 1, "PAST_WEEK": 7, "PAST_MONTH": 30, "PAST_YEAR": 365}
"""Relative dates, in days before today."""


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


def highlights(workbook: Workbook, sheet: Sheet, now: datetime) -> Highlights | None:
    """The rules of the sheet, ready to be asked; None if it has none."""
    if not sheet.conditional_formats:
        return None
    ground = _Ground(workbook, sheet, local_time(workbook, now), locale_of(workbook.locale))
    return Highlights(tuple(ground.rule(rule) for rule in sheet.conditional_formats))


@dataclass(frozen=True, slots=True)
class _Ground:
    """What rules are judged on."""

    workbook: Workbook
    sheet: Sheet
    now: datetime
    locale: Locale

    def rule(self, rule: Mapping[str, Any]) -> tuple[tuple[Box, ...], Paint]:
        boxes = tuple(grid_bounds(found).within(self.sheet.box) for found in rule["ranges"])
        if "gradientRule" in rule:
            return boxes, self._gradient(rule["gradientRule"], boxes)
        boolean = rule["booleanRule"]
        return boxes, partial(self._boolean, boolean["condition"], boolean.get("format", {}), boxes[0])

    def _boolean(
        self, condition: JsonObject, look: JsonObject, first: Box, row: int, column: int, cell: Cell
    ) -> JsonObject:
        values = [found.get("userEnteredValue", "") for found in condition.get("values", [])]
        if condition["type"] == "CUSTOM_FORMULA":
            return look if self._formula(values[0], row - first.top, column - first.left, row, column) is True else {}
        wanted = condition | {"values": [{"userEnteredValue": self._typed(v)} for v in condition.get("values", [])]}
        holds = fulfils(
            cell.value, shown(cell, self.workbook.locale), wanted, partial(typed_number, locale=self.locale)
        )
        return look if holds else {}

    def _typed(self, value: Mapping[str, Any]) -> str:
        """A condition's value as it could be typed: dates and results of formulas in the workbook's locale."""
        if "relativeDate" in value:
            day = from_date((self.now - timedelta(days=AGO.get(value["relativeDate"], 0))).date())
            return f"{day}"
        text = str(value.get("userEnteredValue", ""))
        if not text.startswith("="):
            return text
        result = self._formula(text, 0, 0, 0, 0)
        return f"{result}".replace(".", self.locale.decimal) if isinstance(result, float | int) else f"{result or ''}"

    def _formula(self, text: str, down: int, right: int, row: int, column: int) -> Value:
        """The value of a formula that is written for the first cell of a range, as seen from another one."""
        tree = needs(shifted(text, down, right), self.locale.decimal).tree
        try:
            return Scope(self.workbook, self.sheet, row, column, self.now, self.locale).value(tree) if tree else None
        except Failure:
            return None

    def _gradient(self, gradient: JsonObject, boxes: tuple[Box, ...]) -> Paint:
        numbers = [cell.value for box in boxes for _, _, cell in self.sheet.cells(box) if _is_number(cell.value)]
        points = [(name, gradient[name]) for name in ("minpoint", "midpoint", "maxpoint") if name in gradient]
        stops = [(self._place(point, numbers), _rgb(point)) for _, point in points]

        def paint(_row: int, _column: int, cell: Cell) -> JsonObject:
            if not _is_number(cell.value) or not numbers:
                return {}
            color = _between(float(cell.value), stops)  # type: ignore[arg-type] # _is_number has looked
            return {"backgroundColor": color, "backgroundColorStyle": {"rgbColor": color}}

        return paint

    def _place(self, point: Mapping[str, Any], numbers: list[Any]) -> float:
        """Where on the scale a point lies."""
        low, high = min(numbers, default=0), max(numbers, default=0)
        value = typed_number(self._typed({"userEnteredValue": point.get("value", "")}), locale=self.locale) or 0.0
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
