"""Numbers that may have a fraction, and the official score."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.figures import (
    NUMBER,
    Figure,
    Words,
    ambiguous,
    number_questions,
    number_words,
    read_figure,
    reported,
    too_big,
    turned_into_something_else,
    with_unit,
)
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern, formula_error, nothing, read_cell
from sheets_sync.model import msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries, register

BEST_SCORE = 10  # of the programme's scores that were published (7,72 · 6,0 · 5,2), none is above ten

_SCORE = r"(?P<whole>[0-9]{1,2})(?P<point>[.,])(?P<fraction>[0-9]{1,4})"


@lru_cache(maxsize=256)
def decimal_grammar(words: Words) -> Grammar[float]:
    """The ways of writing a decimal number of an element."""
    return Grammar(
        msg("a decimal number"),
        (
            Form("digits", msg("digits"), form_pattern(r"[0-9]{1,15}"), _digits, ("25",)),
            *number_words(words),
            *decimal_forms(words),
            *number_questions(words),
        ),
        entries.NUMBER,
    )


def decimal_forms(words: Words) -> tuple[Form[float], ...]:
    """A number with either mark, or marks between thousands; bare, as per cent, or with the element's unit."""
    return (
        ambiguous(words),
        Form(
            "decimal",
            msg("a comma or a dot before the fraction, another mark between thousands"),
            form_pattern(NUMBER),
            _number,
            ("7,72", "7.72", "1.234,5", "1.234.567"),
        ),
        Form("percent", msg("per cent, as it is shown"), form_pattern(rf"{NUMBER} ?%"), _number, ("7,72%",)),
        Form(
            "unit",
            msg("the element's own unit behind it"),
            form_pattern(NUMBER + with_unit(words)),
            _number,
            ("2,5 orang",),
        ),
    )


@lru_cache(maxsize=8)
def score_grammar(none: frozenset[str]) -> Grammar[float]:
    """The ways of writing an official score; a word for none is no score."""
    return Grammar(
        msg("the official score, 0 to 10"),
        (
            nothing(none),
            Form("digits", msg("digits"), form_pattern(r"(?P<whole>[0-9]{1,2})"), _score, ("8",)),
            Form(
                "decimal",
                msg("a comma or a dot before the fraction"),
                form_pattern(_SCORE),
                _score,
                ("7,72", "7.72"),
            ),
            Form("percent", msg("per cent, as it is shown"), form_pattern(rf"{_SCORE} ?%"), _score, ("7,72%",)),
            formula_error(register.OFFICIAL_SCORE),
        ),
        register.OFFICIAL_SCORE,
    )


def read_decimal(cell: GridCell, words: Words) -> Entry[float]:
    """A number that may have a fraction; per cent is read as it is shown (`7,72%` is 7.72)."""
    return read_figure(cell, decimal_grammar(words), lambda cell, value: of_number(cell, value, words))


def read_score(cell: GridCell, none: frozenset[str]) -> Entry[float]:
    """An official score. Beyond 0 to 10 it is none: it would stand beside ours, and `1E+30` can't even be rounded."""
    return read_cell(cell, score_grammar(none), lambda cell, value: _in_range(of_number(cell, value, Words())))


def of_number(cell: GridCell, value: float, words: Words) -> Entry[float]:
    """A number as the sheet keeps it."""
    turned = turned_into_something_else(cell, words)
    if turned is not None:
        return turned
    percent = cell.kind is NumberKind.PERCENT
    value = round(value * 100, 10) if percent else value
    if too_big(value):
        return refused(entries.NUMBER)
    return refused(entries.NEGATIVE) if value < 0 else reported(value, plain=not percent)


def _digits(match: re.Match[str]) -> Entry[float]:
    return reported(float(match[0]), plain=True)


def _number(match: re.Match[str]) -> Entry[float] | None:
    figure = Figure.of(match)
    if figure is None:
        return None
    plain = bool(figure.point) and not figure.group and match[0][-1].isdigit()
    return reported(figure.value, plain=plain)


def _score(match: re.Match[str]) -> Entry[float] | None:
    figure = Figure.of(match)
    return _in_range(reported(figure.value, plain=match[0][-1].isdigit())) if figure else None


def _in_range(entry: Entry[float]) -> Entry[float]:
    """The score; a question where it is not from 0 to 10, or not read for another reason."""
    return entry if entry.value is not None and 0 <= entry.value <= BEST_SCORE else refused(register.OFFICIAL_SCORE)
