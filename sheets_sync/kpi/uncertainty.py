"""How far a score could move once every open question is settled: the range that is shown beside it.

An open figure is one that an E finding questions (it counts meanwhile) or that was refused (unreadable or blocked).
A questioned figure lies between what is typed and the median of what the library otherwise reports for the element; a
refused one between the least and the most it otherwise reports. Formulas are evaluated over these intervals, so that
no settlement within them gives a score outside the range. An indicator that rests on nothing but refused figures may
give anything from no points to all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import View, evaluate, fold_inside, fold_months, join
from sheets_sync.kpi.formula import Fold, Folded, Name, names_in
from sheets_sync.kpi.indicator import Indicator, Method
from sheets_sync.kpi.measure import GROWTH_MONTHS, Goalposts, attain, inputs, ratio
from sheets_sync.kpi.points import points_of, weigh
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import REPORTED, UNREADABLE, Flags, Floats
from sheets_sync.kpi.views import Figures, figures_of
from sheets_sync.model import Horizon

Interval = tuple[Floats, Floats]  # low and high


@dataclass(frozen=True, slots=True)
class Bounds:
    """A reader of formulas over intervals, for some of the columns: a figure lies between that of `low` and of `high`.

    An interval whose ends are one array has no width: it is worked out once.
    """

    low: Figures
    high: Figures
    columns: NDArray[np.intp]
    open: Collection[str]  # the elements that have open figures

    def before(self, months: int) -> Bounds:
        return replace(self, low=self.low.before(months), high=self.high.before(months))

    def number(self, value: float) -> Interval:
        return _once(self.low.number(value))

    def folded(self, node: Folded) -> Interval:
        if any(map(self._moves, names_in(node))):
            return fold_inside(node, self)
        return _once(self.low.folded(node).take(self.columns))

    def _moves(self, name: Name) -> bool:
        """Whether its figures may be settled; any open figure may make a blank a zero."""
        return name.or_zero or name.element in self.open

    def series(self, name: Name, window: Horizon | None) -> Interval:
        low = self.low.series(name, window).take(self.columns, axis=1)
        if not self._moves(name):
            return _once(low)
        return low, self.high.series(name, window).take(self.columns, axis=1)

    def fold(self, fold: Fold, series: Interval) -> Interval:
        low = fold_months(fold, series[0])
        return _once(low) if series[0] is series[1] else (low, fold_months(fold, series[1]))

    def join(self, sign: str, left: Interval, right: Interval) -> Interval:
        """The least and the most of the four corners: every sign is monotone in either side away from a zero below."""
        if sign == "/":
            right = _without_zero(right)
        corners = [join(sign, a, b) for a in _ends(left) for b in _ends(right)]
        if len(corners) == 1:
            return _once(corners[0])
        if sign in ("==", "!="):
            corners += _equal_between(sign, left, right)
        return np.minimum.reduce(corners), np.maximum.reduce(corners)


def _once(value: Floats) -> Interval:
    return value, value


def _ends(interval: Interval) -> Sequence[Floats]:
    return interval[:1] if interval[0] is interval[1] else interval


def _without_zero(interval: Interval) -> Interval:
    """Missing where the interval reaches over zero: what is divided by it could be anything."""
    if interval[0] is interval[1]:
        return interval  # nothing is divided by zero
    holds = (interval[0] <= 0) & (interval[1] >= 0)
    return np.where(holds, np.nan, interval[0]), np.where(holds, np.nan, interval[1])


def _equal_between(sign: str, left: Interval, right: Interval) -> list[Floats]:
    """Two intervals that overlap may hold equal values although no two of their ends are equal."""
    overlap = (left[0] <= right[1]) & (right[0] <= left[1])
    equal = join(sign, left[0], left[0])
    return [np.where(overlap, equal, join(sign, left[0], right[0]))]


def open_libraries(cube: Cube) -> NDArray[np.intp]:
    """The places of the libraries that have an open figure."""
    return np.flatnonzero(cube.open.any(axis=(0, 1)))


def intervals(cube: Cube) -> tuple[Cube, Cube]:
    """The cube with every open figure at the low and at the high end of what it may be settled as.

    Only the months of an element and library that have one are looked at: most have none.
    """
    refused = cube.states >= UNREADABLE
    element, library = np.nonzero(cube.open.any(axis=1))
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


@dataclass(frozen=True, slots=True, eq=False)
class Unsettled:
    """Scores as they stand, indicators × (views × libraries)."""

    points: Floats
    posts: Goalposts
    counts: Flags  # whether the indicator takes its weight
    refused: Flags  # whether an indicator that is due has no figure because figures were refused

    def of(self, columns: NDArray[np.intp]) -> Unsettled:
        """Those of some of the columns."""
        counts, refused = (each.take(columns, axis=1) for each in (self.counts, self.refused))
        return Unsettled(self.points.take(columns, axis=1), self.posts.of(columns), counts, refused)


def score_bounds(scheme: Scheme, cube: Cube, views: Sequence[View], unsettled: Unsettled) -> Interval:
    """The least and the most score of every library of the cube, in one view after the other.

    Args:
        scheme: the scheme.
        cube: the libraries that have open figures.
        views: the months looked at.
        unsettled: their scores as they stand.
    """
    least, most = (figures_of(end, views) for end in intervals(cube))
    low, high = unsettled.points.copy(), unsettled.points.copy()
    where: Flags = np.any(cube.open, axis=1)
    opened = dict(zip(cube.elements, where, strict=True))
    some = {element for element, libraries in opened.items() if libraries.any()}
    for n, indicator in enumerate(scheme.indicators):
        columns = np.flatnonzero(np.tile(_concerned(indicator, cube, opened), len(views)))
        if len(columns):
            bounds = Bounds(least, most, columns, some)
            low[n, columns], high[n, columns] = _points(indicator, bounds, unsettled.posts.row(n).of(columns))
    known = ~np.isnan(low)
    low, high = np.where(known, low, 0.0), np.where(known, high, np.where(unsettled.refused, 1.0, 0.0))
    counted = unsettled.counts | known | unsettled.refused
    return weigh(low, scheme.weights, counted).value, weigh(high, scheme.weights, counted).value


def _concerned(indicator: Indicator, cube: Cube, opened: Mapping[str, Flags]) -> Flags:
    """The libraries in which what the indicator reads may be settled."""
    uses = inputs(indicator, cube.flows)
    read = opened if any(use.or_zero for use in uses) else {use.element for use in uses}
    return np.asarray(np.logical_or.reduce([opened[element] for element in read]))


def _points(indicator: Indicator, bounds: Bounds, posts: Goalposts) -> Interval:
    """The least and the most points of each library; missing where no figures say so."""
    tree = ratio(indicator, bounds.low.cube.flows)
    actual = evaluate(tree, bounds)
    if indicator.method is Method.GROWTH:
        actual = bounds.join("/", actual, evaluate(tree, bounds.before(GROWTH_MONTHS)))
    either = [points_of(indicator, attain(indicator.higher, end, posts)) for end in actual]
    return np.minimum(*either), np.maximum(*either)
