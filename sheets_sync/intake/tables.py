"""Finds the tables of a tab: header rows of one to three lines, wherever they are, and the rows that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, pairwise

from sheets_sync.grid import GridCell, NumberKind, Tab
from sheets_sync.intake.claims import settle_claims
from sheets_sync.intake.dates import month_named, read_month
from sheets_sync.intake.headings import Meaning, Role, Vocabulary
from sheets_sync.intake.options import Layout
from sheets_sync.intake.words import fold, tidy

MAX_HEADER_LINES = 3
MAX_TITLE_LINES = 6
FEWEST_MONTHS = 3  # in a column, for it to be one of months
_YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with a heading; `row` is the lowest line of the heading, `text` all of its lines."""

    index: int
    row: int
    text: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its layout, its headed columns, its rows from `first_row` up to `end_row`, that one excluded.

    `left` is where it begins: labels of rows may stand there without a heading. `disputed` are columns whose headings
    claim the same, so that none of them is read.
    """

    layout: Layout
    columns: tuple[Column, ...]
    header_row: int
    first_row: int
    end_row: int
    left: int = 0
    disputed: tuple[tuple[Column, ...], ...] = ()

    def with_role(self, role: Role) -> tuple[Column, ...]:
        """The columns of a role, left to right."""
        return tuple(column for column in self.columns if column.meaning and column.meaning.role is role)

    def first(self, role: Role) -> Column | None:
        """The leftmost column of a role."""
        return next(iter(self.with_role(role)), None)

    @property
    def unknown(self) -> tuple[Column, ...]:
        """The columns whose heading nobody knows, or that lost their element to its own label."""
        return tuple(column for column in self.columns if column.meaning is None and column not in self._in_dispute)

    @property
    def _in_dispute(self) -> frozenset[Column]:
        return frozenset(column for group in self.disputed for column in group)


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    last: int
    layout: Layout
    columns: tuple[Column, ...]

    @property
    def known(self) -> int:
        """How much the headings say; a month with its year says more than one without."""
        meanings = {column.meaning for column in self.columns if column.meaning}
        return len(meanings) + sum(meaning.month is not None and meaning.month.year is not None for meaning in meanings)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The header that says most is best; then the one with fewest lines below, then above."""
        return self.known, -self.last, self.first


def find_tables(tab: Tab, vocabulary: Vocabulary, layout: Layout = Layout.AUTO) -> tuple[Table, ...]:
    """The tables of a tab, top to bottom and left to right; `layout` restricts what is looked for."""
    headers = list(_headers(tab, vocabulary, layout))
    ends = [*(header.first for header in headers[1:]), len(tab.rows)]
    return tuple(
        _table(header, columns, end, columns[0].index if n else 0)
        for header, end in zip(headers, ends, strict=False)
        for n, columns in enumerate(_side_by_side(header.columns))
    )


def _table(header: _Header, columns: tuple[Column, ...], end: int, left: int) -> Table:
    """The table under a header; columns that claim the same element or month are not read."""
    claims = settle_claims(columns, _claim, lambda column: bool(column.meaning and column.meaning.alias))
    kept = tuple(replace(c, meaning=None) if c in claims.refused else c for c in columns)
    disputed = tuple(tuple(replace(column, meaning=None) for column in group) for group in claims.disputed)
    return Table(header.layout, kept, header.first, header.last + 1, end, left, disputed)


def _claim(column: Column) -> Meaning | None:
    """What a column would hold alone."""
    meaning = column.meaning
    alone = meaning and meaning.role in (Role.ELEMENT, Role.ELEMENT_MONTH, Role.MONTH_VALUES)
    return replace(meaning, alias=False) if meaning and alone else None


def title_lines(tab: Tab, header_row: int) -> Iterator[str]:
    """The lines above a table, nearest first, up to one that holds figures."""
    for row in range(header_row - 1, max(header_row - 1 - MAX_TITLE_LINES, -1), -1):
        shown = [cell for cell in tab.rows[row] if not cell.blank]
        if any(not isinstance(cell.value, str) and not _year(cell) for cell in shown):
            return
        if shown:
            yield " ".join(tidy(cell.text) for cell in shown)


def _headers(tab: Tab, vocabulary: Vocabulary, wanted: Layout) -> Iterator[_Header]:
    row = 0
    lines = _Lines(tab)
    while row < len(tab.rows):
        header = _best_header(lines, row, vocabulary, wanted) if lines.may_be_header(row) else None
        if header:
            yield header
        row = header.last + 1 if header else row + 1


