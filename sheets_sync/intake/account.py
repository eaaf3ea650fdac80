"""Accounts for every figure of a tab that tables were found on: no cell is passed over without a word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import compress, filterfalse, groupby
from operator import attrgetter, itemgetter, not_

from sheets_sync.intake.asides import numbers_columns
from sheets_sync.intake.figure_cells import Place, figure_cells, figure_columns, like_a_count
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.interpretation import Interpretation
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.options import Layout
from sheets_sync.model import Finding, Severity
from sheets_sync.model.account import TabAccount
from sheets_sync.model.grid import Tab
from sheets_sync.rules import answers as form
from sheets_sync.rules import places as rules

_LABELS = frozenset({Role.MONTH, Role.YEAR, Role.LIBRARY, Role.DATE, Role.TIMESTAMP, Role.KIND, Role.ELEMENT_NAME})
_SAID = frozenset({rules.EXTRA_COLUMN.code, rules.EXTRA_ROW.code})
_WHOLE_TAB = frozenset({rules.TAB.code, rules.TAB_COPY.code, rules.TAB_MOVED.code, rules.TAB_TITLE.code})
_ANSWERS, _CELL = attrgetter("state.answers"), itemgetter(5)  # of an observation
_ROW, _COLUMN = itemgetter(3), itemgetter(4)  # of a cell's place; by number they are found in half the time


class Fate(StrEnum):
    """What became of a figure; the names are those of the account's fields."""

    READ = "read"
    ASKED = "asked"
    LABEL = "labels"
    UNKNOWN = "unknown"
    SUM = "sums"
    NOTE = "notes"
    SUPERSEDED = "superseded"
    BESIDE = "beside"


def fates(tab: Tab, sheets: Sequence[Sheet], understood: Interpretation) -> tuple[int, dict[Place, Fate]]:
    """How many figures of a tab were read, and what became of each of the others, by row and column in their order."""
    around = _Around(understood)
    if around.whole_tab:
        return 0, dict.fromkeys(figure_cells(tab), Fate.ASKED)
    tables = [_TableFates(sheet, around) for sheet in sheets]
    figures = [figure_columns(cells) for cells in tab.rows]
    unread = ((row, filterfalse(around.read[row].__contains__, columns)) for row, columns in enumerate(figures))
    rest = [(row, column) for row, columns in unread for column in columns]  # of a tab full of figures hardly any
    return sum(map(len, figures)) - len(rest), {place: _fate(place, tab, tables, around) for place in rest}


def counted(title: str, read: int, others: Iterable[Fate], layout: str = "") -> TabAccount:
    """The account of a tab: how many figures were read, and how many met each other fate."""
    counts = Counter(others)
    return TabAccount(
        title,
        read=read + counts[Fate.READ],
        asked=counts[Fate.ASKED],
        labels=counts[Fate.LABEL],
        unknown=counts[Fate.UNKNOWN],
        sums=counts[Fate.SUM],
        notes=counts[Fate.NOTE],
        superseded=counts[Fate.SUPERSEDED],
        beside=counts[Fate.BESIDE],
        layout=layout,
    )


class _Around:
    """Which cells were read, and which ones findings name."""

    def __init__(self, understood: Interpretation) -> None:
        asked = [finding for finding in understood.findings if finding.severity is Severity.FATAL]
        left = (finding for finding in understood.findings if finding.rule_code in _SAID)
        self.whole_tab = any(finding.rule_code in _WHOLE_TAB for finding in asked)
        cells = list(map(_CELL, understood.observations))
        answers = list(map(_ANSWERS, understood.observations))
        self.read: dict[int, set[int]] = defaultdict(set)  # row → columns
        for row, along in groupby(compress(cells, answers), _ROW):
            self.read[row].update(map(_COLUMN, along))
        refused = {(cell.row, cell.column) for cell in compress(cells, map(not_, answers))}
        self.asked = refused | _cells(asked)
        self.left = _cells(left)
        again = (finding for finding in understood.findings if finding.rule_code == form.ANSWERED_AGAIN.code)
        self.superseded = {cell.row for finding in again for cell in finding.cells[1:]}
        self._understood = understood

    @cached_property
    def elements(self) -> frozenset[str]:
        """What was counted, as only an activity log has to know."""
        return frozenset(seen.element for seen in self._understood.observations)


