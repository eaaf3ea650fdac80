"""Comment threads through Sheets, and as Drive shows them."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book

INCLUDED: dict[str, Any] = {"commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED"}


def insert(book: Book, content: str = "kenapa?", row: int = 0, **more: Any) -> dict[str, Any]:
    """A new thread."""
    request = {"coordinate": {"rowIndex": row}, "content": content} | more
    (reply,) = book.batch({"insertComment": request})
    return dict(reply["insertComment"]["commentThread"])


def threads(book: Book) -> list[dict[str, Any]]:
    return list(book.get("comments", **INCLUDED).get("comments", []))


def reply(thread: dict[str, Any], **post: Any) -> dict[str, Any]:
    return {"addCommentReply": {"commentId": thread["commentId"], "post": post}}


def test_a_thread_quotes_its_cell_and_knows_its_author(book: Book) -> None:
    """`me` is the account that asks, and only for it."""
    book.put("A1", [[1234.5]])
    made = insert(book, assigneeEmailAddress="kepala@example.com")
    assert made["status"] == "OPEN"
    assert made["plainTextQuote"] == "1234.5"
    assert made["headPost"]["author"]["me"] is True
    assert made["headPost"]["assigneeEmail"] == "kepala@example.com"
    assert made["headPost"]["createTime"] == made["headPost"]["updateTime"]


def test_threads_come_only_if_they_are_asked_for(book: Book, owned: Book) -> None:
    """With their anchors on the sheets; the owner sees that they are not hers."""
    made = insert(book, row=3)
    assert "comments" not in book.get()
    found = owned.get("comments,commentsViewMode,sheets.commentAnchors", **INCLUDED)
    place = {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    assert found["sheets"] == [{"commentAnchors": [{"anchorId": made["anchorId"], "range": place}]}]
    assert "me" not in found["comments"][0]["headPost"]["author"]
    assert found["commentsViewMode"] == "COMMENTS_VIEW_MODE_INCLUDED"


def test_the_answer_of_a_batch_says_whether_comments_were_saved(book: Book) -> None:
    """Only if there were any."""
    body = {"requests": [{"insertComment": {"coordinate": {}, "content": "x"}}]}
    assert book.client.ok("POST", f"{book.path}:batchUpdate", body)["commentUpdateState"] == "ALL_SAVED"
    other = book.client.ok("POST", f"{book.path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert "commentUpdateState" not in other


def test_a_thread_is_answered_resolved_and_reopened(book: Book, owned: Book) -> None:
    """An action needs no text."""
    made = insert(book)
    owned.batch(reply(made, content="sudah", commentAction="RESOLVE"))
    (thread,) = threads(book)
    assert thread["status"] == "RESOLVED"
    assert thread["replies"][0]["content"] == "sudah"
    assert thread["replies"][0]["commentAction"] == "RESOLVE"
    book.batch(reply(made, commentAction="REOPEN"))
    assert threads(book)[0]["status"] == "OPEN"


def test_only_the_author_changes_and_deletes(book: Book, owned: Book) -> None:
    """Posts and threads of others are refused with 400."""
    made = insert(book)
    post = {"commentId": made["commentId"], "postId": made["headPost"]["postId"], "content": "maksudnya?"}
    assert "not the author" in owned.refusal({"updateCommentPost": post})
    assert "not the author" in owned.refusal({"deleteComment": {"commentId": made["commentId"]}})
    book.batch({"updateCommentPost": post})
    assert threads(book)[0]["headPost"]["content"] == "maksudnya?"
    book.batch({"deleteComment": {"commentId": made["commentId"]}})
    assert threads(book) == []


def test_a_deleted_reply_leaves_an_empty_post(book: Book) -> None:
    """Without author and content; the first post and actions can't be deleted this way."""
    made = insert(book)
    (answer,) = book.batch(reply(made, content="eh"))
    post_id = answer["addCommentReply"]["post"]["postId"]
    book.batch({"deleteCommentReply": {"commentId": made["commentId"], "postId": post_id}})
    (left,) = threads(book)[0]["replies"]
    assert left["deleted"] is True
    assert "content" not in left
    assert "author" not in left
    head = {"commentId": made["commentId"], "postId": made["headPost"]["postId"]}
    assert "can't be deleted" in book.refusal({"deleteCommentReply": head})


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        ({"insertComment": {"coordinate": {}}}, "cannot be empty"),
        ({"insertComment": {"coordinate": {}, "content": "é" * 1025}}, "must not exceed 2048 UTF-8 code units"),
        ({"insertComment": {"coordinate": {"rowIndex": 1000}, "content": "x"}}, "after last row in grid[0]"),
        ({"addCommentReply": {"commentId": "x", "post": {"content": "y"}}}, "No comment with id: x"),
    ],
)
def test_what_can_not_be_said_is_refused(book: Book, request_: Any, text: str) -> None:
    """Empty and long texts, places outside of the grid, unknown threads."""
    assert text in book.refusal(request_)


def test_a_reassignment_needs_an_assigned_thread(book: Book) -> None:
    """And can't come with an action."""
    made = insert(book)
    assert "reassign" in book.refusal(reply(made, content="x", assigneeEmail="a@example.com"))


def test_a_thread_without_its_cell_is_left_out_where_ranges_are_asked_for(book: Book) -> None:
    """Otherwise it is still there, without an anchor."""
    insert(book, row=1)
    book.batch({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}})
    assert len(threads(book)) == 1
    assert "comments" not in book.get("comments,sheets.properties", ranges="A1:B5", **INCLUDED)
    assert book.sheet("commentAnchors", **INCLUDED) is None


def test_drive_shows_the_same_thread(book: Book) -> None:
    """With the same id, text and state."""
    made = insert(book)
    book.batch(reply(made, commentAction="RESOLVE"))
    (comment,) = book.client.ok("GET", f"/drive/v3/files/{book.id}/comments", fields="*")["comments"]
    assert comment["id"] == made["commentId"]
    assert comment["content"] == "kenapa?"
    assert comment["resolved"] is True
    assert comment["replies"][0]["action"] == "resolve"


def test_a_refused_batch_leaves_no_comment(book: Book) -> None:
    """Comments are part of the whole."""
    book.refusal({"insertComment": {"coordinate": {}, "content": "x"}}, {"deleteSheet": {"sheetId": 5}})
    assert threads(book) == []
