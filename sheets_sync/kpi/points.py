"""From attainment to points, and from points to a score: the only place where weights are applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sheets_sync.kpi.indicator import Indicator, Method
from sheets_sync.kpi.states import Flags, Floats

NOISE = 1e-9  # what floating point may add to or take from a score; no band or cut is missed by it
NOISE_PLACES = 12  # beyond these a score holds only noise, which would make 6.255 show as 6.25
MAX_SCORE = 10.0  # the highest score


def points_of(indicator: Indicator, attainment: Floats) -> Floats:
    """Points between 0 and 1; missing stays missing."""
    match indicator.method:
        case Method.MET:
            points = np.where(attainment >= 1 - NOISE, 1.0, 0.0)
        case Method.BANDED:
            cuts = indicator.cuts
            reached = [attainment >= cut - NOISE for cut in (cuts.ten, cuts.seven, cuts.four)]
            points = np.select(reached, [1.0, 0.7, 0.4], 0.0)
        case Method.LINEAR | Method.GROWTH:
            points = np.clip(attainment, 0.0, 1.0)
    return np.where(np.isnan(attainment), np.nan, points)


def points_of_all(indicators: Sequence[Indicator], rows: NDArray[np.intp], attainment: Floats) -> Floats:
    """The same of many indicators, `rows` saying whose each attainment is: most take it as it is."""
    points = np.clip(attainment, 0.0, 1.0)
    for n, indicator in enumerate(indicators):
        if indicator.method in (Method.MET, Method.BANDED):
            mine = np.broadcast_to(rows == n, points.shape)
            points[mine] = points_of(indicator, attainment[mine])
    return points


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Scores of many libraries: `value` one for each library, the rest indicators × libraries."""

    value: Floats  # 0 to 10, NaN where nothing counts
    contribution: Floats
    lost: Floats


def weigh(points: Floats, weights: Floats, counts: Flags) -> Weighed:
    """10 × Σ(weight × points) / Σ weight over the indicators that count.

    Args:
        points: indicators × libraries, between 0 and 1; NaN gives none.
        weights: one for each indicator.
        counts: indicators × libraries.
    """
    weight = np.where(counts, weights[:, None], 0.0)
    total = weight.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        most = np.where(total > 0, MAX_SCORE * weight / total, 0.0)
    contribution = most * np.where(np.isnan(points), 0.0, points)
    added = np.round(contribution.sum(axis=0), NOISE_PLACES)
    value = np.where(total > 0, np.clip(added, 0.0, MAX_SCORE), np.nan)
    return Weighed(value, contribution, most - contribution)
