"""How long many workbooks will take: told before the run by Google's quota, and kept to while it goes on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from sheets_sync.google import GoogleOptions
from sheets_sync.google.pace import RequestKind, SheetsRequest, moments
from sheets_sync.model import Message, msg

WORK = 0.2  # seconds that a workbook keeps the processor busy, about
_TAIL = 3.0  # seconds from the last read to its pages
_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """After how many seconds each workbook will have been read, in order, and all of it be done."""

    moments: tuple[float, ...] = ()

    @property
    def workbooks(self) -> int:
        return len(self.moments)

    @property
    def seconds(self) -> float:
        return self.moments[-1] + _TAIL if self.moments else 0.0

    def remaining(self, done: int, elapsed: float) -> float:
        """Seconds that are left when so many are done after so many seconds.

        On time, the forecast counts down. Late, it stops where the next workbook should have been done, and what is left
        is taken to be as late as what was done.
        """
        if done >= self.workbooks:
            return 0.0
        reached, following = self.moments[done - 1] if done else 0.0, self.moments[done]
        late = max(1.0, elapsed / following) if following else 1.0
        return (self.seconds - max(reached, min(elapsed, following))) * late

    def told(self) -> Message:
        """The forecast in a line."""
        if self.seconds < _MINUTE:
            return msg("Workbooks to be read: {count}, in less than a minute.", count=self.workbooks)
        minutes = round(self.seconds / _MINUTE)
        return msg("Workbooks to be read: {count}, about {minutes} min at Google's quota.",
                   count=self.workbooks, minutes=minutes)  # fmt: skip


def forecast(options: GoogleOptions, reads: Iterable[tuple[str, str, Sequence[str]]]) -> Forecast:
    """From each credential's account, project and the workbooks it is to read, in order; credentials work side by side."""
    sides = [
        [SheetsRequest(RequestKind.READ, account, project, each) for each in due] for account, project, due in reads
    ]
    asked = [each for each in chain.from_iterable(zip_longest(*sides)) if each is not None]
    paced = moments(options, asked)
    return Forecast(tuple(max(at, (number + 1) * WORK) for number, at in enumerate(paced)))
