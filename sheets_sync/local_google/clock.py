"""The server's clock, which a rehearsal or a test may move while the server runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of the machine's clock."""
    return datetime.now(UTC)


class MovableClock:
    """Shows what its base shows, and as much more or less as it was set apart from it."""

    def __init__(self, base: Clock = utc_now) -> None:
        self._base, self._ahead = base, timedelta()

    def __call__(self) -> datetime:
        return self._base() + self._ahead

    def set(self, now: datetime) -> None:
        """From this moment on it is `now`, and time passes as the base's does.

        Raises:
            ValueError: `now` has no time zone.
        """
        if now.tzinfo is None:
            raise ValueError(f"{now} has no time zone; give one, like 2024-11-05T08:00+07:00.")
        self._ahead = now - self._base()
