"""Which workbooks of an office to read, and reading them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, StoppedError
from sheets_sync.google import FileVersion, ReadWorkbook, Verdict, judge
from sheets_sync.store import WorkbookRecord

Fetched = ReadWorkbook | SheetsSyncError  # a workbook, or why it could not be read
OneMore = Callable[[], object]  # called when one more workbook is read


@dataclass(frozen=True, slots=True)
class SyncOrder:
    """What is asked of a sync."""

    workbooks: tuple[str, ...] = ()  # only these; none named: all
    full: bool = False  # read everything, changed or not
    dry_run: bool = False  # send no write


@dataclass(frozen=True, slots=True)
class Due:
    """The office's workbooks: to be read, new only by our own write, unchanged."""

    read: tuple[str, ...] = ()
    own_writes: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


def due_workbooks(
    office: Office,
    known: Mapping[str, WorkbookRecord],
    listed: Mapping[str, FileVersion],
    ours: frozenset[str],
    stale: datetime,
    order: SyncOrder,
) -> Due:
    """Judges each workbook by Drive's list and by what is remembered. Pure.

    `ours` are our accounts; what was read at `stale` or before is read again whatever Drive says.
    """
    verdicts: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    for workbook in office.workbooks:
        if order.workbooks and workbook not in order.workbooks:
            continue
        record = known.get(workbook)
        again = order.full or (record is not None and record.read_at is not None and record.read_at <= stale)
        verdict = Verdict.READ if again else judge(record.seen if record else None, listed.get(workbook), ours)
        verdicts[verdict].append(workbook)
    return Due(*(tuple(verdicts[verdict]) for verdict in (Verdict.READ, Verdict.OWN_WRITE, Verdict.UNCHANGED)))


class WorkbookReader(Protocol):
    """Who reads a workbook: the client, or what has begun to."""

    def read(self, workbook: str) -> ReadWorkbook: ...


def fetch(reader: WorkbookReader, workbooks: Iterable[str], one_more: OneMore = bool) -> dict[str, Fetched]:
    """Reads workbooks: each one, or the error that it met, by id.

    Raises:
        StoppedError: the program is to end; none of them counts as one that can't be read.
    """
    fetched: dict[str, Fetched] = {}
    for workbook in workbooks:
        try:
            fetched[workbook] = reader.read(workbook)
        except StoppedError:
            raise
        except SheetsSyncError as error:
            fetched[workbook] = error
        one_more()
    return fetched
