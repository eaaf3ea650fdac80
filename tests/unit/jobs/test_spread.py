"""Which schedulers work is handed to, who does a service's syncs, and what a worker keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheets_sync.clock import system_clock
from sheets_sync.demo.place import prepare
from sheets_sync.jobs.spread import is_guarded
from sheets_sync.jobs.worker import Worker


@pytest.mark.parametrize(
    ("address", "guarded"),
    [
        ("tls://10.0.0.1:8786", True),
        ("wss://dask.example.org", True),
        ("tcp://127.0.0.1:8786", True),
        ("127.0.0.1:8786", True),
        ("localhost:8786", True),
        ("tcp://[::1]:8786", True),
        ("inproc://10.0.0.1/7/1", True),  # within this process
        ("tcp://10.0.0.1:8786", False),
        ("10.0.0.1:8786", False),
        ("ws://dask.example.org", False),
        ("tcp://localhost.example.org:8786", False),
        ("tcp://:8786", False),
        ("", False),
    ],
)
def test_over_a_network_only_who_has_a_certificate_reaches_a_scheduler(address: str, *, guarded: bool) -> None:
    """Whoever reaches it can run programs on every worker: a plain address is one of this computer."""
    assert is_guarded(address) is guarded


def test_a_worker_keeps_its_parts_until_the_configuration_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store and the logins stay open from one part to the next, by the clock of whoever asks; who is at work keeps his."""
    place, worker = prepare(tmp_path), Worker()
    monkeypatch.setenv("SHEETS_SYNC_CONFIG", str(place.config))
    with worker.parts(system_clock) as first:
        pass
    moment = datetime(2024, 11, 5, tzinfo=UTC)
    with worker.parts(lambda: moment) as again:
        assert (again, again.clock()) == (first, moment)
        place.configure("google.yaml", {"threads": 2})
        with worker.parts(system_clock) as second:
            assert (first.settings.google.threads, second.settings.google.threads) == (4, 2)
        assert again.store.runs.last("sync") is None  # it can still be asked
    worker.close()
