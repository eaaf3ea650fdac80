"""An office's quarter or year put together from what is remembered: the one value that its longer reports are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Element, ElementKind, Elements, Office
from sheets_sync.jobs.arrivals import data_as_of
from sheets_sync.jobs.libraries.districts import in_districts
from sheets_sync.jobs.libraries.part import of_libraries
from sheets_sync.jobs.month import checked_of, cube_of, load
from sheets_sync.kpi.evaluate import fold_months
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Horizon, Library, Observation, Period, Reporting, Revision, SpanKind, TimeSpan
from sheets_sync.model.decision import decided
from sheets_sync.model.left_out import LeftOut, without
from sheets_sync.model.office_span import ElementSeries, KindSpan, LibrarySpan, OfficeSpan
from sheets_sync.model.score import mean_of_known
from sheets_sync.reports.seal import SealedFigure, changes
from sheets_sync.settings import OfficeSettings
from sheets_sync.store import Memory

HORIZONS = {SpanKind.QUARTER: Horizon.QUARTER, SpanKind.YEAR: Horizon.YEAR_TO_DATE}
TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class SpanView:
    """An office's quarter or year, and what it was made of."""

    whole: OfficeSpan
    scheme: Scheme
    observations: tuple[Observation, ...] = ()  # of the libraries' months in it, as the checks leave them
    cube: kpi.Cube | None = None  # of a place above offices there is none
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every library's part is taken from."""

    span: TimeSpan
    first: Period  # the first month that is expected
    cube: kpi.Cube
    elements: Elements
    scores: kpi.ScoreTable
    previous: kpi.ScoreTable | None
    months: Mapping[str, tuple[float | None, ...]]
    reported: Sequence[Mapping[str, Reporting]]  # by month
    revisions: Mapping[str, tuple[Revision, ...]]
    closed: Collection[tuple[str, Period]]  # libraries' months that the office has closed


def span_of(app: App, office: Office, span: TimeSpan) -> SpanView:
    """The office's quarter or year as the store has it now."""
    memory, sealed = load(app, office, span.last, arrivals=False), app.store.sealed_figures(office.code, span.months)
    return span_view(office, memory, app.settings.of(office), app.clock(), span, sealed)


def span_view(
    office: Office,
    memory: Memory,
    settings: OfficeSettings,
    now: datetime,
    span: TimeSpan,
    sealed: Sequence[SealedFigure] = (),
) -> SpanView:
    """The quarter or year, computed from what is remembered for the sake of its last month. Pure.

    Every rate is worked out from the raw figures of all months: it is not the mean of the months' rates. Months that
    nobody reported are said and count as nothing, not as zero. `sealed` is what the months' own reports said of them.
    """

    def make(libraries: Sequence[Library], gone: tuple[LeftOut, ...]) -> SpanView:
        return _view(office, of_libraries(memory, serving, libraries), settings, now, span, sealed, gone)

    serving = [each for each in memory.libraries if any(each.active_in(month) for month in span.months)]
    return without(make, serving)[0]


def _view(
    office: Office,
    memory: Memory,
    settings: OfficeSettings,
    now: datetime,
    span: TimeSpan,
    sealed: Sequence[SealedFigure],
    gone: tuple[LeftOut, ...],
) -> SpanView:
    serving = [each for each in memory.libraries if any(each.active_in(month) for month in span.months)]
    libraries = in_districts(serving)
    scheme = memory.scheme or settings.scheme(span.last)
    checked = checked_of(memory, office, settings, libraries, scheme, now)
    cube = cube_of(checked, libraries, settings.elements, office, span.last)
    codes = {each.code for each in libraries}
    said = tuple(seen for seen in checked.observations if seen.library in codes and span.holds(seen.period))
    revised = changes(sealed, {each.period for each in sealed}, said)
    basis = _basis(span, scheme, cube, settings, revised, decided(memory.decisions).closed)
    rows = tuple(_library(library, basis) for library in libraries)
    whole = OfficeSpan(
        office=office.code,
        span=span,
        scheme=scheme.version,
        data_as_of=data_as_of(memory.workbooks.values(), office),
        libraries=rows,
        kinds=tuple(_kinds(basis, scheme)),
        elements=tuple(_together(basis)),
        months=tuple(mean_of_known(row.months[place] for row in rows) for place in range(len(span))),
        gone=_left_register(memory, span),
        left_out=tuple(each.library.name for each in gone),
    )
    return SpanView(whole, scheme, said, cube, gone)


