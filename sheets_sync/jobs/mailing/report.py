"""The report job: seal the period, plan who gets what, hand over what is due. Sealed once, delivered once.

The seal, its bytes and the planned deliveries are saved together. A delivery is claimed before the mail server hears
of it, so that after a crash nothing is lost without a word and nothing is sent twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, UsageError
from sheets_sync.jobs.libraries.part import without_scores
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.mailing.approve import go_ahead, held_now, ruling, settle_waiting
from sheets_sync.jobs.mailing.gate import Situation, clock_believed, stale_since
from sheets_sync.jobs.mailing.marks import mark_reports, marking_of
from sheets_sync.jobs.mailing.refusals import nothing_to_report_on, refuse_first, refuse_unfinished
from sheets_sync.jobs.mailing.situation import clock_told, conflict_told, of_each, situation_of, unread
from sheets_sync.jobs.month import MonthView, view_of
from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.jobs.places.gather import reported_view
from sheets_sync.jobs.places.region import RegionView
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.mail.deliver import Mailing, mail_due
from sheets_sync.mail.ledger import Delivery, DeliveryState, Planned
from sheets_sync.mail.outbox import Outbox, answered, is_reminder
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import AsOf, Message, Period, Reported, msg
from sheets_sync.model.left_out import LeftOut
from sheets_sync.model.span import last_month
from sheets_sync.reports.attachments import attachments, missing_in_letter
from sheets_sync.reports.context import report_context
from sheets_sync.reports.reminders import Reminder, may_disturb
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.seal import SealedFile, seal
from sheets_sync.reports.spool import Spool
from sheets_sync.rules.tabs import LETTER, left_out_of

log = logging.getLogger(__name__)
MAIL_WAIT = 600.0  # seconds to wait for another mailing to end


def report(
    app: App,
    office: Office,
    period: Reported,
    resend: Collection[str] = (),
    *,
    make: Callable[..., int],
    as_is: bool = False,
    read: Callable[[], object] | None = None,
) -> ReportOutcome:
    """Reads, seals an office's month, quarter or year unless it is sealed, marks it, and hands over what is due.

    `resend` names recipients who are to get it anew, as the next version; `as_is` seals what is there although it could
    not be read. `make` makes and seals it: `seal_period` or `seal_span`. `read` reads the workbooks; None where the
    caller has seen that they are fresh.

    Raises:
        UsageError: it is not over or not expected, there is nothing to report on yet, or nobody of `resend` gets this
            report.
    """
    refuse_unfinished(app, office, period)
    if not resend and marking_of(app, office).is_sealed(period):
        unmarked = _mark(app, office)  # a run that died may have sealed and not marked
        waits = _stands_against(situation_of(app, office), office) or unmarked
        return ReportOutcome(office.code, period, 0, deliver(app), waits)
    since = situation_of(app, office).calendar.send_moment(last_month(period)) if read is None else app.clock()
    if read is not None:
        read()
    problem = nothing_to_report_on(app, office, period)
    if problem is not None:
        raise UsageError(problem)
    refuse_first(app, office, period)
    hindered, stale = _hindrance(app, office, since, as_is=as_is)
    if hindered is not None:
        return ReportOutcome(office.code, period, 0, Mailing(), waits=hindered)
    version = marking_of(app, office).newest_version(period) + 1
    left_out = list[Message]()
    planned = make(app, office, period, version, resend, as_of=stale, told=left_out.append)
    unmarked = _mark(app, office)
    mailing, tab = deliver(app), office.tabs.approvals if office.approvers else ""
    waits = None if stale else unmarked
    return ReportOutcome(office.code, period, planned, mailing, waits, held_now(app, office), tab, tuple(left_out))


def _hindrance(
    app: App, office: Office, since: datetime, *, as_is: bool
) -> tuple[Message | None, Mapping[str, datetime | None]]:
    """What stops a report that a person, or the calendar, wants now; and the workbooks that were not read since."""
    situation = situation_of(app, office)
    stale, hindered = stale_since(situation, since), _stands_against(situation, office)
    if stale and not as_is and hindered is None:
        hindered = msg(
            "Nothing was sealed. Not read now: {workbooks}. Run it again later, or add --as-is to report on the figures "
            "that are there.",
            workbooks=unread(stale),
        )
    return hindered, stale


def _stands_against(situation: Situation, office: Office) -> Message | None:
    """Why nothing of the office's may be sent at all."""
    if situation.clock_off is not None and not clock_believed(situation.clock_off):
        return clock_told(situation.clock_off)
    return None if situation.conflict is None else conflict_told(office, situation.conflict, situation.option)


