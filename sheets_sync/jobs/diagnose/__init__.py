"""Looks at everything the jobs need, one line each: what is well, what is wrong, and the exact thing to do."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_sync.app import App
from sheets_sync.jobs.diagnose.check import Check, guarded
from sheets_sync.jobs.diagnose.configuration import configuration
from sheets_sync.jobs.diagnose.dumps import dumps
from sheets_sync.jobs.diagnose.machine import clock, folders, going_wrong, modes, store
from sheets_sync.jobs.diagnose.mail import mail
from sheets_sync.jobs.diagnose.notify import notify
from sheets_sync.jobs.diagnose.places import tree
from sheets_sync.jobs.diagnose.places import workbooks as region_workbooks
from sheets_sync.jobs.diagnose.reports import templates
from sheets_sync.jobs.diagnose.workbooks import google

__all__ = ["Check", "examine"]


def examine(app: App) -> Iterator[Check]:
    """Every line, as it is found."""
    yield from guarded("config", configuration(app))
    found = store(app)
    yield found
    yield from guarded("modes", modes(app))
    if not found.well:
        return  # everything else asks it
    for about, look in (
        ("folder", folders),
        ("backup", dumps),
        ("places", tree),
        ("key", google),
        ("workbook", region_workbooks),
        ("clock", clock),
        ("templates", templates),
        ("mail", mail),
        ("notify", notify),
        ("status", going_wrong),
    ):
        yield from guarded(about, look(app))
