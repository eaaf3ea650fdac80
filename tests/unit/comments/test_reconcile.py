"""Comment threads at the cells: what is asked, answered, moved and left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheets_sync.comments import CommentOptions, reconcile, strays
from sheets_sync.comments.wording import MAX_LENGTH, comment, mark_name, mark_of
from sheets_sync.i18n import language
from sheets_sync.model import CellRef, Finding, Library, Period, Severity, msg
from sheets_sync.model.grid import CommentThread, GridCell, Tab, Workbook

TODAY, ZONE, ID = date(2024, 11, 5), ZoneInfo("Asia/Pontianak"), language("id")
NOW = datetime(2024, 11, 5, 1, 0, tzinfo=UTC)
TABS = (Tab(7, "Tangkum", ()),)


def question(row: int = 4, severity: Severity = Severity.FATAL, library: str = "tangkum", **changes: Any) -> Finding:
    """A refused entry in column D of the library's tab."""
    typed = f"sekitar {row}"
    finding = Finding("F01", severity, msg("{typed}?", typed=typed), library, "visits", Period(2024, 10), typed=typed)
    return replace(replace(finding, cells=(CellRef("WB", 7, "Tangkum", row, 3),)), **changes)


def thread(finding: Finding, **changes: Any) -> CommentThread:
    """The open thread that was made for a finding, at its cell."""
    cell = finding.cells[0]
    made = CommentThread(
        "T1", cell.sheet_id, cell.row, cell.column, False, True, comment(finding, ID), finding.typed, created=NOW
    )
    return replace(made, **changes)


def answers(threads: list[CommentThread], findings: list[Finding], **options: Any) -> list[dict[str, Any]]:
    workbook = Workbook("WB", "Barito Timur", "in_ID", "Asia/Pontianak", TABS, tuple(threads))
    libraries = [Library("tangkum", "Tangkum", emails=("ibu@example.org",)), Library("turan", "Turan Amis")]
    changes = reconcile(workbook, findings, libraries, CommentOptions(**options), TODAY, ZONE, ID)
    return [change.request for change in changes]


def kinds(requests: list[dict[str, Any]]) -> list[str]:
    """What is asked for, in order; a reply by what it does to its thread."""
    return [
        body["post"]["commentAction"] if kind == "addCommentReply" else kind
        for request in requests
        for kind, body in request.items()
    ]


def test_a_question_about_the_register_is_assigned_to_nobody() -> None:
    """The office keeps the register: the library whose row it is need not even be able to open it."""
    library = Library("tangkum", "Tangkum", emails=("ibu@example.org",), cell=question().cells[0])
    workbook = Workbook("WB", "Barito Timur", "in_ID", "Asia/Pontianak", TABS, ())
    (change,) = reconcile(workbook, [question()], [library], CommentOptions(), TODAY, ZONE, ID)

    assert "assigneeEmailAddress" not in change.request["insertComment"]


def test_a_question_is_asked_at_its_cell_and_assigned_to_the_contact() -> None:
    """A question without a thread gets one at its cell, with the code that finds it again, for the library's contact."""
    (request,) = answers([], [question()])

    body = request["insertComment"]
    assert body["coordinate"] == {"sheetId": 7, "rowIndex": 4, "columnIndex": 3}
    assert body["assigneeEmailAddress"] == "ibu@example.org"
    assert body["content"].endswith(f"[{question().id} · tangkum]")


@pytest.mark.parametrize(
    ("changes", "open_again", "expected"),
    [
        ({}, True, []),
        ({}, False, ["RESOLVE"]),
        ({"resolved": True}, True, []),
        ({"resolved": True}, False, []),
        ({"resolved": True, "closed_by_me": True}, True, ["REOPEN"]),
        ({"row": 9}, True, ["deleteComment", "insertComment"]),
        ({"row": 9, "answered": True}, True, []),
        ({"sheet_id": None, "row": None, "column": None}, True, ["deleteComment", "insertComment"]),
        ({"sheet_id": None, "row": None, "column": None}, False, ["deleteComment"]),
        ({"answered": True}, False, ["RESOLVE"]),
        ({"by_me": False}, False, []),
        ({"text": "Catatan lain"}, False, []),
    ],
)
def test_a_thread_is_kept_moved_or_closed(changes: dict[str, Any], open_again: bool, expected: list[str]) -> None:
    """What happens to a thread follows from where it stands, who touched it and whether its question is open."""
    found = question()

    assert kinds(answers([thread(found, **changes)], [found] if open_again else [])) == expected


def test_a_given_reason_closes_the_thread() -> None:
    """A question that was answered elsewhere gets its thanks at the cell."""
    found = question(severity=Severity.EXPLAIN)

    assert kinds(answers([thread(found)], [replace(found, reason="Pameran")])) == ["RESOLVE"]


