"""What is to be done for each office of a credential, and in which order: from snapshots and a moment.

Late offices come first, whose figures were not looked at since the day they were due or their report was to go out; then
those where somebody changed something; then what is read again only because it is time to. That is spread over the day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from sheets_sync.app import App
from sheets_sync.checks.timeliness import due_moment
from sheets_sync.config.office import Office
from sheets_sync.google import FileVersion
from sheets_sync.jobs.fetch import Due, SyncOrder, due_workbooks
from sheets_sync.jobs.mailing.situation import calendar_of
from sheets_sync.settings import Settings
from sheets_sync.store import Glance, PageState, WorkbookRecord


class Urgency(IntEnum):
    """Why an office has its turn; the smaller the sooner."""

    LATE = 0
    CHANGED = 1
    AGAIN = 2  # it is only time to read it again
    STANDS = 3  # nothing to read


@dataclass(frozen=True, slots=True)
class OfficeWork:
    """An office, what was known of it before, and what is to be read of it.

    `stands` is what was found when its pages were last right, if they still are and there is nothing to read.
    """

    office: Office
    glance: Glance
    due: Due
    urgency: Urgency = Urgency.STANDS
    stands: PageState | None = None


def survey(
    app: App,
    office: Office,
    glance: Glance,
    listed: Mapping[str, FileVersion],
    account: str,
    order: SyncOrder,
) -> OfficeWork:
    """An office's work, as what is remembered and Drive's list say it; asks neither the store nor Google."""
    now = app.clock()
    stale = now - timedelta(hours=app.settings.google.full_read_hours)
    due = due_workbooks(office, glance.workbooks, listed, frozenset({account}), stale, order)
    again = all(_only_again(glance.workbooks.get(each), listed.get(each), stale) for each in due.read)
    late = is_late(glance.workbooks, office, deadlines(app, office), now)
    return OfficeWork(office, glance, due, urgency_of(due, Urgency.AGAIN if again else Urgency.CHANGED, late=late))


def in_turn(works: Sequence[OfficeWork], now: datetime, settings: Settings, order: SyncOrder) -> list[OfficeWork]:
    """The offices of a credential, most urgent first, with what is read again before its time is up."""
    known = {name: record for work in works for name, record in work.glance.workbooks.items()}
    idle = {name: known[name] for work in works for name in work.due.unchanged if name in known}
    whole = timedelta(hours=settings.google.full_read_hours)
    share = int(len(known) * (timedelta(minutes=settings.service.sync_every) / whole))
    sooner = frozenset[str]() if order.workbooks else read_sooner(idle, now, whole, share)
    return sorted((with_reads(work, sooner) for work in works), key=turn)


def urgency_of(due: Due, urgency: Urgency, *, late: bool) -> Urgency:
    """Of an office that has to be read for one reason or another."""
    if late:
        return Urgency.LATE
    return urgency if due.read else Urgency.STANDS


def _only_again(record: WorkbookRecord | None, version: FileVersion | None, stale: datetime) -> bool:
    """Whether a workbook is as it was, and is read because that is long ago."""
    known = record is not None and version is not None and record.seen.version == version.version
    return known and record is not None and not record.seen.dirty and bool(record.read_at and record.read_at <= stale)


def deadlines(app: App, office: Office) -> tuple[datetime, ...]:
    """The moments of the last finished month: when its figures were due, when its report was to go out."""
    calendar = calendar_of(app, office)
    period = calendar.newest(app.clock())
    return (due_moment(office, period), due_moment(office, period + 1), calendar.send_moment(period))


def is_late(known: Mapping[str, WorkbookRecord], office: Office, moments: Collection[datetime], now: datetime) -> bool:
    """Whether a workbook that was read before was not looked at since the last of the moments that have come."""
    passed = max((moment for moment in moments if moment <= now), default=None)
    seen = [known[each].fresh_at for each in office.workbooks if each in known]
    return passed is not None and any(at is not None and at < passed for at in seen)


def read_sooner(idle: Mapping[str, WorkbookRecord], now: datetime, whole: timedelta, share: int) -> frozenset[str]:
    """Unchanged workbooks whose turn to be read again comes early, so that not all of them have it at once.

    Of those that were not read for half the time that may pass, the oldest, as many as a run's `share` of all of them is.
    """
    ripe = {name: at for name, record in idle.items() if (at := record.read_at) is not None and at <= now - whole / 2}
    return frozenset(sorted(ripe, key=lambda name: (ripe[name], name))[:share])


def with_reads(work: OfficeWork, sooner: Collection[str]) -> OfficeWork:
    """The work with some of its unchanged workbooks read all the same."""
    more = tuple(each for each in work.due.unchanged if each in sooner)
    if not more:
        return work
    rest = tuple(each for each in work.due.unchanged if each not in sooner)
    due = replace(work.due, read=(*work.due.read, *more), unchanged=rest)
    return replace(work, due=due, urgency=min(work.urgency, Urgency.AGAIN))


def turn(work: OfficeWork) -> tuple[Urgency, datetime, str]:
    """The key by which a credential's offices are sorted: the most urgent first, then those looked at longest ago."""
    seen = [record.fresh_at for record in work.glance.workbooks.values() if record.fresh_at is not None]
    return work.urgency, min(seen, default=datetime.min.replace(tzinfo=UTC)), work.office.code


def reads(works: Sequence[OfficeWork]) -> list[str]:
    """The workbooks that are to be read, in their order."""
    return [workbook for work in works for workbook in work.due.read]
