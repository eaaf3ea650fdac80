"""The clock in one's hand: the program's and the local Google's show the same, and it goes on by itself."""

from __future__ import annotations

from datetime import datetime

from sheets_sync.clock import Clock, clock_from


class HandClock:
    """A clock that may be set forward while it runs."""

    def __init__(self, start: datetime) -> None:
        self._clock: Clock = clock_from(start)

    def __call__(self) -> datetime:
        return self._clock()

    def set(self, moment: datetime) -> None:
        """From now on it is that moment."""
        self._clock = clock_from(moment)
