"""The figures of many libraries as dense arrays, elements × months × libraries, so that all are scored at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sheets_sync.kpi.formula import POPULATION
from sheets_sync.model import Finding, Horizon, Library, Observation, Period, Severity, State, periods_between
from sheets_sync.office import Element, ElementKind

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]  # of each figure: element, month, library

# A state's code is its place here. Where two cells speak of one figure, the later state in this order wins.
STATES = (State.EMPTY, State.NOT_APPLICABLE, State.ZERO, State.REPORTED, State.UNREADABLE, State.BLOCKED)
CODE: Mapping[State, int] = MappingProxyType({state: code for code, state in enumerate(STATES)})
EMPTY, NOT_APPLICABLE, ZERO, REPORTED, UNREADABLE, BLOCKED = range(len(STATES))


@dataclass(frozen=True, eq=False)
class Cube:
    """Figures by element, month and library.

    Attributes:
        elements: the ids along the first axis, with their kinds.
        first: the month at the start of the second axis.
        libraries: along the third axis.
        figures: float64, in the element's unit; NaN unless the state counts.
        states: int8, the state's place in `STATES`.
        questioned: whether an open E finding names the figure, which counts meanwhile.
        year_starts_in: the reporting year's first month, for the horizon year to date.
    """

    elements: Mapping[str, ElementKind]
    first: Period
    libraries: tuple[Library, ...]
    figures: Floats
    states: Codes
    questioned: Flags
    year_starts_in: int = 1

    @classmethod
    def from_observations(
        cls,
        observations: Iterable[Observation],
        libraries: Sequence[Library],
        elements: Iterable[Element],
        first: Period,
        last: Period,
        *,
        questions: Iterable[Finding] = (),
        year_starts_in: int = 1,
    ) -> Cube:
        """The figures from `first` to `last`; `questions` are the findings still open, of which the E ones are marked.

        Observations of other libraries, elements and months are left aside. Two cells that give one figure
        differently block it.
        """
        empty = cls.empty(libraries, elements, first, last, year_starts_in=year_starts_in)
        rows = [
            (empty.element_index[seen.element], seen.period.ordinal, empty.library_index[seen.library], seen)
            for seen in observations
            if seen.element in empty.element_index and seen.library in empty.library_index
        ]
        places = (
            np.array([row[0] for row in rows], np.int32),
            np.array([row[1] for row in rows], np.int32) - first.ordinal,
            np.array([row[2] for row in rows], np.int32),
        )
        values = np.array([row[3].value for row in rows], np.float64)
        _fill(empty, places, values, np.array([CODE[row[3].state] for row in rows], np.int8))
        return empty.asked(questions)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        libraries: Sequence[Library],
        elements: Iterable[Element],
        first: Period,
        last: Period,
        *,
        year_starts_in: int = 1,
    ) -> Cube:
        """The same from a frame with a row per figure.

        Columns: library (code), element (id), period (text like 2024-10), state (value of `State`), all best as
        categories, and value (float64, NaN where the state does not count).
        """
        empty = cls.empty(libraries, elements, first, last, year_starts_in=year_starts_in)
        months = {str(period): n for n, period in enumerate(empty.months)}
        places = (
            _positions(frame["element"], empty.element_index),
            _positions(frame["period"], months),
            _positions(frame["library"], empty.library_index),
        )
        codes = _positions(frame["state"], {state.value: code for state, code in CODE.items()})
        _fill(empty, places, frame["value"].to_numpy(np.float64), codes.astype(np.int8))
        return empty

    @classmethod
    def empty(
        cls,
        libraries: Sequence[Library],
        elements: Iterable[Element],
        first: Period,
        last: Period,
        *,
        year_starts_in: int = 1,
    ) -> Cube:
        """Nothing reported yet; only the population is known, from the register."""
        kinds = {element.id: element.kind for element in elements} | {POPULATION: ElementKind.REFERENCE}
        shape = (len(kinds), last.ordinal - first.ordinal + 1, len(libraries))
        values, states = np.full(shape, np.nan), np.full(shape, EMPTY, dtype=np.int8)
        population = list(kinds).index(POPULATION)
        for year in range(first.year, last.year + 1):
            months = [n for n, period in enumerate(periods_between(first, last)) if period.year == year]
            known = [library.population_in(Period(year, 12)) for library in libraries]
            values[population, months] = [figure.value if figure else np.nan for figure in known]
        states[population] = np.where(np.isnan(values[population]), EMPTY, REPORTED)
        return cls(
            MappingProxyType(kinds), first, tuple(libraries), values, states, np.zeros(shape, np.bool_), year_starts_in
        )

    @property
    def last(self) -> Period:
        return self.first + (len(self.figures[0]) - 1)

    @property
    def months(self) -> list[Period]:
        return periods_between(self.first, self.last)

    @cached_property
    def flows(self) -> frozenset[str]:
        """The elements that add up over months."""
        return frozenset(element for element, kind in self.elements.items() if kind is ElementKind.FLOW)

    @cached_property
    def element_index(self) -> Mapping[str, int]:
        return {element: n for n, element in enumerate(self.elements)}

    @cached_property
    def library_index(self) -> Mapping[str, int]:
        """Where a library's code stands."""
        return {library.code: n for n, library in enumerate(self.libraries)}

    @cached_property
    def month_reported(self) -> Flags:
        """Months × libraries: whether anything was reported, the register's reference figures aside."""
        own = [n for n, kind in enumerate(self.elements.values()) if kind is not ElementKind.REFERENCE]
        heard = np.zeros(self.figures.shape[1:], np.bool_)
        for n in own:
            heard |= ~np.isnan(self.figures[n])
        return heard

    def window(self, period: Period, horizon: Horizon) -> slice:
        """The months of a horizon that ends with the period, as far as the cube reaches."""
        starts = {
            Horizon.MONTH: period,
            Horizon.QUARTER: period - 2,
            Horizon.YEAR_TO_DATE: period.year_start(self.year_starts_in),
            Horizon.ROLLING_YEAR: period - 11,
        }
        count = self.figures.shape[1]
        start, stop = starts[horizon].ordinal - self.first.ordinal, period.ordinal - self.first.ordinal + 1
        return slice(min(max(start, 0), count), min(max(stop, 0), count))

    def only(self, libraries: NDArray[np.intp]) -> Cube:
        """The cube of some libraries, by their places; a place may be named more than once."""
        return replace(
            self,
            libraries=tuple(self.libraries[n] for n in libraries),
            figures=self.figures[:, :, libraries],
            states=self.states[:, :, libraries],
            questioned=self.questioned[:, :, libraries],
        )

    def without_questioned(self) -> Cube:
        """Every figure with an open question left out, as if it were blocked."""
        states = np.where(self.questioned, np.int8(BLOCKED), self.states)
        return replace(self, figures=np.where(self.questioned, np.nan, self.figures), states=states)

    def asked(self, questions: Iterable[Finding]) -> Cube:
        """The cube with the figures marked that open E findings name."""
        questioned = self.questioned.copy()
        for place in self._named(questions):
            questioned[place] = not np.isnan(self.figures[place])
        return replace(self, questioned=questioned)

    def _named(self, questions: Iterable[Finding]) -> Iterator[tuple[int, int, int]]:
        for finding in questions:
            library = self.library_index.get(finding.library or "")
            if finding.severity is not Severity.EXPLAIN or library is None or finding.period is None:
                continue
            month = finding.period.ordinal - self.first.ordinal
            for name in filter(None, (finding.element, *finding.names)):
                if name in self.element_index and 0 <= month < self.figures.shape[1]:
                    yield self.element_index[name], month, library


