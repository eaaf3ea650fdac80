"""A workbook's editors can harm only their own libraries: figures for others in it are questions, and block nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, tab, workbook
from gspread.utils import ValueInputOption
from installation import US, Installation, installation
from snapshot import Kept

from sheets_sync.errors import ConfigError
from sheets_sync.intake import Inputs, Interpretation, interpret, keep_to
from sheets_sync.intake.options import TabInput
from sheets_sync.jobs.ingest import bound_to
from sheets_sync.jobs.month import view_of
from sheets_sync.model import LibraryMonth

TYPED = ValueInputOption.user_entered
T, P = frozenset({"T"}), frozenset({"P"})
HEAD = ("Bulan", "Pengunjung di tempat")


@pytest.mark.parametrize(
    ("where", "configured", "about", "given", "expected"),
    [
        ("book", {}, {}, T, None),
        ("register", {}, {}, T, None),
        ("in", {}, {}, frozenset(), None),
        ("in", {}, {}, T, T),
        ("in", {"in": ("P",)}, {}, T, P),
        ("in", {"in": ()}, {}, T, frozenset()),
        ("in", {}, {"in": "P"}, T, T | P),
        ("in", {"in": ("T",)}, {"in": "P"}, frozenset(), T | P),
        ("in", {"other": ("P",)}, {"other": "P"}, T, T),
        ("in", {}, {None: "P"}, T, T),
    ],
)
def test_what_a_workbook_is_bound_to(
    where: str,
    configured: Mapping[str, tuple[str, ...]],
    about: Mapping[str | None, str],
    given: frozenset[str],
    expected: frozenset[str] | None,
) -> None:
    """The office's word first, else what it gave so far; home and register hold all; an entry for any workbook binds none."""
    office = OFFICE.model_copy(
        update={"register_workbook": "register", "input_workbooks": ("in", "other"), "bound_to": configured}
    )
    tabs = tuple(TabInput(title="*", workbook=each, library=library) for each, library in about.items())
    assert bound_to(where, office, Inputs(tabs=tabs), given) == expected


def understood(*rows: tuple[object, ...], title: str = "Isian") -> Interpretation:
    page = tab(title, *rows)  # type: ignore[arg-type] # texts and numbers
    return interpret(workbook(page), LIBRARIES, ELEMENTS, Inputs(), OFFICE)


ALL = ("Perpustakaan", *HEAD)


@pytest.mark.parametrize(
    ("read", "asked"),
    [
        (understood(ALL, ("Tangkum", "Januari 2024", 1), ("Pangkan", "Januari 2024", 2)), [("Isian", 2)]),
        (understood(ALL, ("Pangkan", "Januari 2024", 2), ("Pangkan", "Februari 2024", 3)), [("Isian", 1)]),
        (understood(ALL, ("Pangkan", "Januari 2024", "sekitar 20")), [("Isian", 1)]),
        (understood(ALL, ("Pangkan", "Januari 2024", 0)), [("Isian", 1)]),
        (understood(HEAD, ("Januari 2024", 9), title="Pangkan"), [("Pangkan", 1)]),
        (understood(HEAD, ("Januari 2024", None), title="Pangkan"), []),
        (understood(ALL, ("Tangkum", "Januari 2024", 1)), []),
    ],
)
def test_nothing_of_another_library_stays(read: Interpretation, asked: list[tuple[str, int]]) -> None:
    """Neither a figure nor a question that could block one, nor the tab; what is asked names the cell and no library."""
    kept = keep_to(T, read, LIBRARIES)
    questions = [found for found in kept.findings if found.rule_code == "F-OTHER-LIBRARY"]
    assert {seen.library for seen in kept.observations} <= {"T"}
    assert {found.library for found in kept.findings} <= {"T", None}
    assert {use.library for use in kept.tabs} <= {"T", None}
    assert [(found.cells[0].tab, found.cells[0].row) for found in questions] == asked
    assert [found.library for found in questions] == [None] * len(asked)


