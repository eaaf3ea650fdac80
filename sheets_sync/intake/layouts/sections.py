"""Lines of a table that stand alone and say what the rows below them are of: a year, a month, a library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sheets_sync.intake.asides import remarks, signs, sums_up
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.figure_cells import like_a_figure
from sheets_sync.intake.groups import group_beside
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.intake.options import Layout
from sheets_sync.intake.tables import Table
from sheets_sync.intake.titles import group_named
from sheets_sync.intake.values.years import year_of
from sheets_sync.intake.words import fold, tidy
from sheets_sync.intake.years import ReportingYear, table_month, years_in
from sheets_sync.model.grid import GridCell, Tab

_FIGURES = (Role.ELEMENT, Role.ELEMENT_MONTH, Role.MONTH_VALUES)
_A_LIBRARY = re.compile(
    r"(?:[a-z]|[ivx]{1,4}|\d{1,2})?(?: ?(?:nama )?(?:perpustakaan|perpusdes|perpus|desa|tbm|taman bacaan) .+)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What the nearest lines above a row say of it; `unknown` is where one names a library that the register lacks.

    `group` are the people of whom alone its figures are counted.
    """

    year: ReportingYear | None = None
    month: NamedMonth | None = None
    library: str | None = None
    unknown: tuple[int, int] | None = None
    element: str = ""
    group: str = ""


NO_SECTION = Section()


def sections(
    tab: Tab,
    table: Table,
    directory: Directory,
    vocabulary: Vocabulary,
    year: ReportingYear,
    titles: Iterable[str] = (),
) -> Mapping[int, Section]:
    """Row → section, of the rows that have one; `titles` are those of the table and its tab."""
    reader = _Reader(table, directory, vocabulary, year)
    found: dict[int, Section] = {}
    group = group_named((title for title in titles if not directory.find(title)), vocabulary)
    now = Section(group=group) if group else NO_SECTION
    last = max((column.index for column in table.columns), default=table.left)
    for row in range(table.first_row, table.end_row):
        cells = tab.rows[row][table.left : last + 1]
        filled = (index for index, cell in enumerate(cells, table.left) if not cell.blank)
        first, others = next(filled, None), next(filled, None)
        if first is not None and others is None and not signs(cells) and not remarks(cells):
            now = reader.after(now, tab.at(row, first), (row, first))
        if now is not NO_SECTION:
            found[row] = now
    return MappingProxyType(found)


class _Reader:
    """Reads the lines of a table that stand alone."""

    def __init__(self, table: Table, directory: Directory, vocabulary: Vocabulary, year: ReportingYear) -> None:
        self._table, self._directory, self._vocabulary, self._year = table, directory, vocabulary, year
        self._roles = {column.index: column.meaning.role for column in table.columns if column.meaning}

    def after(self, now: Section, cell: GridCell, where: tuple[int, int]) -> Section:
        """The section that begins with a line, or goes on."""
        role, text = self._roles.get(where[1]), tidy(cell.text)
        bare = like_a_figure(cell) and not any(map(str.isalpha, text))
        if sums_up(text):
            return replace(now, group="") if now.group else now
        if role in _FIGURES and bare:
            return now
        years = self._years(cell)
        month = table_month((text,)) if isinstance(cell.value, str) and not bare else None
        if years and not (role is Role.MONTH and month):
            now = replace(now, year=self._reporting(years))
        if month and self._table.first(Role.MONTH) is None:
            now = replace(now, month=month)
        if years or month or role is Role.LIBRARY:
            return self._with_element(now, text)
        return self._of_library(self._with_group(self._with_element(now, text), text), text, where)

    def _years(self, cell: GridCell) -> set[int]:
        named = year_of(cell)
        if named is not None:
            return {named}
        return years_in(tidy(cell.text), self._year.first_month) if isinstance(cell.value, str) else set()

    def _reporting(self, years: set[int]) -> ReportingYear:
        """The year of the rows below; where months stand in rows it is the calendar's, as in a column for the year."""
        first = 1 if self._table.layout is Layout.MONTH_ROWS else self._year.first_month
        return ReportingYear(years.pop() if len(years) == 1 else None, first, self._year.proposal)

    def _with_element(self, now: Section, text: str) -> Section:
        meaning = self._vocabulary.meaning(text)
        return replace(now, element=meaning.element) if meaning and meaning.role is Role.ELEMENT else now

    def _with_group(self, now: Section, text: str) -> Section:
        """The group that a line names; one that names neither a group nor an element ends the group above it."""
        known = self._vocabulary.meaning(text) is not None
        group = "" if known or self._directory.find(text) else group_beside(text, now.group)
        ends = bool(now.group) and not known
        return replace(now, group=group) if group or ends else now

    def _of_library(self, now: Section, text: str, where: tuple[int, int]) -> Section:
        """The section of the library that a line names; one that the register lacks is asked about."""
        if self._table.first(Role.LIBRARY) is not None or self._vocabulary.meaning(text) is not None:
            return now
        code = self._directory.find(text) or self._directory.find_in_titles((text,))
        if code:
            return replace(now, library=code, unknown=None)
        like = self._directory.suggestion(text) is not None and len(text.split()) > 1
        return replace(now, library=None, unknown=where) if like or _A_LIBRARY.fullmatch(fold(text)) else now


def name_libraries(found: Iterable[Section]) -> bool:
    """Whether any section says whose its rows are."""
    return any(section.library or section.unknown for section in found)
