"""The lines of a tab as headings: merged cells filled to the right, two or three lines read together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.headings import Meaning, Role, Vocabulary
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.years import year_of
from sheets_sync.intake.words import tidy
from sheets_sync.model.grid import GridCell, NumberKind, Tab

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
        self._wide_merges = [merge for merge in tab.merges if merge.end_column - merge.column > 1]

    def may_be_header(self, row: int) -> bool:
        """Headings are texts; of numbers only years and dates stand among them."""
        cells = [cell for cell in self.tab.rows[row] if not cell.blank]
        return any(isinstance(cell.value, str) or _year(cell) or _dated(cell) for cell in cells) and all(
            isinstance(cell.value, str) or _year(cell) or _dated(cell) for cell in cells
        )

    def texts(self, row: int) -> Mapping[int, str]:
        """Column → text of a line."""
        if row not in self._texts:
            found = {index: _text(cell) for index, cell in enumerate(self.tab.rows[row]) if not cell.blank}
            for merge in self._wide_merges:
                if merge.row == row and merge.column in found:
                    found.update(dict.fromkeys(range(merge.column, merge.end_column), found[merge.column]))
            self._texts[row] = found
        return self._texts[row]


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


def headed_columns(lines: Lines, first: int, last: int, vocabulary: Vocabulary) -> Iterator[HeaderColumn]:
    texts = [lines.texts(row) for row in range(first, last + 1)]
    spread = [_spread(line, texts[-1], vocabulary) for line in texts[:-1]]
    for index in sorted({column for line in texts for column in line}):
        path = [line[index] for line in (*spread, texts[-1]) if index in line]
        row = max(first + n for n, line in enumerate(texts) if index in line)
        yield HeaderColumn(index, row, " ".join(dict.fromkeys(path)), _meaning(path, vocabulary))


def _spread(line: Mapping[int, str], below: Mapping[int, str], vocabulary: Vocabulary) -> Mapping[int, str]:
    """An upper line whose headings also stand above the months to their right, as people leave out the merge."""
    spread, current = dict(line), ""
    for index in range(max([*line, *below], default=-1) + 1):
        current = line.get(index, current)
        meaning = vocabulary.meaning(below[index]) if index in below else None
        if index not in line and current and meaning and meaning.role in (Role.MONTH_VALUES, Role.TOTAL):
            spread[index] = current
    return spread


def _meaning(path: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of a heading's lines: of all together, of an element or a year over a month, else of one of them."""
    if not path:
        return None
    together = vocabulary.meaning(" ".join(path))
    if together is not None or len(path) == 1:
        return together
    parts = [meaning for meaning in map(vocabulary.meaning, path) if meaning]
    if any(part.role is Role.TOTAL for part in parts):
        return Meaning(Role.TOTAL)
    return _combined(parts) or vocabulary.meaning(path[-1]) or _above_a_remark(path, vocabulary)


def _above_a_remark(path: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of the first line, where those below only say the unit or tell how to fill in a key column.

    An element's name above something unknown is not enough: `Pengunjung` above `anak-anak` is no count of visits.
    """
    meaning = vocabulary.meaning(path[0])
    remarks = all(vocabulary.is_unit(text) for text in path[1:])
    return meaning if meaning and (remarks or meaning.role is not Role.ELEMENT) else None


def _combined(parts: Sequence[Meaning]) -> Meaning | None:
    """An element, a month and a year that stand above each other."""
    by_role = {part.role: part for part in parts}
    month, year, element = (by_role.get(r) for r in (Role.MONTH_VALUES, Role.YEAR_VALUES, Role.ELEMENT))
    if month is None or month.month is None:
        return None
    named = month.month
    if year is not None and named.year is None:
        named = type(named)(named.month, year.year)
    if element is None:
        return Meaning(Role.MONTH_VALUES, month=named)
    return Meaning(Role.ELEMENT_MONTH, element.element, named, alias=element.alias)
