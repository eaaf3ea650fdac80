"""A village's line: what one sends goes through it slowly, but it never stands still."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PART = 1 << 17  # bytes that go through between two pauses
PAUSE = 0.02  # seconds


@contextmanager
def slow_line(port: int) -> Iterator[int]:
    """A port of this machine behind which is another one; connections are served one after the other."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PART)  # else the kernel takes all at once
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        serving = threading.Thread(target=_serve, args=(listening, port), daemon=True)
        serving.start()
        yield listening.getsockname()[1]
        serving.join(10)  # until both sides have hung up


def _serve(listening: socket.socket, port: int) -> None:
    near, _ = listening.accept()
    with near, socket.create_connection(("127.0.0.1", port)) as far:
        back = threading.Thread(target=_pass_on, args=(far, near, 0.0), daemon=True)
        back.start()
        _pass_on(near, far, PAUSE)
        back.join()


def _pass_on(source: socket.socket, target: socket.socket, pause: float) -> None:
    try:
        while part := source.recv(PART):
            target.sendall(part)
            time.sleep(pause)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # one side hung up
