"""Steps tried out: many at once, each a column of its own, and only what a step touches is measured anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.evaluate import Exact, join
from sheets_sync.kpi.measure import Goalposts, attain, figure_state, inputs, why_lacking, work_out
from sheets_sync.kpi.outlook import Lever, Outlook, levers
from sheets_sync.kpi.points import points_of_all
from sheets_sync.kpi.raised import Raised, Stepping
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import applicability, score_of_sums, scored, weights_of
from sheets_sync.kpi.states import Codes, Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import Horizon

Places = NDArray[np.intp]
Amounts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tries:
    """Steps to be tried out, as columns: the library and the lever by their places, and how much; by lever in order."""

    library: Places
    lever: Places
    amount: Amounts

    @classmethod
    def of_all(cls, parts: Sequence[Tries]) -> Tries:
        """Those of all parts, one after the other."""
        return cls(*(np.concatenate([getattr(each, one.name) for each in parts]) for one in fields(cls)))

    def __len__(self) -> int:
        return len(self.amount)

    def at(self, places: Places) -> Tries:
        """Some of them."""
        return Tries(*(getattr(self, each.name)[places] for each in fields(self)))

    def of(self, amount: Amounts) -> Tries:
        """The same steps, larger or smaller."""
        return replace(self, amount=amount)

    def by_lever(self, levers: int) -> Iterator[tuple[int, slice]]:
        """Each lever that is tried, and the columns in which it is."""
        ends = np.searchsorted(self.lever, np.arange(levers + 1)).tolist()
        yield from ((n, slice(*ends[n : n + 2])) for n in range(levers) if ends[n] < ends[n + 1])


@dataclass(frozen=True, slots=True, eq=False)
class Touch:
    """An indicator that steps touch: its place, the columns of the steps, and its figures with them taken."""

    indicator: int
    columns: slice
    steps: Stepping

    @property
    def flows(self) -> frozenset[str]:
        return self.steps.raised.exact.cube.flows


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The projected year under a scheme: what comes by itself (`base`), and what steps would make of it."""

    ahead: Outlook
    base: ScoreTable
    levers: tuple[Lever, ...]
    posts: Goalposts
    touched: Flags  # indicators × levers: whether the indicator reads the lever's element
    raised: tuple[dict[int, Raised], ...]  # by indicator, of the levers that touch it
    weights: Floats  # `weights_of` each indicator and library, as it comes by itself
    sums: Floats  # the same over all indicators

    @classmethod
    def of(cls, ahead: Outlook, scheme: Scheme) -> Trial:
        """The year scored as it comes by itself."""
        cube, found = ahead.cube, tuple(levers(scheme, ahead.cube))
        whole = scored(cube, scheme, [(ahead.end, Horizon.YEAR_TO_DATE)])
        figures = [each for each in whole.figures if isinstance(each, Exact)]  # of one view, all are
        reads = [{use.element for use in inputs(each, cube.flows)} for each in scheme.indicators]
        touched = np.array([[lever.element in elements for lever in found] for elements in reads], np.bool_)
        weights = weights_of(scheme.weights[:, None], whole.table.points, whole.applicable)
        return cls(
            ahead=ahead,
            base=whole.table,
            levers=found,
            posts=whole.posts,
            touched=touched,
            raised=tuple(
                {n: Raised(each, ahead.months(found[n]), found[n].element) for n in np.flatnonzero(by).tolist()}
                for each, by in zip(figures, touched, strict=True)
            ),
            weights=weights,
            sums=weights.sum(axis=1),
        )

    @property
    def promising(self) -> Flags:
        """Levers × libraries: whether a step touches an indicator that could give more than it gives by itself."""
        short = ~(self.base.points >= 1) & ~np.isnan(self.base.target)
        return np.array([short[touched].any(axis=0) for touched in self.touched.T]).reshape(
            len(self.levers), short.shape[1]
        )

    def scores(self, tries: Tries) -> Floats:
        """The score at the end of the year with each step taken, NaN below the coverage floor."""
        sums, touches = self.sums.take(tries.library, axis=1), [*self._touches(tries)]
        if touches:
            for touch, change in zip(touches, self._changes(touches), strict=True):
                sums[:, touch.columns] += change
        return score_of_sums(self.base.scheme, sums)

    def _touches(self, tries: Tries) -> Iterator[Touch]:
        for lever, columns in tries.by_lever(len(self.levers)):
            library, amount = tries.library[columns], tries.amount[columns]
            for n in np.flatnonzero(self.touched[:, lever]).tolist():
                yield Touch(n, columns, Stepping(self.raised[n][lever], library, amount))

    def _changes(self, touches: Sequence[Touch]) -> Sequence[Floats]:
        """By how much what each indicator weighs and gives is another with the steps taken; all are weighed together."""
        scheme, sizes = self.base.scheme, [each.steps.width for each in touches]
        rows = np.repeat([each.indicator for each in touches], sizes)
        library = np.concatenate([each.steps.library for each in touches])
        parts = [work_out(scheme.indicators[each.indicator], each.steps, each.flows) for each in touches]
        numerator, denominator = (np.concatenate(side) for side in zip(*parts, strict=True))
        actual = join("/", scheme.factors[rows] * numerator, denominator)
        posts = Goalposts(self.posts.target[rows, library], self.posts.floor[rows, library])
        points = points_of_all(scheme.indicators, rows, attain(scheme.higher[rows], actual, posts))
        state = self._state(actual, touches)
        applicable = applicability(scheme, rows, state, ~np.isnan(posts.target), ~np.isnan(points))
        changes = weights_of(scheme.weights[rows], points, applicable) - self.weights[:, rows, library]
        return np.split(changes, np.cumsum(sizes)[:-1], axis=1)

    def _state(self, actual: Floats, touches: Sequence[Touch]) -> Codes:
        state, lacking, start = figure_state(actual), np.isnan(actual), 0
        for each in touches if lacking.any() else ():
            mine = slice(start, start := start + each.steps.width)
            places = np.flatnonzero(lacking[mine])
            if len(places):
                indicator = self.base.scheme.indicators[each.indicator]
                why = why_lacking(indicator, each.steps.raised.exact, each.steps.library[places])
                state[mine][places] = why
        return state
