"""The words of the trade: periods, cells, libraries, observations, findings, scores. Standard library only.

Everything here is frozen: the stages hand these values on, none changes them.
"""

from __future__ import annotations

import calendar
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheets_sync.messages import Message


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is not between 1 and 12")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The month of `2024-10`.

        Raises:
            ValueError: not of that form.
        """
        year, _, month = text.partition("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError(f"{text!r} is not a month like 2024-10")
        return cls(int(year), int(month))

    @classmethod
    def of(cls, day: date) -> Period:
        return cls(day.year, day.month)

    @classmethod
    @cache  # a large workbook asks for the same dozen months ten thousand times
    def from_ordinal(cls, ordinal: int) -> Period:
        """The inverse of `ordinal`."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def ordinal(self) -> int:
        """Months since year 0, so that neighbours differ by one: `12 * year + month - 1`."""
        return 12 * self.year + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]

    def year_start(self, first_month: int = 1) -> Period:
        """The first month of the reporting year this month is in; `first_month` is 4 for April to March."""
        return Period(self.year - (self.month < first_month), first_month)

    def __add__(self, months: int) -> Period:
        return Period.from_ordinal(self.ordinal + months)

    def __sub__(self, months: int) -> Period:
        return Period.from_ordinal(self.ordinal - months)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def periods_between(first: Period, last: Period) -> list[Period]:
    """Every month from first to last, both included."""
    return [Period.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1)]


def column_letters(column: int) -> str:
    """0 → `A`, 26 → `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Where a value stands: row and column count from 0."""

    workbook: str
    sheet_id: int
    tab: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def url(self) -> str:
        """Opens the workbook at the cell."""
        return f"https://docs.google.com/spreadsheets/d/{self.workbook}/edit#gid={self.sheet_id}&range={self.a1}"

    def __str__(self) -> str:
        return f"{self.tab}!{self.a1}"


class State(StrEnum):
    """What is known of a value. Missing is not zero."""

    REPORTED = "reported"
    ZERO = "zero"
    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"  # something is typed and was refused
    BLOCKED = "blocked"  # it was read, but an F finding names it

    @property
    def counts(self) -> bool:
        """Whether the value takes part in a score."""
        return self in (State.REPORTED, State.ZERO)

    @property
    def answers(self) -> bool:
        """Whether what was asked for is said: a figure, a zero, or that it does not apply."""
        return self.counts or self is State.NOT_APPLICABLE


class Severity(StrEnum):
    """F blocks the values it names, E asks for a reason, W informs, R says how an unusual entry was read."""

    FATAL = "F"
    EXPLAIN = "E"
    WARNING = "W"
    READ_AS = "R"


@dataclass(frozen=True, slots=True)
class Observation:
    """One data element of one library in one month, as one cell says it. `value` is None unless the state counts."""

    library: str
    element: str
    period: Period
    state: State
    value: float | None
    cell: Cell
    typed: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to ask or to tell about typed values. `rule` is the code in the catalogue of checks."""

    rule: str
    severity: Severity
    message: Message
    library: str | None = None
    element: str | None = None
    period: Period | None = None
    cells: tuple[Cell, ...] = ()
    typed: str = ""
    proposal: str = ""
    names: tuple[str, ...] = ()  # further elements of the same library and month (None: any) that the finding names
    reason: str = ""  # what the library answered

    @property
    def is_question(self) -> bool:
        """Whether it waits for a person: a refused value, or an unusual one for which no reason was given."""
        return self.severity is Severity.FATAL or (self.severity is Severity.EXPLAIN and not self.reason)

    @property
    def code(self) -> str:
        """Short and stable (`Kode`): the same question about the same typed value has the same code on every run."""
        about_no_figure = self.library is None or (self.element is None and self.period is None)
        where = self.cells[0] if self.cells and about_no_figure else ""
        parts = (self.rule, self.library, self.element, self.period, self.typed, where)
        digest = hashlib.blake2s("\x1f".join(str(part) for part in parts).encode(), digest_size=4).hexdigest()
        return f"{self.rule}-{digest}"


@dataclass(frozen=True, slots=True, order=True)
class DatedValue:
    """A reference figure that holds from a year on, with where it comes from."""

    year: int
    value: float
    source: str = ""
    cell: Cell | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class OfficialScore:
    """The programme's own score (SIM), typed in by the office; shown beside ours, never mixed with it."""

    value: float
    period: str


