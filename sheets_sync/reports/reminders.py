"""Reminders of figures that are awaited: when one is due, and what it says to whom. Batched, one mail a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sheets_sync.config.office import Office
from sheets_sync.model import LibraryMonth, OfficeMonth, Period, Reporting, workbook_url
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.library_report import data_as_of, lacking, lacking_texts
from sheets_sync.reports.options import ReminderOptions

_DAYS_LATE = 2


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of a month's figures: the `number`-th one, meant for `day`, before or after the due day."""

    period: Period
    number: int
    day: date
    due: date

    @property
    def after(self) -> bool:
        return self.day > self.due


@dataclass(frozen=True, slots=True)
class ReminderReport:
    """What a person reads, every text in their language."""

    month: str
    greeting: str
    lead: str
    awaited: tuple[str, ...]
    workbook_url: str
    data_as_of: str


def reminder_due(now: datetime, office: Office, options: ReminderOptions, report_day: int = 0) -> Reminder | None:
    """The reminder to send at a moment on the office's clock; None at night, on days off, and between reminders.

    On the day of the month on which reports go out (0: none do) nobody is reminded as well: the report says the same.
    """
    if not (options.send and may_disturb(now, options)):
        return None
    today = now.date()
    if today.day == report_day:
        return None
    for period in (Period.of(today), Period.of(today) - 1):  # months before were reported without what was missing
        known = office.first_period is None or period >= office.first_period
        found = [each for each in _reminders(period, office, options) if known and _goes_on(each, today, options)]
        if found:
            return found[-1]
    return None


def next_reminder(now: datetime, office: Office, options: ReminderOptions) -> Reminder | None:
    """The first reminder whose moment is still to come; None: none is sent."""
    if not options.send:
        return None
    this = max(Period.of(now.date()) - 1, office.first_period or Period.of(now.date()) - 1)
    coming = [each for ahead in range(3) for each in _reminders(this + ahead, office, options)]
    found = [each for each in coming if reminder_moment(each, office, options) > now]
    return min(found, key=lambda each: reminder_moment(each, office, options), default=None)


def may_disturb(now: datetime, options: ReminderOptions) -> bool:
    """Whether people may be reminded at a moment on their clock: by day, on a working day."""
    return _working(now.date(), options) and options.from_time <= now.time() < options.until_time


def reminder_moment(reminder: Reminder, office: Office, options: ReminderOptions) -> datetime:
    """The moment from which on a reminder goes out: figures that were typed before it must have been read."""
    return datetime.combine(_working_from(reminder.day, options), options.from_time, office.zone)


def awaited(month: OfficeMonth) -> tuple[LibraryMonth, ...]:
    """The libraries whose month is not complete, as far as can be read; a reminder is about nobody else."""
    known = (Reporting.COMPLETE, Reporting.UNREAD)
    return tuple(entry for entry in month.expected if entry.reporting not in known and not entry.closed)


def reminder_report(
    reminder: Reminder, month: OfficeMonth, entries: Sequence[LibraryMonth], name: str, context: ReportContext
) -> ReminderReport:
    """What the person called `name` is told about their libraries."""
    sentence = "reminder_after" if reminder.after else "reminder_before"
    return ReminderReport(
        month=context.t.month(month.period),
        greeting=context.say("greeting", name=name),
        lead=context.say(sentence, month=month.period, due=context.t.long_day(reminder.due)),
        awaited=tuple(_awaited(entry, month, context) for entry in entries),
        workbook_url=workbook_url(context.office.workbook),
        data_as_of=data_as_of(month, context),
    )


def _awaited(entry: LibraryMonth, month: OfficeMonth, context: ReportContext) -> str:
    name = entry.library.name
    if entry.reporting is Reporting.NONE:
        return context.say("reminder_none", library=name, month=month.period)
    awaits = lacking_texts("reminder", lacking(month, entry, context), context) or [context.say("reminder_partial")]
    return f"{name}: {'; '.join(awaits)}"


def _reminders(period: Period, office: Office, options: ReminderOptions) -> list[Reminder]:
    """All of a month's reminders, in the order of their days."""
    due = office.due(period)
    offsets = sorted({-days for days in options.days_before} | set(options.days_after))
    days = [due + timedelta(days=offset) for offset in offsets]
    return [Reminder(period, number, day, due) for number, day in enumerate(days, start=1)]


def _goes_on(reminder: Reminder, today: date, options: ReminderOptions) -> bool:
    """On its day or the next working one, or shortly after if the program was not running; none *before* after the due day."""
    day = _working_from(reminder.day, options)
    return day <= today <= day + timedelta(days=_DAYS_LATE) and (reminder.after or today <= reminder.due)


def _working_from(day: date, options: ReminderOptions) -> date:
    """The day, or the next working one."""
    while not _working(day, options):
        day += timedelta(days=1)
    return day


def _working(day: date, options: ReminderOptions) -> bool:
    return day.weekday() < 5 and day not in options.holidays
