"""An office's month, computed from what is remembered: no server, no file, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from kpi_samples import figure, indicator, library, scheme
from office_memory import (
    CHANGED_AT,
    FIGURES,
    HOME,
    LIBRARIES,
    LONG_AGO,
    NOW,
    OCTOBER,
    OFFICE,
    READ_AT,
    SECOND,
    SEPTEMBER,
    TWO_WORKBOOKS,
    glance,
    memory,
    record,
    settings,
)

from sheets_sync.checks.timeliness import due_moment
from sheets_sync.jobs.arrivals import looked_since_due
from sheets_sync.jobs.away import stale_workbooks
from sheets_sync.jobs.month import (
    current_period,
    due_moments,
    month_view,
    shown_period,
)
from sheets_sync.model import LibraryMonth, OfficeMonth, Period, Reporting, Revision, Timeliness, msg
from sheets_sync.model.place import TREND_MONTHS
from sheets_sync.reports.seal import Seal, SealedFigure, figures_of
from sheets_sync.rules.workbooks import NEVER_READ
from sheets_sync.store import KnownTab, Memory

DUE = due_moment(OFFICE, OCTOBER)
MOMENT = timedelta(microseconds=1)
AWAY = msg("not shared")


def month(known: Memory | None = None) -> OfficeMonth:
    return month_view(OFFICE, known or memory(), settings(), NOW).month


def row(code: str, known: Memory | None = None) -> LibraryMonth:
    return next(each for each in month(known).libraries if each.library.code == code)


def sealed(figures: tuple[SealedFigure, ...]) -> Seal:
    """September's report, made of these figures."""
    return Seal("contoh", SEPTEMBER, 1, "t1", LONG_AGO, figures, ())


@pytest.mark.parametrize(
    ("code", "year", "alone", "before", "trend"),
    [
        pytest.param("Anggrek", 6.0, 2.25, 3.75, (1.25, 2.5, 2.25), id="24, 9 and 15 visits of 40"),
        pytest.param("Bakung", 2.5, None, 2.5, (1.0, 1.5, None), id="10 visits of 40, none in October"),
    ],
)
def test_scores_are_those_of_a_hand_calculation(
    code: str, year: float, alone: float | None, before: float, trend: tuple[float | None, ...]
) -> None:
    """The year to date, the month, the year to date a month earlier, and the months so far, oldest first."""
    entry = row(code)
    assert entry.score is not None
    assert entry.previous is not None
    assert (entry.score.value, entry.previous.value) == (year, before)
    assert (entry.month_score.value if entry.month_score else None) == alone
    assert entry.trend == (*[None] * (TREND_MONTHS - 3), *trend)


def test_the_office_s_figures_are_those_of_its_libraries() -> None:
    """Of two libraries one reported, and in time; the trend is the mean of those that have a score."""
    office = month()
    assert (office.completeness, office.timeliness) == (0.5, Timeliness(on_time=1, late=1, unknown=0))
    assert office.trend[-3:] == (1.125, 2.0, 2.25)
    assert [each.reporting for each in office.libraries] == [Reporting.COMPLETE, Reporting.NONE]
    assert [each.on_time for each in office.libraries] == [True, False]
    assert (office.period, office.scheme, office.findings, office.stale) == (OCTOBER, "t1", (), ())


def test_every_score_of_the_month_is_given_to_be_kept() -> None:
    """Each library's year to date and month, where it has one."""
    scores = month_view(OFFICE, memory(), settings(), NOW).scores
    assert [(score.library, score.horizon.value, score.value) for score in scores if score.value is not None] == [
        ("Anggrek", "ytd", 6.0),
        ("Anggrek", "month", 2.25),
        ("Bakung", "ytd", 2.5),
    ]


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        pytest.param(DUE, True, id="at the due moment"),
        pytest.param(DUE + 2 * MOMENT, False, id="after a sync that looked since and saw nothing"),
    ],
)
def test_the_due_moment_itself_is_in_time(came: datetime, expected: bool) -> None:
    """A month that is first seen at the very end of its due day is in time, two moments later it is late."""
    looked = replace(glance(), first_looks={DUE: DUE + MOMENT})
    assert row("Anggrek", memory(answers={("Anggrek", OCTOBER): {"visits": came}}, glance=looked)).on_time is expected


