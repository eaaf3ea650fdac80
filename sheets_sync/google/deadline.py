"""Connections on which an answer's beginning has a deadline, and a request may take as long as its line is slow.

A socket's timeout begins anew with every byte that is received. Whoever sends a header's byte now and then would be waited
for without end; the body has its own watch (`patience.take_within`). For what is sent it is the other way round: the timeout
is for all of it, and that of connecting. Two megabytes over a village's line would never arrive.
"""

from __future__ import annotations

import contextlib
import socket
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

_PART = 1 << 16  # bytes; each part of a request has the time of a whole answer's beginning


class _Watched:
    """What both kinds of connection do while a request goes, and while the status line and the headers come."""

    within: float = 240.0  # seconds
    late = False
    sock: Any

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()  # type: ignore[attr-defined] # of the connection beside this class
        self.sock.settimeout(self.within)
        parts = [data[at : at + _PART] for at in range(0, len(data), _PART)] if isinstance(data, bytes) else [data]
        for part in parts:
            super().send(part)  # type: ignore[misc] # as above

    def getresponse(self) -> BaseHTTPResponse:
        watch = Timer(self.within, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            response: BaseHTTPResponse = super().getresponse()  # type: ignore[misc] # as above
        finally:
            watch.cancel()
        if self.late:  # what was there by then looks like an answer, and is not one
            raise TimeoutError
        return response

    def _give_up(self) -> None:
        """Ends the wait: whoever reads sees a connection that was closed."""
        self.late = True
        if self.sock is not None:
            with contextlib.suppress(OSError):  # it is closed already
                self.sock.shutdown(socket.SHUT_RDWR)


def _pools(seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    plain = type("WatchedConnection", (_Watched, HTTPConnection), {"within": seconds})
    safe = type("WatchedSafeConnection", (_Watched, HTTPSConnection), {"within": seconds})
    return {
        "http": type("WatchedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("WatchedSafePool", (HTTPSConnectionPool,), {"ConnectionCls": safe}),
    }


class DeadlineAdapter(HTTPAdapter):
    """`requests` on such connections."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = _pools(self._seconds)
