"""Shows a serial number as a date, a time or a duration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sheets_sync.local_google.values.locales import Locale
from sheets_sync.local_google.values.patterns import Token
from sheets_sync.local_google.values.serials import to_datetime

_UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000}


def show_date(serial: float, tokens: Sequence[Token], locale: Locale) -> str | None:
    """The serial number by the tokens of a date section; None where there is no such date."""
    if any(token.kind == "elapsed" for token in tokens):
        return _duration(serial, tokens)
    moment = to_datetime(serial, _precision(tokens))
    if moment is None:
        return None
    half_day = any(token.kind == "half" for token in tokens)
    return "".join(_piece(token, moment, locale, half_day=half_day) for token in tokens)


def _precision(tokens: Sequence[Token]) -> int:
    """Decimals of a second to round to: what is shown of it, or milliseconds where no seconds are shown."""
    if not any(token.kind == "s" for token in tokens):
        return 3
    return min(3, max((len(token.text) for token in tokens if token.kind == "fraction"), default=0))


def _piece(token: Token, moment: datetime, locale: Locale, *, half_day: bool) -> str:
    kind, text = token
    match kind:
        case "y":
            return f"{moment.year:04d}" if len(text) > 2 else f"{moment.year % 100:02d}"
        case "m":
            return _month(len(text), moment, locale)
        case "d":
            return _day(len(text), moment, locale)
        case "h":
            return _padded((moment.hour - 1) % 12 + 1 if half_day else moment.hour, text)
        case "minutes":
            return _padded(moment.minute, text)
        case "s":
            return _padded(moment.second, text)
        case "fraction":
            return locale.decimal + f"{moment.microsecond:06d}".ljust(len(text), "0")[: len(text)]
        case "half":
            return _half(text, after_noon=moment.hour >= 12)
    return text


def _padded(number: int, text: str) -> str:
    return f"{number:02d}" if len(text) > 1 else str(number)


def _month(length: int, moment: datetime, locale: Locale) -> str:
    if length < 3:
        return f"{moment.month:0{length}d}"
    if length == 3:
        return locale.short_months[moment.month - 1]
    name = locale.months[moment.month - 1]
    return name[0] if length == 5 else name


def _day(length: int, moment: datetime, locale: Locale) -> str:
    if length < 3:
        return f"{moment.day:0{length}d}"
    names = locale.short_days if length == 3 else locale.days
    return names[moment.isoweekday() % 7]


def _half(text: str, *, after_noon: bool) -> str:
    """`a/p` as it is written, the others always in capitals."""
    if len(text) == 3:
        return text[2] if after_noon else text[0]
    return "PM" if after_noon else "AM"


def _duration(serial: float, tokens: Sequence[Token]) -> str:
    """Hours, minutes and seconds that don't wrap at a day: the first bracketed unit takes all, the smaller ones the rest."""
    rest = round(abs(serial) * 86_400_000)
    shown = "-" if serial < 0 and rest else ""
    for kind, text in tokens:
        unit = _UNITS.get(text[0].lower()) if kind in {"elapsed", "h", "minutes", "s"} else None
        if unit:
            count, rest = divmod(rest, unit)
            shown += str(count).zfill(len(text))
        elif kind == "fraction":
            shown += "." + f"{rest:03d}".ljust(len(text), "0")[: len(text)]
        else:
            shown += text
    return shown
