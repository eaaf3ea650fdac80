"""What may leave the house, and when: decided from a snapshot of what is known and a moment. Pure.

A report is sealed on figures that were read, or shown unchanged by a list of Drive's, since the moment from which it was
to go out. Until then it waits; after some days a person is asked. A person is asked, too, where only a person can know:
at an office's first report, when more than one month is owed, when another store has reported, when the clock is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sheets_sync.model import Period, Reported, SpanKind, TimeSpan
from sheets_sync.model.span import last_month

CLOCK_TOLERANCE = timedelta(minutes=10)


class Reason(StrEnum):
    """Why a report is not made now."""

    CLOCK = "clock"  # this computer's clock and Google's are too far apart
    OTHER_STORE = "other-store"  # the home workbook says that another store reports for the office
    OLDER_STORE = "older-store"  # the home workbook knows of reports that this store has lost
    GO_AHEAD = "go-ahead"  # the office's first report is a person's decision
    BACKLOG = "backlog"  # a month was owed already when the one before it was reported
    STALE = "stale"  # a workbook was not read since the report's moment came


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an office's reports go out: the day of the month and the time from which on, and how long one waits.

    `postponed` are the days by which the office has put off a month's report.
    """

    zone: ZoneInfo
    send_on: int  # day of the month
    from_time: time
    patience: timedelta  # for figures that can't be read, before a person is asked
    first: Period  # the first month that is expected
    postponed: Mapping[Period, int] = field(default_factory=dict)
    spans: frozenset[SpanKind] = frozenset()  # the longer reports that go out by themselves
    year_starts_in: int = 1

    def send_moment(self, period: Period) -> datetime:
        """The moment from which on a month's report goes out."""
        return self.planned_moment(period) + timedelta(days=self.postponed.get(period, 0))

    def planned_moment(self, period: Period) -> datetime:
        """The same, had nobody put it off."""
        return datetime.combine((period + 1).first_day.replace(day=self.send_on), self.from_time, self.zone)

    def report_day(self, now: datetime) -> int:
        """The day of the present month on which the last month's report goes out; 0: it was put off beyond it."""
        today = now.astimezone(self.zone).date()
        moment = self.send_moment(Period.of(today) - 1)
        return moment.day if moment.month == today.month else 0

    def spans_ending(self, month: Period) -> list[TimeSpan]:
        """The longer reports that are wanted and end with a month, the shortest first."""
        around = (TimeSpan.around(month, kind, self.year_starts_in) for kind in SpanKind if kind in self.spans)
        return [span for span in around if span.last == month]

    def newest(self, now: datetime) -> Period:
        """The newest month whose moment has come."""
        last = Period.of(now.astimezone(self.zone).date()) - 1
        return last if now >= self.send_moment(last) else last - 1

    def first_since(self, moment: datetime) -> Period:
        """The first month whose moment comes at or after one."""
        newest = self.newest(moment)
        return newest if self.send_moment(newest) == moment else newest + 1


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides about an office's next report.

    `fresh` says of each workbook, by the name that people know it by, when it was last known to be as the store has
    it; `clock_off` is how far our clock was ahead of Google's (None: never compared); `installed` is when the office
    was first seen (None: never); `reported` is the newest month that was reported, by whatever store, and
    `reported_at` when this store did; `begun` are the months with any figure; `conflict` is what the home workbook
    says against this store. Of the months in `released` a person has said that they may go out, of those in `as_is` on
    the figures that are there. `spans` are the quarters and years that were reported, by whatever store. `option` is what
    tells a command that this office is meant.
    """

    now: datetime
    calendar: Calendar
    fresh: Mapping[str, datetime | None] = field(default_factory=dict)
    clock_off: timedelta | None = None
    installed: datetime | None = None
    reported: Period | None = None
    reported_at: datetime | None = None
    begun: frozenset[Period] = frozenset()
    conflict: Reason | None = None
    released: frozenset[Period] = frozenset()
    as_is: frozenset[Period] = frozenset()
    spans: frozenset[TimeSpan] = frozenset()
    option: str = ""


@dataclass(frozen=True, slots=True)
class NotYet:
    """No report is due."""


@dataclass(frozen=True, slots=True)
class SealNow:
    """The report is made now; `as_is`: on the figures that are there, as a person wants it."""

    period: Reported
    as_is: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """The report waits, since its moment; it goes out by itself as soon as it can."""

    period: Reported
    reason: Reason
    since: datetime
    stale: Mapping[str, datetime | None] = field(default_factory=dict)  # workbooks, and when each was known last


@dataclass(frozen=True, slots=True)
class AskPerson:
    """The report waits for a person's word."""

    period: Reported
    reason: Reason
    since: datetime
    stale: Mapping[str, datetime | None] = field(default_factory=dict)


