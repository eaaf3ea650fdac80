"""Dates: day before month, a weekday only where it is that day's, nothing that does not exist."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.month_names import MONTH_WORD, MONTHS
from sheets_sync.intake.values.characters import clean
from sheets_sync.intake.values.grammar import (
    Form,
    FormPattern,
    Grammar,
    form_pattern,
    formula_error,
    nothing,
    read_cell,
)
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's serial dates
# A 5 in a column of dates shows as 4 January 1900.
_FIRST_SERIAL, _AFTER_LAST = ((date(year, 1, 1) - EPOCH).days for year in (1930, 2101))
_DATE_KINDS = (NumberKind.DATE, NumberKind.DATE_TIME)
_WEEKDAYS = (
    "senin monday mon",
    "selasa tuesday tue tues",
    "rabu wednesday wed",
    "kamis thursday thu thurs",
    "jumat jum'at friday fri",
    "sabtu saturday sat",
    "minggu ahad sunday sun",
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}

YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})"
FULL_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
NAME = rf"(?P<month>{MONTH_WORD})"
# Behind a month's name: `Mei 2024`, `Mei-24`, `Mei, 2024`, `Sept. 2024`, `Mei '24`.
YEAR_BEHIND = rf"(?:(?:[-/.]| [-/] |, ?|\.? +)(?:(?:tahun|thn\.?|th\.?|year) *)?{YEAR}|\.? *'(?P<short>[0-9]{{2}}))"
DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
SIGN = r"(?P<sign>[-/.]| [-/] | )"
_BEFORE = (
    r"(?:(?:tanggal|tgl\.?|date)(?: *: *| +))?"
    rf"(?:(?P<weekday>{'|'.join(sorted(_WEEKDAY, key=len, reverse=True))})(?: *[,/] *| +))?"
)
_AFTER = (
    r"(?:,? +(?:(?:pukul|pkl\.?|jam) *)?(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9](?:[.:][0-5][0-9])?(?: *(?:wib|wita|wit))?)?"
)


@lru_cache(maxsize=16)
def date_grammar(none: frozenset[str], *, day_first: bool) -> Grammar[date]:
    """The ways of writing a date in a workbook whose locale puts the day, or the month, first."""
    return Grammar(
        msg("a date"), (nothing(none), *date_forms(day_first=day_first), formula_error(entries.DATE)), entries.DATE
    )


def date_forms(*, day_first: bool) -> tuple[Form[date], ...]:
    """The forms of a whole date."""
    return (
        Form(
            "day-name-year",
            msg("the day, the month's name, the year"),
            _pattern(rf"{DAY}(?:[-/.]| [-/] |\.? +){NAME}{YEAR_BEHIND}"),
            _of_parts,
            ("3 Nopember 2024", "8-Nov-24"),
        ),
        Form(
            "name-day-year",
            msg("the month's name, the day, a comma, the year"),
            _pattern(rf"{NAME}\.? +{DAY}, *{FULL_YEAR}"),
            _of_parts,
            ("November 8, 2024",),
        ),
        Form(
            "year-month-day",
            msg("the year in four digits, the month, the day"),
            _pattern(rf"{FULL_YEAR}{SIGN}(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})"),
            _of_parts,
            ("2024-11-08",),
        ),
        Form(
            "day-month-year",
            msg("the day, the month, the year in digits, with one kind of sign between them"),
            _pattern(rf"(?P<day>[0-9]{{1,2}}){SIGN}(?P<month>[0-9]{{1,2}})(?P=sign){YEAR}"),
            _of_parts if day_first else _either_way,
            ("08/11/2024", "08-11-24", "Jum'at, 08/11/2024", "08/11/2024 09.15"),
        ),
    )


def read_date(cell: GridCell, *, day_first: bool = True, none: frozenset[str] = frozenset()) -> Entry[date]:
    """The date of a cell; `03/04/2024` in a workbook whose locale puts the month first is refused."""
    return read_cell(
        cell, date_grammar(none, day_first=day_first), lambda cell, _: _of_serial(cell, day_first=day_first)
    )


def _of_serial(cell: GridCell, *, day_first: bool) -> Entry[date]:
    """A day of the sheet's own; where the month comes first and both are figures, the sheet may have swapped them."""
    day = day_of_serial(cell)
    if day is None:
        return refused(entries.DATE)
    in_figures = not any(map(str.isalpha, clean(cell.text))) and not cell.formula
    swapped = not day_first and in_figures and day.day <= 12 and day.day != day.month
    return refused(entries.DATE_ORDER) if swapped else Entry(State.REPORTED, day)


def day_of_serial(cell: GridCell) -> date | None:
    """The day of a number that is shown as a date, if it is one people could mean."""
    if cell.kind not in _DATE_KINDS or not isinstance(cell.value, int | float):
        return None
    return EPOCH + timedelta(days=int(cell.value)) if _FIRST_SERIAL <= cell.value < _AFTER_LAST else None


def year_in(match: re.Match[str]) -> int | None:
    """The year of two or four digits; people who write two mean this century."""
    found = match.groupdict()
    digits = found.get("year") or found.get("short") or found.get("glued")
    return int(digits) + (2000 if len(digits) == 2 else 0) if digits else None


def _pattern(date_pattern: str) -> FormPattern:
    return form_pattern(rf"{_BEFORE}{date_pattern}{_AFTER}")


def _of_parts(match: re.Match[str]) -> Entry[date]:
    """The day, if it exists and is the weekday that is said."""
    month = MONTHS.get(match["month"].lower()) or int(match["month"])
    try:
        day = date(year_in(match) or 0, month, int(match["day"]))
    except ValueError:
        return refused(entries.DATE)
    weekday = match["weekday"]
    other = weekday is not None and _WEEKDAY[weekday.lower()] != day.weekday()
    return refused(entries.DATE) if other else Entry(State.REPORTED, day)


def _either_way(match: re.Match[str]) -> Entry[date]:
    """A date of figures where the month comes first: certain only if it can't be swapped."""
    day, month = int(match["day"]), int(match["month"])
    swappable = day <= 12 and month <= 12 and day != month
    return refused(entries.DATE_ORDER) if swappable else _of_parts(match)
