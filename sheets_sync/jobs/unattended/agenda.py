"""What is due next, and when: for whoever asks how things stand. Nothing is decided by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.mailing.gate import NotYet, report_decision
from sheets_sync.jobs.mailing.situation import of_each, situation_of
from sheets_sync.jobs.run import looked_at_all
from sheets_sync.model import Message, msg
from sheets_sync.reports.reminders import next_reminder, reminder_moment


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that will be due at a moment, by the office's clock."""

    name: str
    told: Message
    at: datetime


def upcoming(app: App) -> list[Upcoming]:
    """What is due next, the soonest first; what waits already is told elsewhere."""
    found = [
        _sync(app),
        *(each for _, steps in of_each(app, lambda office: list(_of_office(app, office))) for each in steps),
    ]
    if (again := app.store.deliveries.next_try(app.codes)) is not None:
        found.append(Upcoming("deliver", msg("deliveries that were put off"), _here(app, again)))
    return sorted(found, key=lambda each: each.at)


def _sync(app: App) -> Upcoming:
    now, last = app.clock(), app.store.runs.last(*looked_at_all(app))
    every = timedelta(minutes=app.settings.service.sync_every)
    at = max(now, last.started_at + every) if last and last.started_at <= now else now
    return Upcoming("sync", msg("reading the workbooks"), _here(app, at))


def _of_office(app: App, office: Office) -> Iterator[Upcoming]:
    situation, about = situation_of(app, office), {"office": office.name}
    if isinstance(report_decision(situation), NotYet):
        period = situation.calendar.newest(situation.now) + 1
        for each in (period, *situation.calendar.spans_ending(period)):
            told = msg("report of {month} ({office})", month=each, **about)
            yield Upcoming(f"report {office.code} {each}", told, situation.calendar.send_moment(period))
    options = app.settings.of(office).reports.reminders
    reminder = next_reminder(situation.now, office, options)
    if reminder is not None:
        told = msg("reminder {number} of {month} ({office})", number=reminder.number, month=reminder.period, **about)
        yield Upcoming(f"remind {office.code}", told, reminder_moment(reminder, office, options))


def _here(app: App, moment: datetime) -> datetime:
    return moment.astimezone(app.settings.offices[0].zone)
