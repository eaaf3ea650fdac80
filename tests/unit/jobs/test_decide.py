"""What the office is asked, and which answers count: a table of what is known and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_memory import NOW, OCTOBER, OFFICE, memory, settings

from sheets_sync.jobs.decide import DecisionBasis, all_records, decided_by, decisions, heard
from sheets_sync.jobs.mailing.gate import Calendar, NotYet, SealNow, Situation, next_owed, report_decision
from sheets_sync.jobs.month import month_view
from sheets_sync.model import Finding, Period, Reporting, Severity, SpanKind, msg
from sheets_sync.model.approval import HeldAddress, HoldReason, KnownAddress, MailState
from sheets_sync.model.decision import Decided, Decision, DecisionKind, DecisionRecord, ReportPlan, decided, decision_id

ZONE = OFFICE.zone


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


SEPTEMBER, NOVEMBER = Period(2024, 9), Period(2024, 11)
CALENDAR = Calendar(ZONE, 10, time(8), timedelta(days=3), Period(2024, 8))
NEVER_REPORTED = Situation(NOW.astimezone(ZONE), CALENDAR, installed=at("2024-08-20T08:00"), begun=frozenset({OCTOBER}))
REPORTED = replace(NEVER_REPORTED, reported=SEPTEMBER, reported_at=at("2024-10-10T08:01"))
POSTPONED_ONCE = replace(REPORTED, calendar=replace(CALENDAR, postponed={OCTOBER: 1}))
OWED = replace(REPORTED, now=at("2024-12-11T09:00"), reported=OCTOBER, reported_at=at("2024-12-11T08:00"))
STALE = replace(REPORTED, now=at("2024-11-14T08:00"), fresh={"home": at("2024-11-09T08:00")})
KNOWN = KnownAddress("=Bakung", "Bakung", "baru@x.example", datetime(2024, 11, 6, tzinfo=UTC))
GONE = Finding(
    "E-GONE", Severity.EXPLAIN, msg("{question} {fix}", question=msg("3 figures"), fix=""), library="Anggrek"
)
MONTH = month_view(OFFICE, memory(), settings(), NOW).month  # Anggrek has reported, Bakung has not
ALL_IN = replace(MONTH, libraries=MONTH.libraries[:1])


def basis(situation: Situation = REPORTED, **changes: object) -> DecisionBasis:
    return replace(DecisionBasis(OFFICE, ALL_IN, situation), **changes)  # type: ignore[arg-type] # tests name fields that exist


def held(because: HoldReason) -> DecisionBasis:
    return basis(month=replace(ALL_IN, mail=MailState(held=(HeldAddress(KNOWN, "Bakung", because),))))


def kinds(found: tuple[Decision, ...]) -> list[tuple[DecisionKind, Period | None, str]]:
    return [(each.kind, each.period, each.library) for each in found]


POSTPONE, RELEASE, AS_IS = (
    (kind, OCTOBER, "") for kind in (DecisionKind.POSTPONE, DecisionKind.RELEASE, DecisionKind.AS_IS)
)
CASES: dict[str, tuple[DecisionBasis, list[tuple[DecisionKind, Period | None, str]]]] = {
    "two days before a report": (basis(), [POSTPONE]),
    "a report put off by a day": (basis(POSTPONED_ONCE), [POSTPONE, POSTPONE]),
    "the day has come": (basis(replace(REPORTED, now=at("2024-11-10T08:00"))), []),
    "the day to which it was put off": (basis(replace(POSTPONED_ONCE, now=at("2024-11-11T08:00"))), []),
    "reported": (basis(replace(REPORTED, reported=OCTOBER, reported_at=NOW)), []),
    "no day is left before the next report": (
        basis(replace(REPORTED, calendar=replace(CALENDAR, postponed={OCTOBER: 29}))),
        [POSTPONE] * 29,
    ),
    "the first report, before its day": (basis(NEVER_REPORTED), [RELEASE]),
    "the first report, let go": (basis(replace(NEVER_REPORTED, released=frozenset({OCTOBER}))), [RELEASE, POSTPONE]),
    "a new office without a figure": (basis(replace(NEVER_REPORTED, begun=frozenset())), []),
    "a month that was owed": (basis(OWED), [(DecisionKind.RELEASE, NOVEMBER, "")]),
    "not read for four days": (basis(STALE), [AS_IS]),
    "not read for a day": (basis(replace(STALE, now=at("2024-11-11T08:00"))), []),
    "a new address": (held(HoldReason.NEW), [(DecisionKind.ADDRESS, None, "Bakung"), POSTPONE]),
    "a crowd of addresses": (held(HoldReason.TOO_MANY), [POSTPONE]),
    "figures that are gone": (basis(findings=(GONE,)), [POSTPONE, (DecisionKind.GONE, None, "Anggrek")]),
    "another question": (basis(findings=(replace(GONE, rule_code="E-CHANGE"),)), [POSTPONE]),
    "a library that has not reported": (basis(month=MONTH), [POSTPONE, (DecisionKind.CLOSE, OCTOBER, "Bakung")]),
    "its month is not due yet": (basis(replace(REPORTED, now=at("2024-11-05T20:00")), month=MONTH), [POSTPONE]),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked(name: str) -> None:
    """Each question that is open, and no other; each has a name of its own, the same one at the next look."""
    known, asked = CASES[name]
    found = decisions(known).open
    assert kinds(found) == asked
    assert len({each.id for each in found}) == len(found)
    assert [each.id for each in decisions(replace(known, situation=known.situation)).open] == [e.id for e in found]


def test_a_report_that_was_put_off_is_told() -> None:
    """With the moment at which it goes out now, until then."""
    later = at("2024-11-11T08:00")
    assert decisions(basis(POSTPONED_ONCE)).postponed == ((OCTOBER, later),)
    assert decisions(basis(replace(POSTPONED_ONCE, now=later))).postponed == ()


YEARLY = replace(CALENDAR, spans=frozenset({SpanKind.YEAR}))
PLANS: dict[str, tuple[Situation, ReportPlan]] = {
    "before its day": (REPORTED, ReportPlan(OCTOBER, at("2024-11-10T08:00"), SEPTEMBER, at("2024-10-10T08:01"))),
    "put off": (POSTPONED_ONCE, ReportPlan(OCTOBER, at("2024-11-11T08:00"), SEPTEMBER, at("2024-10-10T08:01"))),
    "just reported": (
        replace(REPORTED, reported=OCTOBER, reported_at=NOW),
        ReportPlan(NOVEMBER, at("2024-12-10T08:00"), OCTOBER, NOW),
    ),
    "never reported": (NEVER_REPORTED, ReportPlan(OCTOBER, at("2024-11-10T08:00"))),
    "with a report of the year": (
        replace(NEVER_REPORTED, calendar=YEARLY),
        ReportPlan(OCTOBER, at("2024-11-10T08:00"), year_after=Period(2024, 12)),
    ),
    "with a report of a year that begins in July": (
        replace(NEVER_REPORTED, calendar=replace(YEARLY, year_starts_in=7)),
        ReportPlan(OCTOBER, at("2024-11-10T08:00"), year_after=Period(2025, 6)),
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_when_reports_go_out_is_told(name: str) -> None:
    """The next one with its moment, the last one, and the month that the year's report follows."""
    situation, plan = PLANS[name]
    assert decisions(basis(situation)).plan == plan


