"""What a formula computes with besides single values: ranges of a sheet and arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheets_sync.local_google.workbook import Box, ErrorValue, Sheet, Value


class Failure(Exception):  # noqa: N818 - a formula's result, not an error of ours
    """A formula's result is an error; IFERROR and its like catch it."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(kind, message)
        self.error = ErrorValue(kind, message)


@dataclass(frozen=True, slots=True)
class Range:
    """The cells of a sheet inside a box that lies in its grid."""

    sheet: Sheet
    box: Box

    @property
    def height(self) -> int:
        return self.box.height

    @property
    def width(self) -> int:
        return self.box.width

    def at(self, row: int, column: int) -> Value:
        return self.sheet.cell(self.box.top + row, self.box.left + column).value

    def rows(self) -> Iterator[list[Value]]:
        """Every row, blanks included."""
        for row in range(self.height):
            yield [self.at(row, column) for column in range(self.width)]

    def filled(self) -> Iterator[Value]:
        """The values that are there, in reading order."""
        for _, _, cell in self.sheet.cells(self.box):
            if cell.value is not None:
                yield cell.value


@dataclass(frozen=True, slots=True)
class Array:
    """Values that a formula made."""

    values: tuple[tuple[Value, ...], ...]

    @property
    def height(self) -> int:
        return len(self.values)

    @property
    def width(self) -> int:
        return len(self.values[0]) if self.values else 0

    def at(self, row: int, column: int) -> Value:
        return self.values[row][column]

    def rows(self) -> Iterator[list[Value]]:
        for row in self.values:
            yield list(row)

    def filled(self) -> Iterator[Value]:
        for row in self.values:
            yield from (value for value in row if value is not None)


Table = Range | Array
Result = Value | Table


def array(rows: list[list[Value]]) -> Array:
    return Array(tuple(map(tuple, rows)))
