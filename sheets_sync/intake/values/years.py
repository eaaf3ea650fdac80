"""A calendar year in a cell of its own."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern, formula_error, nothing, read_cell
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import places

YEARS = range(1900, 2101)
_TAB_YEARS = range(1990, 2101)


@lru_cache(maxsize=8)
def year_grammar(none: frozenset[str]) -> Grammar[int]:
    """The ways of writing a year."""
    return Grammar(
        msg("a year"),
        (
            nothing(none),
            Form("year", msg("four digits"), form_pattern(r"(?:19|20)[0-9]{2}"), _year, ("2024",)),
            Form(
                "year-word",
                msg("the word for year before it"),
                form_pattern(r"(?:tahun|thn\.?|th\.?|year)(?: *: *| +)(?P<year>(?:19|20)[0-9]{2})"),
                _year,
                ("Tahun 2024",),
            ),
            formula_error(places.YEAR),
        ),
        places.YEAR,
    )


def read_year(cell: GridCell, none: frozenset[str] = frozenset()) -> Entry[int]:
    """The year of a cell: a plain number however it is shown (`2.024`), or a text of four digits."""
    return read_cell(cell, year_grammar(none), _of_number)


def year_of(cell: GridCell) -> int | None:
    """The year that a row or a heading says by a cell of its own."""
    if not isinstance(cell.value, str) and not _near(cell.value):
        return None  # nearly every cell of a table is asked: most hold other numbers
    year = read_year(cell).value
    return year if year in _TAB_YEARS else None


def _near(value: object) -> bool:
    """Whether a number is between the first and the last year."""
    return isinstance(value, int | float) and _TAB_YEARS.start <= value < _TAB_YEARS.stop


def _year(match: re.Match[str]) -> Entry[int]:
    return Entry(State.REPORTED, int(match.groupdict().get("year") or match[0]))


def _of_number(cell: GridCell, value: float) -> Entry[int]:
    plain = cell.kind in (NumberKind.PLAIN, NumberKind.TEXT) and value.is_integer() and int(value) in YEARS
    return Entry(State.REPORTED, int(value)) if plain else refused(places.YEAR)
