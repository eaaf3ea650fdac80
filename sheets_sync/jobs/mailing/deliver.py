"""Hands over every delivery that is due, but for those that may not leave now."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.mailing.approve import settle_waiting
from sheets_sync.jobs.mailing.gate import clock_believed
from sheets_sync.jobs.mailing.marks import marking_of
from sheets_sync.jobs.mailing.situation import of_each
from sheets_sync.jobs.month import view_of
from sheets_sync.mail.deliver import Mailing, mail_due
from sheets_sync.mail.ledger import Delivery, DeliveryState
from sheets_sync.mail.outbox import answered, is_reminder
from sheets_sync.mail.smtp import Smtp
from sheets_sync.model import Period
from sheets_sync.reports.reminders import may_disturb

log = logging.getLogger(__name__)
MAIL_WAIT = 600.0  # seconds to wait for another mailing to end


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
    office = _home(app, delivery)
    if office is None or key.office in stopped.offices:
        return False
    if is_reminder(delivery):
        return key.office not in stopped.reminders and may_disturb(
            app.clock().astimezone(office.zone), app.settings.of(office).reports.reminders
        )
    return (key.office, *key.of_report) not in stopped.reports


def _sender(app: App, delivery: Delivery) -> str:
    """Who hears of a mail that can't be brought: its own office, for the whole report comes back with it."""
    office = _home(app, delivery)
    assert office is not None, "none of its mails may go"
    return app.settings.of(office).mail.from_.address


def _home(app: App, delivery: Delivery) -> Office | None:
    """The office, or the place above offices, whose mail it is, if it is looked after."""
    return next((each for each in app.settings.reporting if each.code == delivery.key.office), None)
