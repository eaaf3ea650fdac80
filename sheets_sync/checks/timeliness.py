"""Whether a month's figures arrived in time, as far as that is known. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sheets_sync.config.office import Elements, Office
from sheets_sync.model import Library, Period


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When a month's figures were seen.

    `due` is the end of the due day, where the office is; `complete` says when each library's month was first seen with
    every required figure in it; `looked` is when the first good sync since the due day ended (None: there was none); by
    `all_read` every workbook had been read, so what was never seen was not there then (None: one was never read).
    `asked` is the moment since when each library's months are waited for (`asked_since`).
    """

    due: datetime
    complete: Mapping[str, datetime]
    asked: Mapping[str, datetime]
    looked: datetime | None
    all_read: datetime | None = None

    def on_time(self, library: str) -> bool | None:
        """Whether the month arrived by its due day; None while that is not known.

        It stays unknown for months that were due before anybody asked the library for them, as imported history is,
        and where no sync looked between the due day and the first sight.
        """
        came = self.complete.get(library)
        if came is not None and came <= self.due:
            return True
        if library not in self.asked or self.asked[library] >= self.due:
            return None
        if came is not None:
            return False if self.looked and self.looked < came else None
        return False if self.looked or (self.all_read and self.all_read > self.due) else None


def completed(
    answers: Mapping[tuple[str, Period], Mapping[str, datetime]], libraries: Iterable[Library], elements: Elements
) -> dict[tuple[str, Period], datetime]:
    """When the last required figure of each library's month came; only of months that have them all.

    Args:
        answers: Since when each library's month has had an answer to each element.
        libraries: The register: what is required differs by kind. Of whom nothing is required, any figure will do.
        elements: The data elements.
    """
    found = {}
    kinds = {each.code: each.kind for each in libraries}
    of_kind = {kind: {e.id for e in elements.elements if e.required_for(kind)} for kind in set(kinds.values())}
    wanted = {code: of_kind[kind] for code, kind in kinds.items()}
    for (library, period), came in answers.items():
        required = wanted.get(library)
        if required is not None and required <= came.keys():
            found[library, period] = max(map(came.__getitem__, required)) if required else min(came.values())
    return found


def late_arrivals(
    complete: Mapping[tuple[str, Period], datetime],
    asked: Mapping[str, datetime],
    looked: Callable[[datetime], datetime | None],
    office: Office,
) -> dict[tuple[str, Period], date]:
    """The day on which each late month was complete, where a sync after its due day had looked and it was not yet.

    A month that was due before the library was asked for any is not late: it is history that was typed in at once.
    `looked` gives when the first good sync since a moment ended, or None.
    """
    due = {period: due_moment(office, period).astimezone(UTC) for period in {period for _, period in complete}}
    first_look = {period: looked(moment) for period, moment in due.items()}
    return {
        (library, period): came.astimezone(office.zone).date()
        for (library, period), came in complete.items()
        if library in asked and asked[library] < due[period]
        if (look := first_look[period]) and due[period] < look < came
    }


def asked_since(added: Mapping[str, datetime], office: Office) -> dict[str, datetime]:
    """Since when each library's months are waited for: since it was in the register, and since the office's start."""
    start = due_moment(office, office.first_period - 1) if office.first_period else None
    return {library: max(at, start) if start else at for library, at in added.items()}


def due_moment(office: Office, period: Period) -> datetime:
    """The end of the day by which a month's figures should be in."""
    return datetime.combine(office.due(period), time.max, office.zone)
