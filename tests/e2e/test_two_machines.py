"""Two machines run the service on one store: each office is read, reported and mailed once, whoever is the faster."""

from __future__ import annotations

import platform
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event

import postgres
import pytest
from bench_two_services import BEFORE, LOGIN, machines_of, reporting_offices, second_report_is_due, told
from many_offices import MOMENT

from sheets_sync.demo.place import Place
from sheets_sync.jobs import locks
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.unattended.service import beat
from sheets_sync.store import Store

pytestmark = pytest.mark.postgres


def test_two_services_do_everything_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both beat at the same instant over the same offices, twice: each is read, written and mailed once, by either."""
    monkeypatch.setattr(locks, "_LOOK", 0.02)
    for name in ("username", "password"):
        monkeypatch.setenv(f"SHEETS_SYNC_SMTP_{name.upper()}", getattr(LOGIN, name))
    with postgres.database() as url, reporting_offices(tmp_path, 3, url) as (here, mailbox, moment):
        with here.app() as app:
            for office in app.settings.offices:
                report_job(app, office, BEFORE)
        second_report_is_due(here, moment)
        before, at_once = len(mailbox.kept.messages), Barrier(2)

        def two_beats(place: Place) -> None:
            with replace(here, place=place).app(moment) as app:
                for _ in range(2):
                    at_once.wait()
                    beat(app, Event())

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(two_beats, list(machines_of(here))))
        found = told(here, mailbox.kept.messages[before:])
    writes = found.pop("offices by writes")  # the pages, that a report has gone out, and perhaps pages that tell it
    assert writes.keys() <= {2, 3}
    assert found == {"offices by reads": {1: 3}, "mails by copies": {1: 3}, "ledger": {"sent": 3}}


def test_each_machine_has_a_clock_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """One's that is five hours off neither stops the other's reports nor passes for right because the other's is."""
    with postgres.database() as url, closing(Store(url)) as store:
        for name, off in (("one", timedelta(hours=5)), ("two", timedelta(seconds=1))):
            monkeypatch.setattr(platform, "node", lambda name=name: name)
            assert store.clock_off() is None
            store.note_clock(off)
        found = {}
        for name in ("one", "two"):
            monkeypatch.setattr(platform, "node", lambda name=name: name)
            found[name] = (store.clock_off(), store.reporting("kab", MOMENT).clock_off)
    assert found == {"one": (timedelta(hours=5),) * 2, "two": (timedelta(seconds=1),) * 2}
