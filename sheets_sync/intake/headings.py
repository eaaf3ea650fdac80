"""What the headings of a table mean: an index from every name and alias to what stands under it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from sheets_sync.config.office import Element, Elements
from sheets_sync.errors import ConfigError
from sheets_sync.intake.month_names import MONTH_IN_TEXT, MONTHS, NUMERALS, NamedMonth, month_named
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.parts import signs_aside, spellings
from sheets_sync.intake.words import Likeness, fold, tidy
from sheets_sync.model import Message, msg

_QUARTERS = re.compile(r"(?:tw|triwulan|triw|kuartal|semester|smt|quarter|q)(?: ?(?:[1-4]|i{1,3}|iv))?(?: \d{4})?")
_OF_TIME = [
    "tw",
    "triwulan",
    "triw",
    "kuartal",
    "semester",
    "smt",
    "quarter",
    "q",
    "i",
    "ii",
    "iii",
    "iv",
    "tahun",
    "thn",
    "year",
    "bulan",
    "bln",
    "month",
]  # beside the months' names, in what is looked up by a pattern
_NUMBERING = re.compile(r"^(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+")
_NAME_AND_YEAR = re.compile(r"(?P<name>.+?)(?: tahun| thn| year)? (?P<year>(?:19|20)\d\d)")
_YEAR = re.compile(r"(?:tahun |thn |year )?((?:19|20)\d\d)")


class Role(StrEnum):
    """What a column (or the heading of a row) is for."""

    __hash__ = str.__hash__  # each row looks its columns up by their roles: Enum's own is a call in Python

    MONTH = "month"
    YEAR = "year"
    LIBRARY = "library"
    NOTE = "note"
    ELEMENT_NAME = "element_name"
    DATE = "date"
    TIMESTAMP = "timestamp"  # when an answer to a form came
    KIND = "kind"
    IGNORED = "ignored"
    TOTAL = "total"
    ELEMENT = "element"  # figures of one element
    MONTH_VALUES = "month_values"  # figures of one month
    ELEMENT_MONTH = "element_month"  # figures of one element in one month
    YEAR_VALUES = "year_values"  # a year above months
    NUMERAL = "numeral"  # I, II, III: months, weeks or quarters
    SWAPPABLE = "swappable"  # a date whose day and month may be swapped: of one month or another
    PART = "part"  # some of what stands above it, with no element of its own
    ASIDE = "aside"  # a target, a running total, another month's figures: nothing that was counted in the month


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means; `alias` is set where it is not the element's own label, `year` where it names one."""

    role: Role
    element: str = ""
    month: NamedMonth | None = None
    year: int | None = None
    alias: bool = False


_UNSEEN = Meaning(Role.IGNORED)
_PLACING = (
    Role.MONTH,
    Role.LIBRARY,
    Role.DATE,
    Role.TIMESTAMP,
)  # every table has one of them, or months in its headings
_COUNTED = (Role.ELEMENT, Role.MONTH_VALUES, Role.ELEMENT_MONTH)
_YEAR_DIGITS = 4
MAX_HEADING = 300  # characters; a longer text is none, and would be taken apart at each of its words
MAX_SEEN = 16_384  # texts kept in mind: a tab may have half a million of them


