"""The wire under all that is spoken over a network: an answer has a deadline as a whole, a long message has time.

A socket's timeout begins anew with every byte that is received: whoever sends one now and then would be waited for without
end, and so would one whose answer goes on and on. For what is sent it is the other way round: the timeout is for all of
it, and two megabytes over a village's line would never arrive.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PART = 1 << 16  # bytes that are sent at once; each part has the time of a whole answer


class _Raw(io.RawIOBase):
    """Bytes of a socket as they come, until a moment."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._bytes = sock, sock.makefile("rb", buffering=0)
        self.pause, self.until = 0.0, 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        wait = min(self.pause, self.until - time.monotonic())
        if wait <= 0:
            raise TimeoutError("timed out")
        if wait != self._sock.gettimeout():
            self._sock.settimeout(wait)
        return self._bytes.readinto(buffer)

    def close(self) -> None:
        self._bytes.close()
        super().close()


class TimedFile(io.BufferedReader):
    """What comes over a socket, to be read like a file. What is not there in time is a `TimeoutError`.

    A connection that breaks before is broken, as on any file; what would have come later is not seen.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket_bytes = _Raw(sock)
        super().__init__(self._socket_bytes)

    def within(self, seconds: float, pause: float | None = None) -> None:
        """An answer begins: it has so many seconds as a whole, of which nothing may come for `pause`."""
        self._socket_bytes.until = time.monotonic() + seconds
        self._socket_bytes.pause = pause or seconds


def parts(data: bytes) -> Iterator[memoryview]:
    """A message in parts, each of which the socket's timeout is for."""
    view = memoryview(data)
    return (view[at : at + PART] for at in range(0, len(view), PART))