def _mark(app: App, office: Office) -> Message | None:
    """Marks the report in the home workbook; gives why its mails have to wait, None if they need not."""
    try:
        mark_reports(
            app, app.google(app.settings.key_file(office)), office, app.store.reporting(office.code, app.clock())
        )
    except SheetsSyncError as error:
        log.warning("workbook %s: %s", office.workbook, error)
        return msg(
            "The report is sealed; its mails wait until the home workbook can be marked: {problem}",
            problem=error.message,
        )
    return None


def seal_period(
    app: App,
    office: Office,
    period: Period,
    version: int,
    only: Collection[str] = (),
    as_of: Mapping[str, datetime | None] = MappingProxyType({}),
    told: Callable[[Message], None] = lambda _: None,
) -> int:
    """Makes a period's report and saves it with its planned deliveries, in one transaction; gives how many are new.

    `as_of` are the workbooks that could not be read, with the moment whose figures stand in the report; `told` hears
    which library's mail could not be made.
    """
    settings = app.settings.of(office)
    go_ahead(app, office)
    view, at = reported_view(app, office, period), app.clock().astimezone(office.zone)
    month = replace(view.month, as_of=tuple(AsOf(name, at) for name, at in as_of.items()))
    renderer, missing = renderer_of(app, office, view), list[LeftOut]()
    may = ruling(app.store.approvals(office.code), settings)
    with Spool(app.settings.data) as spool:
        files = attachments(month, renderer.context, settings.reports, at, missing.append, spool.keep)
        month = replace(month, findings=(*map(missing_in_letter, missing), *month.findings))
        without = (left_out_of(each.library.name, LETTER, each.problem) for each in missing)
        for said in (*without_scores(view.left_out), *without):
            told(said)
        outbox = Outbox(month, renderer, settings.reports, settings.mail, version, at, may, told, spool.keep)
        planned = addressed_to(list(outbox.planned(files)), only)
        kept = [SealedFile(each.name, each.kept) for each in files]
        with app.store.transaction(office.code, at) as tx:
            tx.sealed(seal(month, version, at, kept), view.scheme, mail_waits=not as_of)
            return tx.plan(planned)


def remind(app: App, office: Office, reminder: Reminder) -> Mailing:
    """Plans a reminder for everybody whose figures are awaited, each once, and hands over what is due."""
    view, at = view_of(app, office, reminder.period), app.clock().astimezone(office.zone)
    settings = app.settings.of(office)
    renderer, may = renderer_of(app, office, view), ruling(app.store.approvals(office.code), settings)
    outbox = Outbox(view.month, renderer, settings.reports, settings.mail, 1, at, may, _warn)
    app.store.deliveries.plan(outbox.reminders(reminder), at)
    return deliver(app)


def _warn(problem: Message) -> None:
    log.warning("%s", problem)


def deliver(app: App) -> Mailing:
    """Hands over every delivery that is due, of whatever office and month."""
    ledger = app.store.deliveries
    with ExitStack() as held:
        held.enter_context(single_instance(app.settings.data, "mail", MAIL_WAIT, app.store))
        settled = settle_waiting(app)
        stopped = _stopped(app, withdraw_answered(app), settled)
        transport = held.enter_context(Smtp(app.settings.mail, app.mail_login))
        may_go, sender = partial(_may_go, app, stopped), partial(_sender, app)
        mailing = mail_due(ledger, transport, app.settings.mail, app.clock, may_go, app.stopping.is_set, sender)
    if mailing.problem or mailing.reached or not ledger.any_left():  # else nothing shows that mail gets through again
        app.store.notices.mailing_ended(mailing.problem, app.clock(), some_sent=mailing.sent > 0)
    return mailing


