"""USER_ENTERED: what a typed text becomes, as the workbook's locale reads it.

Where it is known from: the reference of ValueInputOption ("Mar 1 2016" becomes a date, "$100.15" a currency), recorded
answers of Google (`2026-02-03` gets DATE `yyyy-mm-dd`; an ISO time with `T` stays text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sheets_sync.local_google.values.entry_dates import read_moment
from sheets_sync.local_google.values.entry_numbers import read_number
from sheets_sync.local_google.values.links import link_of, relinked
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.render import number_format_of, pattern_of
from sheets_sync.local_google.workbook import EMPTY, Cell, Entered, Formula

OF_THE_TEXT = ("textFormatRuns", "chipRuns", "pivotTable")
"""What a cell's `extra` holds of its entry, and loses with it."""

_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a typed text amounts to.

    Attributes:
        value: None for an empty text.
        number_format: the NumberFormat that the way of typing implies, or None. Shared: never change it.
        link: the address that the text leads to, or "".
    """

    value: Entered
    number_format: dict[str, Any] | None = None
    link: str = ""


@lru_cache(maxsize=512)
def number_format(kind: str, pattern: str) -> dict[str, Any]:
    """A NumberFormat, one object for each so that cells can share it."""
    return {"type": kind, "pattern": pattern}


def parse_entry(text: str, locale: str | Locale, today: date) -> Entry:
    """Read a text as Google reads what is typed into a cell.

    Args:
        text: what was typed.
        locale: the workbook's.
        today: gives a date without a year its year.
    """
    if not text:
        return Entry(None)
    first = text[0]
    if first == "'":
        return Entry(text[1:])
    if first == "=" and len(text) > 1:
        return Entry(Formula(text))
    own = locale_of(locale) if isinstance(locale, str) else locale
    plain = text.strip()
    if not _HAS_DIGIT.search(plain):
        return _without_digits(text, plain, own)
    found = read_number(plain, own) or read_moment(plain, own, today)
    if found is not None:
        value, kind, pattern = found
        return Entry(value, number_format(kind, pattern) if kind else None)
    if first == "+":
        return Entry(Formula(f"={text}"))
    return Entry(text, link=link_of(text))


def _without_digits(text: str, plain: str, locale: Locale) -> Entry:
    word = plain.upper()
    if word in {"TRUE", locale.truth[0]}:
        return Entry(value=True)
    if word in {"FALSE", locale.truth[1]}:
        return Entry(value=False)
    if text[0] == "+" and len(plain) > 1:
        return Entry(Formula(f"={text}"))
    return Entry(text, link=link_of(text))


def enter(cell: Cell | None, typed: object, locale: str | Locale, today: date) -> Cell:
    """The cell after something was typed into it (USER_ENTERED); its formats, note and validation stay.

    A cell formatted as plain text takes every text as it is. A number format that was there stays; where there is none,
    the one that the typing implies becomes the cell's own, as in Google.

    Args:
        cell: what was there before.
        typed: a JSON value: text, number, truth value, or None, which leaves the cell as it is.
        locale: the workbook's.
        today: gives a date without a year its year.
    """
    before = cell or EMPTY
    if typed is None:
        return before
    if not isinstance(typed, str):
        return put_raw(before, typed)
    own = locale_of(locale) if isinstance(locale, str) else locale
    if typed and pattern_of(number_format_of(before), own) == "@":
        return put_raw(before, typed)
    entry = parse_entry(typed, own, today)
    if before is EMPTY:
        return Cell(entry.value, format=_formatted(before, entry))
    return before.but(entered=entry.value, value=None, format=_formatted(before, entry), extra=_kept(before))


def put_raw(cell: Cell | None, value: object) -> Cell:
    """The cell after a value was put into it as it is (RAW): "" empties it, None leaves it."""
    before = cell or EMPTY
    if value is None:
        return before
    link = link_of(value)
    if before is EMPTY and not link and isinstance(value, str | float | int):
        return Cell(None if value == "" else value)
    entered = value if isinstance(value, bool | int | float | str) and value != "" else None
    return before.but(entered=entered, value=None, format=relinked(before.format, link), extra=_kept(before))


def _formatted(before: Cell, entry: Entry) -> dict[str, Any] | None:
    """The format with what the entry implies: a number format where there is none, its link."""
    own = relinked(before.format, entry.link) or {}
    if entry.number_format and not own.get("numberFormat"):
        own = (
            _with_number_format(entry.number_format["type"], entry.number_format["pattern"])
            if not own
            else own | {"numberFormat": entry.number_format}
        )
    return own or None


@lru_cache(maxsize=512)
def _with_number_format(kind: str, pattern: str) -> dict[str, Any]:
    return {"numberFormat": number_format(kind, pattern)}


def _kept(before: Cell) -> dict[str, Any] | None:
    """What else the cell holds, without the runs that belonged to its former text and the pivot table it showed."""
    return {name: value for name, value in (before.extra or {}).items() if name not in OF_THE_TEXT} or None
