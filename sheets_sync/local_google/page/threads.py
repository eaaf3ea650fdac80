"""Comment threads as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import a1
from sheets_sync.local_google.recalc import local_time
from sheets_sync.local_google.workbook import Box, Workbook


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post of a thread. `time` is RFC 3339, `shown_time` the workbook's; `resolves`: it closed the thread."""

    author: str
    content: str
    time: str
    shown_time: str
    resolves: bool


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A thread at its cell."""

    id: str
    row: int
    column: int
    quote: str
    resolved: bool
    posts: tuple[ShownPost, ...]

    @property
    def cell(self) -> str:
        """The cell's name."""
        return a1(Box(self.row, self.column, self.row + 1, self.column + 1))


@dataclass(frozen=True, slots=True)
class PostWriter:
    """Writes posts; `nobody` names who was not signed in."""

    workbook: Workbook
    nobody: str

    def __call__(self, post: JsonObject) -> ShownPost:
        author, time = post.get("author", {}).get("displayName") or self.nobody, post.get("createTime", "")
        shown = f"{local_time(self.workbook, datetime.fromisoformat(time)):%Y-%m-%d %H:%M}" if time else ""
        return ShownPost(author, post.get("content", ""), time, shown, post.get("commentAction") == "RESOLVE")


def threads_of(book: JsonObject, sheet: JsonObject, write: PostWriter) -> tuple[ShownThread, ...]:
    """The threads of a tab in reading order, open ones first."""
    by_anchor = {thread["anchorId"]: thread for thread in book.get("comments", [])}
    found = [
        _thread(by_anchor[anchor["anchorId"]], anchor["range"], write)
        for anchor in sheet.get("commentAnchors", [])
        if anchor["anchorId"] in by_anchor
    ]
    return tuple(sorted(found, key=lambda thread: (thread.resolved, thread.row, thread.column)))


def _thread(thread: JsonObject, place: JsonObject, write: PostWriter) -> ShownThread:
    posts = [thread["headPost"], *thread.get("replies", [])]
    return ShownThread(
        thread["commentId"],
        place.get("startRowIndex", 0),
        place.get("startColumnIndex", 0),
        thread.get("plainTextQuote", ""),
        thread.get("status") == "RESOLVED",
        tuple(write(post) for post in posts if not post.get("deleted")),
    )
