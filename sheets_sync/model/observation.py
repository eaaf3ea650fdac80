"""What a cell says of a data element, and what is known of the value. Missing is not zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Observation:
    """One data element of one library in one month, as one cell says it. `value` is None unless the state counts."""

    library: str
    element: str
    period: Period
    state: State
    value: float | None
    cell: CellRef
    typed: str
