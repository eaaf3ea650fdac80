"""The scores of many months in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import scores
from sheets_sync.model import Horizon, Period


def trend(cube: Cube, scheme: Scheme, months: Sequence[Period]) -> Mapping[str, tuple[float | None, ...]]:
    """Every library's score of each of the months alone; None below the coverage floor."""
    return scores(cube, scheme, [(month, Horizon.MONTH) for month in months]).trend(range(len(months)))
