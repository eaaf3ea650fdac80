"""The months' names, and the months that headings and titles name; what cells say is read in `values`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from sheets_sync.intake.words import fold

_SPELLINGS = (
    "januari january jan",
    "februari pebruari february feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agust agus agt agst agu ags aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
MONTHS = {name: number for number, names in enumerate(_SPELLINGS, 1) for name in names.split()}
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
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


@dataclass(frozen=True, slots=True)
class NamedMonth:
    """A month as typed: the year is often left to the tab."""

    month: int
    year: int | None = None


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


def months_in(text: str) -> set[NamedMonth]:
    """The months that a text names."""
    named = (month_named(match["month"]) for match in MONTH_IN_TEXT.finditer(fold(text)))
    return {month for month in named if month}


def _full_year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) + (2000 if len(text) == 2 else 0)
