"""A province of fourteen regencies with figures that a person can add up by hand: loans of a month, and inhabitants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from kpi_samples import cube, figure, indicator, library, scheme

from sheets_sync.config.places import OrgUnit, Places, Region
from sheets_sync.jobs.places.members import Given
from sheets_sync.jobs.places.place_sums import kind_sums, rules_of
from sheets_sync.jobs.places.region import RegionView, region_view
from sheets_sync.jobs.places.region_span import region_span
from sheets_sync.jobs.span import HORIZONS, SpanView
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.tally import sums_of
from sheets_sync.model import Horizon, KindSpanSums, Period, PlaceSums, SpanSums, TimeSpan
from sheets_sync.model.office_span import ElementSeries

JANUARY, FEBRUARY = Period(2024, 1), Period(2024, 2)
NOW = datetime(2024, 3, 8, 1, 0, tzinfo=UTC)
# Regency: inhabitants of its library's village, loans in January and in February 2024. Three have more than one library.
REGENCIES: tuple[tuple[str, tuple[tuple[int, int, int | None], ...]], ...] = (
    ("Barito Selatan", ((1000, 100, 150),)),
    ("Barito Timur", ((1000, 200, 250), (2000, 100, 50))),
    ("Barito Utara", ((1500, 300, 300),)),
    ("Gunung Mas", ((500, 50, 100),)),
    ("Kapuas", ((4000, 400, 600), (1000, 0, 50), (1000, 100, None))),
    ("Katingan", ((2500, 250, 250),)),
    ("Kotawaringin Barat", ((3000, 900, 600),)),
    ("Kotawaringin Timur", ((3000, 300, 300),)),
    ("Lamandau", ((500, 200, 300),)),
    ("Murung Raya", ((1000, 50, 50),)),
    ("Palangka Raya", ((6000, 1200, 1800), (2000, 200, 200))),
    ("Pulang Pisau", ((1000, 100, 100),)),
    ("Seruyan", ((2000, 100, 300),)),
    ("Sukamara", ((1000, 150, None),)),
)
SCHEME = scheme(
    indicator("loans", numerator="loans", denominator="population", target=1), coverage_floor=0, valid_from="2020-01"
)
REGION = Region(code="62", name="Dinas Provinsi", workbook="1Province", time_zone="Asia/Pontianak")
PLACES = Places(
    places=(
        OrgUnit(code="62", name="Kalimantan Tengah", level="province"),
        *(
            OrgUnit(code=f"62.{number:02}", name=name, parent="62", offices=(f"office-{number:02}",))
            for number, (name, _) in enumerate(REGENCIES, start=1)
        ),
    )
)


def cube_of(number: int, libraries: Sequence[tuple[int, int, int | None]], last: str = "2024-02") -> Cube:
    """A regency's figures."""
    names = [f"{number:02}-{n}" for n in range(len(libraries))]
    seen = [
        figure("loans", str(month), value, name)
        for name, (_, *loans) in zip(names, libraries, strict=True)
        for month, value in zip((JANUARY, FEBRUARY), loans, strict=True)
    ]
    known = [library(name, float(people)) for name, (people, *_) in zip(names, libraries, strict=True)]
    return cube(seen, *known, first="2022-01", last=last)


def sums(number: int, libraries: Sequence[tuple[int, int, int | None]]) -> PlaceSums:
    """What a regency gives for February 2024; a library without a figure has not reported."""
    heard = sum(february is not None for _, _, february in libraries)
    return PlaceSums(
        period=FEBRUARY,
        scheme=SCHEME.version,
        rules=rules_of(SCHEME, 1),
        data_as_of=datetime(2024, 3, number, tzinfo=UTC),
        complete=heard,
        partial=0,
        silent=len(libraries) - heard,
        unread=0,
        required=4 * len(libraries),
        answered=4 * heard,
        on_time=heard,
        late=len(libraries) - heard,
        unknown=0,
        questions=number % 2,
        kinds=tuple(kind_sums(cube_of(number, libraries), SCHEME, FEBRUARY, JANUARY)),
    )


def given() -> dict[str, Given[PlaceSums]]:
    """What each regency gave, by code."""
    return {f"62.{n:02}": Given(sums(n, libraries)) for n, (_, libraries) in enumerate(REGENCIES, start=1)}


def view(places: dict[str, Given[PlaceSums]] | None = None) -> RegionView:
    """The province's February."""
    return region_view(REGION, PLACES, given() if places is None else places, SCHEME, FEBRUARY, NOW)


# --- Its first quarter, and the year 2024: nothing was reported after February -------------------------------------------

QUARTER, YEAR = TimeSpan(2024, 1), TimeSpan(2024)


def span_sums(number: int, libraries: Sequence[tuple[int, int, int | None]], span: TimeSpan = QUARTER) -> SpanSums:
    """What a regency gives for a quarter or year that begins with January 2024; of 2023 nobody was expected."""
    figures = [loans for _, *loans in libraries]
    totals = [sum(loans[n] or 0 for loans in figures) for n in (0, 1)]
    heard = [sum(loans[n] is not None for loans in figures) for n in (0, 1)]
    silent = len(span) - 2
    months = (float(totals[0]), float(totals[1]) if heard[1] else None, *(None,) * silent)
    part = cube_of(number, libraries, str(span.last))
    each = (sums_of(part, SCHEME, month, Horizon.MONTH) for month in span.months)
    whole = sums_of(part, SCHEME, span.last, HORIZONS[span.kind])
    return SpanSums(
        span=span,
        scheme=SCHEME.version,
        rules=rules_of(SCHEME, 1),
        data_as_of=datetime(2024, 4, number, tzinfo=UTC),
        heard=(*heard, *(0,) * silent),
        due=(len(libraries),) * len(span),
        flows=(ElementSeries("loans", months, float(sum(totals)), sum(heard)),),
        kinds=(KindSpanSums("desa", len(libraries), whole, (), (), tuple(each)),),
    )


def span_given(span: TimeSpan = QUARTER) -> dict[str, Given[SpanSums]]:
    """What each regency gave, by code."""
    return {f"62.{n:02}": Given(span_sums(n, libraries, span)) for n, (_, libraries) in enumerate(REGENCIES, start=1)}


def span_view(places: dict[str, Given[SpanSums]] | None = None, span: TimeSpan = QUARTER) -> SpanView:
    """The province's first quarter, or its year, looked at in April."""
    given_by = span_given(span) if places is None else places
    return region_span(REGION, PLACES, given_by, SCHEME, span, datetime(2024, 4, 8, 1, tzinfo=UTC))