def _fill(cube: Cube, places: Places, value: Floats, code: Codes) -> None:
    """Writes figures into a new cube; those outside of it are left aside, those that contradict one another block."""
    inside = np.flatnonzero(
        (places[0] >= 0) & (places[1] >= 0) & (places[1] < cube.figures.shape[1]) & (places[2] >= 0) & (code > EMPTY)
    )
    flat = np.ravel_multi_index(tuple(axis[inside] for axis in places), cube.figures.shape)
    value, code = value[inside], code[inside]
    values, states = cube.figures.reshape(-1), cube.states.reshape(-1)
    for state in range(NOT_APPLICABLE, len(STATES)):
        chosen = flat[code == state]
        states[chosen], values[chosen] = state, value[code == state] if state in (ZERO, REPORTED) else np.nan
    differs = flat[((code == ZERO) | (code == REPORTED)) & (values[flat] != value)]
    values[differs[states[differs] <= REPORTED]] = np.nan
    states[differs[states[differs] <= REPORTED]] = BLOCKED


def _positions(column: pd.Series[Any], index: Mapping[str, int]) -> NDArray[np.int32]:
    """Each row's place by its text, -1 where it has none."""
    categories = column.astype("category").cat
    places = np.array([index.get(str(name), -1) for name in categories.categories] + [-1], dtype=np.int32)
    return places[categories.codes.to_numpy()]
