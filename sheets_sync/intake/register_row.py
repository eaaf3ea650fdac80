"""A row of the register as a library; what can't be read becomes a question, the rest of the row still counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TypeVar

from sheets_sync.intake.entry import Entry, shown
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.values.addresses import read_emails
from sheets_sync.intake.values.codes import code_of_name, read_code
from sheets_sync.intake.values.counts import read_count
from sheets_sync.intake.values.dates import read_date
from sheets_sync.intake.values.decimals import read_score
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.phones import read_phone
from sheets_sync.intake.values.words import read_words, says_none
from sheets_sync.intake.values.years import read_year
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import CellRef, DatedValue, Finding, Library, OfficialScore, Period
from sheets_sync.model.grid import EMPTY_CELL, GridCell, Tab
from sheets_sync.rules import entries, register
from sheets_sync.rules.rule import Rule

T = TypeVar("T")

UNKNOWN_YEAR = 0  # of a population figure without a year; older than any other
_BETWEEN_ALIASES = re.compile(r"[;,\n|]")
_PEOPLE = frozenset({"jiwa", "orang", "org", "penduduk", "people"})
_EXAMPLES: Mapping[str, str] = {
    "population": "1234",
    "population_year": "2023",
    "official_score": "7,72",
}


@dataclass(frozen=True, slots=True)
class RegisterHeader:
    """The row of the headings, and the column of each field."""

    row: int
    columns: Mapping[str, int]


class RegisterRow:
    """One row; `findings` fills up while the library is read."""

    def __init__(
        self, tab: Tab, workbook: str, row: int, header: RegisterHeader, inputs: Inputs, *, day_first: bool
    ) -> None:
        self._tab, self._workbook, self._row = tab, workbook, row
        self._header_row, self._columns = header.row, header.columns
        self._inputs, self._day_first, self._none = inputs, day_first, frozenset(inputs.none)
        self.findings: list[Finding] = []

    @property
    def blank(self) -> bool:
        """Whether nothing is typed under any known heading."""
        return all(self._at(field).blank for field in self._columns)

    @cached_property
    def name(self) -> str:
        """What the library is called, "" where nothing is typed that could be a name."""
        return read_words(self._at("name"), self._none).value or ""

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The NPP and the code that stand in it, in lower case."""
        found = (read_code(self._at(field), self._none).value for field in ("npp", "code"))
        return tuple(code.casefold() for code in found if code)

    @property
    def vouched(self) -> bool:
        """Whether something stands in it that only a library has: a code, an address, a tab."""
        return bool(self.codes or read_emails(self._at("emails"), self._none).value or self._at("tab").text.strip())

    def library(self, holders: Mapping[str, RegisterRow]) -> Library:
        """The library; without a name where the row has none. A code whose holder is another row is not its own."""
        name = self._text("name")
        if not name:
            self.findings.append(register.NAME.finding(cells=(self._cell("name"),)))
        npp, own = (self._code(field, holders) for field in ("npp", "code"))
        if name and npp is None and own is None:
            self.findings.append(register.CODE.finding(cells=(self._cell("name"),), typed=name))
        return Library(
            code=npp or own or (code_of_name(name) if name else ""),
            name=name,
            kind=fold(self._text("kind")) or fold(self._inputs.default_kind),
            aliases=self._aliases(own if npp else None),
            tab=self._text("tab"),
            district=self._text("district"),
            population=self._population(),
            pic=self._text("pic"),
            emails=self._read("emails", lambda cell: read_emails(cell, self._none)) or (),
            whatsapp=self._read("whatsapp", self._phone) or "",
            active_since=self._day("active_since", last=False),
            active_until=self._day("active_until", last=True),
            official=self._official(),
            cell=self._cell("name"),
            npp=npp or "",
            own_code=own or "",
        )

    def _code(self, field: str, holders: Mapping[str, RegisterRow]) -> str | None:
        """The NPP or the office's own code; None where there is none, or where it is another library's."""
        code = self._read(field, lambda cell: read_code(cell, self._none))
        holder = holders.get(code.casefold(), self) if code else self
        if holder is self or (self.name and fold(self.name) in holder.names):
            return code
        if self.name:
            where, typed = (self._cell(field),), code or ""
            twice = register.SAME_CODE.finding(cells=where, typed=typed, other=holder.name, name=self.name)
            self.findings.append(twice)
        return None

    @property
    def names(self) -> frozenset[str]:
        """The name and the other names, folded."""
        return frozenset(map(fold, (self.name, *self._aliases(None))))

    def _phone(self, cell: GridCell) -> Entry[str]:
        return read_phone(cell, self._inputs.country_code, self._none)

    def _aliases(self, own: str | None) -> tuple[str, ...]:
        """The other names, the office's own code among them where the NPP is the code."""
        names = (own or "", *_BETWEEN_ALIASES.split(self._at("aliases").text))
        return tuple(name for name in map(tidy, names) if name and not says_none(name, self._none))

    def _population(self) -> tuple[DatedValue, ...]:
        people = self._read("population", lambda cell: read_count(cell, _of_people(self._none)))
        year = self._read("population_year", lambda cell: read_year(cell, self._none))
        source = self._text("population_source")
        return (DatedValue(year or UNKNOWN_YEAR, people, source, self._cell("population")),) if people else ()

    def _official(self) -> OfficialScore | None:
        score = self._read("official_score", lambda cell: read_score(cell, self._none))
        return None if score is None else OfficialScore(score, self._text("official_period"))

    def _day(self, field: str, *, last: bool) -> date | None:
        """A day; a month alone stands for its first or its last day."""
        if field not in self._columns:
            return None
        cell = self._at(field)
        month = read_month(cell, day_first=self._day_first).value if isinstance(cell.value, str) else None
        exact = read_date(cell, day_first=self._day_first, none=self._none).value
        if exact is None and month is not None and month.year is not None:
            period = Period(month.year, month.month)
            return period.last_day if last else period.first_day
        return self._read(field, lambda cell: read_date(cell, day_first=self._day_first, none=self._none))

    def _read(self, field: str, read: Callable[[GridCell], Entry[T]]) -> T | None:
        if field not in self._columns:
            return None
        entry = read(self._at(field))
        if entry.refusal:
            self.findings.append(self._refused(field, entry.refusal))
        return entry.value

    def _refused(self, field: str, rule: Rule) -> Finding:
        where, typed = (self._cell(field),), shown(self._at(field))
        if field not in _EXAMPLES or rule is register.OFFICIAL_SCORE:
            return rule.finding(cells=where, typed=typed)
        if rule.code == entries.FORMULA.code:
            return rule.finding(cells=where, typed=typed, example=_EXAMPLES[field])
        heading = self._tab.at(self._header_row, self._columns[field]).text
        return register.VALUE.finding(cells=where, typed=typed, column=heading, example=_EXAMPLES[field])

    def _text(self, field: str) -> str:
        """What is typed in a field of words; a word for none is none."""
        return self._read(field, lambda cell: read_words(cell, self._none)) or ""

    def _at(self, field: str) -> GridCell:
        return self._tab.at(self._row, self._columns[field]) if field in self._columns else EMPTY_CELL

    def _cell(self, field: str) -> CellRef:
        return CellRef(self._workbook, self._tab.sheet_id, self._tab.title, self._row, self._columns[field])


@lru_cache(maxsize=8)
def _of_people(none: frozenset[str]) -> Words:
    return Words(units=_PEOPLE, none=none)
