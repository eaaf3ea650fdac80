"""Reads the register: the libraries of an office, a row each; further rows of a library add years of population."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheets_sync.intake.dates import day_comes_first
from sheets_sync.intake.directory import Directory
from sheets_sync.intake.interpretation import ReadRegister
from sheets_sync.intake.options import Inputs, RegisterNames
from sheets_sync.intake.register_lines import lines
from sheets_sync.intake.register_row import RegisterHeader, RegisterRow
from sheets_sync.intake.values.codes import code_of_name
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import CellRef, Finding, Library
from sheets_sync.model.grid import Tab
from sheets_sync.rules import register as rules


def read_register(tab: Tab, workbook: str, inputs: Inputs, locale: str = "in_ID") -> ReadRegister:
    """The libraries of a register tab; columns are found by their headings, in any order."""
    header = _header(tab, inputs.register_columns)
    if header is None:
        where = (CellRef(workbook, tab.sheet_id, tab.title, 0, 0),)
        return ReadRegister((), (rules.HEADER.finding(cells=where, typed=tab.title),))
    day_first = day_comes_first(locale)
    below = range(header.row + 1, len(tab.rows))
    rows = {row: RegisterRow(tab, workbook, row, header, inputs, day_first=day_first) for row in below}
    headings = [cell.text for cell in tab.rows[header.row] if not cell.blank]
    coded = ((row, tab.rows[row], each.coded) for row, each in rows.items())
    aside = set(lines(coded, headings, inputs.totals))
    filled = [each for row, each in rows.items() if row not in aside and not each.blank]
    libraries: dict[str, Library] = {}
    findings: list[Finding] = []
    for row in filled:
        library = row.library(libraries)
        if library is not None:
            known = libraries.get(library.code)
            if known and not _further_row(known, library):
                library, known = replace(library, code=_own_code(library, libraries)), None
            libraries[library.code] = _merged(known, library) if known else library
        findings += [replace(finding, library=library.code if library else None) for finding in row.findings]
    told = _told(tab, workbook, header, sorted(aside))
    return ReadRegister(tuple(libraries.values()), (*findings, *_shared_names(libraries), *told))


def _told(tab: Tab, workbook: str, header: RegisterHeader, aside: list[int]) -> Iterator[Finding]:
    """Which lines were not taken for libraries, once."""
    filled = {row: next((cell for cell in tab.rows[row] if not cell.blank), None) for row in aside}
    texts = [tidy(cell.text) for cell in filled.values() if cell]
    if texts:
        column = header.columns["name"]
        cells = tuple(CellRef(workbook, tab.sheet_id, tab.title, row, column) for row, cell in filled.items() if cell)
        yield rules.LINES.finding(cells=cells, typed=" · ".join(texts))


def _further_row(known: Library, more: Library) -> bool:
    """Whether a row of the same code and name is about the same library: nothing in it says otherwise."""
    pairs = ((known.district, more.district), (known.tab, more.tab), (known.emails, more.emails))
    return all(not one or not other or one == other for one, other in pairs)


def _own_code(library: Library, taken: dict[str, Library]) -> str:
    """A code for the second of two libraries that are called the same."""
    code = code_of_name(f"{library.name} {library.district}")
    return next(each for n in range(1, len(taken) + 3) if (each := code if n == 1 else f"{code}-{n}") not in taken)


def _header(tab: Tab, names: RegisterNames) -> RegisterHeader | None:
    """The row that knows most headings, a name among them."""
    fields = {fold(name): field for field in RegisterNames.model_fields for name in getattr(names, field)}
    best: RegisterHeader | None = None
    for row, cells in enumerate(tab.rows):
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            field = fields.get(fold(cell.text)) if isinstance(cell.value, str) else None
            if field:
                columns.setdefault(field, index)
        if "name" in columns and (best is None or len(columns) > len(best.columns)):
            best = RegisterHeader(row, columns)
    return best


def _merged(known: Library, more: Library) -> Library:
    """A library with the figures of a further row of it."""
    return replace(known, population=tuple(sorted({*known.population, *more.population})))


def _shared_names(libraries: dict[str, Library]) -> Iterator[Finding]:
    for name, codes in Directory(libraries.values()).shared.items():
        owners = [libraries[code] for code in sorted(codes)]
        cells = tuple(library.cell for library in owners if library.cell)
        names = ", ".join(library.name for library in owners)
        yield rules.TWICE.finding(cells=cells, typed=name, libraries=names)
