"""Where a value stands."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """0 → `A`, 26 → `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """0, 26 → `AA1`."""
    return f"{column_letters(column)}{row + 1}"


def workbook_url(workbook: str) -> str:
    """Opens a workbook."""
    return f"https://docs.google.com/spreadsheets/d/{workbook}/edit"


def range_url(workbook: str, sheet_id: int, cells: str) -> str:
    """Opens a workbook at some cells of a tab, like `B2:B13`."""
    return f"{workbook_url(workbook)}#gid={sheet_id}&range={cells}"


class CellRef(NamedTuple):
    """Where a value stands: row and column count from 0."""

    workbook: str
    sheet_id: int
    tab: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return a1(self.row, self.column)

    @property
    def url(self) -> str:
        """Opens the workbook at the cell."""
        return range_url(self.workbook, self.sheet_id, self.a1)

    def __str__(self) -> str:
        return f"{self.tab}!{self.a1}"
