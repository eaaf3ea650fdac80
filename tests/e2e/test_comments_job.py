"""The answer at the cell, end to end: asked, moved, put right, thanked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from gspread.utils import ValueInputOption
from installation import Installation, installation
from snapshot import Kept

from sheets_sync.google import GoogleClient, ReadWorkbook, Written
from sheets_sync.model.grid import CommentThread

WRITE = "sheets.spreadsheets.batchUpdate"
TYPED = ValueInputOption.user_entered


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation whose sample holds one entry that is refused."""
    with installation(tmp_path_factory.mktemp("office")) as fresh:
        yield Kept.of(fresh)


def threads(here: Installation) -> list[tuple[str, CommentThread]]:
    """Every thread with what its cell shows now."""
    with here.app() as app:
        google = app.google(app.settings.key_file(here.office(app)))
        book = google.read(here.workbook).grid
    tabs = {tab.sheet_id: tab for tab in book.tabs}
    return [
        (tabs[thread.sheet_id].at(thread.row or 0, thread.column or 0).text if thread.sheet_id in tabs else "", thread)
        for thread in book.comments
    ]


def refused(here: Installation) -> tuple[str, CommentThread]:
    return next((shown, thread) for shown, thread in threads(here) if "sekitar" in thread.quote)


def test_a_question_stands_at_its_cell_and_costs_no_further_request(here: Installation) -> None:
    """The refused entry gets a comment at its cell, in the same write as Rekap, and only once."""
    _, counted = here.sync()
    here.sync()
    shown, thread = refused(here)
    assert counted[WRITE] == 1
    assert "sekitar" in shown
    assert (thread.by_me, thread.resolved) == (True, False)
    assert len([1 for _, each in threads(here) if "sekitar" in each.quote]) == 1


def test_a_cell_put_right_is_thanked_and_closed_in_one_write(here: Installation) -> None:
    """Once the entry is a number its thread is resolved by the next sync, in one write."""
    here.sync()
    tab = next(tab for tab in here.person().worksheets() if tab.find("sekitar 20"))
    found = tab.find("sekitar 20")
    assert found is not None
    tab.update([["20"]], found.address, value_input_option=TYPED)
    _, counted = here.sync()
    threads_left = [thread for _, thread in threads(here) if thread.quote == "sekitar 20"]
    assert counted[WRITE] == 1
    assert [thread.resolved for thread in threads_left] == [True]
    assert threads_left[0].replies


def test_no_comment_stays_at_a_wrong_cell_when_rows_move_before_the_write(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that move between our read and our write leave, after the next sync, every comment at the cell it is about."""
    tab = next(tab for tab in here.person().worksheets() if tab.find("sekitar 20"))
    write = GoogleClient.write

    def somebody_inserts_a_row(
        google: GoogleClient, workbook: str, requests: Sequence[Mapping[str, Any]], before: ReadWorkbook | None = None
    ) -> Written:
        monkeypatch.undo()
        tab.insert_row([], 2)
        return write(google, workbook, requests, before)

    monkeypatch.setattr(GoogleClient, "write", somebody_inserts_a_row)
    here.sync()
    here.sync()
    placed = [(shown, thread.quote) for shown, thread in threads(here) if not thread.resolved]
    assert placed
    assert all(shown == quote for shown, quote in placed)
    assert ("sekitar 20", "sekitar 20") in placed
