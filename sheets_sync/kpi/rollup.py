"""Scores of places (kecamatan, kabupaten, provinsi): what their libraries did together, not an average of scores.

Numerators and denominators of the libraries add up before they are divided; an indicator without a denominator counts
each library as 1, so that a place is measured by the mean of its libraries against the same target. Where libraries of
different kinds have different targets, the place's target is their mean, weighted by the denominators: what the
numerator would be if every library were exactly on target. A library that lacks either side is left out of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import join
from sheets_sync.kpi.indicator import Indicator, Method, RollUp
from sheets_sync.kpi.measure import Goalposts, Measure, goalposts, measure
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import applicability, assess
from sheets_sync.kpi.states import EMPTY, NOT_APPLICABLE, REPORTED, ZERO, Codes, Flags, Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import Horizon, Library, Period

Tree = Mapping[str, Sequence[str]]  # library code → the places it is in, from the smallest to the largest


def place_tree(libraries: Sequence[Library], *above: str) -> Tree:
    """Each library's places: its kecamatan, then those that are the same for all, like kabupaten and provinsi.

    A place is named by its whole path (`Kalimantan Tengah/Barito Timur/Paku`), as kecamatan of one name exist twice.
    """
    top = list(reversed(above))
    paths = {library.code: [*top, library.district] if library.district else top for library in libraries}
    return {code: ["/".join(path[:n]) for n in range(len(path), 0, -1)] for code, path in paths.items()}


def roll_up(
    cube: Cube, scheme: Scheme, period: Period, tree: Tree, horizon: Horizon = Horizon.YEAR_TO_DATE
) -> ScoreTable:
    """A table whose codes are places, in the order in which the libraries name them."""
    members = _Members.of(cube, tree)
    measures, posts = [], []
    for indicator in scheme.indicators:
        measured, post = measure(indicator, cube, period, horizon), goalposts(indicator, cube, period, horizon)
        place, goals = _together(indicator, measured, post, members)
        measures.append(place)
        posts.append(goals)
    return assess(scheme, period, horizon, members.places, measures, posts, applicability(scheme, measures, posts))


@dataclass(frozen=True, slots=True, eq=False)
class _Members:
    """Which library is in which place, as pairs of their positions."""

    places: tuple[str, ...]
    place: NDArray[np.intp]
    library: NDArray[np.intp]

    @classmethod
    def of(cls, cube: Cube, tree: Tree) -> _Members:
        pairs = [(place, n) for n, library in enumerate(cube.libraries) for place in tree.get(library.code, ())]
        index = {place: n for n, place in enumerate(dict.fromkeys(place for place, _ in pairs))}
        columns = np.array([(index[place], n) for place, n in pairs], np.intp).reshape(-1, 2)
        return cls(tuple(index), columns[:, 0], columns[:, 1])

    def total(self, values: Floats) -> Floats:
        """The sum over each place's libraries."""
        added = np.bincount(self.place, weights=values[self.library], minlength=len(self.places))
        return added.astype(np.float64, copy=False)

    def any(self, flags: Flags) -> Flags:
        """Whether it is so for one of each place's libraries."""
        return self.total(flags.astype(np.float64)) > 0

    def mean(self, values: Floats, weights: Floats) -> Floats:
        """The weighted mean over each place's libraries; NaN where nothing has weight."""
        there = np.where(np.isnan(values), 0.0, weights)
        return join("/", self.total(np.where(there > 0, values * there, 0.0)), self.total(there))


def _together(
    indicator: Indicator, measured: Measure, posts: Goalposts, members: _Members
) -> tuple[Measure, Goalposts]:
    known = ~np.isnan(measured.actual) & ~np.isnan(posts.target)
    factor, above, below = _sides(indicator, measured)
    weight = np.where(known, below, 0.0)
    heard = members.any(known)
    numerator = np.where(heard, members.total(np.where(known, above, 0.0)), np.nan)
    denominator = np.where(heard, members.total(weight), np.nan)
    actual = join("/", factor * numerator, denominator)
    goals = (_goal(each, weight, members) for each in (posts.target, posts.floor))
    return Measure(numerator, denominator, actual, _state(measured, members, actual)), Goalposts(*goals)


def _goal(goal: Floats, weight: Floats, members: _Members) -> Floats:
    """The weighted mean of the libraries' goals; the plain one where nothing has weight yet."""
    weighted = members.mean(goal, weight)
    return np.where(np.isnan(weighted), members.mean(goal, np.ones_like(weight)), weighted)


def _sides(indicator: Indicator, measured: Measure) -> tuple[float, Floats, Floats]:
    """Factor, numerators and denominators to add up; a mean of ratios adds up the ratios and counts libraries."""
    if indicator.roll_up is RollUp.MEAN:
        return 1.0, measured.actual, np.ones_like(measured.actual)
    factor = 1.0 if indicator.method is Method.GROWTH else indicator.factor
    return factor, measured.numerator, measured.denominator


def _state(measured: Measure, members: _Members, actual: Floats) -> Codes:
    """Reported or zero where any library has a figure; does not apply where it applies to none."""
    lacking = np.where(members.any(measured.state != NOT_APPLICABLE), EMPTY, NOT_APPLICABLE)
    return np.where(np.isnan(actual), lacking, np.where(actual == 0, ZERO, REPORTED)).astype(np.int8)
