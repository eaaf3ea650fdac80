"""Comment threads as the API shows them to an account."""

from __future__ import annotations

import html
from collections.abc import Iterable

from sheets_sync.local_google.auth import Account, Accounts
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.thread import Post, Thread
from sheets_sync.local_google.workbook import Sheet, Workbook


def shown_thread(thread: Thread, reader: Account, accounts: Accounts) -> JsonObject:
    """A CommentThread."""
    head, *replies = (shown_post(post, reader, accounts) for post in thread.posts)
    shown: JsonObject = {
        "commentId": thread.id,
        "anchorId": thread.anchor_id,
        "headPost": head,
        "replies": replies,
        "plainTextQuote": thread.quote,
        "status": "RESOLVED" if thread.resolved else "OPEN",
    }
    return {name: value for name, value in shown.items() if value}


def shown_post(post: Post, reader: Account, accounts: Accounts) -> JsonObject:
    """A Post. A deleted one has neither content nor author."""
    shown: JsonObject = {"postId": post.id, "createTime": post.created, "updateTime": post.updated}
    if post.deleted:
        return shown | {"deleted": True}
    shown |= {"author": _author(post, reader, accounts), "content": post.content, "contentHtml": _html(post.content)}
    shown |= {"commentAction": post.action, "assigneeEmail": post.assignee}
    return {name: value for name, value in shown.items() if value}


def _author(post: Post, reader: Account, accounts: Accounts) -> JsonObject:
    account = accounts.with_email(post.author)
    if account is None:
        return {"displayName": post.author, "anonymous": False} if post.author else {"anonymous": True}
    shown: JsonObject = {"displayName": account.display_name, "user": f"users/{account.client_id}"}
    return shown | {"me": True} if post.author == reader.email else shown


def _html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def visible(workbook: Workbook) -> Iterable[Thread]:
    """The threads that Sheets knows: those with an anchor that were not deleted."""
    return (thread for thread in workbook.comments.values() if not thread.deleted and thread.anchor_id)


def anchors(workbook: Workbook, sheet: Sheet) -> list[JsonObject]:
    """The CommentAnchors of a sheet."""
    here = (thread for thread in visible(workbook) if thread.sheet_id == sheet.id)
    return [{"anchorId": thread.anchor_id, "range": _place(thread)} for thread in here]


def _place(thread: Thread) -> JsonObject:
    rows = {"startRowIndex": thread.row, "endRowIndex": thread.row + 1}
    place = rows | {"startColumnIndex": thread.column, "endColumnIndex": thread.column + 1}
    return {"sheetId": thread.sheet_id} | place if thread.sheet_id else place
