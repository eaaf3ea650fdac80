"""From what a workbook holds to a configuration that reads it: known headings first, then shapes, then questions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import Text
from sheets_sync.intake.adopt.asked import Sketch, asked
from sheets_sync.intake.adopt.libraries import Found, find_libraries
from sheets_sync.intake.adopt.match import Match, Matcher, with_names
from sheets_sync.intake.adopt.shapes import Shape, shape_of
from sheets_sync.intake.header_lines import Lines, title_lines
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.interpret import interpret
from sheets_sync.intake.interpretation import Interpretation
from sheets_sync.intake.options import Inputs, Layout, TabInput
from sheets_sync.intake.tables import Table, find_tables
from sheets_sync.intake.titles import element_named
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import CellRef, Library
from sheets_sync.model.grid import Tab, Workbook
from sheets_sync.rules import places

MAX_ID = 60
UNKNOWN_UNIT = Text(id="?", en="?")
_ADDRESS = re.compile(
    r"(?:.* )?(?:alamat|address|street|jalan|kode ?pos|zip(?: ?code)?|postal ?code|post ?code|rt|rw|telepon|telp|phone|faks?|email"
    r"|e mail|hp|wa|whatsapp|nik|npwp|npp|nip|latitude|longitude|lat|lon|lng|koordinat|coordinates|website|url|city|kota|state|ward)(?: .*)?"
)  # says where a library is, not what it did
_UNPLACED = (places.EXTRA_COLUMN, places.EXTRA_ROW, places.SAME_HEADING, places.TAB, places.TAB_COPY)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A configuration for a workbook, why it is so, what was not placed, and what reading with it gives.

    `new` are the ids of elements that were not configured before; `in_register` says whether the libraries come from
    the workbook's register.
    """

    workbook: Workbook
    elements: Elements
    inputs: Inputs
    libraries: tuple[Library, ...]
    in_register: bool
    matches: tuple[Match, ...]
    unplaced: tuple[tuple[CellRef, str], ...]
    read: Interpretation
    new: frozenset[str]


def propose(workbook: Workbook, elements: Elements, inputs: Inputs, office: Office) -> Proposal:
    """The proposed configuration: what is known stays, new headings become elements of their own, doubts are asked."""
    vocabulary = Vocabulary(elements, inputs)
    own = office.tabs.own | {office.tabs.guide}
    tabs = [tab for tab in workbook.tabs if tab.title not in own]
    sketches = [(tab, shape) for tab in tabs if (shape := shape_of(tab, vocabulary))]
    new = _new_elements(sketches, vocabulary, elements)
    matcher = Matcher(workbook.id, vocabulary, frozenset(element.id for element in new))
    elements = Elements(elements=(*elements.elements, *new))
    inputs = _with_key_columns(inputs, sketches, vocabulary)
    found = find_libraries(workbook, tabs, Vocabulary(elements, inputs), inputs, office.tabs.libraries)
    inputs = inputs.model_copy(update={"tabs": (*inputs.tabs, *_settings(found, elements, inputs))})
    read = interpret(workbook, found.libraries, elements, inputs, office)
    matches = (
        *_matched(found.figures, Vocabulary(elements, inputs), matcher),
        *asked(sketches, matcher, read),
    )
    unplaced = tuple(_unplaced(workbook, read, matches, {*own, office.tabs.libraries}))
    return Proposal(
        workbook, elements, inputs, found.libraries, found.in_register, matches, unplaced, read, matcher.new
    )


def _new_elements(sketches: Iterable[Sketch], vocabulary: Vocabulary, known: Elements) -> tuple[Element, ...]:
    """An element for each heading of figures that is not known and does not look like a known one."""
    new: dict[str, Element] = {}
    for tab, shape in sketches:
        known_columns = _known_columns(tab, vocabulary)
        for row, column, text in shape.headings if shape.certain else ():
            unknown = vocabulary.meaning(text) is None and vocabulary.suggestion(text) is None
            if unknown and not _ADDRESS.fullmatch(fold(text)) and (row, column) not in known_columns:
                label = _label(tab, row, column, text)
                code = free_id(text, {*new, *known.by_id})
                if fold(label) not in {fold(element.label.id) for element in new.values()}:
                    new[code] = Element(id=code, label=Text(id=label, en=label), unit=UNKNOWN_UNIT)
    return tuple(new.values())


def _known_columns(tab: Tab, vocabulary: Vocabulary) -> set[tuple[int, int]]:
    """The places of headings that the reader knows, also those known only as parts of another or claiming the same."""
    return {
        (column.row, column.index)
        for table in find_tables(tab, vocabulary)
        for column in (*table.columns, *(column for group in table.disputed for column in group))
        if column not in table.unknown
    }


