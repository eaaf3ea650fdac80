"""Connections on which an answer's beginning has a deadline, too.

A timeout of a socket begins anew with every byte. Whoever sends a header's byte now and then would be waited for without
end; the body has its own watch (`patience.take_within`).
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


class _Watched:
    """What both kinds of connection do while the status line and the headers come."""

    within: float = 240.0  # seconds
    late = False
    sock: Any

    def getresponse(self) -> BaseHTTPResponse:
        watch = Timer(self.within, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            response: BaseHTTPResponse = super().getresponse()  # type: ignore[misc] # of the connection beside this class
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
