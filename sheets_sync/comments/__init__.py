"""The answer at the cell: findings become comment threads, and threads are closed when the cell is put right. Pure."""

from sheets_sync.comments.options import CommentOptions
from sheets_sync.comments.reconcile import CommentChange, reconcile, strays
from sheets_sync.comments.wording import mark_name

__all__ = ["CommentChange", "CommentOptions", "mark_name", "reconcile", "strays"]
