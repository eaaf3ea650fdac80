"""The register is the tab it was read from, whatever tabs are called: another one with its title is asked about."""

from __future__ import annotations

from collections.abc import Callable

import gspread
import pytest
from installation import Installation

from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.setup import set_up
from sheets_sync.model import Library

STRANGER = ["x-1", "", "Perpustakaan Palsu", "", "Palsu", *[""] * 6, "orang@x.example"]


def renamed_and_copied(book: gspread.Spreadsheet) -> None:
    """The true one renamed, a copy with a row of somebody's own put in its place."""
    register = book.worksheet("Perpustakaan")
    register.update_title("Arsip lama")
    copy = book.duplicate_sheet(register.id, insert_sheet_index=0, new_sheet_name="Perpustakaan")
    copy.append_row(STRANGER)


def renamed_and_made_anew(book: gspread.Spreadsheet) -> None:
    """The true one renamed, an almost empty one in its place."""
    book.worksheet("Perpustakaan").update_title("Arsip lama")
    made = book.add_worksheet("Perpustakaan", 20, 15)
    made.update([["Kode", "Nama", "E-mail"], ["x-1", "Perpustakaan Palsu", "orang@x.example"]], "A1")


def title_taken_by_a_librarys_tab(book: gspread.Spreadsheet) -> None:
    """Another library's tab is called like the register."""
    book.worksheet("Perpustakaan").update_title("Arsip lama")
    book.worksheet("Pangkan").update_title("Perpustakaan")


def only_renamed(book: gspread.Spreadsheet) -> None:
    """The true one under another name, and none in its place."""
    book.worksheet("Perpustakaan").update_title("Daftar")


CHANGES = (renamed_and_copied, renamed_and_made_anew, title_taken_by_a_librarys_tab, only_renamed)


def known(here: Installation) -> list[Library]:
    with here.app() as app:
        return list(app.store.libraries(here.office(app).code))


def asked(here: Installation) -> list[tuple[str, str]]:
    with here.app() as app:
        found = view_of(app, here.office(app)).checked.findings
    return [(each.typed, str(each.message)) for each in found if each.rule_code == "F-SECOND-REGISTER"]


@pytest.mark.incident("false-register")
@pytest.mark.parametrize("change", CHANGES)
def test_the_register_stays_the_tab_it_was(here: Installation, change: Callable[[gspread.Spreadsheet], None]) -> None:
    """A false one reaches nothing and is asked about once, with the name the true one has now; all figures stay."""
    before = [(library.code, library.emails) for library in known(here)]
    figures = {tab: here.library(tab).score for tab in ("Tangkum", "Pangkan", "Turan Amis")}
    change(here.person())
    outcome, _ = here.sync()
    here.sync()
    assert (outcome.status, [str(each.message) for each in outcome.failures]) == (0, [])
    assert [(library.code, library.emails) for library in known(here)] == before
    assert {tab: here.library(tab).score for tab in figures} == figures
    false = change is not only_renamed
    assert [typed for typed, _ in asked(here)] == ["Perpustakaan"] * false
    assert all("Arsip lama" in said for _, said in asked(here))


def test_a_change_in_the_renamed_register_is_read(here: Installation) -> None:
    """Under another name it is still the register that the office keeps."""
    only_renamed(here.person())
    here.sync()
    here.person().worksheet("Daftar").append_row(["baru", "", "Perpustakaan Baru"])
    here.sync()
    assert "Perpustakaan Baru" in {library.name for library in known(here)}


@pytest.mark.incident("false-register")
def test_a_new_register_counts_once_the_old_one_is_deleted(here: Installation) -> None:
    """The office can put another tab in its place: by taking the old one away."""
    renamed_and_copied(here.person())
    here.sync()
    here.person().del_worksheet(here.person().worksheet("Arsip lama"))
    here.sync()
    assert "Perpustakaan Palsu" in {library.name for library in known(here)}
    assert asked(here) == []


@pytest.mark.incident("setup-after-renaming")
def test_setup_makes_no_second_register(here: Installation) -> None:
    """A register that people made, under another name now, is known to `setup` as well; it only tells."""
    only_renamed(here.person())
    here.sync()
    with here.app() as app:
        outcome = set_up(app, here.workbook)
    assert "Perpustakaan" not in [tab.title for tab in here.person().worksheets()]
    assert any("Daftar" in str(warning) for warning in outcome.warnings)
