"""Which rows a filter of a sheet hides."""

from __future__ import annotations

from datetime import datetime

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.conditions_match import Matcher
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Sheet, Workbook


def hidden_rows(workbook: Workbook, sheet: Sheet, now: datetime) -> set[int]:
    """The rows that the criteria of the basic filter hide; never its first row, the header."""
    return rows_hidden_by(workbook, sheet, sheet.basic_filter or {}, now)


def rows_hidden_by(workbook: Workbook, sheet: Sheet, found: JsonObject, now: datetime) -> set[int]:
    """The rows that a BasicFilter or FilterView hides."""
    box = grid_bounds(found.get("range", {})).within(sheet.box)
    criteria = [(spec.get("columnIndex", 0), spec.get("filterCriteria", {})) for spec in found.get("filterSpecs", [])]
    if not criteria:
        return set()
    matcher = Matcher.of(workbook, sheet, now)
    return {
        row
        for row in range(box.top + 1, box.bottom)
        if any(_hides(matcher, row, column, wanted, box.top + 1) for column, wanted in criteria)
    }


def _hides(matcher: Matcher, row: int, column: int, criteria: JsonObject, first_row: int) -> bool:
    cell = matcher.sheet.cell(row, column)
    if shown(cell, matcher.workbook.locale) in criteria.get("hiddenValues", []):
        return True
    condition = criteria.get("condition")
    return condition is not None and not matcher.holds(condition, row, column, cell, (first_row, column))
