"""Tells the people who are named for it what is wrong, by every way they gave; what was told is remembered for each way."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sheets_sync.app import App
from sheets_sync.errors import SheetsSyncError, StoreError
from sheets_sync.jobs.mailing.situation import of_each
from sheets_sync.jobs.unattended.watch import wrong_now
from sheets_sync.jobs.years import year_causes
from sheets_sync.model import Message, msg
from sheets_sync.notify.causes import Cause, what_is_wrong
from sheets_sync.notify.snapshot import Snapshot
from sheets_sync.notify.telling import Before, what_to_tell
from sheets_sync.notify.ways import Way
from sheets_sync.notify.wording import about, subject, text
from sheets_sync.store.notices import WayFailure

log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)
RETRY = timedelta(minutes=15)  # a way that failed is tried again after


class Remembers(Protocol):
    """Where is kept what was told."""

    def before(self, way: str) -> Before: ...

    def told(self, way: str, now: Before) -> None: ...

    def failures(self) -> dict[str, WayFailure]: ...

    def way_ended(self, way: str, failure: WayFailure | None) -> None: ...


@dataclass(slots=True)
class ForNow:
    """Keeps what was told as long as the process lives: of troubles with the store itself."""

    _told: dict[str, Before] = field(default_factory=dict)
    _failed: dict[str, WayFailure] = field(default_factory=dict)

    def before(self, way: str) -> Before:
        return self._told.get(way, {})

    def told(self, way: str, now: Before) -> None:
        self._told[way] = now

    def failures(self) -> dict[str, WayFailure]:
        return self._failed

    def way_ended(self, way: str, failure: WayFailure | None) -> None:
        self._failed.pop(way, None)
        if failure is not None:
            self._failed[way] = failure


@dataclass(slots=True)
class Watch:
    """What the running service alone knows: trouble with the store, a changed configuration that is not used."""

    store: Message | None = None
    configuration: Message | None = None
    remembers: ForNow = field(default_factory=ForNow)
    _asked: tuple[datetime, App, tuple[Cause, ...]] | None = None

    def years(self, app: App) -> tuple[Cause, ...]:
        """What the years ask: looked through once an hour, for it means going through everybody's register and figures."""
        if self._asked is None or self._asked[1] is not app or not timedelta() <= app.clock() - self._asked[0] < HOUR:
            self._asked = app.clock(), app, year_causes(app)
        return self._asked[2]

    def causes(self, app: App) -> tuple[Cause, ...]:
        """What of it is wrong now."""
        known = Snapshot(store=self.store, configuration=self.configuration)
        return what_is_wrong(known, app.clock(), app.settings.service.notify)


def tell_people(app: App, watch: Watch) -> tuple[Cause, ...]:
    """Tells what is new, what has changed and what is well again; gives all that is wrong now. Never raises."""
    causes = watch.causes(app)
    try:
        ways = app.ways()
        _tell(app, ways, causes, watch.remembers)
        _let_go(watch.remembers, ways)
        if watch.store is None:
            causes = (*causes, *_tell_known(app, ways, watch))
    except SheetsSyncError as error:
        if isinstance(error, StoreError):
            watch.store = error.message
        log.warning("%s", app.language()(error.message))
    return causes


def _tell_known(app: App, ways: Sequence[Way], watch: Watch) -> tuple[Cause, ...]:
    """What the store knows to be wrong; Rekap hears of mail that does not get through, too."""
    causes = wrong_now(app, watch.years)
    mail = next((cause for cause in causes if cause.key == "mail"), None)
    app.store.notices.mail_down(mail.title if mail else None)
    _tell(app, ways, causes, app.store.notices)
    own = [
        way for _, told in of_each(app, lambda office: _tell_own(app.only(office), watch.years(app))) for way in told
    ]
    _let_go(app.store.notices, [*ways, *own])
    return causes


def _tell_own(app: App, asked: Sequence[Cause]) -> Sequence[Way]:
    """Tells the people of the one office what concerns it, as whoever looks at it alone would see it; gives their ways."""
    [office] = app.settings.reporting
    ways = app.own_ways(office)
    if ways:
        mine = tuple(cause for cause in asked if office.code in cause.offices)
        causes = wrong_now(app, lambda _: mine)
        _tell(app, ways, [cause for cause in causes if cause.offices], app.store.notices)
    return ways


def _let_go(remembers: Remembers, ways: Sequence[Way]) -> None:
    """What is remembered of ways that are no longer configured."""
    for gone in remembers.failures().keys() - {way.name for way in ways}:
        remembers.way_ended(gone, None)


def _tell(app: App, ways: Sequence[Way], causes: Sequence[Cause], remembers: Remembers) -> None:
    failures = remembers.failures()
    for way in ways:
        failed = failures.get(way.name)
        if failed is None or not timedelta() <= app.clock() - failed.at < RETRY:
            _tell_by(app, way, causes, remembers)


def _tell_by(app: App, way: Way, causes: Sequence[Cause], remembers: Remembers) -> None:
    """Tells by one way. Only what got through counts as told; what did not is told when it does, as it is then."""
    now, t = app.clock(), app.language()
    offices = app.settings.names
    others = [cause for cause in causes if cause.key != f"way {way.name}"]
    notice, after = what_to_tell(others, remembers.before(way.name), now, app.settings.service.notify)
    if notice is not None:
        try:
            way.tell(subject(notice, about(notice, offices), t), text(notice, t, offices), now)
        except SheetsSyncError as error:
            log.warning("%s", t(msg("Nobody could be told by {way}: {problem}", way=way.name, problem=error.message)))
            remembers.way_ended(way.name, WayFailure(now, t(error.message)))
            return
        log.info("%s", t(msg("Told by {way}: {what}", way=way.name, what=subject(notice, "sheets-sync", t))))
    remembers.told(way.name, after)
    if notice is not None:
        remembers.way_ended(way.name, None)
