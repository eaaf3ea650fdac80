"""The reporting year to its end, if every library goes on as it has so far, and what it could do more of.

The months left in the reporting year (in its last month: the whole next year) are projected as the library has reported
so far: flows at their mean month, stocks at their last value. Realistic is a month as good as the library's own best
one, or a tenth above its usual one if that is more, and for a stock the growth of its own best month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from sheets_sync.config.office import ElementKind
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import fold_months
from sheets_sync.kpi.formula import uses
from sheets_sync.kpi.indicator import Direction
from sheets_sync.kpi.measure import sides
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import EMPTY, REPORTED, Floats
from sheets_sync.model import Horizon, Period

STRETCH = 0.1  # local: how far beyond its usual month a library may be asked to go if that was its best


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

    def months(self, lever: Lever) -> slice:
        """The months in which a step is taken."""
        return slice(self.future.start, self.future.start + 1) if lever.pace is Pace.ONCE else self.future


def outlook(cube: Cube, period: Period) -> Outlook:
    """The reporting year to its end, as it would be if every library went on as it has reported so far."""
    year = cube.window(period, Horizon.YEAR_TO_DATE)
    left = 11 - (period.ordinal - period.year_start(cube.year_starts_in).ordinal) or 12
    known = slice(max(year.stop - 24, 0), year.stop)
    shape = (len(cube.elements), left, len(cube.libraries))
    usual = _usual(cube, year)
    state = np.where(np.isnan(usual), np.int8(EMPTY), np.int8(REPORTED))
    ahead, states = (np.broadcast_to(each[:, None, :], shape) for each in (usual, state))
    longer = replace(
        cube,
        first=cube.first + known.start,
        figures=np.concatenate([cube.figures[:, known], ahead], axis=1),
        states=np.concatenate([cube.states[:, known], states], axis=1),
        questioned=np.concatenate([cube.questioned[:, known], np.zeros(shape, np.bool_)], axis=1),
    )
    return Outlook(longer, period + left, slice(year.stop - known.start, year.stop - known.start + left))


def _usual(cube: Cube, year: slice) -> Floats:
    """Elements × libraries: what a month still to come is expected to bring."""
    flows, usual = np.array([element in cube.flows for element in cube.elements]), np.empty(cube.figures[:, 0].shape)
    usual[flows] = fold_months("mean", cube.figures[flows, year].swapaxes(0, 1))
    usual[~flows] = fold_months("last", cube.figures[~flows, year].swapaxes(0, 1))
    return usual


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
