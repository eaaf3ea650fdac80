"""The calendar of the year that `year.py` lives through: bad times, beats, and when what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sheets_sync.model import Period

ZONE = ZoneInfo("Europe/London")
START = datetime(2024, 2, 6, 8, 10, tzinfo=ZONE)  # the go-ahead: January's report, by hand
HOURS = (8, 20)
DAYS = range(1, 32)  # of the month, on which the computer runs
LATE = "Turan Amis"  # types on the 8th, the others on the 4th
SEND_DAY, DUE_DAY, OFFSETS = 6, 5, (-3, 1, 5)  # as the shipped configuration has them
HOLIDAYS = (date(2024, 12, 25), date(2025, 1, 1))


def at(month: int, day: int, hour: int = 0, year: int = 2024) -> datetime:
    """A moment on London's wall clock."""
    return datetime(year, month, day, hour, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Spell:
    """A bad time: what is wrong, from when until when."""

    what: str
    begins: datetime
    ends: datetime

    def now(self, moment: datetime) -> bool:
        return self.begins <= moment < self.ends


ASLEEP, GOOGLE, MAIL, AHEAD, BEHIND = "asleep", "google away", "mail away", "clock a year ahead", "clock a day back"
SPELLS = (
    Spell(GOOGLE, at(3, 5), at(3, 8, 12)),  # over the day of sending
    Spell(MAIL, at(4, 5, 12), at(4, 9, 12)),  # so that a reminder is answered before it can go
    Spell(ASLEEP, at(5, 4, 12), at(5, 9)),  # over the due day
    Spell(AHEAD, at(6, 20), at(6, 20, 12)),
    Spell(BEHIND, at(7, 15), at(7, 17)),
    Spell(ASLEEP, at(8, 20), at(10, 9)),  # fifty days: two months are owed
    Spell(GOOGLE, at(11, 20), at(11, 25)),
    Spell(MAIL, at(12, 6), at(12, 7)),
)


def wrong(moment: datetime, *whats: str) -> bool:
    """Whether one of these is wrong at a moment."""
    return any(spell.what in whats and spell.now(moment) for spell in SPELLS)


def moments(until: datetime, hours: tuple[int, ...] = HOURS, days: range = DAYS) -> Iterator[datetime]:
    """Every beat's moment, by London's wall clock: so many a day, through spring and autumn."""
    day = START.date()
    while day <= until.date():
        if day.day in days:
            yield from (datetime(day.year, day.month, day.day, hour, 10, tzinfo=ZONE) for hour in hours)
        day += timedelta(days=1)


def number_of(month: Period, day: str) -> int:
    """Which of a month's reminders was meant for a day like `20241106`."""
    after = month + 1
    due = date(after.year, after.month, DUE_DAY)
    return 1 + [f"{due + timedelta(days=offset):%Y%m%d}" for offset in OFFSETS].index(day)


def goes(month: Period, number: int, today: date) -> bool:
    """Whether a month's reminder may go on a day: its own or the next working one, two days late at most."""
    after = month + 1
    due = date(after.year, after.month, DUE_DAY)
    day = due + timedelta(days=OFFSETS[number - 1])
    while not working(day):
        day += timedelta(days=1)
    return day <= today <= day + timedelta(days=2) and (number > 1 or today <= due)


def working(day: date) -> bool:
    """Whether people may be reminded on a day."""
    return day.weekday() < 5 and day not in HOLIDAYS
