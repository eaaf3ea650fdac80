"""A row of the register as a library; what can't be read becomes a question, the rest of the row still counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sheets_sync.intake.contacts import read_emails, read_id, read_phone
from sheets_sync.intake.dates import read_date, read_month
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.numbers import NumberWords, read_count, read_decimal
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import CellRef, DatedValue, Finding, Library, OfficialScore, Period
from sheets_sync.model.grid import EMPTY_CELL, GridCell, Tab
from sheets_sync.rules import places
from sheets_sync.rules.rule import Rule

T = TypeVar("T")

UNKNOWN_YEAR = 0  # of a population figure without a year; older than any other
_BETWEEN_ALIASES = re.compile(r"[;,\n|]")
_WORDS = NumberWords(zero=frozenset({"-"}), units=frozenset({"jiwa", "orang", "people"}))
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
        self._inputs, self._day_first = inputs, day_first
        self.findings: list[Finding] = []

    @property
    def blank(self) -> bool:
        """Whether nothing is typed under any known heading."""
        return all(self._at(field).blank for field in self._columns)

    def library(self) -> Library | None:
        """The library, None if the row names none."""
        name = self._text("name")
        if not name:
            self.findings.append(places.REGISTER_NAME.finding(cells=(self._cell("name"),)))
            return None
        return Library(
            code=self._code(name),
            name=name,
            kind=fold(self._text("kind") or self._inputs.default_kind),
            aliases=self._aliases(),
            tab=self._text("tab"),
            district=self._text("district"),
            population=self._population(),
            pic=self._text("pic"),
            emails=self._read("emails", read_emails) or (),
            whatsapp=self._read("whatsapp", lambda cell: read_phone(cell, self._inputs.country_code)) or "",
            active_since=self._day("active_since", last=False),
            active_until=self._day("active_until", last=True),
            official=self._official(),
            cell=self._cell("name"),
        )

    def _code(self, name: str) -> str:
        """The NPP where there is one, else the office's own code, else the name."""
        code = read_id(self._at("npp")).value or read_id(self._at("code")).value
        if code is None:
            self.findings.append(places.REGISTER_CODE.finding(cells=(self._cell("name"),), typed=name))
            return fold(name).replace(" ", "-") or name
        return code

    def _aliases(self) -> tuple[str, ...]:
        """The other names, the office's own code among them where the NPP is the code."""
        own = self._text("code") if not self._at("npp").blank else ""
        names = (own, *_BETWEEN_ALIASES.split(self._at("aliases").text))
        return tuple(filter(None, map(tidy, names)))

    def _population(self) -> tuple[DatedValue, ...]:
        people = self._read("population", lambda cell: read_count(cell, _WORDS))
        year = self._read("population_year", _read_year)
        source = self._text("population_source")
        return (DatedValue(year or UNKNOWN_YEAR, people, source, self._cell("population")),) if people else ()

    def _official(self) -> OfficialScore | None:
        score = self._read("official_score", lambda cell: read_decimal(cell, _WORDS))
        return None if score is None else OfficialScore(score, self._text("official_period"))

    def _day(self, field: str, *, last: bool) -> date | None:
        """A day; a month alone stands for its first or its last day."""
        cell = self._at(field)
        month = read_month(cell, day_first=self._day_first).value if isinstance(cell.value, str) else None
        exact = read_date(cell, day_first=self._day_first).value
        if exact is None and month is not None and month.year is not None:
            period = Period(month.year, month.month)
            return period.last_day if last else period.first_day
        return self._read(field, lambda cell: read_date(cell, day_first=self._day_first))

    def _read(self, field: str, read: Callable[[GridCell], Entry[T]]) -> T | None:
        entry = read(self._at(field))
        if entry.refusal:
            self.findings.append(self._refused(field, entry.refusal))
        return entry.value

    def _refused(self, field: str, rule: Rule) -> Finding:
        where, typed = (self._cell(field),), tidy(self._at(field).text)
        if field not in _EXAMPLES:
            return rule.finding(cells=where, typed=typed)
        heading = self._tab.at(self._header_row, self._columns[field]).text
        return places.REGISTER_VALUE.finding(cells=where, typed=typed, column=heading, example=_EXAMPLES[field])

    def _text(self, field: str) -> str:
        return tidy(self._at(field).text)

    def _at(self, field: str) -> GridCell:
        return self._tab.at(self._row, self._columns[field]) if field in self._columns else EMPTY_CELL

    def _cell(self, field: str) -> CellRef:
        return CellRef(self._workbook, self._tab.sheet_id, self._tab.title, self._row, self._columns[field])


def _read_year(cell: GridCell) -> Entry[int]:
    entry = read_count(cell, NumberWords())
    value = entry.value
    if value is not None and not 1900 <= value <= 2200:
        return Entry(entry.state, refusal=places.REGISTER_VALUE)
    return Entry(entry.state, None if value is None else int(value), entry.refusal)
