"""A quarter and a year of the demo's office, worked out by hand from its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from demo_memory import demo_memory, demo_settings

from sheets_sync.jobs.month import month_view
from sheets_sync.jobs.span import SpanView, span_view
from sheets_sync.model import Observation, Part, Period, Reporting, State, TimeSpan
from sheets_sync.model.decision import DecisionKind, DecisionRecord
from sheets_sync.model.office_span import ElementSeries
from sheets_sync.reports.seal import SealedFigure, figures_of
from sheets_sync.store import Memory

NOW = datetime(2025, 1, 8, 2, 0, tzinfo=UTC)
QUARTER, YEAR = TimeSpan(2024, 3), TimeSpan(2024)
PEOPLE = 1146 + 973 + 1389  # in the three villages


@cache
def view(span: TimeSpan) -> SpanView:
    return view_of(span, demo_memory(span.last))


def view_of(span: TimeSpan, memory: Memory, sealed: Sequence[SealedFigure] = ()) -> SpanView:
    office, settings = demo_settings()
    return span_view(office, memory, settings, NOW, span, sealed)


def together(seen: SpanView, element: str) -> ElementSeries:
    return next(each for each in seen.whole.elements if each.element == element)


def village_part(seen: SpanView, indicator: str) -> Part:
    kind = next(each for each in seen.whole.kinds if each.kind == "desa")
    return next(part for part in kind.score.parts if part.indicator == indicator)


@pytest.mark.parametrize(
    ("element", "months", "total"),
    [
        ("visits_onsite", (96 + 77 + 119 + 1257, 118 + 87 + 142 + 1570, 134 + 88 + 145 + 1693), 5526),
        ("loans", (1091, 1295, 1352), 3738),
        ("activities", (14, 21, 19), 54),
        ("participants", (318, 454, 440), 1212),
        ("advocacy", (5, 3, 5), 13),
    ],
)
def test_a_quarter_s_figures_add_up(element: str, months: tuple[float, ...], total: float) -> None:
    """July, August and September of all four libraries, and the quarter, are the sums of what was typed."""
    series = together(view(QUARTER), element)
    assert (series.months, series.total) == (months, total)


@pytest.mark.parametrize(
    ("indicator", "actual"),
    [
        # numerators of the three villages added, then divided by their people: (410 + 297 + 406) / 3 visits a month
        ("visits_per_capita", 12 * (410 + 297 + 406) / 3 / PEOPLE),
        ("members_share", 100 * (159 + 115 + 165) / PEOPLE),
        ("loans_per_capita", 12 * (178 + 132 + 196) / 3 / PEOPLE),
        ("participants", 1000 * (287 + 204 + 190) / 3 / PEOPLE),
        ("activities", (12 / 3 + 10 / 3 + 8 / 3) / 3),  # nothing to divide by: the mean of the libraries
    ],
)
def test_a_quarter_s_rates_come_from_sums(indicator: str, actual: float) -> None:
    """Numerators and denominators are added before they are divided."""
    assert village_part(view(QUARTER), indicator).actual == pytest.approx(actual, abs=1e-12)


def test_the_year_s_figures() -> None:
    """Ten months were typed: 17.837 visits; loans without Pangkan's blank June; participants without a refused cell."""
    seen = view(YEAR)
    figures = {name: together(seen, name).total for name in ("visits_onsite", "loans", "participants")}
    assert figures == {
        "visits_onsite": 1105 + 806 + 1333 + 14593,
        "loans": 566 + 376 + 611 + 10177,
        "participants": 767 + 581 + 440 + 1522,
    }
    assert together(seen, "visits_onsite").months[8:] == (2060, 1990, None, None)
    assert together(seen, "loans").months[5] == 54 + 57 + 1032
    assert together(seen, "loans").known == 39
    assert together(seen, "visits_onsite").best == (8,)


def test_a_year_s_rate_is_not_the_mean_of_rates() -> None:
    """Visits a head are 12 × (130,1 + 94,4 + 133,3) / 3.508 = 1,2239; the mean of the three libraries' is 1,2260."""
    part = village_part(view(YEAR), "visits_per_capita")
    assert part.actual == pytest.approx(1.2239453, abs=5e-8)
    loans = village_part(view(YEAR), "loans_per_capita")  # Pangkan's nine months are divided by nine
    assert loans.actual == pytest.approx(12 * (566 / 10 + 376 / 9 + 611 / 10) / PEOPLE, abs=1e-12)


def test_missing_months_are_said() -> None:
    """November and December were typed by nobody: 40 of 48 reports are in, and no month of theirs has a figure."""
    whole = view(YEAR).whole
    assert (whole.heard, whole.due) == (40, 48)
    assert [entry.missing for entry in whole.libraries] == [(10, 11)] * 4
    assert whole.heard_by_month == ((4, 4),) * 10 + ((0, 4),) * 2
    assert whole.months[10:] == (None, None)


def test_a_quarter_and_its_months_agree() -> None:
    """The months of a quarter score as their own reports say."""
    office, settings = demo_settings()
    quarter = view(QUARTER).whole
    for place, month in enumerate(QUARTER.months):
        rows = month_view(office, demo_memory(month), settings, NOW).month.libraries
        own = {row.library.code: row.month_score.value if row.month_score else None for row in rows}
        assert {entry.library.code: entry.months[place] for entry in quarter.libraries} == pytest.approx(own)


