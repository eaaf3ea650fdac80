"""How far a run is, over all of its workbooks, told from whichever thread got further."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from sheets_sync.jobs.forecast import Forecast


class Progress(Protocol):
    """Who is told how far the work is."""

    def begins(self, forecast: Forecast) -> None:
        """So many workbooks, in so much time."""

    def done(self, count: int) -> None:
        """So many of them are read by now."""


class Silent:
    """Tells nobody."""

    def begins(self, forecast: Forecast) -> None:
        pass

    def done(self, count: int) -> None:
        pass


silent: Progress = Silent()


class Tally:
    """Counts what is read, office by office; each counts for as many as were forecast, whatever becomes of it."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._count, self._lock = progress, 0, threading.Lock()

    def add(self, count: int) -> None:
        """So many more."""
        with self._lock:
            self._count += count
            self._progress.done(self._count)

    def share(self, of: int) -> tuple[Callable[[], None], Callable[[], None]]:
        """Two calls for an office that reads so many: one is read; it is through, so the rest counts, too."""
        left = iter(range(of))
        return (lambda: self.add(1) if next(left, None) is not None else None), (lambda: self.add(len(list(left))))
