"""Reads typed dates and times."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sheets_sync.local_google.values.entry_numbers import Found
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.serials import from_date

_TIME = re.compile(
    r"(?P<hours>[0-9]{1,4})(?::(?P<minutes>[0-9]{1,2})(?::(?P<seconds>[0-9]{1,2})(?P<fraction>\.[0-9]{1,3})?)?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_WITH_TIME = re.compile(r"(?P<day>.*\S)[ ]+(?P<time>[0-9]{1,2}:.*|[0-9]{1,2}\s?[AaPp][Mm])")
_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<day>[0-9]{1,2}))?")
_MONTH_YEAR = re.compile(r"(?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})")
_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"[0-9]+|[^\W\d_]+\.?")

Parts = tuple[int, int, int]
"""Year, month, day."""


def read_moment(text: str, locale: Locale, today: date) -> Found | None:
    """The date, the time, or the date with a time that a text is, or None."""
    if not _may_begin(text, locale):
        return None
    time = _time(text)
    if time is not None:
        return time
    split = _WITH_TIME.fullmatch(text)
    clock = _time(split["time"]) if split else None
    if split and clock is None:
        return None
    found = _day(split["day"] if split else text, locale, today)
    if found is None or clock is None:
        return found
    return found[0] + clock[0], "DATE_TIME", f"{found[2]} {_clock_beside(found[2], clock[2])}"


def _may_begin(text: str, locale: Locale) -> bool:
    """Whether a date can begin so: with a digit, or with the name of a month or of a day of the week."""
    word = _WORD.match(text)
    return word is None or _is_name(word[0], locale)


def _is_name(word: str, locale: Locale) -> bool:
    name = word.casefold()
    return name in _month_names(locale) or name in _day_names(locale)


def _clock_beside(day: str, clock: str) -> str:
    """Google shows the hours of 24 as `H` beside a local date, as `h` beside an ISO date."""
    return clock if "am/pm" in clock or day.startswith("yyyy-mm") else clock.replace("h", "H")


def _time(text: str) -> Found | None:
    match = _TIME.fullmatch(text)
    if not match or not (match["minutes"] or match["half"]):
        return None
    hours, minutes, seconds = (int(match[name] or 0) for name in ("hours", "minutes", "seconds"))
    if minutes > 59 or seconds > 59 or (match["half"] and not 1 <= hours <= 12):
        return None
    if match["half"]:
        hours = hours % 12 + (12 if match["half"] in "Pp" else 0)
    value = (hours * 3600 + minutes * 60 + seconds + float(match["fraction"] or 0)) / 86_400
    return value, "TIME", _time_pattern(match, hours)


def _time_pattern(match: re.Match[str], hours: int) -> str:
    """As it was typed; more than 24 hours are a duration."""
    shown = "[h]" if hours > 23 else "h"
    shown += ":mm" if match["minutes"] else ""
    shown += ":ss" if match["seconds"] else ""
    shown += ".000" if match["fraction"] else ""
    return f"{shown} am/pm" if match["half"] else shown


def _day(text: str, locale: Locale, today: date) -> Found | None:
    found = _iso(text) or _month_and_year(text, locale) or _numeric(text, locale, today) or _named(text, locale, today)
    if found is None:
        return None
    (year, month, day), pattern = found
    try:
        return float(from_date(date(year, month, day))), "DATE", pattern
    except ValueError:
        return None


def _iso(text: str) -> tuple[Parts, str] | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    mark = match["mark"]
    return (int(match["year"]), int(match["month"]), int(match["day"] or 1)), f"yyyy{mark}mm{mark}dd"


def _month_and_year(text: str, locale: Locale) -> tuple[Parts, str] | None:
    match = _MONTH_YEAR.fullmatch(text)
    return ((int(match["year"]), int(match["month"]), 1), locale.date) if match else None


def _numeric(text: str, locale: Locale, today: date) -> tuple[Parts, str] | None:
    """`3/11/2024`, `3-11-24`, `10/12`, in the locale's order; with dots where the locale writes dates so."""
    marks = "./-" if "." in locale.date else "/-"
    pieces = re.split(rf"(?<=[0-9])[{marks}][ ]?", text)
    if len(pieces) not in {2, 3} or not all(
        piece.isascii() and piece.isdigit() and len(piece) <= 4 for piece in pieces
    ):
        return None
    numbers = dict(zip(_order(locale, len(pieces)), pieces, strict=True))
    if len(numbers["d"]) > 2 or len(numbers["m"]) > 2:
        return None
    year = _year(numbers["y"]) if "y" in numbers else today.year
    return None if year is None else ((year, int(numbers["m"]), int(numbers["d"])), locale.date)


def _order(locale: Locale, count: int) -> str:
    return locale.order if count == 3 else locale.order.replace("y", "")


def _year(digits: str) -> int | None:
    """Two digits up to 29 are of this century, others of the last one."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) > 2:
        return None
    return int(digits) + (2000 if int(digits) < 30 else 1900)


@lru_cache(maxsize=64)
def _month_names(locale: Locale) -> dict[str, tuple[int, str]]:
    """Month and pattern by lower-case name: the locale's and the English ones."""
    names: dict[str, tuple[int, str]] = {}
    for own in (locale_of("en_US"), locale):
        for pattern, months in (("MMM", own.short_months), ("MMMM", own.months)):
            names |= {name.casefold().rstrip("."): (place, pattern) for place, name in enumerate(months, 1)}
    return names


@lru_cache(maxsize=64)
def _day_names(locale: Locale) -> frozenset[str]:
    english = locale_of("en_US")
    every = (*english.days, *english.short_days, *locale.days, *locale.short_days)
    return frozenset(name.casefold().rstrip(".") for name in every)


def _named(text: str, locale: Locale, today: date) -> tuple[Parts, str] | None:
    """`Mar 1 2016`, `1 March 2016`, `5-Jan-2020`, `Jan 2020`, `3 November`, with or without the day of the week before."""
    pieces = _PART.findall(text)
    if re.sub(r"[\s,./-]", "", text) != re.sub(r"\.", "", "".join(pieces)) or not 2 <= len(pieces) <= 4:
        return None
    if pieces[0].casefold().rstrip(".") in _day_names(locale):
        pieces = pieces[1:]
    names = _month_names(locale)
    words = [names.get(piece.casefold().rstrip(".")) for piece in pieces]
    month = next((word for word in words if word), None)
    numbers = [piece for piece, word in zip(pieces, words, strict=True) if word is None]
    if month is None or len(numbers) != len(pieces) - 1 or not all(number.isdigit() for number in numbers):
        return None
    return _with_month(month, numbers, today, first=words[0] is not None, mark="-" if "-" in text else " ")


def _with_month(
    month: tuple[int, str], numbers: list[str], today: date, *, first: bool, mark: str
) -> tuple[Parts, str] | None:
    place, name = month
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return (int(numbers[0]), place, 1), f"{name}{mark}yyyy"
    if not numbers or len(numbers[0]) > 2 or len(numbers) > 2:
        return None
    if len(numbers) == 1:
        return (today.year, place, int(numbers[0])), f"{name}{mark}d" if first else f"d{mark}{name}"
    year = _year(numbers[1])
    if year is None:
        return None
    pattern = (
        f"{name}{mark}d, yyyy" if first and mark == " " else f"{name}-d-yyyy" if first else f"d{mark}{name}{mark}yyyy"
    )
    return (year, place, int(numbers[0])), pattern
