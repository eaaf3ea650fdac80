"""Where threads compute in turn, so that many may wait for Google and few are in one another's way.

Python computes in one thread at a time, whatever their number: threads that all have something to compute only take the
processor from each other, each finds its caches full of the other's, and every statement to the store is a chance to lose
the turn. So whoever computes has a seat, and gets up for as long as he waits for Google.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

SEATS = 1


class Seats:
    """So many seats for all threads of a process."""

    def __init__(self, number: int = SEATS) -> None:
        self._free, self._here = threading.Semaphore(number), threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """This thread sits there while it is open, once a seat is free."""
        with self._free:
            self._here.sits = True
            try:
                yield
            finally:
                self._here.sits = False

    @contextmanager
    def left(self) -> Iterator[None]:
        """A seat that this thread has is free for others while it is open; who has none goes on as he is."""
        if not getattr(self._here, "sits", False):
            yield
            return
        self._here.sits = False
        self._free.release()
        try:
            yield
        finally:
            self._free.acquire()
            self._here.sits = True
