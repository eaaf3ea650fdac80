"""An office's pages and comments: made from what is remembered, written in one go, only where they say something new.

Where nothing of what they are made from has changed since they were last found right, they are not even made.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_sync import __version__, comments, kpi, rekap
from sheets_sync.app import App
from sheets_sync.checks.timeliness import due_moment
from sheets_sync.config.office import Office
from sheets_sync.errors import GoogleDownError, RefusedError, SheetsSyncError
from sheets_sync.google import GoogleClient, ReadWorkbook, Written
from sheets_sync.i18n import language
from sheets_sync.jobs.inputs import fingerprint, own_layout, own_tabs
from sheets_sync.jobs.month import MonthView, looked_since_due, shown_period
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.model import Finding, Observation, Period
from sheets_sync.model.json import JsonObject
from sheets_sync.model.tab_state import TabState
from sheets_sync.rekap import approvals
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.settings import Settings
from sheets_sync.store import Glance, Memory, PageState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent to one workbook in one write: pages of ours that changed, and comments."""

    workbook: str
    pages: tuple[rekap.PlannedPage, ...]
    comments: tuple[JsonObject, ...]

    @property
    def requests(self) -> list[JsonObject]:
        return [*(request for page in self.pages for request in page.requests), *self.comments]


def glance_at(app: App, office: Office) -> Glance:
    """What decides whether the office's pages have to be made."""
    now = app.clock()
    return app.store.glance(office.code, [due_moment(office, shown_period(app.settings, office, now))])


def pages_stand(settings: Settings, office: Office, glance: Glance, now: datetime) -> PageState | None:
    """What was found when the pages were last right, if all that they are made from is still the same. Pure."""
    state = glance.page_state
    same = state is not None and state.inputs_digest == inputs_digest(settings, office, glance, now)
    return state if same else None


def inputs_digest(settings: Settings, office: Office, glance: Glance, now: datetime) -> str:
    """A sign of all that the office's pages are made from: while it stays the same, so do they. Pure."""
    configured = (office, settings.elements, settings.inputs, settings.checks, settings.schemes, settings.comments)
    looked = looked_since_due(office, glance, shown_period(settings, office, now))
    parts = (__version__, configured, now.astimezone(office.zone).date(), looked, glance.revision)
    return hashlib.blake2s(repr(parts).encode()).hexdigest()


def plan_writes(
    view: MonthView,
    memory: Memory,
    office: Office,
    settings: Settings,
    read: Mapping[str, ReadWorkbook],
    now: datetime,
) -> list[Plan]:
    """What to send: the home workbook gets the pages that say something new, or whose tab does not show them. Pure.

    `read` holds the workbooks that this run has read; only their comments are known, so only they are answered.
    """
    plans = []
    for workbook in office.workbooks:
        known = memory.workbooks.get(workbook)
        has_place = workbook == office.workbook and known is not None and known.read_at is not None
        planned = plan_pages(view, memory, office, settings) if has_place else ()
        pages = tuple(page for page in planned if not page.stands or memory.pages.get(page.page.role) != page.digest)
        pages += _approvals(view, memory, office, workbook)
        plans.append(Plan(workbook, pages, _comments(view, memory, office, settings, read.get(workbook), now)))
    return [plan for plan in plans if plan.requests]


def _approvals(view: MonthView, memory: Memory, office: Office, workbook: str) -> tuple[rekap.PlannedPage, ...]:
    """What the tab of approvals lacks, where `setup` has made it."""
    tabs = memory.layouts.get(workbook, ()) if workbook == office.register_home else ()
    state = next((tab for tab in tabs if tab.sheet_id == APPROVALS_ID), None)
    requests = tuple(approvals.row_requests(view.month.mail, state, office))
    page = approvals.written_page(office)
    return (rekap.PlannedPage(page, APPROVALS_ID, "", False, requests),) if requests else ()


def plan_pages(view: MonthView, memory: Memory, office: Office, settings: Settings) -> Sequence[rekap.PlannedPage]:
    """Every page of the office as it should be, over what is known of its tabs. Pure."""
    tabs = memory.layouts.get(office.workbook, ())
    return rekap.plan(context_of(view, office, settings, tabs), tabs)


def context_of(view: MonthView, office: Office, settings: Settings, tabs: Sequence[TabState]) -> rekap.Context:
    """What every page is made from."""
    asked = {_figure(finding) for finding in view.checked.findings}
    return rekap.Context(
        month=view.month,
        office=office,
        elements=settings.elements,
        labels=kpi.labels(view.scheme, view.month.period),
        links=rekap.tab_links(office, tabs),
        findings=view.checked.findings,
        seen={key: seen for seen in view.checked.observations if (key := _figure(seen)) in asked},
    )


