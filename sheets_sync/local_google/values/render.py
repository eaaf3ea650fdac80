"""formattedValue: a value by its number format, as the workbook's locale writes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sheets_sync.local_google.values.dates import show_date
from sheets_sync.local_google.values.decimals import rounds_to_zero, show_general, show_number
from sheets_sync.local_google.values.locales import Locale, locale_of
from sheets_sync.local_google.values.patterns import Section, parse
from sheets_sync.local_google.workbook import Cell, Value

ERROR_TEXTS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}
"""What a cell shows for each ErrorType of the API."""


KINDS = {bool: "boolValue", int: "numberValue", float: "numberValue", str: "stringValue"}
"""The field of an ExtendedValue for each type of value."""


def render(value: Value, number_format: Mapping[str, Any] | None, locale: str | Locale) -> str:
    """The text that a cell shows.

    Args:
        value: the effective value. Dates are serial numbers.
        number_format: the API's NumberFormat, or None for automatic.
        locale: the workbook's.
    """
    own = locale_of(locale) if isinstance(locale, str) else locale
    pattern = pattern_of(number_format, own) if number_format else ""
    if isinstance(value, str):
        return _text(value, pattern) if pattern else value
    if isinstance(value, bool):
        return own.truth[0] if value else own.truth[1]
    if isinstance(value, int | float):
        return show(value, pattern, own) if pattern else show_general(value, own.decimal)
    return ERROR_TEXTS.get(value.kind, "#ERROR!") if value else ""


def shown(cell: Cell, locale: str) -> str:
    """What the cell shows, rendered once and kept in the cell."""
    known = cell.text
    if known is None or known[0] != locale:
        known = cell.text = (locale, render(cell.value, number_format_of(cell), locale))
    return known[1]


def number_format_of(cell: Cell) -> Mapping[str, Any] | None:
    """The number format in effect: the one that was set, else the one that the value implies."""
    return (cell.format and cell.format.get("numberFormat")) or cell.number_format


def pattern_of(number_format: Mapping[str, Any] | None, locale: Locale) -> str:
    """The pattern of a NumberFormat; its type's default where it has none; "" for automatic."""
    if not number_format:
        return ""
    return number_format.get("pattern") or locale.default_pattern(number_format.get("type", ""))


def show(value: float, pattern: str, locale: Locale) -> str:
    """A number by a pattern."""
    section, signed = _choose(value, parse(pattern))
    size = value if signed else abs(value)
    if section.of == "date":
        return show_date(size, section.tokens, locale) or show_general(value, locale.decimal)
    if section.of == "text":
        return "".join(
            show_general(size, locale.decimal) if token.kind == "text" else token.text for token in section.tokens
        )
    if section.of == "general":
        return "".join(show_general(size, locale.decimal) if t.kind == "general" else t.text for t in section.tokens)
    sign = "-" if size < 0 and not rounds_to_zero(size, section.tokens) else ""
    return sign + show_number(abs(size), section.tokens, locale)


def _choose(value: float, sections: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section for a number, and whether the number keeps its minus sign there."""
    numeric = _numeric(sections)
    if any(section.condition for section in numeric):
        return next((s for s in numeric if s.condition is None or s.condition(value)), numeric[-1]), True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], True


@lru_cache(maxsize=1024)
def _numeric(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections without the one for text: the fourth, or the last if it holds `@` and is not alone."""
    if len(sections) > 3:
        return sections[:3]
    return sections[:-1] if len(sections) > 1 and sections[-1].of == "text" else sections


def _text(value: str, pattern: str) -> str:
    if "@" not in pattern:
        return value
    last = parse(pattern)[-1]
    return (
        "".join(value if token.kind == "text" else token.text for token in last.tokens) if last.of == "text" else value
    )


def is_date(number_format: Mapping[str, Any] | None, locale: Locale) -> bool:
    """Whether a number of this format is a date, a time or a duration (what dateTimeRenderOption is about)."""
    pattern = pattern_of(number_format, locale)
    return bool(pattern) and parse(pattern)[0].of == "date"
