"""What people read, in their language: messages are English templates in the code, translated by catalogues.

A stage says *what* it has to tell with `msg(...)`; the edge that shows it (a tab, a mail, the terminal) knows the
reader and turns it into text with a `Language`. So no stage needs to know a language, and a message that was stored
can still be shown in another one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from string import Formatter
from threading import Lock
from typing import Any, Protocol, runtime_checkable

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

from sheets_sync.model import CellRef, Message, Period, TimeSpan, msg
from sheets_sync.model.rounding import round_half_up

LANGUAGES = ("id", "en")
QUARTER, YEAR = msg("quarter {number} of {year}"), msg("the year {year}")
_ROMAN = ("", "I", "II", "III", "IV")  # as Indonesian counts quarters
_HUGE = 1e15  # from here on nobody reads digits, and Sheets shows zeros for those it does not keep


@runtime_checkable
class Labelled(Protocol):
    """A text that configuration gives in every language, like the label of an element."""

    def in_(self, code: str) -> str: ...


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Turns messages, numbers, months and dates into text of one language (`id` or `en`); there is one of each."""

    code: str
    _catalogue: Mapping[str, str]
    _locale: Locale
    _marks: tuple[str, str]  # between thousands, and before what is less than one

    def __call__(self, message: Message | str, /, **params: object) -> str:
        """The text of a message; numbers, months and dates among its parameters are written the language's way."""
        template, values = (message, params) if isinstance(message, str) else (message.template, message.params)
        text = self._catalogue.get(template, template)
        return text.format_map({name: self.show(values[name]) for name in _names(text)}) if values else text

    def show(self, value: object) -> str:
        """Any value as this language writes it; text stays as it is."""
        return value if type(value) is str else _way_of(type(value))(self, value)  # type: ignore[arg-type] # every type can be hashed

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """`1.234,5` in Indonesian, `1,234.5` in English; rounded half up; 1E+30 as it is; none, or no number, as a dash."""
        return "–" if value is None else _digits(value, decimals, self._marks)[0]

    def rounded(self, value: float, decimals: int) -> tuple[str, float]:
        """A number as `number` writes it, and the number that is meant then."""
        return _digits(value, decimals, self._marks)

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share of 1 as per cent: 0.0772 with two decimals is `7,72 %` in Indonesian, `7.72%` in English."""
        if share is None or not _is_finite(share):
            return "–"
        rounded = round_half_up(share, decimals + 2)  # before it is multiplied: 0.145 * 100 is a little less than 14.5
        return self.number(rounded * 100, decimals) + (" %" if self.code == "id" else "%")

    def month(self, period: Period, *, short: bool = False) -> str:
        """`Oktober 2024`, short `Okt 2024`."""
        return _month(self._locale, period, "LLL y" if short else "LLLL y")

    def span(self, span: TimeSpan) -> str:
        """`triwulan III 2024`, `tahun 2024`; a reporting year that does not start in January is `tahun 2024/2025`."""
        year = str(span.year) if span.starts_in == 1 else f"{span.year}/{span.year + 1}"
        number = _ROMAN[span.quarter] if self.code == "id" else str(span.quarter)
        return self(QUARTER.template, number=number, year=year) if span.quarter else self(YEAR.template, year=year)

    def day(self, day: date) -> str:
        """`8 November 2024`."""
        return format_date(day, "d MMMM y", locale=self._locale)

    def long_day(self, day: date) -> str:
        """`Jumat, 8 November 2024`, as letters write it."""
        return format_date(day, "EEEE, d MMMM y", locale=self._locale)

    def date_time(self, moment: datetime) -> str:
        """`8 Nov 2024 14.05` in Indonesian, `8 Nov 2024 14:05` in English, in the moment's own time zone."""
        return format_datetime(moment, "d MMM y HH.mm" if self.code == "id" else "d MMM y HH:mm", locale=self._locale)


_WAYS: Sequence[tuple[tuple[type, ...], Callable[[Language, Any], str]]] = (
    ((Message,), Language.__call__),
    ((type(None),), lambda _, __: ""),
    ((bool, str, CellRef), lambda _, value: str(value)),  # a cell is no list of its parts
    ((int, float), Language.number),
    ((Period,), Language.month),
    ((TimeSpan,), Language.span),
    ((datetime,), Language.date_time),
    ((date,), Language.day),
    ((Labelled,), lambda t, value: value.in_(t.code)),
    ((list, tuple), lambda t, value: ", ".join(map(t.show, value))),
    ((object,), lambda _, value: str(value)),
)


@lru_cache(maxsize=4096)  # the catalogues' templates, and those that stored messages bring
def _names(text: str) -> tuple[str, ...]:
    """The parameters that a template shows; a rule's message carries more of them."""
    return tuple({name: None for _, name, _, _ in Formatter().parse(text) if name})


@cache
def _way_of(kind: type) -> Callable[[Language, Any], str]:
    """How values of a type are shown; decided once, for a page shows thousands."""
    return next(way for kinds, way in _WAYS if issubclass(kind, kinds))


@lru_cache(maxsize=65_536)
def _digits(value: float, decimals: int | None, marks: tuple[str, str]) -> tuple[str, float]:
    """A number as it is written, or a dash, and what it is then; an office's pages show the same few hundreds again and again."""
    if not _is_finite(value):
        return "–", value
    rounded = value if decimals is None else round_half_up(value, decimals) + 0.0  # there is no minus zero
    if abs(value) >= _HUGE:
        text = f"{value:.6G}"
    elif decimals is None:
        text = f"{value:,.6f}".rstrip("0").rstrip(".")
    else:
        text = f"{rounded:,.{decimals}f}"
    return ("0" if text == "-0" else text).translate(_table(*marks)), rounded


@cache
def _table(thousands: str, decimal: str) -> Mapping[int, str]:
    """What Python's marks become; babel's own formatting takes thirty times as long, which a large page feels."""
    return str.maketrans({",": thousands, ".": decimal})


def _is_finite(value: float) -> bool:
    """`math.isfinite` raises for a whole number that is too large for a float."""
    return abs(value) <= sys.float_info.max


@lru_cache(maxsize=1024)
def _month(locale: Locale, period: Period, pattern: str) -> str:
    """A mail names thirty months, and all mails the same ones."""
    return format_date(period.first_day, pattern, locale=locale)


_MAKING = Lock()


def language(code: str) -> Language:
    """The language `id` or `en`.

    Raises:
        KeyError: another code.
    """
    with _MAKING:  # threads that want it first at once would each compile the catalogue
        return _language(code)


@cache
def _language(code: str) -> Language:
    if code not in LANGUAGES:
        raise KeyError(code)
    locale = Locale.parse(code if code == "id" else "en_GB")
    return Language(code, _catalogue(code), locale, (get_group_symbol(locale), get_decimal_symbol(locale)))


def _catalogue(code: str) -> Mapping[str, str]:
    """The texts by their templates: of a wheel's compiled catalogue, else of the .po file, so that a clone needs no build."""
    folder = resources.files("sheets_sync.locale") / code / "LC_MESSAGES"
    compiled = folder / "messages.mo"
    with (compiled if compiled.is_file() else folder / "messages.po").open("rb") as source:
        found: Catalog = read_mo(source) if compiled.is_file() else read_po(source)
    return {str(each.id): str(each.string) for each in found if each.id and each.string and not each.fuzzy}
