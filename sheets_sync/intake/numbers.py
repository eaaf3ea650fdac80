"""Reads counts, decimals and opening hours as people type them; what is not certain is refused, never guessed.

gspread's conversion (`1,5` → 15) and locale libraries (`12.34` → 1234) guess, so the value, the shown text and the
number format of the cell are looked at together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import State
from sheets_sync.model.grid import FormulaError, GridCell, NumberKind
from sheets_sync.rules import entries as rules
from sheets_sync.rules.rule import Rule

T = TypeVar("T")

MAX_DIGITS = 15  # more than that a spreadsheet can't hold exactly
HOURS_A_DAY = 24
_DATES = (NumberKind.DATE, NumberKind.TIME, NumberKind.DATE_TIME)
_ERRORS = re.compile(r"#(ref|div/0|value|n/a|name\?|num|null|error)!?", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:(?P<group>[., '’])\d{3})(?:(?P=group)\d{3})*|\d+)(?:(?P<point>[.,])(?P<fraction>\d+))?",
    re.ASCII,
)
_WITH_UNIT = re.compile(r"(?P<number>.*?\d)\s*(?P<unit>[^\d]*)")
_SPAN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|—|s/d|s\.d\.?|sd|sampai|to)\s*(\d{1,2})(?:[.:](\d{2}))?")
_ON_A_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:](?:[0-5]\d|(?!00)[0-5]\d\s*jam)", re.ASCII)
_AROUND_SPAN = re.compile(r"^(?:pukul|jam)\s+|\s+(?:wib|wita|wit)$")
_HOUR_WORDS = frozenset({"jam", "jam hari", "hour", "hours", "h"})


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Folded words that stand for zero, for not applicable, and the units a number may carry."""

    zero: frozenset[str] = frozenset()
    not_applicable: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Figure:
    """A written number in its parts: `1.234,50` has whole 1234, group `.`, point `,` and fraction 50."""

    whole: str
    group: str
    point: str
    fraction: str
    groups: int

    @property
    def ambiguous(self) -> bool:
        """Whether the one mark could be either a thousands or a decimal mark, as in `1.234`."""
        return self.groups == 1 and self.group in (".", ",") and not self.point

    @property
    def value(self) -> float:
        return float(f"{self.whole}.{self.fraction or 0}")


def read_count(cell: GridCell, words: NumberWords) -> Entry[float]:
    """A count: a whole number, not negative."""
    early: Entry[float] | None = _without_number(cell, words)
    if early is not None:
        return early
    return _count_of_text(cell.value, words) if isinstance(cell.value, str) else _count_of_number(cell)


def read_decimal(cell: GridCell, words: NumberWords) -> Entry[float]:
    """A number that may have a fraction; per cent is read as it is shown (`7,72%` is 7.72)."""
    early: Entry[float] | None = _without_number(cell, words)
    if early is not None:
        return early
    if isinstance(cell.value, str):
        return _decimal_of_text(cell.value, words)
    if cell.kind in _DATES:
        return refused(rules.FORMAT)
    percent = cell.kind is NumberKind.PERCENT
    value = round(_number(cell) * 100, 10) if percent else _number(cell)
    return refused(rules.NEGATIVE) if value < 0 else _known(value, plain=not percent)


def read_hours(cell: GridCell, words: NumberWords) -> Entry[float]:
    """Opening hours a day: `6 jam`, `7,5` or a span like `08.00-16.00`; `7.30` may be half past seven and is refused."""
    if cell.kind is NumberKind.PERCENT:
        return refused(rules.FORMAT)
    if isinstance(cell.value, str):
        span = _hours_of_span(tidy(cell.value).casefold())
        if span is not None:
            return span
        if _ON_A_CLOCK.fullmatch(_AROUND_SPAN.sub("", tidy(cell.value).casefold())):
            return refused(rules.CLOCK)
    words = NumberWords(words.zero, words.not_applicable, words.units | _HOUR_WORDS)
    entry = read_decimal(cell, words)
    if entry.value is not None and entry.value > HOURS_A_DAY:
        return refused(rules.HOURS)
    return entry


def _without_number(cell: GridCell, words: NumberWords) -> Entry[T] | None:
    """What can be said without looking for a number; None if there may be one."""
    if isinstance(cell.value, FormulaError):
        return refused(rules.FORMULA)
    if cell.blank:
        return Entry(State.EMPTY)
    if isinstance(cell.value, bool):
        return refused(rules.NUMBER)
    return _word(cell.value, words) if isinstance(cell.value, str) else None


