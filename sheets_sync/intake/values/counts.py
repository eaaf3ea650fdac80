"""Counts: whole numbers, not negative."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.figures import (
    FRACTION,
    NUMBER,
    WHOLE,
    Figure,
    Words,
    number_questions,
    number_words,
    read_figure,
    reported,
    too_big,
    turned_into_something_else,
    with_unit,
)
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern
from sheets_sync.model import msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries

_NO_FRACTION = rf"{WHOLE}(?:(?P<point>[.,])(?P<fraction>0{{1,2}}))?"


@lru_cache(maxsize=256)
def count_grammar(words: Words) -> Grammar[float]:
    """The ways of writing a count of an element."""
    return Grammar(
        msg("a count"),
        (
            Form("digits", msg("digits"), form_pattern(r"[0-9]{1,15}"), _digits, ("25", "0042")),
            *number_words(words),
            Form("thousands", msg("marks between thousands"), form_pattern(WHOLE), _whole, ("1.234", "1,234", "1 234")),
            Form("nought", msg("a fraction of nought"), form_pattern(_NO_FRACTION), _whole, ("12,0", "1.234,00")),
            Form(
                "unit",
                msg("the element's own unit behind it"),
                form_pattern(_NO_FRACTION + with_unit(words)),
                _whole,
                ("25 orang", "1.234 org.", "25 (orang)"),
            ),
            Form(
                "fraction",
                msg("a fraction"),
                form_pattern(rf"(?:{NUMBER}|[0-9]+{FRACTION.replace('P<', 'P<bare_')})(?:{with_unit(words)})?"),
                lambda match: None if _contradicts(match) else refused(entries.FRACTION),
                ("12,5",),
            ),
            *number_questions(words),
        ),
        entries.NUMBER,
    )


def read_count(cell: GridCell, words: Words) -> Entry[float]:
    """A count: a whole number, not negative."""
    return read_figure(cell, count_grammar(words), lambda cell, value: _of_number(cell, value, words))


def _digits(match: re.Match[str]) -> Entry[float]:
    return reported(float(match[0]), plain=True)


def _whole(match: re.Match[str]) -> Entry[float] | None:
    figure = Figure.of(match)
    return reported(float(figure.digits)) if figure else None


def _contradicts(match: re.Match[str]) -> bool:
    return match["whole"] is not None and Figure.of(match) is None


def _of_number(cell: GridCell, value: float, words: Words) -> Entry[float]:
    turned = turned_into_something_else(cell, words)
    if turned is not None or cell.kind is NumberKind.PERCENT or "%" in cell.text:
        return turned or refused(entries.FORMAT)
    if too_big(value):
        return refused(entries.NUMBER)
    whole = round(value)
    if abs(value - whole) > max(1e-9, 1e-12 * abs(value)):
        return refused(entries.FRACTION, _swallowed_thousands(value))
    return refused(entries.NEGATIVE) if whole < 0 else reported(float(whole), plain=True)


def _swallowed_thousands(value: float) -> str:
    """1234 for 1.234: a sheet with a decimal point took the thousands mark for one."""
    thousand = value * 1000
    whole = round(thousand)
    return str(whole) if abs(thousand - whole) < 1e-6 and whole % 10 and value > 0 else ""
