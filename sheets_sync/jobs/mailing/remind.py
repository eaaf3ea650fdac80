"""A reminder for everybody whose figures are awaited, each once."""

from __future__ import annotations

import logging

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.mailing.approve import ruling
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.mailing.rendering import renderer_of
from sheets_sync.jobs.month import view_of
from sheets_sync.mail.deliver import Mailing
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import Message
from sheets_sync.reports.reminders import Reminder

log = logging.getLogger(__name__)


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