def _word(text: str, words: NumberWords) -> Entry[T] | None:
    word = tidy(text).casefold()
    word = word.rstrip(".") or word
    if word in words.zero:
        return Entry(State.ZERO, 0.0, plain=False)  # type: ignore[arg-type]  # only numbers have words for zero
    if word in words.not_applicable:
        return Entry(State.NOT_APPLICABLE, plain=False)
    return refused(rules.FORMULA) if _ERRORS.fullmatch(word) else None


def _number(cell: GridCell) -> float:
    assert isinstance(cell.value, int | float)
    return float(cell.value)


def _known(value: float, *, plain: bool) -> Entry[float]:
    return Entry(State.REPORTED if value else State.ZERO, value, plain=plain)


def _count_of_number(cell: GridCell) -> Entry[float]:
    if cell.kind in _DATES or cell.kind is NumberKind.PERCENT:
        return refused(rules.FORMAT)
    value = _number(cell)
    whole = round(value)
    if abs(value - whole) > 1e-9 * max(1.0, abs(value)):
        return refused(rules.FRACTION, _swallowed_thousands(value))
    if whole < 0:
        return refused(rules.NEGATIVE)
    return refused(rules.NUMBER) if whole >= 10**MAX_DIGITS else _known(float(whole), plain=True)


def _swallowed_thousands(value: float) -> str:
    """1234 for 1.234: a sheet with a decimal point took the thousands mark for one."""
    thousand = value * 1000
    whole = round(thousand)
    return str(whole) if abs(thousand - whole) < 1e-6 and whole % 10 and value > 0 else ""


def _count_of_text(text: str, words: NumberWords) -> Entry[float]:
    figure, plain = _figure(text, words)
    if figure is None:
        return refused(_why_no_number(text))
    if figure.fraction.strip("0"):
        return refused(rules.FRACTION)
    return _known(float(figure.whole), plain=plain)


def _decimal_of_text(text: str, words: NumberWords) -> Entry[float]:
    percent = tidy(text).endswith("%")
    figure, plain = _figure(tidy(text).removesuffix("%"), words)
    if figure is None:
        return refused(_why_no_number(text))
    if figure.ambiguous:
        return refused(rules.AMBIGUOUS)
    return _known(figure.value, plain=plain and not percent)


def _why_no_number(text: str) -> Rule:
    negative = re.fullmatch(r"[-−]\s?(\d.*)|\((\d.*)\)", tidy(text))
    number = negative and _NUMBER.fullmatch(negative[1] or negative[2])
    return rules.NEGATIVE if number else rules.NUMBER


def _figure(text: str, words: NumberWords) -> tuple[_Figure | None, bool]:
    """The number in a text, and whether nothing but its digits was typed."""
    typed = tidy(text)
    if typed.isascii() and typed.isdigit() and len(typed) <= MAX_DIGITS:
        return _Figure(typed, "", "", "", 0), text.strip() == typed
    with_unit = _WITH_UNIT.fullmatch(typed)
    if not with_unit or fold(with_unit["unit"]) not in words.units | {""} or "%" in typed:
        return None, False
    match = _NUMBER.fullmatch(with_unit["number"])
    return (_parts(match) if match else None), False


def _parts(match: re.Match[str]) -> _Figure | None:
    """The parts of a number; `0.500` and `012.345` can't be thousands, so their mark is a decimal one."""
    whole, group, point, fraction = (match[name] or "" for name in ("whole", "group", "point", "fraction"))
    digits = re.sub(r"\D", "", whole)
    if (group and group == point) or len(digits) + len(fraction) > MAX_DIGITS:
        return None
    if group and whole.startswith("0"):
        head, _, tail = whole.partition(group)
        return _Figure(head, "", group, tail, 0) if tail.isdigit() and not point and group in ".," else None
    return _Figure(digits, group, point, fraction, whole.count(group) if group else 0)


def _hours_of_span(text: str) -> Entry[float] | None:
    """The length of `08.00-16.00`; None if the text is no span of clock times."""
    match = _SPAN.fullmatch(_AROUND_SPAN.sub("", text).strip())
    if not match or not _on_a_clock(match):
        return None
    start, end = (int(match[hour]) + int(match[hour + 1] or 0) / 60 for hour in (1, 3))
    if not 0 <= start < end <= HOURS_A_DAY:
        return refused(rules.HOURS)
    return _known(end - start, plain=False)


def _on_a_clock(match: re.Match[str]) -> bool:
    """Whether a span tells times of day: `6-8` may as well mean six to eight hours."""
    return bool(match[2] or match[4] or match[1].startswith("0") or int(match[3]) > 12)
