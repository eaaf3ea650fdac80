"""Steps tried out: many at once, each a column of its own, and only what a step touches is measured anew."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.evaluate import Exact, fold_months, join
from sheets_sync.kpi.formula import Fold, Name
from sheets_sync.kpi.measure import Goalposts, attain, exact, goalposts, inputs, state_of, work_out
from sheets_sync.kpi.outlook import Lever, Outlook, levers
from sheets_sync.kpi.points import points_of
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import applicability_of, score, totals
from sheets_sync.kpi.states import Codes, Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import Horizon

Places = NDArray[np.intp]
Amounts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tries:
    """Steps to be tried out, as columns: the library and the lever by their places, and how much."""

    library: Places
    lever: Places
    amount: Amounts

    def __len__(self) -> int:
        return len(self.amount)

    def at(self, places: Places) -> Tries:
        """Some of them."""
        return Tries(*(getattr(self, each.name)[places] for each in fields(self)))

    def of(self, amount: Amounts) -> Tries:
        """The same steps, larger or smaller."""
        return replace(self, amount=amount)


@dataclass(frozen=True, slots=True)
class Stepping:
    """A reader of formulas over the projected year in which every column has its own step added."""

    exact: Exact
    ahead: Outlook
    levers: tuple[Lever, ...]
    tries: Tries

    @property
    def width(self) -> int:
        return len(self.tries)

    def before(self, months: int) -> Stepping:
        return replace(self, exact=self.exact.before(months))

    def number(self, value: float) -> Floats:
        return self.exact.number(value)

    def series(self, name: Name, window: Horizon | None) -> Floats:
        series = self.exact.series(name, window)[:, self.tries.library]
        first = self.exact.cube.window(self.exact.period, window or self.exact.horizon).start
        for number, lever in enumerate(self.levers):
            if lever.element == name.element:
                months = self.ahead.months(lever)
                inside = slice(max(months.start - first, 0), max(months.stop - first, 0))
                series[inside] += np.where(self.tries.lever == number, self.tries.amount, 0)
        return series

    def fold(self, fold: Fold, series: Floats) -> Floats:
        return fold_months(fold, series)

    def join(self, sign: str, left: Floats, right: Floats) -> Floats:
        return join(sign, left, right)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The projected year under a scheme: what comes by itself (`base`), and what steps would make of it."""

    ahead: Outlook
    base: ScoreTable
    levers: tuple[Lever, ...]
    figures: tuple[Exact, ...]  # what each indicator is worked out from
    posts: tuple[Goalposts, ...]  # of each indicator
    touched: Flags  # indicators × levers: whether the indicator reads the lever's element

    @classmethod
    def of(cls, ahead: Outlook, scheme: Scheme) -> Trial:
        """The year scored as it comes by itself."""
        cube, when = ahead.cube, (ahead.end, Horizon.YEAR_TO_DATE)
        found = tuple(levers(scheme, cube))
        reads = [{use.element for use in inputs(each, cube.flows)} for each in scheme.indicators]
        return cls(
            ahead=ahead,
            base=score(cube, scheme, *when, with_range=False),
            levers=found,
            figures=tuple(exact(each, cube, *when) for each in scheme.indicators),
            posts=tuple(goalposts(each, cube, *when) for each in scheme.indicators),
            touched=np.array([[lever.element in elements for lever in found] for elements in reads], np.bool_),
        )

    @property
    def promising(self) -> Flags:
        """Levers × libraries: whether a step touches an indicator that could give more than it gives by itself."""
        short = ~(self.base.points >= 1) & ~np.isnan(self.base.target)
        return self.touched.T.astype(np.intp) @ short.astype(np.intp) > 0

    def scores(self, tries: Tries) -> Floats:
        """The score at the end of the year with each step taken, NaN below the coverage floor."""
        points, states = self.base.points[:, tries.library], self.base.states[:, tries.library]
        for n, touched in enumerate(self.touched):
            columns = np.flatnonzero(touched[tries.lever])
            if len(columns):
                points[n, columns], states[n, columns] = self._anew(n, tries.at(columns))
        applies = ~np.isnan(self.base.target[:, tries.library])
        applicable = applicability_of(self.base.scheme, states, applies, ~np.isnan(points))
        return totals(self.base.scheme, points, applicable)[0].value

    def _anew(self, n: int, tries: Tries) -> tuple[Floats, Codes]:
        """An indicator's points and states with each step taken."""
        indicator, figures, posts = self.base.scheme.indicators[n], self.figures[n], self.posts[n]
        stepping = Stepping(figures, self.ahead, self.levers, tries)
        *_, actual = work_out(indicator, stepping, figures.cube.flows)
        mine = Goalposts(posts.target[tries.library], posts.floor[tries.library])
        points = points_of(indicator, attain(indicator, actual, mine))
        return points, state_of(indicator, figures, actual, tries.library)
