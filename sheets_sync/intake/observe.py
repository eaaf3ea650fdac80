"""Turns a cell and what stands in it into an observation, and into a question where the entry was not plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_sync.checks.catalogue import entries, places
from sheets_sync.grid import FormulaError, GridCell
from sheets_sync.intake.entry import Entry
from sheets_sync.intake.layouts.sheet import Sheet, Slot
from sheets_sync.intake.readers import Readers
from sheets_sync.messages import msg
from sheets_sync.model import Finding, Observation, Period, State
from sheets_sync.office import Elements


class Observer:
    """Reads the cells of slots as their elements are counted."""

    def __init__(self, elements: Elements, readers: Readers) -> None:
        self.elements, self._readers = elements, readers

    def observe(self, slot: Slot, sheet: Sheet) -> tuple[Observation, Finding | None]:
        """What the slot's cell says. A month outside the reporting year of its tab is blocked."""
        cell = sheet.tab.at(slot.row, slot.column)
        entry = self._readers.read(slot.element, cell)
        state, value = entry.state, entry.value
        if value is not None and not sheet.year.contains(slot.period):
            state, value = State.BLOCKED, None
        where = sheet.cell(slot.row, slot.column)
        observation = Observation(slot.library, slot.element, slot.period, state, value, where, shown(cell))
        return observation, None if entry.plain and not entry.refusal else self._question(observation, entry)

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
            value=msg("not applicable") if entry.value is None else entry.value,
        )


def shown(cell: GridCell) -> str:
    """The entry as people see it."""
    return cell.value.text if isinstance(cell.value, FormulaError) else cell.text


def outside_year(observations: Iterable[Observation], sheet: Sheet) -> Iterator[Finding]:
    """One question for each library and month with figures outside the reporting year of their tab."""
    blocked: dict[tuple[str, Period], list[Observation]] = {}
    for seen in observations:
        if seen.state is State.BLOCKED:
            blocked.setdefault((seen.library, seen.period), []).append(seen)
    for (library, period), group in blocked.items():
        yield places.OTHER_YEAR.finding(
            library=library,
            element=group[0].element,
            period=period,
            cells=tuple(seen.cell for seen in group),
            names=tuple(seen.element for seen in group[1:]),
            month=period,
            year=str(sheet.year.year),
        )
