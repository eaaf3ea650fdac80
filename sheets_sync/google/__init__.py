"""Google, and what it costs: one read a changed workbook, one write an office whose pages changed, one list of changes."""

from sheets_sync.google.changes import FileVersion, Seen, Verdict, judge
from sheets_sync.google.client import GoogleClient, Written
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.read import MASK, ReadWorkbook, parse

__all__ = [
    "MASK",
    "FileVersion",
    "GoogleClient",
    "GoogleOptions",
    "ReadWorkbook",
    "Seen",
    "Verdict",
    "Written",
    "judge",
    "parse",
]
