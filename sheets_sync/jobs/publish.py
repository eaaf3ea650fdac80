"""An office's pages and comments: made from what is remembered, written in one go, only where they say something new.

Where nothing of what they are made from has changed since they were last found right, they are not even made.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sheets_sync import __version__, comments, kpi, rekap
from sheets_sync.app import App
from sheets_sync.checks.timeliness import due_moment
from sheets_sync.config.office import Office
from sheets_sync.errors import GoogleDownError, RefusedError, SheetsSyncError
from sheets_sync.google import GoogleClient, ReadWorkbook
from sheets_sync.i18n import language
from sheets_sync.jobs.inputs import fingerprint, own_layout, own_tabs
from sheets_sync.jobs.month import MonthView, looked_since_due, shown_period
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.send import Sent, WritePart, send
from sheets_sync.model import Finding, Observation, OfficeMonth, Period
from sheets_sync.model.json import JsonObject
from sheets_sync.model.left_out import LeftOut, without_failing
from sheets_sync.model.tab_state import TabState
from sheets_sync.rules.tabs import LEFT_OUT, PAGES, left_out_of
from sheets_sync.rules.workbooks import comments_refused, page_refused
from sheets_sync.settings import Settings
from sheets_sync.store import Glance, Memory, PageState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent to one workbook in one write: pages of ours that changed, and comments."""

    workbook: str
    pages: tuple[rekap.PlannedPage, ...]
    comments: tuple[comments.CommentChange, ...]
    left_out: tuple[LeftOut, ...] = ()  # libraries that the pages could not be made for

    @property
    def requests(self) -> list[JsonObject]:
        return [request for part in self.parts for request in part.requests]

    @property
    def parts(self) -> list[WritePart]:
        """What can be sent by itself: each page, then each library's comments."""
        by_library: dict[str, list[JsonObject]] = defaultdict(list)
        for change in self.comments:
            by_library[change.library].append(change.request)
        pages = [WritePart(page.requests, page.page.role) for page in self.pages if page.requests]
        return [*pages, *(WritePart(tuple(requests), library=code) for code, requests in by_library.items())]


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
        planned, left_out = plan_pages(view, memory, office, settings) if has_place else ((), ())
        pages = tuple(page for page in planned if not page.stands or memory.pages.get(page.page.role) != page.digest)
        changes = _comments(view, memory, office, settings, read.get(workbook), now)
        plans.append(Plan(workbook, pages, changes, left_out))
    return [plan for plan in plans if plan.requests]


def plan_pages(
    view: MonthView, memory: Memory, office: Office, settings: Settings
) -> tuple[Sequence[rekap.PlannedPage], tuple[LeftOut, ...]]:
    """Every page of the office as it should be, over what is known of its tabs, and who had to be left out. Pure."""
    tabs = memory.layouts.get(office.workbook, ())
    context = context_of(view, memory, office, settings, tabs)

    def make(month: OfficeMonth, gone: tuple[LeftOut, ...]) -> Sequence[rekap.PlannedPage]:
        return rekap.plan(_about(context, month, gone), tabs)

    return without_failing(make, view.month)


def _about(context: rekap.Context, month: OfficeMonth, gone: Sequence[LeftOut]) -> rekap.Context:
    """The context of a part of the libraries; that the others are missing is told among the questions."""
    told = (LEFT_OUT.finding(typed=each.library.name, what=PAGES, problem=each.problem) for each in gone)
    hidden = _hidden(context.month, month)
    findings = (*told, *(found for found in context.findings if found.library not in hidden))
    return replace(context, month=month, findings=findings)


def _hidden(whole: OfficeMonth, part: OfficeMonth) -> set[str]:
    """The libraries that a part of a month leaves out, by code."""
    return {row.library.code for row in whole.libraries} - {row.library.code for row in part.libraries}


