"""The main job against a local Google: what it costs, what it writes, what moves a score, what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
import stamina
from gspread.utils import ValueInputOption
from installation import US, Installation, installation
from snapshot import Kept

from sheets_sync.google import GoogleClient, ReadWorkbook, Written
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.model import Period, State

READ, WRITE, LIST = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate", "drive.files.list"
TYPED = ValueInputOption.user_entered


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation with the sample typed in."""
    with stamina.set_testing(True, attempts=3), installation(tmp_path_factory.mktemp("office")) as fresh:
        yield Kept.of(fresh)


def retype(here: Installation, tab: str, cell: str, value: str) -> None:
    """Somebody types into a cell."""
    here.person().worksheet(tab).update([[value]], cell, value_input_option=TYPED)


def cell_of(here: Installation, tab: str, month: str, heading: str) -> str:
    """Where a month's figure under a heading stands, as A1."""
    rows = here.person().worksheet(tab).get_all_values()
    header = next(n for n, row in enumerate(rows) if heading in row)
    row = next(n for n in range(header + 1, len(rows)) if rows[n][0] == month)
    return f"{chr(65 + rows[header].index(heading))}{row + 1}"


def test_an_undisturbed_sync_costs_one_list_one_read_one_write_and_then_one_list(here: Installation) -> None:
    """The first sync costs a list, a read and a write; the next, with nobody else having typed, a list only."""
    first, counted = here.sync()
    second, counted_again = here.sync()
    third, counted_third = here.sync()
    assert counted == {LIST: 1, READ: 1, WRITE: 1}
    assert (counted_again, counted_third) == ({LIST: 1}, {LIST: 1})
    assert (first.status, second.adopted, third.unchanged) == (0, (here.workbook,), (here.workbook,))


def test_an_edit_is_read_and_only_what_changed_is_written(here: Installation) -> None:
    """An edit by a person costs one read, and one write of the pages that changed."""
    here.sync()
    here.sync()
    retype(here, "Tangkum", cell_of(here, "Tangkum", "Oktober", "Kegiatan pelibatan masyarakat"), "9")
    outcome, counted = here.sync()
    assert counted == {LIST: 1, READ: 1, WRITE: 1}
    assert "Indikator" not in outcome.written[here.workbook]


