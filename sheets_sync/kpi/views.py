"""Figures looked at over several horizons at once: the columns of one view stand beside those of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact, View, fold_inside, fold_months, join, or_zero
from sheets_sync.kpi.formula import Fold, Folded, Name
from sheets_sync.kpi.states import EMPTY, Codes, Flags, Floats
from sheets_sync.model import Horizon


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Which month of the cube stands where: windows' months × views. Windows end together; some begin later."""

    month: NDArray[np.intp]
    outside: Flags  # before a shorter window begins

    @classmethod
    def of(cls, windows: Sequence[slice]) -> Windows:
        start, stop = (np.array([getattr(each, end) for each in windows], np.intp) for end in ("start", "stop"))
        month = stop - np.arange((stop - start).max(initial=0), 0, -1)[:, None]
        return cls(np.maximum(month, 0), month < start)


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """A reader of exact figures; series are months × (views × libraries), folded values one for each of the latter."""

    cube: Cube
    views: tuple[View, ...]
    back: int = 0  # months
    known: dict[tuple[int, Folded], Floats] = field(default_factory=dict)
    seen: dict[tuple[int, Horizon | None], Codes] = field(default_factory=dict)
    where: dict[tuple[int, Horizon | None], Windows] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.views) * len(self.cube.libraries)

    def before(self, months: int) -> Views:
        return Views(self.cube, self.views, self.back + months, self.known, self.seen, self.where)

    def number(self, value: float) -> Floats:
        return np.asarray(value, np.float64)

    def folded(self, node: Folded) -> Floats:
        key = self.back, node
        if key not in self.known:
            self.known[key] = fold_inside(node, self)
            self.known[key].flags.writeable = False
        return self.known[key]

    def rows(self, window: Horizon | None) -> Windows:
        key = self.back, window
        if key not in self.where:
            each = [self.cube.window(period - self.back, window or own) for period, own in self.views]
            self.where[key] = Windows.of(each)
        return self.where[key]

    def series(self, name: Name, window: Horizon | None) -> Floats:
        figures, rows = or_zero(name, self.cube, slice(None)), self.rows(window)
        series = figures[rows.month]
        series[rows.outside] = np.nan
        return series.reshape(len(series), self.width)

    def latest(self, window: Horizon | None) -> Codes:
        """Elements × columns: the state that comes last in the order of `STATES` in the window's months."""
        key = self.back, window
        if key not in self.seen:
            rows = self.rows(window)
            states = self.cube.states[:, rows.month]
            states[:, rows.outside] = EMPTY
            self.seen[key] = states.max(axis=1, initial=EMPTY).reshape(len(states), self.width)
        return self.seen[key]

    def fold(self, fold: Fold, series: Floats) -> Floats:
        return fold_months(fold, series)

    def join(self, sign: str, left: Floats, right: Floats) -> Floats:
        return join(sign, left, right)


Figures = Exact | Views


def figures_of(cube: Cube, views: Sequence[View]) -> Figures:
    """A reader of the figures over one view or over more."""
    return Exact(cube, *views[0]) if len(views) == 1 else Views(cube, tuple(views))
