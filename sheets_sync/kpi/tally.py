"""What libraries did as sums that add up over any groups of them; only what is added up is divided and scored.

A library that lacks either side of an indicator is in neither. Where libraries of different kinds have different
targets, a group's target is their mean, weighted by the denominators: what the numerator would be if every library were
exactly on target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import join
from sheets_sync.kpi.indicator import Indicator, Method, RollUp
from sheets_sync.kpi.measure import Goalposts, Measure, goalposts, measure, readers
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import assess
from sheets_sync.kpi.states import EMPTY, NOT_APPLICABLE, REPORTED, ZERO, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import Horizon, IndicatorSums, Period
from sheets_sync.model.place import SUMS

_ROW = {name: number for number, name in enumerate(SUMS)}


def tallies(cube: Cube, scheme: Scheme, period: Period, horizon: Horizon) -> Floats:
    """Every library's part of each sum: indicators × `SUMS` × libraries."""
    views = [(period, horizon)]
    measured, posts = measure(scheme, readers(scheme, cube, views)), goalposts(scheme, cube, views)
    return np.array([_tally(each, measured.row(n), posts.row(n)) for n, each in enumerate(scheme.indicators)])


def sums_of(cube: Cube, scheme: Scheme, period: Period, horizon: Horizon) -> tuple[IndicatorSums, ...]:
    """The sums over all libraries of the cube, as a value to keep and to hand on."""
    totals = tallies(cube, scheme, period, horizon).sum(axis=2).tolist()
    pairs = zip(scheme.indicators, totals, strict=True)
    return tuple(IndicatorSums(indicator.id, tuple(row)) for indicator, row in pairs)


def score_sums(
    scheme: Scheme, period: Period, horizon: Horizon, sums: Mapping[str, Sequence[IndicatorSums]]
) -> ScoreTable:
    """The scores of groups by what was added up for each; a group of which an indicator is not known has no figure of it."""
    known = [{each.indicator: each.values for each in of_group} for of_group in sums.values()]
    nothing = (0.0,) * len(SUMS)
    rows = [[of_group.get(each.id, nothing) for of_group in known] for each in scheme.indicators]
    columns = np.array(rows, np.float64).reshape(len(scheme.indicators), len(known), len(SUMS))
    return score_tallies(scheme, period, horizon, tuple(sums), columns.transpose(0, 2, 1))


def score_tallies(
    scheme: Scheme, period: Period, horizon: Horizon, groups: tuple[str, ...], totals: Floats
) -> ScoreTable:
    """The scores of groups; `totals` are indicators × `SUMS` × groups."""
    pairs = [_figures(*pair) for pair in zip(scheme.indicators, totals, strict=True)]
    posts = Goalposts(*(np.array([getattr(post, end) for _, post in pairs]) for end in ("target", "floor")))
    return assess(scheme, (period, horizon), groups, Measure.of_all([each for each, _ in pairs]), posts)[0]


def _tally(indicator: Indicator, measured: Measure, posts: Goalposts) -> Floats:
    """`SUMS` × libraries."""
    known = ~np.isnan(measured.actual) & ~np.isnan(posts.target)
    above, below = (np.where(known, side, 0.0) for side in _sides(indicator, measured))
    return np.array(
        [
            above,
            below,
            known,
            measured.state != NOT_APPLICABLE,
            *_goal_sums(posts.target, below),
            *_goal_sums(posts.floor, below),
        ],
        np.float64,
    )


def _goal_sums(goal: Floats, weight: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Goals times their weight, the weight, goals, and how many there are: what a mean of theirs is made of."""
    there = ~np.isnan(goal)
    weight, plain = np.where(there, weight, 0.0), np.where(there, goal, 0.0)
    return plain * weight, weight, plain, there.astype(np.float64)


def _figures(indicator: Indicator, totals: Floats) -> tuple[Measure, Goalposts]:
    """What a group did and what it is measured against, by its sums (`SUMS` × groups)."""
    heard = totals[_ROW["known"]] > 0
    numerator, denominator = (np.where(heard, totals[_ROW[side]], np.nan) for side in ("above", "below"))
    actual = join("/", _factor(indicator) * numerator, denominator)
    lacking = np.where(totals[_ROW["applies"]] > 0, EMPTY, NOT_APPLICABLE)
    state = np.where(np.isnan(actual), lacking, np.where(actual == 0, ZERO, REPORTED)).astype(np.int8)
    goals = (_goal(totals[_ROW[first] :]) for first in ("target", "floor"))
    return Measure(numerator, denominator, actual, state), Goalposts(*goals)


def _goal(sums: Floats) -> Floats:
    """The weighted mean of the libraries' goals; the plain one where nothing has weight yet."""
    weighted = join("/", sums[0], sums[1])
    return np.where(np.isnan(weighted), join("/", sums[2], sums[3]), weighted)


def _sides(indicator: Indicator, measured: Measure) -> tuple[Floats, Floats]:
    """Numerators and denominators to add up; a mean of ratios adds up the ratios and counts libraries."""
    if indicator.roll_up is RollUp.MEAN:
        return measured.actual, np.ones_like(measured.actual)
    return measured.numerator, measured.denominator


def _factor(indicator: Indicator) -> float:
    """What a sum of numerators is still to be multiplied by; ratios and growth have it in them."""
    return 1.0 if indicator.roll_up is RollUp.MEAN or indicator.method is Method.GROWTH else indicator.factor
