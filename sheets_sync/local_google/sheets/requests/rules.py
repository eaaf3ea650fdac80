"""Requests for conditional formats and data validation."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.conditions import check
from sheets_sync.local_google.sheets.filtered_rows import hidden_rows
from sheets_sync.local_google.sheets.shift import grid_range
from sheets_sync.local_google.values.entry_numbers import read_number
from sheets_sync.local_google.values.locales import locale_of
from sheets_sync.local_google.workbook import Box, Sheet


def add_conditional_format_rule(batch: Batch, request: JsonObject) -> None:
    sheet, rule = _checked(batch, request.get("rule", {}))
    index = request.get("index", 0)
    if index > len(sheet.conditional_formats):
        raise Refused(f"No conditional format on sheet: {sheet.id} at index: {index}")
    sheet.conditional_formats.insert(index, rule)


def _checked(batch: Batch, rule: JsonObject) -> tuple[Sheet, JsonObject]:
    """The sheet of a rule's ranges, and the rule as Google keeps it."""
    ranges = rule.get("ranges", [])
    if not ranges:
        raise Refused("No ranges specified.")
    if len({found.get("sheetId", 0) for found in ranges}) > 1:
        raise Refused("All ranges of a conditional format rule must be on the same sheet.")
    boxes = [batch.area(found, loose=True) for found in ranges]
    rule = rule | {"ranges": [grid_range(sheet.id, box) for sheet, box in boxes]}
    if "booleanRule" in rule:
        check(rule["booleanRule"].get("condition", {}), "conditional formats")
    elif "gradientRule" in rule:
        rule["gradientRule"] = _gradient(batch, rule["gradientRule"])
    else:
        raise Refused("No rule specified.")
    return boxes[0][0], rule


def _gradient(batch: Batch, gradient: JsonObject) -> JsonObject:
    points = {"minpoint": _point(batch, gradient.get("minpoint", {}))}
    if "midpoint" in gradient:
        points["midpoint"] = _point(batch, gradient["midpoint"])
    return points | {"maxpoint": _point(batch, gradient.get("maxpoint", {}))}


def _point(batch: Batch, point: JsonObject) -> JsonObject:
    """A point of a colour scale. MIN and MAX keep no value; others need a number as the locale writes it."""
    kind, value = point.get("type"), point.get("value", "")
    if kind is None:
        raise Refused("No interpolationPointType specified.")
    if kind in {"MIN", "MAX"}:
        return {name: found for name, found in point.items() if name != "value"}
    if not value:
        raise Refused("InterpolationPoint.value is required.")
    if not value.startswith("=") and read_number(value, locale_of(batch.workbook.locale)) is None:
        raise Refused(f"Invalid InterpolationPoint.value: {value}")
    return point


def _find(batch: Batch, sheet_id: int, index: int) -> Sheet:
    sheet = batch.sheet(sheet_id)
    if index >= len(sheet.conditional_formats):
        raise Refused(f"No conditional format on sheet: {sheet_id} at index: {index}")
    return sheet


def update_conditional_format_rule(batch: Batch, request: JsonObject) -> JsonObject:
    index = request.get("index", 0)
    if "rule" in request:
        sheet, new = _checked(batch, request["rule"])
        rules = _find(batch, sheet.id, index).conditional_formats
        old, rules[index] = rules[index], new
        return _indexed({"newRule": new, "oldRule": old}, index, index)
    new_index = request.get("newIndex", 0)
    rules = _find(batch, request.get("sheetId", 0), index).conditional_formats
    if new_index >= len(rules):
        raise Refused(f"No conditional format on sheet: {request.get('sheetId', 0)} at index: {new_index}")
    moved = rules.pop(index)
    rules.insert(new_index, moved)
    return _indexed({"newRule": moved}, new_index, index)


def _indexed(reply: JsonObject, new: int, old: int) -> JsonObject:
    indexes = {"newIndex": new, "oldIndex": old}
    return reply | {name: index for name, index in indexes.items() if index}


def delete_conditional_format_rule(batch: Batch, request: JsonObject) -> JsonObject:
    index = request.get("index", 0)
    sheet = _find(batch, request.get("sheetId", 0), index)
    return {"rule": sheet.conditional_formats.pop(index)}


def set_data_validation(batch: Batch, request: JsonObject) -> None:
    sheet, box = batch.area(request.get("range", {}), loose=True)
    batch.protect(sheet, box)
    _check_untyped(sheet, box)
    rule = request.get("rule")
    if rule is not None:
        check(rule.get("condition", {}), "data validation")
    skipped = set() if request.get("filteredRowsIncluded") else hidden_rows(batch.workbook, sheet, batch.clock())
    for row in sorted(set(range(box.top, box.bottom)) - skipped):
        for column in range(box.left, box.right):
            cell = sheet.cell(row, column)
            if rule is not None or cell.validation is not None:
                sheet.put(row, column, cell.but(validation=rule))


def _check_untyped(sheet: Sheet, box: Box) -> None:
    """What may stand in a table's typed column is the table's matter."""
    for table in sheet.tables:
        area = grid_bounds(table["range"]).within(sheet.box)
        for column in table["columnProperties"]:
            left = area.left + column.get("columnIndex", 0)
            if "columnType" in column and not area._replace(left=left, right=left + 1).overlap(box).empty:
                raise Refused("This operation is not allowed on cells in typed columns.")


REQUESTS: Mapping[str, Apply] = {
    "addConditionalFormatRule": add_conditional_format_rule,
    "updateConditionalFormatRule": update_conditional_format_rule,
    "deleteConditionalFormatRule": delete_conditional_format_rule,
    "setDataValidation": set_data_validation,
}
