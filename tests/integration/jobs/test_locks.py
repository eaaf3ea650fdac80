"""A job runs once at a time: on one machine by a lock of files, over several by the store they share."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy

from sheets_sync.errors import BusyError
from sheets_sync.jobs.locks import single_instance
from sheets_sync.store import Store

HOLD = """
import sys, time
from pathlib import Path
from sheets_sync.jobs.locks import single_instance
from sheets_sync.store import Store
with single_instance(Path(sys.argv[1]), "mail", store=Store(sys.argv[2])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def address(new_postgres: Callable[[], str]) -> str:
    """A store on a server that several machines could share."""
    return new_postgres()


@pytest.fixture
def shared(address: str) -> Iterator[Store]:
    store = Store(address)
    yield store
    store.close()


@pytest.fixture
def elsewhere(shared: Store, address: str, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another machine, with its own folder, that is at work on the same store's mail."""
    assert shared is not None
    words = [sys.executable, "-c", HOLD, str(tmp_path / "elsewhere"), address]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.postgres
def test_two_machines_do_not_run_one_job_at_once(
    shared: Store, elsewhere: subprocess.Popen[str], tmp_path: Path
) -> None:
    """What another machine is at work on is not begun here, other jobs are."""
    with pytest.raises(BusyError), single_instance(tmp_path, "mail", store=shared):
        pass
    with single_instance(tmp_path, "sync", store=shared):
        assert elsewhere.poll() is None


@pytest.mark.postgres
def test_a_machine_that_is_killed_lets_go(shared: Store, elsewhere: subprocess.Popen[str], tmp_path: Path) -> None:
    """After `kill -9` nobody has to tidy up: whoever waits gets the job."""
    elsewhere.send_signal(signal.SIGKILL)
    with single_instance(tmp_path, "mail", wait=60, store=shared):
        assert elsewhere.wait() != 0


@pytest.mark.postgres
def test_a_connection_that_is_cut_lets_go(
    shared: Store, address: str, elsewhere: subprocess.Popen[str], tmp_path: Path
) -> None:
    """Where the server ends the holder's connection, the job can be begun elsewhere."""
    engine = sqlalchemy.create_engine(address)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database WHERE datname = current_database() AND locktype = 'advisory'"
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(cut))
    engine.dispose()
    with single_instance(tmp_path, "mail", wait=60, store=shared):
        assert elsewhere.poll() is None


def test_a_job_ends_whatever_it_met(tmp_path: Path) -> None:
    """A failure lets go of the lock: the next one begins, and while one is at work no other does."""
    with pytest.raises(RuntimeError), single_instance(tmp_path, "sync"):
        raise RuntimeError
    with single_instance(tmp_path, "sync"), pytest.raises(BusyError), single_instance(tmp_path, "sync"):
        pass
