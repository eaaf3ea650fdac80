"""The figures of many libraries as dense arrays, elements × months × libraries, so that all are scored at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sheets_sync.config.office import Element, ElementKind
from sheets_sync.kpi.filling import Axes, fill
from sheets_sync.kpi.formula import POPULATION, flows_of
from sheets_sync.kpi.states import BLOCKED, EMPTY, REPORTED, UNREADABLE, Codes, Flags, Floats
from sheets_sync.model import Finding, Horizon, Library, Observation, Period, periods_between


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """Kinds of library, each once, and by library the place of its kind among them."""

    names: tuple[str, ...]
    place: NDArray[np.intp]


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
        """The figures from `first` to `last`; of the findings in `questions` those still open mark what they name.

        Observations of other libraries, elements and months are left aside. Two cells that give one figure
        differently block it.
        """
        cube = cls.empty(libraries, elements, first, last, year_starts_in=year_starts_in)
        fill(cube.figures, cube.states, [cube.axes.of_observations(observations)])
        give_population(cube)
        return cube.asked(questions)

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
        """Nothing known yet."""
        kinds = {element.id: element.kind for element in elements} | {POPULATION: ElementKind.REFERENCE}
        shape = (len(kinds), last.ordinal - first.ordinal + 1, len(libraries))
        return cls(
            elements=MappingProxyType(kinds),
            first=first,
            libraries=tuple(libraries),
            figures=np.full(shape, np.nan),
            states=np.full(shape, EMPTY, np.int8),
            questioned=np.zeros(shape, np.bool_),
            year_starts_in=year_starts_in,
        )

    @property
    def last(self) -> Period:
        """The month at the end of the second axis."""
        return self.first + (len(self.figures[0]) - 1)

    @cached_property
    def months(self) -> Sequence[Period]:
        """The months of the second axis, in order."""
        return periods_between(self.first, self.last)

    @cached_property
    def flows(self) -> frozenset[str]:
        """The elements that add up over months."""
        return flows_of(self.elements)

    @cached_property
    def element_index(self) -> Mapping[str, int]:
        """Where an element's id stands on the first axis."""
        return {element: n for n, element in enumerate(self.elements)}

    @cached_property
    def library_index(self) -> Mapping[str, int]:
        """Where a library's code stands on the third axis."""
        return {library.code: n for n, library in enumerate(self.libraries)}

    @cached_property
    def kinds(self) -> Kinds:
        """The libraries' kinds, each once, and which is whose."""
        each = [library.kind for library in self.libraries]
        index = {kind: n for n, kind in enumerate(dict.fromkeys(each))}
        return Kinds(tuple(index), np.array([index[kind] for kind in each], np.intp))

    @property
    def axes(self) -> Axes:
        """What stands where along all three axes."""
        months = {str(period): n for n, period in enumerate(self.months)}
        return Axes(self.element_index, months, self.library_index, self.first.ordinal)

    @cached_property
    def month_reported(self) -> Flags:
        """Months × libraries: whether anything was reported, the register's reference figures aside."""
        own = np.array([kind is not ElementKind.REFERENCE for kind in self.elements.values()])
        return np.asarray(~np.isnan(self.figures)[own].all(axis=0))

    @cached_property
    def open(self) -> Flags:
        """Which figures may still become another: questioned, or refused."""
        return np.asarray(self.questioned | (self.states >= UNREADABLE))

    def window(self, period: Period, horizon: Horizon) -> slice:
        """The months of a horizon that ends with the period, as far as the cube reaches."""
        count, stop = self.figures.shape[1], period.ordinal - self.first.ordinal + 1
        start = stop - self._length(period, horizon)
        return slice(min(max(start, 0), count), min(max(stop, 0), count))

    def _length(self, period: Period, horizon: Horizon) -> int:
        """How many months the horizon has that ends with the period."""
        match horizon:
            case Horizon.MONTH:
                return 1
            case Horizon.QUARTER:
                return 3
            case Horizon.ROLLING_YEAR:
                return 12
            case Horizon.YEAR_TO_DATE:
                return period.ordinal - period.year_start(self.year_starts_in).ordinal + 1

    def only(self, libraries: NDArray[np.intp]) -> Cube:
        """The cube of some libraries, by their places; a place may be named more than once."""
        return replace(
            self,
            libraries=tuple(self.libraries[n] for n in libraries),
            figures=self.figures.take(libraries, axis=2),
            states=self.states.take(libraries, axis=2),
            questioned=self.questioned.take(libraries, axis=2),
        )

    def of_kind(self, kind: str) -> Cube:
        """The cube of the libraries of a kind; kinds are never added to each other, since they serve the same people."""
        return self.only(np.flatnonzero(self.kinds.place == self.kinds.names.index(kind)))

    def part(self, libraries: slice) -> Cube:
        """The cube of neighbouring libraries, looked at where they are."""
        return replace(
            self,
            libraries=self.libraries[libraries],
            figures=self.figures[:, :, libraries],
            states=self.states[:, :, libraries],
            questioned=self.questioned[:, :, libraries],
        )

    def without_questioned(self) -> Cube:
        """Every figure with an open question left out, as if it were blocked."""
        states = np.where(self.questioned, np.int8(BLOCKED), self.states)
        return replace(self, figures=np.where(self.questioned, np.nan, self.figures), states=states)

    def asked(self, questions: Iterable[Finding]) -> Cube:
        """The cube with the counting figures marked that open findings name; an answered one marks nothing."""
        questioned = self.questioned.copy()
        for place in self._named(questions):
            questioned[place] = not np.isnan(self.figures[place])
        return replace(self, questioned=questioned)

    def _named(self, questions: Iterable[Finding]) -> Iterator[tuple[int, int, int]]:
        for finding in questions:
            library = self.library_index.get(finding.library or "")
            if not finding.is_question or library is None or finding.period is None:
                continue
            month = finding.period.ordinal - self.first.ordinal
            for name in filter(None, (finding.element, *finding.also_elements)):
                if name in self.element_index and 0 <= month < self.figures.shape[1]:
                    yield self.element_index[name], month, library


def give_population(cube: Cube) -> None:
    """Writes the register's population into a new cube wherever no cell gives one."""
    element = cube.element_index[POPULATION]
    figures, states = cube.figures[element], cube.states[element]
    years, year = np.unique([month.year for month in cube.months], return_inverse=True)
    known = np.array([*_populations(cube.libraries, years)])[year]
    blank = (states == EMPTY) & ~np.isnan(known)
    np.copyto(figures, known, where=blank)
    np.copyto(states, np.int8(REPORTED), where=blank)


def _populations(libraries: Sequence[Library], years: Iterable[int]) -> Iterator[Floats]:
    """`Library.population_in` each of the years, of all libraries; NaN where none is known."""
    count = np.array([len(library.population) for library in libraries], np.intp)
    figures = [figure for library in libraries for figure in library.population]
    since, value = np.array([each.year for each in figures]), np.array([each.value for each in figures], np.float64)
    owner = np.repeat(np.arange(len(libraries)), count)
    order = np.lexsort((value, since, owner))
    first, known = np.cumsum(count) - count, np.flatnonzero(count)
    for year in years:
        past = np.bincount(owner[since <= year], minlength=len(libraries))
        row = np.full(len(libraries), np.nan)
        row[known] = value[order[(first + np.maximum(past - 1, 0))[known]]]
        yield row
