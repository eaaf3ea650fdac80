"""Preparing a workbook on the local server, filling it in by hand, and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import rekap_sample as sample
from gspread.utils import ValueInputOption
from shared_workbook import SharedWorkbook, shared_workbook_at

from sheets_sync.config.office import Office
from sheets_sync.intake.interpret import interpret
from sheets_sync.intake.options import Inputs
from sheets_sync.intake.register import read_register
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model import Library, Period, Severity
from sheets_sync.model.grid import Workbook
from sheets_sync.setup import Preparation, prepare

JANUARY = Period(2024, 1)
TANGKUM = Library("6213013D0000001", "Tangkum")


@pytest.fixture(scope="module")
def server() -> Iterator[LocalGoogle]:
    with LocalGoogle() as running:
        yield running


@pytest.fixture
def shared(server: LocalGoogle) -> SharedWorkbook:
    return shared_workbook_at(server)


def office_of(shared: SharedWorkbook, **changes: Any) -> Office:
    return sample.OFFICE.model_copy(update={"workbook": shared.workbook, **changes})


def prepared(shared: SharedWorkbook, *libraries: Library, locale: str = "in_ID", **changes: Any) -> Preparation:
    office = office_of(shared, **changes)
    context = sample.context(sample.empty_month(), office, shared.tabs)
    workbook = Workbook(shared.workbook, "Contoh", locale, "Asia/Pontianak", ())
    return prepare(context, Inputs(), workbook, shared.tabs, libraries, JANUARY)


def set_up(shared: SharedWorkbook, *libraries: Library) -> None:
    shared.google.write(shared.workbook, prepared(shared, *libraries).requests)


def test_an_empty_workbook_gets_every_tab_in_one_write(shared: SharedWorkbook) -> None:
    """Guide, register and the program's own tabs come with one batchUpdate; forms once libraries are registered."""
    shared.server.log.clear()
    set_up(shared)

    assert shared.server.log.count("sheets.spreadsheets.batchUpdate") == 1
    assert [tab.title for tab in shared.person.worksheets()] == [
        *("Petunjuk", "Sheet1", "Rekap", "Perlu Dicek", "Rincian", "Indikator", "Perpustakaan"),
    ]


def test_a_second_setup_adds_nothing(shared: SharedWorkbook) -> None:
    """Run again, it finds every tab filled in and leaves it."""
    set_up(shared, TANGKUM)
    again = prepared(shared, TANGKUM)

    assert again.requests == ()
    assert again.kept == ("Perpustakaan", "Tangkum")


def test_the_guide_names_the_office_s_own_library_once_there_is_one(shared: SharedWorkbook) -> None:
    """Made before the register was filled it is made anew once; what people changed in it is theirs."""
    set_up(shared)
    before = shared.person.worksheet("Petunjuk").get_all_values()
    set_up(shared, TANGKUM)
    after = shared.person.worksheet("Petunjuk").get_all_values()
    assert ["misalnya Tangkum" in str(page).replace(r"\n", " ") for page in (before, after)] == [False, True]
    assert "Petunjuk" not in prepared(shared, Library("P", "Pangkan")).made


def test_a_guide_that_people_changed_stays_theirs(shared: SharedWorkbook) -> None:
    """A line of the secretary's own in it keeps the guide as it is."""
    set_up(shared)
    shared.person.worksheet("Petunjuk").update([["Tanya Bu Ani: 0812-0000-0000"]], "A58")
    assert "Petunjuk" not in prepared(shared, TANGKUM).made


def test_a_tab_somebody_filled_is_never_touched(shared: SharedWorkbook) -> None:
    """People's tab by a library's name is not in any request, and keeps what they typed."""
    theirs = shared.person.add_worksheet("Tangkum", 30, 10)
    theirs.update([["Bulan", "Pengunjung"], ["Januari", "1.234 orang"]], "A1")
    ready = prepared(shared, TANGKUM)
    shared.google.write(shared.workbook, ready.requests)

    assert "Tangkum" not in ready.made
    assert f"'sheetId': {theirs.id}" not in str(ready.requests)
    assert theirs.get_all_values() == [["Bulan", "Pengunjung"], ["Januari", "1.234 orang"]]


def test_what_is_typed_into_the_forms_is_read(shared: SharedWorkbook) -> None:
    """A register row and a month's row typed by hand come out as a library and its observations."""
    set_up(shared, TANGKUM)
    register = shared.person.worksheet("Perpustakaan")
    heads = register.row_values(1)
    register.update([[{"NPP": TANGKUM.code, "Nama": "Tangkum", "Jenis": "desa"}.get(head, "") for head in heads]], "A2")
    tab = shared.person.worksheet("Tangkum")
    tab.update([[120, "1.234 eksemplar"]], "B3")

    workbook = shared.google.read(shared.workbook).grid
    titles = {each.title: each for each in workbook.tabs}
    found = read_register(titles["Perpustakaan"], shared.workbook, Inputs())
    assert [(library.code, library.name, library.kind) for library in found.libraries] == [
        (TANGKUM.code, "Tangkum", "desa")
    ]
    read = interpret(workbook, found.libraries, sample.ELEMENTS, Inputs(), office_of(shared))
    assert {(seen.element, seen.value) for seen in read.observations if seen.period == Period(2024, 2)} == {
        ("visits_onsite", 120.0),
        ("loans", 1234.0),
    }
    assert [found.rule_code for found in (*found.findings, *read.findings) if found.severity is Severity.FATAL] == []


