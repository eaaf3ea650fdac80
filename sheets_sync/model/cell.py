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


def workbook_url(workbook: str) -> str:
    """Opens a workbook."""
    return f"https://docs.google.com/spreadsheets/d/{workbook}/edit"


class CellRef(NamedTuple):
    """Where a value stands: row and column count from 0."""

    workbook: str
    sheet_id: int
    tab: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def url(self) -> str:
        """Opens the workbook at the cell."""
        return f"{workbook_url(self.workbook)}#gid={self.sheet_id}&range={self.a1}"

    def __str__(self) -> str:
        return f"{self.tab}!{self.a1}"
