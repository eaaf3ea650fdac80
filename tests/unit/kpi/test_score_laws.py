"""Laws that hold for every score, whatever the figures."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_samples import OCTOBER, cube, figure, indicator, library, scheme

from sheets_sync.kpi import ScoreTable, score, scores
from sheets_sync.kpi.uncertainty import intervals
from sheets_sync.model import Finding, Horizon, Observation, Period, Severity, State, msg

ELEMENTS = ("visits", "loans", "members", "complaints")
CODES = ("A", "B", "C")
MONTHS = ("2024-08", "2024-09", "2024-10")
WHO = tuple(library(code) for code in CODES)
INDICATORS = (
    indicator(numerator="mean(visits)", target=40, weight=3),
    indicator("loans", floor=2, target=30, weight=2, method="banded"),
    indicator("members", denominator="population", factor=100, target=5, weight=1),
    indicator("complaints", direction="lower", target=3, weight=2),
)
LAWFUL = settings(max_examples=40, deadline=None)
VALUES = st.one_of(st.integers(0, 80), st.sampled_from([None, State.UNREADABLE, State.NOT_APPLICABLE, State.BLOCKED]))
FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.sampled_from(ELEMENTS), st.sampled_from(MONTHS)), VALUES, max_size=30
)
Figures = dict[tuple[str, str, str], Any]


def _observations(figures: Figures) -> list[Observation]:
    return [figure(element, month, value, code) for (code, element, month), value in figures.items()]


def _table(figures: Figures, *indicators: dict[str, Any], **more: Any) -> ScoreTable:
    return score(
        cube(_observations(figures), *WHO, **more), scheme(*(indicators or INDICATORS), coverage_floor=0), OCTOBER
    )


@LAWFUL
@given(FIGURES)
def test_between_0_and_10(figures: Figures) -> None:
    """Scores stay in 0-10, coverage in 0-1, and a score lies in its range."""
    table = _table(figures)
    value = table.value[~np.isnan(table.value)]
    assert ((value >= 0) & (value <= 10)).all()
    assert ((table.coverage >= 0) & (table.coverage <= 1)).all()
    assert (table.low[~np.isnan(table.value)] <= value).all()
    assert (table.high[~np.isnan(table.value)] >= value).all()
    assert (np.isnan(table.low) == np.isnan(table.value)).all()


@LAWFUL
@given(FIGURES)
def test_contributions_add_up(figures: Figures) -> None:
    """A score is the sum of its contributions, and with what was lost it is 10."""
    for each in map(_table(figures).score, CODES):
        given_ = sum(part.contribution for part in each.parts)
        assert pytest.approx(given_, abs=1e-9) == (each.value or 0)
        assert each.value is None or pytest.approx(10) == given_ + sum(part.lost for part in each.parts)


@LAWFUL
@given(FIGURES, st.sampled_from(CODES), st.sampled_from(MONTHS), st.sampled_from(ELEMENTS), st.integers(1, 50))
def test_more_is_never_worse(figures: Figures, code: str, month: str, element: str, more: int) -> None:
    """More of what is better never lowers a score; more complaints never raise it."""
    before = figures.get((code, element, month))
    if not isinstance(before, int):
        return
    first, then = (
        _table(each).score(code).value or 0 for each in (figures, figures | {(code, element, month): before + more})
    )
    assert then <= first + 1e-9 if element == "complaints" else then >= first - 1e-9


@LAWFUL
@given(FIGURES, st.floats(0.001, 1000))
def test_scaling_weights_changes_nothing(figures: Figures, factor: float) -> None:
    """Only the proportions of the weights matter."""
    scaled = [row | {"weight": row["weight"] * factor} for row in INDICATORS]
    np.testing.assert_allclose(_table(figures, *scaled).value, _table(figures).value, atol=1e-9)


@LAWFUL
@given(FIGURES, FIGURES)
def test_others_change_nothing(figures: Figures, others: Figures) -> None:
    """Another library's figures never change mine."""
    mine = {place: value for place, value in figures.items() if place[0] == "A"}
    theirs = {place: value for place, value in others.items() if place[0] != "A"}
    assert _table(mine).score("A") == _table(mine | theirs).score("A")


@LAWFUL
@given(FIGURES, st.randoms(use_true_random=False))
def test_order_changes_nothing(figures: Figures, shuffle: Any) -> None:
    """The order of observations and of libraries changes nothing."""
    observations, libraries = _observations(figures), list(WHO)
    shuffle.shuffle(observations)
    shuffle.shuffle(libraries)
    other = score(cube(observations, *libraries), scheme(*INDICATORS, coverage_floor=0), OCTOBER)
    first = _table(figures)
    assert [other.score(code) for code in CODES] == [first.score(code) for code in CODES]


@LAWFUL
@given(FIGURES, st.lists(st.tuples(*map(st.sampled_from, (CODES, ELEMENTS, MONTHS))), max_size=5), st.data())
def test_no_settlement_leaves_the_range(
    figures: Figures, asked: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    """However open questions are settled within their intervals, the score stays in the range that was shown."""
    questions = [
        Finding("E", Severity.EXPLAIN, msg("?"), code, element, Period.parse(month)) for code, element, month in asked
    ]
    open_cube = cube(_observations(figures), *WHO, questions=questions)
    before = score(open_cube, scheme(*INDICATORS, coverage_floor=0), OCTOBER)
    low, high = intervals(open_cube)
    share = data.draw(st.floats(0, 1))
    settled = type(low)(
        low.elements, low.first, low.libraries, low.figures + share * (high.figures - low.figures), low.states,
        np.zeros_like(low.questioned), low.year_starts_in,
    )  # fmt: skip
    after = score(settled, scheme(*INDICATORS, coverage_floor=0), OCTOBER, with_range=False).value
    known = ~np.isnan(before.value) & ~np.isnan(after)
    assert (after[known] >= before.low[known] - 1e-9).all()
    assert (after[known] <= before.high[known] + 1e-9).all()


@LAWFUL
@given(
    FIGURES,
    st.lists(st.tuples(*map(st.sampled_from, (CODES, ELEMENTS, MONTHS))), max_size=5),
    st.lists(st.tuples(st.integers(-3, 27), st.sampled_from(Horizon)), min_size=1, max_size=4),
    st.integers(0, 4),
)
def test_views_together_are_the_views_alone(
    figures: Figures, asked: list[tuple[str, str, str]], ends: list[tuple[int, Horizon]], ranges: int
) -> None:
    """Several horizons at once give what each gives alone, the first so many with their ranges."""
    questions = [
        Finding("E", Severity.EXPLAIN, msg("?"), code, element, Period.parse(month)) for code, element, month in asked
    ]
    whole, under = cube(_observations(figures), *WHO, questions=questions), scheme(*INDICATORS, coverage_floor=0)
    views = [(whole.first + month, horizon) for month, horizon in ends]
    together = scores(whole, under, views, ranges=ranges)
    for n, view in enumerate(views):
        table, alone = together.table(n), score(whole, under, *view, with_range=n < ranges)
        assert [table.score(code) for code in CODES] == [alone.score(code) for code in CODES]


@pytest.mark.parametrize("horizon", list(Horizon))
def test_nothing_reported(horizon: Horizon) -> None:
    """An empty cube scores nobody, in any horizon."""
    table = score(cube([], *WHO), scheme(*INDICATORS, coverage_floor=0), OCTOBER, horizon)
    assert np.isnan(table.value).all()
    assert table.score("A").category is None
