"""The scores of many months in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import scores
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import Horizon, Period


def trend(cube: Cube, scheme: Scheme, months: Sequence[Period]) -> Mapping[str, tuple[float | None, ...]]:
    """Every library's score of each of the months alone; None below the coverage floor."""
    return trend_of(scores(cube, scheme, [(month, Horizon.MONTH) for month in months]))


def trend_of(tables: Sequence[ScoreTable]) -> Mapping[str, tuple[float | None, ...]]:
    """Every library's scores in one table after the other; None below the coverage floor."""
    value = np.array([table.value for table in tables])
    known = np.where(np.isnan(value), None, value).T.tolist()  # type: ignore[call-overload] # of objects
    return {code: tuple(row) for code, row in zip(tables[0].codes, known, strict=True)}
