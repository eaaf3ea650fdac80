"""An office's pages and answers: made from what is remembered, written in one go, only where they say something new.

Where nothing of what they are made from has changed since they were last found right, they are not even made.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheets_sync import __version__, comments, kpi, rekap
from sheets_sync.app import App
from sheets_sync.checks.timeliness import due_moment
from sheets_sync.config.office import Office
from sheets_sync.errors import GoogleDownError, RefusedError, SheetsSyncError
from sheets_sync.google import GoogleClient, Written, parse_workbook
from sheets_sync.jobs.inputs import fingerprint, own_layout, own_tabs
from sheets_sync.jobs.month import MonthView, month_view, shown_period
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.model import Finding, Observation, Period
from sheets_sync.model.grid import Workbook
from sheets_sync.store import findings, page_state, scores
from sheets_sync.store import workbooks as workbook_rows
from sheets_sync.store.page_state import PageState

log = logging.getLogger(__name__)
Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent to one workbook in one write: pages of ours that changed, and comments."""

    workbook: str
    pages: tuple[rekap.PlannedPage, ...]
    comments: tuple[Request, ...]

    @property
    def requests(self) -> list[Request]:
        return [*(request for page in self.pages for request in page.requests), *self.comments]


def publish(
    app: App, google: GoogleClient, office: Office, read: Mapping[str, Workbook], dry_run: bool, outcome: SyncOutcome
) -> None:
    """Computes the office's month, remembers it, and writes what is new: one request for each workbook that gets any.

    `read` holds the workbooks that this run has read; only their comments are known, so only they are answered.
    """
    inputs_digest, standing = _made_from(app, office), app.store.page_state.of(office.code)
    if not read and standing and standing.inputs_digest == inputs_digest:
        outcome.count(standing.findings)
        return
    view = month_view(app, office)
    _remember(app, office, view)
    found = Counter(finding.severity.value for finding in view.checked.findings)
    outcome.count(found)
    plans = [plan for plan in _plans(app, office, view, read) if plan.requests]
    if not plans:
        with app.store.engine.begin() as connection:
            page_state.record(connection, office.code, PageState(inputs_digest, found), app.clock())
    for plan in plans:
        if dry_run:
            outcome.planned[plan.workbook] = plan.requests
            _read_again(app, office, plan.workbook)  # only what a run has read gets comments
        else:
            _carry_out(app, google, office, plan, view, read, outcome)


def _made_from(app: App, office: Office) -> str:
    """A sign of all that the office's pages are made from: while it stays the same, so do they."""
    config, now = app.settings, app.clock()
    configured = (office, config.elements, config.inputs, config.checks, config.schemes, config.comments)
    looked = app.store.runs.first_good_since("sync", due_moment(office, shown_period(app, office)))
    today = now.astimezone(office.zone).date()
    parts = (__version__, configured, today, looked, app.store.page_state.remembered(office.code))
    return hashlib.blake2s(repr(parts).encode()).hexdigest()


def _carry_out(
    app: App,
    google: GoogleClient,
    office: Office,
    plan: Plan,
    view: MonthView,
    read: Mapping[str, Workbook],
    outcome: SyncOutcome,
) -> None:
    """Sends a plan; a failure is noted and stops no other."""
    try:
        _write(app, google, office, plan, view, read)
        outcome.written[plan.workbook] = [page.page.title for page in plan.pages]
    except SheetsSyncError as error:
        log.warning("workbook %s: %s", plan.workbook, error)
        outcome.failures.append(Failure.of(plan.workbook, error))


def planned_pages(app: App, office: Office, view: MonthView) -> Sequence[rekap.PlannedPage]:
    """Every page of the office as it should be, over what is known of its tabs."""
    layout = app.store.workbooks.layout(office.code, office.workbook)
    tabs = rekap.tab_states(layout) if layout else ()
    return rekap.plan(context_of(app, office, view, tabs), tabs)


