"""Setting up a shared workbook that nobody prepared, and using it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gspread.utils import ValueInputOption
from installation import US, installation

from sheets_sync.demo import people
from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.setup import set_up

TYPED = ValueInputOption.user_entered


def test_an_empty_workbook_becomes_one_that_can_be_filled_in(tmp_path: Path) -> None:
    """Setup makes guide and register; with libraries in it, their forms; a third run changes nothing."""
    with installation(tmp_path, typed=False) as here:
        with here.app() as app:
            first = set_up(app, here.workbook)
        assert {"Petunjuk", "Perpustakaan", "Rekap"} <= set(first.made)
        register = here.person().worksheet("Perpustakaan")
        head = next(row for row in register.get_all_values() if "Nama" in row)
        row = {
            "Kode": "perpusdes-tangkum",
            "Nama": "Perpustakaan Desa Tangkum",
            "Jenis": "desa",
            "Penduduk": "1146",
            "Tahun": "2023",
        }
        at = register.get_all_values().index(head) + 2
        register.update([[row.get(name, "") for name in head]], f"A{at}", value_input_option=TYPED)
        here.sync()
        with here.app() as app:
            second = set_up(app, here.workbook)
        here.google.log.clear()
        with here.app() as app:
            third = set_up(app, here.workbook)
        writes = here.google.log.count("sheets.spreadsheets.batchUpdate", account=here.google.account(US).email)
        assert [title for title in second.made if "Tangkum" in title]
        assert (third.made, writes) == ((), 0)
        assert here.person().worksheet("Perpustakaan").row_values(at)[1:3].count("Perpustakaan Desa Tangkum") <= 1
        outcome, _ = here.sync()
        assert outcome.status == 0


def test_figures_of_months_before_the_register_are_not_late(tmp_path: Path) -> None:
    """Installed in November, with a sync before anybody typed: January to October typed then are history, not late."""
    with installation(tmp_path, now="2024-11-19T08:00+07:00", typed=False) as here:
        with here.app() as app:
            set_up(app, here.workbook)
        here.sync()
        here.clock.now += timedelta(days=1)
        book = here.person()
        book.del_worksheet(book.worksheet("Perpustakaan"))
        people.type_everything(book)
        here.sync()
        here.clock.now += timedelta(days=1)
        outcome, _ = here.sync()
        with here.app() as app:
            view = view_of(app, here.office(app))
    assert outcome.status == 0
    assert [found for found in view.checked.findings if found.rule_code == "W-LATE"] == []
    assert {row.on_time for row in view.month.libraries} == {None}
    assert view.month.timeliness.share is None


def test_setup_never_touches_what_is_filled_in(tmp_path: Path) -> None:
    """In a workbook that is in use every cell of every tab stays as it was."""
    with installation(tmp_path) as here:
        here.sync()
        before = {tab.title: tab.get_all_values() for tab in here.person().worksheets()}
        with here.app() as app:
            outcome = set_up(app, here.workbook)
        after = {tab.title: tab.get_all_values() for tab in here.person().worksheets()}
        assert {title: after[title] for title in before} == before
        assert "Perpustakaan" in outcome.kept
