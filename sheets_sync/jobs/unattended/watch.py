"""Looks at how things stand: all that decides what is wrong, gathered into one snapshot."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.mailing.gate import clock_believed
from sheets_sync.jobs.mailing.situation import Hindrance, clock_told, hindrance_in, of_each, situation_of
from sheets_sync.jobs.run import noted_as
from sheets_sync.jobs.unattended.backup import backup_state
from sheets_sync.jobs.unattended.concern import concerns_of, troubles_of
from sheets_sync.jobs.unattended.failing import failing, failing_mailing
from sheets_sync.jobs.years import year_causes
from sheets_sync.notify.causes import Cause, what_is_wrong
from sheets_sync.notify.snapshot import FailedJob, MailTrouble, Snapshot, Waiting

REFUSED_FOR = timedelta(days=31)  # so long a refused delivery is something to see to


def wrong_now(app: App, asked: Callable[[App], tuple[Cause, ...]] = year_causes) -> tuple[Cause, ...]:
    """What is wrong now, the gravest first; `asked`: what the years ask, where it is not to be worked out each time."""
    return (*what_is_wrong(snapshot_of(app), app.clock(), app.settings.service.notify), *asked(app))


def snapshot_of(app: App) -> Snapshot:
    """How things stand now, as far as the store and this computer tell."""
    now, zone = app.clock(), app.settings.reporting[0].zone
    off, last = app.store.clock_off(), app.store.runs.last(*noted_as(app, "sync"))
    mailing, concerns = app.store.notices.mailing(), concerns_of(app)
    mail = MailTrouble(app.language()(mailing.problem), mailing.since.astimezone(zone)) if mailing else None
    stands = {office.code: found for office, found in of_each(app, partial(_stands, app))}
    hindrances = {code: hindrance for code, (hindrance, _) in stands.items()}
    failed = [*(each for _, some in stands.values() for each in some), *failing_mailing(app)]
    return Snapshot(
        troubles=troubles_of(app.store.runs.failing(noted_as(app, "sync")), concerns, zone),
        mail=mail,
        deliveries=tuple(app.store.deliveries.troubled(app.codes, now - REFUSED_FOR)),
        waits=tuple(_waits(app, hindrances)),
        failing=tuple(replace(each, since=each.since.astimezone(zone)) for each in failed),
        untold=app.codes - hindrances.keys(),
        clock=clock_told(off) if off is not None and not clock_believed(off) else None,
        disk_free=_free(app),
        backup=backup_state(app),
        ways=tuple((name, failed.problem) for name, failed in app.store.notices.failures().items()),
        beaten=last.started_at.astimezone(zone) if last and last.started_at <= now else None,
        beats_every=timedelta(minutes=app.settings.service.sync_every),
        offices=app.settings.names,
    )


def _stands(app: App, office: Office) -> tuple[Hindrance | None, tuple[FailedJob, ...]]:
    """What stops an office's next report, and what of its jobs fails."""
    situation = situation_of(app, office)
    return hindrance_in(office, situation), tuple(failing(app, office, situation))


def _waits(app: App, hindrances: Mapping[str, Hindrance | None]) -> Iterator[Waiting]:
    """What stops each office's next report, but for the clock, which is a cause of its own."""
    if clock_believed(app.store.clock_off()):
        for code, found in hindrances.items():
            if found is not None:
                yield Waiting(f"{code} {found.sign}", found.told, found.since, found.asks, code)


def _free(app: App) -> int | None:
    """Free bytes where the store lives; None: it lives elsewhere."""
    return shutil.disk_usage(app.settings.data).free if app.settings.data.exists() else None
