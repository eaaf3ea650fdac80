"""Formulas evaluated over whole arrays: every library's months at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol, Self, TypeVar

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.formula import Fold, Folded, Name, Node, Number, Operation
from sheets_sync.kpi.states import NOT_APPLICABLE, Floats
from sheets_sync.model import Horizon, Period

Value = TypeVar("Value")

_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
        ">": operator.gt,
        ">=": operator.ge,
        "<": operator.lt,
        "<=": operator.le,
        "==": operator.eq,
        "!=": operator.ne,
    }
)


class Reader(Protocol[Value]):
    """What a formula is evaluated over: exact figures, or figures between bounds."""

    def number(self, value: float) -> Value:
        """A number of the formula."""

    def series(self, name: Name, window: Horizon | None) -> Value:
        """An element's months in a window."""

    def fold(self, fold: Fold, series: Value) -> Value:
        """Months made one figure."""

    def join(self, sign: str, left: Value, right: Value) -> Value:
        """Two sides joined by a sign."""


class FigureReader(Reader[Floats], Protocol):
    """A reader of exact figures, one for each of `width` columns, over a horizon that can be put back in time."""

    @property
    def width(self) -> int:
        """How many columns there are."""

    def before(self, months: int) -> Self:
        """The same figures over the horizon that ends so many months earlier."""


def evaluate(node: Node, reader: Reader[Value], window: Horizon | None = None) -> Value:
    """The value of a resolved formula; the windows inside it win over `window`."""
    match node:
        case Number(value):
            return reader.number(value)
        case Name():
            return reader.series(node, window)
        case Operation(sign, left, right):
            return reader.join(sign, evaluate(left, reader, window), evaluate(right, reader, window))
        case Folded(fold, inside, own):
            return reader.fold(fold, evaluate(inside, reader, own))


@dataclass(frozen=True, slots=True)
class Exact:
    """Figures as they are: series are months × libraries, folded values one for each library, NaN is missing."""

    cube: Cube
    period: Period
    horizon: Horizon

    @property
    def width(self) -> int:
        return len(self.cube.libraries)

    def before(self, months: int) -> Exact:
        return replace(self, period=self.period - months)

    def number(self, value: float) -> Floats:
        return np.asarray(value, np.float64)

    def series(self, name: Name, window: Horizon | None) -> Floats:
        months = self.cube.window(self.period, window or self.horizon)
        element = self.cube.element_index[name.element]
        figures = self.cube.figures[element, months]
        if not name.or_zero:
            return figures
        blank = (self.cube.states[element, months] <= NOT_APPLICABLE) & self.cube.month_reported[months]
        return np.where(blank, 0.0, figures)

    def fold(self, fold: Fold, series: Floats) -> Floats:
        return fold_months(fold, series)

    def join(self, sign: str, left: Floats, right: Floats) -> Floats:
        return join(sign, left, right)


def join(sign: str, left: Floats, right: Floats) -> Floats:
    """Two sides joined; missing where either is, and where something is divided by zero."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result = np.asarray(_SIGNS[sign](left, right), np.float64)
    return np.where(np.isfinite(result) & np.isfinite(left) & np.isfinite(right), result, np.nan)


def fold_months(fold: Fold, series: Floats) -> Floats:
    """Months (the first axis) made one figure; missing where no month has one, except that a count is then 0."""
    there = ~np.isnan(series)
    count = there.sum(axis=0, dtype=np.float64)
    if fold == "count":
        return np.asarray(count)
    if fold == "last":
        return _last(series)
    total = np.where(there, series, 0.0).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, total / count if fold == "mean" else total, np.nan)


def _last(series: Floats) -> Floats:
    result = np.full(series.shape[1:], np.nan)
    for month in series:
        result = np.where(np.isnan(month), result, month)
    return result
