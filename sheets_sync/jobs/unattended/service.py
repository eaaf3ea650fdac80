"""A beat of the service: the log of runs decides what is due. `schedule` has no memory; the log has.

A step that fails is told and never stops the others; the next beat goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, StoreError
from sheets_sync.jobs.mailing.gate import (
    AskPerson,
    Reason,
    SealNow,
    Wait,
    clock_believed,
    may_remind,
    report_decision,
    stale_since,
)
from sheets_sync.jobs.mailing.refusals import nothing_to_report_on
from sheets_sync.jobs.mailing.situation import Hindrance, clock_told, hindrance_of, of_each, situation_of
from sheets_sync.jobs.run import (
    SyncWork,
    backup_job,
    deliver_job,
    looked_at_all,
    remind_job,
    reminder_name,
    report_job,
    sync_job,
)
from sheets_sync.jobs.spread import spread_or_here
from sheets_sync.jobs.sync import sync
from sheets_sync.jobs.unattended.backup import backup_due
from sheets_sync.jobs.unattended.failing import reminder_now
from sheets_sync.jobs.unattended.health import HealthBoard, health_of, write_health
from sheets_sync.jobs.unattended.notify import Watch, tell_people
from sheets_sync.model import Message, msg
from sheets_sync.reports.reminders import Reminder, reminder_moment

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DueStep:
    """Something that is due: its name in the log, and what people are told it is."""

    name: str
    told: Message
    work: Callable[[], object]


def beat(app: App, stop: Event, watch: Watch | None = None, board: HealthBoard | None = None) -> list[str]:
    """Does all that is due and tells people what is wrong; returns the names of the steps that were tried."""
    watch, tried = watch or Watch(), list[str]()
    try:
        for step in due(app):
            if stop.is_set():
                break
            tried.append(step.name)
            _try(app, step)
        tell_hindrances(app)
        watch.store = None
    except StoreError as error:  # what is due can't even be asked for
        log.warning("%s", app.language()(error.message))
        watch.store = error.message
    if not stop.is_set():
        health = health_of(app, tell_people(app, watch))
        write_health(app, health)
        if board is not None:
            board.health = health
    return tried


def _try(app: App, step: DueStep) -> None:
    """Does a step; whatever it meets is in the log, and the heart goes on.

    Raises:
        StoreError: without the store no other step can be done either.
    """
    try:
        step.work()
    except StoreError:
        raise
    except SheetsSyncError as error:
        log.warning("step %s: %s", step.name, app.language()(error.message))
    except Exception:
        log.exception("step %s failed; it is tried again when it is due", step.name)


def due(app: App) -> Iterator[DueStep]:
    """The steps that are due now, in the order of the flow: figures, reports and reminders, deliveries left over."""
    now, options = app.clock(), app.settings.service
    doubted = not clock_believed(app.store.clock_off())  # compared again until the clock is right
    waited = doubted or any(waits for _, waits in of_each(app, partial(_awaits_reading, app)))
    if waited or _older(app, looked_at_all(app), now - timedelta(minutes=options.sync_every)):
        yield DueStep("sync", msg("reading the workbooks"), partial(sync_job, app, work=_who_syncs(app)))
    for _, steps in of_each(app, lambda office: list(_due_of(app, office))):
        yield from steps
    if clock_believed(app.store.clock_off()) and backup_due(app):  # the sync before has just looked at the clock
        yield DueStep("backup", msg("the nightly backup"), partial(backup_job, app))
    if _left_over(app) and _older(app, ("deliver",), now - timedelta(minutes=options.deliver_every)):
        yield DueStep("deliver", msg("sending what is left"), partial(deliver_job, app))


def _who_syncs(app: App) -> SyncWork:
    """This computer, or the workers of a scheduler."""
    address = app.settings.service.scheduler
    return partial(spread_or_here, address=address) if address else sync


def _left_over(app: App) -> bool:
    """Whether a mail of one of the offices is due; what lies here of others is not for us to send."""
    return any(each.key.office in app.codes for each in app.store.deliveries.due(app.clock()))


def _due_of(app: App, office: Office) -> Iterator[DueStep]:
    """An office's report and reminder, where they are due."""
    situation = situation_of(app, office)
    decision = report_decision(situation)
    if isinstance(decision, SealNow) and not nothing_to_report_on(app, office, decision.period):
        yield _report_step(app, office, decision)
    reminder = reminder_now(app, office, situation)
    if reminder is not None and may_remind(
        situation, reminder_moment(reminder, office, app.settings.of(office).reports.reminders)
    ):
        yield _reminder_step(app, office, reminder)


def tell_hindrances(app: App) -> None:
    """What stops an office's next report goes to the log, once."""
    for office, found in of_each(app, partial(_hindrance_news, app)):
        if found is not None:
            log.warning("%s", app.language(office)(found.told))


def _hindrance_news(app: App, office: Office) -> Hindrance | None:
    """What stops the office's next report, if that was not told yet."""
    found = hindrance_of(app, office)
    with app.store.transaction(office.code, app.clock()) as tx:
        return found if tx.told(found.sign if found else "") else None


def hindrances(app: App) -> list[Message]:
    """What stops reports now: a clock that is wrong, and what each office's next report waits for."""
    off = app.store.clock_off()
    clock = clock_told(off) if off is not None and not clock_believed(off) else None
    found = of_each(app, partial(hindrance_of, app))
    return [*([clock] if clock else []), *(each.told for _, each in found if each is not None)]


def _awaits_reading(app: App, office: Office) -> bool:
    """Whether a report or a reminder only waits for figures read since its moment came."""
    situation = situation_of(app, office)
    decision, reminder = report_decision(situation), reminder_now(app, office, situation)
    if isinstance(decision, Wait | AskPerson) and decision.reason is Reason.STALE:
        return True
    moment = reminder and reminder_moment(reminder, office, app.settings.of(office).reports.reminders)
    return bool(moment and stale_since(situation, moment)) and situation.reported is not None


def _report_step(app: App, office: Office, decision: SealNow) -> DueStep:
    told = msg("report of {month} ({office})", month=decision.period, office=office.name)
    work = partial(report_job, app, office, decision.period, as_is=decision.as_is, read=False)
    return DueStep(f"report {office.code} {decision.period}", told, work)


def _reminder_step(app: App, office: Office, reminder: Reminder) -> DueStep:
    told = msg(
        "reminder {number} of {month} ({office})", number=reminder.number, month=reminder.period, office=office.name
    )
    return DueStep(reminder_name(office, reminder), told, partial(remind_job, app, office, reminder))


def _older(app: App, names: tuple[str, ...], than: datetime) -> bool:
    """Whether a job did not run since a moment; a run noted in the future was noted by a clock that was wrong."""
    last = app.store.runs.last(*names)
    return last is None or not than < last.started_at <= app.clock()
