"""Faults of the house itself: its store, and the service that runs or is ended."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

from faults import Scene, opened
from installation import LOGIN
from kills import make_older
from processes import Nursery, Place, nursery
from pydantic import SecretStr
from smtp_faults import Faults, FaultyMailbox
from sqlalchemy import event

from sheets_sync.demo import place
from sheets_sync.errors import BusyError
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.run import backup_job
from sheets_sync.jobs.unattended import service
from sheets_sync.jobs.unattended.serve import serve_once
from sheets_sync.mail.files import KeptMail
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailLogin, Security
from sheets_sync.settings import Environment, load_settings
from sheets_sync.store.backup import restore

REPORTS = "06T08:10"  # the beat at which October's reports go out


def pragma(*statements: str) -> Callable[[Scene], None]:
    """The store behaves as SQLite does on such a disk."""

    def inject(stage: Scene) -> None:
        def at_checkout(connection: Any, *_: object) -> None:
            for statement in statements:
                connection.execute(statement)

        stage.kept["listener"] = at_checkout
        event.listen(stage.app.store._engine, "checkout", at_checkout)  # noqa: SLF001 - a disk's faults come from below

    return inject


def disk_well(stage: Scene) -> None:
    """The disk is as it was."""
    event.remove(stage.app.store._engine, "checkout", stage.kept["listener"])  # noqa: SLF001 - as above
    stage.stop()


def lock(stage: Scene) -> None:
    """Another program holds the store."""
    other = sqlite3.connect(_file(stage), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    stage.kept["other"] = other
    pragma("PRAGMA busy_timeout = 2000")(stage)


def unlock(stage: Scene) -> None:
    """And lets it go."""
    stage.kept["other"].close()
    disk_well(stage)


def damage(stage: Scene) -> None:
    """Zeroed pages in the middle of the store, as a dying disk leaves them."""
    stage.kept["backup"] = backup_job(stage.app).path
    with sqlite3.connect(_file(stage)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    with _file(stage).open("r+b") as file:
        file.seek(4096)
        file.write(bytes(_file(stage).stat().st_size - 4096))


def restored(stage: Scene) -> None:
    """A person stops the service, restores the last good backup and starts it again."""
    stage.stop()
    restore(stage.here.settings().store_url, stage.kept["backup"], stage.here.clock.now)


def restored_unasked(stage: Scene) -> None:
    """Somebody brings back the backup of that evening after the reports have gone out."""
    stage.kept["backup"] = backup_job(stage.app).path
    stage.at["06T15:00"] = restored


def _file(stage: Scene) -> Path:
    return stage.here.settings().data / "store.sqlite3"


def older(stage: Scene) -> None:
    """A store whose tables an older program made."""
    stage.stop()
    make_older(stage.here)


def newer(stage: Scene) -> None:
    """A newer program has worked on it; then the old one was installed again."""
    stage.stop()
    stage.kept["revision"] = _revision(stage, "9999")


def newer_again(stage: Scene) -> None:
    """The newer program is back."""
    stage.stop()
    _revision(stage, stage.kept["revision"])


def _revision(stage: Scene, new: str) -> str:
    """The revision before."""
    with closing(sqlite3.connect(_file(stage))) as opened, opened:
        (old,) = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        opened.execute("UPDATE alembic_version SET version_num = ?", (new,))
    return str(old)


def ended(number: int, moment: str, ready: Callable[[Scene, Nursery], object]) -> Callable[[Scene], object]:
    """A service of its own process gets a signal as soon as something is under way; after that it is started again."""

    def now(stage: Scene) -> None:
        stage.stop()
        here = stage.here
        login = MailLogin(username=LOGIN.username, password=SecretStr(LOGIN.password))
        with nursery(Place(here.place.config, here.google.url, login)) as processes:
            child = processes.begin("run", here.clock.now)
            ready(stage, processes)
            began = time.monotonic()
            os.kill(child, number)
            status = processes.ended()
        seconds = time.monotonic() - began
        stage.slowest = max(stage.slowest, seconds)
        stage.worst = f"the service ended with status {status}, {'within ten seconds' if seconds < 10 else 'late'}"
        here.google.conditions.clear()
        here.mailbox.kept = KeptMail(here.place.mail)

    def inject(stage: Scene) -> None:
        stage.at[moment] = now

    return inject


def reading_stalls(stage: Scene, _: Nursery) -> None:
    """A read is under way and gets no answer."""
    rule = stage.here.google.conditions.fail("stall", "sheets.spreadsheets.get", times=None)
    _wait(lambda: rule.seen > 0)


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not until():
        assert time.monotonic() < end, "what is waited for does not come"
        time.sleep(0.02)


def killed_while_mailing(stage: Scene) -> None:
    """SIGKILL while the mail server has a message and has not said so yet."""
    here = stage.here
    first = min(line.key.recipient for line in stage.app.store.deliveries.of())
    name = first.replace("@", "-")  # of the file in which it is kept
    mailbox = FaultyMailbox(here.place.mail, Faults(hang_after_dot=frozenset({first})), LOGIN, Security.STARTTLS)

    def under_way(stage: Scene, _: Nursery) -> None:
        _wait(lambda: any(name in path.name for path in stage.here.mailbox.kept.messages[stage.kept["before"] :]))

    def now(stage: Scene) -> None:
        stage.kept["before"] = len(here.mailbox.kept.messages)
        with mailbox:
            here.configure("mail.yaml", port=mailbox.port)
            ended(signal.SIGKILL, REPORTS, under_way)(stage)
            stage.at.pop(REPORTS)(stage)
        here.configure("mail.yaml", port=here.mailbox.port)

    stage.at[REPORTS] = now


def settled(stage: Scene) -> None:
    """A person has asked the recipient, and says that it arrived."""
    ledger = stage.app.store.deliveries
    for line in ledger.of():
        if line.state is DeliveryState.UNKNOWN:
            ledger.resolve(line.id, DeliveryState.SENT, "arrived", stage.here.clock.now)


def second_service(stage: Scene) -> None:
    """Somebody starts a second one beside it, just before the reports."""

    def now(stage: Scene) -> None:
        with single_instance(stage.app.settings.data, "run"):  # as the running one holds it
            try:
                serve_once(stage.app)
            except BusyError as refused:
                stage.worst = stage.said(refused.message)

    stage.at[REPORTS] = now


def second_store(stage: Scene) -> None:
    """Another computer has the same configuration and a store of its own, and beats first."""
    other = place.Place(stage.folder / "other")
    shutil.copytree(stage.here.place.config, other.config)
    other.configure("store.yaml", {"folder": str(other.folder / "data")})

    def now(stage: Scene) -> None:
        environment = Environment(
            config=other.config, google_endpoint=stage.here.google.url, key_file=None, store_url=None
        )
        app = opened(stage.here, stage.phone, load_settings(other.config, environment))
        service.beat(app, Event())
        stage.worst = "; ".join(map(stage.said, service.hindrances(app)))
        app.close()

    stage.at[REPORTS] = now
