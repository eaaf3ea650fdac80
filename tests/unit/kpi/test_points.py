"""From attainment to points, and from points to a score."""

import numpy as np
import pytest
from kpi_samples import indicator, scheme

from sheets_sync.kpi.indicator import Indicator
from sheets_sync.kpi.points import NOISE, points_of, points_of_all, weigh

NAN = float("nan")
CUTS = {"four": 0.3, "seven": 0.6, "ten": 0.9}


def of_method(method: str) -> Indicator:
    [found] = scheme(indicator(method=method) | ({"cuts": CUTS} if method == "banded" else {})).indicators
    return found


@pytest.mark.parametrize(
    ("method", "table"),
    [
        ("linear", {-0.5: 0, 0: 0, 0.3: 0.3, 1: 1, 1.7: 1}),
        ("growth", {-0.5: 0, 0: 0, 0.3: 0.3, 1: 1, 1.7: 1}),
        ("met", {-0.5: 0, 0.99: 0, 1 - 2 * NOISE: 0, 1 - NOISE: 1, 1: 1, 1.7: 1}),
        ("banded", {-0.5: 0, 0.29: 0, 0.3 - 2 * NOISE: 0, 0.3 - NOISE: 0.4, 0.3: 0.4, 0.59: 0.4}),
        ("banded", {0.6 - 2 * NOISE: 0.4, 0.6 - NOISE: 0.7, 0.6: 0.7, 0.89: 0.7}),
        ("banded", {0.9 - 2 * NOISE: 0.7, 0.9 - NOISE: 1, 0.9: 1, 1.7: 1}),
    ],
)
def test_points_by_method(method: str, table: dict[float, float]) -> None:
    """A target or cut is reached from itself on, less what floating point may take; points stay between 0 and 1."""
    given = points_of(of_method(method), np.array([*table, NAN]))
    assert given[:-1].tolist() == list(table.values())
    assert np.isnan(given[-1])


def test_many_indicators_at_once() -> None:
    """Attainments become the points that their indicator's own method gives, as rows or one after the other."""
    methods = [of_method(method) for method in ("linear", "met", "banded", "growth")]
    rows = np.array([[-0.5, 0.3, 0.95, 1.0, 1.7, NAN]] * len(methods))
    expected = [points_of(each, row) for each, row in zip(methods, rows, strict=True)]
    np.testing.assert_array_equal(points_of_all(methods, np.arange(4)[:, None], rows), expected)
    of_one = points_of_all(methods, np.repeat(range(4), 6), rows.reshape(-1))
    np.testing.assert_array_equal(of_one, np.concatenate(expected))


@pytest.mark.parametrize("off", [1.0, 1 / 3, 1e-3])
@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_noise_never_costs_a_band(cut: float, off: float) -> None:
    """A cut that floating point missed by less than a thousand millionth is reached; by ten times that it is not."""
    below = points_of(of_method("banded"), np.array([cut - 9e-10 * off, cut, cut - 1e-8 / off]))
    assert below[0] == below[1] > below[2]


@pytest.mark.parametrize(
    ("points", "weights", "value"),
    [
        pytest.param([1, 1], [3, 1], 10, id="all points give ten"),
        pytest.param([0, 0], [3, 1], 0, id="no points give nothing, which is a score"),
        pytest.param([1, 0], [3, 1], 7.5, id="weights are proportions"),
        pytest.param([1, NAN], [3, 1], 7.5, id="missing points give none and keep their weight"),
        pytest.param([0.5, 0.25], [0.6, 0.4], 4, id="weights of less than one"),
        pytest.param([0.6255, 0.6255], [1, 2], 6.255, id="a half that floating point would lose"),
    ],
)
def test_a_score_is_the_weighted_share_of_ten(points: list[float], weights: list[float], value: float) -> None:
    """10 × Σ(weight × points) / Σ weight, to the last digit; what was given and what was lost add up to ten."""
    scored = weigh(np.array(points)[:, None], np.array(weights, float), np.ones((2, 1), bool))
    assert scored.value.tolist() == [value]
    assert scored.contribution.sum() + scored.lost.sum() == pytest.approx(10)


def test_what_does_not_count_takes_no_weight() -> None:
    """Each library is weighed by the indicators that count for it; where none does there is no score, and no part of one."""
    points = np.array([[1.0, 0.5, 1.0], [0.0, 0.5, 1.0]])
    counts = np.array([[True, False, False], [True, True, False]])
    scored = weigh(points, np.array([1.0, 3.0]), counts)

    assert scored.value[:2].tolist() == [2.5, 5.0]
    assert np.isnan(scored.value[2])
    assert scored.contribution.tolist() == [[2.5, 0.0, 0.0], [0.0, 5.0, 0.0]]
    assert scored.lost.tolist() == [[0.0, 0.0, 0.0], [7.5, 5.0, 0.0]]


@pytest.mark.parametrize(("points", "value"), [(0.1 + 4e-13, 1 + 4e-12), (0.1 + 4e-14, 1.0)])
def test_a_score_keeps_twelve_places(points: float, value: float) -> None:
    """Twelve places are kept, what lies beyond them is noise."""
    scored = weigh(np.array([[points]]), np.array([1.0]), np.array([[True]]))
    assert scored.value.tolist() == [value]