def test_an_edit_between_our_read_and_our_write_is_seen_by_the_next_sync(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody types after we read and before we write is read by the next sync."""
    cell = cell_of(here, "Tangkum", "Oktober", "Kegiatan pelibatan masyarakat")
    write = GoogleClient.write

    def somebody_was_faster(
        google: GoogleClient, workbook: str, requests: Sequence[Mapping[str, Any]], before: ReadWorkbook | None = None
    ) -> Written:
        monkeypatch.undo()
        retype(here, "Tangkum", cell, "9")
        return write(google, workbook, requests, before)

    monkeypatch.setattr(GoogleClient, "write", somebody_was_faster)
    here.sync()
    before = here.score("Tangkum")
    outcome, counted = here.sync()
    assert (counted[READ], outcome.read) == (1, (here.workbook,))
    assert here.score("Tangkum") > before


def test_a_score_moves_by_what_a_hand_calculation_says(here: Installation) -> None:
    """Three more activities in October move Turan Amis' score by 10 × weight/Σweight × (3/10 months)/target."""
    here.sync()
    before = here.score("Turan Amis")
    retype(here, "Turan Amis", cell_of(here, "Turan Amis", "Oktober", "Kegiatan pelibatan masyarakat"), "5")
    here.sync()
    # The scheme: mean(activities), target 4 a month for a village, weight 20 of 100; October said 2, ten months reported.
    assert here.score("Turan Amis") - before == pytest.approx(10 * 20 / 100 * (3 / 10) / 4, abs=1e-9)


def test_rekap_is_read_back_through_gspread(here: Installation) -> None:
    """Rekap, read by a person, shows each library with the score and category that were computed."""
    here.sync()
    rows = here.person().worksheet("Rekap").get_all_values()
    head = next(row for row in rows if "Skor" in row)
    below = rows[rows.index(head) + 1 :]
    shown = {row[0]: (row[head.index("Skor")], row[head.index("Kategori")]) for row in below[:4]}
    assert shown["Perpustakaan Desa Tangkum"] == ("7,72", "sedang")
    assert shown["Perpustakaan Desa Pangkan"] == ("6,00", "sedang")
    assert shown["Perpustakaan Desa Turan Amis"] == ("5,20", "rendah")
    assert any("Skor internal" in cell for row in rows for cell in row)
    assert any("CONTOH – ANGKA REKAAN" in cell for row in rows for cell in row)


def test_no_input_tab_is_ever_written(here: Installation) -> None:
    """Every cell of every input tab is as the person left it, and no write names an input tab."""
    book = here.person()
    inputs = {tab.id: tab.get_all_values() for tab in book.worksheets()}
    here.sync()
    retype(here, "Tangkum", "B6", "77 orang")
    here.sync()
    written = str([entry.body for entry in here.google.log.of(WRITE, account=here.google.account(US).email)])
    assert not [sheet for sheet in inputs if f"'sheetId': {sheet}," in written]
    after = {tab.id: tab.get_all_values() for tab in here.person().worksheets() if tab.id in inputs}
    changed = {sheet for sheet in inputs if inputs[sheet] != after[sheet]}
    assert changed == {here.person().worksheet("Tangkum").id}


def test_what_people_write_beside_rekap_stays(here: Installation) -> None:
    """A column that somebody adds beside Rekap's table is there after the next write."""
    here.sync()
    sheet = here.person().worksheet("Rekap")
    width = max(len(row) for row in sheet.get_all_values())
    sheet.add_cols(2)
    cell = f"{chr(65 + width + 1)}12"
    sheet.update([["telepon besok"]], cell, value_input_option=TYPED)
    retype(here, "Tangkum", cell_of(here, "Tangkum", "Oktober", "Kegiatan pelibatan masyarakat"), "9")
    here.sync()
    assert here.person().worksheet("Rekap").acell(cell).value == "telepon besok"


def test_a_dry_run_shows_every_write_and_sends_none(here: Installation) -> None:
    """A dry run plans the writes of the pages and makes none; what it shows is plain, to be kept in a file or printed."""
    outcome, counted = here.sync(SyncOrder(dry_run=True))
    assert WRITE not in counted
    cells = [request["updateCells"] for request in outcome.planned[here.workbook] if "updateCells" in request]
    assert any("rows" in each and "Pangkan" in json.dumps(each["rows"]) for each in cells)
    assert [tab.title for tab in here.person().worksheets()] == [
        "Perpustakaan",
        "Dinas",
        "Pangkan",
        "Tangkum",
        "Turan Amis",
    ]


def test_a_refused_entry_is_not_counted_and_a_corrected_one_is(here: Installation) -> None:
    """`sekitar 20` is refused and asked about; the number typed in its place counts."""
    cell = cell_of(here, "Tangkum", "Oktober", "Kegiatan advokasi")
    retype(here, "Tangkum", cell, "sekitar 20")
    here.sync()
    refused = {o.element: o for o in here.library("Tangkum").observations if o.period == Period(2024, 10)}["advocacy"]
    retype(here, "Tangkum", cell, "2")
    here.sync()
    read = {o.element: o for o in here.library("Tangkum").observations if o.period == Period(2024, 10)}["advocacy"]
    assert (refused.state, refused.value, read.state, read.value) == (State.UNREADABLE, None, State.REPORTED, 2)


@pytest.mark.parametrize("fault", ["429", "503", "502", "reset"])
def test_a_passing_failure_of_a_read_is_repeated(here: Installation, fault: str) -> None:
    """A read that fails in passing is repeated and the sync is good."""
    here.google.conditions.fail(fault, READ, times=1)
    outcome, counted = here.sync()
    assert (outcome.status, counted[READ]) == (0, 2)


def test_a_write_whose_answer_is_lost_is_not_repeated_but_read_again(here: Installation) -> None:
    """A write that may have been applied is told, not repeated; the next run reads and finds it there."""
    here.google.conditions.fail("lost-answer", WRITE, times=1)
    lost, counted = here.sync()
    again, counted_again = here.sync()
    assert (lost.status, counted[WRITE]) == (3, 1)
    assert (again.status, counted_again[READ]) == (0, 1)
    titles = [tab.title for tab in here.person().worksheets()]
    assert titles.count("Rekap") == 1


def test_google_down_for_good_ends_and_keeps_the_last_good_data(here: Installation) -> None:
    """While Google stays down a sync ends with status 3; Rekap's figures stay and say how old they are."""
    here.sync()
    before = here.score("Tangkum")
    retype(here, "Tangkum", "B6", "500")
    here.google.conditions.fail("503", READ, times=None)
    outcome, _ = here.sync()
    here.google.conditions.clear()
    assert outcome.status == 3
    assert here.score("Tangkum") == before
    rows = here.person().worksheet("Rekap").get_all_values()
    assert any("⚠" in cell for row in rows for cell in row)
