"""The data as open data: tidy tables with the official codes of places, without persons; their descriptions beside them.

Three tables, as *Satu Data Indonesia* asks for them (Perpres 39/2019): the figures, the libraries (*data induk*), and what
every figure means (concept, definition, classification, measure, unit). The machine-readable description is a Data Package
(`jobs/datapackage.py`). Pure, but for `open_data_of`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Element, ElementKind, Elements, Office
from sheets_sync.i18n import Language
from sheets_sync.jobs.apart import Told
from sheets_sync.jobs.export import of_those_who_can
from sheets_sync.jobs.libraries.districts import in_districts
from sheets_sync.jobs.month import current_period, view_of
from sheets_sync.kpi.states import STATES
from sheets_sync.model import Library, Observation, Period, State, msg, periods_between
from sheets_sync.settings import OfficeSettings

Row: TypeAlias = tuple[str | int | float | None, ...]

PLACES = (
    "kode_dinas", "kode_provinsi", "provinsi", "kode_kabupaten", "kabupaten", "kode_kecamatan", "kecamatan", "kode_desa",
)  # fmt: skip
FIGURE_COLUMNS = (
    *PLACES, "kode_perpustakaan", "npp", "perpustakaan", "jenis", "periode", "tahun", "bulan", "kode_data", "data",
    "nilai", "satuan", "status",
)  # fmt: skip
LIBRARY_COLUMNS = (
    *PLACES, "kode_perpustakaan", "npp", "perpustakaan", "jenis", "aktif_sejak", "aktif_sampai", "penduduk",
    "tahun_penduduk", "sumber_penduduk",
)  # fmt: skip
ELEMENT_COLUMNS = ("kode_dinas", "kode_data", "konsep", "definisi", "klasifikasi", "ukuran", "satuan", "wajib")

VILLAGE = "desa"  # the kind of library that serves one village
MEASURES = {
    ElementKind.FLOW: (msg("count of a month"), msg("sum over months")),
    ElementKind.STOCK: (msg("state at the month's end"), msg("last value")),
}
REQUIRED = {True: msg("yes"), False: msg("no")}


@dataclass(frozen=True, slots=True)
class OpenTables:
    """The rows of the three tables, and what lacks an official code."""

    figures: tuple[Row, ...]
    libraries: tuple[Row, ...]
    elements: tuple[Row, ...]
    without_code: tuple[str, ...] = ()


def open_data_of(app: App, periods: Sequence[Period], t: Language, told: Told[Any]) -> OpenTables:
    """The open data of every office, of the periods (none named: all months that are over).

    `told` hears of an office that can't be exported; the others are.
    """
    parts = of_those_who_can(app.settings.offices, lambda office: _of_office(app, office, periods, t), told)
    return OpenTables(
        figures=tuple(row for part in parts for row in part.figures),
        libraries=tuple(row for part in parts for row in part.libraries),
        elements=tuple(row for part in parts for row in part.elements),
        without_code=tuple(name for part in parts for name in part.without_code),
    )


def _of_office(app: App, office: Office, periods: Sequence[Period], t: Language) -> OpenTables:
    settings, newest = app.settings.of(office), current_period(office, app.clock())
    wanted = list(periods) or periods_between(settings.first_period, newest)
    observations = view_of(app, office).checked.observations
    return open_tables(office, settings, in_districts(app.store.libraries(office.code)), observations, wanted, t)


def open_tables(
    office: Office,
    settings: OfficeSettings,
    libraries: Sequence[Library],
    observations: Iterable[Observation],
    periods: Sequence[Period],
    t: Language,
) -> OpenTables:
    """An office's tables: a row for each figure that was typed, and for each that is required and was not.

    A value stands only where one counts; `status` says why there is none. What people typed stays at home.
    """
    elements, districts = settings.elements, _districts(office, libraries)
    rows = _figures(office, elements, libraries, observations, periods, t) if periods else ()
    return OpenTables(
        figures=tuple(rows),
        libraries=tuple(_library(office, each, districts, periods) for each in libraries),
        elements=tuple(_element(office, each, t) for each in _public(elements)),
        without_code=tuple(_without_code(office, libraries)),
    )


def _figures(
    office: Office,
    elements: Elements,
    libraries: Sequence[Library],
    observations: Iterable[Observation],
    periods: Sequence[Period],
    t: Language,
) -> Iterator[Row]:
    cube = kpi.Cube.from_observations(observations, libraries, elements.elements, min(periods), max(periods))
    named = [(each, each.label.in_(t.code), each.unit.in_(t.code)) for each in _public(elements)]
    districts = _districts(office, libraries)
    for place, library in enumerate(libraries):
        who = (*_places(office, library, districts), *_named(library))
        for period in sorted(set(periods)):
            for element, label, unit in named:
                at = cube.element_index[element.id], period.ordinal - cube.first.ordinal, place
                state, value = STATES[cube.states[at]], cube.figures[at]
                if state is not State.EMPTY or (library.active_in(period) and element.required_for(library.kind)):
                    what = (element.id, label, _figure(float(value)), unit, state.value)
                    yield (*who, str(period), period.year, period.month, *what)


def _library(office: Office, library: Library, districts: Mapping[str, str], periods: Sequence[Period]) -> Row:
    people = library.population_in(max(periods)) if periods else None
    since, until = (str(day) if day else None for day in (library.active_since, library.active_until))
    known = (int(people.value), people.year, people.source) if people else (None, None, None)
    return (*_places(office, library, districts), *_named(library), since, until, *known)


def _named(library: Library) -> tuple[str, ...]:
    return library.known_as, library.npp, library.name, library.kind


def _element(office: Office, element: Element, t: Language) -> Row:
    classified, measure = MEASURES[element.kind]
    definition = element.help.in_(t.code) if element.help else ""
    of_some = element.required if isinstance(element.required, tuple) else ()
    required = ", ".join(of_some) or t(REQUIRED[bool(element.required)])
    label, unit = element.label.in_(t.code), element.unit.in_(t.code)
    return office.code, element.id, label, definition, t(classified), t(measure), unit, required


def _places(office: Office, library: Library, districts: Mapping[str, str]) -> tuple[str, ...]:
    """The office, then codes and names from the province down; a code that nobody wrote down stays empty."""
    codes = office.open_data
    return (
        office.code,
        codes.province_code,
        office.province,
        codes.place_code,
        office.regency,
        districts.get(library.district, ""),
        library.district,
        codes.village_code(library.known_as),
    )


def _districts(office: Office, libraries: Sequence[Library]) -> dict[str, str]:
    """The districts that libraries are in, each with its code, if that is known."""
    inside = defaultdict[str, list[str]](list)
    for library in libraries:
        if library.district:
            inside[library.district].append(library.known_as)
    return {name: office.open_data.district_code(name, codes) for name, codes in inside.items()}


def _without_code(office: Office, libraries: Sequence[Library]) -> Iterator[str]:
    """Which places have no official code yet: the regency, districts, and villages with a library."""
    codes = office.open_data
    if not codes.place_code:
        yield office.regency or office.name
        return
    yield from (name for name, code in _districts(office, libraries).items() if not code)
    yield from (each.name for each in libraries if each.kind == VILLAGE and not codes.village_code(each.known_as))


def _public(elements: Elements) -> Iterator[Element]:
    """The elements that libraries report; references come with the libraries."""
    return (each for each in elements.elements if each.kind is not ElementKind.REFERENCE)


def _figure(value: float) -> int | float | None:
    if np.isnan(value):
        return None
    return int(value) if value.is_integer() else value
