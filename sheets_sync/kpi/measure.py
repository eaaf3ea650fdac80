"""What a library did and what it is measured against: numerators, denominators, goals, for all libraries at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import FigureReader, View, evaluate, join
from sheets_sync.kpi.formula import Node, Number, Operation, Use, resolve, uses
from sheets_sync.kpi.indicator import Indicator, Method
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import EMPTY, NOT_APPLICABLE, REPORTED, UNREADABLE, ZERO, Codes, Flags, Floats
from sheets_sync.kpi.views import Figures, figures_of

GROWTH_MONTHS = 12  # growth looks at the same months a year earlier, so that seasons cancel out


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """An indicator's figures, one for each library (or indicators × libraries); NaN is missing.

    `state` says why, as codes of `kpi.states.STATES`.
    """

    numerator: Floats
    denominator: Floats  # ones where the indicator has none
    actual: Floats
    state: Codes

    @classmethod
    def of_all(cls, measures: Sequence[Measure]) -> Measure:
        """Those of many indicators, indicators × libraries."""
        return cls(*(np.array([getattr(each, one.name) for each in measures]) for one in fields(cls)))


@dataclass(frozen=True, slots=True, eq=False)
class Goalposts:
    """What indicators are measured against, indicators × columns, or one of them by column.

    A target of NaN: the indicator does not apply to the library. A floor of NaN: there is none.
    """

    target: Floats
    floor: Floats

    def row(self, n: int) -> Goalposts:
        """One indicator's."""
        return Goalposts(self.target[n], self.floor[n])

    def of(self, columns: NDArray[np.intp]) -> Goalposts:
        """Those of some columns."""
        return Goalposts(self.target.take(columns, axis=-1), self.floor.take(columns, axis=-1))


def measure(indicator: Indicator, figures: Figures) -> Measure:
    """What every library did in the horizon that the figures are read over."""
    numerator, denominator, actual = work_out(indicator, figures, figures.cube.flows)
    return Measure(numerator, denominator, actual, state_of(indicator, figures, actual))


def readers(scheme: Scheme, cube: Cube, views: Sequence[View]) -> tuple[Figures, ...]:
    """What each indicator is worked out from: the figures, without the questioned ones where it leaves them out."""
    left_out = [indicator.missing.questioned == "left_out" for indicator in scheme.indicators]
    each = {without: figures_of(cube.without_questioned() if without else cube, views) for without in set(left_out)}
    return tuple(each[without] for without in left_out)


def work_out(indicator: Indicator, now: FigureReader, flows: frozenset[str]) -> tuple[Floats, Floats, Floats]:
    """Numerator, denominator and actual, one for each column of the figures."""
    above, below = sides(indicator, flows)
    if indicator.method is Method.GROWTH:
        tree = ratio(indicator, flows)
        numerator, denominator = evaluate(tree, now), evaluate(tree, now.before(GROWTH_MONTHS))
        return numerator, denominator, join("/", numerator, denominator)
    numerator, denominator = _wide(evaluate(above, now), now.width), _wide(evaluate(below, now), now.width)
    return numerator, denominator, join("/", indicator.factor * numerator, denominator)


def _wide(value: Floats, width: int) -> Floats:
    """A number of the formula stands for every column."""
    return value if value.ndim else np.full(width, value)


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
    return _inputs(indicator.numerator, indicator.denominator, flows)


@cache  # asked for by every score
def _inputs(numerator: str, denominator: str | None, flows: frozenset[str]) -> tuple[Use, ...]:
    parts = [resolve(text, flows) for text in (numerator, denominator) if text is not None]
    return tuple(dict.fromkeys(use for part in parts for use in uses(part)))


def state_of(indicator: Indicator, figures: Figures, actual: Floats, places: NDArray[np.intp] | None = None) -> Codes:
    """Zero or reported where there is a figure; else why there is none: what does not apply, else what was refused.

    Args:
        indicator: the indicator.
        figures: what it was worked out from.
        actual: one figure for each column.
        places: by column the place of its library in the figures; None: the columns are the libraries.
    """
    state = np.where(actual == 0, np.int8(ZERO), np.int8(REPORTED))
    lacking = np.flatnonzero(np.isnan(actual))
    if len(lacking):
        state[lacking] = _why(indicator, figures, lacking if places is None else places[lacking])
    return state


def _why(indicator: Indicator, figures: Figures, libraries: NDArray[np.intp]) -> Codes:
    """The state of what is lacking: nothing stands later in the order of states than "blocked", then "unreadable"."""
    index, uses = figures.cube.element_index, inputs(indicator, figures.cube.flows)
    latest = np.array([figures.latest(use.window)[index[use.element]].take(libraries) for use in uses])
    needed = np.array([not use.or_zero for use in uses])
    refused = latest.max(axis=0)
    never = (latest[needed] == NOT_APPLICABLE).any(axis=0)
    return np.where(never, np.int8(NOT_APPLICABLE), np.where(refused >= UNREADABLE, refused, np.int8(EMPTY)))


def goalposts(indicators: Sequence[Indicator], cube: Cube, views: Sequence[View]) -> Goalposts:
    """Targets and floors of every view's libraries, by their kind; indicators × (views × libraries)."""
    names, place = cube.kinds.names, cube.kinds.place
    target = [
        [each.target.at(kind, *view) if each.applies(kind) else None for view in views for kind in names]
        for each in indicators
    ]
    floor = [
        [each.floor.at(kind, *view) if each.floor else None for view in views for kind in names] for each in indicators
    ]
    ends = (np.array(goals, np.float64).reshape(len(goals), len(views), len(names)) for goals in (target, floor))
    return Goalposts(*(goals.take(place, axis=2).reshape(len(indicators), -1) for goals in ends))


def attain(higher: Flags | bool, actual: Floats, posts: Goalposts) -> Floats:
    """Attainment, uncut: 1 is the target; below 0 is worse than the floor. Missing stays missing.

    Higher is better: (actual - floor) / (target - floor). Lower is better: the same downwards where there is a floor,
    else target / actual. Where target and floor are one number, and where lower is better and nothing was counted,
    the target is either met (1) or not (0).

    Args:
        higher: whether higher is better; broadcast over the figures.
        actual: the figures.
        posts: what they are measured against, of the same shape.
    """
    met = np.where(higher, actual >= posts.target, actual <= posts.target)
    floor = np.where(higher & np.isnan(posts.floor), 0.0, posts.floor)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (actual - floor) / (posts.target - floor)
        if not np.all(higher):
            ratio = np.where(np.isnan(floor), posts.target / actual, ratio)
    return np.where(np.isnan(actual) | np.isnan(posts.target), np.nan, np.where(np.isfinite(ratio), ratio, met))
