"""Lays out the program's own tabs as values, and turns them into one list of requests. Pure: no clock, no network."""

from sheets_sync.rekap.appending import reasons
from sheets_sync.rekap.context import Context
from sheets_sync.rekap.own import FOR_ALL, own_tabs, second_tabs, tab_links
from sheets_sync.rekap.pages import PlannedPage, plan
from sheets_sync.rekap.region import plan_region

__all__ = [
    "FOR_ALL",
    "Context",
    "PlannedPage",
    "own_tabs",
    "plan",
    "plan_region",
    "reasons",
    "second_tabs",
    "tab_links",
]
