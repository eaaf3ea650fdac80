"""Which workbooks are read: judged by Drive's list and by what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from office_memory import HOME, NOW, READ_AT, SECOND, TWO_WORKBOOKS, listed, record

from sheets_sync.google import FileVersion, Seen
from sheets_sync.jobs.fetch import Due, SyncOrder, due_workbooks
from sheets_sync.store import WorkbookRecord

OURS = frozenset({"program@example.org"})
A_DAY_AGO = NOW - timedelta(hours=24)
MOMENT = timedelta(microseconds=1)
KNOWN = record()
DIRTY = replace(KNOWN, seen=Seen("7", dirty=True, wrote_until=None))
WROTE = replace(KNOWN, seen=Seen("7", dirty=False, wrote_until=NOW))
BY_US = replace(listed(version="8"), editor="program@example.org", modified=NOW)


def due(known: WorkbookRecord | None, version: FileVersion | None, order: SyncOrder | None = None) -> Due:
    """What is due of the home workbook alone."""
    asked = order or SyncOrder(workbooks=(HOME,))
    at_hand = {HOME: known} if known else {}
    return due_workbooks(TWO_WORKBOOKS, at_hand, {HOME: version} if version else {}, OURS, A_DAY_AGO, asked)


@pytest.mark.parametrize(
    ("known", "version", "expected"),
    [
        pytest.param(KNOWN, listed(), Due(unchanged=(HOME,)), id="nothing new"),
        pytest.param(KNOWN, listed(version="8"), Due(read=(HOME,)), id="somebody changed it"),
        pytest.param(None, listed(), Due(read=(HOME,)), id="never read"),
        pytest.param(record(read_at=None), None, Due(read=(HOME,)), id="not listed"),
        pytest.param(DIRTY, listed(), Due(read=(HOME,)), id="to be looked at again"),
        pytest.param(WROTE, BY_US, Due(own_writes=(HOME,)), id="our own write"),
        pytest.param(KNOWN, BY_US, Due(read=(HOME,)), id="by our account, but not by a write we know of"),
    ],
)
def test_what_changed_is_read(known: WorkbookRecord | None, version: FileVersion | None, expected: Due) -> None:
    """A workbook is read where its version is new, unless the new version is our own write."""
    assert due(known, version) == expected


@pytest.mark.parametrize(
    ("read_at", "expected"),
    [
        pytest.param(A_DAY_AGO - MOMENT, Due(read=(HOME,)), id="more than a day ago"),
        pytest.param(A_DAY_AGO, Due(read=(HOME,)), id="a day ago to the moment"),
        pytest.param(A_DAY_AGO + MOMENT, Due(unchanged=(HOME,)), id="less than a day ago"),
    ],
)
def test_once_a_day_everything_is_read(read_at: object, expected: Due) -> None:
    """What was last read a day ago is read again, whatever Drive says of it."""
    assert due(replace(KNOWN, read_at=read_at), listed()) == expected  # type: ignore[arg-type] # a moment


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param(SyncOrder(), Due(read=(SECOND,), unchanged=(HOME,)), id="all"),
        pytest.param(SyncOrder(workbooks=(SECOND,)), Due(read=(SECOND,)), id="only the one that is named"),
        pytest.param(SyncOrder(full=True), Due(read=(HOME, SECOND)), id="everything, changed or not"),
    ],
)
def test_an_order_says_what_is_looked_at(order: SyncOrder, expected: Due) -> None:
    """Without an order all workbooks are judged; one that is named is judged alone; a full read reads all."""
    known = {HOME: KNOWN, SECOND: record(SECOND, READ_AT)}
    versions = {HOME: listed(), SECOND: listed(SECOND, "8")}
    assert due_workbooks(TWO_WORKBOOKS, known, versions, OURS, A_DAY_AGO, order) == expected
