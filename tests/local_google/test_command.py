"""The command `local-google`, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path

import requests


@contextmanager
def running(*words: str) -> Iterator[str]:
    """The address of a server that the command has started."""
    command = [sys.executable, "-m", "sheets_sync", "local-google", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def test_its_date_follows_the_time_that_is_asked_for(tmp_path: Path) -> None:
    """With `--now` a rehearsal finds the Date of every answer where its own clock is."""
    with running("--now", "2024-11-05T08:00+07:00", "--key-file", str(tmp_path / "key.json")) as url:
        date = parsedate_to_datetime(requests.get(f"{url}/drive/v3/files", timeout=20).headers["Date"])
    assert (date.year, date.month, date.day, date.hour) == (2024, 11, 5, 1)
