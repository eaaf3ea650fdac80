"""Whether a month's figures arrived in time, as far as that is known. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sheets_sync.model import Period
from sheets_sync.office import Office


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When a month's figures were seen.

    `due` is the end of the due day, where the office is; `first` says when each library's month was first seen with a
    figure in it; `looks` are the moments when the good syncs since the due day ended, oldest first; by `all_read` every
    workbook had been read, so what was never seen was not there then (None: one was never read).
    """

    due: datetime
    first: Mapping[str, datetime]
    looks: Sequence[datetime]
    all_read: datetime | None = None

    def on_time(self, library: str) -> bool | None:
        """Whether the month arrived by its due day; None while that is not known.

        It stays unknown for imported history, and where no sync looked between the due day and the first sight.
        """
        first = self.first.get(library)
        if first is not None and first <= self.due:
            return True
        if first is not None:
            return False if any(self.due < look < first for look in self.looks) else None
        looked = [*self.looks, *([self.all_read] if self.all_read else [])]
        return False if any(look > self.due for look in looked) else None


def late_arrivals(
    first_seen: Mapping[tuple[str, Period], datetime], looks: Sequence[datetime], office: Office
) -> dict[tuple[str, Period], date]:
    """The day on which each late month came, where a sync after its due day had looked and not seen it.

    `looks` are the moments when good syncs ended, oldest first.
    """
    late = {}
    for (library, period), came in first_seen.items():
        after_due = bisect_right(looks, due_moment(office, period))
        if after_due < len(looks) and looks[after_due] < came:
            late[library, period] = came.astimezone(office.zone).date()
    return late


def due_moment(office: Office, period: Period) -> datetime:
    """The end of the day by which a month's figures should be in."""
    return datetime.combine(office.due(period), time.max, office.zone)
