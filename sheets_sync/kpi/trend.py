"""The scores of many months at once: each month of each library is a column, so that all are worked out together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact, fold_inside, fold_months, join
from sheets_sync.kpi.formula import Fold, Folded, Name
from sheets_sync.kpi.indicator import Indicator
from sheets_sync.kpi.measure import Goalposts, attain, goalposts, readers, state_of, work_out
from sheets_sync.kpi.points import points_of
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import applicability_of, totals
from sheets_sync.kpi.states import Codes, Floats
from sheets_sync.model import Horizon, Period


def trend(cube: Cube, scheme: Scheme, months: Sequence[Period]) -> Mapping[str, tuple[float | None, ...]]:
    """Every library's score of each of the months alone; None below the coverage floor."""
    figures = readers(scheme, cube, months[0], Horizon.MONTH)
    rows = [_indicator(*pair, months) for pair in zip(scheme.indicators, figures, strict=True)]
    points, states, targets = (np.array(part) for part in zip(*rows, strict=True))
    applicable = applicability_of(scheme.indicators, states, ~np.isnan(targets), ~np.isnan(points))
    value = totals(scheme, points, applicable)[0].value.reshape(len(months), len(cube.libraries))
    known = np.where(np.isnan(value), None, value).T.tolist()  # type: ignore[call-overload] # of objects
    return {library.code: tuple(row) for library, row in zip(cube.libraries, known, strict=True)}


def _indicator(indicator: Indicator, first: Exact, months: Sequence[Period]) -> tuple[Floats, Codes, Floats]:
    """Its points, states and targets, month after month."""
    cube, figures = first.cube, tuple(first.at(month) for month in months)
    *_, actual = work_out(indicator, Together(figures), cube.flows)
    posts = [goalposts(indicator, cube, month, Horizon.MONTH) for month in months]
    target, floor = (np.concatenate(part) for part in zip(*((each.target, each.floor) for each in posts), strict=True))
    states = [state_of(indicator, *pair) for pair in zip(figures, np.split(actual, len(months)), strict=True)]
    points = points_of(indicator, attain(indicator, actual, Goalposts(target, floor)))
    return points, np.concatenate(states), target


@dataclass(frozen=True, slots=True)
class Together:
    """A reader of formulas over several periods at once: the columns of one stand beside those of the next."""

    each: tuple[Exact, ...]

    @property
    def width(self) -> int:
        return sum(one.width for one in self.each)

    def before(self, months: int) -> Together:
        return Together(tuple(one.before(months) for one in self.each))

    def number(self, value: float) -> Floats:
        return self.each[0].number(value)

    def folded(self, node: Folded) -> Floats:
        return fold_inside(node, self)

    def series(self, name: Name, window: Horizon | None) -> Floats:
        """Windows of different lengths end together; what is before a shorter one is missing."""
        parts = [one.series(name, window) for one in self.each]
        series = np.full((max(map(len, parts)), self.width), np.nan)
        for n, part in enumerate(parts):
            if len(part):
                series[-len(part) :, n * part.shape[1] : (n + 1) * part.shape[1]] = part
        return series

    def fold(self, fold: Fold, series: Floats) -> Floats:
        return fold_months(fold, series)

    def join(self, sign: str, left: Floats, right: Floats) -> Floats:
        return join(sign, left, right)
