"""What a workbook holds, as read: the value between Google and intake. Nothing here knows HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sheets_sync.model.deferred import Deferring


class NumberKind(StrEnum):
    """What a cell's number format makes of its number: a date is a serial, 5 % is 0.05."""

    PLAIN = "plain"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date_time"
    PERCENT = "percent"
    CURRENCY = "currency"
    SCIENTIFIC = "scientific"
    TEXT = "text"

    __hash__ = str.__hash__  # of a cell that is looked up: Enum's own is a call in Python


@dataclass(frozen=True, slots=True)
class FormulaError:
    """An error value; `text` is what the cell shows, like `#REF!`."""

    text: str


class GridCell(NamedTuple):
    """A cell: its effective value, the text it shows, what its format makes of a number, whether it is a formula.

    A tuple, because a workbook has tens of thousands: it is made in a third of the time.
    """

    value: float | str | bool | FormulaError | None = None
    text: str = ""
    kind: NumberKind = NumberKind.PLAIN
    formula: str = ""

    @property
    def blank(self) -> bool:
        """Nothing but white space (no-break spaces included) is shown."""
        return not self.text.strip() and not isinstance(self.value, FormulaError)


EMPTY_CELL = GridCell()


def texts_of(rows: Iterable[Iterable[GridCell]]) -> tuple[tuple[str, ...], ...]:
    """What cells show, row by row."""
    return tuple([tuple([cell[1] for cell in row]) for row in rows])


def filled(cells: Iterable[GridCell]) -> list[GridCell]:
    """Those that are not blank; nearly all of them show something, which is told without asking each."""
    return [cell for cell in cells if cell[1].strip() or not cell.blank]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, ends excluded; only its top left cell holds the value."""

    row: int
    end_row: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Tab(Deferring):
    """A tab; `rows` are ragged: cells beyond a row's end are empty. `texts` is what they show."""

    sheet_id: int
    title: str
    rows: tuple[tuple[GridCell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    texts: tuple[tuple[str, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.deferring(texts=_texts)

    def at(self, row: int, column: int) -> GridCell:
        """The cell, empty where the grid does not reach."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return EMPTY_CELL


def _texts(tab: Tab) -> tuple[tuple[str, ...], ...]:
    return texts_of(tab.rows)


@dataclass(frozen=True, slots=True)
class CommentThread:
    """A comment thread: where it is anchored (None: its cell is gone) and what was said.

    `quote` is what the cell showed when the comment was made; `closed_by_me` is whether we resolved it ourselves.
    """

    thread_id: str
    sheet_id: int | None
    row: int | None
    column: int | None
    resolved: bool
    by_me: bool  # whether we wrote its first post
    text: str
    quote: str
    replies: int = 0
    answered: bool = False  # somebody else replied
    created: datetime | None = None
    closed_by_me: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as one read gave it."""

    id: str
    title: str
    locale: str
    time_zone: str
    tabs: tuple[Tab, ...]
    comments: tuple[CommentThread, ...] = ()
