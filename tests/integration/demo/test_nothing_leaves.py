"""People of the demo log in at the local Google, and nobody else hears of it."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from sheets_sync.demo import people
from sheets_sync.local_google import LocalGoogle


def test_nothing_leaves_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other name is looked up, in the background neither (google-auth asks Google for the regions of a key)."""
    asked: list[str] = []
    found = socket.getaddrinfo

    def seen(host: Any, *rest: Any, **named: Any) -> Any:
        asked.append(host)
        return found("127.0.0.1" if host != "127.0.0.1" else host, *rest, **named)

    with LocalGoogle() as google:
        workbook, before = people.make_workbook(google), set(threading.enumerate())
        monkeypatch.setattr(socket, "getaddrinfo", seen)
        with people.opened_by(google, people.SECRETARY, workbook) as opened:
            opened.sheet1.update([[1]], "A1")
        for thread in set(threading.enumerate()) - before:
            thread.join(5)
    assert set(asked) == {"127.0.0.1"}
