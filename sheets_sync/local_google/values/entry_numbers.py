"""Reads typed numbers, percentages and amounts of money."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite

from sheets_sync.local_google.values.locales import SPACES, Locale

Found = tuple[float, str, str]
"""A value, and the type and pattern of the number format it implies ("" and "" for none)."""

_SYMBOLS = "$€£¥₩₹₽₺฿₫₱"


def read_number(text: str, locale: Locale) -> Found | None:
    """The number that a text without spaces around it is, or None."""
    match = _grammar(locale).fullmatch(text)
    if not match or _misplaced(match):
        return None
    value = _value(match)
    if not isfinite(value):
        return None
    negative = match["open"] or "-" in {match["sign"], match["inner_sign"]}
    return (-value if negative else value, *_format(match, locale))


def _misplaced(match: re.Match[str]) -> bool:
    """Two signs, two currencies, half a pair of brackets, or a percentage of money."""
    before, after = match["before"], match["after"]
    signs = [match["sign"], match["inner_sign"], match["open"]]
    twice = sum(map(bool, signs)) > 1 or bool(before and after)
    return twice or bool(match["open"]) != bool(match["close"]) or bool(match["percent"] and (before or after))


@lru_cache(maxsize=64)
def _grammar(locale: Locale) -> re.Pattern[str]:
    group = f"[{SPACES}]" if locale.group in SPACES else re.escape(locale.group)
    point = re.escape(locale.decimal)
    symbols = "|".join(re.escape(symbol) for symbol in sorted({locale.currency, *_SYMBOLS}, key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<open>\()? (?P<sign>[-+])? (?: (?P<before>{symbols}) [\u00a0 ]? (?P<inner_sign>[-+])? )?
        (?: (?P<grouped>[0-9]{{1,3}}(?:{group}[0-9]{{3}})+) | (?P<whole>[0-9]+) | (?={point}[0-9]) )
        (?: {point} (?P<decimals>[0-9]*) )?
        (?: [eE] (?P<power>[-+]?[0-9]{{1,3}}) )?
        [\u00a0 ]? (?: (?P<percent>%) | (?P<after>{symbols}) )? (?P<close>\))?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _value(match: re.Match[str]) -> float:
    whole = match["whole"] or re.sub(r"[^0-9]", "", match["grouped"] or "0")
    power = int(match["power"] or 0) - (2 if match["percent"] else 0)
    return float(f"{whole}.{match['decimals'] or '0'}e{power}")


def _format(match: re.Match[str], locale: Locale) -> tuple[str, str]:
    symbol = match["before"] or match["after"]
    decimals = _decimals(match)
    if match["percent"]:
        return "PERCENT", f"0{decimals}%"
    if symbol:
        own = symbol.casefold() == locale.currency.casefold()
        return "CURRENCY", locale.currency_pattern(f"#,##0{decimals}", "" if own else symbol)
    if match["power"]:
        return "SCIENTIFIC", "0.00E+00"
    return ("NUMBER", f"#,##0{decimals}") if match["grouped"] else ("", "")


def _decimals(match: re.Match[str]) -> str:
    """Google's formats show two decimals or none."""
    return ".00" if match["decimals"] else ""
