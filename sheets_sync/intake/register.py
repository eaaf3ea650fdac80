"""Reads the register: the libraries of an office, a row each; further rows of a library add years of population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sheets_sync.intake.directory import Directory
from sheets_sync.intake.interpretation import ReadRegister
from sheets_sync.intake.month_names import day_comes_first
from sheets_sync.intake.options import Inputs, RegisterNames
from sheets_sync.intake.register_lines import lines
from sheets_sync.intake.register_row import RegisterHeader, RegisterRow
from sheets_sync.intake.values.codes import code_of_name
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import CellRef, Finding, Library
from sheets_sync.model.grid import Tab
from sheets_sync.rules import register as rules


def read_register(
    tab: Tab, workbook: str, inputs: Inputs, locale: str = "in_ID", known: Iterable[Library] = ()
) -> ReadRegister:
    """The libraries of a register tab; columns are found by their headings, in any order.

    `known` are the libraries of the last read: a code that stands in two rows stays with the one that had it.
    """
    header = _header(tab, inputs.register_columns)
    if header is None:
        where = (CellRef(workbook, tab.sheet_id, tab.title, 0, 0),)
        return ReadRegister((), (rules.HEADER.finding(cells=where, typed=tab.title),))
    day_first = day_comes_first(locale)
    below = range(header.row + 1, len(tab.rows))
    rows = {row: RegisterRow(tab, workbook, row, header, inputs, day_first=day_first) for row in below}
    headings = [cell.text for cell in tab.rows[header.row] if not cell.blank]
    vouched = ((row, tab.rows[row], each.vouched) for row, each in rows.items())
    aside = set(lines(vouched, headings, inputs.totals))
    filled = [each for row, each in rows.items() if row not in aside and not each.blank]
    read = _libraries(filled, known)
    told = _told(tab, workbook, header, sorted(aside))
    return replace(read, findings=(*read.findings, *_shared_names(read.libraries), *told))


def _libraries(rows: Sequence[RegisterRow], known: Iterable[Library]) -> ReadRegister:
    """The rows as libraries, further rows of one joined to its first."""
    holders = _holders(rows, known)
    libraries: dict[str, Library] = {}
    nameless: list[Library] = []
    findings: list[Finding] = []
    for row in rows:
        library = row.library(holders)
        before = libraries.get(library.code)
        if before and not _further_row(before, library):
            library, before = replace(library, code=_own_code(library, libraries)), None
        if library.code:
            libraries[library.code] = _merged(before, library) if before else library
        else:
            nameless.append(library)
        findings += [replace(finding, library=library.code or None) for finding in row.findings]
    return ReadRegister(tuple(libraries.values()), tuple(findings), tuple(nameless))


def _holders(rows: Iterable[RegisterRow], known: Iterable[Library]) -> dict[str, RegisterRow]:
    """Whose each code and NPP is: of the row that had it, else of the first that has a name."""
    claims: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        for code in row.codes:
            claims[code].append(row)
    had = {code.casefold(): each for each in known for code in (each.npp, each.own_code) if code}
    return {code: _holder(claimants, had.get(code)) for code, claimants in claims.items()}


def _holder(rows: Sequence[RegisterRow], had: Library | None) -> RegisterRow:
    named = [row for row in rows if row.name] or rows
    names = set(map(fold, (had.name, *had.aliases))) if had else set()
    return next((row for row in named if fold(row.name) in names), named[0])


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


def _shared_names(libraries: Iterable[Library]) -> Iterator[Finding]:
    by_code = {library.code: library for library in libraries}
    for name, codes in Directory(by_code.values()).shared.items():
        owners = [by_code[code] for code in sorted(codes)]
        cells = tuple(library.cell for library in owners if library.cell)
        names = ", ".join(library.name for library in owners)
        yield rules.TWICE.finding(cells=cells, typed=name, libraries=names)
