"""A score traced back: score → groups → indicators → inputs → months → cells, as one frozen tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sheets_sync.config.office import Element, ElementKind, Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.evaluate import Exact, evaluate
from sheets_sync.kpi.formula import POPULATION, Folded, Name, Use, names
from sheets_sync.kpi.indicator import Indicator
from sheets_sync.kpi.measure import inputs
from sheets_sync.kpi.scheme import Band, Group, Scheme
from sheets_sync.kpi.states import STATES
from sheets_sync.kpi.table import ScoreTable
from sheets_sync.model import CellRef, DatedValue, Library, Observation, Part, Period, Score, State, Step
from sheets_sync.model.rounding import DECIMALS, round_half_up, shown_points


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One month of an input: what is known, what was typed, where it stands; `questioned` if an E finding is open."""

    period: Period
    state: State
    value: float | None
    typed: str = ""
    cell: CellRef | None = None
    questioned: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """An element that an indicator reads: its months in the window and the one figure they make."""

    element: str
    label: Text
    unit: Text
    use: Use
    value: float | None
    months: tuple[MonthFigure, ...]
    source: str = ""  # where a reference figure comes from


@dataclass(frozen=True, slots=True)
class IndicatorExplanation:
    """One indicator: its part of the score, and `contribution` and `lost` as they are shown."""

    indicator: Indicator
    part: Part
    share: float  # of all weights
    contribution: float
    lost: float
    inputs: tuple[Input, ...]

    @property
    def divided_by_zero(self) -> bool:
        return self.part.actual is None and self.part.denominator == 0

    @property
    def lacking_below(self) -> tuple[Input, ...]:
        """What is lacking to divide by, where there is something to divide."""
        below = names(self.indicator.denominator) if self.part.lacks_denominator else ()
        return tuple(each for each in self.inputs if each.element in below and each.value is None)


@dataclass(frozen=True, slots=True)
class GroupExplanation:
    """A group's indicators; its shown contribution is the sum of theirs."""

    group: Group
    contribution: float
    lost: float
    indicators: tuple[IndicatorExplanation, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that there is to say about one score. `shown` is the score as shown, the sum of the shown contributions."""

    library: Library
    scheme: Scheme
    score: Score
    shown: float | None
    band: Band
    months: tuple[Period, Period]
    groups: tuple[GroupExplanation, ...]
    steps: tuple[Step, ...]
    elements: Elements

    @property
    def difference(self) -> float | None:
        """The shown score minus the official one, where both are there."""
        official = self.library.official
        return None if official is None or self.shown is None else round(self.shown - official.value, DECIMALS)


def explain(
    table: ScoreTable,
    cube: Cube,
    library: Library,
    observations: Iterable[Observation],
    elements: Elements,
    steps: tuple[Step, ...] = (),
) -> Explanation:
    """How a library's score in the table came about; the cells are those of `observations`.

    Raises:
        KeyError: the library is not in the table.
    """
    score = table.score(library.code)
    tracer = _Tracer(table, cube, library, observations, elements)
    window = cube.months[cube.window(table.period, table.horizon)]
    return Explanation(
        library=library,
        scheme=table.scheme,
        score=score,
        shown=None if score.value is None else round_half_up(score.value, DECIMALS),
        band=table.scheme.category(score.value),
        months=(window[0], window[-1]),
        groups=_grouped(table.scheme, tracer.indicators(score)),
        steps=steps,
        elements=elements,
    )


def _grouped(scheme: Scheme, rows: tuple[IndicatorExplanation, ...]) -> tuple[GroupExplanation, ...]:
    groups = []
    for group in scheme.groups:
        members = tuple(row for row in rows if row.indicator.group == group.id)
        contribution, lost = sum(row.contribution for row in members), sum(row.lost for row in members)
        groups.append(GroupExplanation(group, round(contribution, DECIMALS), round(lost, DECIMALS), members))
    return tuple(group for group in groups if group.indicators)


class _Tracer:
    """Finds what an indicator read for one library."""

    def __init__(
        self,
        table: ScoreTable,
        cube: Cube,
        library: Library,
        observations: Iterable[Observation],
        elements: Elements,
    ) -> None:
        self._table, self._cube, self._library, self._elements = table, cube, library, elements
        self._place = cube.library_index[library.code]
        alone = cube.only(np.array([self._place]))
        self._exact = Exact(alone, table.period, table.horizon)
        self._seen: Mapping[tuple[str, Period], Observation] = {
            (seen.element, seen.period): seen for seen in observations if seen.library == library.code
        }

    def indicators(self, score: Score) -> tuple[IndicatorExplanation, ...]:
        scheme = self._table.scheme
        rows = zip(scheme.indicators, score.parts, shown_points(score), strict=True)
        return tuple(
            IndicatorExplanation(indicator, part, scheme.share(indicator), contribution, lost, self._inputs(indicator))
            for indicator, part, (contribution, lost) in rows
        )

    def _inputs(self, indicator: Indicator) -> tuple[Input, ...]:
        return tuple(self._input(use) for use in inputs(indicator, self._cube.flows))

    def _input(self, use: Use) -> Input:
        window = self._cube.window(self._table.period, use.window or self._table.horizon)
        element = self._elements.by_id.get(use.element) or _unlisted(use.element)
        folded = Folded(use.fold, Name(use.element, use.or_zero), use.window)
        value = float(evaluate(folded, self._exact)[0])
        months = self._cube.months[window]
        if self._cube.elements[use.element] is ElementKind.REFERENCE:
            months = months[-1:]
        return Input(
            element=use.element,
            label=element.label,
            unit=element.unit,
            use=use,
            value=None if np.isnan(value) else value,
            months=tuple(self._month(use.element, period) for period in months),
            source=self._source(use.element),
        )

    def _month(self, element: str, period: Period) -> MonthFigure:
        at = (self._cube.element_index[element], period.ordinal - self._cube.first.ordinal, self._place)
        value, seen = float(self._cube.figures[at]), self._seen.get((element, period))
        return MonthFigure(
            period=period,
            state=STATES[self._cube.states[at]],
            value=None if np.isnan(value) else value,
            typed=seen.typed if seen else "",
            cell=seen.cell if seen else self._register_cell(element, period),
            questioned=bool(self._cube.questioned[at]),
        )

    def _register_cell(self, element: str, period: Period) -> CellRef | None:
        figure = self._register_figure(element, period)
        return figure.cell if figure else None

    def _source(self, element: str) -> str:
        figure = self._register_figure(element, self._table.period)
        return " ".join(filter(None, (figure.source, str(figure.year or "")))) if figure else ""

    def _register_figure(self, element: str, period: Period) -> DatedValue | None:
        return self._library.population_in(period) if element == POPULATION else None


def _unlisted(element: str) -> Element:
    """The register's population, where elements.yaml does not list it."""
    return Element(id=element, label=Text(id=element, en=element), unit=Text(id="", en=""))
