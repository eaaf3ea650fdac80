"""The service: a minute heartbeat, and the log of runs that decides what is due. `schedule` has no memory; the log has.

A step that fails is told and never stops the others; the next beat goes on. One service runs at a time, under a lock
of its own, so that a manual `sync` beside it waits for the job and not for the service.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event

import schedule

from sheets_sync.app import App
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.report import period_to_report
from sheets_sync.jobs.run import deliver_job, remind_job, reminder_name, report_job, sync_job
from sheets_sync.model import Message, msg
from sheets_sync.reports.reminders import reminder_due

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DueStep:
    """Something that is due: its name in the log, and what people are told it is."""

    name: str
    told: Message
    work: Callable[[], object]


def serve(app: App, stop: Event, begun: Callable[[], object] = lambda: None) -> None:
    """Beats until `stop` is set; what is under way is finished first. `begun` is called once it is the only one.

    Raises:
        BusyError: the service is already running.
    """
    with single_instance(app.settings.data, "run"):
        begun()
        heart = schedule.Scheduler()
        heart.every(1).minutes.do(beat, app, stop)
        beat(app, stop)
        while not stop.wait(min(max(heart.idle_seconds or 0, 0.05), 1)):
            heart.run_pending()


def beat(app: App, stop: Event) -> list[str]:
    """Does all that is due; returns the names of the steps that were tried."""
    tried = []
    for step in due(app):
        if stop.is_set():
            break
        tried.append(step.name)
        try:
            step.work()
        except Exception:  # the heart must go on; whatever it was is in the log
            log.exception("step %s failed; it is tried again when it is due", step.name)
    return tried


def due(app: App) -> Iterator[DueStep]:
    """The steps that are due now, in the order of the flow: figures, reports and reminders, deliveries left over."""
    now, options = app.clock(), app.settings.service
    if _older(app, "sync", now - timedelta(minutes=options.sync_every)):
        yield DueStep("sync", msg("reading the workbooks"), partial(sync_job, app))
    for office in app.settings.offices:
        period = period_to_report(app, office)
        if period is not None:
            told = msg("report of {month} ({office})", month=period, office=office.name)
            yield DueStep(f"report {office.code} {period}", told, partial(report_job, app, office, period))
        reminder = reminder_due(now.astimezone(office.zone), office, app.settings.reports.reminders)
        if reminder is not None and app.store.runs.last(reminder_name(office, reminder)) is None:
            told = msg(
                "reminder {number} of {month} ({office})",
                number=reminder.number,
                month=reminder.period,
                office=office.name,
            )
            yield DueStep(reminder_name(office, reminder), told, partial(remind_job, app, office, reminder))
    if app.store.deliveries.due(now) and _older(app, "deliver", now - timedelta(minutes=options.deliver_every)):
        yield DueStep("deliver", msg("sending what is left"), partial(deliver_job, app))


def _older(app: App, job: str, than: datetime) -> bool:
    last = app.store.runs.last(job)
    return last is None or last.started_at <= than
