"""A row per event with its date, counted into elements; a row belongs to the month of its date.

A log that also notes visitors or loans a day is added up the same way. A month without any row says nothing; in a month
with rows, a kind that the log knows but that did not happen is zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.config.office import ElementKind
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.lines import Slot
from sheets_sync.intake.layouts.sheet import Sheet, of_library
from sheets_sync.intake.observe import Observer
from sheets_sync.intake.options import LogCount
from sheets_sync.intake.values.dates import read_date
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import CellRef, Finding, Observation, Period, State
from sheets_sync.model.grid import GridCell
from sheets_sync.rules import places

Month = tuple[str, Period]  # a library's month


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the log: whose, when, and as what it counts (None: it only carries figures)."""

    row: int
    month: Month
    count: LogCount | None


@dataclass(slots=True)
class _Sum:
    """What the rows of a month add up to; `gaps` are the rows where nothing is typed."""

    value: float = 0.0
    filled: list[CellRef] = field(default_factory=list)
    gaps: list[CellRef] = field(default_factory=list)
    readable: bool = True


class ActivityLog:
    """Counts the rows of one log; `findings` fills up on the way."""

    def __init__(self, sheet: Sheet, observer: Observer, counts: Sequence[LogCount]) -> None:
        self._sheet, self._observer = sheet, observer
        self._counts = [count for count in counts if count.element in observer.elements.by_id]
        self._date = sheet.table.with_role(Role.DATE)[0]
        self._kind = _kind_column(sheet)
        self._figures = [
            column for column in sheet.table.with_role(Role.ELEMENT) if column != self._kind and self._flows(column)
        ]
        self.findings: list[Finding] = []

    def observations(self) -> Iterator[Observation]:
        """How often each kind of event took place in each month, and what their figures add up to."""
        events = list(self._events())
        yield from self._numbers_of(events)
        for column in self._figures:
            yield from self._sums(column, events)

    def _flows(self, column: HeaderColumn) -> bool:
        """Whether the figures of a column can be added up over days."""
        element = self._observer.elements[column.meaning.element] if column.meaning else None
        return element is not None and element.kind is ElementKind.FLOW

    def _events(self) -> Iterator[Event]:
        for row in self._sheet.rows():
            if self._sheet.is_total(row) or not self._says_something(row):
                continue
            library = self._sheet.library_of(row)
            period = self._period(row)
            if isinstance(library, str) and isinstance(period, Period):
                yield Event(row, (library, period), self._count(row))
                continue
            whose = library if isinstance(library, str) else None
            problems = (problem for problem in (library, period) if isinstance(problem, Finding))
            self.findings += [of_library(problem, whose) for problem in problems]
            if library is None:
                self.findings.append(places.NO_LIBRARY.finding(cells=(self._sheet.cell(row, self._date.index),)))

    def _says_something(self, row: int) -> bool:
        """Whether a row is an event, not a note below the table: a date, or a kind with a figure."""
        dated = self._date_in(self._sheet.key(row, self._date.index))
        named = self._kind is not None and not self._sheet.tab.at(row, self._kind.index).blank
        return dated.value is not None or ((named or dated.refusal is not None) and self._has_figures(row))

    def _has_figures(self, row: int) -> bool:
        return self._sheet.has_figures(row, self._figures) or not self._figures

    def _period(self, row: int) -> Period | Finding:
        cell = self._sheet.key(row, self._date.index)
        entry = self._date_in(cell)
        if entry.value is not None:
            return Period.of(entry.value)
        where = (self._sheet.cell(row, self._date.index),)
        return (entry.refusal or places.NO_DATE).finding(cells=where, typed=tidy(cell.text))

    def _date_in(self, cell: GridCell) -> Entry[date]:
        return read_date(cell, day_first=self._sheet.day_first, none=self._sheet.vocabulary.none)

    def _count(self, row: int) -> LogCount | None:
        """What a row counts as: by a word of its kind, else as any event."""
        if self._kind is None:
            return None
        kind = f" {fold(self._sheet.tab.at(row, self._kind.index).text)} "
        by_word = (c for c in self._counts if any(f" {fold(word)} " in kind for word in c.kinds))
        return next(by_word, None) or next((c for c in self._counts if not c.kinds), None)

    def _numbers_of(self, events: Sequence[Event]) -> Iterator[Observation]:
        """The number of events of each kind that the log knows, in each month that it has events of."""
        counted: dict[Month, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for event in events:
            if event.count:
                counted[event.month][event.count.element].append(event.row)
        kinds = dict.fromkeys(element for found in counted.values() for element in found)
        for month, found in counted.items():
            first = min(row for happened in found.values() for row in happened)
            for element in kinds:
                happened = found.get(element, [])
                cell = self._sheet.cell(min(happened, default=first), self._date.index)
                yield self._observation(month, element, float(len(happened)), cell)

    def _sums(self, column: HeaderColumn, events: Iterable[Event]) -> Iterator[Observation]:
        element = column.meaning.element if column.meaning else ""
        sums: dict[Month, _Sum] = defaultdict(_Sum)
        for event in events:
            if event.count is None or event.count.people:
                slot = Slot(event.row, column.index, event.month[0], element, event.month[1])
                self._add(sums[event.month], slot)
        for (library, period), total in sums.items():
            cell = (total.filled or total.gaps)[0]
            if not total.filled or not total.readable:
                state = State.UNREADABLE if total.filled else State.EMPTY
                yield Observation(library, element, period, state, None, cell, "")
                continue
            yield self._observation((library, period), element, total.value, cell)
            if total.gaps:
                self.findings.append(self._gap((library, period), element, total.gaps))

    def _gap(self, month: Month, element: str, gaps: Sequence[CellRef]) -> Finding:
        return places.LOG_GAP.finding(
            library=month[0],
            element=element,
            period=month[1],
            cells=tuple(gaps),
            label=self._observer.elements[element].label,
            month=month[1],
            count=len(gaps),
        )

    def _observation(self, month: Month, element: str, value: float, cell: CellRef) -> Observation:
        library, period = month
        typed = f"{value:g}"
        if not self._sheet.year.contains(period):
            return Observation(library, element, period, State.BLOCKED, None, cell, typed)
        state = State.REPORTED if value else State.ZERO
        return Observation(library, element, period, state, value, cell, typed)

    def _add(self, total: _Sum, slot: Slot) -> None:
        seen, question = self._observer.observe(slot, self._sheet)
        if question:
            self.findings.append(question)
        if seen.state in (State.EMPTY, State.NOT_APPLICABLE):
            total.gaps.append(seen.cell)
            return
        total.filled.append(seen.cell)
        total.value += seen.value or 0.0
        total.readable = total.readable and seen.state is not State.UNREADABLE


def _kind_column(sheet: Sheet) -> HeaderColumn | None:
    """The column that says what took place: by its heading, else the first one of an element that holds words."""
    kind = sheet.table.first(Role.KIND)
    return kind or next((c for c in sheet.table.with_role(Role.ELEMENT) if _holds_words(c, sheet)), None)


def _holds_words(column: HeaderColumn, sheet: Sheet) -> bool:
    texts = [tidy(sheet.tab.at(row, column.index).text) for row in range(sheet.table.first_row, sheet.table.end_row)]
    filled = [text for text in texts if text]
    words = [text for text in filled if len(fold(text)) > 2 and not any(map(str.isdigit, text))]
    return bool(filled) and len(words) > len(filled) / 2
