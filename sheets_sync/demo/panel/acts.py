"""What the panel's buttons do: each is a job of the program's, done on the demo's world and told as a chapter."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sheets_sync.demo.moved import moved
from sheets_sync.demo.panel.clock import HandClock
from sheets_sync.demo.panel.story import Chapter, asked_lines, told_of
from sheets_sync.demo.people import fill_in
from sheets_sync.demo.world import World
from sheets_sync.errors import SheetsSyncError
from sheets_sync.i18n import Language
from sheets_sync.jobs.mailing.marks import marking_of
from sheets_sync.jobs.month import current_period, view_of
from sheets_sync.jobs.run import report_job, sync_job
from sheets_sync.jobs.unattended.service import due, hindrances
from sheets_sync.local_google import FaultKind, Rule
from sheets_sync.model import Message, Period, SpanKind, TimeSpan, msg

log = logging.getLogger(__name__)
MORNING = time(9, 0)
EVENTFUL = frozenset({*range(2, 8), *range(10, 13)})
"""Days of a month on which reminders and reports can be due; on the others the service would only look."""
LEFT_TO_THE_VISITOR = "Tangkum"
SYNC, REPORT, DAY, MONTH = msg("Synced"), msg("The month's report"), msg("The next day"), msg("The next month")
YEAR = msg("On to the year's report")
REPORTED = 10  # by this day of a month last month's report has gone out
Lines = Iterator[str]


class Stage:
    """The world, its clock, and the chapters so far. One act at a time."""

    def __init__(self, here: World, clock: HandClock, t: Language) -> None:
        self.here, self.clock, self.t = here, clock, t
        self.chapters: list[Chapter] = []

    @property
    def sick(self) -> bool:
        """Whether the local Google refuses the program."""
        return bool(self.here.google.conditions.rules)

    @property
    def acts(self) -> dict[str, Callable[[], Chapter]]:
        """The acts by the names of their buttons."""
        return {
            "sync": lambda: self._act(SYNC, self._sync),
            "report": lambda: self._act(REPORT, self._report),
            "day": lambda: self._act(DAY, self._day),
            "month": lambda: self._act(MONTH, self._month),
            "year": lambda: self._act(YEAR, self._year),
            "sick": self._fall_ill,
        }

    def _act(self, title: Message, work: Callable[[], Lines]) -> Chapter:
        here, mails = self.here, len(self.here.mailbox.kept.messages)
        before = view_of(here.app, here.office)
        here.google.log.clear()
        told = tuple(line.replace(here.sheet.id, f"“{here.sheet.title}”") for line in self._carefully(work))
        entries = here.google.log.of(account=here.google.account().email)
        after = view_of(here.app, here.office)
        chapter = Chapter(
            len(self.chapters) + 1,
            self.t(title),
            self._now(),
            told,
            tuple(asked_lines(entries, self.t)),
            tuple(line.strip() for line in moved(before, after, self.t)),
            len(here.mailbox.kept.messages) - mails,
        )
        self.chapters.append(chapter)
        return chapter

    def _carefully(self, work: Callable[[], Lines]) -> Lines:
        """What was told, an error among it: the panel goes on as the service does."""
        try:
            yield from work()
        except SheetsSyncError as error:
            yield f"✗ {self.t(error.message)}"
        except Exception as error:  # as in the service: whatever it was, the next press of a button works
            log.exception("an act of the demo failed")
            yield f"✗ {type(error).__name__}: {error}"

    def _sync(self) -> Lines:
        yield from told_of(sync_job(self.here.app).text(self.t))

    def _report(self) -> Lines:
        period = current_period(self.here.office, self.clock())
        yield from told_of(report_job(self.here.app, self.here.office, period).text(self.t))

    def _day(self) -> Lines:
        yield from self._until(self._today() + timedelta(days=1))

    def _month(self) -> Lines:
        """To the seventh of the next month, when its report has gone out; meanwhile people fill in, all but one."""
        today = self._today()
        last = current_period(self.here.office, self.clock()) + 1
        goal = (last + 1).first_day.replace(day=7)
        yield from self._fill_in(last)
        days = (today + timedelta(days=ahead) for ahead in range(1, (goal - today).days + 1))
        for day in days:
            if day.day in EVENTFUL:
                yield from self._until(day)

    def _year(self) -> Lines:
        """Month by month until the year's report has gone out; the service looks in on the days of the reports only."""
        now, today = current_period(self.here.office, self.clock()), self._today()
        year = TimeSpan.around(now, SpanKind.YEAR, self.here.office.year_starts_in)
        if marking_of(self.here.app, self.here.office).is_sealed(year):
            year = TimeSpan.around(now + 1, SpanKind.YEAR, self.here.office.year_starts_in)
        reports = [(month, (month + 1).first_day.replace(day=REPORTED)) for month in year.months]
        for month, day in reports:
            if day > today:
                yield from self._fill_in(month) if month > now else ()
                yield from self._until(day)
        yield from self._until(max(reports[-1][1], today))  # the year follows its last month at the next look

    def _fill_in(self, month: Period) -> Lines:
        """People fill in a month, all but one."""
        filled = fill_in(self.here.sheet, month, leave=LEFT_TO_THE_VISITOR)
        if filled:
            yield self.t(
                "Filled in for {month}: {tabs}. Left to you: {tab}.", month=month, tabs=filled, tab=LEFT_TO_THE_VISITOR
            )

    def _until(self, day: date) -> Lines:
        """The service at nine on a day: does what is due, and says what."""
        morning = datetime.combine(day, MORNING, self.here.office.zone)
        self.clock.set(morning)
        steps = list(self._due())
        if steps and not all(step == "sync" for step, _ in steps):
            names = [told for name, told in steps if name != "sync"]
            yield self.t("{day}: {steps}", day=day, steps=names)
        yield from (f"! {self.t(each)}" for each in hindrances(self.here.app) if steps)

    def _due(self) -> Iterator[tuple[str, str]]:
        for step in due(self.here.app):
            try:
                step.work()
            except SheetsSyncError as error:
                yield step.name, f"{self.t(step.told)} – {self.t(error.message)}"
            else:
                yield step.name, self.t(step.told)

    def _fall_ill(self) -> Chapter:
        """Google refuses every request of the program's, or is well again."""
        conditions, ours = self.here.google.conditions, self.here.google.account().email
        if self.sick:
            conditions.clear()
            return self._say(msg("Google is well again"), msg("The next sync reads what was typed meanwhile."))
        conditions.rules.append(Rule(FaultKind.UNAVAILABLE, account=ours, times=None))
        return self._say(
            msg("Google is ill"), msg("Every request of the program gets 503 now. People can go on typing. Try a sync.")
        )

    def _say(self, title: Message, told: Message) -> Chapter:
        chapter = Chapter(len(self.chapters) + 1, self.t(title), self._now(), (self.t(told),), (), (), 0)
        self.chapters.append(chapter)
        return chapter

    def _today(self) -> date:
        return self.clock().astimezone(self.here.office.zone).date()

    def _now(self) -> str:
        return self.t.date_time(self.clock().astimezone(self.here.office.zone))
