"""A workbook's cells as observations: which tabs hold figures, what stands where, what each entry says."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from sheets_sync.config.office import Elements, Office
from sheets_sync.intake.account import Fate, counted, fates
from sheets_sync.intake.columns import about_columns, without_foreign
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.figure_cells import Place, figure_cells
from sheets_sync.intake.header_lines import title_lines
from sheets_sync.intake.headings import Role, vocabulary_of
from sheets_sync.intake.interpretation import Interpretation, RowNote, TableUse, TabUse
from sheets_sync.intake.layouts import one_for_each, place
from sheets_sync.intake.layouts.activity_log import ActivityLog
from sheets_sync.intake.layouts.lines import Line, merged_slots
from sheets_sync.intake.layouts.sections import sections
from sheets_sync.intake.layouts.sheet import Sheet, of_library
from sheets_sync.intake.month_names import day_comes_first
from sheets_sync.intake.observe import Observer, about_tab_year, outside_year
from sheets_sync.intake.options import Inputs, Layout
from sheets_sync.intake.owners import contradicted, owner_of
from sheets_sync.intake.readers import readers_of
from sheets_sync.intake.tables import Table, find_tables, months_of
from sheets_sync.intake.titles import element_named, no_results
from sheets_sync.intake.unread import about_unread, libraries_on
from sheets_sync.intake.words import tidy
from sheets_sync.intake.years import table_month, table_year
from sheets_sync.model import CellRef, Finding, Library, Message, Observation, msg, register_sheets
from sheets_sync.model.account import TabAccount
from sheets_sync.model.grid import Tab, Workbook
from sheets_sync.rules import accounting, places
from sheets_sync.rules.tabs import SECOND_REGISTER

_LOG = logging.getLogger(__name__)
MAX_CELLS = 1_000_000  # of a tab: reading takes time in proportion to them, some ten seconds for so many
_SAYS_WHY = (places.WHICH_ELEMENT.code,)  # asks already why nothing is taken
_NO_TABLE = msg("No table with known headings was found on it.")
_NO_RESULTS = msg("Its title says that its figures are no results.")
_NOBODY: Mapping[int, str] = MappingProxyType({})


def interpret(
    workbook: Workbook,
    libraries: Iterable[Library],
    elements: Elements,
    inputs: Inputs,
    office: Office,
    known_tabs: Mapping[int, str] = _NOBODY,
) -> Interpretation:
    """Everything a workbook says, and what has to be asked about it.

    `known_tabs` maps the sheetId of tabs seen before to the code of their library, so that a renamed tab is found
    again. Nothing is guessed: what can't be placed or read with certainty becomes a finding.
    """
    libraries = tuple(libraries)
    register = frozenset(sheet for book, sheet in register_sheets(libraries) if book == workbook.id)
    reader = _WorkbookReader(workbook, Directory(libraries), elements, inputs, office, known_tabs, register)
    return _joined([_read_alone(reader, tab) for tab in workbook.tabs])


def _read_alone(reader: _WorkbookReader, tab: Tab) -> Interpretation:
    """What a tab says; one that can't be interpreted at all becomes a question and costs the others nothing."""
    cells, where = sum(map(len, tab.rows)), (CellRef(reader.workbook_id, tab.sheet_id, tab.title, 0, 0),)
    if cells > MAX_CELLS:
        question = places.TAB_LARGE.finding(cells=where, typed=tab.title, count=cells, most=MAX_CELLS)
        return reader.not_read(tab, question, question.message)
    try:
        return reader.read(tab)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        _LOG.exception("The tab %r of the workbook %s can't be interpreted.", tab.title, reader.workbook_id)
        question = places.TAB_FAILED.finding(cells=where, typed=tab.title)
        return reader.not_read(tab, question, msg("The program failed on this tab; its log says how."))