def test_the_months_that_a_report_covered_are_compared_with_it() -> None:
    """A figure that September's report gave differently is a revision, one that it lacked came late."""
    told = figures_of(FIGURES)
    changed = tuple(replace(each, value=8.0) if each.value == 10.0 else each for each in told if each.value != 4.0)
    entry = memory(sealed=sealed(changed))
    assert row("Anggrek", entry).revisions == (Revision("Anggrek", "visits", SEPTEMBER, 8.0, 10.0),)
    assert row("Bakung", entry).revisions == (Revision("Bakung", "visits", Period(2024, 8), None, 4.0),)


def test_a_sealed_month_keeps_the_scheme_of_its_report() -> None:
    """Whatever the configuration says now, the month is scored as it was reported: 24 of 30 visits."""
    kept = scheme(indicator("visits", target=30), coverage_floor=0, version="old")
    office = month(memory(scheme=kept))
    assert office.scheme == "old"
    assert office.libraries[0].score is not None
    assert office.libraries[0].score.value == 8.0


@pytest.mark.parametrize(
    ("workbooks", "expected"),
    [
        pytest.param((record(),), CHANGED_AT, id="read since, nothing changed"),
        pytest.param((record(), record(SECOND, changed_at=READ_AT)), READ_AT, id="the newest change of all"),
    ],
)
def test_data_are_as_of_the_last_change(workbooks: tuple[object, ...], expected: datetime) -> None:
    """Not as of the last read: a read that finds nothing new makes no figure younger."""
    assert month(memory(glance=glance(*workbooks))).data_as_of == expected  # type: ignore[arg-type] # records


def test_what_could_not_be_read_is_told_with_its_age() -> None:
    """A workbook with a problem, and a tab that was lost, stand among the stale; their figures stay."""
    lost = {9: KnownTab("Lama", "Anggrek", CHANGED_AT)}
    office = month(memory(glance=glance(record(tabs=lost), record(SECOND, CHANGED_AT, problem=AWAY))))
    assert [(each.workbook, each.title, each.last_read) for each in office.stale] == [
        (HOME, "Lama", CHANGED_AT),
        (SECOND, "Second", CHANGED_AT),
    ]
    assert office.libraries[0].score == row("Anggrek").score


@pytest.mark.parametrize(("title", "told"), [("Buku desa", "Buku desa"), ("", str(NEVER_READ))])
def test_a_workbook_that_can_not_be_read_is_told_without_its_id(title: str, told: str) -> None:
    """The id tells people nothing: its title does, also in what Google said of it, and where none is known no id stands in."""
    away = msg("There is no workbook {workbook}.", workbook=SECOND)
    [stale] = stale_workbooks([replace(record(SECOND, CHANGED_AT, problem=away), title=title)])
    assert (str(stale.title), str(stale.reason)) == (told, f"There is no workbook {told}.")


def test_a_library_that_is_not_in_service_is_not_in_the_month() -> None:
    """Only libraries that were active on a day of the month are scored and expected."""
    closed = replace(LIBRARIES[1], active_until=SEPTEMBER.last_day)
    office = month(memory(libraries=(LIBRARIES[0], closed)))
    assert [each.library.code for each in office.libraries] == ["Anggrek"]
    assert (office.completeness, office.timeliness) == (1.0, Timeliness(on_time=1, late=0, unknown=0))


