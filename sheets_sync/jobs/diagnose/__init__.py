"""Looks at everything the jobs need, one line each: what is well, what is wrong, and the exact thing to do."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.app import App
from sheets_sync.jobs.diagnose.check import Check
from sheets_sync.jobs.diagnose.configuration import configuration
from sheets_sync.jobs.diagnose.machine import clock, folders, going_wrong, modes, store
from sheets_sync.jobs.diagnose.mail import mail
from sheets_sync.jobs.diagnose.places import tree
from sheets_sync.jobs.diagnose.places import workbooks as region_workbooks
from sheets_sync.jobs.diagnose.workbooks import google

__all__ = ["Check", "examine"]


def examine(app: App) -> Iterator[Check]:
    """Every line, as it is found."""
    yield from configuration(app)
    found = store(app)
    yield found
    yield from modes(app)
    if not found.well:
        return  # everything else asks it
    yield from folders(app)
    yield from tree(app)
    yield from google(app)
    yield from region_workbooks(app)
    yield clock(app)
    yield from mail(app)
    yield from going_wrong(app)
