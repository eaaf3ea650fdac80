"""An office's pages and comments: made from what is remembered, written in one go, only where they say something new.

Where nothing of what they are made from has changed since they were last found right, they are not even made.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from types import MappingProxyType

from sheets_sync import __version__, comments
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import GoogleDownError, RefusedError, SheetsSyncError
from sheets_sync.google import GoogleClient, ReadWorkbook
from sheets_sync.google.transport import as_sent
from sheets_sync.jobs.arrivals import looked_since_due
from sheets_sync.jobs.inputs import fingerprint, own_layout, own_tabs, untouched
from sheets_sync.jobs.libraries.part import without_scores
from sheets_sync.jobs.month import MonthView, due_moments, shown_period
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.places.place_sums import note_sums
from sheets_sync.jobs.plan import Plan
from sheets_sync.jobs.send import Sent, WritePart, send
from sheets_sync.rules.tabs import PAGES, left_out_of
from sheets_sync.rules.workbooks import comments_refused, page_refused
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import Glance, Memory, PageState, Transaction

log = logging.getLogger(__name__)


def glance_at(app: App, office: Office) -> Glance:
    """What decides whether the office's pages have to be made."""
    return glances_at(app, (office,))[office.code]


def glances_at(app: App, offices: Iterable[Office]) -> dict[str, Glance]:
    """The same of several offices, by code."""
    now = app.clock()
    return app.store.glances({each.code: _asked(app.settings.of(each), each, now) for each in offices})


def _asked(settings: OfficeSettings, office: Office, now: datetime) -> frozenset[datetime]:
    """The moments of which it matters whether anybody looked since."""
    return frozenset(due_moments(office, shown_period(settings, office, now), now).values())


def pages_stand(settings: OfficeSettings, office: Office, glance: Glance, now: datetime) -> PageState | None:
    """What was found when the pages were last right, if all that they are made from is still the same. Pure."""
    state = glance.page_state
    same = state is not None and state.inputs_digest == inputs_digest(settings, office, glance, now)
    return state if same else None


