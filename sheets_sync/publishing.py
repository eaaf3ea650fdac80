"""An office's pages: made from what is remembered, written in one go, and only where they say something new."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync import kpi, rekap
from sheets_sync.app import App
from sheets_sync.errors import GoogleDownError
from sheets_sync.google import Google, Written, parse_workbook
from sheets_sync.office import Office
from sheets_sync.outcome import SyncOutcome
from sheets_sync.overview import Overview, overview
from sheets_sync.store import findings, scores
from sheets_sync.store import workbooks as workbook_rows
from sheets_sync.store.workbooks import WorkbookRecord
from sheets_sync.typed import fingerprint, own_layout, own_tabs

log = logging.getLogger(__name__)


def publish(app: App, google: Google, office: Office, dry_run: bool, outcome: SyncOutcome) -> None:
    """Computes the office's month, remembers scores and findings, and writes the pages that changed: one request.

    Raises:
        WorkbookError: the pages could not be written; they are planned again by the next run.
    """
    home = app.store.workbooks.of(office.code).get(office.workbook)
    view = overview(app, office)
    _remember(app, office, view)
    for finding in view.checked.findings:
        outcome.findings[finding.severity] = outcome.findings.get(finding.severity, 0) + 1
    if home is None or home.layout is None:
        return  # never read, so there is nowhere to write; the failure is told already
    pages = _changed(app, office, view)
    requests = [request for page in pages for request in page.requests]
    if not requests:
        return
    if dry_run:
        outcome.planned[office.workbook] = requests
        return
    written = _write(app, google, office, requests)
    _remember_write(app, office, home, pages, written)
    outcome.written[office.workbook] = [page.page.title for page in pages]


def planned_pages(app: App, office: Office, view: Overview) -> Sequence[rekap.PlannedPage]:
    """Every page of the office as it should be, over what is known of its tabs."""
    home = app.store.workbooks.of(office.code).get(office.workbook)
    tabs = rekap.tab_states(home.layout) if home and home.layout else ()
    context = rekap.Context(
        month=view.month,
        office=office,
        elements=app.settings.elements,
        labels=kpi.labels(view.scheme, view.month.period),
        links=rekap.tab_links(office, tabs),
        findings=view.checked.findings,
    )
    return rekap.plan(context, tabs)


def _changed(app: App, office: Office, view: Overview) -> list[rekap.PlannedPage]:
    """The pages that say something new, or whose tab does not show them."""
    before = app.store.scores.pages(office.code)
    planned = planned_pages(app, office, view)
    return [page for page in planned if not page.stands or before.get(page.page.role) != page.digest]


def _write(app: App, google: Google, office: Office, requests: Sequence[Mapping[str, Any]]) -> Written:
    try:
        return google.write(office.workbook, requests)
    except GoogleDownError:
        # It may have been applied: what is there is read again by the next run before anything is written.
        with app.store.engine.begin() as connection:
            workbook_rows.save(connection, office.code, office.workbook, dirty=True)
        raise


def _remember(app: App, office: Office, view: Overview) -> None:
    at = app.clock()
    with app.store.engine.begin() as connection:
        scores.record(connection, office.code, view.scores, at)
        findings.record(connection, office.code, "", view.checked.found, at)
        findings.record_reasons(connection, office.code, view.checked.remember, at)


def _remember_write(
    app: App, office: Office, home: WorkbookRecord, pages: Sequence[rekap.PlannedPage], written: Written
) -> None:
    """The new hashes, and whether anybody typed between our read and our write."""
    own = own_tabs(written.after, office)
    after = fingerprint(parse_workbook(written.after), own)
    if after != home.fingerprint:
        log.info("workbook %s changed while it was being written; the next run reads it", office.workbook)
    with app.store.engine.begin() as connection:
        scores.record_pages(connection, office.code, {p.page.role: p.digest for p in pages}, app.clock())
        workbook_rows.save(
            connection,
            office.code,
            office.workbook,
            dirty=after != home.fingerprint,
            wrote_until=written.at,
            layout=own_layout(written.after, own),
        )