def record(kind: DecisionKind, *, said: bool | None, library: str = "", typed: str = "") -> DecisionRecord:
    return DecisionRecord(decision_id(kind, library), kind, NOW, library, OCTOBER, "E-1", typed=typed, said=said)


CLOSED = record(DecisionKind.CLOSE, said=True, library="Bakung")
FOLLOWS: dict[str, tuple[list[DecisionRecord], Decided]] = {
    "nothing was said": ([record(kind, said=None) for kind in DecisionKind], Decided()),
    "everything was refused": ([record(kind, said=False) for kind in DecisionKind], Decided()),
    "a report let go": ([record(DecisionKind.RELEASE, said=True)], Decided(released=frozenset({OCTOBER}))),
    "on what is there": ([record(DecisionKind.AS_IS, said=True)], Decided(as_is=frozenset({OCTOBER}))),
    "put off twice": ([record(DecisionKind.POSTPONE, said=True)] * 2, Decided(postponed={OCTOBER: 2})),
    "a closed month": ([CLOSED], Decided(closed=frozenset({("Bakung", OCTOBER)}))),
    "meant to be gone": ([record(DecisionKind.GONE, said=True)], Decided(gone=frozenset({"E-1"}))),
    "an address, which has a list of its own": ([record(DecisionKind.ADDRESS, said=True)], Decided()),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_follows_from_answers(name: str) -> None:
    """Only a yes changes anything."""
    records, follows = FOLLOWS[name]
    assert decided(records) == follows


OFF = replace(CALENDAR, postponed={OCTOBER: 2})
FRESH = {"home": at("2024-11-12T08:01")}
READ = replace(REPORTED, fresh=FRESH, now=at("2024-11-12T08:02"))
FIRST = replace(READ, reported=None, reported_at=None)


@pytest.mark.parametrize(
    ("situation", "comes"),
    [
        (FIRST, None),
        (replace(FIRST, released=frozenset({SEPTEMBER})), None),
        (replace(FIRST, released=frozenset({OCTOBER})), SealNow(OCTOBER)),
        (replace(OWED, fresh=FRESH, released=frozenset({NOVEMBER})), None),
        (READ, SealNow(OCTOBER)),
        (replace(READ, calendar=OFF), SealNow(OCTOBER)),
        (replace(READ, now=at("2024-11-12T07:59"), calendar=OFF), NotYet()),
        (replace(REPORTED, now=at("2024-12-05T08:00"), calendar=replace(CALENDAR, postponed={OCTOBER: 28})), NotYet()),
        (replace(STALE, as_is=frozenset({OCTOBER})), SealNow(OCTOBER, as_is=True)),
        (replace(STALE, as_is=frozenset({SEPTEMBER})), report_decision(STALE)),
        (replace(STALE, as_is=frozenset({OCTOBER}), conflict=None, clock_off=timedelta(hours=1)), None),
    ],
)
def test_the_gate_obeys(situation: Situation, comes: object) -> None:
    """What an answer lets go goes, what it puts off waits; a wrong clock and unread figures still stop what they stop."""
    assert report_decision(situation) == comes if comes else not isinstance(report_decision(situation), SealNow)


def test_the_next_report_is_known_before_its_day() -> None:
    """From the first of the month on, however long it is put off; not the month after it."""
    assert next_owed(replace(REPORTED, now=at("2024-10-31T12:00"))) is None
    assert next_owed(replace(REPORTED, now=at("2024-11-01T00:00"))) == OCTOBER
    assert next_owed(replace(REPORTED, now=at("2024-12-01T00:00"), calendar=OFF)) == OCTOBER


@pytest.mark.parametrize(
    ("days", "now", "day"),
    [
        (0, "2024-11-03T08:00", 10),
        (2, "2024-11-03T08:00", 12),
        (25, "2024-11-30T08:00", 0),
        (25, "2024-12-05T08:00", 10),
    ],
)
def test_the_day_of_a_report_moves_with_it(days: int, now: str, day: int) -> None:
    """Nobody is reminded on the day on which the report goes out, which is the day to which it was put off."""
    assert replace(CALENDAR, postponed={OCTOBER: days}).report_day(at(now)) == day


TYPED = st.sampled_from(["", "ya", "tidak", "Setuju!", "tutup", "mungkin", "tidak / ya"])


@given(TYPED, TYPED, st.sampled_from([None, True, False]))
def test_what_others_could_have_typed_is_no_answer(before: str, now: str, said: bool | None) -> None:
    """Neither when it is read nor later, as long as nothing else is typed; nor does it take an answer back."""
    known = {CLOSED.id: replace(CLOSED, typed=before, said=said)}
    seen = heard(known, {CLOSED.id: now}, NOW, "", counts=False)
    after = {**known, **{each.id: each for each in seen}}
    assert after[CLOSED.id].said == said
    assert heard(after, {CLOSED.id: now}, NOW, "sekretaris@x.example", counts=True) == []


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (DecisionKind.CLOSE, "tutup", True),
        (DecisionKind.RELEASE, "tutup", None),
        (DecisionKind.POSTPONE, " Tunda ", True),
        (DecisionKind.ADDRESS, "YA.", True),
        (DecisionKind.GONE, "tidak", False),
        (DecisionKind.GONE, "mungkin", None),
        (DecisionKind.AS_IS, "tidak / ya", None),
        (DecisionKind.RELEASE, "", None),
    ],
)
def test_an_answer_is_taken_with_who_and_when(kind: DecisionKind, typed: str, said: bool | None) -> None:
    """In the words of the question; what can't be told apart is none, and an emptied cell takes the answer back."""
    before = record(kind, said=True, typed="y")
    (after,) = heard({before.id: before}, {before.id: typed, "D-00000000": "ya"}, NOW, "ibu@x.example", counts=True)
    assert (after.said, after.typed, after.at, after.by, after.how) == (said, typed, NOW, "ibu@x.example", "sheet")


