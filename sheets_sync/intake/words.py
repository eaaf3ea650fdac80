"""Folding of what people type, as the stages of reading know it."""

from sheets_sync.model.text import closest, fold, tidy

__all__ = ["closest", "fold", "tidy"]
