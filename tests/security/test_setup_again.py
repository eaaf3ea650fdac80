"""A second setup, in whatever state people left the tabs: no error, no second place to type, nothing put over figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gspread
import pytest
from installation import Installation, installation
from tab_changes import copied, deleted, moved, own_ids, renamed

from sheets_sync.jobs.setup import SetupOutcome, set_up
from sheets_sync.model import Observation, State


def again(here: Installation) -> SetupOutcome:
    with here.app() as app:
        return set_up(app, here.workbook)


def counted(here: Installation, tab: str) -> list[Observation]:
    return [seen for seen in here.library(tab).observations if seen.state is not State.EMPTY]


@pytest.mark.incident("setup-after-renaming")
@pytest.mark.parametrize("change", [renamed, moved, copied])
def test_a_librarys_tab_that_was_changed_gets_no_second_one(
    here: Installation, change: Callable[[gspread.Spreadsheet, str], None]
) -> None:
    """A renamed, moved or copied tab of a library is still that library's, whether a sync saw it or not."""
    change(here.person(), "Tangkum")
    at_once = again(here).made
    here.sync()
    assert not [title for title in at_once if "Tangkum" in title]
    assert again(here).made == ()


@pytest.mark.incident("setup-after-renaming")
def test_a_form_that_was_made_and_renamed_is_known_by_its_id(here: Installation) -> None:
    """Setup makes a new library's form, which is renamed before anybody typed: no error, and no second form."""
    register = here.person().worksheet("Perpustakaan")
    rows = register.get_all_values()
    head = next(row for row in rows if "Nama" in row)
    new = {"Kode": "perpusdes-baru", "Nama": "Perpustakaan Desa Baru", "Jenis": "desa"}
    register.update([[new.get(name, "") for name in head]], f"A{len(rows) + 1}")
    here.sync()
    assert "Perpustakaan Desa Baru" in again(here).made
    here.person().worksheet("Perpustakaan Desa Baru").update_title("Isian desa kami")
    assert again(here).made == ()


@pytest.mark.incident("setup-after-deletion")
def test_no_empty_form_is_put_over_figures_that_count(here: Installation) -> None:
    """A library's tab is deleted: its figures stay and are asked about; setup says so instead of making an empty one."""
    before = counted(here, "Tangkum")
    deleted(here.person(), "Tangkum")
    at_once = again(here)
    here.sync()
    later = again(here)
    here.sync()
    for outcome in (at_once, later):
        assert not [title for title in outcome.made if "Tangkum" in title]
        assert [str(warning) for warning in outcome.warnings if "Tangkum" in str(warning)]
    assert counted(here, "Tangkum") == before != []


def test_a_page_that_setup_took_over_stays_ours_under_any_name(tmp_path: Path) -> None:
    """An empty tab called `Rekap` that setup used is remembered by its id, before any sync ran."""
    with installation(tmp_path) as here:
        empty = here.person().add_worksheet("Rekap", 10, 5)
        again(here)
        here.person().get_worksheet_by_id(empty.id).update_title("Skor")
        outcome, _ = here.sync()
        assert outcome.status == 0
        assert own_ids(here)["rekap"] == empty.id
        assert "Rekap" not in [tab.title for tab in here.person().worksheets()]


@pytest.mark.incident("setup-after-renaming")
def test_a_renamed_register_is_no_error(here: Installation) -> None:
    """The register under another name is read, that is told, and no second one is made."""
    again(here)
    here.person().worksheet("Perpustakaan").update_title("Daftar")
    outcome, (synced, _) = again(here), here.sync()
    assert [str(each) for each in outcome.warnings if "Daftar" in str(each)]
    assert (outcome.made, again(here).made, synced.status) == ((), (), 0)
    assert here.library("Tangkum").library.name == "Perpustakaan Desa Tangkum"


def test_no_empty_register_is_put_over_libraries_that_count(here: Installation) -> None:
    """The register is deleted: an empty one would make every library inactive, so it is asked for instead."""
    deleted(here.person(), "Perpustakaan")
    outcome = again(here)
    assert "Perpustakaan" not in outcome.made
    assert [str(each) for each in outcome.warnings if "Perpustakaan" in str(each)]


def test_the_first_setup_leaves_no_form_without_a_library(tmp_path: Path) -> None:
    """Before the register is filled there is nobody to type: no tab is left over beside the libraries' own."""
    with installation(tmp_path, typed=False) as here:
        made = again(here).made
        assert [title for title in made if title.startswith("Isian")] == []
        assert "Perpustakaan" in made