def test_a_year_that_is_over_is_the_year_to_date_of_its_last_month() -> None:
    """A library's score over the year is the one that December's report shows as the year to date."""
    office, settings = demo_settings()
    rows = month_view(office, demo_memory(YEAR.last), settings, NOW).month.libraries
    year = [entry.score.value for entry in view(YEAR).whole.libraries if entry.score]
    assert year == [row.score.value for row in rows if row.score]
    assert len(year) == 4


def test_a_library_that_closed_stays_in_its_year() -> None:
    """Pangkan closed at the end of June: its half year counts, and owes no month after that."""
    memory = demo_memory(YEAR.last)
    closed = tuple(
        replace(each, active_until=date(2024, 6, 30)) if each.tab == "Pangkan" else each for each in memory.libraries
    )
    seen = view_of(YEAR, replace(memory, libraries=closed))
    pangkan = next(entry for entry in seen.whole.libraries if entry.library.tab == "Pangkan")
    assert (pangkan.heard, pangkan.due, pangkan.missing) == (6, 6, ())
    assert pangkan.reported[5:7] == (Reporting.PARTIAL, None)  # June's loans are blank
    assert seen.whole.due == 42
    quarter = view_of(QUARTER, replace(memory, period=QUARTER.last, libraries=closed))
    assert [entry.library.tab for entry in quarter.whole.libraries] == ["Tangkum", "Turan Amis", "Dinas"]


def test_a_closed_month_is_no_gap() -> None:
    """The office has closed Tangkum's November: that month is not owed, December still is."""
    closed = DecisionRecord("x", DecisionKind.CLOSE, NOW, "perpusdes-tangkum", Period(2024, 11), said=True)
    whole = view_of(YEAR, replace(demo_memory(YEAR.last), decisions=(closed,))).whole
    assert (whole.heard, whole.due) == (40, 47)
    assert whole.libraries[0].missing == (11,)


def test_a_library_that_left_the_register_is_named() -> None:
    """Whose row is gone is in no sum, and the report says so."""
    memory = demo_memory(YEAR.last)
    gone, *rest = memory.libraries
    seen = view_of(YEAR, replace(memory, libraries=tuple(rest), gone=(gone,)))
    assert seen.whole.gone == (gone.name,)
    assert together(seen, "visits_onsite").total == 806 + 1333 + 14593


def test_the_office_s_own_start_is_no_gap() -> None:
    """Months before the first one that is expected are neither due nor missing."""
    office, settings = demo_settings()
    later = replace(settings, start=Period(2024, 5))
    whole = span_view(office, demo_memory(YEAR.last), later, NOW, YEAR).whole
    assert (whole.heard, whole.due) == (24, 32)
    assert whole.libraries[0].reported[:4] == (None,) * 4


def test_what_was_revised_since_the_months_own_reports() -> None:
    """Against what each month's own report said: one figure differs, one came late; unreported months say nothing."""
    memory = demo_memory(QUARTER.last)
    sealed = list(figures_of(seen for seen in memory.observations if seen.period in QUARTER.months[:2]))
    before = [each for each in sealed if (each.library, each.element) != ("perpusdes-tangkum", "loans")]
    july = next(each for each in sealed if (each.library, each.element) == ("perpusdes-tangkum", "loans"))
    said = view_of(QUARTER, memory, (*before, replace(july, value=40.0))).whole.libraries[0].revisions
    assert [(each.element, str(each.period), each.before, each.after) for each in said] == [
        ("loans", "2024-07", 40, 49),
        ("loans", "2024-08", None, 63),
    ]


def test_the_one_before_is_compared_with() -> None:
    """The third quarter moved against the second; the first has none before it."""
    assert all(entry.previous is not None for entry in view(QUARTER).whole.libraries)
    assert all(entry.previous is None for entry in view(TimeSpan(2024, 1)).whole.libraries)


def test_a_library_that_can_t_be_computed_is_left_out_alone() -> None:
    """A figure beyond all numbers costs its library the report, and the others nothing."""
    memory = demo_memory(QUARTER.last)
    broken = replace(memory, observations=tuple(_broken(seen) for seen in memory.observations))
    seen = view_of(QUARTER, broken)
    assert seen.whole.left_out == ("Perpustakaan Desa Tangkum",)
    assert len(seen.whole.libraries) == 3


def _broken(seen: Observation) -> Observation:
    if seen.library != "perpusdes-tangkum" or seen.element != "loans":
        return seen
    return seen._replace(state=State.REPORTED, value="x")  # type: ignore[arg-type] # what no reader makes


def test_a_closed_month_is_not_due() -> None:
    """A month that the office has closed for a library is neither reported nor missing in its quarter."""
    known = demo_memory(QUARTER.last)
    code, silent = view(QUARTER).whole.libraries[0].library.code, QUARTER.months[1]
    rest = tuple(seen for seen in known.observations if (seen.library, seen.period) != (code, silent))
    closing = DecisionRecord("D-1", DecisionKind.CLOSE, NOW, code, silent, said=True)
    lacking, closed = (
        view_of(QUARTER, replace(known, observations=rest, decisions=said)).whole.libraries[0]
        for said in ((), (closing,))
    )
    assert (lacking.due, lacking.heard, closed.due, closed.heard) == (3, 2, 2, 2)