def _figure(about: Observation | Finding) -> tuple[str | None, str | None, Period | None]:
    return about.library, about.element, about.period


def _comments(
    view: MonthView,
    memory: Memory,
    office: Office,
    settings: Settings,
    read: ReadWorkbook | None,
    now: datetime,
) -> tuple[JsonObject, ...]:
    if read is None:
        return ()
    found, today = view.checked.findings, now.astimezone(office.zone).date()
    t = language(office.language)
    return tuple(comments.reconcile(read.grid, found, memory.libraries, settings.comments, today, office.zone, t))


def publish(
    app: App,
    google: GoogleClient,
    office: Office,
    view: MonthView,
    plans: Sequence[Plan],
    read: Mapping[str, ReadWorkbook],
    *,
    dry_run: bool,
) -> SyncOutcome:
    """Remembers the office's month and carries out the plans, one request for each workbook that gets any."""
    found = Counter(finding.severity.value for finding in view.checked.findings)
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.was_computed(view.scores, view.checked.found, view.checked.remember)
        if dry_run:
            for plan in plans:
                tx.read_again(plan.workbook)  # only what a run has read gets comments
    outcome = SyncOutcome(findings=found)
    if dry_run and plans:
        return outcome + SyncOutcome(planned={plan.workbook: plan.requests for plan in plans})
    settled = True
    for plan in plans:
        done, stands = _carry_out(app, google, office, plan, view, read)
        outcome, settled = outcome + done, settled and stands
    if settled:
        _remember_pages(app, office, found)
    return outcome


def _remember_pages(app: App, office: Office, found: Mapping[str, int]) -> None:
    """Every page says what it should: until something changes nothing has to be made again."""
    digest = inputs_digest(app.settings, office, glance_at(app, office), app.clock())
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.pages_stand(PageState(digest, found))


def _carry_out(
    app: App,
    google: GoogleClient,
    office: Office,
    plan: Plan,
    view: MonthView,
    read: Mapping[str, ReadWorkbook],
) -> tuple[SyncOutcome, bool]:
    """Sends a plan; gives what came of it and whether all of it stands. A failure is noted and stops no other."""
    try:
        stands = _write(app, google, office, plan, view, read)
    except SheetsSyncError as error:
        log.warning("workbook %s: %s", plan.workbook, error)
        return SyncOutcome(failures=(Failure.of(plan.workbook, error),)), False
    return SyncOutcome(written={plan.workbook: [page.page.title for page in plan.pages]}), stands


def _write(
    app: App, google: GoogleClient, office: Office, plan: Plan, view: MonthView, read: Mapping[str, ReadWorkbook]
) -> bool:
    """Sends a plan and remembers what stands there now; gives whether nothing is left to be looked at again.

    Raises:
        WorkbookError: it could not be written, or it is unknown whether it was; it is planned again by the next run.
    """
    try:
        written, complete = _send(google, plan)
    except GoogleDownError:
        with app.store.transaction(office.code, app.clock()) as tx:
            tx.read_again(plan.workbook)  # it may have been applied
        raise
    again = look_again(plan, written, app.store.workbooks(office.code)[plan.workbook].fingerprint, office, view, read)
    if again:
        log.info("workbook %s is read again by the next run", plan.workbook)
    with app.store.transaction(office.code, app.clock()) as tx:
        hashes = {page.page.role: page.digest for page in plan.pages}
        layout = own_layout(written.after, own_tabs(written.after, office))
        tx.was_written(plan.workbook, hashes, written.at, layout, again=again)
    return complete and not again


def look_again(
    plan: Plan,
    written: Written,
    fingerprint_read: str,
    office: Office,
    view: MonthView,
    read: Mapping[str, ReadWorkbook],
) -> bool:
    """Whether the next run has to read the workbook before it writes. Pure.

    Because somebody typed between our read and our write, comments were not saved, or some landed on cells that were
    not meant because rows had moved.
    """
    after = written.after
    typed = fingerprint(after.grid, own_tabs(after, office)) != fingerprint_read
    if not plan.comments:
        return typed
    strayed = comments.strays(after.grid.comments, view.checked.findings, read[plan.workbook].grid)
    return typed or not written.comments_saved or bool(strayed)


def _send(google: GoogleClient, plan: Plan) -> tuple[Written, bool]:
    """Everything at once; without the comments where Google refuses them, which never costs the pages."""
    try:
        return google.write(plan.workbook, plan.requests), True
    except RefusedError as error:
        if not (plan.comments and plan.pages):
            raise
        log.warning("workbook %s is written without comments: %s", plan.workbook, error)
        return google.write(plan.workbook, replace(plan, comments=()).requests), False
