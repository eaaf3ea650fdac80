"""Whether a month's figures arrived in time, as far as that is known. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sheets_sync.model import Period
from sheets_sync.office import Office


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When a month's figures were seen.

    `due` is the end of the due day, where the office is; `first` says when each library's month was first seen with a
    figure in it; `looks` are the moments of the good syncs since the due day, oldest first.
    """

    due: datetime
    now: datetime
    first: Mapping[str, datetime]
    looks: Sequence[datetime]

    def on_time(self, library: str) -> bool | None:
        """Whether the month arrived by its due day; None while that is not known.

        It stays unknown for imported history, and where no sync looked between the due day and the first sight.
        """
        first = self.first.get(library)
        if first is not None and first <= self.due:
            return True
        until = first if first is not None else self.now
        return False if any(self.due < look < until for look in self.looks) else None


def due_moment(office: Office, period: Period) -> datetime:
    """The end of the day by which a month's figures should be in."""
    return datetime.combine(office.due(period), time.max, office.zone)
