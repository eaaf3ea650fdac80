"""What a workbook's locale says about typing and showing: marks, orders, names, words, default patterns.

The facts are CLDR's, by way of babel. Google's own habits on top of them: a default date has a year of four digits, a
default date with time shows the hours of 24, and some locales have words of their own for the truth values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import babel
from babel import numbers

_OLD_LANGUAGES = {"in": "id", "iw": "he", "ji": "yi", "no": "nb"}
_TRUTH_WORDS = {
    "cs": ("PRAVDA", "NEPRAVDA"),
    "da": ("SAND", "FALSK"),
    "de": ("WAHR", "FALSCH"),
    "es": ("VERDADERO", "FALSO"),
    "fi": ("TOSI", "EPÄTOSI"),
    "fr": ("VRAI", "FAUX"),
    "hu": ("IGAZ", "HAMIS"),
    "it": ("VERO", "FALSO"),
    "nb": ("SANN", "USANN"),
    "nl": ("WAAR", "ONWAAR"),
    "pl": ("PRAWDA", "FAŁSZ"),
    "pt": ("VERDADEIRO", "FALSO"),
    "ru": ("ИСТИНА", "ЛОЖЬ"),
    "sv": ("SANT", "FALSKT"),
    "tr": ("DOĞRU", "YANLIŞ"),
}
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))

SPACES = "\u00a0\u202f "
"""Where the group mark is one of these, any of them is read as one."""


@dataclass(frozen=True, slots=True, eq=False)
class Locale:
    """How numbers, dates and words are written. There is one object for each name, so identity tells them apart.

    Attributes:
        name: as the API gives it, such as `in_ID`.
        decimal, group: the decimal mark and the thousands mark.
        order: the order of day, month and year in a numeric date: "mdy", "dmy" or "ymd".
        months, short_months, days, short_days: names; days begin with Sunday.
        truth: the words for true and false.
        currency: the symbol of the country's currency; `currency_first` is whether it stands before the number.
        date, time, date_time: the patterns Google uses where a number format names only its type.
    """

    name: str
    decimal: str
    group: str
    order: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]
    truth: tuple[str, str]
    currency: str
    currency_first: bool
    date: str
    time: str
    date_time: str

    def default_pattern(self, kind: str) -> str:
        """The pattern of a NumberFormatType (NUMBER, DATE …) that comes without one; "" for what has none."""
        if kind == "CURRENCY":
            return self.currency_pattern("#,##0.00")
        plain = {"NUMBER": "#,##0.00", "PERCENT": "0.00%", "SCIENTIFIC": "0.00E+00", "TEXT": "@"}
        return plain.get(kind) or {"DATE": self.date, "TIME": self.time, "DATE_TIME": self.date_time}.get(kind, "")

    def currency_pattern(self, number: str, symbol: str = "") -> str:
        """A number pattern with the currency's symbol at its place."""
        symbol = symbol or self.currency
        sign = '"$"' if symbol == "$" else f"[${symbol}]"
        return sign + number if self.currency_first else f"{number}\u00a0{sign}"


@lru_cache(maxsize=64)
def locale_of(name: str) -> Locale:
    """The locale of a spreadsheet property such as `en_US`, `in_ID` or `de`. What CLDR doesn't know is taken as `en_US`."""
    source = _cldr(name)
    date = _date_pattern(source)
    clock = cast("str", source.time_formats["medium"].pattern).replace("\u202f", " ").replace("B", "")
    full = clock.replace("a", "").strip().replace("hh", "H").replace("h", "H")
    return Locale(
        name=name,
        decimal=numbers.get_decimal_symbol(source),
        group=numbers.get_group_symbol(source),
        order="".join(dict.fromkeys(letter for letter in date.lower() if letter in "dmy")),
        months=_names(source.months["format"]["wide"], range(1, 13)),
        short_months=_names(source.months["format"]["abbreviated"], range(1, 13)),
        days=_names(source.days["format"]["wide"], (6, 0, 1, 2, 3, 4, 5)),
        short_days=_names(source.days["format"]["abbreviated"], (6, 0, 1, 2, 3, 4, 5)),
        truth=_TRUTH_WORDS.get(source.language, ("TRUE", "FALSE")),
        currency=_currency(source),
        currency_first=source.currency_formats["standard"].pattern.translate(_INVISIBLE).startswith("¤"),
        date=date,
        time=clock.replace("a", "am/pm"),
        date_time=f"{date} {full}",
    )


def _cldr(name: str) -> babel.Locale:
    language, _, territory = name.replace("-", "_").partition("_")
    language = _OLD_LANGUAGES.get(language, language)
    for wanted in (f"{language}_{territory}" if territory else language, language):
        try:
            found = babel.Locale.parse(wanted)
        except (ValueError, babel.UnknownLocaleError):
            continue
        return found
    return babel.Locale.parse("en_US")


def _names(names: dict[int, str], keys: range | tuple[int, ...]) -> tuple[str, ...]:
    return tuple(names[key] for key in keys)


def _date_pattern(source: babel.Locale) -> str:
    """CLDR's short date with a year of four digits."""
    pattern = cast("str", source.date_formats["short"].pattern).translate(_INVISIBLE)
    return pattern.replace("yy", "y").replace("y", "yyyy")


def _currency(source: babel.Locale) -> str:
    likely = babel.core.get_global("likely_subtags").get(source.language, "en_Latn_US")
    territory = source.territory or likely.rpartition("_")[2]
    codes = numbers.get_territory_currencies(territory)
    return numbers.get_currency_symbol(codes[-1], source) if codes else "$"