ReportDecision = NotYet | SealNow | Wait | AskPerson


def report_decision(situation: Situation) -> ReportDecision:
    """What is to become of the office's next report."""
    period = owed(situation) or owed_span(situation)
    if period is None:
        return NotYet()
    since = situation.calendar.send_moment(last_month(period))
    if situation.now < since:  # put off beyond the month in which it was to go out
        return NotYet()
    if not clock_believed(situation.clock_off):
        return Wait(period, Reason.CLOCK, since)
    reason = question(situation, period)
    if reason is not None:
        return AskPerson(period, reason, since)
    stale = stale_since(situation, since)
    if not stale:
        return SealNow(period)
    patient = situation.now < since + situation.calendar.patience
    if not patient and last_month(period) in situation.as_is:  # a person's word for the month holds for what it ends
        return SealNow(period, as_is=True)
    return (Wait if patient else AskPerson)(period, Reason.STALE, since, stale)


def owed(situation: Situation) -> Period | None:
    """The month whose report is the next one to go out, if its moment has come: one after the other.

    None from before the installation, and none that is not expected. An office that never reported begins with the
    newest month, if there is any figure of it.
    """
    calendar, newest = situation.calendar, situation.calendar.newest(situation.now)
    installed = min(situation.installed or situation.now, situation.now)
    begin = max(calendar.first, calendar.first_since(installed))
    if situation.reported is not None:
        period = max(situation.reported + 1, begin)
        return period if period <= newest else None
    return newest if newest >= begin and newest in situation.begun else None


def next_owed(situation: Situation) -> Period | None:
    """The month whose report goes out next, now or later; only of months that are over."""
    last = Period.of(situation.now.astimezone(situation.calendar.zone).date()) - 1
    return owed(replace(situation, now=max(situation.now, situation.calendar.send_moment(last))))


def question(situation: Situation, period: Reported) -> Reason | None:
    """What a person has to say before a month, quarter or year is reported, whether its moment has come or not."""
    return next(_questions(situation, period), None)


def owed_span(situation: Situation) -> TimeSpan | None:
    """The quarter or year whose report is owed: it follows the report that this store made of its last month.

    It is owed until the next month's report is, so that nothing old goes out where the longer reports are switched on
    later.
    """
    if situation.reported is None or situation.reported_at is None:
        return None
    ending = situation.calendar.spans_ending(situation.reported)
    return next((span for span in ending if span not in situation.spans), None)


def clock_believed(off: timedelta | None) -> bool:
    """Whether what our clock says may be acted on; a clock that was never compared is believed."""
    return off is None or abs(off) <= CLOCK_TOLERANCE


def stale_since(situation: Situation, moment: datetime) -> dict[str, datetime | None]:
    """The workbooks that were not known to be as the store has them since a moment, and when they last were.

    What was noted in the future was noted by a clock that was wrong.
    """
    fresh = {name: at for name, at in situation.fresh.items() if at is not None and moment <= at <= situation.now}
    return {name: at for name, at in situation.fresh.items() if name not in fresh}


def may_remind(situation: Situation, moment: datetime) -> bool:
    """Whether a reminder that was meant for a moment may go: on a right clock, by the store that reports, on fresh figures."""
    trusted = clock_believed(situation.clock_off) and situation.conflict is None and situation.reported is not None
    return trusted and not stale_since(situation, moment)


def reported_today(situation: Situation, period: Period) -> bool:
    """Whether the report of a month, or of a later one, goes out now or has gone today."""
    decision, now, at = report_decision(situation), situation.now, situation.reported_at
    going = isinstance(decision, SealNow) and last_month(decision.period) >= period
    gone = situation.reported is not None and situation.reported >= period
    return going or (gone and at is not None and at.astimezone(now.tzinfo).date() == now.date())


def _questions(situation: Situation, period: Reported) -> Iterator[Reason]:
    """What only a person can answer before the month, quarter or year is reported."""
    if situation.conflict is not None:
        yield situation.conflict
    if period in situation.released:
        return
    if situation.reported is None:
        yield Reason.GO_AHEAD
    if isinstance(period, TimeSpan) or situation.reported_at is None:
        return
    if situation.calendar.send_moment(period) <= situation.reported_at:
        yield Reason.BACKLOG
