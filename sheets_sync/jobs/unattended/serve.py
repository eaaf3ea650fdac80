"""The running service: beats, ends within seconds when told to, and takes a changed configuration without a restart.

Beats happen in a thread of their own. So the one that signals reach is always free to end the process: what is under way
gets some seconds, then the process ends as a kill would end it, which everything here is made to survive.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread

import schedule

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import ConfigError, SheetsSyncError
from sheets_sync.jobs.apart import each_apart
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.spread import can_spread
from sheets_sync.jobs.unattended.health import HealthBoard, health_address
from sheets_sync.jobs.unattended.notify import Watch
from sheets_sync.jobs.unattended.service import beat
from sheets_sync.model import Message, msg
from sheets_sync.settings import Settings

log = logging.getLogger(__name__)
BEAT = 60.0  # seconds
GRACE = 8.0  # seconds that what is under way gets to end


@dataclass(slots=True)
class Reins:
    """What a person asks of the running service: to end, to read the configuration again."""

    stop: Event = field(default_factory=Event)
    reload: Event = field(default_factory=Event)


def serve(
    app: App,
    reins: Reins,
    begun: Callable[[], object] = lambda: None,
    settings: Callable[[], Settings] | None = None,
    leave: Callable[[int], object] = os._exit,
) -> None:
    """Beats until told to stop; `begun` is called once it is the only one, `settings` reads the configuration anew.

    `schedule` holds what a beat does; when it beats is counted by the monotonic clock. The time by which `schedule`
    itself would count is naive and local, stands still when the clock is set back and each autumn.

    Raises:
        BusyError: the service is already running.
    """
    _check(app.settings)
    board, port = HealthBoard(app.clock), app.settings.service.health_port
    with ExitStack() as held:
        held.enter_context(single_instance(app.settings.data, "run"))
        if port:
            held.enter_context(health_address(board, port))
        begun()
        service = Service(app, reins, board, settings)
        beats = Thread(target=service.beats, name="beats", daemon=True)
        beats.start()
        while beats.is_alive() and not reins.stop.wait(1.0):  # a thread that died must not leave a service that sleeps
            pass
        reins.stop.set()
        beats.join(GRACE)
        if beats.is_alive():
            log.warning(
                "%s", app.language()(msg("What was under way did not end in time; it is taken up again later."))
            )
            logging.shutdown()
            leave(0)
        service.app.close()
    if service.failure is not None:
        raise service.failure


def serve_once(app: App) -> None:
    """One beat, for a timer that comes instead of the service.

    Raises:
        BusyError: the service is at work.
    """
    _check(app.settings)
    with single_instance(app.settings.data, "run"):
        beat(app, app.stopping)


@dataclass(slots=True)
class Service:
    """What beats: the parts as the configuration now has them, and what is known only while it runs."""

    app: App
    reins: Reins
    board: HealthBoard
    settings: Callable[[], Settings] | None = None
    watch: Watch = field(default_factory=Watch)
    failure: BaseException | None = None

    def beats(self) -> None:
        """Beats until told to stop; what nobody thought of ends the service, not only this thread."""
        heart = schedule.Scheduler()
        heart.every(1).minutes.do(self.once)
        try:
            for _ in heartbeats(self.reins.stop, BEAT):
                heart.run_all()
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that can tell it
            self.failure = error

    def once(self) -> None:
        """One beat, with the configuration as it is asked for."""
        if self.reins.reload.is_set():
            self.reins.reload.clear()
            self._reload()
        beat(self.app, self.reins.stop, self.watch, self.board)

    def _reload(self) -> None:
        """Takes the configuration as the files now say it; one that can't be used changes nothing, and is told."""
        t = self.app.language()
        try:
            fresh = reloaded(self.app, self.settings() if self.settings else self.app.settings)
        except SheetsSyncError as error:
            self.watch.configuration = error.message
            log.warning("%s", t(msg("The changed configuration is not used: {problem}", problem=error.message)))
            return
        self.watch.configuration = None
        self.app = fresh
        log.info("%s", t(msg("The configuration was read again.")))


def reloaded(app: App, settings: Settings) -> App:
    """The parts as a changed configuration has them, on the same store; keys and passwords are read anew, too.

    Raises:
        ConfigError: it names another store, which only a restart can go over to.
        SheetsSyncError: a key that is not one office's alone can't be read.
    """
    if (settings.data, settings.store_url) != (app.settings.data, app.settings.store_url):
        raise ConfigError(msg("The store's place was changed in store.yaml. Restart the service for that."))
    _check(settings)
    fresh = app.with_settings(settings)
    for office in settings.reporting:
        if office.key_file is None:
            fresh.google(settings.key_file(office))
    for _ in each_apart(settings.reporting, partial(_open_own, fresh), partial(_tell_own_trouble, fresh)):
        pass
    fresh.ways()
    app.let_go_of_google()
    return fresh


def _open_own(app: App, office: Office) -> None:
    """What an office alone is reached by: where it can't be read, each sync tells it again, and the others go on."""
    app.google(app.settings.key_file(office))
    app.own_ways(office)


def _tell_own_trouble(app: App, office: Office, problem: Message) -> None:
    log.warning("%s", app.language()(msg("{office}: {problem}", office=office.name, problem=problem)))


def _check(settings: Settings) -> None:
    """Refuses a scheduler that never could do anything, before the first beat.

    Raises:
        UsageError: as `can_spread`.
    """
    if settings.service.scheduler:
        can_spread(settings, settings.service.scheduler)


def heartbeats(stop: Event, every: float) -> Iterator[float]:
    """A beat at once and then every so many seconds, however the clock is set, until `stop` is set."""
    following = time.monotonic()
    while not stop.wait(max(0.0, following - time.monotonic())):
        yield following
        following = max(following + every, time.monotonic())
