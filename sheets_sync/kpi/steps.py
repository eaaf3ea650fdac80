"""The next best steps: the smallest realistic changes that raise a library's score most by the end of the year.

The months left in the reporting year (in its last month: the whole next year) are projected as the library has reported
so far: flows at their mean month, stocks at their last value. A step adds a whole amount to one element of an indicator
whose target is not met, and the projected year is scored anew; so what a step promises is what the scheme computes.
Realistic is a month as good as the library's own best one, or a tenth above its usual one if that is more, and for a
stock the growth of its own best month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from sheets_sync.config.office import ElementKind
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import fold_months
from sheets_sync.kpi.formula import Fold, uses
from sheets_sync.kpi.indicator import Direction
from sheets_sync.kpi.measure import sides
from sheets_sync.kpi.points import NOISE
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import score
from sheets_sync.kpi.states import CODE, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import Horizon, Period, State, Step

STRETCH = 0.1  # local: how far beyond its usual month a library may be asked to go if that was its best
VISIBLE = 0.005  # a gain that two decimals can show
MAX_STEPS = 3
BATCH = 500  # libraries tried out together, to bound memory


class Pace(Enum):
    """How a step is taken: so much more in every month left, once, or as a lasting rise of a stock."""

    MONTHLY = "monthly"
    ONCE = "once"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Lever:
    """An element of an indicator's numerator that a library can do more of."""

    indicator: str
    element: str
    pace: Pace


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """The libraries' figures with the months up to `end` projected, of which `future` are still to come."""

    cube: Cube
    end: Period
    future: slice


def next_steps(cube: Cube, table: ScoreTable) -> Mapping[str, tuple[Step, ...]]:
    """One to three steps for each library that has a score, those that raise it most first; none where none helps."""
    scored = np.flatnonzero(~np.isnan(table.value))
    steps: dict[str, tuple[Step, ...]] = {}
    for start in range(0, len(scored), BATCH):
        steps |= _batch_steps(cube.only(scored[start : start + BATCH]), table.scheme, table.period)
    return steps


def outlook(cube: Cube, period: Period) -> Outlook:
    """The reporting year to its end, as it would be if every library went on as it has reported so far."""
    year = cube.window(period, Horizon.YEAR_TO_DATE)
    left = 11 - (period.ordinal - period.year_start(cube.year_starts_in).ordinal) or 12
    known = slice(max(year.stop - 24, 0), year.stop)
    shape = (len(cube.elements), left, len(cube.libraries))
    ahead = np.broadcast_to(_usual(cube, year)[:, None, :], shape)
    figures = np.concatenate([cube.figures[:, known], ahead], axis=1)
    states = np.where(np.isnan(ahead), CODE[State.EMPTY], CODE[State.REPORTED]).astype(np.int8)
    longer = replace(
        cube,
        first=cube.first + known.start,
        figures=figures,
        states=np.concatenate([cube.states[:, known], states], axis=1),
        questioned=np.zeros(figures.shape, np.bool_),
    )
    return Outlook(longer, period + left, slice(figures.shape[1] - left, figures.shape[1]))


def _usual(cube: Cube, year: slice) -> Floats:
    """Elements × libraries: what a month still to come is expected to bring."""
    folds: list[Fold] = ["mean" if element in cube.flows else "last" for element in cube.elements]
    return np.stack([fold_months(fold, cube.figures[n, year]) for n, fold in enumerate(folds)])


def levers(scheme: Scheme, cube: Cube) -> Iterator[Lever]:
    """What can be done more of, in the scheme's order; reference figures and what should be less are none."""
    for indicator in scheme.indicators:
        if indicator.direction is Direction.LOWER:
            continue
        for use in uses(sides(indicator, cube.flows)[0]):
            kind = cube.elements[use.element]
            if kind is ElementKind.STOCK:
                yield Lever(indicator.id, use.element, Pace.STOCK)
            elif kind is ElementKind.FLOW and use.fold != "count":
                yield Lever(indicator.id, use.element, Pace.MONTHLY if use.fold == "mean" else Pace.ONCE)


def realistic(ahead: Outlook, lever: Lever) -> NDArray[np.int64]:
    """The largest amount a library can be asked for; at least 1, and 0 where it never reported the element."""
    past = ahead.cube.figures[ahead.cube.element_index[lever.element], : ahead.future.start]
    months = ahead.future.stop - ahead.future.start
    usual = ahead.cube.figures[ahead.cube.element_index[lever.element], ahead.future.start]
    match lever.pace:
        case Pace.MONTHLY:
            most = np.fmax(np.fmax.reduce(past) - usual, STRETCH * usual)
        case Pace.ONCE:
            most = np.fmax.reduce(past) * months
        case Pace.STOCK:
            most = np.fmax.reduce(np.diff(past, axis=0, prepend=np.nan)) * months
    return np.where(np.isnan(usual), 0, np.fmax(most, 1.0)).astype(np.int64)


def taken(ahead: Outlook, lever: Lever, amount: NDArray[np.int64]) -> Cube:
    """The projected year with the step taken, by so much for each library."""
    figures = ahead.cube.figures.copy()
    months = slice(ahead.future.start, ahead.future.start + 1) if lever.pace is Pace.ONCE else ahead.future
    figures[ahead.cube.element_index[lever.element], months] += amount
    return replace(ahead.cube, figures=figures)


def _batch_steps(cube: Cube, scheme: Scheme, period: Period) -> Mapping[str, tuple[Step, ...]]:
    ahead = outlook(cube, period)
    as_now = _value(ahead.cube, scheme, ahead.end)
    found: dict[str, list[tuple[float, Step]]] = {library.code: [] for library in cube.libraries}
    for lever in levers(scheme, cube):
        amount, value = _smallest(ahead, lever, scheme)
        for n in np.flatnonzero(value - as_now >= VISIBLE):
            monthly = lever.pace is Pace.MONTHLY
            step = Step(lever.indicator, lever.element, float(amount[n]), per_month=monthly, score=float(value[n]))
            found[cube.libraries[n].code].append((float(value[n] - as_now[n]), step))
    return {code: _best(steps) for code, steps in found.items()}


def _best(steps: list[tuple[float, Step]]) -> tuple[Step, ...]:
    """Those that gain most, one for each indicator and for each element."""
    best: list[Step] = []
    for _, step in sorted(steps, key=lambda each: -each[0]):
        if all(step.indicator != other.indicator and step.element != other.element for other in best):
            best.append(step)
    return tuple(best[:MAX_STEPS])


def _smallest(ahead: Outlook, lever: Lever, scheme: Scheme) -> tuple[NDArray[np.int64], Floats]:
    """For each library the smallest amount that gives what the largest realistic one gives, and the score then."""
    enough = realistic(ahead, lever)
    best = _value(taken(ahead, lever, enough), scheme, ahead.end)
    short = np.zeros_like(enough)
    while (enough - short > 1).any():
        middle = (enough + short) // 2
        reached = _value(taken(ahead, lever, middle), scheme, ahead.end) >= best - NOISE
        enough, short = np.where(reached, middle, enough), np.where(reached, short, middle)
    return enough, best


def _value(cube: Cube, scheme: Scheme, end: Period) -> Floats:
    return score(cube, scheme, end, Horizon.YEAR_TO_DATE, with_range=False).value
