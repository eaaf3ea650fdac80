"""A cube from a frame with a row per figure, as a database or a file of a whole country would give it: for measuring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sheets_sync.config.office import Element
from sheets_sync.kpi import Cube
from sheets_sync.kpi.cube import give_population
from sheets_sync.kpi.filling import OUTSIDE, Axes, Rows, fill
from sheets_sync.kpi.states import CODE, Floats
from sheets_sync.model import Library, Period

CHUNK = 100_000  # what is needed meanwhile stays small, and so quick


def cube_of_frame(
    frame: pd.DataFrame, libraries: Sequence[Library], elements: Iterable[Element], first: Period, last: Period
) -> Cube:
    """The same as from observations.

    Columns: library (code), element (id), period (text like 2024-10), state (value of `State`), all best as categories,
    and value (float64, NaN where the state does not count).
    """
    cube = Cube.empty(libraries, elements, first, last)
    fill(cube.figures, cube.states, _rows_of(frame, cube.axes))
    give_population(cube)
    return cube


def _rows_of(frame: pd.DataFrame, axes: Axes) -> FrameRows:
    """The frame's rows; those that have no place are `OUTSIDE`."""
    stride = len(axes.libraries)
    columns = (
        _CubeColumn.of(frame["element"], axes.elements, len(axes.months) * stride),
        _CubeColumn.of(frame["period"], axes.months, stride),
        _CubeColumn.of(frame["library"], axes.libraries),
    )
    state = _CubeColumn.of(frame["state"], {state.value: code for state, code in CODE.items()})
    values = frame["value"].to_numpy(np.float64)
    return FrameRows(columns, _CubeColumn(state.codes, state.table.astype(np.int8)), values)


@dataclass(frozen=True, slots=True, eq=False)
class _CubeColumn:
    """A column of texts as codes, with each code's place times the axis' stride."""

    codes: NDArray[np.integer[Any]]
    table: NDArray[Any]  # of integers

    @classmethod
    def of(cls, column: pd.Series[Any], index: Mapping[str, int], stride: int = 1) -> _CubeColumn:
        texts = column.array if isinstance(column.array, pd.Categorical) else pd.Categorical(column)
        places = [index.get(str(name), -1) for name in texts.categories.tolist()]
        table = np.array([*places, -1], np.int64)
        return cls(texts.codes, np.where(table < 0, OUTSIDE, table * stride))

    def at(self, rows: slice) -> NDArray[Any]:
        """By row its place; a missing text has the code -1 and so the last place, which is outside."""
        return np.asarray(self.table[self.codes[rows]])


@dataclass(frozen=True, slots=True, eq=False)
class FrameRows:
    """The rows of a frame, as many at a time as stay near the processor; they can be gone through again."""

    columns: tuple[_CubeColumn, ...]
    state: _CubeColumn
    value: Floats

    def __iter__(self) -> Iterator[Rows]:
        for start in range(0, len(self.value), CHUNK):
            rows = slice(start, start + CHUNK)
            first, *others = (column.at(rows) for column in self.columns)
            for other in others:
                first += other
            yield first, self.value[rows], self.state.at(rows)
