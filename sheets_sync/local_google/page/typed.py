"""What one would type to get what a cell holds: the text for editing it, copying it and taking back a change."""

from __future__ import annotations

from datetime import date

from sheets_sync.local_google.values.decimals import show_general
from sheets_sync.local_google.values.entry import parse_entry
from sheets_sync.local_google.values.locales import Locale
from sheets_sync.local_google.values.render import is_date, number_format_of, pattern_of, render
from sheets_sync.local_google.workbook import Cell, Entered, Formula


def typed(cell: Cell, locale: Locale, today: date) -> str:
    """The text that `values.update` with USER_ENTERED turns into the cell's entry again."""
    entered = cell.entered
    if entered is None:
        return ""
    if isinstance(entered, Formula):
        return entered.text
    if isinstance(entered, str):
        return _text(cell, entered, locale, today)
    if isinstance(entered, bool):
        return locale.truth[0] if entered else locale.truth[1]
    return _number(cell, entered, locale, today)


def _text(cell: Cell, text: str, locale: Locale, today: date) -> str:
    """A text that would be read as something else stands behind an apostrophe, as at Google."""
    if pattern_of(number_format_of(cell), locale) == "@":
        return text
    return text if parse_entry(text, locale, today).value == text else f"'{text}"


def _number(cell: Cell, number: float, locale: Locale, today: date) -> str:
    """A number plainly; a date, a time or a percentage as it shows, where that loses nothing."""
    shape = number_format_of(cell)
    plain = repr(number).removesuffix(".0").replace(".", locale.decimal)
    if not shape or not (is_date(shape, locale) or "%" in pattern_of(shape, locale)):
        return plain
    shown = render(number, shape, locale)
    candidates = (shown, f"{show_general(number * 100, locale.decimal)}%") if "%" in shown else (shown,)
    return next((text for text in candidates if _same(parse_entry(text, locale, today).value, number)), plain)


def _same(entered: Entered, number: float) -> bool:
    return isinstance(entered, int | float) and not isinstance(entered, bool) and abs(entered - number) < 1e-9
