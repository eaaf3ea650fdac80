"""What an office's sheets said when they were last read, and what they say after another reading. Pure.

What is loaded before a reading need not be loaded again after it: what was saved in between is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sheets_sync.model import CellRef, Observation

Key = tuple[str, str, int]  # library, element and the month's ordinal: what a figure is about


@dataclass(frozen=True, slots=True)
class StandingFigures:
    """What the sheets say, in the order it was first seen; `read_at` is when each workbook was read."""

    observations: tuple[Observation, ...] = ()
    read_at: Mapping[str, datetime | None] = field(default_factory=dict)

    def of(self, workbook: str) -> tuple[Observation, ...]:
        """What one workbook says."""
        return tuple(seen for seen in self.observations if seen.cell.workbook == workbook)

    def after(self, workbook: str, change: Change, at: datetime) -> StandingFigures:
        """The same once a workbook was read again."""
        read_at = {**self.read_at, workbook: at}
        if not change.cells and not change.new:
            return StandingFigures(self.observations, read_at)
        here = (change.cells.get(seen.cell, seen) for seen in self.observations)
        return StandingFigures((*(seen for seen in here if seen is not None), *change.new), read_at)


@dataclass(frozen=True, slots=True)
class Change:
    """What a reading changed: what now stands in place of what stood in a cell (None: nothing), and what is new."""

    cells: Mapping[CellRef, Observation | None] = field(default_factory=dict)
    new: Sequence[Observation] = ()


def key_of(seen: Observation) -> Key:
    """What a figure is about."""
    return seen.library, seen.element, seen.period.ordinal


def differing(stood: Sequence[Observation], seen: Sequence[Observation]) -> frozenset[Key] | None:
    """Of what something else is said now, or elsewhere; None where cells alone don't tell that."""
    before, now = {each.cell: each for each in stood}, {each.cell: each for each in seen}
    if len(before) != len(stood) or len(now) != len(seen):  # one cell says several things
        return None
    return frozenset((*_missing(stood, now), *_missing(seen, before)))


def _missing(these: Iterable[Observation], there: Mapping[CellRef, Observation]) -> Iterable[Key]:
    return (key_of(each) for each in these if there.get(each.cell) != each)
