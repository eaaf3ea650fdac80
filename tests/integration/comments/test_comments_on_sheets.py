"""Comment threads on the local server: asked at the cell, moved with it, thanked for, and never against people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import gspread
import pytest
from shared_workbook import SharedWorkbook, shared_workbook_at

from sheets_sync.comments import CommentOptions, reconcile, strays
from sheets_sync.google import Written
from sheets_sync.i18n import language
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model import CellRef, Finding, Library, Period, Severity, msg
from sheets_sync.model.grid import CommentThread, Workbook

ZONE, ID = ZoneInfo("Asia/Pontianak"), language("id")
TYPED = "sekitar 20"
LIBRARIES = (Library("tangkum", "Tangkum"),)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalGoogle]:
    with LocalGoogle() as running:
        yield running


@pytest.fixture
def shared(server: LocalGoogle) -> SharedWorkbook:
    made = shared_workbook_at(server)
    tab = made.person.add_worksheet("Tangkum", 20, 5)
    tab.update([["Bulan", "Pengunjung"], ["Januari", "120"], ["Februari", TYPED], ["Maret", "130"]], "A1")
    return made


def read(shared: SharedWorkbook) -> Workbook:
    return shared.google.read(shared.workbook).grid


def findings(workbook: Workbook) -> list[Finding]:
    """A question about each cell in which somebody typed an estimate."""
    cells = [
        CellRef(workbook.id, tab.sheet_id, tab.title, row, column)
        for tab in workbook.tabs
        for row, texts in enumerate(tab.rows)
        for column, cell in enumerate(texts)
        if cell.text == TYPED
    ]
    asked = msg("{typed}?", typed=TYPED)
    return [
        Finding("F01", Severity.FATAL, asked, "tangkum", "visits", Period(2024, 2), (cell,), TYPED) for cell in cells
    ]


def answers(workbook: Workbook) -> list[dict[str, Any]]:
    today = datetime.now(UTC).astimezone(ZONE).date()  # the server dates its threads by the same clock
    changes = reconcile(workbook, findings(workbook), LIBRARIES, CommentOptions(), today, ZONE, ID)
    return [change.request for change in changes]


def sync(shared: SharedWorkbook) -> Written | None:
    """Reads, and writes if there is something to say."""
    requests = answers(read(shared))
    return shared.google.write(shared.workbook, requests) if requests else None


def threads(shared: SharedWorkbook) -> list[CommentThread]:
    return [thread for thread in read(shared).comments if thread.text]


def tab(shared: SharedWorkbook) -> gspread.Worksheet:
    return shared.person.worksheet("Tangkum")


def test_a_question_is_asked_once(shared: SharedWorkbook) -> None:
    """The thread stands at its cell and quotes it; the next run says nothing more."""
    written = sync(shared)

    (thread,) = threads(shared)
    assert written is not None
    assert written.comments_saved
    assert (thread.row, thread.column, thread.quote) == (2, 1, TYPED)
    assert sync(shared) is None


def test_the_thread_follows_its_cell(shared: SharedWorkbook) -> None:
    """Rows that are inserted above move the thread with the cell, and nothing is asked again."""
    sync(shared)
    tab(shared).insert_rows([["Catatan"]], 1)

    assert sync(shared) is None
    assert [thread.row for thread in threads(shared)] == [3]


def test_a_cell_that_was_put_right_gets_its_thanks(shared: SharedWorkbook) -> None:
    """One write thanks and resolves; the cell is as the person left it."""
    sync(shared)
    tab(shared).update_acell("B3", "125")
    shared.server.log.clear()
    sync(shared)

    assert shared.server.log.count("sheets.spreadsheets.batchUpdate") == 1
    assert [(thread.resolved, thread.closed_by_me) for thread in threads(shared)] == [(True, True)]
    assert tab(shared).acell("B3").value == "125"


def test_the_same_slip_again_opens_the_thread_again(shared: SharedWorkbook) -> None:
    """What we closed we open; no second thread about the same entry."""
    sync(shared)
    tab(shared).update_acell("B3", "125")
    sync(shared)
    tab(shared).update_acell("B3", TYPED)
    sync(shared)

    assert [thread.resolved for thread in threads(shared)] == [False]


def test_rows_that_move_between_read_and_write_leave_no_comment_at_a_wrong_cell(shared: SharedWorkbook) -> None:
    """The answer to the write shows the stray; it is deleted, and the next read places the question where it belongs."""
    before = read(shared)
    requests = answers(before)
    tab(shared).insert_rows([["Catatan"]], 1)
    after = shared.google.write(shared.workbook, requests).after.grid
    assert [(thread.row, thread.quote) for thread in after.comments] == [(2, "120")]

    shared.google.write(shared.workbook, strays(after.comments, findings(before), before))
    sync(shared)

    assert [(thread.row, thread.quote) for thread in threads(shared)] == [(3, TYPED)]


def test_a_stray_that_nobody_took_away_is_placed_again_by_the_next_run(shared: SharedWorkbook) -> None:
    """One read and one write put it right."""
    requests = answers(read(shared))
    tab(shared).insert_rows([["Catatan"]], 1)
    shared.google.write(shared.workbook, requests)
    sync(shared)

    assert [(thread.row, thread.quote) for thread in threads(shared)] == [(3, TYPED)]


def test_what_a_person_closed_stays_closed(shared: SharedWorkbook) -> None:
    """A thread somebody resolved is neither opened nor asked anew, though the entry is unchanged."""
    sync(shared)
    (thread,) = threads(shared)
    post = {"content": "Sudah dihitung, memang begitu.", "commentAction": "RESOLVE"}
    shared.person.batch_update({"requests": [{"addCommentReply": {"commentId": thread.thread_id, "post": post}}]})

    assert sync(shared) is None
    assert [(each.resolved, each.closed_by_me) for each in threads(shared)] == [(True, False)]


def test_what_people_discuss_is_left_alone(shared: SharedWorkbook) -> None:
    """A thread with an answer of theirs is not deleted, even if its cell is gone from where it stood."""
    requests = answers(read(shared))
    tab(shared).insert_rows([["Catatan"]], 1)
    shared.google.write(shared.workbook, requests)
    (stray,) = threads(shared)
    reply = {"commentId": stray.thread_id, "post": {"content": "Ini sel yang mana?"}}
    shared.person.batch_update({"requests": [{"addCommentReply": reply}]})

    assert sync(shared) is None
    assert [thread.answered for thread in threads(shared)] == [True]
