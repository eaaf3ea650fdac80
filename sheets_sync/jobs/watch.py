"""Looks at how things stand: all that decides what is wrong, gathered into one snapshot."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import partial

from sheets_sync.app import App
from sheets_sync.errors import TroubleKind
from sheets_sync.jobs.backup import backup_state
from sheets_sync.jobs.gate import clock_believed
from sheets_sync.jobs.situation import clock_told, hindrance_of, of_each
from sheets_sync.jobs.years import year_causes
from sheets_sync.notify.causes import Cause, what_is_wrong
from sheets_sync.notify.snapshot import MailTrouble, Snapshot, Trouble, Waiting
from sheets_sync.store.runs import Run

REFUSED_FOR = timedelta(days=31)  # so long a refused delivery is something to see to


def wrong_now(app: App) -> tuple[Cause, ...]:
    """What is wrong now, the gravest first."""
    return (*what_is_wrong(snapshot_of(app), app.clock(), app.settings.service.notify), *year_causes(app))


def snapshot_of(app: App) -> Snapshot:
    """How things stand now, as far as the store and this computer tell."""
    now, zone = app.clock(), app.settings.offices[0].zone
    off, last = app.store.clock_off(), app.store.runs.last("sync")
    mailing = app.store.notices.mailing()
    mail = MailTrouble(app.language()(mailing.problem), mailing.since.astimezone(zone)) if mailing else None
    return Snapshot(
        troubles=troubles_of(app.store.runs.failing("sync"), names_of(app), zone),
        mail=mail,
        deliveries=tuple(app.store.deliveries.troubled(app.codes, now - REFUSED_FOR)),
        waits=tuple(_waits(app)),
        clock=clock_told(off) if off is not None and not clock_believed(off) else None,
        disk_free=_free(app),
        backup=backup_state(app),
        ways=tuple((name, failed.problem) for name, failed in app.store.notices.failures().items()),
        beaten=last.started_at.astimezone(zone) if last and last.started_at <= now else None,
        beats_every=timedelta(minutes=app.settings.service.sync_every),
    )


def names_of(app: App) -> Mapping[str, str]:
    """What workbooks, by id, and offices, by code, are called."""
    names = {office.code: office.name for office in app.settings.offices}
    for office in app.settings.offices:
        known = app.store.workbooks(office.code)
        names |= {each: (known[each].title if each in known else "") or each for each in office.workbooks}
    return names


def troubles_of(failing: Iterable[Run], names: Mapping[str, str], zone: tzinfo) -> tuple[Trouble, ...]:
    """What the newest run could not do, each since the first of the runs without a break that could not either. Pure."""
    newest: dict[_Sort, tuple[TroubleKind, str]] | None = None
    since: dict[_Sort, datetime] = {}
    lasting: set[_Sort] = set()
    for run in failing:
        failed = {(_sort(kind), about): (kind, problem) for kind, about, problem in _failures(run)}
        if newest is None:
            newest, since = failed, dict.fromkeys(failed, run.started_at)
            lasting = set(failed)
        lasting &= failed.keys()
        since |= dict.fromkeys(lasting, run.started_at)
    return tuple(
        Trouble(kind, names.get(about, about), problem, since[_sort(kind), about].astimezone(zone))
        for (_, about), (kind, problem) in (newest or {}).items()
        if kind is not TroubleKind.CLOCK
    )


_Sort = tuple[TroubleKind, str]  # of a trouble, and what it is about


def _sort(kind: TroubleKind) -> TroubleKind:
    """What counts as the same trouble: whether Google is away or asks to wait may differ from one time to the next."""
    return TroubleKind.GOOGLE if kind is TroubleKind.QUOTA else kind


def _failures(run: Run) -> Iterator[tuple[TroubleKind, str, str]]:
    """What a run noted as failed; where it ended with an error, that."""
    listed = run.detail.get("failures", ())
    for each in listed:
        yield TroubleKind(each.get("kind", TroubleKind.UNEXPECTED)), str(each["about"]), str(each["problem"])
    if not listed and run.detail.get("problem"):
        kind = TroubleKind(run.detail.get("kind", TroubleKind.UNEXPECTED))
        yield kind, "", str(run.detail["problem"])


def _waits(app: App) -> Iterator[Waiting]:
    """What stops each office's next report, but for the clock, which is a cause of its own."""
    for office, found in of_each(app, partial(hindrance_of, app)):
        if found is not None and clock_believed(app.store.clock_off()):
            yield Waiting(f"{office.code} {found.sign}", found.told, found.since, found.asks)


def _free(app: App) -> int | None:
    """Free bytes where the store lives; None: it lives elsewhere."""
    return shutil.disk_usage(app.settings.data).free if app.settings.data.exists() else None
