"""Rows that leave the register: told, and not believed where most of them leave at once."""

from __future__ import annotations

from collections.abc import Callable

import gspread
import pytest
from installation import Installation

from sheets_sync.jobs.month import view_of


def rows_deleted(register: gspread.Worksheet) -> None:
    """All but the first library."""
    register.delete_rows(4, 6)


def cleared(register: gspread.Worksheet) -> None:
    register.clear()


def head_left(register: gspread.Worksheet) -> None:
    """Nothing but the headings."""
    values = register.get_all_values()
    register.clear()
    register.update(values[:2], "A1")


def typed_over(register: gspread.Worksheet) -> None:
    """Every row is somebody else's."""
    rows = [[f"x-{n}", "", f"Palsu {n}", *[""] * 8, f"orang{n}@x.example"] for n in range(4)]
    register.batch_clear(["A3:Z20"])
    register.update(rows, "A3")


def shown(here: Installation) -> set[str]:
    with here.app() as app:
        return {row.library.tab for row in view_of(app, here.office(app)).month.libraries if row.library.tab}


def asked(here: Installation, rule: str) -> list[str]:
    """The ids of a rule's findings."""
    with here.app() as app:
        return [each.id for each in view_of(app, here.office(app)).checked.findings if each.rule_code == rule]


@pytest.mark.incident("emptied-register")
@pytest.mark.parametrize("act", [rows_deleted, cleared, head_left, typed_over])
def test_a_register_that_loses_most_is_not_believed(
    here: Installation, act: Callable[[gspread.Worksheet], None]
) -> None:
    """Every library keeps its score and place in Rekap; the office is asked once; the rows back, all is as before."""
    before = shown(here)
    register = here.person().worksheet("Perpustakaan")
    values = register.get_all_values()
    act(register)
    here.sync()
    here.sync()
    assert shown(here) >= before
    assert len(asked(here, "E-REGISTER-LEFT")) == 1
    register.clear()
    register.update(values, "A1")
    here.sync()
    assert (shown(here), asked(here, "E-REGISTER-LEFT")) == (before, [])


@pytest.mark.incident("emptied-register")
def test_the_office_can_say_that_it_is_right(here: Installation) -> None:
    """A reason beside the question, and those who left are inactive."""
    rows_deleted(here.person().worksheet("Perpustakaan"))
    here.sync()
    (code,) = asked(here, "E-REGISTER-LEFT")
    listed = here.person().worksheet("Perlu Dicek")
    values = listed.get_all_values()
    head = next(row for row in values if row[:1] == ["Kode"])
    row = next(number for number, each in enumerate(values, 1) if each[0] == code)
    listed.update_cell(row, head.index("Alasan") + 1, "Digabung dengan kabupaten sebelah")
    here.sync()
    assert shown(here) == {"Tangkum"}


@pytest.mark.incident("deleted-row")
def test_one_row_that_leaves_is_told(here: Installation) -> None:
    """Its library is inactive at once, and Perlu Dicek names it; written back, it is there again with its figures."""
    score = here.score("Pangkan")
    register = here.person().worksheet("Perpustakaan")
    values = register.get_all_values()
    register.delete_rows(next(number for number, row in enumerate(values, 1) if "Pangkan" in row))
    here.sync()
    register.update_acell("T1", "catatan")
    here.sync()  # another read
    listed = here.person().worksheet("Perlu Dicek").get_all_values()
    gone = shown(here)
    register.clear()
    register.update(values, "A1")
    here.sync()
    assert gone == {"Tangkum", "Turan Amis", "Dinas"}
    assert any("Tidak ada lagi di daftar" in row[6] and "Perpustakaan Desa Pangkan" in row[6] for row in listed)
    assert asked(here, "W-REGISTER-LEFT") == []
    assert here.score("Pangkan") == score