def test_an_empty_memory_makes_an_empty_month() -> None:
    """Before anything was read there is a month without libraries, and nothing is known."""
    office = month(Memory(OCTOBER))
    assert (office.libraries, office.data_as_of, office.completeness) == ((), None, None)
    assert (office.timeliness, office.timeliness.share) == (Timeliness(on_time=0, late=0, unknown=0), None)


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        pytest.param((), None, id="the figure is gone"),
        pytest.param((90, 91), None, id="a second row says another figure"),
        pytest.param((15,), True, id="as it was"),
    ],
)
def test_nobody_is_in_time_whose_month_is_not_complete_now(standing: tuple[float, ...], expected: bool | None) -> None:
    """What was there in time and is gone or in question since is neither in time nor late, and no row says both."""
    others = [seen for seen in FIGURES if (seen.library, seen.period) != ("Anggrek", OCTOBER)]
    now = [figure("visits", "2024-10", value, "Anggrek")._replace(typed=str(value)) for value in standing]
    entry = row("Anggrek", memory(observations=(*others, *now)))
    assert entry.on_time is expected
    assert (entry.reporting is Reporting.COMPLETE) is (expected is True)


def test_a_question_stands_with_its_library() -> None:
    """What the checks find is told where it belongs: a figure that is blocked counts no more."""
    twice = (*FIGURES, figure("visits", "2024-10", 90, "Anggrek")._replace(typed="90"))
    entry = row("Anggrek", memory(observations=twice))
    assert [finding.library for finding in entry.findings] == ["Anggrek"]
    assert entry.score is not None
    assert entry.score.value == 3.75


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2024-10-31T23:59+07:00", Period(2024, 9)),
        ("2024-10-31T17:00+00:00", Period(2024, 10)),
        ("2024-09-15T08:00+07:00", Period(2024, 8)),
        ("2024-03-01T08:00+07:00", Period(2024, 8)),
    ],
)
def test_the_last_finished_month_is_shown(now: str, expected: Period) -> None:
    """By the office's own calendar; before the first month that is expected it is that one."""
    moment = datetime.fromisoformat(now)
    assert shown_period(settings(), OFFICE, moment) == expected
    assert current_period(OFFICE, moment) <= expected


def test_the_due_moments_reach_back_over_the_trend() -> None:
    """Since when it matters whether anybody looked: the shown month's end of the due day is among them."""
    moments = due_moments(OFFICE, OCTOBER, NOW)
    assert moments[OCTOBER] == DUE
    assert len(moments) == TREND_MONTHS + 2


@pytest.mark.parametrize(
    ("first_looks", "home", "second", "expected"),
    [
        pytest.param({}, DUE - MOMENT, DUE - MOMENT, False, id="all read before it was due"),
        pytest.param({}, DUE + MOMENT, DUE, False, id="one read before it was due"),
        pytest.param({}, DUE + MOMENT, DUE + MOMENT, True, id="all read since"),
        pytest.param({}, DUE + MOMENT, None, False, id="one was never read"),
        pytest.param({DUE: DUE + MOMENT}, DUE - MOMENT, DUE - MOMENT, True, id="a good sync has looked"),
        pytest.param({DUE - MOMENT: DUE}, DUE - MOMENT, DUE - MOMENT, False, id="looked for another month"),
    ],
)
def test_somebody_looked_once_everything_was_seen_after_the_due_day(
    first_looks: dict[datetime, datetime], home: datetime, second: datetime | None, expected: bool
) -> None:
    """A good sync since the due moment has looked, and so has whoever read every workbook since."""
    known = replace(glance(record(read_at=home), record(SECOND, second)), first_looks=first_looks)
    assert looked_since_due(TWO_WORKBOOKS, known, OCTOBER) is expected


def test_a_population_that_is_not_known_is_no_failure() -> None:
    """A library without a population still has its month."""
    nobody = (library("Anggrek", None, tab="Anggrek"),)
    assert month(memory(libraries=nobody)).libraries[0].reporting is Reporting.COMPLETE
