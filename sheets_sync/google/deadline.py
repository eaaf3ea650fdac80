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
    sock: Any

    def getresponse(self) -> BaseHTTPResponse:
        watch = Timer(self.within, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            return super().getresponse()  # type: ignore[misc,no-any-return] # of the connection beside this class
        finally:
            watch.cancel()

    def _give_up(self) -> None:
        """Ends the wait: whoever reads sees a connection that was closed."""
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
        super().init_poolmanager(*arguments, **named)  # type: ignore[no-untyped-call]
        self.poolmanager.pool_classes_by_scheme = _pools(self._seconds)
