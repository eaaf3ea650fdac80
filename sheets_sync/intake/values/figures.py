"""Written numbers in their parts: digits, marks between thousands, the mark before a fraction."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values.characters import clean
from sheets_sync.intake.values.grammar import (
    Form,
    Grammar,
    any_of,
    form_pattern,
    formula_error,
    nothing,
    read_cell,
    word_of,
)
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries

_MONEY = ("rp", "idr", "usd")
_BARE = re.compile(r"[-0-9., ]*")  # shown by a number without a word or a currency
MAX_DIGITS = 15  # more than that a spreadsheet can't hold exactly
TURNED_INTO_A_DATE = (NumberKind.DATE, NumberKind.TIME, NumberKind.DATE_TIME)

# `1.234`, `1 234`, `1'234`, `1,234`: one mark before each group of three, no zero in front.
_GROUPS = r"[1-9][0-9]{0,2}(?P<group>[., '])[0-9]{3}(?:(?P=group)[0-9]{3}){0,3}"
WHOLE = rf"(?P<whole>{_GROUPS}|[0-9]{{1,{MAX_DIGITS}}})"
FRACTION = rf"(?P<point>[.,])(?P<fraction>[0-9]{{1,{MAX_DIGITS}}})"
NUMBER = rf"{WHOLE}(?:{FRACTION})?"


@dataclass(frozen=True, slots=True)
class Words:
    """The words that may stand for a number of an element, or behind it.

    `units` are the spellings of its own unit, `other_units` those of all others: a number with one of them is asked about.
    """

    zero: frozenset[str] = frozenset()
    not_applicable: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    other_units: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()  # only where a figure is no month's report, as the population of the register


@dataclass(frozen=True, slots=True)
class Figure:
    """`1.234,50` has the digits 1234 in groups with `.`, the point `,` and the fraction 50."""

    digits: str
    group: str
    point: str
    fraction: str

    @classmethod
    def of(cls, match: re.Match[str]) -> Figure | None:
        """The parts of a match of NUMBER; None where the marks contradict each other or the digits are too many."""
        found = match.groupdict()
        whole, group, point, fraction = (found.get(part) or "" for part in ("whole", "group", "point", "fraction"))
        digits = re.sub(r"[^0-9]", "", whole)
        if (group and group == point) or len(digits) + len(fraction) > MAX_DIGITS:
            return None
        return cls(digits, group, point, fraction)

    @property
    def value(self) -> float:
        return float(f"{self.digits}.{self.fraction or 0}")


def reported(value: float, *, plain: bool = False) -> Entry[float]:
    """A number that counts."""
    return Entry(State.REPORTED if value else State.ZERO, value, plain=plain)


def number_words(words: Words) -> tuple[Form[float], ...]:
    """What may stand in place of a number."""
    spelled = any_of(word for word in words.zero if word[-1:].isalpha())
    return (
        Form(
            "zero",
            msg("a word for zero"),
            form_pattern(word_of(word for word in words.zero if not word.isdigit())),
            lambda _match: reported(0.0),
            ("-", "nihil", "tidak ada"),
        ),
        Form(
            "zero-twice",
            msg("nought in a digit and in a word"),
            form_pattern(rf"0 *\({spelled}\)|{spelled} *\(0\)"),
            lambda _match: reported(0.0),
            ("0 (nihil)", "nihil (0)"),
        ),
        Form(
            "not-applicable",
            msg("a word for “does not apply”"),
            form_pattern(word_of(words.not_applicable)),
            lambda _match: Entry(State.NOT_APPLICABLE, plain=False),
            ("n/a", "tidak berlaku"),
        ),
        *([nothing(words.none)] if words.none else []),
        formula_error(entries.NUMBER),
    )


def with_unit(words: Words) -> str:
    """What may follow a number: the element's own unit, in brackets or abbreviated with a full stop."""
    unit = any_of(words.units)
    return rf" *(?:{unit}\.?|\({unit}\.?\))"


def ambiguous(words: Words) -> Form[float]:
    """One mark before three digits, where a fraction is possible."""
    return Form(
        "ambiguous",
        msg("one mark before three digits"),
        form_pattern(rf"[1-9][0-9]{{0,2}}[.,][0-9]{{3}}(?: ?%|{with_unit(words)})?"),
        lambda _match: refused(entries.AMBIGUOUS),
        ("1.234",),
    )


def number_questions(words: Words) -> tuple[Form[float], ...]:
    """What is known not to be a number of the element, so that the question can say why."""
    behind, other = rf"(?: *{any_of(words.units)}\.?)?", any_of(words.other_units)
    return (
        Form(
            "negative",
            msg("a number below zero"),
            form_pattern(
                rf"- ?{NUMBER}{behind}|\((?:{NUMBER.replace('P<', 'P<in_').replace('P=', 'P=in_')})\){behind}"
            ),
            lambda _match: refused(entries.NEGATIVE),
            ("-5", "(5)"),
        ),
        Form(
            "other-unit",
            msg("a number with another element's unit"),
            form_pattern(rf"{NUMBER} *(?:{other}\.?|\({other}\.?\))"),
            lambda _match: refused(entries.UNIT),
            ("40 buku",),
        ),
        Form(
            "unfinished",
            msg("a number with a mark and nothing behind it"),
            form_pattern(rf"{WHOLE}[.,]"),
            lambda match: refused(entries.NUMBER, re.sub(r"[^0-9]", "", match["whole"])),
            ("125.",),
        ),
        Form(
            "letters",
            msg("letters that look like digits"),
            form_pattern(rf"(?=[OIl]*[0-9])[0-9OIl]{{2,{MAX_DIGITS}}}"),
            lambda match: refused(entries.NUMBER, match[0].upper().translate(str.maketrans("OIL", "011"))),
            ("1O",),
        ),
    )


def turned_into_something_else(cell: GridCell, words: Words) -> Entry[float] | None:
    """The question where a number's format says that it is no plain number; None where it does not."""
    if cell.kind in TURNED_INTO_A_DATE:
        return refused(entries.FORMAT)
    said = _worded(cell.text) if cell.kind in (NumberKind.CURRENCY, NumberKind.PLAIN) else ""
    money = cell.kind is NumberKind.CURRENCY or said in _MONEY or any(map(_is_currency, said))
    return refused(entries.UNIT) if said in words.other_units or (money and said and said not in words.units) else None


def read_figure(
    cell: GridCell, grammar: Grammar[float], of_number: Callable[[GridCell, float], Entry[float]]
) -> Entry[float]:
    """What a cell says of an element. A number that its format hides is asked about; a nought so hidden is a blank."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and cell.value != 0
    hidden = number and "%" not in cell.text and not any(map(str.isalnum, cell.text))
    return refused(entries.HIDDEN) if hidden else read_cell(cell, grammar, of_number)


def too_big(value: float) -> bool:
    """Whether a number is more than a sheet can hold exactly; what is beyond also breaks rounding."""
    return not math.isfinite(value) or abs(value) >= 10**MAX_DIGITS


def _worded(shown: str) -> str:
    """The letters and signs of a currency in what a number shows, `rp` of `Rp1.234`, `buku` of `40 buku`."""
    if _BARE.fullmatch(shown):  # as nearly every number is
        return ""
    return "".join(c for c in clean(shown) if c.isalpha() or _is_currency(c)).casefold()


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"
