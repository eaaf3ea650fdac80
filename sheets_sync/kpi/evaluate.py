"""Formulas evaluated over whole arrays: every library's months at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol, Self, TypeAlias, TypeVar

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.formula import Fold, Folded, Name, Node, Number, Operation
from sheets_sync.kpi.states import EMPTY, NOT_APPLICABLE, Codes, Floats
from sheets_sync.model import Horizon, Period

Value = TypeVar("Value")
View: TypeAlias = tuple[
    Period, Horizon
]  # the months that a score looks at: those of the horizon that ends with the period

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
_COMPARING = frozenset({">", ">=", "<", "<=", "==", "!="})


class Reader(Protocol[Value]):
    """What a formula is evaluated over: exact figures, or figures between bounds."""

    def number(self, value: float) -> Value:
        """A number of the formula."""

    def folded(self, node: Folded) -> Value:
        """A fold with what stands in it: `fold_inside`, unless the reader knows it already."""

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
        case Folded():
            return reader.folded(node)


def fold_inside(node: Folded, reader: Reader[Value]) -> Value:
    """The fold of what stands in it, month by month."""
    return reader.fold(node.fold, evaluate(node.inside, reader, node.window))


@dataclass(frozen=True, slots=True)
class Exact:
    """Figures as they are: series are months × libraries, folded values one for each library, NaN is missing.

    What was folded once is kept, by period and fold: many indicators divide by the same.
    """

    cube: Cube
    period: Period
    horizon: Horizon
    known: dict[tuple[Period, Folded], Floats] = field(default_factory=dict, compare=False, repr=False)
    seen: dict[tuple[Period, Horizon], Codes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def width(self) -> int:
        return len(self.cube.libraries)

    @property
    def views(self) -> tuple[View, ...]:
        return ((self.period, self.horizon),)

    def at(self, period: Period) -> Exact:
        """The same figures over the horizon that ends with another month."""
        return Exact(self.cube, period, self.horizon, self.known, self.seen)

    def before(self, months: int) -> Exact:
        return self.at(self.period - months)

    def number(self, value: float) -> Floats:
        return np.asarray(value, np.float64)

    def folded(self, node: Folded) -> Floats:
        key = self.period, node
        if key not in self.known:
            self.known[key] = fold_inside(node, self)
            self.known[key].flags.writeable = False
        return self.known[key]

    def series(self, name: Name, window: Horizon | None) -> Floats:
        return or_zero(name, self.cube, self.cube.window(self.period, window or self.horizon))

    def latest(self, window: Horizon | None) -> Codes:
        """Elements × libraries: the state that comes last in the order of `STATES` in the window's months."""
        key = self.period, window or self.horizon
        if key not in self.seen:
            self.seen[key] = self.cube.states[:, self.cube.window(*key)].max(axis=1, initial=EMPTY)
        return self.seen[key]

    def fold(self, fold: Fold, series: Floats) -> Floats:
        return fold_months(fold, series)

    def join(self, sign: str, left: Floats, right: Floats) -> Floats:
        return join(sign, left, right)


def or_zero(name: Name, cube: Cube, months: slice) -> Floats:
    """An element's figures, months × libraries, as the formula names it: with zeros for blanks or without."""
    element = cube.element_index[name.element]
    figures = cube.figures[element, months]
    if not name.or_zero:
        return figures
    blank = (cube.states[element, months] <= NOT_APPLICABLE) & cube.month_reported[months]
    return np.where(blank, 0.0, figures)


def join(sign: str, left: Floats, right: Floats) -> Floats:
    """Two sides joined; missing where either is, and where something is divided by zero."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result = np.asarray(_SIGNS[sign](left, right), np.float64)
    known = np.isfinite(result)
    if sign in _COMPARING:  # which says no where one side is missing
        known &= np.isfinite(left) & np.isfinite(right)
    return np.where(known, result, np.nan)


def fold_months(fold: Fold, series: Floats) -> Floats:
    """Months (the first axis) made one figure; missing where no month has one, except that a count is then 0."""
    if fold == "last":
        return _last(series)
    there = ~np.isnan(series)
    count = there.sum(axis=0, dtype=np.int16)
    if fold == "count":
        return np.asarray(count, np.float64)
    total = np.where(there, series, 0.0).sum(axis=0)
    if fold == "mean":
        total = total / np.maximum(count, 1)
    return np.where(count > 0, total, np.nan)


def _last(series: Floats) -> Floats:
    """The newest month that has a figure; from the last one back, as far as any column still lacks one."""
    if not len(series):
        return np.full(series.shape[1:], np.nan)
    result = np.array(series[-1])
    for month in series[-2::-1]:
        lacking = np.isnan(result)
        if not lacking.any():
            break
        np.copyto(result, month, where=lacking)
    return result
