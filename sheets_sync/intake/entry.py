"""What a single entry says: the small result of reading one cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sheets_sync.model import State
from sheets_sync.model.grid import FormulaError, GridCell
from sheets_sync.rules.rule import Rule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """What was read: a value, or why not.

    `refusal` is the rule that refused the entry, `proposal` what may have been meant; `plain` is False where the
    entry was read as something else than it shows, which is reported back. `form` is the form of the reading table.
    """

    state: State
    value: T | None = None
    refusal: Rule | None = None
    proposal: str = ""
    plain: bool = True
    form: str = ""


def refused(rule: Rule, proposal: str = "") -> Entry[T]:
    """The entry can't be read."""
    return Entry(State.UNREADABLE, refusal=rule, proposal=proposal)


def shown(cell: GridCell) -> str:
    """The entry as people see it."""
    return cell.value.text if isinstance(cell.value, FormulaError) else cell.text
