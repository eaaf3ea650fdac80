"""Comment threads: one kind for Sheets and Drive, values like everything in a workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """The head or a reply of a comment thread. `author` is an account's e-mail address; times are RFC 3339 UTC."""

    id: str
    author: str
    content: str
    created: str
    updated: str
    assignee: str = ""
    action: str = ""  # RESOLVE or REOPEN
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment thread, one for Sheets and Drive. It stands at a cell, unless the cell was deleted or Drive made it without one.

    `quote` is the cell's text when the comment was made. `posts[0]` is the head.
    """

    id: str
    anchor_id: str
    sheet_id: int | None
    row: int
    column: int
    quote: str
    posts: tuple[Post, ...]
    resolved: bool = False
    deleted: bool = False
