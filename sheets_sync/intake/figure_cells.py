"""The cells of a tab in which figures stand, whatever they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sheets_sync.intake.words import tidy
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind, Tab

Place = tuple[int, int]  # row and column

MAX_COUNT = 1e8  # longer numbers are telephones and registration numbers
MIN_NUMBERING = 2
_COUNT = re.compile(r"\d{1,3}(?:[.,\u00a0 ]?\d{3}){0,2}(?:[.,]\d{1,2})?")
_DIGIT = re.compile(r"[0-9]")
_NUMBERS = (float, int)  # not bool
_DATED = (NumberKind.DATE, NumberKind.DATE_TIME, NumberKind.TIME)


def figure_cells(tab: Tab) -> Iterator[Place]:
    """Every cell with a number, a text with digits or a failed formula in it."""
    for row, cells in enumerate(tab.rows):
        for column, cell in enumerate(cells):
            if like_a_figure(cell):
                yield row, column


def like_a_figure(cell: GridCell) -> bool:
    """Whether something like a number stands in a cell; a tick is none."""
    value, kind = cell.value, type(cell.value)
    if kind is str:
        return _has_digit(value)
    return kind in _NUMBERS or isinstance(value, FormulaError)


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None if text.isascii() else any(map(str.isdigit, text))


def count_cells(tab: Tab) -> list[Place]:
    """The cells that could be counts of something: no dates, years, telephones, nor the numbers of lines."""
    places = [(row, column) for row, column in figure_cells(tab) if _like_a_count(tab.at(row, column))]
    numbering = {column for column in {column for _, column in places} if _numbers_lines(tab, column, places)}
    return [place for place in places if place[1] not in numbering]


def _like_a_count(cell: GridCell) -> bool:
    if isinstance(cell.value, str):
        text = tidy(cell.value)
        return bool(_COUNT.fullmatch(text)) and not _like_a_year(text)
    if isinstance(cell.value, FormulaError):
        return True
    number = float(cell.value or 0)
    return cell.kind not in _DATED and abs(number) < MAX_COUNT and not _like_a_year(f"{number:g}")


def _like_a_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text))


def _numbers_lines(tab: Tab, column: int, places: list[Place]) -> bool:
    """Whether a column only numbers its lines, from 1 on."""
    shown = [tidy(tab.at(row, at).text).strip(".)") for row, at in places if at == column]
    numbers = [int(text) for text in shown if text.isdecimal()]
    steps = all(after in (before + 1, 1) for before, after in pairwise(numbers))
    return len(numbers) == len(shown) >= MIN_NUMBERING and numbers[0] == 1 and steps
