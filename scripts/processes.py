"""The processes that `kills.py` and `faults.py` end: forked off one that has loaded everything and does nothing itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType

import alembic.command  # noqa: F401 - loaded once for all of them

from sheets_sync.app import App, open_app
from sheets_sync.jobs.run import backup_job, report_job, sync_job
from sheets_sync.jobs.unattended.serve import Reins, serve
from sheets_sync.mail.options import MailLogin
from sheets_sync.model import Period
from sheets_sync.settings import Environment, Settings, load_settings

OCTOBER = Period(2024, 10)


def sync(app: App) -> None:
    """The main job."""
    sync_job(app)


def report(app: App) -> None:
    """October's report, as a person asks for it: it reads, seals, marks and mails."""
    report_job(app, app.settings.offices[0], OCTOBER)


def upgrade(app: App) -> None:
    """Opening the store has brought it up to date."""
    app.store.runs.last("sync")


def run(app: App) -> None:
    """The service; SIGTERM ends it as it ends the command."""
    reins = Reins(app.stopping)
    signal.signal(signal.SIGTERM, lambda *_: reins.stop.set())
    serve(app, reins)


WORKS: Mapping[str, Callable[[App], object]] = MappingProxyType(
    {"sync": sync, "report": report, "backup": backup_job, "upgrade": upgrade, "run": run}
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is done."""

    config: Path
    endpoint: str
    login: MailLogin

    def settings(self) -> Settings:
        """The configuration, read from its files."""
        environment = Environment(config=self.config, google_endpoint=self.endpoint, key_file=None, store_url=None)
        return load_settings(self.config, environment)


@dataclass(frozen=True, slots=True)
class Nursery:
    """Where the processes come from."""

    orders: Connection

    def begin(self, name: str, now: datetime) -> int:
        """A process that begins the work of a name; its id is nobody else's before `ended`."""
        self.orders.send((name, now))
        pid: int = self.orders.recv()
        return pid

    def ended(self) -> int:
        """How the process ended, once it has: its status, or minus the signal."""
        self.orders.send(None)
        status: int = self.orders.recv()
        return status


@contextmanager
def nursery(place: Place) -> Iterator[Nursery]:
    """Open as long as processes are needed."""
    clean = get_context("spawn")  # no thread of ours may be forked
    ours, its = clean.Pipe()
    parent = clean.Process(target=_bear, args=(its, place), daemon=True)
    parent.start()
    its.close()
    with ours:
        yield Nursery(ours)
        ours.send(None)
        parent.join()


def _bear(orders: Connection, place: Place) -> None:
    settings, child = place.settings(), 0
    try:
        while order := orders.recv():
            name, now = order
            child = os.fork() or _work(name, now, settings, place.login)
            orders.send(child)
            orders.recv()
            orders.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    except EOFError:  # who gave the orders is gone
        os.kill(child, signal.SIGKILL)


def _work(name: str, now: datetime, settings: Settings, login: MailLogin) -> int:
    """What the child does; it does not come back."""
    status = 1
    try:
        with open_app(settings, lambda: now, login) as app:
            WORKS[name](app)
        status = 0
    finally:
        os._exit(status)