def inputs_digest(settings: OfficeSettings, office: Office, glance: Glance, now: datetime) -> str:
    """A sign of all that the office's pages are made from: while it stays the same, so do they. Pure."""
    shared = (settings.elements, settings.inputs, settings.checks, settings.schemes, settings.comments)
    configured = [_written_out(_Itself(part)) for part in shared]
    looked = looked_since_due(office, glance, shown_period(settings, office, now))
    parts = (__version__, office, configured, now.astimezone(office.zone).date(), looked, glance.revision)
    return hashlib.blake2s(repr(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class _Itself:
    """A part of the configuration as a key: it never changes, and to compare its values takes as long as to write them out."""

    part: object

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.part is other.part


@lru_cache(maxsize=256)  # hundreds of offices share all of them
def _written_out(key: _Itself) -> str:
    return hashlib.blake2s(repr(key.part).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Publishing:
    """An office's month as it is published: what it says, what was read before, and what was remembered by then."""

    app: App
    google: GoogleClient
    office: Office
    view: MonthView
    read: Mapping[str, ReadWorkbook]
    memory: Memory

    @property
    def found(self) -> Mapping[str, int]:
        """The open findings, by severity."""
        return Counter(finding.severity.value for finding in self.view.checked.findings)

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A unit of work about the office, now."""
        return self.app.store.transaction(self.office.code, self.app.clock())


Note = Callable[[Transaction], None]


def publish(work: Publishing, plans: Sequence[Plan], note: Note, *, dry_run: bool) -> SyncOutcome:
    """Remembers the office's month and carries out the plans, one request for each workbook that gets any.

    `note` remembers with it what else is known by then. That all pages stand is remembered with the last of it.
    """
    settled = not work.view.left_out  # else it is told again until all is well
    with work.transaction() as tx:
        _remember_month(tx, work, {plan.workbook for plan in plans}, dry_run=dry_run)
        note(tx)
        if settled and not plans:
            _remember_pages(tx, work)
    unscored = tuple(Failure.of(work.office.code, RefusedError(said)) for said in without_scores(work.view.left_out))
    outcome = SyncOutcome(findings=work.found, failures=unscored)
    if dry_run and plans:
        return outcome + SyncOutcome(planned={plan.workbook: as_sent(plan.requests) for plan in plans})
    for plan in plans:
        done, stands = _carry_out(work, plan, all_stands=settled and plan is plans[-1])
        outcome, settled = outcome + done, settled and stands
    return outcome


def _remember_month(tx: Transaction, work: Publishing, planned: Collection[str], *, dry_run: bool) -> None:
    """What the month says; what is planned of it is written later: only what a run has read gets comments."""
    checked = work.view.checked
    tx.was_computed(work.view.scores, checked.found, checked.remember)
    note_sums(work.app, tx, work.office, work.view)
    tx.were_asked(work.view.month.decisions.open)
    tx.need_no_more(work.read.keys() - planned)
    if dry_run:
        for workbook in planned:
            tx.read_again(workbook)


def _remember_pages(tx: Transaction, work: Publishing) -> None:
    """Every page says what it should: until something changes nothing has to be made again."""
    office, settings = work.office, work.app.settings.of(work.office)
    glance = replace(work.memory.glance, revision=tx.revision())
    tx.pages_stand(PageState(inputs_digest(settings, office, glance, work.app.clock()), work.found))


def _carry_out(work: Publishing, plan: Plan, *, all_stands: bool) -> tuple[SyncOutcome, bool]:
    """Sends a plan; gives what came of it and whether all of it stands. A failure is noted and stops no other.

    With `all_stands` so does everything else of the office.
    """
    try:
        sent, stands = _write(work, plan, all_stands=all_stands)
    except SheetsSyncError as error:
        log.warning("workbook %s: %s", plan.workbook, error)
        return SyncOutcome.of(error, work.office.code, plan.workbook), False
    titles = {page.page.role: page.page.title for page in plan.pages}
    problems = (
        *(_told(part, titles, error, work.google) for part, error in sent.refused),
        *(RefusedError(left_out_of(each.library.name, PAGES, each.problem)) for each in plan.left_out),
    )
    tabs = [titles[part.role] for part in sent.stand if part.role is not None]
    failures = tuple(Failure.of(plan.workbook, problem) for problem in problems)
    written = {plan.workbook: tabs} if sent.written else {}
    return SyncOutcome(written=written, failures=failures), stands


def _told(part: WritePart, titles: Mapping[str, str], error: RefusedError, google: GoogleClient) -> SheetsSyncError:
    """What to say of a part that Google refused: which tab or whose comments, and what to do."""
    log.warning("not written: %s", error)
    if part.role is not None:
        return RefusedError(page_refused(titles[part.role], google.account, error.problem))
    return RefusedError(comments_refused(part.library, error.problem))


def _write(work: Publishing, plan: Plan, *, all_stands: bool) -> tuple[Sent, bool]:
    """Sends a plan and remembers what stands there now; gives whether nothing is left to be looked at again.

    Raises:
        WorkbookError: it could not be written, or it is unknown whether it was; it is planned again by the next run.
    """
    google = work.google
    try:
        write = partial(google.write, plan.workbook, before=work.read.get(plan.workbook))
        sent = send(write, plan.parts, partial(google.write_slice, plan.workbook))
    except GoogleDownError:
        with work.transaction() as tx:
            tx.read_again(plan.workbook)  # it may have been applied
        raise
    if sent.written is None:  # refused, all of it: a person has to act, and is told
        with work.transaction() as tx:
            tx.need_no_more([plan.workbook])
        return sent, False
    known = work.memory.workbooks[plan.workbook]
    made = {page.page.role: page.sheet_id for page in plan.pages}
    own = own_tabs(sent.written.after, work.office, {**known.own, **made}, known.tabs.keys())
    again = look_again(plan, sent, known.fingerprint, own, work.view, work.read, known.own)
    if again:
        log.info("workbook %s is read again by the next run", plan.workbook)
    stand, stands = {part.role for part in sent.stand}, not (again or sent.refused or plan.left_out)
    hashes = {page.page.role: page.digest for page in plan.pages if page.page.role in stand}
    layout = own_layout(sent.written.after, own.values())
    with work.transaction() as tx:
        tx.was_written(plan.workbook, hashes, sent.written.at, layout, own, again=again)
        if all_stands and stands:
            _remember_pages(tx, work)
    return sent, stands


def look_again(
    plan: Plan,
    sent: Sent,
    fingerprint_read: str,
    own: Mapping[str, int],
    view: MonthView,
    read: Mapping[str, ReadWorkbook],
    own_read: Mapping[str, int] = MappingProxyType({}),
) -> bool:
    """Whether the next run has to read the workbook before it writes. Pure.

    Because somebody typed between our read and our write, comments were not saved or not all tried, or some landed on
    cells that were not meant because rows had moved. `own` are the sheetIds of our tabs by role, `own_read` those at our read.
    """
    written = sent.written
    if written is None:
        return True
    before, after = read.get(plan.workbook), written.after.grid
    same = before is not None and untouched(before.grid, own_read, after, own)
    typed = not same and fingerprint(after, own) != fingerprint_read
    if not plan.comments:
        return typed or bool(sent.waiting)
    strayed = comments.strays(written.after.grid.comments, view.checked.findings, read[plan.workbook].grid)
    return typed or not written.comments_saved or bool(strayed or sent.waiting)