def withdraw_answered(app: App) -> frozenset[str]:
    """Takes back the reminders that still wait though the figures have arrived.

    Gives the offices of which that can't be known now: none of their reminders may go.
    """
    due = [delivery for delivery in app.store.deliveries.due(app.clock()) if is_reminder(delivery)]
    offices, unknown = {office.code: office for office in app.settings.offices}, set[str]()
    for code, period in sorted({(each.key.office, each.key.period) for each in due if each.key.office in offices}):
        try:
            month = view_of(app, offices[code], period).month
        except Exception:  # an office whose month can't be worked out must not stop the mails of others
            log.exception("office %s: its reminders wait", code)
            unknown.add(code)
            continue
        for delivery in answered(due, month):
            app.store.deliveries.resolve(delivery.id, DeliveryState.WITHDRAWN, "", app.clock())
    return frozenset(unknown)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What may not leave now: mails of these offices, reports whose mark is not in the home workbook yet, reminders."""

    offices: frozenset[str]
    reminders: frozenset[str]  # offices
    reports: frozenset[tuple[str, str, Period, int]]  # office, and the report as its seal is called


def _stopped(app: App, unknown: frozenset[str], settled: frozenset[str]) -> Stopped:
    """Mails wait for a right clock, for the store that reports, and for the mark of their report.

    Of an office of which one of these, or who may have its mail (`settled`), can't be told, none may leave.
    """
    markings = [marking for _, marking in of_each(app, partial(marking_of, app))]
    right = clock_believed(app.store.clock_off())
    free = {each.office for each in markings if right and each.conflict is None} & settled
    return Stopped(
        app.codes - free,
        unknown,
        frozenset((each.office, *seal.key) for each in markings for seal in each.unmarked if seal.mail_waits),
    )


def _may_go(app: App, stopped: Stopped, delivery: Delivery) -> bool:
    """Reports go at any hour, reminders by day on working days; nothing of an office that is not ours to mail for."""
    key = delivery.key
    office = next((each for each in app.settings.reporting if each.code == key.office), None)
    if office is None or key.office in stopped.offices:
        return False
    if is_reminder(delivery):
        return key.office not in stopped.reminders and may_disturb(
            app.clock().astimezone(office.zone), app.settings.of(office).reports.reminders
        )
    return (key.office, *key.of_report) not in stopped.reports


def _sender(app: App, delivery: Delivery) -> str:
    """Who hears of a mail that can't be brought: its own office, for the whole report comes back with it."""
    return app.settings.own[delivery.key.office].mail.from_.address


def renderer_of(app: App, office: Office, view: MonthView | RegionView) -> Renderer:
    """What renders an office's reports, in its own words."""
    return renderer_for(app, office, view.scheme, view.month.period)


def renderer_for(app: App, office: Office, scheme: Scheme, period: Period) -> Renderer:
    """The same by a scheme, as it is called in a month."""
    settings, labels = app.settings.of(office), kpi.labels(scheme, period)
    options = settings.reports
    return Renderer(report_context(office, settings.elements, labels, options.templates, options.headline))


def addressed_to(planned: list[Planned], addresses: Collection[str]) -> list[Planned]:
    """The deliveries to some addresses; without any, all.

    Raises:
        UsageError: nobody gets this report under one of them.
    """
    wanted = {address.casefold() for address in addresses}
    chosen = [each for each in planned if not wanted or each.key.recipient.casefold() in wanted]
    missing = wanted - _recipients(chosen)
    if missing:
        raise UsageError(msg("Nobody gets this report under {addresses}.", addresses=sorted(missing)))
    return chosen


def _recipients(planned: Iterable[Planned]) -> set[str]:
    return {each.key.recipient.casefold() for each in planned}