class _WorkbookReader:
    """Reads the tabs of one workbook."""

    def __init__(
        self,
        workbook: Workbook,
        directory: Directory,
        elements: Elements,
        inputs: Inputs,
        office: Office,
        known_tabs: Mapping[int, str],
        register: frozenset[int],
    ) -> None:
        self._workbook, self._directory = workbook, directory
        self._inputs, self._office, self._known_tabs = inputs, office, known_tabs
        self._register = register  # the sheetIds that the libraries were read from
        self._vocabulary = vocabulary_of(elements, inputs)
        self._observer = Observer(elements, readers_of(elements, inputs))
        self._day_first = day_comes_first(workbook.locale)

    @property
    def workbook_id(self) -> str:
        """The id of the workbook."""
        return self._workbook.id

    def not_read(self, tab: Tab, question: Finding, why: Message) -> Interpretation:
        """A tab that can't be read; the libraries on it have not failed to report."""
        libraries = libraries_on(tab, self._directory, self._directory.find_by_title(tab.title))
        left = len(figure_cells(tab))
        account = TabAccount(tab.title, left=left, why=why, unread=left > 0, libraries=libraries)
        use = TabUse(tab.sheet_id, tab.title, ignored=why, account=account)
        return Interpretation(tabs=(use,), findings=(question,))

    def read(self, tab: Tab) -> Interpretation:
        """What a tab says, and whether it is called what only the register may be called."""
        said = self._said(tab)
        return replace(said, findings=(*said.findings, *self._second_register(tab)))

    def _said(self, tab: Tab) -> Interpretation:
        about = self._inputs.about(self._workbook.id, tab.title)
        if self._is_none(tab):
            return _left_out(tab, msg("This tab is the program's own or the register."))
        if not about.use:
            return _left_out(tab, msg("The configuration says not to read it."))
        found = find_tables(tab, self._vocabulary, about.layout, day_first=self._day_first)
        aside = [no_results((*title_lines(tab, table.header_row), tab.title)) for table in found]
        tables = tuple(table for table, title in zip(found, aside, strict=True) if not title)
        remembered = self._known_tabs.get(tab.sheet_id)
        owner = owner_of(tab, about, self._directory, self._inputs, self._workbook.id, remembered)
        if not tables:
            return self._unread(tab, owner.library, _NO_RESULTS if found else _NO_TABLE, *aside[:1])
        lines = title_lines(tab, tables[0].header_row)
        question = owner.question or contradicted(tab, owner.library, lines, self._directory, self._workbook.id)
        if question:
            return _questioned(tab, question)
        return self._tables(tab, tables, owner.library)

    def _is_none(self, tab: Tab) -> bool:
        """Whether it is no input: the register, or called like it or a page, unless a library's figures stood on it."""
        called = tab.title in {*self._office.tabs.own, self._office.tabs.guide, self._office.tabs.libraries}
        return tab.sheet_id in self._register or (called and tab.sheet_id not in self._known_tabs)

    def _second_register(self, tab: Tab) -> Iterator[Finding]:
        """A tab that has the register's title while the register is another one."""
        true = next((each for each in self._workbook.tabs if each.sheet_id in self._register), tab)
        if true is not tab and _same_title(tab, self._office.tabs.libraries):
            where = (CellRef(self._workbook.id, tab.sheet_id, tab.title, 0, 0),)
            yield SECOND_REGISTER.finding(cells=where, typed=tab.title, ours=true.title)

    def _tables(self, tab: Tab, tables: tuple[Table, ...], owner: str | None) -> Interpretation:
        sheets = [self._sheet(tab, table, owner) for table in tables]
        parts = [self._table(sheet) for sheet in sheets if _has_months(sheet)]
        uses = tuple(TableUse(t.layout, t.header_row, t.first_row, t.end_row - 1) for t in tables)
        owners = {sheet.owner for sheet in sheets}
        sole = owners.pop() if len(owners) == 1 else None
        understood = _joined(parts)
        read, others = fates(tab, sheets, understood)
        account = counted(tab.title, read, others.values(), uses[0].layout.value)
        if not account.taken and account.figures > account.labels:
            unread = self._unread(tab, sole, msg("Nothing under its headings or beside its labels is known."))
            if unread.findings and not any(found.rule_code in _SAYS_WHY for found in understood.findings):
                return unread
            account = replace(account, unread=bool(unread.findings), libraries=libraries_on(tab, self._directory, sole))
        use = TabUse(tab.sheet_id, tab.title, sole, uses, account=account)
        beside = self._beside(tab, [place for place, fate in others.items() if fate is Fate.BESIDE], sole)
        return replace(understood, tabs=(use,), findings=(*understood.findings, *beside))

    def _unread(self, tab: Tab, owner: str | None, why: Message, title: str = "") -> Interpretation:
        """A tab from which nothing is taken, with the question about its figures if it holds any."""
        question = about_unread(tab, self._workbook.id, self._directory, self._vocabulary, owner, title)
        libraries = libraries_on(tab, self._directory, owner) if question else ()
        left = len(figure_cells(tab))
        account = TabAccount(tab.title, left=left, why=why, unread=question is not None, libraries=libraries)
        use = TabUse(tab.sheet_id, tab.title, ignored=why, account=account)
        return Interpretation(tabs=(use,), findings=(question,) if question else ())

    def _beside(self, tab: Tab, places: Sequence[Place], owner: str | None) -> Iterator[Finding]:
        """One line for the figures of a tab that belong to no table."""
        if places:
            cells = tuple(CellRef(self._workbook.id, tab.sheet_id, tab.title, *place) for place in places)
            yield accounting.BESIDE.finding(library=owner, cells=cells, typed=cells[0].a1, count=len(cells))

    def _sheet(self, tab: Tab, found: Table, owner: str | None) -> Sheet:
        titles = (tab.title, *title_lines(tab, found.header_row))
        owner = owner or self._directory.find_in_titles(titles[1:])
        table = without_foreign(found, self._directory, owner)
        about = self._inputs.about(self._workbook.id, tab.title)
        months = months_of(tab, table, day_first=self._day_first)
        year = table_year((*titles[1:], tab.title), about, self._inputs.year, self._office.year_starts_in, months)
        parts = sections(tab, table, self._directory, self._vocabulary, year, titles)
        nearer = any(part.year and part.year.year != year.year for part in parts.values())
        return Sheet(
            self._workbook.id,
            tab,
            table,
            self._directory,
            self._vocabulary,
            replace(year, binding=year.binding and not nearer),
            owner,
            table_month(titles),
            self._day_first,
            element_named((*titles[1:], tab.title), self._vocabulary),
            parts,
        )

    def _table(self, sheet: Sheet) -> Interpretation:
        named = sheet.table.first(Role.LIBRARY) is not None or sheet.rows_are_libraries or sheet.has_library_sections
        if sheet.owner is None and not named:
            return Interpretation(findings=tuple(_whose(sheet)))
        is_log = sheet.table.layout is Layout.ACTIVITY_LOG
        observations, findings = self._counted(sheet) if is_log else self._read(sheet)
        findings = [
            *about_columns(sheet),
            *findings,
            *outside_year(observations, sheet),
            *about_tab_year(observations, sheet),
        ]
        whose = tuple(of_library(finding, sheet.sole_library) for finding in findings)
        notes = tuple(_notes(sheet, observations))
        return Interpretation(tuple(observations), whose, notes=notes, note_columns=tuple(_note_columns(sheet)))

    def _read(self, sheet: Sheet) -> tuple[list[Observation], list[Finding]]:
        """What stands in the cells of a table that holds figures."""
        placed = list(place(sheet))
        lines = [line for line in placed if isinstance(line, Line)]
        groups = merged_slots([slot for line in lines for slot in line.slots()], sheet.tab) if sheet.tab.merges else []
        inside = {slot for group in groups for slot in group}
        alone = [slot.line for line in lines for slot in line.slots() if slot not in inside] if inside else lines
        read = [self._observer.observe_line(line, sheet) for line in alone]
        read += [self._observer.observe_merged(group, sheet) for group in groups]
        misplaced = one_for_each(item for item in placed if isinstance(item, Finding))
        questions = chain.from_iterable(asked for _, asked in read)
        return list(chain.from_iterable(seen for seen, _ in read)), [*misplaced, *questions]

    def _counted(self, sheet: Sheet) -> tuple[list[Observation], list[Finding]]:
        """What the rows of an activity log add up to."""
        log = ActivityLog(sheet, self._observer, self._inputs.log)
        observations = list(log.observations())
        return observations, log.findings


