"""A heading and what it is proposed to be, with how sure that is and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.options import ColumnNames, Layout
from sheets_sync.intake.tables import Table
from sheets_sync.model import CellRef, Message, msg
from sheets_sync.model.grid import Tab

OWN_LABEL, ALIAS, BY_HEADING, BY_CONTENT, NEW, ASKED = 1.0, 0.95, 0.95, 0.8, 0.6, 0.0
_FIGURES = (Role.ELEMENT, Role.ELEMENT_MONTH)
_KEYS = (Role.TIMESTAMP, Role.LIBRARY, Role.MONTH, Role.YEAR, Role.DATE, Role.KIND, Role.NOTE)


@dataclass(frozen=True, slots=True)
class Match:
    """A heading (or a tab) and what it is proposed to be. `confidence` is a share of 1, 0 for a question.

    `meaning` is an element's id, a role of a column or a layout; of a question, what it looks like.
    """

    cell: CellRef
    typed: str
    meaning: str
    confidence: float
    reason: Message

    @property
    def asked(self) -> bool:
        """Whether nothing is assumed."""
        return self.confidence == ASKED


@dataclass(frozen=True, slots=True)
class Matcher:
    """Says why headings are what they are. `before` is the vocabulary without anything that was added."""

    workbook: str
    before: Vocabulary
    new: frozenset[str]

    def table(self, tab: Tab, table: Table) -> Iterator[Match]:
        """The matches of a table: its layout, key columns, and each element once."""
        yield self._layout(tab, table)
        seen: set[str] = set()
        for column in table.columns:
            meaning = column.meaning
            if meaning is None:
                continue
            if meaning.role in _KEYS:
                yield self._key(tab, column, meaning.role)
            elif meaning.role in _FIGURES and meaning.element and meaning.element not in seen:
                seen.add(meaning.element)
                yield self.element(self.cell(tab, column.row, column.index), column.text, meaning.element)

    def element(self, where: CellRef, text: str, element: str) -> Match:
        """A heading or label that stands for an element."""
        if element in self.new:
            return Match(
                where, text, element, NEW, msg("nothing known is called like this; kept as an element of its own")
            )
        meaning = self.before.meaning(text)
        if meaning is not None and meaning.alias:
            return Match(where, text, element, ALIAS, msg("an alias of the element"))
        return Match(where, text, element, OWN_LABEL, msg("the element's own label"))

    def question(self, where: CellRef, text: str, element: str, known: str) -> Match:
        """A heading that looks like a known one."""
        return Match(where, text, element, ASKED, msg("looks like “{known}”: is it the same?", known=known))

    def cell(self, tab: Tab, row: int, column: int) -> CellRef:
        """The place of a cell."""
        return CellRef(self.workbook, tab.sheet_id, tab.title, row, column)

    def _layout(self, tab: Tab, table: Table) -> Match:
        where = self.cell(tab, table.header_row, table.columns[0].index)
        reasons = {
            Layout.MONTH_ROWS: msg("a row per month, headings in row {row}", row=table.header_row + 1),
            Layout.ELEMENT_ROWS: msg("months as headings in row {row}, elements below", row=table.header_row + 1),
            Layout.WIDE: msg("headings in row {row} name element and month", row=table.header_row + 1),
            Layout.ANSWERS: msg(
                "a row per answer to a form, the latest counts; headings in row {row}", row=table.header_row + 1
            ),
            Layout.ACTIVITY_LOG: msg("a row per event with its date, headings in row {row}", row=table.header_row + 1),
        }
        known = all(self.before.meaning(column.text) for column in table.columns if column.meaning and column.text)
        confidence = BY_HEADING if known else BY_CONTENT
        return Match(where, tab.title, table.layout.value, confidence, reasons[table.layout])

    def _key(self, tab: Tab, column: HeaderColumn, role: Role) -> Match:
        where = self.cell(tab, column.row, column.index)
        known = self.before.meaning(column.text)
        if known is not None and known.role is role:
            return Match(where, column.text, role.value, BY_HEADING, msg("its heading says so"))
        return Match(where, column.text, role.value, BY_CONTENT, msg("what stands in the column says so"))


def with_names(columns: ColumnNames, added: dict[str, list[str]]) -> ColumnNames:
    """The names of columns with further ones."""
    update = {field: (*getattr(columns, field), *names) for field, names in added.items() if names}
    return columns.model_copy(update=update)
