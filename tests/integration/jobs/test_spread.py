"""A sync spread over machines: the workers of a scheduler do it, with a store on PostgreSQL that all of them share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import dask
import postgres
import pytest
from distributed import LocalCluster, Worker
from distributed.security import Security
from many_offices import Crowd, many_offices

from sheets_sync.app import App
from sheets_sync.demo.mailbox.certificate import write_certificate
from sheets_sync.errors import SchedulerError, TroubleKind, UsageError
from sheets_sync.jobs import spread as job
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.progress import silent
from sheets_sync.jobs.run import sync_job
from sheets_sync.jobs.spread import spread, spread_or_here
from sheets_sync.jobs.unattended.service import beat
from sheets_sync.jobs.worker import worker

pytestmark = pytest.mark.postgres
READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """Four offices of two credentials, nothing synced yet."""
    folder: Path = tmp_path_factory.mktemp("crowd")
    with postgres.database() as url, many_offices(folder, 4, 2, store_url=url, attempts=1) as here:
        yield here


@pytest.fixture
def app(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """This machine; a worker finds its configuration by the same variables."""
    for name, value in (
        ("CONFIG", crowd.place.config),
        ("GOOGLE_ENDPOINT", crowd.google.url),
        ("STORE_URL", crowd.store_url),
    ):
        monkeypatch.setenv(f"SHEETS_SYNC_{name}", str(value))
    with crowd.app() as app:
        yield app
    worker.close()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[Worker]]]:
    """The address of a scheduler and its two workers; who has no certificate of ours does not reach it."""
    ours = str(write_certificate(folder / "ours.pem"))  # key and certificate, which vouches for itself
    names = [f"{who}.{part}" for who in ("client", "scheduler", "worker") for part in ("cert", "key")]
    quiet = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": ":0"}
    with (
        dask.config.set({f"distributed.comm.tls.{name}": ours for name in ("ca-file", *names)}),
        LocalCluster(protocol="tls://", security=Security(), **quiet) as made,
    ):
        yield made.scheduler_address, list(made.workers.values())


def by_scheduler(app: App, address: str) -> App:
    """As with `scheduler` in service.yaml."""
    service = app.settings.service.model_copy(update={"scheduler": address})
    return replace(app, settings=replace(app.settings, service=service))


def test_workers_do_what_one_machine_does(crowd: Crowd, app: App, tmp_path: Path) -> None:
    """A beat of the service: every office is read and written once by a worker, not by us; then nothing is left to do here."""
    crowd.google.log.clear()
    with cluster(tmp_path) as (address, workers):
        beat(by_scheduler(app, address), Event())
        looking = [each.periodic_callbacks["profile"].is_running() for each in workers]
    assert looking == [False, False], "on Python 3.11 whoever looks may stop for good"
    last = app.store.runs.last("sync")
    assert last is not None
    assert (last.status, last.detail["counts"], app._clients) == (
        0,
        {"read": 4, "adopted": 0, "unchanged": 0, "written": 4},
        {},
    )
    assert (crowd.google.log.count(READ), crowd.google.log.count(WRITE)) == (4, 4)
    again = sync_job(app)
    assert (again.read, again.written, len(again.adopted)) == ((), {}, 4)


def test_without_its_scheduler_a_service_does_the_work_itself(
    crowd: Crowd, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures come in time; the operator is told of it, as of one trouble that lasts until the scheduler is back."""
    monkeypatch.setattr(job, "_JOIN", 0.3)
    for code in crowd.workbooks:
        crowd.retype(code, 123)
    outcome = spread_or_here(app, SyncOrder(), silent, "tcp://127.0.0.1:9")
    assert set(outcome.read) == set(crowd.workbooks.values())
    assert [(each.about, each.kind) for each in outcome.failures] == [("", TroubleKind.SCHEDULER)]


def test_a_credential_that_another_machine_is_at_work_with_is_left(crowd: Crowd, app: App) -> None:
    """Its offices are named, the others are done; the next run takes them."""
    for code in crowd.workbooks:
        crowd.retype(code, 321)
    account = crowd.google.account("key-1").email
    with crowd.app() as elsewhere, elsewhere.store.exclusive(f"account {account}") as held:
        assert held
        first = sync_job(app)
    theirs = {code for code, key in crowd.credentials.items() if key == "key-1"}
    assert (set(first.left), first.status, len(first.read)) == (theirs, 3, 2)
    second = sync_job(app)
    assert {crowd.workbooks[code] for code in theirs} == set(second.read)


def test_a_scheduler_that_is_away_is_told(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends in time, and says what to do."""
    monkeypatch.setattr(job, "_JOIN", 0.3)
    with pytest.raises(SchedulerError):
        spread(app, SyncOrder(), "tcp://127.0.0.1:9")


@pytest.mark.sqlite("that it is one")
def test_a_store_in_a_file_is_not_shared(tmp_path: Path) -> None:
    """Several machines would each have their own truth."""
    with many_offices(tmp_path, 1) as here, here.app() as app, pytest.raises(UsageError):
        spread(app, SyncOrder(), "tcp://127.0.0.1:9")
