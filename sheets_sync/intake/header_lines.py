"""The lines of a tab as texts that may be headings, with merged cells filled to the right."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheets_sync.intake.dates import month_named
from sheets_sync.intake.headings import Meaning
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.years import year_of
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import GridCell, Merge, NumberKind, Tab

MAX_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column with a heading; `row` is the lowest line of the heading, `text` all of its lines."""

    index: int
    row: int
    text: str
    meaning: Meaning | None


def title_lines(tab: Tab, header_row: int) -> Iterator[str]:
    """The lines above a table, nearest first, up to one that holds figures."""
    for row in range(header_row - 1, max(header_row - 1 - MAX_TITLE_LINES, -1), -1):
        shown = [cell for cell in tab.rows[row] if not cell.blank]
        if any(not isinstance(cell.value, str) and not _year(cell) for cell in shown):
            return
        if shown:
            yield " ".join(tidy(cell.text) for cell in shown)


class Lines:
    """The lines of a tab as headings, with merged cells and spread years filled to the right."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self._texts: dict[int, dict[int, str]] = {}
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in tab.merges:
            if merge.end_column - merge.column > 1:
                self._merges[merge.row].append(merge)
        self._months: dict[int, list[int]] = {}

    def may_be_header(self, row: int) -> bool:
        """Headings are texts; of numbers only years and dates stand among them."""
        filled = (cell for cell in self.tab.rows[row] if not cell.blank)
        first = next(filled, None)
        return first is not None and _like_a_heading(first) and all(map(_like_a_heading, filled))

    def texts(self, row: int) -> Mapping[int, str]:
        """Column → text of a line."""
        if row not in self._texts:
            found = {index: _text(cell) for index, cell in enumerate(self.tab.rows[row]) if not cell.blank}
            for merge in self._merges[row]:
                if merge.column in found:
                    found.update(dict.fromkeys(range(merge.column, merge.end_column), found[merge.column]))
            self._texts[row] = found
        return self._texts[row]

    def months_below(self, index: int, first_row: int) -> int:
        """How many texts of a column name a month, from a row on."""
        if index not in self._months:
            texts = ((row, self.tab.at(row, index).value) for row in range(len(self.tab.rows)))
            self._months[index] = [row for row, text in texts if isinstance(text, str) and month_named(fold(text))]
        return len(self._months[index]) - bisect_left(self._months[index], first_row)


def _like_a_heading(cell: GridCell) -> bool:
    return isinstance(cell.value, str) or _dated(cell) or _year(cell)


def _text(cell: GridCell) -> str:
    if _year(cell):
        return str(year_of(cell))
    if _dated(cell):
        month = read_month(cell).value
        return f"{month.year}-{month.month:02}" if month else cell.text
    return tidy(cell.text)


def _year(cell: GridCell) -> bool:
    return not isinstance(cell.value, str) and year_of(cell) is not None


def _dated(cell: GridCell) -> bool:
    return isinstance(cell.value, int | float) and cell.kind in (NumberKind.DATE, NumberKind.DATE_TIME)
