"""How seldom Python interrupts a job that computes: for garbage, and to let another thread have its turn.

A job makes millions of small values that all live to its end; looking through them is a quarter of its time. Offices at work
side by side that took turns two hundred times a second would each find the processor's caches full of the other's.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

MANY_VALUES = 400_000  # between two looks for garbage; so many take some 40 MB at most
TURN = 0.05  # seconds a thread computes while others wait; whoever waits for an answer waits much longer

Usual = tuple[tuple[int, int, int], float]


class Interruptions:
    """The process's own: few while any job is at work, and as before once the last is done, in whatever order they end."""

    def __init__(self) -> None:
        self._lock, self._at_work = Lock(), 0
        self._usual: Usual = gc.get_threshold(), sys.getswitchinterval()

    @contextmanager
    def few(self) -> Iterator[None]:
        """While this is open Python looks for garbage seldom, not at all among what was there before; turns are long."""
        with self._lock:
            self._at_work += 1
            if self._at_work == 1:
                self._begin()
        try:
            yield
        finally:
            with self._lock:
                self._at_work -= 1
                if not self._at_work:
                    self._end()

    def _begin(self) -> None:
        self._usual = gc.get_threshold(), sys.getswitchinterval()
        gc.freeze()
        gc.set_threshold(MANY_VALUES, 20, 50)
        sys.setswitchinterval(TURN)

    def _end(self) -> None:
        looks, turn = self._usual
        sys.setswitchinterval(turn)
        gc.set_threshold(*looks)
        gc.unfreeze()


few_interruptions = Interruptions().few
