"""Which workbooks of an office to read, and reading them side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError
from sheets_sync.google import FileVersion, GoogleClient, Verdict, judge
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.store import workbooks as workbook_rows
from sheets_sync.store.workbooks import WorkbookRecord

Answer = Mapping[str, Any] | SheetsSyncError


@dataclass(frozen=True, slots=True)
class Due:
    """The office's workbooks: to be read, new only by our own write, unchanged."""

    read: tuple[str, ...]
    adopt: tuple[str, ...]
    unchanged: tuple[str, ...]


def to_read(
    app: App, google: GoogleClient, office: Office, listed: Mapping[str, FileVersion], full: bool, only: Collection[str]
) -> Due:
    """Judges each workbook; `only` (if any are named) limits which are looked at at all."""
    known, ours = app.store.workbooks.of(office.code), frozenset({google.account})
    stale = app.clock() - timedelta(hours=app.settings.google.full_read_hours)
    verdicts: dict[Verdict, list[str]] = {verdict: [] for verdict in Verdict}
    for workbook in office.workbooks:
        if only and workbook not in only:
            continue
        record = known.get(workbook)
        again = full or (record is not None and _older(record, stale))
        verdict = Verdict.READ if again else judge(record.seen if record else None, listed.get(workbook), ours)
        verdicts[verdict].append(workbook)
    return Due(tuple(verdicts[Verdict.READ]), tuple(verdicts[Verdict.OWN_WRITE]), tuple(verdicts[Verdict.UNCHANGED]))


def acknowledge_own_writes(
    app: App, office: Office, listed: Mapping[str, FileVersion], due: Due, outcome: SyncOutcome
) -> None:
    """Takes over the versions that our own writes made."""
    if due.adopt:
        with app.store.engine.begin() as connection:
            for workbook in due.adopt:
                version = listed[workbook].version
                workbook_rows.save(connection, office.code, workbook, version=version)
    outcome.adopted += due.adopt
    outcome.unchanged += due.unchanged


def read_all(
    google: GoogleClient, workbooks: Sequence[str], threads: int, progress: Callable[[str, int, int], None]
) -> dict[str, Answer]:
    """Reads workbooks side by side: Google's JSON, or the error that one met, by workbook."""

    def read(workbook: str) -> Answer:
        try:
            return google.read(workbook)
        except SheetsSyncError as error:
            return error

    answers: dict[str, Answer] = {}
    with ThreadPoolExecutor(threads, "read") as pool:
        for workbook, answer in zip(workbooks, pool.map(read, workbooks), strict=True):
            answers[workbook] = answer
            progress("read", len(answers), len(workbooks))
    return answers


def _older(record: WorkbookRecord, moment: datetime) -> bool:
    return record.read_at is not None and record.read_at <= moment
