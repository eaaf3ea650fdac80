"""The server ends when it is told to: what is under way is answered, what waits is hung up on."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from urllib.parse import urlsplit

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.log import Entry

REQUEST = b"GET /v4/spreadsheets/1 HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def connected(google: LocalGoogle) -> Iterator[socket.socket]:
    """A connection that its client would keep open."""
    with socket.create_connection(("127.0.0.1", urlsplit(google.url).port or 0), timeout=20) as connection:
        yield connection


def rest(connection: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_request_under_way_is_answered_in_full() -> None:
    """Who asked before the server was told to end gets the answer, and then the end of the connection."""
    google, asked, told = LocalGoogle(), Event(), Event()

    def hold(_: Entry) -> None:
        asked.set()
        told.wait(20)

    google.log.watch(hold)
    google.start()
    with connected(google) as connection:
        connection.sendall(REQUEST)
        assert asked.wait(20)
        ending = Thread(target=google.stop)
        ending.start()
        told.set()
        answer = rest(connection)
    ending.join()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 401 ")
    assert f"content-length: {len(body)}".encode() in head.lower()


def test_an_idle_connection_is_hung_up_on() -> None:
    """A client that asks nothing does not hold the server up, even if it came just before the end."""
    with LocalGoogle() as google, connected(google) as idle:
        idle.sendall(REQUEST)
        idle.recv(65536)
        google.stop()
        assert rest(idle) == b""


def test_whoever_is_just_accepted_is_hung_up_on_too() -> None:
    """Of what were left open Python complains, and the server might wait for it without end."""
    for count in range(5):
        with LocalGoogle() as google:
            address = ("127.0.0.1", urlsplit(google.url).port or 0)
            clients = [socket.create_connection(address, timeout=20) for _ in range(1 + count)]
        for client in clients:
            client.close()
    gc.collect()
