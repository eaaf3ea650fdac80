"""The marks of our reports in the home workbook: what they say against this store, and how they are written.

A report is sealed, then marked, then mailed. A crash in between leaves a report without a mark, whose mails wait until
the next sync has marked it; a mark is there before the first mail, so another store can't be late to see it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import GoogleDownError, RefusedError
from sheets_sync.google import GoogleClient, Written, marks
from sheets_sync.jobs.inputs import fingerprint, own_layout, own_tabs
from sheets_sync.jobs.mailing.gate import Reason
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import Period, Reported, TimeSpan
from sheets_sync.model.json import JsonObject
from sheets_sync.model.mark import ReportMark
from sheets_sync.store import ReportMemory, SealStub, WorkbookRecord


@dataclass(frozen=True, slots=True)
class Marking:
    """An office's marks, as the home workbook was last seen, beside what this store knows.

    `accepted` are the numbers of marks whose reports are not here, with which a person let this store go on.
    """

    store: str
    office: str
    seen: tuple[ReportMark, ...] = ()
    seals: tuple[SealStub, ...] = ()
    spans: tuple[SealStub, ...] = ()  # of quarters and years
    accepted: frozenset[int] = frozenset()

    @property
    def owner(self) -> ReportMark | None:
        """The mark of the store that reports for the office; None: none does yet."""
        return next((mark for mark in self.seen if mark.is_owner), None)

    @property
    def lost(self) -> tuple[ReportMark, ...]:
        """The marks of reports that this store does not have and nobody has said it may go on without."""
        ours = {(*seal.key, seal.token) for seal in (*self.seals, *self.spans)}
        reports = [mark for mark in self.seen if mark.period is not None and mark.id not in self.accepted]
        return tuple(mark for mark in reports if (mark.span, mark.period, mark.version, mark.token) not in ours)

    @property
    def conflict(self) -> Reason | None:
        """What stands against reporting from this store."""
        if self.owner is not None and self.owner.store != self.store:
            return Reason.OTHER_STORE
        return Reason.OLDER_STORE if self.lost else None

    @property
    def reported(self) -> Period | None:
        """The newest month that was reported, by whatever store."""
        marked = [mark.period for mark in self.seen if mark.period is not None and not mark.span]
        return max((*marked, *(seal.period for seal in self.seals)), default=None)

    def newest_version(self, of: Reported) -> int:
        """The newest version of a report, by whatever store; 0: there is none."""
        marked = [mark.version for mark in self.seen if mark.is_of(of)]
        sealed = [seal.version for seal in (*self.seals, *self.spans) if seal.is_of(of)]
        return max((*marked, *sealed), default=0)

    def is_sealed(self, of: Reported) -> bool:
        """Whether this store has made the report."""
        return any(seal.is_of(of) for seal in (*self.seals, *self.spans))

    def reported_of(self, spans: Iterable[TimeSpan]) -> frozenset[TimeSpan]:
        """Those of some quarters and years that were reported, by whatever store."""
        return frozenset(span for span in spans if self.newest_version(span))

    @property
    def unmarked(self) -> tuple[SealStub, ...]:
        """The reports of ours that the home workbook does not tell of yet."""
        return tuple(seal for seal in (*self.seals, *self.spans) if not seal.marked)


def marking_of(app: App, office: Office) -> Marking:
    """The office's marks, as the home workbook was last seen."""
    return marking_from(app.store.reporting(office.code, app.clock()), office, app.clock())


def marking_from(known: ReportMemory, office: Office, now: datetime) -> Marking:
    """The office's marks, by what is remembered. Pure.

    Of a month that is not over nobody has reported: such a mark is forged, or made on a wrong clock. Believed, it would
    keep every month up to its own from being reported.
    """
    home: WorkbookRecord | None = known.workbooks.get(office.workbook)
    today = Period.of(now.astimezone(office.zone).date())
    told = (mark for mark in (home.marks if home else ()) if mark.office == office.code)
    seen = tuple(mark for mark in told if mark.period is None or mark.period < today)
    accepted = known.office.accepted if known.office else frozenset()
    return Marking(known.store, office.code, seen, known.seals, known.spans, accepted)


