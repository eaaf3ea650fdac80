"""A year of which an element's months to come are raised: what that does to the folds of formulas.

Where months are added and subtracted before they are folded, one more of an element adds the same whatever there is, and
however much more is tried: it is worked out once for all libraries. Elsewhere the months are raised and folded anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.evaluate import Exact, evaluate, fold_inside, fold_months, join
from sheets_sync.kpi.formula import Fold, Folded, Name, slope
from sheets_sync.kpi.states import Flags, Floats
from sheets_sync.model import Horizon, Period

cached_slope = cache(slope)  # asked for by every trial


@dataclass(frozen=True, slots=True)
class Raised:
    """An element raised in some months of a projected year, by so much as the library that tries it out says."""

    exact: Exact  # of one view
    months: slice
    element: str
    known: dict[tuple[Period, Folded], Floats] = field(default_factory=dict, compare=False, repr=False)

    def before(self, months: int) -> Raised:
        return Raised(self.exact.before(months), self.months, self.element, self.known)

    def inside(self, window: Horizon | None) -> slice:
        """The raised months, counted from the start of a window."""
        first = self.exact.cube.window(self.exact.period, window or self.exact.horizon).start
        return slice(max(self.months.start - first, 0), max(self.months.stop - first, 0))

    def each(self, node: Folded, by: float) -> Floats:
        """What one more in each month adds to the fold, by library, where it adds `by` to a month."""
        key = self.exact.period, node
        if key not in self.known:
            there = ~np.isnan(evaluate(node.inside, self.exact, node.window))
            self.known[key] = by * _told(node.fold, there, self.inside(node.window))
        return self.known[key]


def _told(fold: Fold, there: Flags, raised: slice) -> Floats:
    """How often a fold tells the raised months: `there` says which months have a figure, months × libraries."""
    times = np.asarray(there[raised].sum(axis=0), np.float64)
    match fold:
        case "sum":
            return times
        case "mean":
            return np.asarray(times / np.maximum(there.sum(axis=0), 1))
        case "last":
            return np.where(there[raised.stop :].any(axis=0), 0.0, times > 0)
        case "count":
            return np.zeros_like(times)


@dataclass(frozen=True, slots=True)
class Stepping:
    """A reader of formulas over the raised year; every column is a library with so much more of its own."""

    raised: Raised
    library: NDArray[np.intp]
    amount: NDArray[np.int64]

    @property
    def width(self) -> int:
        return len(self.amount)

    def before(self, months: int) -> Stepping:
        return Stepping(self.raised.before(months), self.library, self.amount)

    def number(self, value: float) -> Floats:
        return self.raised.exact.number(value)

    def folded(self, node: Folded) -> Floats:
        by = cached_slope(node.inside, self.raised.element)
        if by is None:
            return fold_inside(node, self)
        steady = self.raised.exact.folded(node).take(self.library)
        return steady + self.raised.each(node, by).take(self.library) * self.amount if by else steady

    def series(self, name: Name, window: Horizon | None) -> Floats:
        series = self.raised.exact.series(name, window).take(self.library, axis=1)
        if name.element == self.raised.element:
            series[self.raised.inside(window)] += self.amount
        return series

    def fold(self, fold: Fold, series: Floats) -> Floats:
        return fold_months(fold, series)

    def join(self, sign: str, left: Floats, right: Floats) -> Floats:
        return join(sign, left, right)