def context_of(
    view: MonthView, memory: Memory, office: Office, settings: Settings, tabs: Sequence[TabState]
) -> rekap.Context:
    """What every page is made from."""
    known = memory.workbooks.get(office.workbook)
    asked = {_figure(finding) for finding in view.checked.findings}
    return rekap.Context(
        month=view.month,
        office=office,
        elements=settings.elements,
        labels=kpi.labels(view.scheme, view.month.period),
        links=rekap.tab_links(office, tabs, known.own if known else {}, known.tabs if known else ()),
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
) -> tuple[comments.CommentChange, ...]:
    if read is None:
        return ()
    grid, today, t = read.grid, now.astimezone(office.zone).date(), language(office.language)

    def make(month: OfficeMonth, _: tuple[LeftOut, ...]) -> list[comments.CommentChange]:
        hidden = _hidden(view.month, month)
        found = [finding for finding in view.checked.findings if finding.library not in hidden]
        return comments.reconcile(grid, found, memory.libraries, settings.comments, today, office.zone, t)

    changes, gone = without_failing(make, view.month)
    silent = {comments.mark_name(each.library.code) for each in gone}  # nor is a thread of theirs thanked for
    return tuple(change for change in changes if change.library not in silent)


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
        sent, stands = _write(app, google, office, plan, view, read)
    except SheetsSyncError as error:
        log.warning("workbook %s: %s", plan.workbook, error)
        return SyncOutcome(failures=(Failure.of(plan.workbook, error),)), False
    titles = {page.page.role: page.page.title for page in plan.pages}
    problems = (
        *(_told(part, titles, error, google) for part, error in sent.refused),
        *(RefusedError(left_out_of(each.library.name, PAGES, each.problem)) for each in plan.left_out),
    )
    tabs = [titles[part.role] for part in sent.stand if part.role is not None]
    failures = tuple(Failure.of(plan.workbook, problem) for problem in problems)
    return SyncOutcome(written={plan.workbook: tabs} if sent.written else {}, failures=failures), stands


def _told(part: WritePart, titles: Mapping[str, str], error: RefusedError, google: GoogleClient) -> SheetsSyncError:
    """What to say of a part that Google refused: which tab or whose comments, and what to do."""
    log.warning("not written: %s", error)
    if part.role is not None:
        return RefusedError(page_refused(titles[part.role], google.account, error.problem))
    return RefusedError(comments_refused(part.library, error.problem))


def _write(
    app: App, google: GoogleClient, office: Office, plan: Plan, view: MonthView, read: Mapping[str, ReadWorkbook]
) -> tuple[Sent, bool]:
    """Sends a plan and remembers what stands there now; gives whether nothing is left to be looked at again.

    Raises:
        WorkbookError: it could not be written, or it is unknown whether it was; it is planned again by the next run.
    """
    try:
        sent = send(partial(google.write, plan.workbook), plan.parts)
    except GoogleDownError:
        with app.store.transaction(office.code, app.clock()) as tx:
            tx.read_again(plan.workbook)  # it may have been applied
        raise
    if sent.written is None:
        return sent, False
    known = app.store.workbooks(office.code)[plan.workbook]
    made = {page.page.role: page.sheet_id for page in plan.pages}
    own = own_tabs(sent.written.after, office, {**known.own, **made}, known.tabs.keys())
    again = look_again(plan, sent, known.fingerprint, frozenset(own.values()), view, read)
    if again:
        log.info("workbook %s is read again by the next run", plan.workbook)
    stand = {part.role for part in sent.stand}
    with app.store.transaction(office.code, app.clock()) as tx:
        hashes = {page.page.role: page.digest for page in plan.pages if page.page.role in stand}
        tx.was_written(
            plan.workbook, hashes, sent.written.at, own_layout(sent.written.after, own.values()), own, again=again
        )
    return sent, not (again or sent.refused)


def look_again(
    plan: Plan,
    sent: Sent,
    fingerprint_read: str,
    own: frozenset[int],
    view: MonthView,
    read: Mapping[str, ReadWorkbook],
) -> bool:
    """Whether the next run has to read the workbook before it writes. Pure.

    Because somebody typed between our read and our write, comments were not saved or not all tried, or some landed on
    cells that were not meant because rows had moved. `own` are the sheetIds of our tabs.
    """
    written = sent.written
    if written is None:
        return True
    typed = fingerprint(written.after.grid, own) != fingerprint_read
    if not plan.comments:
        return typed or bool(sent.waiting)
    strayed = comments.strays(written.after.grid.comments, view.checked.findings, read[plan.workbook].grid)
    return typed or not written.comments_saved or bool(strayed or sent.waiting)
