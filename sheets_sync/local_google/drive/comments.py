"""drive.comments.* and drive.replies.*: the same threads as in the Sheets API, in Drive's words. Only spreadsheets have them here."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from html import escape

from sheets_sync.local_google.drive import listing
from sheets_sync.local_google.drive.context import drive_of, need_fields
from sheets_sync.local_google.drive.errors import check_size, insufficient, invalid, required, thing_not_found
from sheets_sync.local_google.drive.model import SPREADSHEET
from sheets_sync.local_google.drive.resources import timestamp, user
from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.request import Call, Handler
from sheets_sync.local_google.thread import Post, Thread


def list_comments(call: Call) -> JsonObject:
    need_fields(call)
    since = call.params.get("startModifiedTime", "")
    threads = [
        thread
        for thread in _threads(call).values()
        if (call.params.get("includeDeleted") or not thread.deleted) and modified(thread) >= since
    ]
    newest = sorted(threads, key=modified, reverse=True)
    found, token = listing.page(
        newest,
        check_size(call.params.get("pageSize", 20), 100),
        call.params.get("pageToken", ""),
        call.params["fileId"],
    )
    answer: JsonObject = {"kind": "drive#commentList"} | ({"nextPageToken": token} if token else {})
    return answer | {"comments": [comment(call, thread) for thread in found]}


def get(call: Call) -> JsonObject:
    need_fields(call)
    thread = _thread(call)
    if thread.deleted and not call.params.get("includeDeleted"):
        raise thing_not_found("Comment", thread.id, "commentId")
    return comment(call, thread)


def create(call: Call) -> JsonObject:
    need_fields(call)
    post = _post(call, _content(call))
    quoted = call.body.get("quotedFileContent", {}).get("value", "")
    thread = Thread(post.id, call.body.get("anchor", ""), None, 0, 0, quoted, (post,))
    return comment(call, _keep(call, lambda _: thread, thread.id))


def update(call: Call) -> JsonObject:
    need_fields(call)

    def change(thread: Thread) -> Thread:
        head = _own(call, thread.posts[0])
        return replace(thread, posts=(_rewritten(call, head), *thread.posts[1:]))

    return comment(call, _keep(call, change))


def delete(call: Call) -> None:
    def change(thread: Thread) -> Thread:
        head = replace(_own(call, thread.posts[0]), deleted=True, content="")
        return replace(thread, deleted=True, posts=(head, *thread.posts[1:]))

    _keep(call, change)


def list_replies(call: Call) -> JsonObject:
    need_fields(call)
    kept = [post for post in _thread(call).posts[1:] if call.params.get("includeDeleted") or not post.deleted]
    found, token = listing.page(
        kept,
        check_size(call.params.get("pageSize", 20), 100),
        call.params.get("pageToken", ""),
        call.params["commentId"],
    )
    answer: JsonObject = {"kind": "drive#replyList"} | ({"nextPageToken": token} if token else {})
    return answer | {"replies": [reply(call, post) for post in found]}


def get_reply(call: Call) -> JsonObject:
    need_fields(call)
    return reply(call, _reply(call, _thread(call)))


def create_reply(call: Call) -> JsonObject:
    """A further post; with `action` it resolves or reopens the thread, and then needs no content."""
    need_fields(call)
    action = call.body.get("action", "")
    if action not in {"", "resolve", "reopen"}:
        raise invalid("reply.action")
    post = replace(_post(call, call.body.get("content", "") if action else _content(call)), action=action.upper())

    def change(thread: Thread) -> Thread:
        resolved = action == "resolve" if action else thread.resolved
        return replace(thread, posts=(*thread.posts, post), resolved=resolved)

    _keep(call, change)
    return reply(call, post)


def update_reply(call: Call) -> JsonObject:
    need_fields(call)
    return reply(call, _reply(call, _keep(call, lambda thread: _with_reply(call, thread, _rewritten))))


def delete_reply(call: Call) -> None:
    _keep(call, lambda thread: _with_reply(call, thread, lambda _, post: replace(post, deleted=True, content="")))


def _with_reply(call: Call, thread: Thread, change: Callable[[Call, Post], Post]) -> Thread:
    old = _own(call, _reply(call, thread))
    return replace(thread, posts=tuple(change(call, post) if post is old else post for post in thread.posts))


def _threads(call: Call) -> dict[str, Thread]:
    drive = drive_of(call)
    file = drive.file(call.params["fileId"], call.account)
    if file.mime_type != SPREADSHEET:
        raise not_supported(f"comments on files of the type {file.mime_type}")
    return drive.book(file.id).comments


def _thread(call: Call) -> Thread:
    found = _threads(call).get(call.params["commentId"])
    if found is None:
        raise thing_not_found("Comment", call.params["commentId"], "commentId")
    return found


def _reply(call: Call, thread: Thread) -> Post:
    for post in thread.posts[1:]:
        if post.id == call.params["replyId"] and (not post.deleted or call.params.get("includeDeleted")):
            return post
    raise thing_not_found("Reply", call.params["replyId"], "replyId")


def _keep(call: Call, change: Callable[[Thread], Thread], new_id: str = "") -> Thread:
    """Change (or, with an id, add) a thread; commenters may."""
    drive = drive_of(call)
    _threads(call)
    file_id = call.params["fileId"]
    with drive.exclusively(file_id):
        file, book = drive.file(file_id, call.account, "commenter"), drive.book(file_id)
        draft = book.draft()
        thread = change(_thread(call)) if not new_id else change(Thread(new_id, "", None, 0, 0, "", ()))
        draft.comments[thread.id] = thread
        drive.commit(drive.changed(file), workbooks=[(draft, book)])
    return thread


def _content(call: Call) -> str:
    content = call.body.get("content", "")
    if not content:
        raise required("content", "Comment content must not be empty.")
    return str(content)


def _post(call: Call, content: str) -> Post:
    now = timestamp(drive_of(call).clock())
    assignee = call.body.get("assigneeEmailAddress", "")
    return Post(f"AAAA{secrets.token_urlsafe(5)}", call.account.email, content, now, now, assignee)


def _own(call: Call, post: Post) -> Post:
    """Only its author may change or delete a post."""
    if post.author != call.account.email:
        raise insufficient()
    return post


def _rewritten(call: Call, post: Post) -> Post:
    return replace(post, content=_content(call), updated=timestamp(drive_of(call).clock()))


def modified(thread: Thread) -> str:
    """When anything in the thread changed last."""
    return max(post.updated for post in thread.posts)


def comment(call: Call, thread: Thread) -> JsonObject:
    """A Comment resource; one whose content was deleted has only the frame left."""
    head = thread.posts[0]
    resource = _posted(call, head, "drive#comment") | {
        "modifiedTime": modified(thread),
        "deleted": thread.deleted,
        "replies": [reply(call, post) for post in thread.posts[1:] if not post.deleted],
    }
    if len(thread.posts) > 1:
        resource["resolved"] = thread.resolved
    if thread.sheet_id is not None:
        anchor = {"type": "workbook-range", "uid": thread.sheet_id, "range": thread.anchor_id}
        resource["anchor"] = json.dumps(anchor, separators=(",", ":"))
    elif thread.anchor_id:
        resource["anchor"] = thread.anchor_id
    if thread.quote:
        resource["quotedFileContent"] = {"mimeType": "text/html", "value": thread.quote}
    return resource


def reply(call: Call, post: Post) -> JsonObject:
    """A Reply resource."""
    resource = _posted(call, post, "drive#reply")
    return resource | ({"action": post.action.lower()} if post.action else {})


def _posted(call: Call, post: Post, kind: str) -> JsonObject:
    author = user(drive_of(call), post.author, call.account)
    author.pop("emailAddress")  # Drive doesn't tell commenters' addresses
    resource: JsonObject = {
        "kind": kind,
        "id": post.id,
        "createdTime": post.created,
        "modifiedTime": post.updated,
        "author": author,
        "deleted": post.deleted,
    }
    if not post.deleted:
        resource |= {"content": post.content, "htmlContent": escape(post.content)}
    if post.assignee:
        resource["assigneeEmailAddress"] = post.assignee
    return resource


HANDLERS: dict[str, Handler] = {
    "drive.comments.create": create,
    "drive.comments.delete": delete,
    "drive.comments.get": get,
    "drive.comments.list": list_comments,
    "drive.comments.update": update,
    "drive.replies.create": create_reply,
    "drive.replies.delete": delete_reply,
    "drive.replies.get": get_reply,
    "drive.replies.list": list_replies,
    "drive.replies.update": update_reply,
}
