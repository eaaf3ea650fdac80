"""The report job: seal the period, plan who gets what, hand over what is due. Sealed once, delivered once.

The seal, its bytes and the planned deliveries are saved together. A delivery is claimed before the mail server hears
of it, so that after a crash nothing is lost without a word and nothing is sent twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from functools import partial

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import UsageError
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.month import MonthView, current_period, load, view_of
from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.mail.ledger import Delivery, DeliveryState, Planned
from sheets_sync.mail.mailing import Mailing, mail_due
from sheets_sync.mail.outbox import Outbox, answered, is_reminder
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import Message, Period, msg
from sheets_sync.reports.attachments import attachments
from sheets_sync.reports.context import report_context
from sheets_sync.reports.reminders import Reminder, may_disturb
from sheets_sync.reports.render import Renderer
from sheets_sync.reports.seal import SealedFile, seal

log = logging.getLogger(__name__)
MAIL_WAIT = 600.0  # seconds to wait for another mailing to end


def report(app: App, office: Office, period: Period, resend: Collection[str] = ()) -> ReportOutcome:
    """Seals an office's month unless it is sealed, and hands over what is due.

    `resend` names recipients who are to get the month anew, as the next version.

    Raises:
        UsageError: the month is not over or not expected, there is nothing to report on yet, or nobody of `resend`
            gets this report.
    """
    refuse_unfinished(app, office, period)
    problem = nothing_to_report_on(app, office, period)
    if problem is not None:
        raise UsageError(problem)
    known = app.store.latest_seal(office.code, period)
    version = known.version if known and known.period == period else 0
    planned, left_out = 0, list[Message]()
    if not version or resend:
        planned = seal_period(app, office, period, version + 1, resend, left_out.append)
    return ReportOutcome(office.code, period, planned, deliver(app), left_out=tuple(left_out))


def seal_period(
    app: App,
    office: Office,
    period: Period,
    version: int,
    only: Collection[str] = (),
    told: Callable[[Message], None] = lambda _: None,
) -> int:
    """Makes a period's report and saves it with its planned deliveries, in one transaction; gives how many are new.

    `told` hears which library's mail could not be made.
    """
    view, at = view_of(app, office, period), app.clock().astimezone(office.zone)
    renderer = renderer_of(app, office, view)
    files = attachments(view.month, renderer.context, app.settings.reports, at)
    known = app.store.deliveries.addresses(office.code)
    outbox = Outbox(view.month, renderer, app.settings.reports, app.settings.mail, version, at, known, told)
    planned = _only(list(outbox.planned(files)), only)
    kept = [SealedFile(each.name, each.content) for each in files]
    with app.store.transaction(office.code, at) as tx:
        tx.sealed(seal(view.month, version, at, kept), view.scheme)
        return tx.plan(planned)


def remind(app: App, office: Office, reminder: Reminder) -> Mailing:
    """Plans a reminder for everybody whose figures are awaited, each once, and hands over what is due."""
    view, at = view_of(app, office, reminder.period), app.clock().astimezone(office.zone)
    renderer = renderer_of(app, office, view)
    outbox = Outbox(view.month, renderer, app.settings.reports, app.settings.mail, 1, at, told=_warn)
    app.store.deliveries.plan(outbox.reminders(reminder), at)
    return deliver(app)


def _warn(problem: Message) -> None:
    log.warning("%s", problem)


def deliver(app: App) -> Mailing:
    """Hands over every delivery that is due, of whatever office and month."""
    ledger = app.store.deliveries
    with ExitStack() as held:
        held.enter_context(single_instance(app.settings.data, "mail", MAIL_WAIT))
        withdraw_answered(app)
        transport = held.enter_context(Smtp(app.settings.mail, app.mail_login))
        return mail_due(ledger, transport, app.settings.mail, app.clock, partial(_may_go, app))


def withdraw_answered(app: App) -> None:
    """Takes back the reminders that still wait though the figures have arrived."""
    due = [delivery for delivery in app.store.deliveries.due(app.clock()) if is_reminder(delivery)]
    for code, period in sorted({(delivery.key.office, delivery.key.period) for delivery in due}):
        month = view_of(app, app.settings.office(code), period).month
        for delivery in answered(due, month):
            app.store.deliveries.resolve(delivery.id, DeliveryState.WITHDRAWN, "", app.clock())


def _may_go(app: App, delivery: Delivery) -> bool:
    """Reports go at any hour, reminders by day on working days."""
    here = app.settings.office(delivery.key.office).zone
    return not is_reminder(delivery) or may_disturb(app.clock().astimezone(here), app.settings.reports.reminders)


def renderer_of(app: App, office: Office, view: MonthView) -> Renderer:
    """What renders an office's reports, in its own words."""
    labels = kpi.labels(view.scheme, view.month.period)
    return Renderer(report_context(office, app.settings.elements, labels, app.settings.reports.templates))


def period_to_report(app: App, office: Office) -> Period | None:
    """The month whose report is due now, None if none is: the oldest one since the last report that is not sealed."""
    now, options = app.clock().astimezone(office.zone), app.settings.reports
    day_has_come = (now.day, now.time()) >= (options.send_on, options.from_time)
    last = current_period(office, now) if day_has_come else current_period(office, now) - 1
    sealed = app.store.latest_seal(office.code, current_period(office, now))
    if sealed is None:
        period = last if day_has_come and _begun(app, office, last) else None
    else:
        period = sealed.period + 1 if sealed.period < last else None
    if period is None or period < app.settings.first_period(office):
        return None
    return None if nothing_to_report_on(app, office, period) else period


def _begun(app: App, office: Office, period: Period) -> bool:
    """Whether a new office has any figure of the month; it reports neither months before it came nor an empty one."""
    return any(month == period for _, month in load(app, office, period).first_seen)


def nothing_to_report_on(app: App, office: Office, period: Period) -> Message | None:
    """Why a report would say nothing true: no library is known, or no workbook with figures was ever read."""
    if not any(library.active_in(period) for library in app.store.libraries(office.code)):
        return msg(
            "No library is known for {period}, so there is nothing to report. Fill in the tab {tab}, then run "
            "`sheets-sync sync`.",
            period=period,
            tab=office.tabs.libraries,
        )
    known = app.store.workbooks(office.code)
    if not any(known[each].read_at for each in (office.workbook, *office.input_workbooks) if each in known):
        return msg("No figures were ever read, so there is nothing to report. Run `sheets-sync sync` and look at it.")
    return None


def refuse_unfinished(app: App, office: Office, period: Period) -> None:
    """Raises UsageError where the month is not over, or comes before the first one that is expected."""
    first = app.settings.first_period(office)
    if period < first:
        raise UsageError(
            msg(
                "{period} comes before {first}, the first month that is expected (`start` in office.yaml, "
                "`valid_from` of the oldest scheme).",
                period=period,
                first=first,
            )
        )
    if period > current_period(office, app.clock()):
        raise UsageError(
            msg(
                "{period} is not over yet; its report can be made from {day} on.",
                period=period,
                day=(period + 1).first_day,
            )
        )


def _only(planned: list[Planned], addresses: Collection[str]) -> list[Planned]:
    wanted = {address.casefold() for address in addresses}
    chosen = [each for each in planned if not wanted or each.key.recipient.casefold() in wanted]
    missing = wanted - _recipients(chosen)
    if missing:
        raise UsageError(msg("Nobody gets this report under {addresses}.", addresses=sorted(missing)))
    return chosen


def _recipients(planned: Iterable[Planned]) -> set[str]:
    return {each.key.recipient.casefold() for each in planned}
