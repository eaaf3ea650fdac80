"""Structural changes of a grid, as mappings: where does a cell go, and what does a range point at afterwards?

`formulas.adjust` uses them for the references in formulas, `sheets.shift` for everything else that holds a range. None
as an answer means that the cell, or all of the range, is gone (`#REF!`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from sheets_sync.local_google.ranges import Bounds
from sheets_sync.local_google.workbook import Box

Dimension = Literal["ROWS", "COLUMNS"]
Span = tuple[int | None, int | None]
"""The start and (excluded) end of a range along one dimension; None where it is open."""


class Change(Protocol):
    """A structural change of one sheet."""

    @property
    def sheet_id(self) -> int:
        """The sheet whose cells move."""

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell of the sheet stands afterwards."""

    def bounds(self, bounds: Bounds) -> Bounds | None:
        """What a range of the sheet is afterwards."""


@dataclass(frozen=True, slots=True)
class Insert:
    """`count` rows or columns come before index `at`; in a part of the sheet only (insertRange) if `lanes` is given.

    `lanes` are the columns of inserted rows, or the rows of inserted columns.
    """

    sheet_id: int
    dimension: Dimension
    at: int
    count: int
    lanes: tuple[int, int] | None = None

    def index(self, index: int) -> int:
        return index + self.count if index >= self.at else index

    def span(self, start: int | None, end: int | None) -> Span:
        """Grows if the place is inside, moves if it is before."""
        return None if start is None else self.index(start), None if end is None else self.index(end - 1) + 1

    def cell(self, row: int, column: int) -> tuple[int, int]:
        if not _in_lanes(self, row, column):
            return row, column
        return (self.index(row), column) if self.dimension == "ROWS" else (row, self.index(column))

    def bounds(self, bounds: Bounds) -> Bounds:
        return _along(self, bounds, self.span(*_span(self, bounds))) if _covered(self, bounds) else bounds


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows or columns from `start` to `end` (excluded) go; in a part of the sheet only (deleteRange) if `lanes` is given."""

    sheet_id: int
    dimension: Dimension
    start: int
    end: int
    lanes: tuple[int, int] | None = None

    def index(self, index: int) -> int | None:
        if index < self.start:
            return index
        return None if index < self.end else index - (self.end - self.start)

    def span(self, start: int | None, end: int | None) -> Span | None:
        """Shrinks by what is gone; None if nothing is left."""
        first = None if start is None else self._edge(start)
        last = None if end is None else self._edge(end)
        gone = last is not None and last <= (first or 0)
        return None if gone else (first, last)

    def _edge(self, edge: int) -> int:
        """An edge lies between two cells: those inside what goes fall together at its start."""
        return edge - max(0, min(edge, self.end) - self.start)

    def cell(self, row: int, column: int) -> tuple[int, int] | None:
        if not _in_lanes(self, row, column):
            return row, column
        moved = self.index(row if self.dimension == "ROWS" else column)
        if moved is None:
            return None
        return (moved, column) if self.dimension == "ROWS" else (row, moved)

    def bounds(self, bounds: Bounds) -> Bounds | None:
        if not _covered(self, bounds):
            return bounds
        span = self.span(*_span(self, bounds))
        return None if span is None else _along(self, bounds, span)


@dataclass(frozen=True, slots=True)
class Move:
    """The rows or columns from `start` to `end` (excluded) move before index `to`, counted as it was before the move."""

    sheet_id: int
    dimension: Dimension
    start: int
    end: int
    to: int
    lanes: None = None

    def index(self, index: int) -> int:
        size = self.end - self.start
        if self.start <= index < self.end:
            return index + (self.to - self.end if self.to >= self.end else self.to - self.start)
        if self.end <= index < self.to:
            return index - size
        return index + size if self.to <= index < self.start else index

    def span(self, start: int | None, end: int | None) -> Span:
        """What moves as a whole follows; a range that loses its first or last rows shrinks to those that stay."""
        first, last = start, end
        if first is not None and self.start <= first < self.end and (last is None or last > self.end):
            first = self.end
        if last is not None and self.start < last <= self.end and (first or 0) < self.start:
            last = self.start
        return None if first is None else self.index(first), None if last is None else self.index(last - 1) + 1

    def cell(self, row: int, column: int) -> tuple[int, int]:
        return (self.index(row), column) if self.dimension == "ROWS" else (row, self.index(column))

    def bounds(self, bounds: Bounds) -> Bounds:
        return _along(self, bounds, self.span(*_span(self, bounds)))


@dataclass(frozen=True, slots=True)
class Drop:
    """The whole sheet goes."""

    sheet_id: int

    def cell(self, row: int, column: int) -> None:
        """No cell is left."""

    def bounds(self, bounds: Bounds) -> None:
        """No range is left."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The cells of `source` go to another place of the same or another sheet (cutPaste); what was there is overwritten."""

    sheet_id: int
    source: Box
    to_sheet_id: int
    row: int
    column: int

    def cell(self, row: int, column: int) -> tuple[int, int]:
        if not self.source.holds(row, column):
            return row, column
        return row + self.row - self.source.top, column + self.column - self.source.left

    def bounds(self, bounds: Bounds) -> Bounds:
        """Ranges wholly inside the source follow (to `to_sheet_id`), others stay."""
        if not self.takes(bounds):
            return bounds
        down, right = self.row - self.source.top, self.column - self.source.left
        top, left, bottom, last = bounds
        return Bounds((top or 0) + down, (left or 0) + right, (bottom or 0) + down, (last or 0) + right)

    def takes(self, bounds: Bounds) -> bool:
        """Whether the range is wholly inside the source."""
        if bounds.bottom is None or bounds.right is None:
            return False
        return Box(bounds.top or 0, bounds.left or 0, bounds.bottom, bounds.right).inside(self.source)


Lined = Insert | Delete | Move


def _in_lanes(change: Lined, row: int, column: int) -> bool:
    if change.lanes is None:
        return True
    across = column if change.dimension == "ROWS" else row
    return change.lanes[0] <= across < change.lanes[1]


def _covered(change: Lined, bounds: Bounds) -> bool:
    """A range follows a change of some lanes only if it lies within them."""
    if change.lanes is None:
        return True
    start, end = (bounds.left, bounds.right) if change.dimension == "ROWS" else (bounds.top, bounds.bottom)
    return (start or 0) >= change.lanes[0] and end is not None and end <= change.lanes[1]


def _span(change: Lined, bounds: Bounds) -> Span:
    return (bounds.top, bounds.bottom) if change.dimension == "ROWS" else (bounds.left, bounds.right)


def _along(change: Lined, bounds: Bounds, span: Span) -> Bounds:
    if change.dimension == "ROWS":
        return Bounds(span[0], bounds.left, span[1], bounds.right)
    return Bounds(bounds.top, span[0], bounds.bottom, span[1])