def test_an_address_may_be_answered_from_the_day_it_is_known() -> None:
    """Also on a tab that an earlier version wrote; what was kept of it is not lost."""
    kept = DecisionRecord(KNOWN.id, DecisionKind.ADDRESS, KNOWN.since, "Bakung", typed="ya", said=True)
    assert all_records([], [KNOWN])[KNOWN.id] == replace(kept, typed="", said=None)
    assert all_records([kept], [KNOWN]) == {KNOWN.id: kept}


@pytest.mark.parametrize(
    ("approvers", "editor", "by"),
    [
        (["a@x"], "pustakawan@x", "a@x"),
        (["a@x", "b@x"], "B@x", "b@x"),
        (["a@x", "b@x"], "pustakawan@x", "a@x, b@x"),
        (["a@x", "b@x"], None, "a@x, b@x"),
    ],
)
def test_who_decided(approvers: list[str], editor: str | None, by: str) -> None:
    """The only one who may; else who changed the workbook last, if they may; else one of them."""
    assert decided_by(approvers, editor) == by


def test_a_closed_month_is_neither_late_nor_missing() -> None:
    """It is in no denominator, and the office's completeness is that of the others."""
    closed = month_view(OFFICE, memory(decisions=(CLOSED,)), settings(), NOW).month
    before, after = (next(row for row in each.libraries if row.library.code == "Bakung") for each in (MONTH, closed))
    assert (before.reporting, after.reporting, after.on_time) == (Reporting.NONE, Reporting.CLOSED, None)
    assert [row.library.code for row in closed.expected] == ["Anggrek"]
    assert (MONTH.timeliness.unknown + MONTH.timeliness.late, closed.timeliness.known) == (1, 1)
    assert closed.timeliness.unknown == 0


def test_figures_of_a_closed_month_count() -> None:
    """What comes all the same is reported, and late it is not."""
    closed = replace(CLOSED, library="Anggrek")
    late = {("Anggrek", OCTOBER): {"visits": datetime(2024, 11, 7, tzinfo=UTC)}}
    month = month_view(OFFICE, memory(decisions=(closed,), answers=late), settings(), NOW).month
    assert (month.libraries[0].reporting, month.libraries[0].on_time) == (Reporting.COMPLETE, None)
