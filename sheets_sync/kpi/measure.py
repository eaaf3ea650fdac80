"""What a library did and what it is measured against: numerators, denominators, goals, for all libraries at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact, evaluate, join
from sheets_sync.kpi.formula import Node, Number, Operation, Use, resolve, uses
from sheets_sync.kpi.goal import Goal
from sheets_sync.kpi.indicator import Direction, Indicator, Method
from sheets_sync.kpi.states import BLOCKED, EMPTY, NOT_APPLICABLE, REPORTED, UNREADABLE, ZERO, Codes, Floats
from sheets_sync.model import Horizon, Period

GROWTH_MONTHS = 12  # growth looks at the same months a year earlier, so that seasons cancel out


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """An indicator's figures, one for each library; NaN is missing. `state` says why (codes of `cube.STATES`)."""

    numerator: Floats
    denominator: Floats  # ones where the indicator has none
    actual: Floats
    state: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Goalposts:
    """What an indicator is measured against, one for each library.

    A target of NaN: the indicator does not apply to the library. A floor of NaN: there is none.
    """

    target: Floats
    floor: Floats


def measure(indicator: Indicator, cube: Cube, period: Period, horizon: Horizon) -> Measure:
    """What every library did in the horizon that ends with the period."""
    figures = cube.without_questioned() if indicator.missing.questioned == "left_out" else cube
    now, above, below = Exact(figures, period, horizon), *sides(indicator, cube.flows)
    if indicator.method is Method.GROWTH:
        above = below = ratio(indicator, cube.flows)
        earlier = Exact(figures, period - GROWTH_MONTHS, horizon)
        numerator, denominator = evaluate(above, now), evaluate(below, earlier)
        actual = join("/", numerator, denominator)
    else:
        numerator, denominator = (np.broadcast_to(evaluate(side, now), len(cube.libraries)) for side in (above, below))
        actual = join("/", indicator.factor * numerator, denominator)
    return Measure(numerator, denominator, actual, _state(indicator, figures, period, horizon, actual))


def sides(indicator: Indicator, flows: frozenset[str]) -> tuple[Node, Node]:
    """Numerator and denominator as resolved trees; without a denominator the number 1."""
    below = Number(1.0) if indicator.denominator is None else resolve(indicator.denominator, flows)
    return resolve(indicator.numerator, flows), below


def ratio(indicator: Indicator, flows: frozenset[str]) -> Node:
    """Factor × numerator / denominator as one tree."""
    above, below = sides(indicator, flows)
    return Operation("/", Operation("*", Number(indicator.factor), above), below)


def inputs(indicator: Indicator, flows: frozenset[str]) -> tuple[Use, ...]:
    """Every element the indicator reads, numerator first."""
    return uses(ratio(indicator, flows))


def _state(indicator: Indicator, cube: Cube, period: Period, horizon: Horizon, actual: Floats) -> Codes:
    """Zero or reported where there is a figure; else why there is none: what does not apply, else what was refused."""
    state = np.where(actual == 0, ZERO, REPORTED).astype(np.int8)
    lacking = np.flatnonzero(np.isnan(actual))
    state[lacking] = EMPTY
    seen = list(_windows(indicator, cube, period, horizon, lacking))
    for code in (UNREADABLE, BLOCKED):
        for _, window in seen:
            state[lacking[(window == code).any(axis=0)]] = code
    for use, window in seen:
        never = (window <= NOT_APPLICABLE).all(axis=0) & (window == NOT_APPLICABLE).any(axis=0)
        state[lacking[never & (not use.or_zero)]] = NOT_APPLICABLE
    return state


def _windows(
    indicator: Indicator, cube: Cube, period: Period, horizon: Horizon, libraries: NDArray[np.intp]
) -> Iterator[tuple[Use, Codes]]:
    for use in inputs(indicator, cube.flows):
        months = cube.window(period, use.window or horizon)
        yield use, cube.states[cube.element_index[use.element], months][:, libraries]


def goalposts(indicator: Indicator, cube: Cube, period: Period, horizon: Horizon) -> Goalposts:
    """Target and floor of every library, by its kind."""
    kinds, place = np.unique([library.kind for library in cube.libraries], return_inverse=True)
    applies = np.array([indicator.applies(str(kind)) for kind in kinds], np.bool_)
    target = np.where(applies, _by_kind(indicator.target, kinds, period, horizon), np.nan)
    return Goalposts(target[place], _by_kind(indicator.floor, kinds, period, horizon)[place])


def _by_kind(goal: Goal | None, kinds: NDArray[np.str_], period: Period, horizon: Horizon) -> Floats:
    found = [goal.at(str(kind), period, horizon) if goal else None for kind in kinds]
    return np.array(found, np.float64)


def attain(indicator: Indicator, actual: Floats, posts: Goalposts) -> Floats:
    """Attainment, uncut: 1 is the target; below 0 is worse than the floor. Missing stays missing.

    Higher is better: (actual - floor) / (target - floor). Lower is better: the same downwards where there is a floor,
    else target / actual. Where target and floor are one number, and where lower is better and nothing was counted,
    the target is either met (1) or not (0).
    """
    higher = indicator.direction is Direction.HIGHER
    met = np.where((actual >= posts.target) if higher else (actual <= posts.target), 1.0, 0.0)
    floor = np.where(np.isnan(posts.floor), 0.0, posts.floor) if higher else posts.floor
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (actual - floor) / (posts.target - floor)
        if not higher:
            ratio = np.where(np.isnan(floor), posts.target / actual, ratio)
    return np.where(np.isnan(actual) | np.isnan(posts.target), np.nan, np.where(np.isfinite(ratio), ratio, met))
