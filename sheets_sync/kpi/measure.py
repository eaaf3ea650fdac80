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
    """Indicators' figures, indicators × libraries, or one indicator's; NaN is missing.

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

    def row(self, n: int) -> Measure:
        """One indicator's."""
        return Measure(*(getattr(self, one.name)[n] for one in fields(self)))


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


def measure(scheme: Scheme, figures: Sequence[Figures]) -> Measure:
    """What every library did in the horizon that the figures (by indicator) are read over, indicators × columns."""
    pairs = [
        work_out(indicator, own, own.cube.flows) for indicator, own in zip(scheme.indicators, figures, strict=True)
    ]
    numerator, denominator = (np.array(side) for side in zip(*pairs, strict=True))
    actual = join("/", scheme.factors[:, None] * numerator, denominator)
    state, lacking = figure_state(actual), np.isnan(actual)
    for n in np.flatnonzero(lacking.any(axis=1)).tolist():
        state[n, lacking[n]] = why_lacking(scheme.indicators[n], figures[n], np.flatnonzero(lacking[n]))
    return Measure(numerator, denominator, actual, state)


def readers(scheme: Scheme, cube: Cube, views: Sequence[View]) -> tuple[Figures, ...]:
    """What each indicator is worked out from: the figures, without the questioned ones where it leaves them out."""
    left_out = [indicator.missing.questioned == "left_out" for indicator in scheme.indicators]
    each = {without: figures_of(cube.without_questioned() if without else cube, views) for without in set(left_out)}
    return tuple(each[without] for without in left_out)


def work_out(indicator: Indicator, now: FigureReader, flows: frozenset[str]) -> tuple[Floats, Floats]:
    """Numerator and denominator, one for each column of the figures; of growth the ratio now and a year before."""
    if indicator.method is Method.GROWTH:
        tree = ratio(indicator, flows)
        return evaluate(tree, now), evaluate(tree, now.before(GROWTH_MONTHS))
    above, below = sides(indicator, flows)
    return _wide(evaluate(above, now), now.width), _wide(evaluate(below, now), now.width)


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


def figure_state(actual: Floats) -> Codes:
    """Zero or reported; what is lacking is yet to be told by `why_lacking`."""
    return np.where(actual == 0, np.int8(ZERO), np.int8(REPORTED))


def why_lacking(indicator: Indicator, figures: Figures, libraries: NDArray[np.intp]) -> Codes:
    """The state of figures of an indicator that are lacking: what does not apply, else what was refused.

    `libraries` are columns of the figures. Nothing stands later in the order of states than "blocked", then "unreadable".
    """
    index, uses = figures.cube.element_index, inputs(indicator, figures.cube.flows)
    latest = np.array([figures.latest(use.window)[index[use.element]].take(libraries) for use in uses])
    needed = np.array([not use.or_zero for use in uses])
    refused = latest.max(axis=0)
    never = (latest[needed] == NOT_APPLICABLE).any(axis=0)
    return np.where(never, np.int8(NOT_APPLICABLE), np.where(refused >= UNREADABLE, refused, np.int8(EMPTY)))


def goalposts(scheme: Scheme, cube: Cube, views: Sequence[View]) -> Goalposts:
    """Targets and floors of every view's libraries, by their kind; indicators × (views × libraries)."""
    ends = scheme.goals(cube.kinds.names, tuple(views))
    return Goalposts(*(goals.take(cube.kinds.place, axis=2).reshape(len(goals), -1) for goals in ends))


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
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        ratio = (actual - floor) / (posts.target - floor)
        if not np.all(higher):
            ratio = np.where(np.isnan(floor), posts.target / actual, ratio)
    return np.where(np.isnan(actual) | np.isnan(posts.target), np.nan, np.where(np.isfinite(ratio), ratio, met))