@pytest.mark.parametrize(("typed", "shown"), [("1146", "1146"), ("1.146", "1.146"), ("12,5", "12,5")])
def test_a_number_is_shown_as_it_was_typed(shared: SharedWorkbook, typed: str, shown: str) -> None:
    """A whole number ends in no lone comma, and a fraction that will be asked about can be seen."""
    set_up(shared, TANGKUM)
    tab = shared.person.worksheet("Tangkum")
    tab.update([[typed]], "B3", value_input_option=ValueInputOption.user_entered)

    assert tab.acell("B3").value == shown


def test_the_tab_for_all_libraries_is_read(shared: SharedWorkbook) -> None:
    """Where very many libraries are registered, one tab serves all of them by name."""
    many = (TANGKUM, *(Library(f"L{number}", f"Desa {number}") for number in range(100)))
    set_up(shared, *many)
    shared.person.worksheet("Isian 2024").update([["Tangkum", "Maret 2024", 7, 3]], "A2")

    workbook = shared.google.read(shared.workbook).grid
    read = interpret(workbook, many, sample.ELEMENTS, Inputs(), office_of(shared))
    assert {(seen.library, str(seen.period), seen.element, seen.value) for seen in read.observations} >= {
        (TANGKUM.code, "2024-03", "visits_onsite", 7.0),
        (TANGKUM.code, "2024-03", "loans", 3.0),
    }


def test_the_forms_help_while_typing(shared: SharedWorkbook) -> None:
    """Months come from a drop-down, numbers have a rule that warns with an example, heads have notes and stay in sight."""
    set_up(shared, TANGKUM)
    fields = "sheets(properties,tables,conditionalFormats,data.rowData.values(note,dataValidation))"
    answer = shared.person.client.fetch_sheet_metadata(shared.workbook, {"fields": fields, "includeGridData": "true"})
    (sheet,) = (each for each in answer["sheets"] if each["properties"]["title"] == "Tangkum")

    month = sheet["tables"][0]["columnProperties"][0]
    assert month["columnType"] == "DROPDOWN"
    assert month["dataValidationRule"]["condition"]["values"][0] == {"userEnteredValue": "Januari 2024"}
    rule = sheet["data"][0]["rowData"][1]["values"][1]["dataValidation"]
    assert (rule.get("strict", False), rule["inputMessage"]) == (False, "Mohon isi angka saja, contoh: 125.")
    assert "Nihil: tulis 0" in sheet["data"][0]["rowData"][0]["values"][1]["note"]
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert "COUNTIFS" in str(sheet["conditionalFormats"])


def test_program_tabs_warn_before_they_are_typed_over(shared: SharedWorkbook) -> None:
    """Each of the program's tabs has a protection that only warns."""
    set_up(shared)
    answer = shared.person.client.fetch_sheet_metadata(
        shared.workbook, {"fields": "sheets(properties.title,protectedRanges)"}
    )
    warned = {
        each["properties"]["title"]
        for each in answer["sheets"]
        for kept in each.get("protectedRanges", ())
        if kept["warningOnly"]
    }

    assert warned == {"Petunjuk", "Rekap", "Perlu Dicek", "Rincian", "Indikator"}


def test_a_locale_that_does_not_fit_is_told(shared: SharedWorkbook) -> None:
    """In an en_US workbook a typed 1.234 would become 1,234: the person who sets it up is warned."""
    (warning,) = prepared(shared, locale="en_US").warnings

    assert "en_US" in str(warning)
    assert prepared(shared).warnings == ()


def test_as_the_workbook_began_so_it_goes_on(shared: SharedWorkbook) -> None:
    """Tabs of their own stay so when many libraries come; a tab for all stays one when many go: no second place to type."""
    few = [Library(f"L{number}", f"Desa {number}") for number in range(3)]
    many = [*few, *(Library(f"L{number}", f"Desa {number}") for number in range(3, 60))]
    set_up(shared, *few)
    assert not [title for title in prepared(shared, *many).made if title.startswith("Isian")]
    assert len(prepared(shared, *many).made) == 57


def test_a_tab_for_all_stays_the_only_one(shared: SharedWorkbook) -> None:
    """Where all type into one tab, a year with fewer libraries brings them no tabs of their own."""
    many = [Library(f"L{number}", f"Desa {number}") for number in range(60)]
    set_up(shared, *many)
    shared.person.worksheet("Isian 2024").update_title("Semua desa")
    assert prepared(shared, *many[:3]).made == ()


def test_names_that_differ_in_a_mark_or_not_at_all_are_no_error(shared: SharedWorkbook) -> None:
    """Tabs and their tables get names of their own, whatever the libraries are called."""
    alike = [Library("1", "Desa A-B"), Library("2", "Desa A B"), Library("3", "desa a b"), Library("4", "Rekap")]
    set_up(shared, *alike)
    assert prepared(shared, *alike).requests == ()
    titles = [tab.title for tab in shared.person.worksheets()]
    assert {"Desa A-B", "Desa A B", "desa a b 2024", "Rekap", "Rekap 2024"} <= set(titles)


def test_a_private_register_is_made_in_its_own_workbook(shared: SharedWorkbook) -> None:
    """The shared workbook gets no register where that is kept apart; the other one gets nothing else."""
    home = prepared(shared, register_workbook="PRIVATE")
    private = prepared(shared, workbook="HOME", register_workbook=shared.workbook)

    assert "Perpustakaan" not in home.made
    assert private.made == ("Perpustakaan",)


def test_many_libraries_share_one_tab(shared: SharedWorkbook) -> None:
    """A tab for each of a hundred libraries would be in nobody's interest."""
    made = prepared(shared, *(Library(f"L{number}", f"Desa {number}") for number in range(100))).made

    assert "Isian 2024" in made
    assert "Desa 1" not in made
