"""The main job, once: list what changed, read it, understand it, remember it, score it, write the pages that changed.

An undisturbed run costs one Drive list for each key, one read for each changed workbook, and one write for each office
whose pages change. A failure of one workbook never stops the others.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, StoreError, TroubleKind, unexpected
from sheets_sync.google import FileVersion, GoogleClient
from sheets_sync.jobs.approve import note_approvals, settle_waiting
from sheets_sync.jobs.fetch import Due, Fetched, Progress, SyncOrder, due_workbooks, fetch, silent
from sheets_sync.jobs.gate import clock_believed
from sheets_sync.jobs.ingest import Ingested, ingest, remember
from sheets_sync.jobs.marks import mark_reports
from sheets_sync.jobs.month import load, month_view
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.placeholders import placeholders
from sheets_sync.jobs.plan import plan_writes
from sheets_sync.jobs.publish import glance_at, pages_stand, publish
from sheets_sync.jobs.regions import sync_regions
from sheets_sync.jobs.situation import clock_told, hindrance_of
from sheets_sync.jobs.unknown_kinds import words_without_library
from sheets_sync.store import ReportMemory

log = logging.getLogger(__name__)


def sync(app: App, order: SyncOrder, progress: Progress = silent) -> SyncOutcome:
    """The main job for every office, key by key, then for the places above them."""
    outcome, known = SyncOutcome(), dict[str, ReportMemory | None]()
    for key_file, offices in app.offices_by_key().items():
        began = app.clock()
        try:
            google, listed = _open(app, key_file)
        except SheetsSyncError as error:
            outcome += SyncOutcome(failures=(Failure.of(str(key_file), error),)) + _compare_clocks(app, key_file)
            continue
        outcome += _compare_clocks(app, key_file)
        right, began = _by_googles_clock(app, google, began)
        for office in offices:
            try:
                done = sync_office(right, google, office, listed, order, progress)
                settled, known[office.code] = _settle(right, google, office, done, began, order)
                outcome += done + settled
            except StoreError:  # the store is every office's: nothing can be remembered of any
                raise
            except Exception as error:  # an office that meets what nobody thought of must not stop the others
                log.exception("office %s", office.code)
                outcome += SyncOutcome(failures=(_unexpected(office, error),))
    samples = placeholders(app.settings, app.clock().astimezone(app.settings.offices[0].zone).date())
    return outcome + sync_regions(app, order) + _waiting(app, known) + SyncOutcome(warnings=samples)


def _compare_clocks(app: App, key_file: Path) -> SyncOutcome:
    """Notes how far our clock is off, as Google's answers say. A wrong one is a failure: the run is not a good one."""
    off = app.clock_off(key_file)
    if off is None:
        return SyncOutcome()
    app.store.note_clock(off)
    return (
        SyncOutcome()
        if clock_believed(off)
        else SyncOutcome(failures=(Failure("clock", clock_told(off), usage=False, kind=TroubleKind.CLOCK),))
    )


def _by_googles_clock(app: App, google: GoogleClient, began: datetime) -> tuple[App, datetime]:
    """The parts, and when the run began, by a clock that is right: where ours is wrong, Google's dates the figures."""
    off = google.clock_off
    if off is None or clock_believed(off):
        return app, began
    return replace(app, clock=lambda: app.clock() - off), began - off


def _settle(
    app: App, google: GoogleClient, office: Office, done: SyncOutcome, began: datetime, order: SyncOrder
) -> tuple[SyncOutcome, ReportMemory | None]:
    """Notes what is known to be as it stands here since the run began, and marks the reports that have no mark yet.

    Gives what is remembered for the sake of the reports, too; None where marking has changed it.
    """
    with app.store.transaction(office.code, began) as tx:
        tx.are_fresh((*done.read, *done.adopted, *done.unchanged))
        known = tx.is_looked_after()
    try:
        marked = not order.dry_run and mark_reports(app, google, office, known)
    except SheetsSyncError as error:
        return SyncOutcome(failures=(Failure.of(office.workbook, error),)), None
    return SyncOutcome(), None if marked else known


