"""A row of the register as a library; what can't be read becomes a question, the rest of the row still counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
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

    @property
    def coded(self) -> bool:
        """Whether a code or an NPP stands in it."""
        fields = (self._at("npp"), self._at("code"))
        return any(read_code(cell, self._none).value for cell in fields)

    def library(self, taken: Mapping[str, Library]) -> Library | None:
        """The library, None if the row names none. A code that is `taken` by another library is not its own."""
        name = self._text("name")
        if not name:
            self.findings.append(register.NAME.finding(cells=(self._cell("name"),)))
            return None
        npp, own = (self._code(field, name, taken) for field in ("npp", "code"))
        if npp is None and own is None:
            self.findings.append(register.CODE.finding(cells=(self._cell("name"),), typed=name))
        return Library(
            code=npp or own or code_of_name(name),
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

    def _code(self, field: str, name: str, taken: Mapping[str, Library]) -> str | None:
        """The NPP or the office's own code; None where there is none, or where it is another library's."""
        code = self._read(field, lambda cell: read_code(cell, self._none))
        other = taken.get(code) if code else None
        if other is None or fold(name) in map(fold, (other.name, *other.aliases)):
            return code
        where = (self._cell(field),)
        self.findings.append(register.SAME_CODE.finding(cells=where, typed=code or "", other=other.name, name=name))
        return None

    def _phone(self, cell: GridCell) -> Entry[str]:
        return read_phone(cell, self._inputs.country_code, self._none)

    def _aliases(self, own: str | None) -> tuple[str, ...]:
        """The other names, the office's own code among them where the NPP is the code."""
        names = (own or "", *_BETWEEN_ALIASES.split(self._at("aliases").text))
        return tuple(name for name in map(tidy, names) if name and not says_none(name, self._none))

    def _population(self) -> tuple[DatedValue, ...]:
        words = Words(units=_PEOPLE, none=self._none)
        people = self._read("population", lambda cell: read_count(cell, words))
        year = self._read("population_year", lambda cell: read_year(cell, self._none))
        source = self._text("population_source")
        return (DatedValue(year or UNKNOWN_YEAR, people, source, self._cell("population")),) if people else ()

    def _official(self) -> OfficialScore | None:
        score = self._read("official_score", lambda cell: read_score(cell, self._none))
        return None if score is None else OfficialScore(score, self._text("official_period"))

    def _day(self, field: str, *, last: bool) -> date | None:
        """A day; a month alone stands for its first or its last day."""
        cell = self._at(field)
        month = read_month(cell, day_first=self._day_first).value if isinstance(cell.value, str) else None
        exact = read_date(cell, day_first=self._day_first, none=self._none).value
        if exact is None and month is not None and month.year is not None:
            period = Period(month.year, month.month)
            return period.last_day if last else period.first_day
        return self._read(field, lambda cell: read_date(cell, day_first=self._day_first, none=self._none))

    def _read(self, field: str, read: Callable[[GridCell], Entry[T]]) -> T | None:
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