def _cells(findings: Iterable[Finding]) -> set[Place]:
    return {(cell.row, cell.column) for finding in findings for cell in finding.cells}


class _TableFates:
    """What becomes of the figures that belong to one table."""

    def __init__(self, sheet: Sheet, around: _Around) -> None:
        self._sheet, self._around, self.table = sheet, around, sheet.table
        self._columns = {column.index: column for column in sheet.table.columns}
        roles = {column.index: column.meaning.role for column in sheet.table.columns if column.meaning}
        self._labels = {index for index in sheet.key_columns if index not in self._columns}
        self._labels |= {index for index, role in roles.items() if role in _LABELS}
        groups = (column for group in sheet.table.disputed for column in group)
        self._disputed = {column.index for column in groups}

    def holds(self, place: Place) -> bool:
        """Whether the cell stands in the table or in its headings."""
        row, column = place
        return self.table.header_row <= row < self.table.end_row and column >= self.table.left

    def fate(self, place: Place) -> Fate:
        """What became of a figure of the table."""
        row, index = place
        if row < self.table.first_row or index in self._labels:
            return Fate.LABEL
        if row not in self._rows:
            return Fate.BESIDE if self._count_below(row, index) else Fate.LABEL
        column = self._columns.get(index)
        role = column.meaning.role if column and column.meaning else None
        if role in (Role.NOTE, Role.IGNORED):
            return Fate.NOTE
        return self._of_figure(row, column, role)

    def _count_below(self, row: int, index: int) -> bool:
        """Whether a number below the signatures may be a count: no one's registration number, and none that numbers a column."""
        cells = [cell for cell in self._sheet.tab.rows[row][self.table.left :] if not cell.blank]
        cell = self._sheet.tab.at(row, index)
        return not isinstance(cell.value, str) and like_a_count(cell) and not numbers_columns(cells)

    def _of_figure(self, row: int, column: HeaderColumn | None, role: Role | None) -> Fate:
        if row in self._sums or role is Role.TOTAL:
            return Fate.SUM
        if column is not None and (column.index in self._disputed or self._names(column, self._around.asked)):
            return Fate.ASKED
        if row in self._asked_rows:
            return Fate.ASKED
        if row in self._left_rows or (column is not None and self._names(column, self._around.left)):
            return Fate.UNKNOWN
        if row in self._around.superseded:
            return Fate.SUPERSEDED
        return Fate.READ if self._added_up(column) else Fate.BESIDE

    def _names(self, column: HeaderColumn, cells: set[Place]) -> bool:
        return (column.row, column.index) in cells

    def _added_up(self, column: HeaderColumn | None) -> bool:
        """Whether the column's figures went into the sums of an activity log."""
        meaning = column.meaning if column else None
        in_log = self.table.layout is Layout.ACTIVITY_LOG
        return bool(in_log and meaning and meaning.element in self._around.elements)

    @cached_property
    def _rows(self) -> frozenset[int]:
        return frozenset(self._sheet.rows())

    @cached_property
    def _sums(self) -> frozenset[int]:
        return frozenset(row for row in self._rows if self._sheet.is_total(row))

    @cached_property
    def _asked_rows(self) -> frozenset[int]:
        return self._rows_named(self._around.asked)

    @cached_property
    def _left_rows(self) -> frozenset[int]:
        return self._rows_named(self._around.left)

    def _rows_named(self, cells: set[Place]) -> frozenset[int]:
        """The rows that findings name at a cell that holds no figure of the table: at the month, the library, the label."""
        figures = {column.index for column in self._sheet.figures}
        # A row without a label is named at its first figure.
        whole = {row for row, column in cells if column not in figures or self._first(column)}
        return frozenset(row for row in whole if row >= self.table.first_row)

    def _first(self, column: int) -> bool:
        return self.table.layout is Layout.ELEMENT_ROWS and column == self._sheet.figures[0].index


def _fate(place: Place, tab: Tab, tables: Sequence[_TableFates], around: _Around) -> Fate:
    """What became of a figure that was not read."""
    if place in around.asked:
        return Fate.ASKED
    for table in reversed(tables):
        if table.holds(place):
            return table.fate(place)
    return Fate.LABEL if isinstance(tab.at(*place).value, str) else Fate.BESIDE
