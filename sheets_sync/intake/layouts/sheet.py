"""What every layout needs: a tab with its surroundings, and the lines of slots that hold values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sheets_sync.intake.asides import numbers_columns, remarks, signs, sums_up
from sheets_sync.intake.counted_months import in_numerals
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.entry import shown
from sheets_sync.intake.figure_cells import like_a_figure
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.layouts.sections import NO_SECTION, Section, name_libraries
from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.intake.options import Layout
from sheets_sync.intake.parts import names_part
from sheets_sync.intake.tables import Table
from sheets_sync.intake.values.codes import read_name
from sheets_sync.intake.values.years import read_year
from sheets_sync.intake.words import tidy
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import CellRef, Finding
from sheets_sync.model.grid import GridCell, Tab, filled
from sheets_sync.rules import places
from sheets_sync.rules.rule import Rule

_KEYS = (Role.MONTH, Role.LIBRARY, Role.YEAR, Role.DATE, Role.ELEMENT_NAME, Role.IGNORED)
_FIGURES = (Role.ELEMENT, Role.ELEMENT_MONTH, Role.MONTH_VALUES)
_made = tuple.__new__  # in half the time that the name of a named tuple takes: there are ten thousands
_SUM = re.compile(r"=\s*(?:SUM|SUBTOTAL|AVERAGE)\(", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A table on its tab, with all that is needed to say what its cells hold.

    `owner` is the library, `month` the month, `element` the element that all of it belongs to, where its title says so;
    `sections` is what lines that stand alone say of the rows below them.
    """

    workbook: str
    tab: Tab
    table: Table
    directory: Directory
    vocabulary: Vocabulary
    year: ReportingYear
    owner: str | None = None
    month: NamedMonth | None = None
    day_first: bool = True
    element: str = ""
    sections: Mapping[int, Section] = field(default_factory=dict)
    _resolved: dict[str, str | None] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> CellRef:
        """The place of a cell."""
        tab = self.tab
        return _made(CellRef, (self.workbook, tab.sheet_id, tab.title, row, column))

    def cells(self, row: int, columns: Sequence[int]) -> list[GridCell]:
        """Some cells of a row, empty where the grid does not reach."""
        try:
            cells = self.tab.rows[row]
            return [cells[column] for column in columns]
        except IndexError:
            return [self.tab.at(row, column) for column in columns]

    def key(self, row: int, column: int) -> GridCell:
        """The cell of a key column, filled down inside a merge and nowhere else."""
        return self.tab.at(self._merged.get((row, column), row), column)

    @cached_property
    def _merged(self) -> dict[tuple[int, int], int]:
        return {
            (row, merge.column): merge.row
            for merge in self.tab.merges
            for row in range(merge.row + 1, min(merge.end_row, len(self.tab.rows)))
        }

    def find_library(self, name: str) -> str | None:
        """The code of the library a cell names."""
        if name not in self._resolved:
            self._resolved[name] = self.directory.find(name)
        return self._resolved[name]

    def has_figures(self, row: int, columns: Iterable[HeaderColumn]) -> bool:
        """Whether something like a number stands in one of the columns; a signature below the table is none."""
        return any(like_a_figure(self.tab.at(row, column.index)) for column in columns)

    def is_total(self, row: int) -> bool:
        """Whether the row sums up others: one of its keys says so, or it names nothing and all of it is sums.

        What is typed in a note or as the kind of an event is no key: `Jumlah peserta termasuk anak` is a remark.
        """
        if self._month is not None and sums_up(self.tab.at(row, self._month).text):
            return True
        named = list(filter(None, [tidy(cell[1]) for cell in self.cells(row, self.key_columns)]))
        if named:
            return any(map(self.vocabulary.is_total, named))
        figures = (self.tab.at(row, column.index) for column in self.figures)
        return all(_SUM.match(cell.formula) for cell in figures if not cell.blank)

    @cached_property
    def _month(self) -> int | None:
        """The column of the months, or else of the days."""
        column = self.table.first(Role.MONTH) or self.table.first(Role.DATE)
        return column.index if column else None

    @cached_property
    def figures(self) -> tuple[HeaderColumn, ...]:
        """The columns that hold figures."""
        return tuple(column for column in self.table.columns if column.meaning and column.meaning.role in _FIGURES)

    @cached_property
    def key_columns(self) -> list[int]:
        """The columns that say what a row is about: those with a key's heading, and left of the figures those without."""
        first = min((column.index for column in self.figures), default=self.table.left)
        headed = {column.index for column in self.table.columns}
        keys = {column.index for role in _KEYS for column in self.table.with_role(role)}
        return sorted(keys | (set(range(self.table.left, first)) - headed))

    @cached_property
    def counts_months_in_numerals(self) -> bool:
        """Whether the column of months holds I, II, III … and nothing else: below `Bulan`, or more than quarters are."""
        column = self.table.first(Role.MONTH)
        texts = [tidy(self.tab.at(row, column.index).text) for row in self.rows()] if column else []
        return column is not None and in_numerals(column.text, [text for text in texts if text and not sums_up(text)])

    def year_in(self, row: int) -> int | None:
        """The year that a row's own column says."""
        column = self.table.first(Role.YEAR)
        return read_year(self.key(row, column.index)).value if column else None

    def year_question(self, row: int) -> Finding | None:
        """The question about what stands in a row's year column and is no year; the table's year is none of its own."""
        column = self.table.first(Role.YEAR)
        if column is None:
            return None
        cell = self.key(row, column.index)
        refusal = read_year(cell, self.vocabulary.none).refusal
        return refusal.finding(cells=(self.cell(row, column.index),), typed=shown(cell)) if refusal else None

    def library_of(self, row: int) -> str | Finding | None:
        """The library a row names, the tab's owner if no row names one; None where only this row is blank."""
        columns = self.table.with_role(Role.LIBRARY)
        read = [(column, read_name(self.key(row, column.index), self.vocabulary.none)) for column in columns]
        typed = [(column, entry.value) for column, entry in read if entry.value]
        if not typed:
            refused = next((self._no_name(row, c, e.refusal) for c, e in read if e.refusal), None)
            return refused or self._library_above(row) or self.sole_library
        found = {code for _, text in typed if (code := self.find_library(text))}
        if len(found) == 1:
            return found.pop()
        column, text = typed[0]
        proposal = "" if found else self.directory.suggestion(text) or ""
        return places.LIBRARY.finding(cells=(self.cell(row, column.index),), typed=text, proposal=proposal)

    def set_off(self, row: int) -> bool:
        """Whether a row stands apart from the one above: below a blank one, or merged over several columns."""
        merged = any(merge.row == row and merge.end_column - merge.column > 1 for merge in self.tab.merges)
        return merged or all(cell.blank for cell in self.tab.rows[row - 1])

    def section(self, row: int) -> Section:
        """What the lines above a row say of it."""
        return self.sections.get(row, NO_SECTION)

    def year_of_row(self, row: int) -> ReportingYear:
        """The reporting year of a row: that of its section, else the table's."""
        return self.section(row).year or self.year

    def _library_above(self, row: int) -> str | Finding | None:
        """The library that a line above a row names, or the question about it."""
        above = self.section(row)
        found = self.library_in(*above.unknown) if above.unknown else above.library
        return (
            replace(found, cells=(*found.cells, self.cell(row, self.table.left)))
            if isinstance(found, Finding)
            else found
        )

    @cached_property
    def library_column(self) -> int | None:
        """The column before the months whose texts are libraries of the register, whatever its heading says."""
        known = self.table.with_role(Role.LIBRARY)
        if known:
            return known[0].index
        first = min((column.index for column in self.figures), default=self.table.left)
        columns = [index for index in range(self.table.left, first) if self._holds_libraries(index)]
        return columns[0] if columns else None

    def _holds_libraries(self, index: int) -> bool:
        texts = [tidy(self.tab.at(row, index).text) for row in self.rows()]
        return any(text and not names_part(text) and self.find_library(text) for text in texts)

    @cached_property
    def rows_are_libraries(self) -> bool:
        """Whether months stand across and each row is a library, so that only a title can say what is counted."""
        table = self.table
        if table.layout is not Layout.ELEMENT_ROWS or self.library_column is None:
            return False
        first = min((column.index for column in self.figures), default=table.left)
        rows = [row for row in self.rows() if self.has_figures(row, self.figures)]
        texts = (tidy(self.tab.at(row, index).text) for row in rows for index in range(table.left, first))
        meanings = (self.vocabulary.meaning(text) for text in texts if text)
        return not any(meaning and meaning.role is Role.ELEMENT for meaning in meanings) and not self._labelled

    @property
    def _labelled(self) -> bool:
        """Whether a column says that it names elements, or figures stand beside libraries and something unknown."""
        names = self.table.first(Role.ELEMENT_NAME)
        return names is not None and names.index != self.library_column

    def library_in(self, row: int, column: int) -> str | Finding | None:
        """The library that a cell names, the question about it, None where it is blank."""
        text = tidy(self.key(row, column).text)
        if not text:
            return None
        proposal = self.directory.suggestion(text) or ""
        question = places.LIBRARY.finding(cells=(self.cell(row, column),), typed=text, proposal=proposal)
        return self.find_library(text) or question

    def _no_name(self, row: int, column: HeaderColumn, refusal: Rule) -> Finding:
        typed = shown(self.key(row, column.index))
        return refusal.finding(cells=(self.cell(row, column.index),), typed=typed, example=places.NO_LIBRARY.example)

    @property
    def sole_library(self) -> str | None:
        """The library that all of the table is about."""
        return None if self._names_libraries or self.has_library_sections else self.owner

    @property
    def has_labels(self) -> bool:
        """Whether its rows are elements, each with its label."""
        return self.table.layout is Layout.ELEMENT_ROWS and not self.rows_are_libraries

    @cached_property
    def has_library_sections(self) -> bool:
        """Whether lines that stand alone say whose the rows below them are."""
        return name_libraries(self.sections.values())

    @cached_property
    def _names_libraries(self) -> bool:
        """Whether any row of the table says whose it is."""
        columns, body = self.table.with_role(Role.LIBRARY), range(self.table.first_row, self.table.end_row)
        return any(not self.tab.at(row, column.index).blank for row in body for column in columns)

    def rows(self) -> Iterator[int]:
        """The rows below the header that may hold data: no blank ones, no numbering of the columns, none below it."""
        yield from self._data_rows

    @cached_property
    def _data_rows(self) -> tuple[int, ...]:
        last = self.table.columns[-1].index
        rows, signed = [], False
        for row in range(self.table.first_row, self.table.end_row):
            cells = filled(self.tab.rows[row][self.table.left : last + 1])
            if not cells or (numbers_columns(cells) and self._only_numbers(row)):
                continue
            signed = signed or (signs(cells) and not remarks(cells))
            if not signed or self._names_a_row(row):
                rows.append(row)
        return tuple(rows)

    def _names_a_row(self, row: int) -> bool:
        """Whether a row below the signatures is data all the same: its month, library or element is named."""
        keys = [c.index for role in (Role.MONTH, Role.LIBRARY, Role.DATE) for c in self.table.with_role(role)]
        cells = [self.tab.at(row, index) for index in keys]
        filled = [cell for cell in cells if not cell.blank]
        named = bool(filled) and not signs(filled)
        return (named or self._names_an_element(row)) and self.has_figures(row, self.figures)

    def _names_an_element(self, row: int) -> bool:
        """Whether an element or a library stands before the months of a row."""
        first = min((column.index for column in self.figures), default=self.table.left)
        texts = [tidy(self.tab.at(row, index).text) for index in range(self.table.left, first)]
        meanings = (self.vocabulary.meaning(text) for text in texts if text)
        known = any(meaning is not None and meaning.role is Role.ELEMENT for meaning in meanings)
        return known or any(text and self.find_library(text) for text in texts)

    def _only_numbers(self, row: int) -> bool:
        """Whether a row that counts 1, 2, 3 is no month: months written as numbers need the first of them."""
        month = self.table.first(Role.MONTH)
        if month is None or (row == self.table.first_row and month.index > self.table.left):
            return True
        months = [self.tab.at(other, month.index).value for other in range(self.table.first_row, self.table.end_row)]
        typed = self.tab.at(row, month.index).value
        others = [value for value in months if isinstance(value, int | float)]
        return len(others) <= 1 or sum(value == typed for value in others) > 1


def of_library(finding: Finding, library: str | None) -> Finding:
    """The finding, with the library it is about if it names none itself."""
    return replace(finding, library=library) if library and finding.library is None else finding
