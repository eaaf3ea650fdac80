"""How much of what is due has been reported, from the cells' content: an empty form sent in time is not a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from sheets_sync.config.office import Element
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.states import NOT_APPLICABLE, UNREADABLE, Flags
from sheets_sync.model import Horizon, Library, Period, Reporting, Timeliness


def completeness(
    cube: Cube, elements: Iterable[Element], period: Period, horizon: Horizon = Horizon.YEAR_TO_DATE
) -> Mapping[str, float | None]:
    """Required cells answered over required cells, by library; at most 1, None where nothing is required.

    A figure, a zero and "not applicable" are answers; a blank and a refused entry are not. Months in which a library
    was not in service ask for nothing.
    """
    due, answered = _due(cube, elements, period, horizon), _answered(cube, period, horizon)
    wanted, given = due.sum(axis=(0, 1)), (due & answered).sum(axis=(0, 1))
    return {
        library.code: float(given[n] / wanted[n]) if wanted[n] else None for n, library in enumerate(cube.libraries)
    }


def total_completeness(
    cube: Cube,
    elements: Iterable[Element],
    period: Period,
    horizon: Horizon = Horizon.MONTH,
    closed: Collection[str] = (),
) -> float | None:
    """The same over all libraries together, but for those (by code) of which nothing is expected.

    Every required cell weighs the same.
    """
    answered, required = answers(cube, elements, period, horizon, closed)
    return answered / required if required else None


def answers(
    cube: Cube,
    elements: Iterable[Element],
    period: Period,
    horizon: Horizon = Horizon.MONTH,
    closed: Collection[str] = (),
) -> tuple[int, int]:
    """Of all libraries but the `closed` together: the required cells that are answered, and those that are required."""
    due, answered = _due(cube, elements, period, horizon), _answered(cube, period, horizon)
    if closed:
        due[:, :, [library.code in closed for library in cube.libraries]] = False
    return int((due & answered).sum()), int(due.sum())


def reporting(cube: Cube, elements: Iterable[Element], period: Period) -> Mapping[str, Reporting]:
    """How much of the month each library has reported: everything required, something, or nothing."""
    required = completeness(cube, elements, period, Horizon.MONTH)
    heard = np.logical_or.reduce(cube.month_reported[cube.window(period, Horizon.MONTH)])
    return {
        library.code: _reporting(required[library.code], heard=bool(heard[n]))
        for n, library in enumerate(cube.libraries)
    }


def _reporting(share: float | None, *, heard: bool) -> Reporting:
    if not heard:
        return Reporting.NONE
    return Reporting.COMPLETE if share in (None, 1.0) else Reporting.PARTIAL


def timeliness(on_time: Iterable[bool | None]) -> Timeliness:
    """How many libraries reported by the due date (True), how many did not, and of how many it is unknown (None)."""
    counted = Counter(on_time)
    return Timeliness(counted[True], counted[False], counted[None])


def _due(cube: Cube, elements: Iterable[Element], period: Period, horizon: Horizon) -> Flags:
    """Elements × months of the horizon × libraries: whether a figure is required."""
    months, kinds = cube.months[cube.window(period, horizon)], cube.kinds
    due = np.zeros((len(cube.elements), len(months), len(cube.libraries)), np.bool_)
    active = _active(cube.libraries, months)
    for element in elements:
        wanted = np.array([element.required_for(kind) for kind in kinds.names], np.bool_)
        due[cube.element_index[element.id]] = active & wanted[kinds.place]
    return due


def _active(libraries: Sequence[Library], months: Sequence[Period]) -> Flags:
    """Months × libraries: `Library.active_in`."""
    since = np.array([(each.active_since or date.min).toordinal() for each in libraries], np.int64)
    until = np.array([(each.active_until or date.max).toordinal() for each in libraries], np.int64)
    rows = [(since <= month.last_day.toordinal()) & (until >= month.first_day.toordinal()) for month in months]
    return np.array(rows, np.bool_).reshape(len(months), len(libraries))


def _answered(cube: Cube, period: Period, horizon: Horizon) -> Flags:
    """Whether each of the same is answered."""
    states = cube.states[:, cube.window(period, horizon)]
    return (states >= NOT_APPLICABLE) & (states < UNREADABLE)
