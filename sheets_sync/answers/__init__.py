"""The answer at the cell: findings become comment threads, and threads are closed when the cell is put right. Pure."""

from sheets_sync.answers.options import AnswerOptions
from sheets_sync.answers.reconcile import reconcile, strays

__all__ = ["AnswerOptions", "reconcile", "strays"]
