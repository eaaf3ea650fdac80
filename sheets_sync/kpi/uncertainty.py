"""How far a score could move once every open question is settled: the range that is shown beside it.

An open figure is one that an E finding questions (it counts meanwhile) or that was refused (unreadable or blocked).
A questioned figure lies between what is typed and the median of what the library otherwise reports for the element; a
refused one between the least and the most it otherwise reports. Formulas are evaluated over these intervals, so that
no settlement within them gives a score outside the range. An indicator that rests on nothing but refused figures may
give anything from no points to all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact, evaluate, fold_inside, fold_months, join
from sheets_sync.kpi.formula import Fold, Folded, Name
from sheets_sync.kpi.indicator import Indicator, Method
from sheets_sync.kpi.measure import GROWTH_MONTHS, attain, goalposts, ratio
from sheets_sync.kpi.points import points_of, weigh
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import REPORTED, UNREADABLE, Flags, Floats
from sheets_sync.model import Horizon, Period

Interval = tuple[Floats, Floats]  # low and high


@dataclass(frozen=True, slots=True)
class Bounds:
    """A reader of formulas over intervals: a figure lies between the one in `low` and the one in `high`."""

    low: Exact
    high: Exact

    def number(self, value: float) -> Interval:
        return self.low.number(value), self.high.number(value)

    def folded(self, node: Folded) -> Interval:
        return fold_inside(node, self)

    def series(self, name: Name, window: Horizon | None) -> Interval:
        return self.low.series(name, window), self.high.series(name, window)

    def fold(self, fold: Fold, series: Interval) -> Interval:
        return fold_months(fold, series[0]), fold_months(fold, series[1])

    def join(self, sign: str, left: Interval, right: Interval) -> Interval:
        """The least and the most of the four corners: every sign is monotone in either side away from a zero below."""
        if sign == "/":
            right = _without_zero(right)
        corners = [join(sign, a, b) for a in left for b in right]
        if sign in ("==", "!="):
            corners += _equal_between(sign, left, right)
        return np.minimum.reduce(corners), np.maximum.reduce(corners)


def _without_zero(interval: Interval) -> Interval:
    """Missing where the interval reaches over zero: what is divided by it could be anything."""
    holds = (interval[0] <= 0) & (interval[1] >= 0)
    return np.where(holds, np.nan, interval[0]), np.where(holds, np.nan, interval[1])


def _equal_between(sign: str, left: Interval, right: Interval) -> list[Floats]:
    """Two intervals that overlap may hold equal values although no two of their ends are equal."""
    overlap = (left[0] <= right[1]) & (right[0] <= left[1])
    equal = join(sign, left[0], left[0])
    return [np.where(overlap, equal, join(sign, left[0], right[0]))]


def open_libraries(cube: Cube) -> NDArray[np.intp]:
    """The places of the libraries that have an open figure."""
    return np.flatnonzero((cube.questioned | (cube.states >= UNREADABLE)).any(axis=(0, 1)))


def intervals(cube: Cube) -> tuple[Cube, Cube]:
    """The cube with every open figure at the low and at the high end of what it may be settled as.

    Only the months of an element and library that have one are looked at: most have none.
    """
    refused = cube.states >= UNREADABLE
    element, library = np.nonzero((cube.questioned | refused).any(axis=1))
    here, asked, lost = (each[element, :, library] for each in (cube.figures, cube.questioned, refused))
    settled = np.where(asked, np.nan, here)
    middle = _median(settled)
    usual = np.where(np.isnan(middle), here, middle)
    least, most = np.fmin.reduce(settled, axis=1, keepdims=True), np.fmax.reduce(settled, axis=1, keepdims=True)
    low = np.where(asked, np.minimum(here, usual), np.where(lost, least, here))
    high = np.where(asked, np.maximum(here, usual), np.where(lost, most, here))
    lows, highs, states = cube.figures.copy(), cube.figures.copy(), cube.states.copy()
    lows[element, :, library], highs[element, :, library] = low, high
    states[element, :, library] = np.where(lost & ~np.isnan(low), np.int8(REPORTED), states[element, :, library])
    return replace(cube, figures=lows, states=states), replace(cube, figures=highs, states=states)


def _median(figures: Floats) -> Floats:
    """The median over months without those missing, as rows × 1; NaN sorts last."""
    ordered, count = np.sort(figures, axis=1), (~np.isnan(figures)).sum(axis=1, keepdims=True)
    middle = [np.take_along_axis(ordered, np.maximum(n, 0), axis=1) for n in ((count - 1) // 2, count // 2)]
    return np.asarray(np.where(count > 0, (middle[0] + middle[1]) / 2, np.nan))


def score_bounds(
    scheme: Scheme, cube: Cube, period: Period, horizon: Horizon, refused: Flags, counts: Flags
) -> Interval:
    """The least and the most score of every library of the cube.

    Args:
        scheme: the scheme.
        cube: the libraries that have open figures.
        period: the horizon's last month.
        horizon: the months looked at.
        refused: indicators × libraries: whether an indicator that is due has no figure because figures were refused.
        counts: indicators × libraries: whether it takes its weight in the score as it stands.
    """
    ends = intervals(cube)
    bounds = np.array([_points(indicator, ends, period, horizon) for indicator in scheme.indicators])
    low, high = bounds[:, 0], bounds[:, 1]
    known = ~np.isnan(low)
    low, high = np.where(known, low, 0.0), np.where(known, high, np.where(refused, 1.0, 0.0))
    counted = counts | known | refused
    return weigh(low, scheme.weights, counted).value, weigh(high, scheme.weights, counted).value


def _points(indicator: Indicator, ends: tuple[Cube, Cube], period: Period, horizon: Horizon) -> Interval:
    """The least and the most points of every library; missing where no figures say so."""
    posts = goalposts(indicator, ends[0], period, horizon)
    actual = _actual(indicator, ends, period, horizon)
    either = [points_of(indicator, attain(indicator, end, posts)) for end in actual]
    return np.minimum(*either), np.maximum(*either)


def _actual(indicator: Indicator, ends: tuple[Cube, Cube], period: Period, horizon: Horizon) -> Interval:
    tree = ratio(indicator, ends[0].flows)
    now = Bounds(Exact(ends[0], period, horizon), Exact(ends[1], period, horizon))
    if indicator.method is not Method.GROWTH:
        return evaluate(tree, now)
    before = period - GROWTH_MONTHS
    earlier = Bounds(Exact(ends[0], before, horizon), Exact(ends[1], before, horizon))
    return now.join("/", evaluate(tree, now), evaluate(tree, earlier))
