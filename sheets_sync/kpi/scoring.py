"""Scores of all libraries at once: measure, compare with fixed goalposts, weigh, add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact
from sheets_sync.kpi.indicator import Indicator, Treatment
from sheets_sync.kpi.measure import Goalposts, Measure, attain, goalposts, measure, readers
from sheets_sync.kpi.points import MAX_SCORE, NOISE, NOISE_PLACES, Weighed, points_of, weigh
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import EMPTY, NOT_APPLICABLE, STATES, UNREADABLE, Codes, Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.uncertainty import Unsettled, open_libraries, score_bounds
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
    whole = scored(cube, scheme, period, horizon)
    return _ranged(whole, cube) if with_range else whole.table


@dataclass(frozen=True, slots=True, eq=False)
class Applicability:
    """How the indicators stand for each library, indicators × libraries."""

    state: Codes
    known: Flags  # it applies and there is a figure
    due: Flags  # it applies and is not exempt
    counts: Flags  # it takes its weight


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Scores with what they were made of, by indicator."""

    table: ScoreTable  # without ranges
    applicable: Applicability
    figures: tuple[Exact, ...]
    posts: tuple[Goalposts, ...]


def scored(cube: Cube, scheme: Scheme, period: Period, horizon: Horizon) -> Scored:
    """Every library's score as it stands; what may become of it is not looked at."""
    figures = readers(scheme, cube, period, horizon)
    measures = [measure(*pair) for pair in zip(scheme.indicators, figures, strict=True)]
    posts = tuple(goalposts(indicator, cube, period, horizon) for indicator in scheme.indicators)
    applicable = applicability(scheme, measures, posts)
    codes = tuple(library.code for library in cube.libraries)
    table = assess(scheme, period, horizon, codes, measures, posts, applicable)
    return Scored(table, applicable, figures, posts)


def applicability(scheme: Scheme, measures: Sequence[Measure], posts: Sequence[Goalposts]) -> Applicability:
    """Which indicators have figures, are due and count, by the states of their figures and the scheme's treatments."""
    state, actual = np.array([each.state for each in measures]), np.array([each.actual for each in measures])
    target = np.array([each.target for each in posts])
    return applicability_of(scheme.indicators, state, ~np.isnan(target), ~np.isnan(actual))


def applicability_of(indicators: Sequence[Indicator], state: Codes, applies: Flags, measured: Flags) -> Applicability:
    """The same from the states, where the indicators apply and where they have a figure, indicators × libraries."""
    known = applies & measured
    due = known | (applies & ~_treated(indicators, Treatment.EXEMPT, state))
    counts = known | (due & _treated(indicators, Treatment.ZERO, state))
    return Applicability(np.where(applies, state, np.int8(NOT_APPLICABLE)), known, due, counts)


def _treated(indicators: Sequence[Indicator], treatment: Treatment, states: Codes) -> Flags:
    return np.array([_codes_treated(*row, treatment) for row in zip(indicators, states, strict=True)])


def _codes_treated(indicator: Indicator, states: Codes, treatment: Treatment) -> Flags:
    """Whether an indicator that lacks its figure in that state is treated so."""
    missing, treated = indicator.missing, np.zeros(len(STATES), np.bool_)
    treated[EMPTY] = missing.empty is treatment
    treated[NOT_APPLICABLE] = missing.not_applicable is treatment
    treated[UNREADABLE:] = missing.refused is treatment
    return treated[states]


def assess(
    scheme: Scheme,
    period: Period,
    horizon: Horizon,
    codes: tuple[str, ...],
    measures: Sequence[Measure],
    posts: Sequence[Goalposts],
    applicable: Applicability,
) -> ScoreTable:
    """What was measured, weighed against its goalposts; the range is still the score itself."""
    actual = np.array([each.actual for each in measures])
    attainment = np.array([attain(*row) for row in zip(scheme.indicators, actual, posts, strict=True)])
    points = np.array([points_of(*row) for row in zip(scheme.indicators, attainment, strict=True)])
    total, coverage = totals(scheme, points, applicable)
    return ScoreTable(
        scheme=scheme,
        period=period,
        horizon=horizon,
        codes=codes,
        value=total.value,
        low=total.value,
        high=total.value,
        coverage=coverage,
        numerator=np.array([each.numerator for each in measures]),
        denominator=np.array([each.denominator for each in measures]),
        actual=actual,
        target=np.array([each.target for each in posts]),
        attainment=attainment,
        points=points,
        contribution=total.contribution,
        lost=total.lost,
        states=applicable.state,
    )


def totals(scheme: Scheme, points: Floats, applicable: Applicability) -> tuple[Weighed, Floats]:
    """Scores with what the indicators gave and lost, none below the coverage floor, and the coverage."""
    weighed, coverage = weigh(points, scheme.weights, applicable.counts), _coverage(scheme.weights, applicable)
    enough = (coverage > 0) & (coverage >= scheme.coverage_floor - NOISE)
    value = np.where(enough, weighed.value, np.nan)
    shares = (np.where(enough, each, 0.0) for each in (weighed.contribution, weighed.lost))
    return Weighed(value, *shares), coverage


def weights_of(indicators: Sequence[Indicator], points: Floats, applicable: Applicability) -> Floats:
    """What each indicator weighs: in all, by its points, where it is known and where it is due; 4 × indicators × libraries."""
    weight = np.array([indicator.weight for indicator in indicators])[:, None]
    given = np.where(applicable.counts & ~np.isnan(points), points, 0.0)
    return np.asarray(weight * np.array([applicable.counts, given, applicable.known, applicable.due]))


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


def _ranged(whole: Scored, cube: Cube) -> ScoreTable:
    """The table with the range of those libraries that have open figures; the score itself is always inside it."""
    table, due = whole.table, whole.applicable
    refused = due.due & ~due.known & (due.state >= UNREADABLE)
    unsettled, places = Unsettled(table.points, whole.posts, due.counts, refused), open_libraries(cube)
    low, high = table.low.copy(), table.high.copy()
    for start in range(0, len(places), BATCH):
        some = places[start : start + BATCH]
        ends = score_bounds(table.scheme, cube.only(some), table.period, table.horizon, unsettled.of(some))
        low[some], high[some] = np.minimum(table.value[some], ends[0]), np.maximum(table.value[some], ends[1])
    return replace(table, low=low, high=high)