def _same_title(tab: Tab, title: str) -> bool:
    return tab.title.casefold() == title.casefold()


def _has_months(sheet: Sheet) -> bool:
    """Whether a table is about months at all; one of libraries and their collections may be about none."""
    table, above = sheet.table, any(section.month for section in sheet.sections.values())
    named = table.layout not in (Layout.MONTH_ROWS, Layout.ANSWERS) or table.first(Role.MONTH) is not None
    return named or above or sheet.month is not None


def _whose(sheet: Sheet) -> Iterator[Finding]:
    """The question whose figures these are; an empty form is nobody's."""
    title = sheet.tab.title
    is_log = sheet.table.layout is Layout.ACTIVITY_LOG
    columns = [*sheet.figures, *sheet.table.foreign, *(column for group in sheet.table.disputed for column in group)]
    if any(is_log or sheet.has_figures(row, columns) for row in sheet.rows()):
        proposal = sheet.directory.suggestion(title) or ""
        yield places.TAB.finding(cells=(sheet.cell(0, 0),), typed=title, proposal=proposal)


def _notes(sheet: Sheet, observations: Iterable[Observation]) -> Iterator[RowNote]:
    """The notes beside rows that hold figures."""
    for column in _note_columns(sheet):
        for row in sorted({seen.cell.row for seen in observations}):
            text = tidy(sheet.tab.at(row, column.cell.column).text)
            if text:
                yield RowNote(sheet.cell(row, column.cell.column), text)


def _note_columns(sheet: Sheet) -> Iterator[RowNote]:
    """The heading over a table's notes; those of an activity log are about single events and answer nothing."""
    column = sheet.table.first(Role.NOTE)
    if column is not None and sheet.table.layout is not Layout.ACTIVITY_LOG:
        header, last = sheet.table.header_row, sheet.table.end_row - 1
        yield RowNote(sheet.cell(header, column.index), column.text, heads=last - header)


def _left_out(tab: Tab, why: Message) -> Interpretation:
    account = TabAccount(tab.title, left=len(figure_cells(tab)), why=why)
    return Interpretation(tabs=(TabUse(tab.sheet_id, tab.title, ignored=why, account=account),))


def _questioned(tab: Tab, question: Finding) -> Interpretation:
    """A tab of which it is asked first whose it is."""
    why = question.message
    account = TabAccount(tab.title, asked=len(figure_cells(tab)), why=why)
    return Interpretation(tabs=(TabUse(tab.sheet_id, tab.title, ignored=why, account=account),), findings=(question,))


def _joined(parts: Iterable[Interpretation]) -> Interpretation:
    parts = tuple(parts)
    return Interpretation(
        observations=tuple(chain.from_iterable(part.observations for part in parts)),
        findings=tuple(item for part in parts for item in part.findings),
        tabs=tuple(item for part in parts for item in part.tabs),
        notes=tuple(item for part in parts for item in part.notes),
        note_columns=tuple(item for part in parts for item in part.note_columns),
    )
