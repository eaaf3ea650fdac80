"""Where a layout says that figures stand: single cells, and the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import Period
from sheets_sync.model.grid import Tab


class Slot(NamedTuple):
    """A cell of the tab and what it holds: one element of one library in one month. A tuple is made quickest."""

    row: int
    column: int
    library: str
    element: str
    period: Period

    @property
    def line(self) -> Line:
        """The cell as a line of its own."""
        return Line(self.row, self.library, (self.column,), (self.element,), (self.period,))


class Line(NamedTuple):
    """The cells of a row that hold figures of a library: of each its column, element and month."""

    row: int
    library: str
    columns: tuple[int, ...]
    elements: tuple[str, ...]
    periods: tuple[Period, ...]

    def slots(self) -> Iterator[Slot]:
        """The cells one by one."""
        row, library, *parts = self
        return (Slot(row, column, library, element, period) for column, element, period in zip(*parts, strict=True))


def line_of_months(row: int, library: str, element: str, months: Iterable[HeaderColumn], year: ReportingYear) -> Line:
    """The cells of a row below months whose year is known."""
    named = ((column.index, column.meaning.month) for column in months if column.meaning and column.meaning.month)
    held = [(index, period) for index, month in named if (period := year.period(month))]
    columns, periods = zip(*held, strict=True) if held else ((), ())
    return Line(row, library, columns, (element,) * len(columns), periods)


def merged_slots(slots: Iterable[Slot], tab: Tab) -> list[tuple[Slot, ...]]:
    """The slots that share one merged cell, the one that holds its value first."""
    if not tab.merges:
        return []
    at = {(slot.row, slot.column): slot for slot in slots}
    last = max((slot.column for slot in at.values()), default=0)
    groups = []
    for merge in tab.merges:
        if (merge.row, merge.column) in at:
            rows = range(merge.row, min(merge.end_row, len(tab.rows)))
            cells = product(rows, range(merge.column, min(merge.end_column, last + 1)))
            groups.append(tuple(at[cell] for cell in cells if cell in at))
    return [group for group in groups if len(group) > 1]
