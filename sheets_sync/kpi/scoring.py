"""Scores of all libraries at once: measure, compare with fixed goalposts, weigh, add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import View
from sheets_sync.kpi.indicator import Treatment
from sheets_sync.kpi.measure import Goalposts, Measure, attain, goalposts, measure, readers
from sheets_sync.kpi.points import MAX_SCORE, NOISE, NOISE_PLACES, Weighed, points_of_all, weigh
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import NOT_APPLICABLE, UNREADABLE, Codes, Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.uncertainty import Unsettled, open_libraries, score_bounds
from sheets_sync.kpi.views import Figures
from sheets_sync.model import Horizon, Period

RESIDUE = 1e-13  # of all weights: less than any, more than rounding leaves of those that are gone
BATCH = 2000  # libraries whose ranges are worked out together, so that what is needed meanwhile stays small


def score(
    cube: Cube,
    scheme: Scheme,
    period: Period,
    horizon: Horizon = Horizon.YEAR_TO_DATE,
    *,
    with_range: bool = True,
) -> ScoreTable:
    """The score of every library of the cube over the horizon that ends with the period.

    Goalposts are fixed, so no library's figures move another's score. Without `with_range`, low and high are the score.
    """
    return scores(cube, scheme, [(period, horizon)], ranges=int(with_range)).table(0)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores over several views, worked out together: in `whole` every view's libraries stand beside those of the next."""

    whole: ScoreTable
    views: Sequence[View]

    def table(self, n: int) -> ScoreTable:
        """The scores of a view, by its place."""
        count = len(self.whole.codes) // len(self.views)
        return self.whole.part(slice(n * count, (n + 1) * count), *self.views[n])

    def trend(self, views: Sequence[int]) -> Mapping[str, tuple[float | None, ...]]:
        """Every library's scores in one view after the other, by their places; None below the coverage floor."""
        value = self.whole.value.reshape(len(self.views), -1)[views]
        known = np.where(np.isnan(value), None, value).T.tolist()  # type: ignore[call-overload] # of objects
        return {code: tuple(row) for code, row in zip(self.whole.codes, known, strict=False)}  # once for each view


def scores(cube: Cube, scheme: Scheme, views: Sequence[View], *, ranges: int = 0) -> Scores:
    """`score` over several views, worked out together; the first so many with their range."""
    whole = scored(cube, scheme, views)
    return Scores(_ranged(whole, cube, views[:ranges]) if ranges else whole.table, views)


@dataclass(frozen=True, slots=True, eq=False)
class Applicability:
    """How the indicators stand for each library, indicators × libraries."""

    state: Codes
    known: Flags  # it applies and there is a figure
    due: Flags  # it applies and is not exempt
    counts: Flags  # it takes its weight


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores with what they were made of, every view's libraries beside those of the next."""

    table: ScoreTable  # without ranges
    applicable: Applicability
    figures: tuple[Figures, ...]  # by indicator
    posts: Goalposts


def scored(cube: Cube, scheme: Scheme, views: Sequence[View]) -> Scored:
    """Every library's score as it stands; what may become of it is not looked at."""
    figures = readers(scheme, cube, views)
    posts = goalposts(scheme, cube, views)
    codes = tuple(library.code for library in cube.libraries) * len(views)
    table, applicable = assess(scheme, views[0], codes, measure(scheme, figures), posts)
    return Scored(table, applicable, figures, posts)


def applicability(
    scheme: Scheme, rows: NDArray[np.intp], state: Codes, applies: Flags, measured: Flags
) -> Applicability:
    """Which indicators are due and count, by the states of their figures and the scheme's treatments.

    Args:
        scheme: the scheme.
        rows: whose each of the others is, as places of its indicators; broadcast over them.
        state: the states of the figures.
        applies: whether the indicator applies.
        measured: whether there is a figure.
    """
    known = applies & measured
    if known.all():
        return Applicability(state, known, known, known)
    due = known | (applies & ~scheme.treated[Treatment.EXEMPT][rows, state])
    counts = known | (due & scheme.treated[Treatment.ZERO][rows, state])
    return Applicability(np.where(applies, state, np.int8(NOT_APPLICABLE)), known, due, counts)


