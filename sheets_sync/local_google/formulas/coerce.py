"""Numbers, texts and truth values made of one another, and compared, as Google does."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sheets_sync.local_google.formulas.tables import Failure
from sheets_sync.local_google.values.entry_dates import read_moment
from sheets_sync.local_google.values.entry_numbers import read_number
from sheets_sync.local_google.values.locales import Locale
from sheets_sync.local_google.workbook import ErrorValue, Value

_SOME_DAY = date(2000, 1, 1)  # gives texts like 10/12 a year


def raised(value: Value) -> Value:
    """The value, unless it is an error: that spreads."""
    if isinstance(value, ErrorValue):
        raise Failure(value.kind, value.message)
    return value


def number(value: Value, function: str = "", place: int = 1, locale: Locale | None = None) -> float:
    """The value as a number.

    Raises:
        Failure: #VALUE! naming the function and the parameter if it is a text that is no number.
    """
    if isinstance(value, float | int):
        return float(value)
    if raised(value) is None:
        return 0.0
    found = text_as_number(str(value), locale) if locale else None
    if found is None:
        raise Failure(
            "VALUE",
            f"Function {function} parameter {place} expects number values. "
            f"But '{value}' is a text and cannot be coerced to a number.",
        )
    return found


@lru_cache(maxsize=4096)
def text_as_number(text: str, locale: Locale) -> float | None:
    """The number, percentage, amount, date or time that a text says, or None."""
    plain = text.strip()
    found = read_number(plain, locale) or read_moment(plain, locale, _SOME_DAY)
    return found[0] if found else None


def text(value: Value, locale: Locale) -> str:
    """The value as a text: numbers with up to 15 digits and the locale's decimal mark."""
    if isinstance(value, str):
        return value
    if raised(value) is None:
        return ""
    if isinstance(value, bool):
        return locale.truth[0] if value else locale.truth[1]
    if isinstance(value, float | int):
        return _digits(value).replace(".", locale.decimal)
    return ""


def _digits(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    mantissa, _, exponent = f"{value:.15g}".partition("e")
    if not exponent:
        return mantissa
    return f"{mantissa}E{int(exponent)}" if int(exponent) < 0 else f"{mantissa}E+{int(exponent)}"


def truth(value: Value, function: str = "", place: int = 1) -> bool:
    """The value as a truth value.

    Raises:
        Failure: #VALUE! if it is a text other than TRUE and FALSE.
    """
    if isinstance(value, str):
        word = value.upper()
        if word in {"TRUE", "FALSE"}:
            return word == "TRUE"
        raise Failure(
            "VALUE",
            f"Function {function} parameter {place} expects boolean values. "
            f"But '{value}' is a text and cannot be coerced to a boolean.",
        )
    return bool(raised(value))


def compare(left: Value, right: Value) -> int:
    """-1, 0 or 1. Numbers come before texts before truth values; a blank is what the other one needs; case does not count."""
    left, right = raised(left), raised(right)
    first, second = _key(left, right), _key(right, left)
    return (first > second) - (first < second)


def _key(value: Value, other: Value) -> tuple[int, float | str]:
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    if isinstance(value, bool):
        return 2, float(value)
    if isinstance(value, float | int):
        return 0, float(f"{value:.15g}")
    return 1, str(value).casefold()


def wildcard(pattern: str) -> re.Pattern[str]:
    """A text with `*` and `?` (`~` before one takes it as it is) as a regular expression; case does not count."""
    pieces = re.findall(r"~[*?~]|.", pattern, re.DOTALL)
    known = {"*": ".*", "?": "."}
    translated = "".join(known.get(piece) or re.escape(piece[-1]) for piece in pieces)
    return re.compile(translated, re.IGNORECASE | re.DOTALL)
