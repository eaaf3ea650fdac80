"""Lays out the program's own tabs as values, and turns them into one list of requests. Pure: no clock, no network."""

from sheets_sync.rekap.appending import reasons
from sheets_sync.rekap.context import Context
from sheets_sync.rekap.plan import PlannedPage, plan, tab_links

__all__ = ["Context", "PlannedPage", "plan", "reasons", "tab_links"]
