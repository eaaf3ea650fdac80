"""Small builders for tests: grid cells, tabs, workbooks, an office with two libraries."""

from __future__ import annotations

from collections.abc import Sequence

from places import CONFIG

from sheets_sync.config.office import Element, Elements, Office
from sheets_sync.config.yaml_file import Text, read_yaml
from sheets_sync.intake import Inputs, Interpretation, interpret
from sheets_sync.model import Library, Observation
from sheets_sync.model.grid import EMPTY_CELL, FormulaError, GridCell, Merge, NumberKind, Tab, Workbook

Typed = str | float | bool | GridCell | None

ELEMENTS = read_yaml(CONFIG / "elements.yaml", Elements)
COMPUTER_HOURS = Element(
    id="computer_hours", label=Text(id="Jam pemakaian komputer", en="Computer hours"), unit=Text(id="jam", en="hours")
)
BY_SEX = {"by": {"id": "jenis kelamin", "en": "sex"}, "into": ["participants_women", "participants_men"]}
BY_AGE = {
    "by": {"id": "umur", "en": "age"},
    "required": True,
    "into": [
        {"id": "members_new_children", "label": {"id": "anak", "en": "children"}},
        {"id": "members_new_adults", "label": {"id": "dewasa", "en": "adults"}},
    ],
}


def divided(elements: Elements, **divisions: object) -> Elements:
    """The elements, some of them divided: by their ids, the divisions of each."""
    changed = (
        Element.model_validate({**each.model_dump(), "divided": [divisions[each.id]], "required": True})
        if each.id in divisions
        else each
        for each in elements.elements
    )
    return Elements(elements=tuple(changed))


DIVIDED = divided(ELEMENTS, participants=BY_SEX, members_new=BY_AGE)
DIVIDED_AND_HOURS = Elements(elements=(*DIVIDED.elements, COMPUTER_HOURS))
ELEMENTS_AND_HOURS = Elements(elements=(*ELEMENTS.elements, COMPUTER_HOURS))
OFFICE = Office(code="contoh", name="Contoh", workbook="book")
TANGKUM = Library("T", "Perpustakaan Desa Tangkum", aliases=("Tangkum", "Perpusdes Tangkum"))
PANGKAN = Library("P", "Perpustakaan Desa Pangkan", aliases=("Pangkan",))
LIBRARIES = (TANGKUM, PANGKAN)


def cell(typed: Typed) -> GridCell:
    """A cell as the sheet keeps what was typed; texts like `#REF!` are errors."""
    if typed is None:
        return EMPTY_CELL
    if isinstance(typed, GridCell):
        return typed
    if isinstance(typed, str):
        return GridCell(FormulaError(typed) if typed.startswith("#") else typed, typed)
    return GridCell(typed, str(typed).upper() if isinstance(typed, bool) else f"{typed:.15g}")


def number(value: float, shown: str, kind: NumberKind) -> GridCell:
    """A number with a format."""
    return GridCell(value, shown, kind)


def tab(title: str, *rows: Sequence[Typed], sheet_id: int = 1, merges: Sequence[Merge] = ()) -> Tab:
    """A tab with these rows from the top."""
    return Tab(sheet_id, title, tuple(tuple(cell(typed) for typed in row) for row in rows), tuple(merges))


def workbook(*tabs: Tab, locale: str = "in_ID") -> Workbook:
    """A workbook with these tabs."""
    return Workbook("book", "Contoh", locale, "Asia/Pontianak", tabs)


def read(
    *tabs: Tab,
    inputs: Inputs | None = None,
    office: Office = OFFICE,
    libraries: Sequence[Library] = LIBRARIES,
    elements: Elements = ELEMENTS,
) -> Interpretation:
    """What these tabs say."""
    return interpret(workbook(*tabs), libraries, elements, inputs or Inputs(), office)


def figures(observations: Sequence[Observation]) -> dict[tuple[str, str, str], float]:
    """(library, element, month) → value, of the values that count."""
    return {(o.library, o.element, str(o.period)): o.value for o in observations if o.value is not None}


def rules(interpretation: Interpretation) -> set[str]:
    """The codes of the rules that were raised."""
    return {finding.rule_code for finding in interpretation.findings}
