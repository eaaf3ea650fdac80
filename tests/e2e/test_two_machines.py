"""Two machines run the service on one store: each office is read, reported and mailed once, whoever is the faster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email import message_from_bytes
from pathlib import Path
from threading import Barrier, Event

import postgres
import pytest
from installation import Installation
from office_days import EVERYBODY, it_is, mails, reporting_office

from sheets_sync.app import App
from sheets_sync.demo import people
from sheets_sync.jobs.service import beat
from sheets_sync.mail.ledger import DeliveryState

pytestmark = pytest.mark.postgres
READ = "sheets.spreadsheets.get"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """The evening before October's report, with a store that several machines could share."""
    monkeypatch.setenv(postgres.CHOSEN, "postgresql")
    with reporting_office(tmp_path) as office:
        yield office


def machines(here: Installation, opened: ExitStack) -> list[App]:
    """Two of them: each has a folder of its own for its locks and files."""
    apps = []
    for name in ("one", "other"):
        here.configure("store.yaml", folder=str(here.place.folder / name))
        apps.append(opened.enter_context(here.app()))
    return apps


def test_two_services_do_everything_once(here: Installation) -> None:
    """Both beat at the report's moment, at the same instant; a figure was typed just before."""
    people.retype(here.person(), "Tangkum", "Oktober", "Pengunjung di tempat", 7)
    it_is(here, "2024-11-06T08:00")
    before, at_once = mails(here), Barrier(2)
    here.google.log.clear()

    def one_beat(app: App) -> None:
        at_once.wait()
        beat(app, Event())

    with ExitStack() as opened, ThreadPoolExecutor(2) as pool:
        apps = machines(here, opened)
        list(pool.map(one_beat, apps))
        states = Counter(line.state for line in apps[0].store.deliveries.of())
    arrived = Counter(message_from_bytes(path.read_bytes())["Message-ID"] for path in here.mailbox.kept.messages)
    assert (here.requests()[READ], set(arrived.values()), set(states)) == (1, {1}, {DeliveryState.SENT})
    assert mails(here) - before == EVERYBODY
