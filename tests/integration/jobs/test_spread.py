"""A sync spread over machines: the workers of a scheduler do it, with a store on PostgreSQL that all of them share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
from distributed import LocalCluster
from many_offices import Crowd, many_offices

from sheets_sync.app import App
from sheets_sync.errors import SchedulerError, UsageError
from sheets_sync.jobs import spread as job
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.run import sync_job
from sheets_sync.jobs.spread import spread

pytestmark = pytest.mark.postgres


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


def by_workers(app: App, order: SyncOrder, *_: object) -> SyncOutcome:
    """As `sync --scheduler` has it done, with two workers."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        return spread(app, order, cluster.scheduler_address, app.clock())


def test_workers_do_what_one_machine_does(crowd: Crowd, app: App) -> None:
    """Every office is read and written once by whoever has its credential; after it nothing is left to do here."""
    crowd.google.log.clear()
    outcome = sync_job(app, work=by_workers)
    assert (outcome.status, set(outcome.read)) == (0, set(crowd.workbooks.values()))
    assert set(outcome.written) == set(crowd.workbooks.values())
    again = sync_job(app)
    assert (again.read, again.written, len(again.adopted)) == ((), {}, 4)


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