def test_a_cell_with_another_wrong_value_is_asked_anew() -> None:
    """The thread about the earlier value goes, and one about the present value comes."""
    found = question()
    other = replace(found, typed="kira-kira 5")

    assert kinds(answers([thread(found)], [other])) == ["deleteComment", "insertComment"]


def test_two_threads_about_one_question_become_one() -> None:
    """A thread that a lost answer made twice is deleted once."""
    found = question()

    assert answers([thread(found), thread(found, thread_id="T2")], [found]) == [{"deleteComment": {"commentId": "T2"}}]


def test_a_library_is_not_flooded() -> None:
    """No more than so many new threads a library and day, blocked values first; today's are counted in."""
    asked = question(1)
    findings = [asked, question(2, Severity.EXPLAIN), question(3), question(4), question(5, library="turan")]
    requests = answers([thread(asked)], findings, new_threads_per_library_and_day=2)

    rows = [request["insertComment"]["coordinate"]["rowIndex"] for request in requests]
    assert sorted(rows) == [3, 5]


def test_yesterdays_threads_do_not_count_against_today() -> None:
    """The day is the office's own: a thread of 23.30 yesterday leaves room."""
    asked = question(1)
    late = thread(asked, created=datetime(2024, 11, 4, 16, 30, tzinfo=UTC))

    assert len(answers([late], [asked, question(2)], new_threads_per_library_and_day=1)) == 1


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.READ_AS])
def test_only_questions_are_asked_at_cells(severity: Severity) -> None:
    """Warnings and unusual spellings stay in the list."""
    assert answers([], [question(severity=severity)]) == []


def test_other_workbooks_are_left_alone() -> None:
    """A finding about another workbook's cell asks nothing here."""
    assert answers([], [question(cells=(CellRef("OTHER", 7, "Tangkum", 4, 3),))]) == []


def test_comments_can_be_switched_off() -> None:
    """Without comments nothing is asked, answered or taken away."""
    found = question()

    assert answers([thread(found, row=9)], [found], comments=False) == []


def test_a_comment_that_landed_elsewhere_is_taken_away() -> None:
    """The quote tells that rows had moved: the cell showed something else than the one that was meant."""
    found, other = question(4), question(5)
    rows = [()] * 4 + [tuple(GridCell(text, text) for text in ("", "", "", typed)) for typed in ("sekitar 4", "5?")]
    read = Workbook("WB", "Barito Timur", "in_ID", "Asia/Pontianak", (Tab(7, "Tangkum", tuple(rows)),))
    threads = [thread(found, quote="17"), thread(other, thread_id="T2", quote="5?")]

    assert strays(threads, [found, other], read) == [{"deleteComment": {"commentId": "T1"}}]


CODES = st.one_of(st.text(), st.text("[]·@ \n\t\u202e\u200b()~", max_size=30), st.text("x", min_size=40, max_size=5000))


@given(typed=st.text(max_size=5000), proposal=st.text(max_size=50), library=CODES)
@example(typed="日本語" * 500, proposal="", library="tangkum")
@example(typed="é" * 1500, proposal="", library="tangkum")
@example(typed="🙂" * 600, proposal="", library="tangkum")
@example(typed="@" * 3000, proposal="", library="tangkum")
def test_a_comment_fits_and_is_recognised(typed: str, proposal: str, library: str) -> None:
    """Whatever was typed or is called, the comment is within Google's length, names nobody, and carries its mark."""
    found = question(typed=typed, message=msg("{typed}?", typed=typed), proposal=proposal, library=library)
    text = comment(found, ID)

    assert len(text.encode()) <= MAX_LENGTH
    assert (mark := mark_of(text)) is not None
    assert (mark.code, mark.library) == (found.id, mark_name(library) if library else None)
    assert all(character != "@" or after == "\u2060" for character, after in zip(text, text[1:] + " ", strict=True))


@given(typed=st.text(max_size=3000), library=CODES)
def test_a_question_is_asked_once_whatever_its_library_is_called(typed: str, library: str) -> None:
    """The comment of one sync is found again by the next, as Google gives it back: without blanks at the ends."""
    found = question(typed=typed, message=msg("{typed}?", typed=typed), library=library)
    (asked,) = answers([], [found], assign=False)
    standing = thread(found, text=asked["insertComment"]["content"].strip())

    assert answers([standing], [found]) == []


@given(st.lists(CODES, min_size=2, max_size=4, unique=True))
def test_marks_tell_libraries_apart(libraries: list[str]) -> None:
    """Two libraries have two names in marks, so that one's comments are never counted as another's."""
    assert len({mark_name(library) for library in libraries}) == len(libraries)


def test_a_comment_at_a_tab_that_is_gone_is_not_asked_for() -> None:
    """Google would refuse it, and all others of the same write with it."""
    gone = question(cells=(CellRef("WB", 99, "Lama", 4, 3),), typed="lain")

    assert kinds(answers([], [gone, question()])) == ["insertComment"]
