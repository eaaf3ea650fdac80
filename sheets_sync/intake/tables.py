"""Finds the tables of a tab: header rows of one to five lines, wherever they are, and the rows that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations_with_replacement, pairwise

from sheets_sync.intake.asides import signs
from sheets_sync.intake.disputes import settle_claims
from sheets_sync.intake.header_lines import HeaderColumn, Lines
from sheets_sync.intake.heading_paths import divides, headed_columns, with_numerals
from sheets_sync.intake.headings import Meaning, Role, Vocabulary
from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.intake.options import Layout
from sheets_sync.intake.parts import names_part, share_of
from sheets_sync.intake.values.months import read_month
from sheets_sync.model.grid import Tab

MAX_HEADER_LINES = 5
_SHARES = (Role.PART, Role.ASIDE, Role.SWAPPABLE)  # each of them says as much as any heading
_ROW_KEYS = (Role.MONTH, Role.LIBRARY, Role.YEAR, Role.DATE, Role.ELEMENT_NAME)
_MOST_TITLES = 2  # lines tried above a heading; those further above are tried on their own
_DIVISIONS = 2  # texts below headings; one alone may be a remark
_RANGES_KEPT = 64  # of lines, what they head
MIN_MONTHS = 3  # in a column, for it to be one of months


@dataclass(frozen=True)
class Table:
    """A table: its layout, its headed columns, its rows from `first_row` up to `end_row`, that one excluded.

    `left` is where it begins: labels of rows may stand there without a heading. `disputed` are columns whose headings
    claim the same, so that none of them is read, `foreign` those whose headings name another library than the rows.
    """

    layout: Layout
    columns: tuple[HeaderColumn, ...]
    header_row: int
    first_row: int
    end_row: int
    left: int = 0
    disputed: tuple[tuple[HeaderColumn, ...], ...] = ()
    foreign: tuple[HeaderColumn, ...] = ()

    def with_role(self, role: Role) -> tuple[HeaderColumn, ...]:
        """The columns of a role, left to right."""
        return self._by_role.get(role, ())

    def first(self, role: Role) -> HeaderColumn | None:
        """The leftmost column of a role."""
        return next(iter(self.with_role(role)), None)

    @cached_property
    def _by_role(self) -> Mapping[Role, tuple[HeaderColumn, ...]]:
        """Each row of a table asks for them."""
        found: dict[Role, tuple[HeaderColumn, ...]] = {}
        for column in self.columns:
            if column.meaning:
                found[column.meaning.role] = (*found.get(column.meaning.role, ()), column)
        return found

    @property
    def unknown(self) -> tuple[HeaderColumn, ...]:
        """The columns whose heading nobody knows, or that lost their element to its own label."""
        disputed = {column.index for group in self.disputed for column in group}
        return tuple(column for column in self.columns if column.meaning is None and column.index not in disputed)


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    last: int
    layout: Layout
    columns: tuple[HeaderColumn, ...]

    @property
    def known(self) -> int:
        """How much the headings say; a month with its year says more than one without, a part as much as a whole."""
        meant = [column.meaning for column in self.columns if column.meaning]
        meanings = {meaning for meaning in meant if meaning.role not in _SHARES}
        return (
            len(meant)
            - sum(meaning.role not in _SHARES for meaning in meant)
            + len(meanings)
            + sum(meaning.month is not None and meaning.month.year is not None for meaning in meanings)
        )

    @property
    def rank(self) -> tuple[int, int, int]:
        """The header that says most is best; then the one with fewest lines below, then above."""
        return self.known, -self.last, self.first


def find_tables(
    tab: Tab, vocabulary: Vocabulary, layout: Layout = Layout.AUTO, *, day_first: bool = True
) -> tuple[Table, ...]:
    """The tables of a tab, top to bottom and left to right; `layout` restricts what is looked for."""
    headers = list(_Headers(Lines(tab, vocabulary, day_first=day_first), vocabulary, layout).found())
    ends = [*(header.first for header in headers[1:]), len(tab.rows)]
    return tuple(
        _table(header, columns, end, columns[0].index if n else 0)
        for header, end in zip(headers, ends, strict=False)
        for n, columns in enumerate(_side_by_side(header.columns))
    )


def months_of(tab: Tab, table: Table, *, day_first: bool = True) -> tuple[NamedMonth, ...]:
    """The months of a table as they stand: those of its headings, else those of its rows."""
    headed = tuple(column.meaning.month for column in table.columns if column.meaning and column.meaning.month)
    column = table.first(Role.MONTH)
    if headed or column is None:
        return headed
    cells = (tab.at(row, column.index) for row in range(table.first_row, table.end_row))
    years = table.first(Role.YEAR)
    read = (read_month(cell, day_first=day_first).value for cell in cells if not cell.blank)
    return () if years else tuple(month for month in read if month)


def _table(header: _Header, columns: tuple[HeaderColumn, ...], end: int, left: int) -> Table:
    """The table under a header; columns that claim the same element or month are not read."""
    if header.layout is Layout.WIDE:  # there a month alone says nothing of the figures under it
        columns = tuple(
            replace(c, meaning=None) if c.meaning and c.meaning.role is Role.MONTH_VALUES else c for c in columns
        )
    claims = settle_claims(columns, _claim, lambda column: bool(column.meaning and column.meaning.alias))
    refused = claims.refused
    kept = tuple(replace(c, meaning=None) if c in refused else c for c in columns)
    disputed = tuple(tuple(replace(column, meaning=None) for column in group) for group in claims.disputed)
    return Table(header.layout, kept, header.first, header.last + 1, end, left, disputed)


def _claim(column: HeaderColumn) -> Meaning | None:
    """What a column would hold alone."""
    meaning = column.meaning
    alone = meaning and meaning.role in (Role.ELEMENT, Role.ELEMENT_MONTH, Role.MONTH_VALUES)
    return replace(meaning, alias=False) if meaning and alone else None


_Found = tuple[tuple[HeaderColumn, ...], Layout | None]


class _Headers:
    """Looks for the headers of a tab, from above down."""

    def __init__(self, lines: Lines, vocabulary: Vocabulary, wanted: Layout) -> None:
        self._lines, self._vocabulary, self._wanted = lines, vocabulary, wanted
        self._read: dict[tuple[int, ...], _Found] = {}
        self._width = max(map(len, lines.tab.rows), default=0)

    def found(self) -> Iterator[_Header]:
        """The headers."""
        row = 0
        while row < len(self._lines.tab.rows):
            header = self._best(row) if self._lines.may_be_header(row) else None
            if header:
                yield header
            row = header.last + 1 if header else row + 1

    def _best(self, row: int) -> _Header | None:
        """The header within the next lines: of one or several of them, whichever says most.

        Lines above it may have left no room for all of its own, so that it is looked for once more from its first line.
        """
        found = self._of(self._lines.stack(row, MAX_HEADER_LINES))
        if found is None or found.first == row:
            return found
        return self._of(self._lines.stack(found.first, MAX_HEADER_LINES))

    def _of(self, stack: Sequence[int]) -> _Header | None:
        """The header that says most among those that stand next to each other in the stack."""
        lines, vocabulary = self._lines, self._vocabulary
        known = [lines.known(row, vocabulary) for row in stack]
        candidates = []
        for first, last in combinations_with_replacement(range(len(stack)), 2):
            if first > _MOST_TITLES or not any(known[first : last + 1]):
                continue
            rows = tuple(stack[first : last + 1])
            columns, layout = self._columns(rows)
            follows = last + 1 < len(stack) and layout and _goes_on(columns, lines, stack[last + 1], vocabulary)
            if layout is not None and not follows:
                candidates.append(_Header(rows[0], rows[-1], layout, columns))
        return max(candidates, key=lambda header: header.rank, default=None)

    def _columns(self, rows: tuple[int, ...]) -> _Found:
        """The columns that some lines head, and the layout they make; the same lines are asked for from several above."""
        if rows not in self._read:
            if len(self._read) >= _RANGES_KEPT:
                self._read.clear()
            self._read[rows] = self._headed(rows) if self._may_head(rows) else ((), None)
        return self._read[rows]

    def _headed(self, rows: tuple[int, ...]) -> _Found:
        columns = with_numerals(tuple(headed_columns(self._lines, rows, self._vocabulary)))
        columns = _with_months(columns, self._lines, rows[-1] + 1)
        return columns, _layout(columns, self._wanted)

    def _may_head(self, rows: tuple[int, ...]) -> bool:
        """Whether some lines can head a table at all: one of them says of what month, day or library it is, or months stand below."""
        if any(self._lines.places(row, self._vocabulary) for row in rows):
            return True
        return any(self._lines.months_below(index, rows[-1] + 1) >= MIN_MONTHS for index in range(self._width))


def _goes_on(columns: Sequence[HeaderColumn], lines: Lines, row: int, vocabulary: Vocabulary) -> bool:
    """Whether the next line divides the headings further, so that they alone would say something else than they head."""
    below = lines.texts(row)
    keys = {column.index for column in columns if column.meaning and column.meaning.role in _ROW_KEYS}
    first = min((column.index for column in columns if column.meaning and column.meaning.element), default=0)
    if signs(lines.tab.rows[row]) or any(index in keys or index < first for index in below):
        return False
    sure = any(share_of(text) is not None or names_part(text) or _is_year(text, vocabulary) for text in below.values())
    return sure or (len(below) >= _DIVISIONS and any(divides(text, vocabulary) for text in below.values()))


def _is_year(text: str, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(text)
    return meaning is not None and meaning.role is Role.YEAR_VALUES


def _with_months(columns: tuple[HeaderColumn, ...], lines: Lines, first_row: int) -> tuple[HeaderColumn, ...]:
    """The columns, with one that holds months under no known heading recognised by what it holds."""
    roles = {column.meaning.role: column.index for column in reversed(columns) if column.meaning}
    if Role.ELEMENT not in roles or {Role.MONTH, Role.DATE} & roles.keys():
        return columns
    known = {column.index for column in columns if column.meaning}
    for index in range(roles[Role.ELEMENT]):
        if index not in known and lines.months_below(index, first_row) >= MIN_MONTHS:
            column = HeaderColumn(index, first_row - 1, "", Meaning(Role.MONTH))
            return tuple(sorted((column, *(c for c in columns if c.index != index)), key=lambda c: c.index))
    return columns


def _layout(columns: Sequence[HeaderColumn], wanted: Layout) -> Layout | None:
    """The layout these headings make, None if they make no table."""
    roles = Counter(column.meaning.role for column in columns if column.meaning)
    parts = [column.meaning for column in columns if column.meaning and column.meaning.role is Role.PART]
    roles[Role.ELEMENT] += sum(bool(part.element and not part.month) for part in parts)
    roles[Role.ELEMENT_MONTH] += sum(bool(part.element and part.month) for part in parts)
    roles = +roles
    if Role.LIBRARY in roles and Role.ELEMENT_MONTH in roles:
        found = Layout.WIDE
    elif (
        max(roles[Role.MONTH_VALUES] + roles[Role.SWAPPABLE], roles[Role.NUMERAL]) >= MIN_MONTHS
        and Role.ELEMENT not in roles
    ):
        found = Layout.ELEMENT_ROWS
    elif Role.TIMESTAMP in roles and Role.ELEMENT in roles and Role.DATE not in roles:
        found = Layout.ANSWERS
    elif Role.MONTH in roles and Role.ELEMENT in roles:
        found = Layout.MONTH_ROWS
    elif Role.DATE in roles and (Role.KIND in roles or Role.ELEMENT in roles):
        found = Layout.ACTIVITY_LOG
    elif Role.LIBRARY in roles and Role.ELEMENT in roles:
        found = Layout.MONTH_ROWS  # of the one month that the tab's title names
    else:
        return None
    return found if wanted in (Layout.AUTO, found) else None


def _side_by_side(columns: tuple[HeaderColumn, ...]) -> Iterator[tuple[HeaderColumn, ...]]:
    """The columns of each table where several stand beside each other: the first key heading begins each of them."""
    keys = (Role.LIBRARY, Role.YEAR, Role.MONTH, Role.ELEMENT_NAME, Role.DATE)
    key = next((column.meaning.role for column in columns if column.meaning and column.meaning.role in keys), None)
    starts = [n for n, column in enumerate(columns) if column.meaning and key and column.meaning.role is key]
    parts = [columns[start:end] for start, end in pairwise([0, *starts[1:], len(columns)])]
    yield from parts if all(_layout(part, Layout.AUTO) for part in parts) else [columns]