@dataclass(frozen=True, slots=True)
class Library:
    """A row of the register. `code` is the NPP where there is one, else the office's own."""

    code: str
    name: str
    kind: str = "desa"
    aliases: tuple[str, ...] = ()
    tab: str = ""
    district: str = ""  # kecamatan
    population: tuple[DatedValue, ...] = ()
    pic: str = ""
    emails: tuple[str, ...] = ()
    whatsapp: str = ""
    active_since: date | None = None
    active_until: date | None = None
    official: OfficialScore | None = None
    cell: Cell | None = None  # the register row

    def active_in(self, period: Period) -> bool:
        """Whether the library was in service on any day of the month."""
        since, until = self.active_since or date.min, self.active_until or date.max
        return since <= period.last_day and until >= period.first_day

    def population_in(self, period: Period) -> DatedValue | None:
        """The newest figure not younger than the month's year, else the oldest there is."""
        known = sorted(self.population)
        past = [figure for figure in known if figure.year <= period.year]
        return past[-1] if past else (known[0] if known else None)


def register_sheets(libraries: Iterable[Library]) -> frozenset[tuple[str, int]]:
    """Where the register stands, as workbook and sheetId: what is asked about it, the office has to answer."""
    return frozenset((library.cell.workbook, library.cell.sheet_id) for library in libraries if library.cell)


class Horizon(StrEnum):
    """Over which months a score looks, all of them ending with its period."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_DATE = "ytd"
    ROLLING_YEAR = "r12"


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator's share of a score.

    `points` are attainment cut to [0, 1]; `contribution` = 10 × weight × points / Σ weight of the indicators that
    count, so the contributions add up to the score; `lost` is what is missing to the most it could give.
    """

    indicator: str
    state: State
    numerator: float | None
    denominator: float | None
    actual: float | None
    target: float | None
    attainment: float | None
    points: float | None
    weight: float
    contribution: float
    lost: float

    @property
    def lacks_denominator(self) -> bool:
        """Whether there is something to divide but nothing to divide it by."""
        return self.state is State.EMPTY and self.numerator is not None and self.denominator is None


@dataclass(frozen=True, slots=True)
class Step:
    """A change that would raise a score: `amount` more of the element (`unit` a month) brings the score to `score`."""

    indicator: str
    element: str
    amount: float
    per_month: bool
    score: float


@dataclass(frozen=True, slots=True)
class Score:
    """A library's internal score, 0 to 10, with where it comes from. `value` is None below the coverage floor.

    `coverage` is the weight of the indicators that count over the weight of those that apply; `low` and `high` are
    what the score would be if every open question were settled against or for the library.
    """

    library: str
    period: Period
    horizon: Horizon
    scheme: str
    value: float | None
    category: str | None
    provisional: bool
    coverage: float
    low: float | None
    high: float | None
    parts: tuple[Part, ...]


class Reporting(StrEnum):
    """How much of a month a library has reported."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Revision:
    """A sealed figure that the sheet now gives differently. `before` None: it came late (susulan)."""

    library: str
    element: str
    period: Period
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class LibraryMonth:
    """All that a page or a letter says about one library in one month."""

    library: Library
    reporting: Reporting
    score: Score | None  # year to date
    month_score: Score | None
    previous: Score | None  # year to date, one month earlier
    trend: tuple[float | None, ...]  # month scores of the last twelve months, oldest first
    completeness: float
    first_seen: datetime | None
    on_time: bool | None  # None: unknown
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    revisions: tuple[Revision, ...]
    observations: tuple[Observation, ...]  # of the reporting year up to the month


@dataclass(frozen=True, slots=True)
class StaleWorkbook:
    """A workbook that could not be read; its last good data are shown with their age."""

    workbook: str
    title: str
    last_read: datetime | None
    reason: Message


@dataclass(frozen=True, slots=True)
class OfficeMonth:
    """An office's month: what `Rekap` and the reports are made of.

    `completeness` and `timeliness` are shares of 1, None where nothing is due or nothing is known.
    `categories` counts libraries per category of the scheme, `not_reported` those without a score.
    """

    office: str
    period: Period
    scheme: str
    data_as_of: datetime | None
    checked_at: datetime
    libraries: tuple[LibraryMonth, ...]
    completeness: float | None
    timeliness: float | None
    findings: tuple[Finding, ...]  # those that name no library, or its row of the register
    stale: tuple[StaleWorkbook, ...] = ()
    trend: tuple[float | None, ...] = ()  # mean month score of the office's libraries, twelve months, oldest first
