"""The service: what is due, one at a time, a step that fails stops no other, a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from installation import Installation, installation
from office_days import EVERYBODY, SEPTEMBER, beat, by_hand, it_is, mails, texts, told
from snapshot import Kept

from sheets_sync.errors import BusyError
from sheets_sync.jobs import run
from sheets_sync.jobs.locks import single_instance
from sheets_sync.jobs.unattended import serve, service
from sheets_sync.mail.ledger import DeliveryState


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation on the day before reports go out."""
    with installation(tmp_path_factory.mktemp("office"), now="2024-11-05T23:00+07:00") as fresh:
        yield Kept.of(fresh)


def names(here: Installation) -> list[str]:
    with here.app() as app:
        return [step.name for step in service.due(app)]


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
    by_hand(here, SEPTEMBER)
    later(here, days=4)
    caught_up = beat(here)
    later(here, minutes=1)
    assert "report barito-timur 2024-10" in caught_up
    assert not [name for name in names(here) if name.startswith("report")]
    assert mails(here) == 2 * EVERYBODY


def test_an_offices_first_report_waits_for_a_go_ahead(here: Installation) -> None:
    """On the configured day a new office's report is a person's decision; it is told, and nothing goes out."""
    beat(here)
    later(here, days=1)
    beat(here)
    assert mails(here) == 0
    assert any("go-ahead" in text for text in told(here))


def test_a_step_that_raises_stops_no_other(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync that raises leaves what still is to be sent to be sent in the same beat."""
    by_hand(here, SEPTEMBER)
    with here.app() as app:
        line = app.store.deliveries.of(period=SEPTEMBER)[0]
        app.store.deliveries.resolve(line.id, DeliveryState.PLANNED, "", here.clock())
    later(here, minutes=20)

    def broken(*_: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(service, "sync_job", broken)
    tried = beat(here)
    assert tried == ["sync", "deliver"]
    assert mails(here) == EVERYBODY + 1


def test_a_reminder_goes_to_those_who_have_not_reported_once(here: Installation) -> None:
    """After the due day who has not reported is reminded, once; who has reported is not."""
    by_hand(here)
    here.configure("reports.yaml", send_on=8)  # on the day of the report nobody is reminded
    it_is(here, "2024-12-06T09:00")  # November is due on the 5th, nobody has filled it in
    before = mails(here)
    tried, again = beat(here), beat(here)
    reminded = sorted(to for to, subject, _ in texts(here, before) if "Pengingat" in subject)
    assert [name for name in tried if name.startswith("remind")]
    assert not [name for name in again if name.startswith("remind")]
    assert len(reminded) == len(set(reminded)) == 4


@pytest.mark.incident("reminder-fails")
def test_a_reminder_that_failed_is_tried_again(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that ended before anything was planned does not count."""
    by_hand(here)
    here.configure("reports.yaml", send_on=8)
    it_is(here, "2024-12-06T09:00")

    def broken(*_: object) -> None:
        raise RuntimeError("something nobody thought of")

    with monkeypatch.context() as patched:
        patched.setattr(run, "remind", broken)
        beat(here)
    assert [name for name in beat(here) if name.startswith("remind")]


def test_what_is_due_is_told_in_peoples_words(here: Installation) -> None:
    """What is due is named in the reader's language, not by the names of the log."""
    by_hand(here)
    here.configure("reports.yaml", send_on=8)
    it_is(here, "2024-12-06T09:00")
    here.sync()
    later(here, minutes=15)
    with here.app() as app:
        said = [app.language()(step.told) for step in service.due(app)]
    assert said[0] == "membaca buku kerja"
    assert "pengingat ke-2 untuk November 2024 (Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur)" in said


def test_only_one_service_runs(here: Installation) -> None:
    """A second service ends at once."""
    with single_instance(here.settings().data, "run"), here.app() as app, pytest.raises(BusyError):
        serve.serve(app, serve.Reins())


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
    lines = complaints.decode().splitlines()
    assert (running.returncode, [line for line in lines if not line.startswith("INFO ")]) == (0, [])
    assert any(line.startswith("INFO sync: ") for line in lines)
    with single_instance(here.settings().data, "run"):
        pass
