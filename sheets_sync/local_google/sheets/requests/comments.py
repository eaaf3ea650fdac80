"""Comment threads: insert, reply, resolve, reword, delete. Drive shows the same threads.

Source: developers.google.com/workspace/sheets/api/guides/comments and the schemas of the discovery document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.sheets.batch import Apply, Batch, Refused
from sheets_sync.local_google.sheets.threads import shown_post, shown_thread
from sheets_sync.local_google.thread import Post, Thread

MAX_CONTENT = 2048  # UTF-8 code units
ACTIONS = frozenset({"RESOLVE", "REOPEN"})


def insert_comment(batch: Batch, request: JsonObject) -> JsonObject:
    coordinate = request.get("coordinate", {})
    sheet, row, column = batch.cell(coordinate)
    post = _new_post(batch, request.get("content", ""), request.get("assigneeEmailAddress", ""))
    quote = batch.text(sheet.cell(row, column))
    thread = Thread(post.id, str(batch.random_id()), sheet.id, row, column, quote, (post,))
    batch.workbook.comments[thread.id] = thread
    return {"commentThread": shown_thread(thread, batch.account, batch.accounts)}


def _new_post(batch: Batch, content: str, assignee: str, action: str = "") -> Post:
    _check_content(content, needed=not action)
    if len(assignee.encode()) > MAX_CONTENT:
        raise Refused(f"The assignee's email address must not exceed {MAX_CONTENT} UTF-8 code units.")
    now = _now(batch)
    return Post(batch.new_id(), batch.account.email, content, now, now, assignee, action)


def _now(batch: Batch) -> str:
    return batch.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _check_content(content: str, *, needed: bool) -> None:
    if needed and not content:
        raise Refused("The content of the comment cannot be empty.")
    if len(content.encode()) > MAX_CONTENT:
        raise Refused(f"The content of the comment must not exceed {MAX_CONTENT} UTF-8 code units.")


def _thread(batch: Batch, request: JsonObject) -> Thread:
    wanted = request.get("commentId", "")
    thread = batch.workbook.comments.get(wanted)
    if thread is None or thread.deleted:
        raise Refused(f"No comment with id: {wanted}")
    return thread


def _own_post(batch: Batch, thread: Thread, request: JsonObject) -> Post:
    wanted = request.get("postId", "")
    post = next((post for post in thread.posts if post.id == wanted and not post.deleted), None)
    if post is None:
        raise Refused(f"No post with id: {wanted}")
    _check_author(batch, post)
    return post


def _check_author(batch: Batch, post: Post) -> None:
    if post.author != batch.account.email:
        raise Refused("The requesting user is not the author of the post.")


def add_comment_reply(batch: Batch, request: JsonObject) -> JsonObject:
    thread, given = _thread(batch, request), request.get("post", {})
    action = given.get("commentAction", "")
    action = action if action in ACTIONS else ""
    assignee = given.get("assigneeEmail", "")
    if assignee and (action or not thread.posts[0].assignee):
        raise Refused("A reply can only reassign a comment that is assigned, and not while it resolves or reopens it.")
    post = _new_post(batch, given.get("content", ""), assignee, action)
    resolved = action == "RESOLVE" or (thread.resolved and action != "REOPEN")
    batch.workbook.comments[thread.id] = replace(thread, posts=(*thread.posts, post), resolved=resolved)
    return {"post": shown_post(post, batch.account, batch.accounts)}


def update_comment_post(batch: Batch, request: JsonObject) -> None:
    thread = _thread(batch, request)
    old = _own_post(batch, thread, request)
    _check_content(request.get("content", ""), needed=True)
    _put(batch, thread, replace(old, content=request["content"], updated=_now(batch)))


def _put(batch: Batch, thread: Thread, changed: Post) -> None:
    posts = tuple(changed if post.id == changed.id else post for post in thread.posts)
    batch.workbook.comments[thread.id] = replace(thread, posts=posts)


def delete_comment(batch: Batch, request: JsonObject) -> None:
    thread = _thread(batch, request)
    _check_author(batch, thread.posts[0])
    batch.workbook.comments[thread.id] = replace(thread, deleted=True)


def delete_comment_reply(batch: Batch, request: JsonObject) -> None:
    thread = _thread(batch, request)
    post = _own_post(batch, thread, request)
    if post is thread.posts[0] or post.action or post.assignee:
        raise Refused("The first post, an assignment and an action of a thread can't be deleted as a reply.")
    _put(batch, thread, replace(post, deleted=True))


REQUESTS: Mapping[str, Apply] = {
    "insertComment": insert_comment,
    "addCommentReply": add_comment_reply,
    "updateCommentPost": update_comment_post,
    "deleteComment": delete_comment,
    "deleteCommentReply": delete_comment_reply,
}