def _best_header(lines: _Lines, row: int, vocabulary: Vocabulary, wanted: Layout) -> _Header | None:
    """The header within the next three lines: of one, two or three of them, whichever says most."""
    end = row
    while end < min(row + MAX_HEADER_LINES, len(lines.tab.rows)) and lines.may_be_header(end):
        end += 1
    candidates = []
    for first, last in combinations_with_replacement(range(row, end), 2):
        columns = _with_months(tuple(_columns(lines, first, last, vocabulary)), lines.tab, last + 1)
        layout = _layout(columns, wanted)
        if layout is not None:
            candidates.append(_Header(first, last, layout, columns))
    return max(candidates, key=lambda header: header.rank, default=None)


class _Lines:
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
            found = {index: _heading(cell) for index, cell in enumerate(self.tab.rows[row]) if not cell.blank}
            for merge in self._wide_merges:
                if merge.row == row and merge.column in found:
                    found.update(dict.fromkeys(range(merge.column, merge.end_column), found[merge.column]))
            self._texts[row] = found
        return self._texts[row]


def _heading(cell: GridCell) -> str:
    if _dated(cell):
        month = read_month(cell).value
        return f"{month.year}-{month.month:02}" if month else cell.text
    return tidy(cell.text)


def _year(cell: GridCell) -> bool:
    return isinstance(cell.value, int | float) and cell.kind is NumberKind.PLAIN and cell.value in _YEARS


def _dated(cell: GridCell) -> bool:
    return isinstance(cell.value, int | float) and cell.kind in (NumberKind.DATE, NumberKind.DATE_TIME)


def _columns(lines: _Lines, first: int, last: int, vocabulary: Vocabulary) -> Iterator[Column]:
    texts = [lines.texts(row) for row in range(first, last + 1)]
    spread = [_spread(line, texts[-1], vocabulary) for line in texts[:-1]]
    for index in sorted({column for line in texts for column in line}):
        path = [line[index] for line in (*spread, texts[-1]) if index in line]
        row = max(first + n for n, line in enumerate(texts) if index in line)
        yield Column(index, row, " ".join(dict.fromkeys(path)), _meaning(path, vocabulary))


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


def _with_months(columns: tuple[Column, ...], tab: Tab, first_row: int) -> tuple[Column, ...]:
    """The columns, with one that holds months under no known heading recognised by what it holds."""
    roles = {column.meaning.role: column.index for column in reversed(columns) if column.meaning}
    if Role.ELEMENT not in roles or {Role.MONTH, Role.DATE} & roles.keys():
        return columns
    known = {column.index for column in columns if column.meaning}
    for index in range(roles[Role.ELEMENT]):
        texts = [
            cell.value for row in range(first_row, len(tab.rows)) if isinstance((cell := tab.at(row, index)).value, str)
        ]
        if index not in known and sum(month_named(fold(text)) is not None for text in texts) >= FEWEST_MONTHS:
            column = Column(index, first_row - 1, "", Meaning(Role.MONTH))
            return tuple(sorted((column, *(c for c in columns if c.index != index)), key=lambda c: c.index))
    return columns


def _layout(columns: Sequence[Column], wanted: Layout) -> Layout | None:
    """The layout these headings make, None if they make no table."""
    roles = Counter(column.meaning.role for column in columns if column.meaning)
    if Role.LIBRARY in roles and Role.ELEMENT_MONTH in roles:
        found = Layout.WIDE
    elif roles[Role.MONTH_VALUES] >= FEWEST_MONTHS and Role.ELEMENT not in roles:
        found = Layout.ELEMENT_ROWS
    elif Role.MONTH in roles and Role.ELEMENT in roles:
        found = Layout.MONTH_ROWS
    elif Role.DATE in roles and (Role.KIND in roles or Role.ELEMENT in roles):
        found = Layout.ACTIVITY_LOG
    elif Role.LIBRARY in roles and Role.ELEMENT in roles:
        found = Layout.MONTH_ROWS  # of the one month that the tab's title names
    else:
        return None
    return found if wanted in (Layout.AUTO, found) else None


def _side_by_side(columns: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    """The columns of each table where several stand beside each other: the first key heading begins each of them."""
    keys = (Role.LIBRARY, Role.YEAR, Role.MONTH, Role.ELEMENT_NAME, Role.DATE)
    key = next((column.meaning.role for column in columns if column.meaning and column.meaning.role in keys), None)
    starts = [n for n, column in enumerate(columns) if column.meaning and key and column.meaning.role is key]
    parts = [columns[start:end] for start, end in pairwise([0, *starts[1:], len(columns)])]
    yield from parts if all(_layout(part, Layout.AUTO) for part in parts) else [columns]
