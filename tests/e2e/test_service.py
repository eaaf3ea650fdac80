"""The service: what is due, one at a time, a step that fails stops no other, a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from installation import Installation, installation

from sheets_sync.errors import BusyError
from sheets_sync.jobs import service
from sheets_sync.jobs.locks import single_instance


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    """An installation on the day before reports go out."""
    with installation(tmp_path, now="2024-11-05T23:00+07:00") as fresh:
        yield fresh


def names(here: Installation) -> list[str]:
    with here.app() as app:
        return [step.name for step in service.due(app)]


def beat(here: Installation) -> list[str]:
    with here.app() as app:
        return service.beat(app, Event())


def later(here: Installation, **step: float) -> None:
    here.clock.now += timedelta(**step)


def test_a_sync_is_due_every_so_many_minutes(here: Installation) -> None:
    """A sync is due at once and again after the configured minutes, not before."""
    first = beat(here)
    later(here, minutes=14)
    before = names(here)
    later(here, minutes=1)
    assert (first, before, names(here)) == (["sync"], [], ["sync"])


def test_last_months_reports_go_out_once_on_the_configured_day(here: Installation) -> None:
    """On the configured day the last month's report goes out, once; what a day off missed is caught up."""
    beat(here)
    later(here, days=4)
    caught_up = beat(here)
    later(here, minutes=1)
    assert "report barito-timur 2024-10" in caught_up
    assert not [name for name in names(here) if name.startswith("report")]
    assert len(here.mailbox.kept.messages) == 6


def test_a_step_that_raises_stops_no_other(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync that raises leaves the report to be sent in the same beat."""
    beat(here)
    later(here, days=1)

    def broken(*_: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(service, "sync_job", broken)
    tried = beat(here)
    assert tried[0] == "sync"
    assert len(here.mailbox.kept.messages) == 6


def test_a_reminder_goes_to_those_who_have_not_reported_once(here: Installation) -> None:
    """After the due day who has not reported is reminded, once; who has reported is not."""
    here.clock.now = here.clock.now.replace(
        month=12, day=6, hour=9
    )  # November is due on the 5th, nobody has filled it in
    tried, again = beat(here), beat(here)
    to = [path.name for path in here.mailbox.kept.messages]
    assert [name for name in tried if name.startswith("remind")]
    assert not [name for name in again if name.startswith("remind")]
    assert len([name for name in to if "tangkum" in name]) <= 2  # the month's report and one reminder


def test_what_is_due_is_told_in_peoples_words(here: Installation) -> None:
    """What is due is named in the reader's language, not by the names of the log."""
    here.clock.now = here.clock.now.replace(month=12, day=6, hour=9)
    with here.app() as app:
        told = [app.language()(step.told) for step in service.due(app)]
    assert told[0] == "membaca buku kerja"
    assert "pengingat ke-2 untuk November 2024 (Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur)" in told


def test_only_one_service_runs(here: Installation) -> None:
    """A second service ends at once."""
    with single_instance(here.settings().data, "run"), here.app() as app, pytest.raises(BusyError):
        service.serve(app, Event())


def test_the_service_ends_cleanly_when_told(here: Installation) -> None:
    """`run` syncs, and on SIGTERM ends with status 0 and lets go of its lock."""
    environment = {**os.environ, "SHEETS_SYNC_GOOGLE_ENDPOINT": here.google.url, "PYTHONWARNINGS": "error"}
    words = ["--config", str(here.place.config), "--now", "2024-11-05T23:00", "run"]
    running = subprocess.Popen([sys.executable, "-m", "sheets_sync", *words], env=environment, stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + 120
        while not here.google.log.count("sheets.spreadsheets.batchUpdate", account="sheets-sync@*"):
            assert running.poll() is None, running.stderr and running.stderr.read()
            assert time.monotonic() < deadline
            time.sleep(0.1)
        running.send_signal(signal.SIGTERM)
        _, complaints = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, complaints) == (0, b"")
    with single_instance(here.settings().data, "run"):
        pass