def _basis(
    span: TimeSpan,
    scheme: Scheme,
    cube: kpi.Cube,
    settings: OfficeSettings,
    revisions: Mapping[str, tuple[Revision, ...]],
    closed: Collection[tuple[str, Period]],
) -> _Basis:
    horizon, before, first = HORIZONS[span.kind], span.before, settings.first_period
    expected = [month for month in span.months if month >= first]
    return _Basis(
        span=span,
        first=first,
        cube=cube,
        elements=settings.elements,
        scores=kpi.score(cube, scheme, span.last, horizon),
        previous=kpi.score(cube, scheme, before.last, horizon, with_range=False) if before.first >= first else None,
        months=kpi.trend(cube, scheme, expected),
        reported=[kpi.reporting(cube, settings.elements.elements, month) for month in span.months],
        closed=closed,
        revisions=revisions,
    )


def _library(library: Library, basis: _Basis) -> LibrarySpan:
    code, place = library.code, basis.cube.library_index[library.code]
    trend = basis.months[code]
    said = zip(basis.span.months, basis.reported, strict=True)
    return LibrarySpan(
        library=library,
        score=basis.scores.score(code),
        previous=basis.previous.score(code) if basis.previous else None,
        months=(*[None] * (len(basis.span) - len(trend)), *trend),
        reported=tuple(_reported(library, month, known[code], basis) for month, known in said),
        elements=tuple(_series(element, basis, [place]) for element in basis.elements.elements),
        revisions=basis.revisions.get(code, ()),
    )


def _reported(library: Library, month: Period, known: Reporting, basis: _Basis) -> Reporting | None:
    """How much of a month was reported; None where nothing of it was expected."""
    shut = known is Reporting.NONE and (library.code, month) in basis.closed
    return known if month >= basis.first and library.active_in(month) and not shut else None


def _together(basis: _Basis) -> Iterator[ElementSeries]:
    """The flows of all libraries; stocks of different places are not one stock."""
    everybody = range(len(basis.cube.libraries))
    flows = (each for each in basis.elements.elements if each.kind is ElementKind.FLOW)
    yield from (_series(element, basis, list(everybody)) for element in flows)


def _series(element: Element, basis: _Basis, places: list[int]) -> ElementSeries:
    """An element of some libraries: each month what they reported together, and what that comes to."""
    window = basis.cube.window(basis.span.last, HORIZONS[basis.span.kind])
    figures = basis.cube.figures[basis.cube.element_index[element.id], window][:, places]
    each = fold_months("sum" if element.kind is ElementKind.FLOW else "last", figures)
    return ElementSeries(
        element=element.id,
        months=tuple(map(_number, fold_months("sum", figures.T))),
        total=_number(fold_months("sum", each).item()),
        known=int((~np.isnan(figures)).sum()),
    )


def _kinds(basis: _Basis, scheme: Scheme) -> Iterator[KindSpan]:
    """The libraries of each kind together: those of two kinds serve the same people, so they are never one sum."""
    for kind in basis.cube.kinds.names:
        cube = basis.cube.of_kind(kind)
        tree = {library.code: [TOGETHER] for library in cube.libraries}
        table = kpi.roll_up(cube, scheme, basis.span.last, tree, HORIZONS[basis.span.kind])
        yield KindSpan(kind, len(cube.libraries), table.score(TOGETHER))


def _left_register(memory: Memory, span: TimeSpan) -> tuple[str, ...]:
    """Libraries with figures of the span whose row is no longer there."""
    codes = {seen.library for seen in memory.observations if span.holds(seen.period)}
    return tuple(library.name for library in memory.gone if library.code in codes)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
