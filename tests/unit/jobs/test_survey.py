"""Which office has its turn when, and which workbooks are read again before their time: decided from values."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from office_memory import HOME, LONG_AGO, NOW, OFFICE, TWO_WORKBOOKS, record

from sheets_sync.jobs.fetch import Due
from sheets_sync.jobs.survey import OfficeWork, Urgency, is_late, read_sooner, turn, urgency_of, with_reads
from sheets_sync.store import Glance

HOUR, DAY = timedelta(hours=1), timedelta(hours=24)


@pytest.mark.parametrize(
    ("fresh", "deadlines", "expected"),
    [
        pytest.param(NOW - HOUR, (NOW - 2 * HOUR,), False, id="looked at since"),
        pytest.param(NOW - 2 * HOUR, (NOW - HOUR,), True, id="not looked at since"),
        pytest.param(NOW - 2 * HOUR, (NOW - DAY, NOW - HOUR), True, id="the last moment decides"),
        pytest.param(NOW - 2 * HOUR, (NOW - DAY, NOW + HOUR), False, id="a moment that has not come does not"),
        pytest.param(None, (NOW - HOUR,), False, id="never looked at: new, not late"),
        pytest.param(NOW - HOUR, (NOW - HOUR,), False, id="to the moment"),
    ],
)
def test_an_office_is_late_whose_figures_are_older_than_their_day(
    fresh: datetime | None, deadlines: tuple[datetime, ...], expected: bool
) -> None:
    """Late is who was not looked at since figures were due or a report was to go out."""
    assert is_late({HOME: replace(record(), fresh_at=fresh)}, OFFICE, deadlines, NOW) is expected


@pytest.mark.parametrize(
    ("due", "reason", "late", "expected"),
    [
        (Due(read=(HOME,)), Urgency.CHANGED, True, Urgency.LATE),
        (Due(unchanged=(HOME,)), Urgency.AGAIN, True, Urgency.LATE),
        (Due(read=(HOME,)), Urgency.CHANGED, False, Urgency.CHANGED),
        (Due(read=(HOME,)), Urgency.AGAIN, False, Urgency.AGAIN),
        (Due(unchanged=(HOME,)), Urgency.AGAIN, False, Urgency.STANDS),
    ],
)
def test_urgency_is_lateness_then_change(due: Due, reason: Urgency, late: bool, expected: Urgency) -> None:
    """What is late comes before what changed, what changed before what is only read again."""
    assert urgency_of(due, reason, late=late) is expected


def work(code: str, urgency: Urgency, fresh: datetime | None) -> OfficeWork:
    known = {HOME: replace(record(), fresh_at=fresh)}
    return OfficeWork(OFFICE.model_copy(update={"code": code}), Glance(known), Due(), urgency)


def test_the_most_urgent_have_their_turn_first() -> None:
    """By urgency, within it by who was looked at longest ago; who never was comes first of all."""
    works = [
        work("stands", Urgency.STANDS, NOW - DAY),
        work("changed-lately", Urgency.CHANGED, NOW - HOUR),
        work("changed", Urgency.CHANGED, NOW - 2 * HOUR),
        work("again", Urgency.AGAIN, LONG_AGO),
        work("new", Urgency.CHANGED, None),
        work("late", Urgency.LATE, NOW - HOUR),
    ]
    expected = ["late", "new", "changed", "changed-lately", "again", "stands"]
    assert [each.office.code for each in sorted(works, key=turn)] == expected


def test_what_is_read_sooner_is_read_and_no_longer_unchanged() -> None:
    """Its office has its turn after those that changed; others stay as they were."""
    before = OfficeWork(TWO_WORKBOOKS, Glance(), Due(unchanged=(HOME, "second")))
    after = with_reads(before, {HOME})
    assert (after.due, after.urgency) == (Due(read=(HOME,), unchanged=("second",)), Urgency.AGAIN)
    assert with_reads(before, {"other"}) is before


def reads_by_hour(workbooks: int, days: int, every: timedelta) -> Counter[int]:
    """How many were read in each hour, if all were read at once at first and nobody ever changes anything."""
    read_at = {f"w{number:03}": NOW for number in range(workbooks)}
    hours, now, share = Counter[int](), NOW, int(workbooks * (every / DAY))
    while now < NOW + timedelta(days=days):
        now += every
        due = {name for name, at in read_at.items() if at <= now - DAY}
        idle = {name: record(name, at) for name, at in read_at.items() if name not in due}
        for name in due | read_sooner(idle, now, DAY, share):
            assert now - read_at[name] < DAY + every
            read_at[name] = now
            hours[(now - NOW) // HOUR] += 1
    return hours


def test_whole_reads_spread_over_the_day() -> None:
    """514 workbooks that were read at once are read again little by little; no day's peak is like the first one's."""
    hours = reads_by_hour(514, 8, timedelta(minutes=15))
    last_day = {hour: count for hour, count in hours.items() if hour >= 7 * 24}
    assert max(last_day.values()) < 514 / 6
    assert sum(last_day.values()) == pytest.approx(514, rel=0.1)


def test_few_workbooks_are_not_read_sooner() -> None:
    """One workbook's day is a day: its share of a run is none."""
    assert reads_by_hour(1, 3, timedelta(minutes=15)) == Counter({24: 1, 48: 1, 72: 1})
