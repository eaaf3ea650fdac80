"""Months that headings count instead of naming them: `1 2 3 … 12`, or I, II, III below `Bulan`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.month_names import MONTHS, NUMERALS
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind

MIN_NUMERALS, MOST_WEEKS = 3, 5  # up to four they may be quarters, up to five weeks
_NAMES = {number: name.title() for name, number in reversed(MONTHS.items())}
_A_YEAR, _FEWEST = 12, 2  # months
_KEYS = (Role.LIBRARY, Role.ELEMENT_NAME, Role.IGNORED, Role.NOTE, Role.TOTAL, Role.YEAR)
_OTHER_LETTER = re.compile(r"[cdfghjmopqrstwyz]", re.IGNORECASE)  # neither in `bulan ke` nor in a numeral
_NUMBER = re.compile(r"(?:(?:bulan|bln) (?:ke )?)?0?(?P<number>[1-9]|1[0-2])")


def counted_months(line: Sequence[GridCell], above: Mapping[int, str], vocabulary: Vocabulary) -> Mapping[int, str]:
    """Column → month of a line whose headings count the months; empty where they may count anything else.

    Certain is a whole year from 1 to 12 beside or below the heading of what stands in the rows, and any run that
    begins at 1 below `Bulan`. `above` is the next line above, as texts. A line that numbers the columns counts those.
    """
    numbers = {index: number for index, cell in enumerate(line) if (number := _number(cell))}
    runs = _runs(numbers)
    if not runs:
        return {}
    others = [fold(cell.text) for index, cell in enumerate(line) if not cell.blank and index not in numbers]
    meanings = [vocabulary.meaning(text) for text in others]
    known = all(meaning is not None and meaning.role in _KEYS for meaning in meanings)
    keyed = bool(others) or _keyed(above, min(numbers, default=0), vocabulary)
    if not known or not all(_is_year(run, above, vocabulary, keyed=keyed) for run in runs):
        return {}
    return {index: _NAMES[numbers[index]] for index in numbers}


def in_numerals(heading: str, texts: Sequence[str]) -> bool:
    """Whether the texts of a column of months are I, II, III … in their order: below `Bulan`, or more than quarters are."""
    found = list(dict.fromkeys(text.upper() for text in texts))
    numbers = [NUMERALS.index(text) for text in found if text in NUMERALS]
    says_months = fold(heading).startswith(("bulan", "bln", "month"))
    follow = numbers == sorted(numbers) and (0 in numbers or len(numbers) >= MIN_NUMERALS)
    return follow and len(numbers) == len(found) > (0 if says_months else MOST_WEEKS)


def counts_a_month(cell: GridCell) -> bool:
    """Whether a cell holds the number of a month, however it is written."""
    return _number(cell) > 0


def may_count(line: Sequence[GridCell]) -> bool:
    """Whether the first number of a line is a 1 and the next one a 2, as where months are counted."""
    numbers = (number for cell in line if (number := _number(cell)))
    return next(numbers, 0) == 1 and next(numbers, 0) == _FEWEST


def _number(cell: GridCell) -> int:
    """The number of a cell, 0 if it holds none that a month has."""
    if isinstance(cell.value, str):
        if cell.value.isascii() and _OTHER_LETTER.search(cell.value):
            return 0
        text = tidy(cell.value)
        match = _NUMBER.fullmatch(fold(text))
        return NUMERALS.index(text.upper()) + 1 if text.upper() in NUMERALS else int(match["number"]) if match else 0
    if isinstance(cell.value, bool | FormulaError) or cell.value is None or cell.kind is not NumberKind.PLAIN:
        return 0
    return int(cell.value) if 1 <= cell.value <= _A_YEAR and cell.value % 1 == 0 else 0


def _runs(numbers: Mapping[int, int]) -> list[list[int]]:
    """The columns of each run 1, 2, 3 …; none where a number is out of order."""
    runs: list[list[int]] = []
    before = 0
    for index, number in sorted(numbers.items()):
        if number == 1:
            runs.append([])
        elif number != before + 1:
            return []
        runs[-1].append(index)
        before = number
    return runs


def _is_year(run: Sequence[int], above: Mapping[int, str], vocabulary: Vocabulary, *, keyed: bool) -> bool:
    """Whether one heading at most stands above all of a run, and the run is a year or the heading says months."""
    titles = {text for index, text in above.items() if index < run[0]}  # a title above all of the table says nothing
    over = {above[index] for index in range(run[0], run[-1] + 1) if index in above} - titles
    roles = {meaning.role if (meaning := vocabulary.meaning(text)) else None for text in over}
    a_year = len(run) == _A_YEAR and keyed and roles <= {Role.MONTH, Role.YEAR_VALUES, Role.ELEMENT}
    return len(over) <= 1 and (a_year or (roles == {Role.MONTH} and len(run) >= _FEWEST))


def _keyed(above: Mapping[int, str], first: int, vocabulary: Vocabulary) -> bool:
    """Whether the line above says before the first number what stands in the rows."""
    meanings = (vocabulary.meaning(text) for index, text in above.items() if index < first)
    return any(meaning is not None and meaning.role in (Role.LIBRARY, Role.ELEMENT_NAME) for meaning in meanings)
