"""Which rows the basic filter of a sheet hides."""

from __future__ import annotations

from typing import Any

from sheets_sync.local_google.ranges import grid_bounds
from sheets_sync.local_google.sheets.conditions import fulfils
from sheets_sync.local_google.values.entry_dates import read_moment
from sheets_sync.local_google.values.entry_numbers import read_number
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.values.serials import to_datetime
from sheets_sync.local_google.workbook import Cell, Sheet

JsonObject = dict[str, Any]


def hidden_rows(sheet: Sheet, locale_name: str) -> set[int]:
    """The rows that the criteria of the basic filter hide; never its first row, the header."""
    found = sheet.basic_filter or {}
    box, locale = grid_bounds(found.get("range", {})).within(sheet.box), locale_of(locale_name)
    criteria = [(spec.get("columnIndex", 0), spec.get("filterCriteria", {})) for spec in found.get("filterSpecs", [])]
    if not criteria:
        return set()
    return {
        row
        for row in range(box.top + 1, box.bottom)
        if any(_hides(sheet.cell(row, column), wanted, locale_name, locale) for column, wanted in criteria)
    }


def _hides(cell: Cell, criteria: JsonObject, locale_name: str, locale: Locale) -> bool:
    text = shown(cell, locale_name)
    if text in criteria.get("hiddenValues", []):
        return True
    condition = criteria.get("condition")
    return condition is not None and not fulfils(cell.value, text, condition, lambda typed: typed_number(typed, locale))


def typed_number(typed: str, locale: Locale) -> float | None:
    """A number, or the serial number of a date, as typed in the workbook's locale."""
    today = to_datetime(0)
    assert today is not None
    found = read_number(typed, locale) or read_moment(typed, locale, today.date())
    return None if found is None else float(found[0])
