"""An order of libraries, with how firm it is; nothing shows one unless it is asked for.

ISO 11620 allows comparing libraries "only with caution": places come with the range that open questions leave, and with
how they would move if any one indicator weighed half or double.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.points import NOISE, weigh
from sheets_sync.kpi.states import Floats
from sheets_sync.kpi.table import ScoreTable

Counts: TypeAlias = NDArray[np.int64]

FACTORS = (0.5, 2.0)  # local: what "somewhat other weights" means


@dataclass(frozen=True, slots=True)
class Ranked:
    """A library's place, 1 is the highest; libraries of one score share it.

    `best` and `worst` are the places it could have once open questions are settled either way, `highest` and
    `lowest` those it has when an indicator weighs half or double.
    """

    code: str
    score: float
    place: int
    best: int
    worst: int
    highest: int
    lowest: int


def ranking(table: ScoreTable) -> tuple[Ranked, ...]:
    """The libraries that have a score, the highest first."""
    scored = np.flatnonzero(~np.isnan(table.value))
    value, (best, worst) = table.value[scored], _reach(table.low[scored], table.high[scored])
    places, others = _places(value), np.array([_places(each[scored]) for each in _reweighed(table)])
    rows = [
        Ranked(
            code=table.codes[scored[n]],
            score=float(value[n]),
            place=int(places[n]),
            best=int(best[n]),
            worst=int(worst[n]),
            highest=int(others[:, n].min()),
            lowest=int(others[:, n].max()),
        )
        for n in range(len(scored))
    ]
    return tuple(sorted(rows, key=lambda row: (row.place, row.code)))


def _reach(low: Floats, high: Floats) -> tuple[Counts, Counts]:
    """The best and the worst place each could have: behind those surely above it, and behind those maybe above it."""
    surely = len(low) - np.searchsorted(np.sort(low), high + NOISE, side="right")
    maybe = len(high) - np.searchsorted(np.sort(high), low + NOISE, side="right")
    return 1 + surely, 1 + maybe - (high > low + NOISE)


def _places(values: Floats) -> Counts:
    """1 + how many are higher; equal to the ninth decimal is equal."""
    rounded = np.round(values, 9)
    ordered = np.sort(rounded)
    return 1 + len(ordered) - np.searchsorted(ordered, rounded, side="right")


def _reweighed(table: ScoreTable) -> Iterator[Floats]:
    """All scores with one indicator after the other weighing half and double; the scheme's own weights first."""
    counts = table.contribution + table.lost > 0
    points = np.where(np.isnan(table.points), 0.0, table.points)
    yield table.value
    for n in range(len(table.scheme.indicators)):
        for factor in FACTORS:
            weights = table.scheme.weights.copy()
            weights[n] *= factor
            yield weigh(points, weights, counts).value
