"""Fields of words, as names and places: any text is one, but a formula's error and a word for none are not."""

from __future__ import annotations

from functools import lru_cache

from sheets_sync.intake.entry import Entry
from sheets_sync.intake.values.characters import clean
from sheets_sync.intake.values.grammar import FormPattern, failed_formula, formula_error, nothing
from sheets_sync.intake.words import tidy
from sheets_sync.model import State
from sheets_sync.model.grid import FormulaError, GridCell
from sheets_sync.rules import register

_ERROR = formula_error(register.NAME).pattern


@lru_cache(maxsize=4096)  # a row of the register is asked for its names again and again, and so is the same register
def read_words(cell: GridCell, none: frozenset[str]) -> Entry[str]:
    """The words of a cell, with single spaces."""
    text = cell.value.text if isinstance(cell.value, FormulaError) else cell.text
    if isinstance(cell.value, FormulaError) or _ERROR.fullmatch(clean(text)):
        return failed_formula(register.NAME)
    return Entry(State.EMPTY) if says_none(text, none) else Entry(State.REPORTED, tidy(text))


def says_none(text: str, none: frozenset[str]) -> bool:
    """Whether a text says no more than an empty cell."""
    cleaned = clean(text)
    return not cleaned or _none_pattern(none).fullmatch(cleaned) is not None


@lru_cache(maxsize=8)
def _none_pattern(none: frozenset[str]) -> FormPattern:
    """Every row of a table is asked for its library, with the same words for none."""
    return nothing(none).pattern
