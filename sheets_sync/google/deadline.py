"""HTTP on a wire with deadlines: a whole answer has one, and a request takes as long as its line is slow."""

from __future__ import annotations

import socket
from http.client import HTTPResponse
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from sheets_sync.wire import TimedFile, parts


class _Timed:
    """What both kinds of connection do when a request goes, and when its answer comes."""

    within: float = 240.0  # seconds
    sock: Any

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()  # type: ignore[attr-defined] # of the connection beside this class
        self.sock.settimeout(self.within)  # until now it is that of connecting
        for part in parts(data) if isinstance(data, bytes) else [data]:
            super().send(part)  # type: ignore[misc] # as above

    def response_class(self, sock: socket.socket, *arguments: Any, **named: Any) -> HTTPResponse:
        """An answer that begins now, a proxy's too: `http.client` makes each of its own from the socket's file."""
        return HTTPResponse(_Files(sock, self.within), *arguments, **named)  # type: ignore[arg-type] # all it asks for


class _Files:
    """A socket as `http.client` sees it when it makes an answer."""

    def __init__(self, sock: socket.socket, within: float) -> None:
        self._sock, self._within = sock, within

    def makefile(self, _mode: str) -> TimedFile:
        file = TimedFile(self._sock)
        file.within(self._within, self._sock.gettimeout())
        return file


def _pools(seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    plain = type("TimedConnection", (_Timed, HTTPConnection), {"within": seconds})
    safe = type("TimedSafeConnection", (_Timed, HTTPSConnection), {"within": seconds})
    return {
        "http": type("TimedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TimedSafePool", (HTTPSConnectionPool,), {"ConnectionCls": safe}),
    }


class DeadlineAdapter(HTTPAdapter):
    """`requests` on such connections."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = _pools(self._seconds)