def context_of(app: App, office: Office, view: MonthView, tabs: Sequence[rekap.TabState]) -> rekap.Context:
    """What every page is made from."""
    asked = {_figure(finding) for finding in view.checked.findings}
    return rekap.Context(
        month=view.month,
        office=office,
        elements=app.settings.elements,
        labels=kpi.labels(view.scheme, view.month.period),
        links=rekap.tab_links(office, tabs),
        findings=view.checked.findings,
        seen={key: seen for seen in view.checked.observations if (key := _figure(seen)) in asked},
    )


def _figure(about: Observation | Finding) -> tuple[str | None, str | None, Period | None]:
    return about.library, about.element, about.period


def _plans(app: App, office: Office, view: MonthView, read: Mapping[str, Workbook]) -> list[Plan]:
    """The home workbook gets the pages that say something new, or whose tab does not show them; all get comments."""
    known, before = app.store.workbooks.of(office.code), app.store.scores.pages(office.code)
    plans = []
    for workbook in office.workbooks:
        has_place = workbook == office.workbook and workbook in known and known[workbook].read_at is not None
        planned = planned_pages(app, office, view) if has_place else ()
        pages = tuple(page for page in planned if not page.stands or before.get(page.page.role) != page.digest)
        plans.append(Plan(workbook, pages, _comments(app, office, view, read.get(workbook))))
    return plans


def _comments(app: App, office: Office, view: MonthView, grid: Workbook | None) -> tuple[Request, ...]:
    if grid is None:
        return ()
    libraries = app.store.register.libraries(office.code)
    today = app.clock().astimezone(office.zone).date()
    found = view.checked.findings
    return tuple(
        comments.reconcile(grid, found, libraries, app.settings.comments, today, office.zone, app.language(office))
    )


def _write(
    app: App, google: GoogleClient, office: Office, plan: Plan, view: MonthView, read: Mapping[str, Workbook]
) -> None:
    """Sends a plan and remembers what stands there now.

    Raises:
        WorkbookError: it could not be written, or it is unknown whether it was; it is planned again by the next run.
    """
    try:
        written = _send(google, plan)
    except GoogleDownError:
        _read_again(app, office, plan.workbook)  # it may have been applied
        raise
    after = parse_workbook(written.after)
    again = bool(plan.comments) and _look_again(written, after, view, read[plan.workbook])
    _remember_write(app, office, plan, written, after, again=again)


def _read_again(app: App, office: Office, workbook: str) -> None:
    """The next run reads the workbook before it writes anything."""
    with app.store.engine.begin() as connection:
        workbook_rows.save(connection, office.code, workbook, dirty=True)


def _send(google: GoogleClient, plan: Plan) -> Written:
    """Everything at once; without the comments where Google refuses them, which never costs the pages."""
    try:
        return google.write(plan.workbook, plan.requests)
    except RefusedError as error:
        if not (plan.comments and plan.pages):
            raise
        log.warning("workbook %s is written without comments: %s", plan.workbook, error)
        return google.write(plan.workbook, replace(plan, comments=()).requests)


def _look_again(written: Written, after: Workbook, view: MonthView, read: Workbook) -> bool:
    """Whether comments were not saved, or landed on cells that were not meant because rows had moved."""
    return not written.comments_saved or bool(comments.strays(after.comments, view.checked.findings, read))


def _remember(app: App, office: Office, view: MonthView) -> None:
    at = app.clock()
    with app.store.engine.begin() as connection:
        scores.record(connection, office.code, view.scores, at)
        findings.record(connection, office.code, "", view.checked.found, at)
        findings.record_reasons(connection, office.code, view.checked.remember, at)


def _remember_write(app: App, office: Office, plan: Plan, written: Written, after: Workbook, *, again: bool) -> None:
    """The pages' new hashes, and whether anybody typed between our read and our write, so that it is read again."""
    own = own_tabs(written.after, office)
    before = app.store.workbooks.of(office.code)[plan.workbook].fingerprint
    changed = fingerprint(after, own) != before
    if changed:
        log.info("workbook %s changed while it was being written; the next run reads it", plan.workbook)
    with app.store.engine.begin() as connection:
        scores.record_pages(connection, office.code, {p.page.role: p.digest for p in plan.pages}, app.clock())
        workbook_rows.save(
            connection,
            office.code,
            plan.workbook,
            dirty=changed or again,
            wrote_until=written.at,
            layout=own_layout(written.after, own),
        )
