"""A reference as it stands in a formula: read, moved, written again with its `$` signs where they were."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sheets_sync.local_google.ranges import MAX_COLUMNS, Bounds, column_index, column_letters, quote

LOST = "#REF!"
"""What stands in a formula where a reference has lost what it pointed at."""

_TEXT = re.compile(r"(?:(?P<title>'(?:[^']|'')*'|[^'!]+)!)?(?P<first>[^:]+)(?::(?P<last>[^:]+))?")
_CORNER = re.compile(r"(?P<fixed_column>\$?)(?P<column>[A-Za-z]{1,3})?(?P<fixed_row>\$?)(?P<row>[1-9][0-9]*)?")


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a reference: row and column from 0 (None: left open), and whether `$` stands before them."""

    row: int | None
    column: int | None
    fixed_row: bool = False
    fixed_column: bool = False

    def __str__(self) -> str:
        column = "" if self.column is None else "$" * self.fixed_column + column_letters(self.column)
        return column + ("" if self.row is None else "$" * self.fixed_row + str(self.row + 1))

    def moved(self, down: int, right: int) -> Corner | None:
        """As a copy of the formula so far away has it; None beyond the first row or column."""
        row = self.row if self.row is None or self.fixed_row else self.row + down
        column = self.column if self.column is None or self.fixed_column else self.column + right
        outside = (row is not None and row < 0) or (column is not None and not 0 <= column < MAX_COLUMNS)
        return None if outside else replace(self, row=row, column=column)


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell (`last` is None) or a range. `title` is the tab's, or None for the formula's own."""

    title: str | None
    first: Corner
    last: Corner | None = None

    def __str__(self) -> str:
        text = f"{self.first}:{self.last}" if self.last else str(self.first)
        return text if self.title is None else f"{quote(self.title)}!{text}"

    @property
    def bounds(self) -> Bounds:
        """What it covers. An end without a row or column is open there."""
        last = self.last or self.first
        top, bottom = _span(self.first.row, last.row)
        left, right = _span(self.first.column, last.column)
        return Bounds(top, left, bottom, right)

    def moved(self, down: int, right: int) -> Reference | None:
        """As a copy of the formula so far away has it; None if it would leave the grid."""
        first = self.first.moved(down, right)
        last = self.last and self.last.moved(down, right)
        if first is None or (self.last and last is None):
            return None
        return replace(self, first=first, last=last)

    def at(self, bounds: Bounds) -> Reference:
        """This reference pointing elsewhere, with the same ends fixed and open."""
        last = self.last or self.first
        (top, bottom), (left, right) = _span(self.first.row, last.row), _span(self.first.column, last.column)
        start = Bounds(top, left, bottom, right)
        if start == bounds:
            return self
        first = replace(
            self.first, row=_start(self.first.row, bounds.top), column=_start(self.first.column, bounds.left)
        )
        if self.last is None:
            return replace(self, first=first)
        end = replace(
            self.last,
            row=_end(self.last.row, bounds.bottom, bounds.top),
            column=_end(self.last.column, bounds.right, bounds.left),
        )
        return replace(self, first=first, last=end)


def _span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if first is None or last is None:
        return (last if first is None else first), None
    return min(first, last), max(first, last) + 1


def _start(own: int | None, start: int | None) -> int | None:
    return None if own is None else start


def _end(own: int | None, end: int | None, start: int | None) -> int | None:
    """Where only one of the ends has a number (`A:A5`), that is the start."""
    if own is None:
        return None
    return start if end is None else end - 1


def read_reference(text: str) -> Reference | None:
    """The reference that a text is (`A1`, `$A$1:B`, `'My tab'!2:3`), or None."""
    match = _TEXT.fullmatch(text)
    if not match:
        return None
    first = _corner(match["first"])
    last = _corner(match["last"]) if match["last"] else None
    if first is None or (match["last"] and last is None):
        return None
    if last is None and (first.row is None or first.column is None):
        return None
    return Reference(_title(match["title"]), first, last)


def _title(written: str | None) -> str | None:
    if written is None or not written.startswith("'"):
        return written
    return written[1:-1].replace("''", "'")


def _corner(text: str) -> Corner | None:
    match = _CORNER.fullmatch(text)
    if not match or not (match["column"] or match["row"]):
        return None
    if not match["column"]:
        return Corner(int(match["row"]) - 1, None, fixed_row="$" in text)
    column = column_index(match["column"])
    if column >= MAX_COLUMNS or (match["fixed_row"] and not match["row"]):
        return None
    row = int(match["row"]) - 1 if match["row"] else None
    return Corner(row, column, bool(match["fixed_row"]), bool(match["fixed_column"]))
