"""A row per element, a column per month: the usual Indonesian form, also with several years side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheets_sync.checks.catalogue import places
from sheets_sync.intake.asking import Heading, about_aliases, about_unknown
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.sheet import Sheet, Slot, rows
from sheets_sync.intake.tables import Column, Table
from sheets_sync.intake.words import tidy
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import Finding

_NO_LABELS = (Role.IGNORED, Role.NOTE, Role.LIBRARY, Role.YEAR, Role.TOTAL)


def place(table: Table, sheet: Sheet) -> Iterator[Slot | Finding]:
    """The slots of a table with a row per element; a row with figures and an unknown label is asked about."""
    months = table.with_role(Role.MONTH_VALUES)
    labels = _Labels(table, sheet, months[0].index)
    undated: list[Column] = []
    for row in rows(table, sheet):
        path = labels.path(row)
        if not path or sheet.vocabulary.is_total(path[-1]):
            continue
        filled = sheet.has_figures(row, months)
        element = labels.element(row, path)
        if element is None:
            labels.missed(row, path, filled=filled)
            continue
        library = sheet.library_of(row, table)
        if isinstance(library, str):
            year = _year(table, sheet, row)
            yield from _slots(row, element, library, months, year, undated)
        elif filled:
            yield library or places.NO_LIBRARY.finding(cells=(sheet.cell(row, months[0].index),))
    if undated:
        cells = tuple(sheet.cell(column.row, column.index) for column in dict.fromkeys(undated))
        yield places.NO_YEAR.finding(cells=cells, typed=undated[0].text)
    yield from labels.findings()


def _slots(
    row: int, element: str, library: str, months: tuple[Column, ...], year: ReportingYear, undated: list[Column]
) -> Iterator[Slot]:
    for column in months:
        month = column.meaning.month if column.meaning else None
        period = year.period(month) if month else None
        if period is None:
            undated.append(column)
        else:
            yield Slot(row, column.index, library, element, period)


def _year(table: Table, sheet: Sheet, row: int) -> ReportingYear:
    """The reporting year of a row: its year column's, else the table's."""
    column = table.first(Role.YEAR)
    shown = tidy(sheet.key(row, column.index).text) if column else ""
    return replace(sheet.year, year=int(shown)) if shown.isdecimal() and len(shown) == 4 else sheet.year


class _Labels:
    """The labels before the first month: of one or two columns, under section titles; units and numbers left out."""

    def __init__(self, table: Table, sheet: Sheet, first_month: int) -> None:
        without = {column.index for role in _NO_LABELS for column in table.with_role(role)}
        self._columns = [index for index in range(table.left, first_month) if index not in without]
        self._sheet = sheet
        self._section = ""
        self._present: set[str] = set()
        self._aliases: list[Heading] = []
        self._unknown: list[Heading] = []

    def path(self, row: int) -> list[str]:
        """The label's parts from left to right."""
        texts = (tidy(self._sheet.key(row, index).text) for index in self._columns)
        return [text for text in texts if any(map(str.isalpha, text)) and not self._sheet.vocabulary.is_unit(text)]

    def element(self, row: int, path: list[str]) -> str | None:
        """The element that a label names: with what stands left of it or above it, else by itself."""
        for text in (" ".join(path), f"{self._section} {path[-1]}", path[-1]):
            meaning = self._sheet.vocabulary.meaning(text)
            if meaning and meaning.role is Role.ELEMENT:
                self._present.add(meaning.element)
                if meaning.alias:
                    self._aliases.append(self._heading(row, path))
                return meaning.element
        return None

    def missed(self, row: int, path: list[str], *, filled: bool) -> None:
        """Remembers a label that is not known: before figures it is told of, else it is a section's title."""
        if filled:
            self._unknown.append(self._heading(row, path))
        else:
            self._section = path[-1]

    def findings(self) -> Iterator[Finding]:
        """What is to be told about the labels."""
        yield from about_unknown(self._unknown, self._present, self._sheet.vocabulary)
        yield from about_aliases(self._aliases)

    def _heading(self, row: int, path: list[str]) -> Heading:
        return self._sheet.cell(row, self._columns[-1]), path[-1]
