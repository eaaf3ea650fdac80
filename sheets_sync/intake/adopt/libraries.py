"""The libraries of a workbook: its register, else those that rows, title lines and tabs name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.intake.header_lines import HeaderColumn, title_lines
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.options import Inputs, Layout
from sheets_sync.intake.register import read_register
from sheets_sync.intake.tables import Table, find_tables
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import Library
from sheets_sync.model.grid import Tab, Workbook

_CODES = frozenset({"kode", "code", "id", "npp", "kode perpustakaan", "nomor pokok perpustakaan"})
_NAMED = re.compile(
    r"^(?:nama )?(?:perpustakaan|perpusdes|library|branch)(?: name)?\s*:\s*(?P<name>.+)$", re.IGNORECASE
)
_FIGURES = (Role.ELEMENT, Role.ELEMENT_MONTH, Role.MONTH_VALUES)
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[/-]\s*(?:(?:19|20)?\d\d))?\b")
_NO_NAMES = frozenset(
    {"data", "sheet", "lembar", "rekap", "rekapitulasi", "laporan", "form", "formulir", "isian", "bulanan", "tahunan",
     "kegiatan", "log", "catatan", "statistik", "activity", "activities", "report", "monthly", "table", "tabel",
     "semua", "all", "input", "responses", "respons", "response", "jawaban", "tanggapan", "total", "tahun", "year", "sheet1", "sheet2", "sheet3"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The libraries, whether a register lists them, and the tabs that hold figures."""

    libraries: tuple[Library, ...]
    in_register: bool
    figures: tuple[Tab, ...]


def find_libraries(
    workbook: Workbook, tabs: Sequence[Tab], vocabulary: Vocabulary, inputs: Inputs, title: str
) -> Found:
    """The libraries of the register tab of that title if it is there, else those named beside figures."""
    figures = tuple(tab for tab in tabs if tab.title != title and find_tables(tab, vocabulary))
    for tab in tabs:
        register = read_register(tab, workbook.id, inputs, workbook.locale) if tab.title == title else None
        if register and register.libraries:
            return Found(register.libraries, True, figures)
    named = {library.code: library for tab in figures for library in _named(tab, vocabulary)}
    return Found(tuple(named.values()), False, figures)


def _named(tab: Tab, vocabulary: Vocabulary) -> Iterator[Library]:
    for table in find_tables(tab, vocabulary):
        if table.first(Role.LIBRARY):
            yield from _in_rows(tab, table, vocabulary)
        else:
            name = _in_titles(tab, table.header_row) or ("" if _of_several(tab, table) else _in_tab_title(tab.title))
            meaning = vocabulary.meaning(name) if name else None
            if name and not (meaning and meaning.role is Role.ELEMENT):
                yield Library(slug(name), name, tab=tab.title)


def _of_several(tab: Tab, table: Table) -> bool:
    """Whether one month comes more than once, so that no one library's name can be the tab's: most answers are such."""
    if table.layout is Layout.ANSWERS:
        return True
    keys = [column.index for role in (Role.YEAR, Role.MONTH) for column in table.with_role(role)]
    rows = range(table.first_row, table.end_row)
    months = [tuple(fold(tab.at(row, index).text) for index in keys) for row in rows if keys]
    named = [month for month in months if all(month)]
    return len(set(named)) < len(named)


def _in_rows(tab: Tab, table: Table, vocabulary: Vocabulary) -> Iterator[Library]:
    """The names in the library column of rows that hold figures."""
    columns = table.with_role(Role.LIBRARY)
    codes = [column for column in columns if fold(column.text) in _CODES]
    names = [column for column in columns if column not in codes] or codes
    figures = [column for role in _FIGURES for column in table.with_role(role)]
    for row in range(table.first_row, table.end_row):
        name, code = _text(tab, row, names), _text(tab, row, codes)
        filled = any(not tab.at(row, column.index).blank for column in figures) or table.layout is Layout.ACTIVITY_LOG
        if name and filled and not vocabulary.is_total(name):
            yield Library(code or slug(name), name)


def _text(tab: Tab, row: int, columns: Sequence[HeaderColumn]) -> str:
    return tidy(tab.at(row, columns[0].index).text) if columns else ""


def _in_titles(tab: Tab, header_row: int) -> str:
    """The library that a line above the table names, as in `Nama Perpustakaan: Tangkum`."""
    found = (_NAMED.match(line) for line in title_lines(tab, header_row))
    return next((match["name"].strip(" :") for match in found if match), "")


def _in_tab_title(title: str) -> str:
    """The tab's title without a year, if it can be a name at all."""
    name = tidy(_YEARS.sub(" ", title)).strip(" -–/")
    return "" if not name or set(fold(name).split()) <= _NO_NAMES else name


def slug(text: str) -> str:
    """A code made of a name."""
    return fold(text).replace(" ", "-")
