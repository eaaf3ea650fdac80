"""When an office's figures came, as far as it is remembered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sheets_sync.checks.timeliness import Arrivals, asked_since, completed, due_moment
from sheets_sync.config.office import Elements, Office
from sheets_sync.model import Period, Reporting
from sheets_sync.store import Glance, Memory, WorkbookRecord


def arrivals(memory: Memory, office: Office, elements: Elements) -> Arrivals:
    """What is known of when each library's month came."""
    due = due_moment(office, memory.period)
    of_month = {key: answers for key, answers in memory.answers.items() if key[1] == memory.period}
    came = {library: at for (library, _), at in completed(of_month, memory.libraries, elements).items()}
    looked = memory.glance.first_looks.get(due)
    return Arrivals(due, came, asked_since(memory.added, office), looked, _all_read(office, memory.workbooks))


def on_time(reporting: Reporting, known: bool | None, *, closed: bool = False) -> bool | None:
    """Nobody is in time whose month is not complete now: of figures that were there and are in question it is unknown.

    Nor is anybody late whose month the office has closed.
    """
    if closed and not known:
        return None
    if reporting is Reporting.UNREAD or (known and reporting is not Reporting.COMPLETE):
        return None
    return known


def looked_since_due(office: Office, glance: Glance, period: Period) -> bool:
    """Whether anybody has looked for all of a month's figures since it was due, so that none can be said to lack."""
    due, all_read = due_moment(office, period), _all_read(office, glance.workbooks)
    return due in glance.first_looks or (all_read is not None and all_read > due)


def data_as_of(workbooks: Iterable[WorkbookRecord], office: Office) -> datetime | None:
    """The last change of an office's workbooks that was read, on its clock."""
    changes = [record.changed_at for record in workbooks if record.changed_at]
    return max(changes).astimezone(office.zone) if changes else None


def _all_read(office: Office, workbooks: Mapping[str, WorkbookRecord]) -> datetime | None:
    """Until when every workbook of the office had been read; None: one never was."""
    read = [record.read_at if (record := workbooks.get(each)) else None for each in office.workbooks]
    return None if None in read else min(moment for moment in read if moment)
