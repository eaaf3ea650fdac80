"""Reads months and dates as people type them, in Indonesian and English, day before month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.words import fold
from sheets_sync.model import State
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries, places

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's serial dates
_SPELLINGS = (
    "januari january jan",
    "februari pebruari february feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agt agst agu ags aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
MONTHS = {name: number for number, names in enumerate(_SPELLINGS, 1) for name in names.split()}
MONTH_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_IN_TEXT = re.compile(
    rf"\b(?P<month>(?:{MONTH_WORD})(?: (?:19|20)?\d\d)?|(?:19|20)\d\d (?:0[1-9]|1[0-2]))\b", re.ASCII
)  # of a folded text
_YEAR = r"(?P<year>(?:19|20)?\d\d)"
_MONTH_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"(?:bulan |bln |month )?(?:\d{{1,2}} )?(?P<name>{MONTH_WORD})(?: {_YEAR})?",
        rf"(?P<year>(?:19|20)\d\d) (?P<name>{MONTH_WORD})",
        r"(?P<number>\d{1,2}) (?P<year>(?:19|20)\d\d)",
        r"(?P<year>(?:19|20)\d\d) (?P<number>\d{1,2})",
        r"(?P<number>[1-9]|1[0-2])",
    )
)
_DATE_BY_NAME = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{MONTH_WORD}) {_YEAR}", re.ASCII)
_DATE_ISO = re.compile(r"(?P<year>(?:19|20)\d\d) (?P<month>\d{1,2}) (?P<day>\d{1,2})", re.ASCII)
_DATE_NUMERIC = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}) {_YEAR}", re.ASCII)
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum ?at|sabtu|minggu|ahad|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"mon|tue|wed|thu|fri|sat|sun) "
)
_YEARS = range(1990, 2101)
_DATE_KINDS = (NumberKind.DATE, NumberKind.DATE_TIME)


@dataclass(frozen=True, slots=True)
class NamedMonth:
    """A month as typed: the year is often left to the tab."""

    month: int
    year: int | None = None


def read_month(cell: GridCell, *, day_first: bool = True) -> Entry[NamedMonth]:
    """The month of a cell: a name, `10/2024`, a number from 1 to 12, or a date."""
    if cell.blank:
        return Entry(State.EMPTY)
    if isinstance(cell.value, str):
        return _month_of_text(cell.value, day_first=day_first)
    if cell.kind in _DATE_KINDS:
        day = _day_of_serial(cell.value)
        return _month_of(day) if day else refused(places.MONTH)
    return _month_of_text(str(cell.value).removesuffix(".0"), day_first=day_first)


def read_date(cell: GridCell, *, day_first: bool = True) -> Entry[date]:
    """The date of a cell; `03/04/2024` in a workbook whose locale puts the month first is refused."""
    if cell.blank:
        return Entry(State.EMPTY)
    if isinstance(cell.value, str):
        return _date_of_text(cell.value, day_first=day_first)
    day = _day_of_serial(cell.value) if cell.kind in _DATE_KINDS else None
    return Entry(State.REPORTED, day) if day else refused(entries.DATE)


def year_of(cell: GridCell) -> int | None:
    """The year of a cell: a plain number however it is shown (`2.024`), or a text of four digits."""
    if isinstance(cell.value, str):
        text = cell.value.strip()
        return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and int(text) in _YEARS else None
    whole = isinstance(cell.value, int | float) and cell.kind is NumberKind.PLAIN and cell.value in _YEARS
    return int(cell.value) if whole and isinstance(cell.value, int | float) else None


@lru_cache(maxsize=4096)
def month_named(text: str) -> NamedMonth | None:
    """The month a folded text names, or None."""
    for form in _MONTH_FORMS:
        match = form.fullmatch(text)
        if match:
            found = match.groupdict()
            month = MONTHS[found["name"]] if found.get("name") else int(found["number"])
            return NamedMonth(month, _full_year(found.get("year"))) if 1 <= month <= 12 else None
    return None


@lru_cache(maxsize=256)
def day_comes_first(locale: str) -> bool:
    """Whether a workbook's locale (`in_ID`, `en_US`) writes the day before the month."""
    modern = locale.replace("in_", "id_").replace("iw_", "he_")  # Sheets keeps the old codes
    try:
        return not Locale.parse(modern).date_formats["short"].pattern.startswith("M")
    except (UnknownLocaleError, ValueError, KeyError):
        return True


def _month_of_text(text: str, *, day_first: bool) -> Entry[NamedMonth]:
    month = month_named(fold(text))
    if month is not None:
        return Entry(State.REPORTED, month)
    day = _date_of_text(text, day_first=day_first)
    if day.value is not None:
        return _month_of(day.value)
    if day.refusal is entries.DATE_ORDER:
        return refused(entries.DATE_ORDER)
    return refused(places.MONTHS if len(months_in(text)) > 1 else places.MONTH)


def months_in(text: str) -> set[NamedMonth]:
    """The months that a text names."""
    named = (month_named(match["month"]) for match in MONTH_IN_TEXT.finditer(fold(text)))
    return {month for month in named if month}


def _month_of(day: date) -> Entry[NamedMonth]:
    return Entry(State.REPORTED, NamedMonth(day.month, day.year))


@lru_cache(maxsize=4096)
def _date_of_text(text: str, *, day_first: bool) -> Entry[date]:
    folded = _WEEKDAY.sub("", fold(text))
    match = _DATE_BY_NAME.fullmatch(folded) or _DATE_ISO.fullmatch(folded)
    if match:
        return _date_of_parts(match)
    match = _DATE_NUMERIC.fullmatch(folded)
    if not match:
        return refused(entries.DATE)
    either_way = int(match["day"]) <= 12 and int(match["day"]) != int(match["month"])
    return refused(entries.DATE_ORDER) if either_way and not day_first else _date_of_parts(match)


def _date_of_parts(match: re.Match[str]) -> Entry[date]:
    month = MONTHS.get(match["month"]) or int(match["month"])
    try:
        return Entry(State.REPORTED, date(_full_year(match["year"]) or 0, month, int(match["day"])))
    except ValueError:
        return refused(entries.DATE)


def _full_year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) + (2000 if len(text) == 2 else 0)


def _day_of_serial(value: object) -> date | None:
    """The day of a serial number, if it is one people could mean."""
    if not isinstance(value, int | float) or not 1 <= value < 110_000:  # up to the year 2201
        return None
    return EPOCH + timedelta(days=int(value))
