"""By itself for years: a changed configuration, an end within seconds, a copy each night, an upgrade that can be undone."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
import sqlalchemy
from installation import Installation, installation
from office_days import beat
from snapshot import Kept

from sheets_sync.errors import StoreError
from sheets_sync.jobs.run import backup_job
from sheets_sync.jobs.unattended.health import HealthBoard
from sheets_sync.jobs.unattended.serve import Reins, Service, reloaded, serve_once
from sheets_sync.local_google.faults import FaultKind, Rule
from sheets_sync.store.upgrade import bring_up_to_date


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A fresh installation."""
    with installation(tmp_path_factory.mktemp("office"), now="2024-11-04T08:00+07:00") as fresh:
        yield Kept.of(fresh)


def test_a_changed_configuration_is_used_only_if_it_can_be(here: Installation) -> None:
    """What the files say now holds from the next beat on; what can't be used is told, and the old one goes on."""
    with here.app() as app:
        reins = Reins()
        service = Service(app, reins, HealthBoard(here.clock), here.settings)
        service.once()
        here.configure("service.yaml", sync_every=5)
        reins.reload.set()
        service.once()
        taken = service.app.settings.service.sync_every
        here.configure("service.yaml", sync_every=0)
        reins.reload.set()
        service.once()
        kept, told = service.app.settings.service.sync_every, service.watch.configuration
        assert service.board.health is not None
        wrong = [key for key, _ in service.board.health.wrong]
        here.configure("service.yaml", sync_every=7)
        reins.reload.set()
        service.once()
    assert (taken, kept, service.app.settings.service.sync_every) == (5, 5, 7)
    assert "sync_every" in str(told)
    assert "configuration" in wrong
    assert service.watch.configuration is None


def test_the_mail_servers_login_of_the_files_holds_after_they_are_read_again(here: Installation) -> None:
    """Who logs in, and the file of the password, are those of mail.yaml, as when the service began."""
    here.configure("mail.yaml", username="laporan", password_file="smtp.txt")
    with here.app() as app:
        login = reloaded(app, here.settings()).mail_login
    assert (login.username, login.password_file) == ("laporan", here.place.config / "smtp.txt")


def test_sigterm_ends_it_within_seconds_though_google_stalls(here: Installation) -> None:
    """A read that gets no answer does not hold the process; SIGHUP does not end it."""
    here.google.conditions.rules.append(Rule(FaultKind.STALL, "sheets.spreadsheets.get", times=None, seconds=600))
    environment = {**os.environ, "SHEETS_SYNC_GOOGLE_ENDPOINT": here.google.url}
    words = ["--config", str(here.place.config), "--now", "2024-11-04T08:00", "run"]
    running = subprocess.Popen([sys.executable, "-m", "sheets_sync", *words], env=environment, stderr=subprocess.PIPE)
    try:
        _until(running, lambda: here.google.conditions.struck[FaultKind.STALL] > 0)
        running.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        assert running.poll() is None
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)  # a stalled read alone would take 180
    finally:
        running.kill()
    assert running.returncode == 0


def _until(running: subprocess.Popen[bytes], happened: object) -> None:
    deadline = time.monotonic() + 120
    while not happened():  # type: ignore[operator] # a function of no arguments
        assert running.poll() is None, running.stderr and running.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
def test_each_night_there_is_a_copy_that_opens(here: Installation) -> None:
    """From the first night on, once a night; the copy is sound and has what the store has."""
    nights = []
    for hours in (0, 1, 18, 1, 1, 23):  # 8:00, 9:00, 3:00 the next day, 4:00, 5:00, 4:00
        here.clock.now += timedelta(hours=hours)
        nights.append("backup" in beat(here))
    assert nights == [False, False, True, False, False, True]
    copies = sorted(here.settings().backups.iterdir())
    assert [copy.name for copy in copies] == ["store-2024-11-05.sqlite3", "store-2024-11-06.sqlite3"]
    with closing(sqlite3.connect(copies[-1])) as opened:
        assert opened.execute("SELECT count(*) FROM libraries").fetchone() == (4,)


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
def test_a_backup_that_fails_leaves_the_old_ones_and_is_told(here: Installation) -> None:
    """No room, a folder that is none: an error that says so, and nothing half-written that looks like a backup."""
    here.configure("store.yaml", backup={"folder": "/dev/full/backups"})
    beat(here)
    with here.app() as app, pytest.raises((StoreError, OSError)):
        backup_job(app)


@pytest.mark.sqlite("PostgreSQL is backed up and restored by its own tools")
def test_an_upgrade_keeps_a_copy_of_the_store_before_it(here: Installation) -> None:
    """What an older program made is kept beside the store, as it was."""
    store = here.settings().data / "store.sqlite3"
    store.unlink()  # it has the tables of today
    older = sqlalchemy.create_engine(f"sqlite:///{store}")
    bring_up_to_date(older, "0010")
    with older.begin() as connection:
        connection.exec_driver_sql("INSERT INTO facts (name, value) VALUES ('old', '1')")
    older.dispose()
    here.sync()
    [kept] = store.parent.glob("store.sqlite3.before-upgrade-of-*")
    with closing(sqlite3.connect(kept)) as opened:
        assert opened.execute("SELECT version_num FROM alembic_version").fetchone() == ("0010",)
        assert opened.execute("SELECT value FROM facts WHERE name = 'old'").fetchone() == (1,)


def test_a_timer_does_the_same(here: Installation) -> None:
    """One beat and an end, as a timer would have it."""
    with here.app() as app:
        serve_once(app)
        assert app.store.runs.last("sync") is not None
