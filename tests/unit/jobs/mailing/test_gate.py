"""What may leave the house, and when: a table of situations and what each comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.jobs.mailing.gate import (
    AskPerson,
    Calendar,
    NotYet,
    Reason,
    ReportDecision,
    SealNow,
    Situation,
    Wait,
    may_remind,
    owed,
    report_decision,
    reported_today,
)
from sheets_sync.jobs.mailing.situation import first_sealed
from sheets_sync.model import Period, SpanKind, TimeSpan
from sheets_sync.model.span import last_month
from sheets_sync.store import SealStub

ZONE = ZoneInfo("Asia/Pontianak")
CALENDAR = Calendar(ZONE, 6, time(8), timedelta(days=3), Period(2024, 1))
SEPTEMBER, OCTOBER, NOVEMBER = Period(2024, 9), Period(2024, 10), Period(2024, 11)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


MOMENT = at("2024-11-06T08:00")  # when October's report goes out
READY = Situation(  # everything was read a minute after, and September went out in time
    now=at("2024-11-06T08:02"),
    calendar=CALENDAR,
    fresh={"home": at("2024-11-06T08:01"), "year": at("2024-11-06T08:01")},
    clock_off=timedelta(seconds=2),
    installed=at("2024-09-20T08:00"),
    reported=SEPTEMBER,
    reported_at=at("2024-10-06T08:01"),
)
OLD = {"home": at("2024-11-06T08:01"), "year": at("2024-11-06T07:59")}
STALE = {"year": at("2024-11-06T07:59")}

CASES: dict[str, tuple[Situation, ReportDecision]] = {
    "all read since": (READY, SealNow(OCTOBER)),
    "read at the moment itself": (replace(READY, fresh={"home": MOMENT}), SealNow(OCTOBER)),
    "a minute before the moment": (replace(READY, now=at("2024-11-06T07:59")), NotYet()),
    "reported already": (replace(READY, reported=OCTOBER, reported_at=READY.now), NotYet()),
    "one read before the moment": (
        replace(READY, fresh=OLD),
        Wait(OCTOBER, Reason.STALE, MOMENT, STALE),
    ),
    "one never read": (
        replace(READY, fresh={"home": None}),
        Wait(OCTOBER, Reason.STALE, MOMENT, {"home": None}),
    ),
    "read by a clock that was ahead": (
        replace(READY, fresh={"home": at("2025-11-06T08:00")}),
        Wait(OCTOBER, Reason.STALE, MOMENT, {"home": at("2025-11-06T08:00")}),
    ),
    "not read for three days": (
        replace(READY, fresh=OLD, now=at("2024-11-09T08:00")),
        AskPerson(OCTOBER, Reason.STALE, MOMENT, STALE),
    ),
    "a minute less than three days": (
        replace(READY, fresh=OLD, now=at("2024-11-09T07:59")),
        Wait(OCTOBER, Reason.STALE, MOMENT, STALE),
    ),
    "read again after ten days": (
        replace(READY, fresh={"home": at("2024-11-16T09:00")}, now=at("2024-11-16T09:01")),
        SealNow(OCTOBER),
    ),
    "the clock eleven minutes ahead": (
        replace(READY, clock_off=timedelta(minutes=11)),
        Wait(OCTOBER, Reason.CLOCK, MOMENT),
    ),
    "the clock eleven minutes behind": (
        replace(READY, clock_off=-timedelta(minutes=11)),
        Wait(OCTOBER, Reason.CLOCK, MOMENT),
    ),
    "the clock nine minutes ahead": (replace(READY, clock_off=timedelta(minutes=9)), SealNow(OCTOBER)),
    "the clock never compared": (replace(READY, clock_off=None), SealNow(OCTOBER)),
    "an office's first report": (
        replace(READY, reported=None, reported_at=None, begun=frozenset({OCTOBER})),
        AskPerson(OCTOBER, Reason.GO_AHEAD, MOMENT),
    ),
    "a new office without a figure": (replace(READY, reported=None, reported_at=None), NotYet()),
    "installed after the moment": (
        replace(READY, reported=None, reported_at=None, begun=frozenset({OCTOBER}), installed=at("2024-11-06T08:01")),
        NotYet(),
    ),
    "an old month reported by hand": (
        replace(READY, installed=at("2024-09-01T08:00"), reported=Period(2024, 3), reported_at=at("2024-10-20T09:00")),
        AskPerson(Period(2024, 8), Reason.BACKLOG, at("2024-09-06T08:00")),
    ),
    "asleep for two months": (
        replace(READY, now=at("2024-12-08T09:00"), fresh={"home": at("2024-12-08T08:59")}),
        SealNow(OCTOBER),
    ),
    "the second month owed at once": (
        replace(READY, now=at("2024-12-08T09:01"), reported=OCTOBER, reported_at=at("2024-12-08T09:00")),
        AskPerson(NOVEMBER, Reason.BACKLOG, at("2024-12-06T08:00")),
    ),
    "another store reports": (
        replace(READY, conflict=Reason.OTHER_STORE),
        AskPerson(OCTOBER, Reason.OTHER_STORE, MOMENT),
    ),
    "never seen": (Situation(READY.now, CALENDAR, begun=frozenset({OCTOBER})), NotYet()),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_situation_comes_to(name: str) -> None:
    """Sealed, waited for, asked about, or not due."""
    situation, decision = CASES[name]
    assert report_decision(situation) == decision


FIRST, LAST = datetime(2024, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001 - hypothesis wants them naive
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(ZONE))
SITUATIONS = st.builds(
    Situation,
    now=MOMENTS,
    calendar=st.just(CALENDAR),
    fresh=st.dictionaries(st.sampled_from("abc"), st.none() | MOMENTS, min_size=1),
    clock_off=st.none() | st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    installed=st.none() | MOMENTS,
    reported=st.none() | st.builds(Period, st.just(2024), st.integers(1, 12)),
    reported_at=st.none() | MOMENTS,
    begun=st.just(frozenset({OCTOBER, NOVEMBER})),
    conflict=st.none() | st.sampled_from((Reason.OTHER_STORE, Reason.OLDER_STORE)),
)


@given(SITUATIONS)
def test_nothing_is_sealed_that_should_not_be(situation: Situation) -> None:
    """Whatever is sealed by itself was read since its moment, by a right clock, follows a report, and is of no other store."""
    decision = report_decision(situation)
    if isinstance(decision, SealNow):
        month = last_month(decision.period)
        moment = CALENDAR.send_moment(month)
        assert all(read and moment <= read <= situation.now for read in situation.fresh.values())
        assert abs(situation.clock_off or timedelta()) <= timedelta(minutes=10)
        assert situation.reported is not None
        assert situation.reported < month
        assert situation.conflict is None
        assert moment >= min(situation.installed or situation.now, situation.now)
        assert situation.reported_at is None or situation.reported_at < moment


@given(SITUATIONS)
def test_at_most_one_month_follows_by_itself(situation: Situation) -> None:
    """After a month was sealed now, the next one is sealed by itself only from its own moment on."""
    decision = report_decision(situation)
    if isinstance(decision, SealNow):
        after = replace(situation, reported=last_month(decision.period), reported_at=situation.now)
        assert not isinstance(report_decision(after), SealNow)


@given(SITUATIONS)
def test_what_is_owed_is_over_and_was_not_reported(situation: Situation) -> None:
    """A month is owed once its moment has come, and once."""
    period = owed(situation)
    if period is not None:
        assert CALENDAR.send_moment(period) <= situation.now
        assert situation.reported is None or period > situation.reported


@pytest.mark.parametrize(
    ("change", "goes"),
    [
        ({}, True),
        ({"fresh": OLD}, False),
        ({"clock_off": timedelta(hours=1)}, False),
        ({"conflict": Reason.OTHER_STORE}, False),
        ({"reported": None}, False),
    ],
)
def test_a_reminder_needs_fresh_figures_a_right_clock_and_a_go_ahead(change: dict[str, object], goes: bool) -> None:
    """Who has typed in time is not reminded because nobody looked; nobody is reminded by a store that does not report."""
    assert may_remind(replace(READY, **change), MOMENT) is goes  # type: ignore[arg-type] # fields by name


QUARTERS, YEARS = frozenset({SpanKind.QUARTER}), frozenset({SpanKind.YEAR})
BOTH = QUARTERS | YEARS
DECEMBER = Period(2024, 12)
Q4, YEAR = TimeSpan(2024, 4), TimeSpan(2024)
AFTER_DECEMBER = replace(  # December went out in time a minute ago, on what was read then
    READY,
    now=at("2025-01-06T08:03"),
    fresh={"home": at("2025-01-06T08:01")},
    reported=DECEMBER,
    reported_at=at("2025-01-06T08:02"),
)
YEAR_MOMENT = at("2025-01-06T08:00")


def wants(situation: Situation, kinds: frozenset[SpanKind], starts: int = 1) -> Situation:
    return replace(situation, calendar=replace(situation.calendar, spans=kinds, year_starts_in=starts))


SPAN_CASES: dict[str, tuple[Situation, ReportDecision]] = {
    "none is wanted": (AFTER_DECEMBER, NotYet()),
    "the year after its last month": (wants(AFTER_DECEMBER, YEARS), SealNow(YEAR)),
    "the quarter first": (wants(AFTER_DECEMBER, BOTH), SealNow(Q4)),
    "then the year": (replace(wants(AFTER_DECEMBER, BOTH), spans=frozenset({Q4})), SealNow(YEAR)),
    "then nothing": (replace(wants(AFTER_DECEMBER, BOTH), spans=frozenset({Q4, YEAR})), NotYet()),
    "not before its last month is reported": (
        wants(replace(AFTER_DECEMBER, reported=NOVEMBER, reported_at=at("2024-12-06T08:02")), BOTH),
        SealNow(DECEMBER),
    ),
    "nothing old where it is switched on later": (
        wants(
            replace(AFTER_DECEMBER, now=at("2025-02-07T08:00"), reported=Period(2025, 1), reported_at=YEAR_MOMENT),
            YEARS,
        ),
        NotYet(),
    ),
    "not of a month that another store reported": (wants(replace(AFTER_DECEMBER, reported_at=None), YEARS), NotYet()),
    "a year that starts in April": (wants(AFTER_DECEMBER, BOTH, 4), SealNow(TimeSpan(2024, 3, 4))),
    "on figures read since": (
        wants(replace(AFTER_DECEMBER, fresh={"home": at("2025-01-06T07:59")}), YEARS),
        Wait(YEAR, Reason.STALE, YEAR_MOMENT, {"home": at("2025-01-06T07:59")}),
    ),
    "on the figures that are there, as the month": (
        wants(
            replace(
                AFTER_DECEMBER,
                now=at("2025-01-10T08:00"),
                fresh={"home": at("2025-01-06T07:59")},
                as_is=frozenset({DECEMBER}),
            ),
            YEARS,
        ),
        SealNow(YEAR, as_is=True),
    ),
    "a wrong clock": (
        wants(replace(AFTER_DECEMBER, clock_off=timedelta(hours=1)), YEARS),
        Wait(YEAR, Reason.CLOCK, YEAR_MOMENT),
    ),
    "another store": (
        wants(replace(AFTER_DECEMBER, conflict=Reason.OTHER_STORE), YEARS),
        AskPerson(YEAR, Reason.OTHER_STORE, YEAR_MOMENT),
    ),
}


@pytest.mark.parametrize("case", SPAN_CASES)
def test_what_becomes_of_a_quarter_or_year(case: str) -> None:
    """It follows the report of its last month, under the same rules."""
    situation, decision = SPAN_CASES[case]
    assert report_decision(situation) == decision


@pytest.mark.parametrize(
    ("situation", "period", "today"),
    [
        (READY, SEPTEMBER, True),
        (READY, OCTOBER, True),
        (READY, NOVEMBER, False),
        (replace(READY, fresh=OLD), OCTOBER, False),
        (replace(READY, reported=OCTOBER, reported_at=at("2024-11-06T00:01")), OCTOBER, True),
        (replace(READY, reported=OCTOBER, reported_at=at("2024-11-05T23:59")), OCTOBER, False),
        (replace(READY, reported=OCTOBER, reported_at=None), OCTOBER, False),
        (
            replace(READY, now=at("2024-11-11T09:00"), reported=OCTOBER, reported_at=at("2024-11-11T08:00")),
            OCTOBER,
            True,
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, Period) else "",
)
def test_a_late_report_is_reminder_enough_for_its_day(situation: Situation, period: Period, today: bool) -> None:
    """Nobody is reminded of a month on the day on which its report goes out, planned for that day or late."""
    assert reported_today(situation, period) is today


def stub(period: Period, version: int, sealed_at: str) -> SealStub:
    return SealStub(period, version, "d", at(sealed_at), "t", marked=True, mail_waits=False)


SEALS = (
    stub(SEPTEMBER, 1, "2024-10-06T08:01"),
    stub(SEPTEMBER, 2, "2024-12-06T09:00"),
    stub(OCTOBER, 1, "2024-11-06T08:01"),
    stub(OCTOBER, 2, "2024-12-06T10:00"),
)


@pytest.mark.parametrize(
    ("period", "first"),
    [(SEPTEMBER, "2024-11-06T08:01"), (OCTOBER, "2024-11-06T08:01"), (NOVEMBER, None)],
    ids=str,
)
def test_a_report_sent_again_is_no_new_one(period: Period, first: str | None) -> None:
    """October's sent again on the day of November's: November was not owed when October was reported, and goes by itself."""
    assert first_sealed(SEALS, period) == (first and at(first))
