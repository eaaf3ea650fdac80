"""Figures as a cube, and how much of what is due is there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from frame_cube import cube_of_frame
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_samples import ELEMENTS, OCTOBER, cube, figure, indicator, library, scheme

from sheets_sync.kpi import Cube, completeness, reporting, score, timeliness, total_completeness
from sheets_sync.kpi.states import STATES
from sheets_sync.model import (
    DatedValue,
    Finding,
    Horizon,
    Library,
    Observation,
    Period,
    Reporting,
    Severity,
    State,
    Timeliness,
    msg,
)

MONTH = "2024-10"


def _state(figures: Cube, element: str = "visits", month: str = MONTH) -> tuple[State, float]:
    place = figures.element_index[element], Period.parse(month).ordinal - figures.first.ordinal, 0
    return STATES[figures.states[place]], float(figures.figures[place])


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (5, None, State.REPORTED),
        (5, State.NOT_APPLICABLE, State.REPORTED),
        (5, 5, State.REPORTED),
        (5, 6, State.BLOCKED),
        (0, 6, State.BLOCKED),
        (0, 0, State.ZERO),
        (5, State.UNREADABLE, State.UNREADABLE),
        (State.UNREADABLE, State.BLOCKED, State.BLOCKED),
        (State.NOT_APPLICABLE, None, State.NOT_APPLICABLE),
    ],
)
def test_two_cells_for_one_figure(first: float | State | None, second: float | State | None, state: State) -> None:
    """Whatever their order: a blank gives way, what differs or was refused blocks, the same twice is the same."""
    observations = [figure("visits", MONTH, first), figure("visits", MONTH, second)]
    for rows in (observations, observations[::-1]):
        found, value = _state(cube(rows))
        assert found is state
        assert bool(np.isnan(value)) is not state.counts


def test_what_is_elsewhere_is_left_aside() -> None:
    """Other libraries, elements and months do not get in."""
    rows = [figure("visits", "2030-01", 5), figure("unknown", MONTH, 5), figure("visits", MONTH, 5, "Z")]
    assert not cube(rows).month_reported.any()


def test_population_by_year() -> None:
    """Each month has the newest population not younger than its year, the oldest one before that."""
    known = replace(library(), population=(DatedValue(2023, 900), DatedValue(2024, 950)))
    figures = cube([], known, first="2022-12", last="2024-12")
    values = figures.figures[figures.element_index["population"], :, 0]
    assert [values[0], values[1], values[13]] == [900.0, 900.0, 950.0]


def test_only_open_counting_figures_are_questioned() -> None:
    """An E marks every figure it names; a blank can't be questioned; a warning and an answered E mark nothing."""
    about = {"library": "A", "element": "visits", "period": Period.parse(MONTH)}
    names = Finding("E1", Severity.EXPLAIN, msg("?"), also_elements=("loans", "members"), **about)  # type: ignore[arg-type]
    warning = replace(names, severity=Severity.WARNING, element="members", also_elements=())
    answered = replace(names, element="copies", also_elements=(), reason="new counter")
    figures = cube(
        [figure("visits", MONTH, 1), figure("loans", MONTH, 2), figure("copies", MONTH, 3)],
        questions=[names, warning, answered],
    )
    marked = {name for name, n in figures.element_index.items() if figures.questioned[n].any()}
    assert marked == {"visits", "loans"}


def _frame(rows: Sequence[Observation]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "library": [row.library for row in rows],
            "element": [row.element for row in rows],
            "period": [str(row.period) for row in rows],
            "state": [row.state.value for row in rows],
            "value": [np.nan if row.value is None else row.value for row in rows],
        }
    )


# Few places, so that one is often spoken of twice, also by rows that are taken up together and by rows that are not.
SAID = st.builds(
    figure,
    st.sampled_from(["visits", "members", "population", "unknown"]),
    st.sampled_from(["2023-01", "2023-02", "2031-01"]),
    st.sampled_from([None, 0, 1, 7, State.UNREADABLE, State.BLOCKED, State.NOT_APPLICABLE]),
    st.sampled_from(["A", "B", "Z"]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(SAID, max_size=12), chunk=st.sampled_from([1, 2, 5, 100]), as_texts=st.booleans())
def test_frame_and_observations_give_the_same(rows: list[Observation], chunk: int, *, as_texts: bool) -> None:
    """A frame with a row per figure makes the same cube as observations do, whatever it says twice, in what order."""
    libraries, frame = (library("A"), library("B")), _frame(rows)
    frame = frame if as_texts else frame.astype(dict.fromkeys(["library", "element", "period", "state"], "category"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("frame_cube.CHUNK", chunk)
        two = cube_of_frame(frame, libraries, ELEMENTS, Period(2023, 1), Period(2024, 12))
    one = cube(rows, *libraries)
    np.testing.assert_array_equal(one.figures, two.figures)
    np.testing.assert_array_equal(one.states, two.states)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(2019, 2026), st.integers(0, 3)), max_size=3), max_size=4))
