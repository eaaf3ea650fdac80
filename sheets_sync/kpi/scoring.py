"""Scores of all libraries at once: measure, compare with fixed goalposts, weigh, add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.indicator import Indicator, Treatment
from sheets_sync.kpi.measure import Goalposts, Measure, attain, goalposts, measure
from sheets_sync.kpi.points import NOISE, Weighed, points_of, weigh
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import BLOCKED, EMPTY, NOT_APPLICABLE, STATES, UNREADABLE, Codes, Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.uncertainty import open_libraries, score_bounds
from sheets_sync.model import Horizon, Period


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
    measures = [measure(indicator, cube, period, horizon) for indicator in scheme.indicators]
    posts = [goalposts(indicator, cube, period, horizon) for indicator in scheme.indicators]
    applicable = applicability(scheme, measures, posts)
    codes = tuple(library.code for library in cube.libraries)
    table = assess(scheme, period, horizon, codes, measures, posts, applicable)
    return _ranged(table, cube, applicable) if with_range else table


@dataclass(frozen=True, slots=True, eq=False)
class Applicability:
    """How the indicators stand for each library, indicators × libraries."""

    state: Codes
    known: Flags  # it applies and there is a figure
    due: Flags  # it applies and is not exempt
    counts: Flags  # it takes its weight


def applicability(scheme: Scheme, measures: Sequence[Measure], posts: Sequence[Goalposts]) -> Applicability:
    """Which indicators have figures, are due and count, by the states of their figures and the scheme's treatments."""
    state, actual = np.array([each.state for each in measures]), np.array([each.actual for each in measures])
    target = np.array([each.target for each in posts])
    return applicability_of(scheme, state, ~np.isnan(target), ~np.isnan(actual))


def applicability_of(scheme: Scheme, state: Codes, applies: Flags, measured: Flags) -> Applicability:
    """The same from the states, where the indicators apply and where they have a figure, indicators × libraries."""
    known = applies & measured
    due = known | (applies & ~_treated(scheme, Treatment.EXEMPT, state))
    counts = known | (due & _treated(scheme, Treatment.ZERO, state))
    return Applicability(np.where(applies, state, np.int8(NOT_APPLICABLE)), known, due, counts)


def _treated(scheme: Scheme, treatment: Treatment, states: Codes) -> Flags:
    by_state = np.array([_codes_treated(each, treatment) for each in scheme.indicators])
    return np.take_along_axis(by_state, states.astype(np.intp), axis=1)


def _codes_treated(indicator: Indicator, treatment: Treatment) -> list[bool]:
    """By code of state, whether an indicator that lacks its figure in that state is treated so."""
    missing, treated = indicator.missing, [False] * len(STATES)
    treated[EMPTY] = missing.empty is treatment
    treated[NOT_APPLICABLE] = missing.not_applicable is treatment
    treated[UNREADABLE] = treated[BLOCKED] = missing.refused is treatment
    return treated


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


def _coverage(weights: Floats, applicable: Applicability) -> Floats:
    """The weight of the indicators with figures over the weight of those that are due; 0 where none is."""
    known, due = weights @ applicable.known, weights @ applicable.due
    return np.where(due > 0, known / np.where(due > 0, due, 1.0), 0.0)


def _ranged(table: ScoreTable, cube: Cube, applicable: Applicability) -> ScoreTable:
    """The table with the range of those libraries that have open figures; the score itself is always inside it."""
    places = open_libraries(cube)
    if not len(places):
        return table
    refused = (applicable.due & ~applicable.known & (applicable.state >= UNREADABLE))[:, places]
    least, most = score_bounds(
        table.scheme, cube.only(places), table.period, table.horizon, refused, applicable.counts[:, places]
    )
    low, high, value = table.low.copy(), table.high.copy(), table.value[places]
    low[places], high[places] = np.minimum(value, least), np.maximum(value, most)
    return replace(table, low=low, high=high)
