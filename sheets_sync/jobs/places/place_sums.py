"""What an office's month, quarter or year gives to the places above it: counts and sums, nothing about a person or a single library."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Elements, Office
from sheets_sync.jobs.month import MonthView
from sheets_sync.jobs.span import HORIZONS, SpanView
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.tally import sums_of
from sheets_sync.model import (
    Horizon,
    IndicatorSums,
    KindSpanSums,
    KindSums,
    Period,
    PlaceSums,
    Reporting,
    SpanSums,
    TimeSpan,
)
from sheets_sync.model.place import TREND_MONTHS
from sheets_sync.store import Transaction

YEAR = "/"  # before the month in which the reporting year starts, where that is not January


def rules_of(scheme: Scheme, year_starts_in: int) -> str:
    """A sign of all that a scheme says, and of which months a year to date has: sums are added only to sums under the same."""
    sign = hashlib.blake2s(scheme.model_dump_json().encode(), digest_size=8).hexdigest()
    return sign if year_starts_in == 1 else f"{sign}{YEAR}{year_starts_in}"


def note_sums(app: App, tx: Transaction, office: Office, view: MonthView) -> None:
    """Keeps what the office's month gives to the places above it, where it has any."""
    if any(office.code in place.offices for place in app.settings.places.places):
        settings = app.settings.of(office)
        tx.gave(place_sums(view, settings.elements, settings.first_period))


def place_sums(view: MonthView, elements: Elements, first: Period) -> PlaceSums:
    """An office's month as what adds up; `first` is the first month that is expected of it."""
    month, cube = view.month, view.cube
    counted = Counter(row.reporting for row in month.libraries)
    answered, required = kpi.answers(cube, elements.elements, month.period)
    return PlaceSums(
        period=month.period,
        scheme=view.scheme.version,
        rules=rules_of(view.scheme, cube.year_starts_in),
        data_as_of=month.data_as_of,
        complete=counted[Reporting.COMPLETE],
        partial=counted[Reporting.PARTIAL],
        silent=counted[Reporting.NONE],
        unread=counted[Reporting.UNREAD],
        required=required,
        answered=answered,
        on_time=month.timeliness.on_time,
        late=month.timeliness.late,
        unknown=month.timeliness.unknown,
        questions=len(month.open_questions),
        kinds=tuple(kind_sums(cube, view.scheme, month.period, first)),
    )


def kind_sums(cube: kpi.Cube, scheme: Scheme, period: Period, first: Period) -> Iterator[KindSums]:
    """What the libraries of each kind add up to, in the month and in those that it is compared with."""
    for kind in sorted(cube.kinds.names):
        yield _sums_of_kind(kind, cube.of_kind(kind), scheme, period, first)


def _sums_of_kind(kind: str, cube: kpi.Cube, scheme: Scheme, period: Period, first: Period) -> KindSums:
    def sums(month: Period, horizon: Horizon) -> tuple[IndicatorSums, ...]:
        return sums_of(cube, scheme, month, horizon) if month >= first else ()

    begins = period == period.year_start(cube.year_starts_in)
    return KindSums(
        kind=kind,
        libraries=len(cube.libraries),
        year=sums(period, Horizon.YEAR_TO_DATE),
        previous=() if begins else sums(period - 1, Horizon.YEAR_TO_DATE),
        last_year=sums(period - 12, Horizon.YEAR_TO_DATE),
        months=tuple(sums(period - back, Horizon.MONTH) for back in reversed(range(TREND_MONTHS))),
    )


def span_sums(view: SpanView, first: Period) -> SpanSums:
    """An office's quarter or year as what adds up; `first` is the first month that is expected of it."""
    whole, counted = view.whole, view.whole.heard_by_month
    return SpanSums(
        span=whole.span,
        scheme=whole.scheme,
        rules=rules_of(view.scheme, whole.span.starts_in),
        data_as_of=whole.data_as_of,
        heard=tuple(heard for heard, _ in counted),
        due=tuple(due for _, due in counted),
        flows=whole.elements,
        kinds=tuple(_kind_spans(view, first)),
    )


def _kind_spans(view: SpanView, first: Period) -> Iterator[KindSpanSums]:
    """What the libraries of each kind add up to, over the months and over those that they are compared with."""
    span, cube = view.whole.span, view.cube
    if cube is None:
        return

    def over(other: TimeSpan, part: kpi.Cube) -> tuple[IndicatorSums, ...]:
        return sums_of(part, view.scheme, other.last, HORIZONS[span.kind]) if other.first >= first else ()

    for kind in sorted(cube.kinds.names):
        part = cube.of_kind(kind)
        months = (sums_of(part, view.scheme, month, Horizon.MONTH) if month >= first else () for month in span.months)
        yield KindSpanSums(
            kind=kind,
            libraries=len(part.libraries),
            whole=sums_of(part, view.scheme, span.last, HORIZONS[span.kind]),
            before=over(span.before, part),
            last_year=over(replace(span, year=span.year - 1), part),
            months=tuple(months),
        )
