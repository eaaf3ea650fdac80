"""What a worker of a scheduler keeps from one part to the next: its configuration, its way to the store, its logins.

Opening all that anew would take as long as dozens of small offices; and what Drive told, the quota of the last minute and a
storm that is not over would be forgotten. It is opened anew when a file of the configuration is another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from sheets_sync.app import App, open_app
from sheets_sync.clock import Clock, clock_from, system_clock
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.rounds import left_out
from sheets_sync.jobs.sync import sync
from sheets_sync.settings import Environment, load_settings

Sign = tuple[Environment, frozenset[tuple[Path, int, int]]]


@dataclass(slots=True)
class _Kept:
    """The parts as one state of the configuration has them, and how many are at work with them."""

    sign: Sign
    app: App
    opened: ExitStack
    users: int = 0


class Worker:
    """The parts as a worker has them open; their clock is the one of whoever asked last."""

    def __init__(self) -> None:
        self._lock, self._clock = Lock(), system_clock
        self._kept: _Kept | None = None

    def now(self) -> datetime:
        """The moment."""
        return self._clock()

    @contextmanager
    def parts(self, clock: Clock) -> Iterator[App]:
        """The parts by the configuration as it now is.

        Raises:
            ConfigError: it can't be used.
        """
        environment = Environment()
        sign = environment, _files(environment.config)
        with self._lock:
            self._clock = clock
            if self._kept is None or self._kept.sign != sign:
                self._put_away()
                self._kept = self._open(sign)
            kept = self._kept
            kept.users += 1
        try:
            yield kept.app
        finally:
            with self._lock:
                kept.users -= 1
                if kept is not self._kept and not kept.users:
                    kept.opened.close()

    def close(self) -> None:
        """Lets go of everything that nobody is at work with."""
        with self._lock:
            self._put_away()

    def _open(self, sign: Sign) -> _Kept:
        environment, opened = sign[0], ExitStack()
        settings = load_settings(environment.config, environment)
        return _Kept(sign, opened.enter_context(open_app(settings, self.now)), opened)

    def _put_away(self) -> None:
        """Whoever is the last at work with what is kept closes it."""
        kept, self._kept = self._kept, None
        if kept is not None and not kept.users:
            kept.opened.close()


worker = Worker()


def sync_there(codes: Sequence[str], order: SyncOrder, now: datetime | None) -> SyncOutcome:
    """On a worker: the main job for some offices, with the configuration and the keys that are there."""
    with worker.parts(clock_from(now) if now else system_clock) as app:
        offices = tuple(office for office in app.settings.offices if office.code in codes)
        lacking = tuple(each for each in app.settings.left_out if each.code in codes)  # by the files that are there
        there = replace(app, settings=replace(app.settings, offices=offices, regions=(), left_out=lacking))
        return sync(there, order) if offices else left_out(there, order)


def _files(folder: Path) -> frozenset[tuple[Path, int, int]]:
    """Every file of a folder, when it was changed, and how long it is."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return frozenset((path, about.st_mtime_ns, about.st_size) for path, about in found)
