"""Whoever looks sees how things stand: `status`, its exit status, the log, the health file and address."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from installation import Installation
from office_days import beat, reporting_office

from sheets_sync.cli.group import run_cli
from sheets_sync.cli.terminal import JsonLine
from sheets_sync.clock import system_clock
from sheets_sync.jobs.unattended.health import HEALTH_FILE, HealthBoard, health_address, health_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """An office that has been reporting, all well."""
    with reporting_office(tmp_path, "2024-11-04T08:00+07:00") as office:
        monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", office.google.url)
        yield office


def command(here: Installation, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """A command at the installation's moment: exit status and what it printed."""
    capsys.readouterr()
    now = here.clock.now.isoformat()
    status = run_cli(["--config", str(here.place.config), "--now", now, *words])
    return status, capsys.readouterr().out


def document(here: Installation, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    return json.loads(command(here, capsys, "--json", *words)[1])


def test_status_says_why_and_what_comes_next(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason of each failure stands beside it; reports and reminders to come have their moments; --check counts."""
    beat(here)
    assert command(here, capsys, "status", "--check")[0] == 0
    coming = {each["name"].split()[0]: each["at"][:16] for each in document(here, capsys, "status")["next"]}
    assert coming == {"sync": "2024-11-04 08:15", "report": "2024-11-06 08:00", "remind": "2024-11-06 08:00"}
    here.google.conditions.fail("503", "drive.*", times=None)
    for _ in range(2):
        here.clock.now += timedelta(hours=7)
        beat(here)
    status, text = command(here, capsys, "status", "--check")
    assert status == 3
    assert "(status 503)" in text
    assert "Google tidak dapat dihubungi" in text
    assert command(here, capsys, "status")[0] == 0
    assert [each["key"] for each in document(here, capsys, "status")["wrong"]] == ["sync google"]


def test_nothing_at_work_is_seen_from_outside(here: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that stands still can tell nobody: `status --check` does."""
    beat(here)
    here.clock.now += timedelta(hours=3)
    assert command(here, capsys, "status", "--check")[0] == 3
    assert [each["key"] for each in document(here, capsys, "status")["wrong"]] == ["idle"]


def test_each_run_is_a_line_in_the_log(here: Installation, caplog: pytest.LogCaptureFixture) -> None:
    """What, how many, how long, and why not; as JSON with the figures by name."""
    caplog.set_level(logging.INFO, "sheets_sync")
    here.clock.now += timedelta(hours=1)
    beat(here)
    [line] = [record for record in caplog.records if record.getMessage().startswith("sync: ")]
    assert "Buku kerja dibaca" in line.getMessage()
    found = json.loads(JsonLine().format(line))
    assert (found["job"], found["status"], found["level"]) == ("sync", 0, "info")
    assert found["unchanged"] or found["read"] or found["adopted"]
    assert found["seconds"] >= 0
    caplog.clear()
    here.google.conditions.fail("503", "drive.*", times=None)
    here.clock.now += timedelta(hours=1)
    beat(here)
    [line] = [record for record in caplog.records if record.getMessage().startswith("sync: ")]
    assert "status 503" in line.getMessage()


def test_health_is_a_file_and_an_address(here: Installation) -> None:
    """The file follows each beat; the address says 200 or 503 and gives Prometheus its figures; a beat missed is seen."""
    beat(here)
    written = json.loads((here.place.folder / "data" / HEALTH_FILE).read_text())
    assert (written["status"], written["wrong"]) == (0, [])
    board = HealthBoard(here.clock)
    with health_address(board, 0) as port:
        url = f"http://127.0.0.1:{port}"
        before = requests.get(f"{url}/health", timeout=10).status_code
        with here.app() as app:
            board.health = health_of(app, ())
        well = requests.get(f"{url}/health", timeout=10).status_code
        metrics = requests.get(f"{url}/metrics", timeout=10).text
        here.clock.now += timedelta(hours=1)
        late = requests.get(f"{url}/health", timeout=10).status_code
        other = requests.get(f"{url}/", timeout=10).status_code
    assert (before, well, late, other) == (503, 200, 503, 404)
    assert "sheets_sync_well 1.0" in metrics
    assert 'sheets_sync_last_run_status{of="sync"} 0.0' in metrics
    assert 'sheets_sync_deliveries{of="sent"} 6.0' in metrics


def test_the_address_ends_with_what_goes_wrong() -> None:
    """Whatever ends the service, nobody answers at its address any more, and no thread is left behind."""
    with suppress(KeyError), health_address(HealthBoard(system_clock), 0):
        raise KeyError
    assert "health" not in {thread.name for thread in threading.enumerate() if thread.is_alive()}
