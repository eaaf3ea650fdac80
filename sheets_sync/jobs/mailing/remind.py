"""A reminder for everybody whose figures are awaited, each once."""

from __future__ import annotations

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.mailing.approve import ruling
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.mailing.rendering import renderer_of, to_log
from sheets_sync.jobs.month import view_of
from sheets_sync.mail.deliver import Mailing
from sheets_sync.mail.outbox import Outbox
from sheets_sync.reports.reminders import Reminder


def remind(app: App, office: Office, reminder: Reminder) -> Mailing:
    """Plans a reminder for everybody whose figures are awaited, each once, and hands over what is due."""
    view, at = view_of(app, office, reminder.period), app.clock().astimezone(office.zone)
    settings = app.settings.of(office)
    renderer, may = renderer_of(app, office, view), ruling(app.store.approvals(office.code), settings)
    outbox = Outbox(view.month, renderer, settings.reports, settings.mail, 1, at, may, to_log)
    app.store.deliveries.plan(outbox.reminders(reminder), at)
    return deliver(app)
