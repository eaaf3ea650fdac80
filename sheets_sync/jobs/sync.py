"""The main job, once: list what changed, read it, understand it, remember it, score it, write the pages that changed.

An undisturbed run costs one Drive list for each key, one read for each changed workbook, and one write for each office
whose pages change. A failure of one workbook never stops the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError
from sheets_sync.google import FileVersion, GoogleClient
from sheets_sync.jobs.fetch import acknowledge_own_writes, read_all, to_read
from sheets_sync.jobs.ingest import ingest
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.publish import publish
from sheets_sync.model import msg

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody how far the work is."""


@dataclass(frozen=True, slots=True)
class SyncOrder:
    """What is asked of a sync."""

    workbooks: tuple[str, ...] = ()  # only these; none named: all
    full: bool = False  # read everything, changed or not
    dry_run: bool = False  # send no write


def sync(app: App, order: SyncOrder, progress: Progress = silent) -> SyncOutcome:
    """The main job for every office, key by key."""
    outcome = SyncOutcome()
    for key_file, offices in app.offices_by_key().items():
        try:
            google, listed = _open(app, key_file)
        except SheetsSyncError as error:
            outcome.failures.append(Failure.of(str(key_file), error))
            continue
        for office in offices:
            try:
                sync_office(app, google, office, listed, order, outcome, progress)
            except Exception as error:  # an office that meets what nobody thought of must not stop the others
                log.exception("office %s", office.code)
                outcome.failures.append(_unexpected(office, error))
    return outcome


def sync_office(
    app: App,
    google: GoogleClient,
    office: Office,
    listed: Mapping[str, FileVersion],
    order: SyncOrder,
    outcome: SyncOutcome,
    progress: Progress,
) -> None:
    """The main job for one office."""
    due = to_read(app, google, office, listed, order.full, order.workbooks)
    acknowledge_own_writes(app, office, listed, due, outcome)
    threads = app.settings.google.threads
    answers = read_all(google, due.read, threads, progress)
    taken = ingest(app, office, answers, listed, outcome)
    grids = dict(taken.grids)
    if taken.register_changed:  # the other tabs may now belong to other libraries
        rest = [workbook for workbook in office.workbooks if workbook not in due.read]
        grids |= ingest(app, office, read_all(google, rest, threads, progress), listed, outcome).grids
    publish(app, google, office, grids, order.dry_run, outcome)


def _unexpected(office: Office, error: Exception) -> Failure:
    problem = f"{type(error).__name__}: {error}"
    return Failure(office.code, msg("Unexpected failure: {problem}.", problem=problem), usage=False)


def _open(app: App, key_file: Path) -> tuple[GoogleClient, Mapping[str, FileVersion]]:
    google = app.google(key_file)
    google.login()
    return google, google.list_workbooks()
