"""Rows of figures written into dense arrays; where two rows speak of one figure, what is certain wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.states import BLOCKED, CODE, EMPTY, NOT_APPLICABLE, REPORTED, STATES, ZERO, Codes, Floats
from sheets_sync.model import Observation

Positions: TypeAlias = NDArray[np.int64]  # along one axis, or in the flattened array; negative: outside
_ORDINAL = attrgetter("ordinal")
OUTSIDE = -(1 << 60)  # stays negative whatever place along another axis is added


Rows: TypeAlias = tuple[Positions, Floats, Codes]  # where each goes, its value, its state


@dataclass(frozen=True, slots=True)
class Axes:
    """What stands where along elements × months × libraries; months by their text, like 2024-10.

    They follow each other from the one whose ordinal is `first`.
    """

    elements: Mapping[str, int]
    months: Mapping[str, int]
    libraries: Mapping[str, int]
    first: int

    def of_observations(self, observations: Iterable[Observation]) -> Rows:
        """A row for each observation that has a place."""
        columns = [*zip(*observations, strict=True)] or [()] * len(Observation._fields)
        seen = dict(zip(Observation._fields, columns, strict=True))
        library, element = _places(seen["library"], self.libraries), _places(seen["element"], self.elements)
        month = _whole(map(_ORDINAL, seen["period"]), len(library)) - self.first
        at = (element * len(self.months) + month) * len(self.libraries) + library
        inside = (element >= 0) & (month >= 0) & (month < len(self.months)) & (library >= 0)
        code = np.fromiter(map({**CODE}.__getitem__, seen["state"]), np.int8, len(library))
        return np.where(inside, at, OUTSIDE), np.array(seen["value"], np.float64), code


def _places(names: Sequence[str], index: Mapping[str, int]) -> Positions:
    """Where each stands along an axis; -1: nowhere."""
    return _whole(map(index.get, names, repeat(-1)), len(names))


def _whole(numbers: Iterable[int], count: int) -> Positions:
    return np.fromiter(numbers, np.int64, count)


def fill(figures: Floats, states: Codes, parts: Iterable[Rows]) -> None:
    """Writes figures and states into arrays in which nothing is known, in place.

    Blank rows and rows outside are left aside. Of all that is said of one figure the later state wins; two different
    counting values block it.

    Args:
        figures: elements × months × libraries, contiguous, NaN.
        states: the same shape, as codes, EMPTY.
        parts: rows, gone through again if they say something more than once: where each goes in the flattened arrays,
            its value (looked at only where its state counts), its state.
    """
    flat_figures, flat_states, told = figures.reshape(-1), states.reshape(-1), 0
    for at, value, code in map(_inside, parts):
        flat_figures[at], flat_states[at] = value, code
        told += int(np.count_nonzero(code))
    if np.count_nonzero(flat_states) < told:  # something was said more than once
        flat_figures.fill(np.nan)
        flat_states.fill(EMPTY)
        for at, value, code in map(_inside, parts):
            before = flat_figures[at], flat_states[at]
            said = np.concatenate([before[0], value]), np.concatenate([before[1], code])
            _settle(flat_figures, flat_states, np.tile(at, 2), *said)


def _inside(rows: Rows) -> Rows:
    """The rows that have a place, with a value only where it counts."""
    at, value, code = rows
    if at.min(initial=0) < 0:
        inside = at >= 0
        at, value, code = at[inside], value[inside], code[inside]
    return at, np.where((code == ZERO) | (code == REPORTED), value, np.nan), code


def _settle(figures: Floats, states: Codes, at: Positions, value: Floats, code: Codes) -> None:
    for state in range(NOT_APPLICABLE, len(STATES)):
        chosen = code == state
        states[at[chosen]], figures[at[chosen]] = state, value[chosen]
    counting = (code == ZERO) | (code == REPORTED)
    differs = at[counting & (states[at] <= REPORTED) & (figures[at] != value)]
    states[differs], figures[differs] = BLOCKED, np.nan