def _label(tab: Tab, row: int, column: int, text: str) -> str:
    """The heading as typed, where it is the whole of it; a wide heading without its month is only known folded."""
    typed = tidy(tab.at(row, column).text)
    return typed if fold(typed) == fold(text) else text[:1].upper() + text[1:]


def free_id(text: str, taken: set[str]) -> str:
    """An id made of a heading that none of those taken is."""
    words = "".join(c if c.isascii() else "" for c in fold(text)).split()
    code = "_".join(words)[:MAX_ID].strip("_") or "element"
    code = code if code[0].isalpha() else f"e_{code}"
    return next(name for n in range(len(taken) + 2) if (name := code if n == 0 else f"{code}_{n + 1}") not in taken)


def _with_key_columns(inputs: Inputs, sketches: Iterable[Sketch], vocabulary: Vocabulary) -> Inputs:
    """The inputs with the headings of columns that hold libraries, months, dates or kinds of event."""
    added: dict[str, list[str]] = defaultdict(list)
    for tab, shape in sketches:
        roles = {"library": shape.library, "month": shape.month, "date": shape.date, "kind": shape.kind}
        for role, column in roles.items():
            text = _heading(tab, shape, column) if column is not None else ""
            if text and vocabulary.meaning(text) is None and text not in added[role]:
                added[role].append(text)
    return inputs.model_copy(update={"columns": with_names(inputs.columns, added)})


def _heading(tab: Tab, shape: Shape, column: int) -> str:
    lines = Lines(tab)
    texts = (lines.texts(row).get(column, "") for row in range(shape.last_line, shape.first_line - 1, -1))
    return next(filter(None, texts), "")


def _settings(found: Found, elements: Elements, inputs: Inputs) -> Iterator[TabInput]:
    """What is said of each tab that holds figures: its layout, and its library where only its title line names it."""
    vocabulary = Vocabulary(elements, inputs)
    for tab in found.figures:
        layouts = {table.layout for table in find_tables(tab, vocabulary)}
        owners = [library.code for library in found.libraries if library.tab == tab.title and not found.in_register]
        layout = layouts.pop() if len(layouts) == 1 else Layout.AUTO
        yield TabInput(title=_exactly(tab.title), layout=layout, library=owners[0] if len(owners) == 1 else None)


def _exactly(title: str) -> str:
    """The pattern that fits this title alone."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in title)


def _matched(figures: Sequence[Tab], vocabulary: Vocabulary, matcher: Matcher) -> Iterator[Match]:
    for tab in figures:
        for table in find_tables(tab, vocabulary):
            yield from matcher.table(tab, table)
            if table.layout is Layout.ELEMENT_ROWS:
                yield from tuple(_labels(tab, vocabulary, matcher)) or _titled(tab, table, vocabulary, matcher)


def _titled(tab: Tab, table: Table, vocabulary: Vocabulary, matcher: Matcher) -> Iterator[Match]:
    """The element that a line above the table or the tab's title names, where its rows name none."""
    titles = (*title_lines(tab, table.header_row), tab.title)
    element = element_named(titles, vocabulary)
    if element:
        text = next((each for each in titles if element_named((each,), vocabulary)), tab.title)
        yield matcher.element(matcher.cell(tab, 0, 0), text, element)


def _labels(tab: Tab, vocabulary: Vocabulary, matcher: Matcher) -> Iterator[Match]:
    shape = shape_of(tab, vocabulary)
    for row, column, text in shape.headings if shape else ():
        meaning = vocabulary.meaning(text)
        if meaning and meaning.role is Role.ELEMENT:
            yield matcher.element(matcher.cell(tab, row, column), text, meaning.element)


def _unplaced(
    workbook: Workbook, read: Interpretation, matches: Sequence[Match], known_tabs: Container[str]
) -> Iterator[tuple[CellRef, str]]:
    """What reading with the proposal leaves out: columns, rows and tabs."""
    questions = {match.cell for match in matches if match.asked}
    tabs = {tab.sheet_id: tab for tab in workbook.tabs}
    for finding in read.findings:
        if finding.rule_code in {rule.code for rule in _UNPLACED}:
            for cell in finding.cells:
                if cell not in questions:
                    yield cell, tidy(tabs[cell.sheet_id].at(cell.row, cell.column).text) or finding.typed
    for use in read.tabs:
        if use.ignored is not None and use.title not in known_tabs:
            yield CellRef(workbook.id, use.sheet_id, use.title, 0, 0), tidy(tabs[use.sheet_id].at(0, 0).text)
