"""What a cell says of a data element, and what is known of the value. Missing is not zero."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from sheets_sync.model.cell import CellRef
from sheets_sync.model.period import Period


class State(StrEnum):
    """What is known of a value. Missing is not zero."""

    REPORTED = "reported"
    ZERO = "zero"
    EMPTY = "empty"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"  # something is typed and was refused
    BLOCKED = "blocked"  # it was read, but an F finding names it

    counts: bool  # whether the value takes part in a score
    answers: bool  # whether what was asked for is said: a figure, a zero, or that it does not apply

    def __init__(self, value: str) -> None:
        self.counts = value in ("reported", "zero")
        self.answers = self.counts or value == "not_applicable"


class Observation(NamedTuple):
    """One data element of one library in one month, as one cell says it. `value` is None unless the state counts.

    A tuple, as the cell it names: they are made and compared by the ten thousand, in a third of the time.
    """

    library: str
    element: str
    period: Period
    state: State
    value: float | None
    cell: CellRef
    typed: str