def mark_reports(app: App, google: GoogleClient, office: Office, known: ReportMemory) -> bool:
    """Writes the marks that are missing, in one request; gives whether there were any, so that `known` is over.

    Raises:
        WorkbookError: they could not be written, or another store has marked the same report; the mails wait.
    """
    marking = marking_from(known, office, app.clock())
    if not marking.unmarked or marking.conflict is not None:
        return False
    requests = list(_requests(app, marking))
    if requests:
        try:
            _write(app, google, office, requests)
        except RefusedError:
            if not _there_already(app, google, office):
                raise
    with app.store.transaction(office.code, app.clock()) as tx:
        for seal in marking.unmarked:
            tx.marked(seal)
    return True


def _there_already(app: App, google: GoogleClient, office: Office) -> bool:
    """Whether the home workbook carries the marks, read anew: a run that died may have written them and not noted it."""
    read = google.read(office.workbook)
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.marks_seen(office.workbook, read.marks)
    marking = marking_of(app, office)
    return marking.conflict is None and not list(_requests(app, marking))


def take_over(app: App, google: GoogleClient, office: Office) -> Sequence[ReportMark]:
    """From now on this store reports for the office; gives the reports it goes on without.

    What of ours still waits to be sent of those reports is withdrawn: another store has sent them.

    Raises:
        WorkbookError: the home workbook could not be written.
    """
    read = google.read(office.workbook)
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.marks_seen(office.workbook, read.marks)
    app.store.rename(office.code)
    marking = marking_of(app, office)
    ours = ReportMark(office.code, marking.store)
    try:
        _write(app, google, office, [marks.create(ours)])
    except RefusedError:  # there is a mark of its number, as another store leaves it
        _write(app, google, office, [marks.replace(ours)])
    lost = marking.lost
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.went_on(lost)
        elsewhere = {(mark.span, mark.period, mark.version) for mark in lost}
        for seal in marking.unmarked:
            if seal.key in elsewhere:  # the other store was faster
                tx.marked(seal)
    _withdraw(app, office, elsewhere)
    return lost


def _withdraw(app: App, office: Office, reports: Collection[tuple[str, Period | None, int]]) -> None:
    """Takes back what still waits of reports that another store has sent."""
    for delivery in app.store.deliveries.of(office.code):
        open_still = delivery.state in (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.HELD)
        if open_still and delivery.key.of_report in reports:
            app.store.deliveries.resolve(delivery.id, DeliveryState.WITHDRAWN, "", app.clock())


def _requests(app: App, marking: Marking) -> Iterator[JsonObject]:
    there = {mark.id for mark in marking.seen}
    owner = ReportMark(marking.office, marking.store)
    if owner.id not in there:
        yield marks.create(owner)
    for seal in marking.unmarked:
        planned = app.store.deliveries.of(marking.office, seal.period)
        count = sum(each.key.of_report == seal.key for each in planned)
        known = (seal.period, seal.version, count, seal.digest, seal.token, seal.span)
        mark = ReportMark(marking.office, marking.store, *known)
        if mark.id not in there:
            yield marks.create(mark)


def _write(app: App, google: GoogleClient, office: Office, requests: Sequence[JsonObject]) -> None:
    """Sends the marks and remembers how the workbook stands; one whose answer was lost is read again."""
    try:
        written = google.write(office.workbook, requests)
    except GoogleDownError:
        with app.store.transaction(office.code, app.clock()) as tx:
            tx.read_again(office.workbook)  # it may have been applied
        raise
    _remember(app, office, written)


def _remember(app: App, office: Office, written: Written) -> None:
    after, record = written.after, app.store.workbooks(office.code).get(office.workbook)
    own = own_tabs(after, office, record.own, record.tabs.keys()) if record else own_tabs(after, office, {})
    again = record is None or record.seen.dirty or fingerprint(after.grid, own) != record.fingerprint
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.was_written(office.workbook, {}, written.at, own_layout(after, own.values()), own, again=again)
        tx.marks_seen(office.workbook, after.marks)