def test_population_is_the_register_s(figures: list[list[tuple[int, int]]]) -> None:
    """Many libraries at once: each month has what the register's row says for its year."""
    libraries = [
        Library(f"{n}", f"{n}", population=tuple(DatedValue(since, value) for since, value in known))
        for n, known in enumerate(figures)
    ]
    whole = Cube.from_observations([], libraries, ELEMENTS, Period(2020, 11), Period(2024, 2))
    values = whole.figures[whole.element_index["population"]]
    for month, row in zip(whole.months, values, strict=True):
        expected = [each.population_in(Period(month.year, 12)) for each in libraries]
        np.testing.assert_array_equal(row, [each.value if each else np.nan for each in expected])


def test_no_observations_at_all() -> None:
    """An empty sheet makes an empty cube."""
    assert _state(cube([]))[0] is State.EMPTY


def _complete(*rows: Observation, who: Library | None = None, horizon: Horizon = Horizon.MONTH) -> float | None:
    figures = cube(rows, *([who] if who else []))
    return completeness(figures, ELEMENTS, OCTOBER, horizon)["A"]


@pytest.mark.parametrize(
    ("value", "share"),
    [(5, 1.0), (0, 1.0), (State.NOT_APPLICABLE, 1.0), (None, 0.0), (State.UNREADABLE, 0.0), (State.BLOCKED, 0.0)],
)
def test_completeness_is_of_content(value: float | State | None, share: float) -> None:
    """A figure, a zero and 'does not apply' answer; a blank and what can't be used do not; extras add nothing."""
    assert _complete(figure("visits", MONTH, value), figure("loans", MONTH, 9)) == share


def test_completeness_asks_only_for_months_in_service() -> None:
    """Of the year to October a library that opened in September owes two months."""
    since = replace(library(), active_since=date(2024, 9, 15))
    assert _complete(figure("visits", MONTH, 1), who=since, horizon=Horizon.YEAR_TO_DATE) == 0.5
    never = replace(library(), active_until=date(2023, 12, 31))
    assert _complete(who=never) is None


DAYS = st.none() | st.dates(date(2024, 7, 28), date(2024, 11, 3))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=4), st.sampled_from(Horizon))
def test_completeness_knows_when_each_is_in_service(
    services: list[tuple[date | None, date | None]], over: Horizon
) -> None:
    """Many libraries at once: something is due of one that is in service on any day of the months asked about."""
    libraries = [library(f"{n}", active_since=since, active_until=until) for n, (since, until) in enumerate(services)]
    whole = Cube.from_observations([], libraries, ELEMENTS, Period(2023, 1), Period(2024, 12))
    months = whole.months[whole.window(OCTOBER, over)]
    expected = {each.code: 0.0 if any(map(each.active_in, months)) else None for each in libraries}
    assert completeness(whole, ELEMENTS, OCTOBER, over) == expected


def test_total_completeness_weighs_cells() -> None:
    """Over all libraries every required cell weighs the same; nothing due is None."""
    figures = cube([figure("visits", MONTH, 1)], library("A"), library("B"))
    assert total_completeness(figures, ELEMENTS, OCTOBER) == 0.5
    assert total_completeness(cube([]), [], OCTOBER) is None


@pytest.mark.parametrize(
    ("rows", "how_much"),
    [
        ([], Reporting.NONE),
        ([figure("visits", MONTH, None)], Reporting.NONE),
        ([figure("loans", MONTH, 3)], Reporting.PARTIAL),
        ([figure("visits", MONTH, 3)], Reporting.COMPLETE),
        ([figure("visits", MONTH, 0)], Reporting.COMPLETE),
        ([figure("visits", "2024-09", 3)], Reporting.NONE),
    ],
)
def test_reporting(rows: list[Observation], how_much: Reporting) -> None:
    """An empty form is no report; nihil is one."""
    assert reporting(cube(rows), ELEMENTS, OCTOBER)["A"] is how_much


def test_timeliness() -> None:
    """Reports in time over those of which it is known."""
    some, nobody = timeliness([True, False, None, True]), timeliness([None])
    assert (some, some.share) == (Timeliness(on_time=2, late=1, unknown=1), 2 / 3)
    assert (nobody.known, nobody.share) == (0, None)


def test_table_as_frames() -> None:
    """Frames carry scores and every part, a row each."""
    table = score(cube([figure("visits", MONTH, 5)]), scheme(indicator(), indicator("loans")), OCTOBER)
    row = table.to_frame().iloc[0]
    assert (row["library"], row["score"], row["category"], bool(row["provisional"])) == ("A", 5.0, "rendah", True)
    parts = table.parts_frame()
    assert list(parts["indicator"]) == ["visits", "loans"]
    assert list(parts["state"]) == ["reported", "empty"]
