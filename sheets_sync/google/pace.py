"""When a request may go: Google's quotas of an account and of its project, and a pause between two for one workbook.

Values that know no clock: the moment is handed in, in seconds. So the same machine that holds requests back tells
beforehand, on a clock that nobody waits for, how long many of them will take.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sheets_sync.google.options import GoogleOptions

# Google counts a request where it arrives, up to a second after it was sent: a minute of ours is that much longer.
MINUTE = 61.0
_SHEETS = re.compile(r"https://sheets\.googleapis\.com/v4/spreadsheets/([^/:?]+)")


class RequestKind(StrEnum):
    """Google counts these apart."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class SheetsRequest:
    """A request as Sheets counts it."""

    kind: RequestKind
    account: str
    project: str
    workbook: str


def as_counted(method: str, url: str, account: str, project: str) -> SheetsRequest | None:
    """The request as Sheets counts it; None: it goes elsewhere (Drive allows two hundred times as many)."""
    found = _SHEETS.match(url)
    kind = RequestKind.READ if method.lower() == "get" else RequestKind.WRITE
    return SheetsRequest(kind, account, project, found[1]) if found else None


@dataclass(slots=True)
class Window:
    """At most `limit` requests within any `seconds`."""

    limit: int
    seconds: float = MINUTE
    _taken: list[float] = field(default_factory=list)  # the newest moments, in order; some may lie ahead

    def free(self, now: float) -> float:
        """The first moment from now on at which one more may go."""
        return now if len(self._taken) < self.limit else max(now, self._taken[-self.limit] + self.seconds)

    def take(self, at: float) -> None:
        """One more goes at that moment."""
        insort(self._taken, at)
        del self._taken[: -self.limit]


@dataclass(slots=True)
class RequestPace:
    """The windows of every account and project that was asked for, and when each workbook was last asked."""

    options: GoogleOptions
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)
    _workbooks: dict[str, float] = field(default_factory=dict)

    def reserve(self, request: SheetsRequest, now: float) -> float:
        """The moment at which the request may go; it is taken, so the next one gets another."""
        windows = tuple(self._windows_of(request))
        rested = self._workbooks.get(request.workbook, now - self.options.workbook_pause) + self.options.workbook_pause
        at = max(now, rested, *(window.free(now) for window in windows))
        for window in windows:
            window.take(at)
        self._workbooks[request.workbook] = at
        return at

    def _windows_of(self, request: SheetsRequest) -> Iterator[Window]:
        reads = request.kind is RequestKind.READ
        account = self.options.reads_per_minute if reads else self.options.writes_per_minute
        project = self.options.project_reads_per_minute if reads else self.options.project_writes_per_minute
        for name, limit in ((request.account, account), (f"project {request.project}", project)):
            yield self._windows.setdefault((request.kind, name), Window(limit))


def moments(options: GoogleOptions, requests: Iterable[SheetsRequest]) -> list[float]:
    """After how many seconds each of many requests goes that are all there at once, one list in order of time."""
    pace = RequestPace(options)
    return sorted(pace.reserve(request, 0.0) for request in requests)
