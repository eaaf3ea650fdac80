"""Whether a cell fulfils a condition, formulas and relative dates included: what conditional formats and filters ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sheets_sync.local_google.formulas.dependence import needs
from sheets_sync.local_google.formulas.evaluate import Scope
from sheets_sync.local_google.formulas.rewrite import shifted
from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.recalc import local_time
from sheets_sync.local_google.sheets.conditions import fulfils
from sheets_sync.local_google.values.entry_dates import read_moment
from sheets_sync.local_google.values.entry_numbers import read_number
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.values.serials import from_date
from sheets_sync.local_google.workbook import Cell, Sheet, Value, Workbook

AGO = {"TODAY": 0, "TOMORROW": -1, "YESTERDAY": 1, "PAST_WEEK": 7, "PAST_MONTH": 30, "PAST_YEAR": 365}
"""Relative dates, in days before today."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches the cells of one sheet at one time (`now` is in the workbook's zone)."""

    workbook: Workbook
    sheet: Sheet
    now: datetime
    locale: Locale

    @classmethod
    def of(cls, workbook: Workbook, sheet: Sheet, now: datetime) -> Matcher:
        return cls(workbook, sheet, local_time(workbook, now), locale_of(workbook.locale))

    def holds(self, condition: Mapping[str, Any], row: int, column: int, cell: Cell, first: tuple[int, int]) -> bool:
        """Whether the cell fulfils the condition. `first` is the cell for which a formula in it was written."""
        values = condition.get("values", [])
        if condition["type"] == "CUSTOM_FORMULA":
            text = values[0].get("userEnteredValue", "")
            return self._formula(text, row, column, row - first[0], column - first[1]) is True
        wanted = {**condition, "values": [{"userEnteredValue": self.typed(value)} for value in values]}
        return fulfils(cell.value, shown(cell, self.workbook.locale), wanted, self.number)

    def typed(self, value: Mapping[str, Any]) -> str:
        """A condition's value as it could be typed: dates and results of formulas in the workbook's locale."""
        if "relativeDate" in value:
            day = from_date((self.now - timedelta(days=AGO.get(value["relativeDate"], 0))).date())
            return f"{day}"
        text = str(value.get("userEnteredValue", ""))
        if not text.startswith("="):
            return text
        result = self._formula(text)
        return f"{result}".replace(".", self.locale.decimal) if isinstance(result, float | int) else f"{result or ''}"

    def number(self, typed: str) -> float | None:
        """A number, or the serial number of a date, as typed in the workbook's locale."""
        found = read_number(typed, self.locale) or read_moment(typed, self.locale, self.now.date())
        return None if found is None else float(found[0])

    def _formula(self, text: str, row: int = 0, column: int = 0, down: int = 0, right: int = 0) -> Value:
        """The value of a formula at a cell that lies so far down and right of the one it was written for."""
        tree = needs(shifted(text, down, right), self.locale.decimal).tree
        try:
            return Scope(self.workbook, self.sheet, row, column, self.now, self.locale).value(tree) if tree else None
        except Failure:
            return None