def test_an_unbound_workbook_says_what_it_says() -> None:
    """The home workbook is changed in nothing."""
    read = understood(ALL, ("Tangkum", "Januari 2024", 1), ("Pangkan", "Januari 2024", 2))
    assert keep_to(None, read, LIBRARIES) is read


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation in which Tangkum types in a workbook of its own."""
    with installation(tmp_path_factory.mktemp("office")) as fresh:
        book = fresh.person()
        values = book.worksheet("Tangkum").get_all_values()
        own = fresh.google.create_workbook("Tangkum", owner="sekretaris", locale="in_ID", writers=["sheets-sync"])
        tab = fresh.person(own).add_worksheet("Tangkum", 60, 26)
        tab.update(values, "A1", value_input_option=TYPED)
        book.del_worksheet(book.worksheet("Tangkum"))
        fresh.configure("office.yaml", input_workbooks=[own])
        fresh.sync()
        yield Kept.of(fresh)


ATTACKS = {
    "fills an empty month": [
        ["Perpustakaan", "Bulan", "Pengunjung di tempat"],
        ["Perpustakaan Desa Pangkan", "November 2024", "5000"],
    ],
    "says another figure": [
        ["Perpustakaan", "Bulan", "Pengunjung di tempat"],
        ["Perpustakaan Desa Pangkan", "Oktober 2024", "5000"],
    ],
    "can't be read": [
        ["Perpustakaan", "Bulan", "Pengunjung di tempat"],
        ["Perpustakaan Desa Pangkan", "Oktober 2024", "entah"],
    ],
}


@pytest.mark.incident("other-librarys-figures")
@pytest.mark.parametrize("attack", ATTACKS)
def test_figures_for_another_library_are_a_question_there(here: Installation, attack: str) -> None:
    """A tab in Tangkum's workbook naming Pangkan changes nothing of Pangkan's; it is asked about at its cell."""
    with here.app() as app:
        office = here.office(app)
        own = office.input_workbooks[0]
        before = view_of(app, office)
    tab = here.person(own).add_worksheet("Titipan", 20, 5)
    tab.update(ATTACKS[attack], "A1", value_input_option=TYPED)
    outcome, _ = here.sync()
    with here.app() as app:
        after = view_of(app, here.office(app))
        threads = app.google(app.settings.key_file(here.office(app))).read(own).grid.comments
    asked = [found for found in after.checked.findings if found.rule_code == "F-OTHER-LIBRARY"]
    score = {row.library.code: row.score for row in before.month.libraries}
    assert outcome.status == 0
    assert {row.library.code: row.score for row in after.month.libraries} == score
    assert [(found.cells[0].workbook, found.cells[0].tab, found.library) for found in asked] == [(own, "Titipan", None)]
    assert [thread.row for thread in threads if asked[0].id in thread.text] == [1]
    assert here.sync()[0].written == {}


def test_the_office_can_allow_it(here: Installation) -> None:
    """With the workbook's libraries in office.yaml the same figures count, and what was asked is done."""
    with here.app() as app:
        own = here.office(app).input_workbooks[0]
    tab = here.person(own).add_worksheet("Titipan", 20, 5)
    tab.update(ATTACKS["fills an empty month"], "A1", value_input_option=TYPED)
    here.sync()
    codes = {row.library.tab: row.library.code for row in here_libraries(here)}
    here.configure("office.yaml", bound_to={own: [codes["Tangkum"], codes["Pangkan"]]})
    tab.update([["5001"]], "C2", value_input_option=TYPED)
    here.sync()
    with here.app() as app:
        view = view_of(app, here.office(app))
    assert [found for found in view.checked.findings if found.rule_code == "F-OTHER-LIBRARY"] == []
    assert 5001.0 in {seen.value for seen in view.checked.observations if seen.library == codes["Pangkan"]}


def here_libraries(here: Installation) -> tuple[LibraryMonth, ...]:
    with here.app() as app:
        return view_of(app, here.office(app)).month.libraries


def test_only_input_workbooks_can_be_bound(here: Installation) -> None:
    """A typing error in the id is told, not ignored."""
    here.configure(
        "office.yaml", bound_to={here.google.account(US).email.replace("@", "-").replace(".", "-") * 2: ["T"]}
    )
    with pytest.raises(ConfigError, match="input_workbooks"):
        here.settings()
