"""Folding of what people type, as the stages of reading know it."""

from sheets_sync.model.text import Likeness, closest, fold, tidy

__all__ = ["Likeness", "closest", "fold", "tidy"]
