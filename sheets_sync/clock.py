"""The clock is a part like any other: handed in, so that rehearsals and tests can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def clock_from(start: datetime) -> Clock:
    """A clock that shows `start` now and goes on from there."""
    ahead: timedelta = start - system_clock()
    return lambda: system_clock() + ahead