def assess(
    scheme: Scheme, view: View, codes: tuple[str, ...], measured: Measure, posts: Goalposts
) -> tuple[ScoreTable, Applicability]:
    """What was measured, weighed against its goalposts; the range is still the score itself. Indicators × codes."""
    rows, actual = scheme.rows, measured.actual
    applicable = applicability(scheme, rows, measured.state, ~np.isnan(posts.target), ~np.isnan(actual))
    attainment = attain(scheme.higher[rows], actual, posts)
    points = points_of_all(scheme.indicators, rows, attainment)
    total, coverage = totals(scheme, points, applicable)
    period, horizon = view
    table = ScoreTable(
        scheme=scheme,
        period=period,
        horizon=horizon,
        codes=codes,
        value=total.value,
        low=total.value,
        high=total.value,
        coverage=coverage,
        numerator=measured.numerator,
        denominator=measured.denominator,
        actual=actual,
        target=posts.target,
        attainment=attainment,
        points=points,
        contribution=total.contribution,
        lost=total.lost,
        states=applicable.state,
    )
    return table, applicable


def totals(scheme: Scheme, points: Floats, applicable: Applicability) -> tuple[Weighed, Floats]:
    """Scores with what the indicators gave and lost, none below the coverage floor, and the coverage."""
    weighed, coverage = weigh(points, scheme.weights, applicable.counts), _coverage(scheme.weights, applicable)
    enough = (coverage > 0) & (coverage >= scheme.coverage_floor - NOISE)
    value = np.where(enough, weighed.value, np.nan)
    shares = (np.where(enough, each, 0.0) for each in (weighed.contribution, weighed.lost))
    return Weighed(value, *shares), coverage


def weights_of(weights: Floats, points: Floats, applicable: Applicability) -> Floats:
    """What indicators weigh: in all, by their points, where they are known and where they are due; 4 × as many as points."""
    given = np.where(applicable.counts & ~np.isnan(points), points, 0.0)
    return np.asarray(weights * np.array([applicable.counts, given, applicable.known, applicable.due]))


def score_of_sums(scheme: Scheme, sums: Floats) -> Floats:
    """The scores, NaN below the coverage floor, by `weights_of` over all indicators, of which some came and some went.

    What rounding leaves of weights that are all gone is no weight.
    """
    nothing = RESIDUE * scheme.weights.sum()
    counted, given, known, due = np.where(sums > nothing, sums, 0.0)
    coverage = np.where(due > 0, known / np.where(due > 0, due, 1.0), 0.0)
    enough = (counted > 0) & (coverage > 0) & (coverage >= scheme.coverage_floor - NOISE)
    share = given / np.where(enough, counted, 1.0)
    return np.where(enough, np.clip(np.round(MAX_SCORE * share, NOISE_PLACES), 0.0, MAX_SCORE), np.nan)


def _coverage(weights: Floats, applicable: Applicability) -> Floats:
    """The weight of the indicators with figures over the weight of those that are due; 0 where none is."""
    known, due = (np.where(each, weights[:, None], 0.0).sum(axis=0) for each in (applicable.known, applicable.due))
    return np.where(due > 0, known / np.where(due > 0, due, 1.0), 0.0)


def _ranged(whole: Scored, cube: Cube, views: Sequence[View]) -> ScoreTable:
    """The table, in its first views with the range of those libraries that have open figures; the score is inside it."""
    table, due = whole.table, whole.applicable
    refused = due.due & ~due.known & (due.state >= UNREADABLE)
    unsettled, places = Unsettled(table.points, whole.posts, due.counts, refused), open_libraries(cube)
    low, high = table.low.copy(), table.high.copy()
    for start in range(0, len(places), BATCH):
        some = places[start : start + BATCH]
        columns = np.concatenate([some + n * len(cube.libraries) for n in range(len(views))])
        ends = score_bounds(table.scheme, cube.only(some), views, unsettled.of(columns))
        low[columns] = np.minimum(table.value[columns], ends[0])
        high[columns] = np.maximum(table.value[columns], ends[1])
    return replace(table, low=low, high=high)
