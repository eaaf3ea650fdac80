"""The lines of a tab as texts that may be headings, with merged cells filled to the right."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sheets_sync.intake.asides import numbers_columns
from sheets_sync.intake.counted_months import counted_months, counts_a_month, may_count
from sheets_sync.intake.headings import Meaning, Vocabulary
from sheets_sync.intake.month_names import month_named
from sheets_sync.intake.values.dates import day_of_serial
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.years import year_of
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model.grid import GridCell, Merge, NumberKind, Tab
from sheets_sync.rules import entries

MAX_TITLE_LINES = 6
MAX_DECORATION = 2  # lines in a row, blank or without a word, within one heading
_LOOK_BELOW = 8
_LINES_KEPT = 64  # whose texts are kept in mind; headings are looked for from above down
MIN_DATES = 3  # in a line, to say by their order that they are months
_DAYS = (NumberKind.DATE, NumberKind.DATE_TIME)  # of numbers that say a day


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
    """The lines of a tab as headings, with merged cells and spread years filled to the right.

    With a vocabulary, numbers that count the months are headings too. `day_first` is how the workbook writes dates.
    """

    def __init__(self, tab: Tab, vocabulary: Vocabulary | None = None, *, day_first: bool = True) -> None:
        self.tab = tab
        self._vocabulary, self._day_first = vocabulary, day_first
        self._texts: dict[int, dict[int, str]] = {}
        self._counted: dict[int, Mapping[int, str]] = {}
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in tab.merges:
            if merge.end_column - merge.column > 1:
                self._merges[merge.row].append(merge)
        self._months: dict[int, list[int]] = {}
        self._may_head: dict[int, bool] = {}
        self._known: dict[int, bool] = {}
        self._places: dict[int, bool] = {}

    def may_be_header(self, row: int) -> bool:
        """Headings are texts; of numbers only years, dates and the months' numbers stand among them."""
        if row not in self._may_head:
            self._may_head[row] = self._headings(row)
        return self._may_head[row]

    def _headings(self, row: int) -> bool:
        cells = self.tab.rows[row]
        numbers = (index for index, cell in enumerate(cells) if not _like_a_heading(cell) and not cell.blank)
        first = next(numbers, None)
        if first is None:
            return self._says(row)
        if not counts_a_month(cells[first]):
            return False
        counted = self._months_counted(row)
        return first in counted and all(index in counted for index in numbers)

    def stack(self, row: int, most: int) -> list[int]:
        """The lines from one on that may be headings above each other; lines that only decorate stand between them."""
        stack: list[int] = []
        passed = 0
        while row < len(self.tab.rows) and len(stack) < most and passed <= MAX_DECORATION:
            if self.may_be_header(row) and not self._decorates(row):
                stack.append(row)
                passed = 0
            elif self._decorates(row):
                passed += 1
            else:
                break
            row += 1
        return stack

    def _decorates(self, row: int) -> bool:
        """Whether a line is blank, only rules a line, or numbers the columns."""
        cells = self.tab.rows[row]
        ruled = all(not any(map(str.isalnum, cell.text)) for cell in cells)
        return ruled or (numbers_columns(cells) and not self._months_counted(row))

    def texts(self, row: int) -> Mapping[int, str]:
        """Column → text of a line."""
        if row not in self._texts:
            if len(self._texts) >= _LINES_KEPT:
                self._texts.clear()
            line, follow = self.tab.rows[row], self._dates_follow(row)
            found = {i: _text(cell, self._day_first or follow) for i, cell in enumerate(line) if not cell.blank}
            found.update(self._months_counted(row))
            for merge in self._merges[row]:
                if merge.column in found:
                    found.update(dict.fromkeys(range(merge.column, merge.end_column), found[merge.column]))
            self._texts[row] = found
        return self._texts[row]

    def known(self, row: int, vocabulary: Vocabulary) -> bool:
        """Whether any text of a line is a known heading."""
        if row not in self._known:
            self._known[row] = any(vocabulary.meaning(text) for text in self.texts(row).values())
        return self._known[row]

    def places(self, row: int, vocabulary: Vocabulary) -> bool:
        """Whether a line may say of what month, day or library figures are: by one of its texts, or by a date."""
        if row not in self._places:
            dated = any(map(_dated, self.tab.rows[row]))
            self._places[row] = dated or any(vocabulary.may_place(text) for text in self.texts(row).values())
        return self._places[row]

    def _months_counted(self, row: int) -> Mapping[int, str]:
        """Column → month, where the line counts the months."""
        if self._vocabulary is None or not may_count(self.tab.rows[row]):
            return {}
        if row not in self._counted:
            self._counted[row] = {}  # the line above asks for no line below
            above = next(
                (other for other in range(row - 1, max(row - 2 - MAX_DECORATION, -1), -1) if self._says(other)), None
            )
            texts = self.texts(above) if above is not None and self.may_be_header(above) else {}
            self._counted[row] = counted_months(self.tab.rows[row], texts, self._vocabulary)
        return self._counted[row]

    def _says(self, row: int) -> bool:
        return any(not cell.blank for cell in self.tab.rows[row])

    def swappable(self, row: int, index: int) -> bool:
        """Whether a heading is a date that says another month when its day and month are swapped."""
        if self._day_first or not _dated(self.tab.at(row, index)) or self._dates_follow(row):
            return False
        return read_month(self.tab.at(row, index), day_first=False).refusal is entries.DATE_ORDER

    def _dates_follow(self, row: int) -> bool:
        """Whether the dates of a line are the same day of one month after the other, so that none can be swapped."""
        days = [day for cell in self.tab.rows[row] if _dated(cell) and (day := day_of_serial(cell))]
        steps = [(other.year - one.year) * 12 + other.month - one.month for one, other in pairwise(days)]
        return len(days) >= MIN_DATES and len({day.day for day in days}) == 1 and set(steps) == {1}

    def empty_below(self, index: int, row: int) -> bool:
        """Whether nothing stands in a column in the lines next below a row."""
        below = range(row + 1, min(row + 1 + _LOOK_BELOW, len(self.tab.rows)))
        return all(self.tab.at(other, index).blank for other in below)

    def months_below(self, index: int, first_row: int) -> int:
        """How many texts of a column name a month, from a row on."""
        if index not in self._months:
            texts = ((row, line[index].value) for row, line in enumerate(self.tab.rows) if index < len(line))
            self._months[index] = [row for row, text in texts if isinstance(text, str) and month_named(fold(text))]
        return len(self._months[index]) - bisect_left(self._months[index], first_row)


def _like_a_heading(cell: GridCell) -> bool:
    return isinstance(cell.value, str) or _dated(cell) or _year(cell)


def _text(cell: GridCell, day_first: bool) -> str:
    if isinstance(cell.value, str):
        return tidy(cell.text)
    if _year(cell):
        return str(year_of(cell))
    if _dated(cell):
        month = read_month(cell, day_first=day_first).value
        return f"{month.year}-{month.month:02}" if month else cell.text
    return tidy(cell.text)


def _year(cell: GridCell) -> bool:
    return not isinstance(cell.value, str) and year_of(cell) is not None


def _dated(cell: GridCell) -> bool:
    return cell.kind in _DAYS and isinstance(cell.value, int | float)
