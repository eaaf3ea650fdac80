"""Forms and guide that explain themselves: what is counted, with a fitting example, what is needed first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import rekap_sample as sample
from places import CONFIG, ROOT

from sheets_sync.config.office import Element, ElementKind, Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.i18n import LANGUAGES, language
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.intake.options import Inputs
from sheets_sync.model import Library, Period
from sheets_sync.setup.forms import library_form, marked, register_form
from sheets_sync.setup.guide import Filling, guide

ELEMENTS = read_yaml(CONFIG / "elements.yaml", Elements)
TANGKUM = Library("T", "Tangkum", tab="Tangkum")
OCTOBER = Period(2024, 10)


def columns(kind: str = "desa") -> list[Any]:
    form = library_form(replace(TANGKUM, kind=kind), sample.OFFICE, ELEMENTS, Inputs(), Period(2024, 1), language("id"))
    return list(form.columns)


@pytest.mark.parametrize("element", ELEMENTS.elements, ids=lambda element: element.id)
def test_every_element_says_what_is_counted(element: Element) -> None:
    """A short definition in both languages, and an example that is no other element's by accident of its kind."""
    assert element.help is not None
    assert all(10 < len(element.help.in_(code)) <= 100 for code in LANGUAGES)
    assert element.example


@pytest.mark.parametrize("kind", ["desa", "kabupaten"])
def test_what_is_needed_stands_first_and_is_marked(kind: str) -> None:
    """After the month come the columns that are needed every month for that kind, with a star and a word in the note."""
    required = [e.label.id for e in ELEMENTS.elements if e.required_for(kind)]
    titles = [column.title for column in columns(kind)]
    assert titles[1 : len(required) + 1] == [marked(label) for label in required]
    assert all(
        ("Mohon diisi setiap bulan" in column.note) is column.title.endswith("*") for column in columns(kind)[1:]
    )


def test_a_marked_heading_means_what_it_meant() -> None:
    """The star costs no recognition, and is no alias that people would be told of."""
    vocabulary = Vocabulary(ELEMENTS, Inputs())
    for element in ELEMENTS.elements:
        meaning = vocabulary.meaning(marked(element.label.id))
        assert meaning is not None
        assert (meaning.element, meaning.alias) == (element.id, False)


def test_no_note_says_a_unit_twice() -> None:
    """“Peminjaman (eksemplar)” is not followed by (eksemplar) again."""
    first_lines = [column.note.splitlines()[0] for column in columns()]
    assert [text for text in first_lines if text.count("(eksemplar)") > 1 or text.count("(judul)") > 1] == []


def test_the_row_of_the_month_is_easy_to_find() -> None:
    """The row of the last month that ended is blue, by a formula that every locale understands."""
    form = library_form(TANGKUM, sample.OFFICE, ELEMENTS, Inputs(), Period(2024, 1), language("id"))
    assert form.current == '=$A2=TEXT(EDATE(TODAY();-1);"mmmm yyyy")'
    assert register_form(sample.OFFICE, Inputs(), ("desa",), language("id")).current == ""


def page(*libraries: Library, office: Office = sample.OFFICE) -> Any:
    monthly = [each for each in ELEMENTS.elements if each.kind is not ElementKind.REFERENCE]
    return guide(sample.context(office=office), Filling(libraries, OCTOBER, monthly))


TWO_SCREENS = 60  # lines of a laptop of 1,280 by 800 pixels


def lines(guide: Any) -> int:
    """How many lines of text a guide is high."""
    return sum(max(cell.text.count("\n") + 1 for cell in guide.cells(row)) for row in range(len(guide.rows)))


def test_the_guide_fits_two_screens() -> None:
    """With every definition in it the guide has no more lines than two screens of a laptop show."""
    assert lines(page(TANGKUM)) <= TWO_SCREENS
    assert sum(column.width for column in page(TANGKUM).columns) <= 1280 - 100


def test_the_guide_tells_where_the_office_decides() -> None:
    """The tab of decisions is among the tabs where the office has approvers, and the guide still fits; else it is not."""
    office = sample.OFFICE.model_copy(update={"approvers": ("s@example.com",)})
    with_approvers, without = (
        [cell.text for row in page(TANGKUM, office=each).rows for cell in row.cells] for each in (office, sample.OFFICE)
    )
    assert "Persetujuan" in with_approvers
    assert "Persetujuan" not in without
    assert lines(page(TANGKUM, office=office)) <= TWO_SCREENS


def test_the_guide_speaks_of_the_office_s_own_library_and_month() -> None:
    """Its example is a library of the register and the month that is waited for."""
    text = "\n".join(cell.text for row in page(TANGKUM).rows for cell in row.cells)
    assert "misalnya Tangkum" in text
    assert "Oktober 2024" in text


def test_the_guide_says_t_a_as_the_rest_does() -> None:
    """One spelling of “does not apply” in the guide, and the reader takes it."""
    text = [cell.text for row in page(TANGKUM).rows for cell in row.cells]
    assert "t/a" in text
    assert "n/a" not in text
    assert "t/a" in Inputs().not_applicable


def test_the_librarians_guide_has_every_definition() -> None:
    """docs/petugas.md and its English twin list what is counted as elements.yaml says it."""
    for code, name in (("id", "petugas.md"), ("en", "petugas.en.md")):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        missing = [
            e.id
            for e in ELEMENTS.elements
            if e.kind is not ElementKind.REFERENCE and e.help and e.help.in_(code) not in text
        ]
        assert missing == []
