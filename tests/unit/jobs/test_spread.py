"""Which schedulers work is handed to, who does a service's syncs, and what a worker keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from places import write

from sheets_sync.app import open_app
from sheets_sync.clock import system_clock
from sheets_sync.demo.place import prepare
from sheets_sync.jobs.rounds import held
from sheets_sync.jobs.spread import is_guarded, parts_of
from sheets_sync.jobs.worker import Worker
from sheets_sync.settings import Environment, load_settings


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


def test_two_keys_of_an_account_are_one_part(tmp_path: Path) -> None:
    """On two machines, or in one run, they would keep each other out of the account, and one's offices be left each time."""
    place, codes = prepare(tmp_path), ("a", "b", "c", "d")
    keys = {"a": "one@x.example", "b": "two@x.example", "c": "one@x.example"}
    (place.config / "office.yaml").unlink()
    (place.config / "reports.yaml").unlink()
    for code in codes:
        about = f"code: {code}\nname: {code}\nworkbook: {code}-workbook-0123456789\nkey_file: {code}.json\n"
        write(place.config / "offices" / f"{code}.yaml", about)
        if code in keys:
            write(place.config / f"{code}.json", json.dumps({"client_email": keys[code], "private_key": "x"}))
    settings = load_settings(place.config, Environment())
    with open_app(settings, system_clock) as app:
        assert parts_of(app) == [("a", "c"), ("b",), ("d",)]


class OneForEach:
    """A store that gives a name once while it is held, as PostgreSQL gives it to one connection."""

    def __init__(self, *taken: str) -> None:
        self.held = set(taken)

    @contextmanager
    def exclusive(self, name: str) -> Iterator[bool]:
        got = name not in self.held
        self.held.add(name)
        yield got


def test_a_run_is_not_kept_out_by_itself() -> None:
    """Another machine's account is left; two keys of one account that is free are both worked with."""
    names = ("one", "two", "one")
    office = SimpleNamespace(office=SimpleNamespace(code="kab"))
    rounds = [SimpleNamespace(google=SimpleNamespace(account=name), works=[office]) for name in names]
    for taken, expected in ((), names), (("account two",), ("one", "one")), (("account one",), ("two",)):
        with held(SimpleNamespace(store=OneForEach(*taken)), rounds) as (ours, busy):  # type: ignore[arg-type] # what is asked of them
            assert tuple(each.google.account for each in ours) == expected
            assert len(busy.left) == len(names) - len(expected)


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