class Vocabulary:
    """Every known heading, folded. Looking one up twice costs one dictionary access."""

    def __init__(self, elements: Elements, inputs: Inputs) -> None:
        self._known: dict[str, Meaning] = {}
        self._labels = {element.id: element.label.id for element in elements.elements}
        self._unit_of = {element.id: fold(element.unit.id) for element in elements.elements}
        self._names_of: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, str] = {}  # folded name of an element → as configured
        self._runs: set[str] = set()  # words that follow each other in names of what places a figure
        for role in (*_PLACING, Role.YEAR, Role.NOTE, Role.ELEMENT_NAME, Role.KIND):
            field = "element" if role is Role.ELEMENT_NAME else role.value
            self._learn(getattr(inputs.columns, field), Meaning(role))
            if role in _PLACING:
                self._runs.update(chain(*map(_runs_of, getattr(inputs.columns, field))))
        self._learn(inputs.columns.ignored, Meaning(Role.IGNORED))
        self._learn(inputs.totals, Meaning(Role.TOTAL))
        for element in elements.elements:
            self._learn_element(element, element.aliases, alias=True)
            self._learn_element(element, (element.id, element.label.id, element.label.en), alias=False)
        for element in elements.elements:
            self._learn_spellings(element, inputs.units)
        units = (unit for element in elements.elements for unit in (element.unit.id, element.unit.en))
        self._units = {fold(unit) for unit in (*units, *chain(*inputs.units))}
        self.none = frozenset(inputs.none)  # words that say no more than an empty cell, where a key is asked for
        self.nothing = self.none | frozenset((*inputs.zero, *inputs.not_applicable))
        self._totals = tuple(f"{fold(word)} " for word in inputs.totals)
        self._words = {*_OF_TIME, *MONTHS, *chain(*(name.split() for name in self._known))}
        self._likeness = Likeness(self._names.values())
        self._seen: dict[str, Meaning | None] = {}
        self.is_total = lru_cache(4096)(self._is_total)  # a table names the same libraries month after month

    def meaning(self, text: str) -> Meaning | None:
        """What a heading means, None if it is not known."""
        if len(text) > MAX_HEADING:
            return None
        found = self._seen.get(text, _UNSEEN)
        if found is _UNSEEN:
            found = self._look_up(fold(text)) or (self._look_up(fold(_bare(text))) if _may_be_numbered(text) else None)
            if found and found.role in _COUNTED and signs_aside(text):
                found = None
            if len(self._seen) >= MAX_SEEN:
                self._seen = {}
            self._seen[text] = found
        return found

    def may_place(self, text: str) -> bool:
        """Whether a heading with this line in it may say of what month, day or library figures are; without one there is no table.

        Such a heading is one of the names, whose words stand in its lines one after the other, a numeral, or names a month.
        """
        folded, bare = fold(text), fold(_bare(text))
        numeral = text.upper() in NUMERALS
        return numeral or folded in self._runs or bare in self._runs or any(map(_of_time, folded.split()))

    def is_unit(self, text: str) -> bool:
        """Whether a text is only the unit of figures: `orang`, `(eksemplar)`."""
        return fold(text) in self._units

    def part(self, element: str, text: str) -> Meaning | None:
        """The element that holds a part of another one: of participants and `L` the men."""
        names = (f"{name} {word}" for name in self._names_of[element] for word in spellings(text))
        found = {known.element for name in names if (known := self._known.get(name)) and known.role is Role.ELEMENT}
        return Meaning(Role.ELEMENT, found.pop()) if len(found) == 1 else None

    def named_in(self, text: str) -> str:
        """The element that a longer text begins with, by the longest of its names: `Total kunjungan/bulan`."""
        words = fold(text[:MAX_HEADING]).split()
        meanings = (self.meaning(" ".join(words[:end])) for end in range(len(words), 0, -1))
        return next((meaning.element for meaning in meanings if meaning and meaning.role is Role.ELEMENT), "")

    def label(self, element: str) -> str:
        """The element's own label."""
        return self._labels[element]

    def same_unit(self, one: str, other: str) -> bool:
        """Whether two elements are counted in the same unit, so that one may be a part of the other."""
        return self._unit_of[one] == self._unit_of[other]

    def _is_total(self, text: str) -> bool:
        """Whether a row or column so named sums up others: `Jumlah 2024`, `Triwulan I`."""
        meaning = self.meaning(text)
        if meaning is not None:
            return meaning.role is Role.TOTAL
        return fold(text).startswith(self._totals)

    def suggestion(self, text: str) -> str | None:
        """The known heading an unknown one looks like, with the month it names."""
        folded = fold(text)
        month = MONTH_IN_TEXT.search(folded)
        bare = MONTH_IN_TEXT.sub(" ", folded) if month else folded
        return self._likeness.closest(bare) if len(bare) > 3 else None

    def _learn(self, names: Iterable[str], meaning: Meaning) -> None:
        for name in names:
            self._known.setdefault(fold(name), meaning)

    def _learn_element(self, element: Element, names: Iterable[str], *, alias: bool) -> None:
        """A name counts with and without the element's unit behind it: `Kunjungan (orang)`."""
        for name in names:
            self._names[fold(name)] = name
            self._names_of[element.id].append(fold(name))
            for unit in ("", element.unit.id, element.unit.en):
                folded = fold(f"{name} {unit}")
                before = self._known.get(folded)
                if before is not None and before.element not in ("", element.id):
                    raise ConfigError(_ambiguous(name, before.element, element.id))
                self._known[folded] = Meaning(Role.ELEMENT, element.id, alias=alias)

    def _learn_spellings(self, element: Element, units: Iterable[Iterable[str]]) -> None:
        """Every name also with another spelling of the element's unit behind it, where that is nothing else's name: `Peminjaman (eks)`."""
        own = {fold(element.unit.id), fold(element.unit.en)}
        spellings = [fold(unit) for spelled in units if not own.isdisjoint(map(fold, spelled)) for unit in spelled]
        for name in self._names_of[element.id]:
            for unit in spellings:
                self._known.setdefault(f"{name} {unit}", self._known[name])

    def _look_up(self, folded: str) -> Meaning | None:
        known = self._known.get(folded)
        if known is not None or not folded or not self._all_words_known(folded):
            return known
        year = _YEAR.fullmatch(folded)
        if year:
            return Meaning(Role.YEAR_VALUES, year=int(year[1]))
        if _QUARTERS.fullmatch(folded):
            return Meaning(Role.TOTAL)
        return self._with_month(folded) or self._with_year(folded)

    def _all_words_known(self, folded: str) -> bool:
        """Whether each word is one of a known heading, of a month, a year or a quarter; else the whole can't be known."""
        return all(word in self._words or not word.isalpha() for word in folded.split())

    def _with_year(self, folded: str) -> Meaning | None:
        """An element's name with the year of its figures behind it."""
        match = _NAME_AND_YEAR.fullmatch(folded)
        known = self._known.get(match["name"]) if match else None
        return replace(known, year=int(match["year"])) if match and known and known.role is Role.ELEMENT else None

    def _with_month(self, folded: str) -> Meaning | None:
        """A heading that names a month, alone or with an element; all that is left must be the element's name."""
        if folded.isdigit():
            return None
        month = month_named(folded)
        if month is not None:
            return Meaning(Role.MONTH_VALUES, month=month)
        for match in MONTH_IN_TEXT.finditer(folded):
            rest = f"{folded[: match.start()]} {folded[match.end() :]}"
            known = self._known.get(" ".join(rest.split()))
            if known is not None and known.role is Role.ELEMENT:
                return replace(known, role=Role.ELEMENT_MONTH, month=month_named(match["month"]))
        return None


def _bare(text: str) -> str:
    """A heading without the number or letter before it: `1. Bulan`, `a) Desa`."""
    return _NUMBERING.sub("", tidy(text))


def _may_be_numbered(text: str) -> bool:
    """Whether there can be such a number, as far as its sign tells."""
    return not text.isascii() or "." in text or ")" in text


def _runs_of(name: str) -> Iterator[str]:
    """Every run of a name's words, the whole of it among them."""
    words = fold(name).split()
    yield fold(name)
    yield from (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def _of_time(word: str) -> bool:
    """Whether a word is a month's name or a year."""
    return word in MONTHS or (len(word) == _YEAR_DIGITS and word.isdigit())


@lru_cache(maxsize=16)
def vocabulary_of(elements: Elements, inputs: Inputs) -> Vocabulary:
    """The vocabulary of a configuration: most offices share theirs, and making one takes as long as reading a small tab."""
    return Vocabulary(elements, inputs)


def _ambiguous(name: str, one: str, other: str) -> Message:
    return msg(
        "elements.yaml: “{name}” stands for both {one} and {other}; give each a name of its own.",
        name=name,
        one=one,
        other=other,
    )
