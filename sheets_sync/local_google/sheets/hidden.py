"""Which rows the basic filter of a sheet hides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.judging import Judge
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Sheet, Workbook

JsonObject = dict[str, Any]


def hidden_rows(workbook: Workbook, sheet: Sheet, now: datetime) -> set[int]:
    """The rows that the criteria of the basic filter hide; never its first row, the header."""
    found = sheet.basic_filter or {}
    box = grid_bounds(found.get("range", {})).within(sheet.box)
    criteria = [(spec.get("columnIndex", 0), spec.get("filterCriteria", {})) for spec in found.get("filterSpecs", [])]
    if not criteria:
        return set()
    judge = Judge.of(workbook, sheet, now)
    return {
        row
        for row in range(box.top + 1, box.bottom)
        if any(_hides(judge, row, column, wanted, box.top + 1) for column, wanted in criteria)
    }


def _hides(judge: Judge, row: int, column: int, criteria: JsonObject, first_row: int) -> bool:
    cell = judge.sheet.cell(row, column)
    if shown(cell, judge.workbook.locale) in criteria.get("hiddenValues", []):
        return True
    condition = criteria.get("condition")
    return condition is not None and not judge.holds(condition, row, column, cell, (first_row, column))