def _waiting(app: App, known: Mapping[str, ReportMemory | None]) -> SyncOutcome:
    """What stops the next report of each office."""
    outcome = SyncOutcome()
    for office in app.settings.offices:
        try:
            found = hindrance_of(app, office, known.get(office.code))
            outcome += SyncOutcome(warnings=(found.told,) if found else ())
        except Exception as error:  # as above: nobody is told of it but here
            log.exception("office %s", office.code)
            outcome += SyncOutcome(failures=(_unexpected(office, error),))
    return outcome


def sync_office(
    app: App,
    google: GoogleClient,
    office: Office,
    listed: Mapping[str, FileVersion],
    order: SyncOrder,
    progress: Progress,
) -> SyncOutcome:
    """The main job for one office: load, fetch, ingest, save, view, plan, publish."""
    settings = app.settings.of(office)
    glance, stale = glance_at(app, office), app.clock() - timedelta(hours=app.settings.google.full_read_hours)
    due = due_workbooks(office, glance.workbooks, listed, frozenset({google.account}), stale, order)
    outcome = _acknowledge(app, office, due, listed)
    fetched = fetch(google, due.read, app.settings.google.threads, progress)
    if not fetched and (stands := pages_stand(settings, office, glance, app.clock())):
        return outcome + SyncOutcome(findings=stands.findings)
    ingested = _ingest(app, google, office, fetched, listed)
    if ingested.register_changed:  # the other tabs may now belong to other libraries
        rest = fetch(google, _others(office, due), app.settings.google.threads, progress)
        ingested = ingested.with_more(_ingest(app, google, office, rest, listed))
    outcome += ingested.outcome
    memory = load(app, office)
    view = month_view(office, memory, settings, app.clock())
    outcome += SyncOutcome(warnings=words_without_library(settings, memory.libraries, memory.period))
    plans = plan_writes(view, memory, office, settings, ingested.read, app.clock())
    return outcome + publish(app, google, office, view, plans, ingested.read, dry_run=order.dry_run)


def _acknowledge(app: App, office: Office, due: Due, listed: Mapping[str, FileVersion]) -> SyncOutcome:
    """Remembers the versions that our own writes made, so that they are not read."""
    if due.own_writes:
        with app.store.transaction(office.code, app.clock()) as tx:
            for workbook in due.own_writes:
                tx.own_write_seen(workbook, listed[workbook].version)
    return SyncOutcome(adopted=due.own_writes, unchanged=due.unchanged)


def _ingest(
    app: App, google: GoogleClient, office: Office, fetched: Mapping[str, Fetched], listed: Mapping[str, FileVersion]
) -> Ingested:
    """Understands what was fetched and saves it, all of an office in one transaction.

    Where many figures turned into errors at once, the workbook is read once more before anything is believed.
    """
    if not fetched:
        return Ingested()
    memory, settings = load(app, office, arrivals=False), app.settings.of(office)
    ingested = ingest(fetched, memory, office, settings, listed)
    if ingested.turned:
        again = fetch(google, ingested.turned, app.settings.google.threads, silent)
        ingested = ingest({**fetched, **again}, memory, office, settings, listed)
    with app.store.transaction(office.code, app.clock()) as tx:
        remember(tx, ingested)
        approved = note_approvals(tx, office, google.account, ingested.read)
    if approved:
        settle_waiting(app)
    return ingested


def _others(office: Office, due: Due) -> list[str]:
    return [workbook for workbook in office.workbooks if workbook not in due.read]


def _unexpected(office: Office, error: Exception) -> Failure:
    return Failure(office.code, unexpected(error), usage=False)


def _open(app: App, key_file: Path) -> tuple[GoogleClient, Mapping[str, FileVersion]]:
    google = app.google(key_file)
    google.login()
    return google, google.list_workbooks()
