"""Opening hours a day: a number of hours, or a span of clock times."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.values import decimals
from sheets_sync.intake.values.figures import (
    Figure,
    Words,
    ambiguous,
    number_questions,
    number_words,
    read_figure,
    reported,
    with_unit,
)
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern
from sheets_sync.model import msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries

HOURS_A_DAY = 24
HOUR_WORDS = frozenset(
    {"jam", "jam/hari", "jam / hari", "jam per hari", "jam sehari", "jam/hr", "h", "hour", "hours"}
    | {"hours a day", "hours per day", "hours/day"}
)
_ZONE = r"(?: *(?P<{0}>wib|wita|wit))?"
_TIME = r"(?P<{0}h>[0-9]{{1,2}})(?:[.:](?P<{0}m>[0-5][0-9]))?"
_TO = r" *(?:-|s/d|s\.d\.?|sd|sampai(?: dengan)?|to) *"
_SPAN = rf"(?:(?P<clock>pukul|pkl\.?|jam) *)?{_TIME.format('a')}{_ZONE.format('az')}{_TO}{_TIME.format('b')}{_ZONE.format('bz')}"
_HOURS = r"(?P<whole>[0-9]{1,3})(?:(?P<point>[.,])(?P<fraction>[0-9]{1,2}))?"
_CLOCK = (
    r"(?:(?:pukul|pkl\.?|jam) *)?(?:[01]?[0-9]|2[0-4])[.:][0-5][0-9](?: *(?:wib|wita|wit))?"
    r"|[0-9]{1,2},(?:15|30|45)(?: *jam)?"
    r"|(?:pukul|pkl\.?|jam) *[0-9]{1,2}(?: *(?:wib|wita|wit))?"
    r"|(?:[01]?[0-9]|2[0-4])[.:](?!00)[0-5][0-9] *jam"
)


@lru_cache(maxsize=256)
def hours_grammar(words: Words) -> Grammar[float]:
    """The ways of writing opening hours."""
    words = Words(words.zero, words.not_applicable, words.units | HOUR_WORDS, words.other_units - HOUR_WORDS)
    return Grammar(
        msg("opening hours a day"),
        (
            Form("digits", msg("digits"), form_pattern(r"(?P<whole>[0-9]{1,3})"), _hours, ("6",)),
            *number_words(words),
            *_clock_forms(),
            ambiguous(words),
            Form(
                "decimal",
                msg("a comma or a dot before the fraction"),
                form_pattern(_HOURS),
                _hours,
                ("7,5", "7.72"),
            ),
            Form(
                "unit",
                msg("the element's own unit behind it"),
                form_pattern(_HOURS + with_unit(words)),
                _hours,
                ("6 jam", "7,5 jam/hari"),
            ),
            *number_questions(words),
        ),
        entries.NUMBER,
    )


def _clock_forms() -> tuple[Form[float], ...]:
    """What is written as on a clock."""
    return (
        Form(
            "span",
            msg("from one time of the clock to another"),
            form_pattern(_SPAN),
            _length,
            ("08.00-16.00", "pukul 8 s/d 15.30 WIB"),
        ),
        Form(
            "hours-minutes",
            msg("hours and minutes"),
            form_pattern(r"([0-9]{1,2}) *jam *([0-5]?[0-9]) *(?:menit|mnt)\.?"),
            lambda match: _in_a_day(reported(int(match[1]) + int(match[2]) / 60)),
            ("7 jam 30 menit",),
        ),
        Form(
            "clock",
            msg("one time of the clock"),
            form_pattern(_CLOCK),
            lambda _: refused(entries.CLOCK),
            ("08.00",),
        ),
    )


def read_hours(cell: GridCell, words: Words) -> Entry[float]:
    """Opening hours a day: `6 jam`, `7,5` or a span like `08.00-16.00`; `7.30` may be half past seven and is refused."""
    return read_figure(cell, hours_grammar(words), lambda cell, value: _of_number(cell, value, words))


def _of_number(cell: GridCell, value: float, words: Words) -> Entry[float]:
    if cell.kind is NumberKind.PERCENT:
        return refused(entries.FORMAT)
    return _in_a_day(decimals.of_number(cell, value, words))


def _in_a_day(entry: Entry[float]) -> Entry[float]:
    return refused(entries.HOURS) if entry.value is not None and entry.value > HOURS_A_DAY else entry


def _hours(match: re.Match[str]) -> Entry[float] | None:
    figure = Figure.of(match)
    return _in_a_day(reported(figure.value, plain=match[0][-1].isdigit())) if figure else None


def _length(match: re.Match[str]) -> Entry[float] | None:
    """The length of a span; None where it tells no times of day, and may as well mean six to eight hours."""
    if not _on_a_clock(match) or (match["az"] and match["bz"] and match["az"].lower() != match["bz"].lower()):
        return None
    start, end = (int(match[f"{side}h"]) + int(match[f"{side}m"] or 0) / 60 for side in "ab")
    return reported(end - start) if 0 <= start < end <= HOURS_A_DAY else refused(entries.HOURS)


def _on_a_clock(match: re.Match[str]) -> bool:
    """Whether a span tells times of day: `6-8` may as well mean six to eight hours, and so may `jam 6-8`."""
    said = match["am"] or match["bm"] or match["az"] or match["bz"] or (match["clock"] or "").lower().startswith("p")
    return bool(said or match["ah"].startswith("0") or int(match["bh"]) > 12)
