"""What is due and fails, beat after beat: a report or reminder that can't be made, mails that can't be handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import WorkbookError
from sheets_sync.jobs.mailing.gate import SealNow, Situation, report_decision, reported_today
from sheets_sync.jobs.mailing.refusals import nothing_to_report_on
from sheets_sync.jobs.run import earlier_reminder_name, reminder_name
from sheets_sync.model import Message, msg
from sheets_sync.model.span import last_month
from sheets_sync.notify.snapshot import FailedJob
from sheets_sync.reports.reminders import Reminder, reminder_due, reminder_moment
from sheets_sync.store.runs import Run, report_of

_WELL = (0, WorkbookError.exit_code)  # what a report waits for, and mails that are put off, are told for themselves
_LATELY = timedelta(days=2)


def failing_mailing(app: App) -> list[FailedJob]:
    """The mailing, where it did not come to its end when it was last tried and something is still to be sent."""
    if not app.store.deliveries.any_left():
        return []
    return list(_failed(app, "deliver", msg("sending what is left"), app.clock() - _LATELY, ""))


def failing(app: App, office: Office, situation: Situation) -> Iterator[FailedJob]:
    """An office's jobs that are due and did not come to their end when they were last tried, with since when."""
    decision, failed = report_decision(situation), partial(_failed, app, office=office.code)
    if isinstance(decision, SealNow):
        moment = situation.calendar.send_moment(last_month(decision.period))
        told, nothing = _of_report(office, decision), nothing_to_report_on(app, office, decision.period)
        if nothing is None:
            yield from failed(report_of(office.code), told, moment)
        else:
            yield FailedJob(f"report {office.code}", told, nothing, moment, office.code, tried=False)
    reminder = reminder_now(app, office, situation)
    if reminder is not None:
        moment = reminder_moment(reminder, office, app.settings.of(office).reports.reminders)
        for each in failed(reminder_name(office, reminder), _of_reminder(office, reminder), moment):
            yield replace(each, lapses=True)


def _of_report(office: Office, decision: SealNow) -> Message:
    return msg("report of {month} ({office})", month=decision.period, office=office.name)


def _of_reminder(office: Office, reminder: Reminder) -> Message:
    about = {"month": reminder.period, "office": office.name}
    return msg("reminder {number} of {month} ({office})", number=reminder.number, **about)


def _failed(app: App, job: str, told: Message, moment: datetime, office: str) -> Iterator[FailedJob]:
    """A job whose newest runs since a moment have failed, one after the other."""
    runs = list[Run]()
    for run in app.store.runs.failing([job]):
        if run.status in _WELL or run.started_at < moment:
            break
        runs.append(run)
    if runs:
        yield FailedJob(job, told, str(runs[0].detail.get("problem", "")), runs[-1].started_at, office)


def reminder_now(app: App, office: Office, situation: Situation) -> Reminder | None:
    """The reminder that is to be sent now and has not been: a run that failed before it had planned is repeated.

    None on the day of a report, be it the one that was planned for it or a late one: it says the same.
    """
    reports, now = app.settings.of(office).reports, app.clock().astimezone(office.zone)
    report_day = situation.calendar.report_day(now) if reports.to_libraries else 0
    reminder = reminder_due(now, office, reports.reminders, report_day)
    if reminder is None or (reports.to_libraries and reported_today(situation, reminder.period)):
        return None
    last = app.store.runs.last(reminder_name(office, reminder), earlier_reminder_name(office, reminder))
    moment = reminder_moment(reminder, office, reports.reminders)
    return None if last is not None and last.started_at >= moment and last.status in _WELL else reminder
