"""Scores of places (kecamatan, kabupaten, provinsi): what their libraries did together, not an average of scores.

Numerators and denominators of the libraries add up before they are divided; an indicator without a denominator counts
each library as 1, so that a place is measured by the mean of its libraries against the same target. What adds up, and
how, is in `kpi/tally.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.states import Floats
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.kpi.tally import score_tallies, tallies
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
    totals = np.array([members.totals(each) for each in tallies(cube, scheme, period, horizon)])
    return score_tallies(scheme, period, horizon, members.places, totals)


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

    def totals(self, rows: Floats) -> Floats:
        """Rows of a figure for each library → the sums over each place's libraries."""
        added = [np.bincount(self.place, weights=row[self.library], minlength=len(self.places)) for row in rows]
        return np.array(added, np.float64)
