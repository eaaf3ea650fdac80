"""The cells of a tab in which figures stand, whatever they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sheets_sync.intake.words import tidy
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind, Tab

Place = tuple[int, int]  # row and column

MAX_COUNT = 1e8  # longer numbers are telephones and registration numbers
MIN_NUMBERING = 2
_COUNT = re.compile(r"\d{1,3}(?:[.,\u00a0 ]?\d{3}){0,2}(?:[.,]\d{1,2})?")
_DIGIT = re.compile(r"[0-9]")
_NUMBERS = (float, int)  # not bool
_BEFORE_YEARS, _AFTER_YEARS = 1899, 2101  # what is shown as a year lies between
_DATED = (NumberKind.DATE, NumberKind.DATE_TIME, NumberKind.TIME)


def figure_cells(tab: Tab) -> list[Place]:
    """Every cell with a number, a text with digits or a failed formula in it."""
    return [(row, column) for row, cells in enumerate(tab.rows) for column in figure_columns(cells)]


def figure_columns(cells: Iterable[GridCell]) -> list[int]:
    """The columns of a row in which there is one; most cells are numbers, told without a call."""
    return [column for column, cell in enumerate(cells) if type(cell[0]) in _NUMBERS or like_a_figure(cell)]


def like_a_figure(cell: GridCell) -> bool:
    """Whether something like a number stands in a cell; a tick is none, nor a nought that its format hides."""
    value = cell.value
    if isinstance(value, str):
        return _has_digit(value)
    return (type(value) in _NUMBERS and (value != 0 or not cell.blank)) or isinstance(value, FormulaError)


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


@dataclass(slots=True)
class _Counts:
    """The cells of a column that could be counts, from above down: how many, the first row, whether they only number lines."""

    first: int
    number: int = 0
    numbering: bool = True
    before: int = 0

    def add(self, text: str) -> None:
        """One more, by the text it shows."""
        self.number += 1
        if self.numbering:
            shown = tidy(text).strip(".)")
            now = int(shown) if shown.isdecimal() else 0
            self.numbering = now in (self.before + 1, 1) and now > 0
            self.before = now


def counts_on(tab: Tab) -> tuple[int, Place] | None:
    """How many cells could be counts of something, and the first of them; None if there are none.

    No dates, years, telephones, nor columns that only number their lines, from 1 on.
    """
    columns: dict[int, _Counts] = {}
    for row, cells in enumerate(tab.rows):
        for column, cell in enumerate(cells):
            if like_a_figure(cell) and like_a_count(cell):
                found = columns.get(column)
                if found is None:
                    found = columns[column] = _Counts(row)
                found.add(cell.text)
    counts = {at: each for at, each in columns.items() if not each.numbering or each.number < MIN_NUMBERING}
    if not counts:
        return None
    return sum(each.number for each in counts.values()), min((each.first, at) for at, each in counts.items())


def like_a_count(cell: GridCell) -> bool:
    """Whether what stands in a cell could be a count: no date, year, telephone or registration number."""
    if isinstance(cell.value, str):
        if cell.value.isascii() and not cell.value.lstrip()[:1].isdigit():
            return False
        text = tidy(cell.value)
        return bool(_COUNT.fullmatch(text)) and not _like_a_year(text)
    if isinstance(cell.value, FormulaError):
        return True
    number = float(cell.value or 0)
    year = _BEFORE_YEARS < number < _AFTER_YEARS and _like_a_year(f"{number:g}")
    return cell.kind not in _DATED and abs(number) < MAX_COUNT and not year


def _like_a_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text))
