"""Turns a cell and what stands in it into an observation, and into a question where the entry was not plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from sheets_sync.config.office import Elements, Reading
from sheets_sync.intake.entry import Entry, shown
from sheets_sync.intake.layouts.lines import Line, Slot
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.readers import Readers
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import CellRef, Finding, Observation, Period, State, msg
from sheets_sync.model.grid import GridCell
from sheets_sync.rules import entries, places
from sheets_sync.rules.rule import Rule

_EXAMPLES: Mapping[Reading, object] = MappingProxyType(
    {Reading.DECIMAL: 7.5, Reading.HOURS: msg("{number} or {span}", number=7.5, span="08.00-15.30")}
)


MAX_CELLS = 50  # named in one question
Observed = tuple[Observation, Finding | None]
Read = tuple[list[Observation], list[Finding]]  # what cells say, and what is to be asked about them
_made = tuple.__new__  # in half the time that the name of a named tuple takes: there are ten thousands
_NOTHING = (State.EMPTY, State.ZERO, State.NOT_APPLICABLE)


class Observer:
    """Reads the cells of slots as their elements are counted."""

    def __init__(self, elements: Elements, readers: Readers) -> None:
        self.elements, self._readers = elements, readers

    def observe_line(self, line: Line, sheet: Sheet) -> Read:
        """What the cells of a line say: all at once where there is nothing to ask about any of them."""
        row, library, columns, elements, periods = line
        cells = sheet.cells(row, columns)
        read = self._readers.read_line(elements, cells)
        if read is None or not _within(sheet.year, periods):
            return _parted(self.observe(slot, sheet) for slot in line.slots())
        book, sheet_id, title = sheet.workbook, sheet.tab.sheet_id, sheet.tab.title
        parts = zip(elements, periods, read, columns, cells, strict=True)
        seen: list[Observation] = []
        for element, period, (state, value), column, cell in parts:
            where = _made(CellRef, (book, sheet_id, title, row, column))
            # A formula that failed, which shows something else than was typed, would be a question.
            seen.append(_made(Observation, (library, element, period, state, value, where, cell[1])))
        return seen, []

    def observe(self, slot: Slot, sheet: Sheet, typed: GridCell | None = None) -> Observed:
        """What the slot's cell says, or `typed` in its place. A month outside the reporting year of its tab is blocked."""
        row, column, library, element, period = slot
        cell = typed or sheet.tab.at(row, column)
        entry = self._readers.read(element, cell)
        state, value = entry.state, entry.value
        if value is not None and not sheet.year.contains(period):
            state, value = State.BLOCKED, None
        said = (library, element, period, state, value, sheet.cell(row, column), shown(cell))
        observation = _made(Observation, said)
        return observation, None if entry.plain and not entry.refusal else self._question(observation, entry)

    def observe_merged(self, group: Sequence[Slot], sheet: Sheet) -> Read:
        """What one merged cell says of several slots: nothing for sure, unless that none of them has anything."""
        typed = sheet.tab.at(group[0].row, group[0].column)
        read = [self.observe(slot, sheet, typed) for slot in group]
        if all(seen.state in _NOTHING for seen, _ in read):
            return _parted(read)
        refused = [seen._replace(state=State.UNREADABLE, value=None) for seen, _ in read]
        return refused, [self._merged(refused)]

    def _merged(self, group: Sequence[Observation]) -> Finding:
        first, last = group[0], group[-1]
        return entries.MERGED.finding(
            library=first.library,
            element=first.element,
            period=first.period,
            cells=tuple(seen.cell for seen in group),
            typed=first.typed,
            span=f"{first.cell.a1}:{last.cell.a1}",
            example=self._example(entries.MERGED, first.element),
        )

    def _example(self, rule: Rule, element: str) -> object:
        """The rule's example of a right entry, or one that fits how the element is read."""
        fitting = _EXAMPLES.get(self.elements[element].reading) if rule.example == entries.A_COUNT else None
        return fitting or rule.example

    def _question(self, seen: Observation, entry: Entry[float]) -> Finding:
        rule = entry.refusal or entries.READ_AS
        return rule.finding(
            library=seen.library,
            element=seen.element,
            period=seen.period,
            cells=(seen.cell,),
            typed=seen.typed,
            proposal=entry.proposal,
            label=self.elements[seen.element].label,
            unit=self.elements[seen.element].unit,
            value=msg("not applicable") if entry.value is None else entry.value,
            example=self._example(rule, seen.element),
        )


def _parted(observed: Iterable[Observed]) -> Read:
    seen, questions = [], []
    for each, question in observed:
        seen.append(each)
        if question:
            questions.append(question)
    return seen, questions


def _within(year: ReportingYear, periods: tuple[Period, ...]) -> bool:
    """Whether all months are in a reporting year; those of a line are often all the same one."""
    first = periods[:1]
    return not year.excludes or all(map(year.covers, first if periods == first * len(periods) else periods))


def outside_year(observations: Iterable[Observation], sheet: Sheet) -> Iterator[Finding]:
    """One question for all figures of a table outside the reporting year of their tab, with its year proposed."""
    blocked = [seen for seen in observations if seen.state is State.BLOCKED] if sheet.year.excludes else []
    if blocked:
        periods = list(dict.fromkeys(seen.period for seen in blocked))
        library = blocked[0].library if len({seen.library for seen in blocked}) == 1 else None
        elements = list(dict.fromkeys(seen.element for seen in blocked))
        yield places.OTHER_YEAR.finding(
            library=library,
            element=elements[0] if library else None,
            period=periods[0] if library and len(periods) == 1 else None,
            cells=tuple(seen.cell for seen in blocked),
            proposal=str(sheet.year.year),
            names=tuple(elements[1:]) if library else (),
            month=_named(periods),
            year=str(sheet.year.year),
        )


def about_tab_year(observations: Iterable[Observation], sheet: Sheet) -> Iterator[Finding]:
    """The question which year is right where most months of a table say another one than its tab."""
    outside = [seen for seen in observations if not sheet.year.binding and not sheet.year.covers(seen.period)]
    if outside:
        months = _named(list(dict.fromkeys(seen.period for seen in outside)))
        said = str(outside[0].period.year)
        cells = tuple(dict.fromkeys(seen.cell for seen in outside))[:MAX_CELLS]
        yield places.TAB_YEAR.finding(
            cells=cells, typed=sheet.tab.title, proposal=said, months=months, year=str(sheet.year.year)
        )


def _named(periods: Sequence[Period]) -> object:
    """One month, or the first and the last of several."""
    first, last = min(periods), max(periods)
    return first if first == last else msg("{first} to {last}", first=first, last=last)
