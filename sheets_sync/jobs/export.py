"""The views of a month to take away as frames: the order of libraries, the tree of places, IPLM's nine figures.

All are computed from what the store holds now. Libraries of different kinds are never put into one order or one sum: a
kabupaten library serves the very people that the village libraries serve, so adding the two would count them twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
import pandas as pd

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Elements, Office
from sheets_sync.errors import UsageError, WorkbookError
from sheets_sync.i18n import Language
from sheets_sync.jobs.apart import Told, each_apart
from sheets_sync.jobs.month import MonthView, shown_period, view_of
from sheets_sync.jobs.places.place_sums import rules_of
from sheets_sync.model import Library, Period, State, msg
from sheets_sync.store import export as store_export

RANKING_COLUMNS = (
    "office", "period", "horizon", "scheme", "kind", "place", "library", "name", "score", "category", "provisional",
    "coverage", "low", "high", "best", "worst", "highest", "lowest",
)  # fmt: skip
PLACE_COLUMNS = (
    "period", "horizon", "scheme", "kind", "level", "place", "libraries", "score", "category", "coverage", "indicator",
    "state", "numerator", "denominator", "actual", "target", "attainment", "points", "weight", "contribution", "lost",
)  # fmt: skip
IPLM_COLUMNS = ("office", "period", "library", "name", "article", "figure", "value", "months")

OBSERVATION_COLUMNS = (
    *store_export.OBSERVATION_COLUMNS, "checked_state", "kind", "population", "population_year", "population_source", "part_of", "divided_by",
)  # fmt: skip

K = TypeVar("K")
T = TypeVar("T")
View: TypeAlias = tuple[Office, MonthView]  # an office with its month


def record_frame(
    app: App, what: str, periods: Sequence[Period], t: Language, told: Told[Any], only: str | None = None
) -> pd.DataFrame:
    """`observations`, `scores` or `findings` as the store holds them, of every office in it, or of `only` one.

    `told` hears of an office that can't be exported, by its code; the others are.
    """

    def of(code: str | None) -> pd.DataFrame:
        if what == "observations":
            return observation_frame(app, periods, code)
        return app.store.export(what, periods, t, code)

    there: tuple[str | None, ...] = app.store.exported(what) or (None,)  # nobody's has its columns all the same
    codes = there if only is None else (only,)
    frames = of_those_who_can(codes, of, told)
    return pd.concat([each for each in frames if not each.empty] or frames[:1], ignore_index=True)


def observation_frame(app: App, periods: Sequence[Period], office: str | None = None) -> pd.DataFrame:
    """The figures of the periods (none named: all) with what a score needs beside them: `OBSERVATION_COLUMNS`.

    `state` is how the cell was read, `checked_state` what the checks leave of it: a blocked value does not count.
    `kind` and the population that holds for the month (its year 0 where none is typed) are those of the register now.
    Of a part, as the women among the participants, `part_of` is the element that it is a part of and `divided_by` by what.
    """
    frame = app.store.export("observations", periods, app.language(), office)
    basis = {each.code: _Basis.of(app, each) for each in app.settings.offices if office in (None, each.code)}
    rows = cast("list[dict[str, Any]]", frame.to_dict("records"))
    added = pd.DataFrame(
        [_added(basis.get(row["office"]), row) for row in rows],
        columns=list(OBSERVATION_COLUMNS[len(store_export.OBSERVATION_COLUMNS) :]),
        index=frame.index,
    )
    return pd.concat([frame, added], axis="columns")


@dataclass(frozen=True, slots=True)
class _Basis:
    """What an office's figures rest on: the states after the checks by figure and cell, and its libraries by code."""

    states: Mapping[tuple[str, ...], State]
    libraries: Mapping[str, Library]
    elements: Elements
    language: str

    @classmethod
    def of(cls, app: App, office: Office) -> _Basis:
        states: dict[tuple[str, ...], State] = {
            (each.library, each.element, str(each.period), each.cell.workbook, each.cell.tab, each.cell.a1): each.state
            for each in view_of(app, office).checked.observations
        }
        libraries = {each.code: each for each in app.store.libraries(office.code)}
        return cls(states, libraries, app.settings.of(office).elements, app.language().code)


def part_of(element: str, elements: Elements, code: str) -> tuple[str | None, str | None]:
    """What an element is a part of, and by what that is divided, in a language."""
    known = elements.whole_of.get(element)
    return (known[0].id, known[1].by.in_(code)) if known else (None, None)


def _added(basis: _Basis | None, row: Mapping[str, Any]) -> tuple[object, ...]:
    """The further columns of a row; empty where the configuration or the register no longer knows its library."""
    library = basis.libraries.get(row["library"]) if basis else None
    if basis is None or library is None:
        return row["state"], None, None, None, None, None, None
    figure = tuple(row[name] for name in ("library", "element", "period", "workbook", "tab", "cell"))
    state = basis.states.get(figure, row["state"])
    people = library.population_in(Period.parse(row["period"]))
    population = (people.value, people.year, people.source) if people else (None, None, None)
    return (str(state), library.kind, *population, *part_of(row["element"], basis.elements, basis.language))


def month_frame(app: App, what: str, periods: Sequence[Period], t: Language, told: Told[Any]) -> pd.DataFrame:
    """`ranking`, `places` or `iplm` of every office, month after month (none named: the last finished one).

    `told` hears of an office that can't be exported; the others are.

    Raises:
        UsageError: a ranking, where no office has switched it on.
    """
    offices = ranked_offices(app) if what == "ranking" else app.settings.offices
    views = [view for of_office in of_those_who_can(offices, partial(_views, app, periods), told) for view in of_office]
    match what:
        case "ranking":
            return _stacked([ranking_frame(*view) for view in views], RANKING_COLUMNS)
        case "places":
            return _stacked([place_frame(group) for group in _that_add_up(views)], PLACE_COLUMNS)
        case _:
            return _stacked([iplm_frame(*view, t) for view in views], IPLM_COLUMNS)


def of_those_who_can(offices: Sequence[K], work: Callable[[K], T], told: Told[K]) -> list[T]:
    """What the work came to for those that could do it; `told` hears of the others.

    Raises:
        WorkbookError: none could. What failed of one that stands alone is raised as it is.
    """
    made = [*each_apart(offices, work, told)]
    if offices and not made:
        raise WorkbookError(msg("No office could be exported."))
    return made


def ranked_offices(app: App) -> list[Office]:
    """The offices that want an order of their libraries.

    Raises:
        UsageError: none of them does.
    """
    offices = [office for office in app.settings.offices if office.ranking]
    if not offices:
        raise UsageError(
            msg(
                "The ranking is off: a library is best compared with its own past, and ISO 11620 allows comparing"
                " libraries only with caution. To have it all the same, write `ranking: true` in office.yaml."
            )
        )
    return offices


def ranking_frame(office: Office, view: MonthView) -> pd.DataFrame:
    """A row per library that has a score, the highest of its kind first: `RANKING_COLUMNS`.

    `place` counts within the kind, equal scores share one. `low` to `high` is the score's range and `best` to `worst`
    the places it could have once open questions are settled; `highest` to `lowest` are the places it has if any one
    indicator weighed half or double.
    """
    return _stacked([_order(office, view, kind) for kind in view.cube.kinds.names], RANKING_COLUMNS)


def _order(office: Office, view: MonthView, kind: str) -> pd.DataFrame:
    cube = view.cube.of_kind(kind)
    table = kpi.score(cube, view.scheme, view.month.period)
    names = {library.code: library.name for library in cube.libraries}
    places = pd.DataFrame(kpi.ranking(table), columns=[*kpi.Ranked.__slots__]).drop(columns="score")
    frame = places.rename(columns={"code": "library"}).merge(table.to_frame(), on="library")
    frame = frame.assign(office=office.code, kind=kind, name=frame["library"].map(names))
    return frame[list(RANKING_COLUMNS)]


def iplm_frame(office: Office, view: MonthView, t: Language) -> pd.DataFrame:
    """Nine rows a library, the sums of the twelve months that end with the period: `IPLM_COLUMNS`.

    `value` is NaN where nothing was reported; `months` is how many months it rests on.
    """
    frame = kpi.iplm_frame(view.cube, view.month.period, t)
    return frame.assign(office=office.code, period=str(view.month.period))[list(IPLM_COLUMNS)]


def place_frame(views: Sequence[tuple[Office, MonthView]]) -> pd.DataFrame:
    """A row per kind of library, place and indicator: `PLACE_COLUMNS`.

    A place is named by its path (`Kalimantan Tengah/Barito Timur/Paku`), and `level` is library, district (kecamatan),
    regency (kabupaten) or province. Numerators and denominators are those of its libraries of one kind, added up before
    they are divided; `libraries` is how many there are. Score, category and coverage are repeated on each of its rows.
    """
    scheme, period = views[0][1].scheme, views[0][1].month.period
    places = {code: list(_places(*owner)) for code, owner in _owners(views).items()}
    tree = {code: [place for place, _ in path] for code, path in places.items()}
    joined = _joined(views)
    cubes = [(kind, joined.of_kind(kind)) for kind in joined.kinds.names]
    tables = [(kind, kpi.roll_up(cube, scheme, period, tree), cube) for kind, cube in cubes]
    levels = {place: level for path in places.values() for place, level in path}
    return _stacked([_indicators(kind, table, cube, tree, levels) for kind, table, cube in tables], PLACE_COLUMNS)


def _places(office: Office, library: Library) -> Iterator[tuple[str, str]]:
    """The places a library is in, with their levels: itself, its district where it names one, the regency and so on."""
    regency = office.regency or office.name
    above = kpi.place_tree([library], *filter(None, (regency, office.province)))[library.code]
    named = (("district", library.district), ("regency", regency), ("province", office.province))
    yield f"{above[0]}/{library.name}", "library"
    yield from zip(above, [level for level, name in named if name], strict=True)


def _indicators(
    kind: str, table: kpi.ScoreTable, cube: kpi.Cube, tree: Mapping[str, Sequence[str]], levels: Mapping[str, str]
) -> pd.DataFrame:
    libraries = Counter(place for library in cube.libraries for place in tree[library.code])
    scores = table.to_frame().drop(columns=["provisional", "low", "high"])  # a place's range is not worked out
    frame = table.parts_frame().merge(scores, on="library").rename(columns={"library": "place"})
    place = frame["place"]
    frame = frame.assign(kind=kind, level=place.map(levels), libraries=place.map(libraries))
    return frame.sort_values("place", kind="stable")[list(PLACE_COLUMNS)]


def _owners(views: Sequence[View]) -> dict[str, tuple[Office, Library]]:
    """Every library with its office, by the code it has among the libraries of all offices."""
    return {_code(office, library): (office, library) for office, view in views for library in view.cube.libraries}


def _joined(views: Sequence[View]) -> kpi.Cube:
    """The libraries of all offices in one cube."""
    cubes = [view.cube for _, view in views]
    libraries = [
        replace(library, code=_code(office, library)) for office, view in views for library in view.cube.libraries
    ]
    return replace(
        cubes[0],
        libraries=tuple(libraries),
        figures=np.concatenate([cube.figures for cube in cubes], axis=2),
        states=np.concatenate([cube.states for cube in cubes], axis=2),
        questioned=np.concatenate([cube.questioned for cube in cubes], axis=2),
    )


def _code(office: Office, library: Library) -> str:
    """Two offices may use one code for different libraries."""
    return f"{office.code}/{library.code}"


def _views(app: App, periods: Sequence[Period], office: Office) -> list[View]:
    months = periods or [shown_period(app.settings.of(office), office, app.clock())]
    return [(office, view_of(app, office, month)) for month in months]


def _that_add_up(views: Sequence[View]) -> Iterable[list[View]]:
    """The views by what can be added: one month, reporting years that start alike, the same elements and rules."""
    groups: dict[tuple[object, ...], list[View]] = defaultdict(list)
    for office, view in views:
        rules = rules_of(view.scheme, office.year_starts_in)
        alike = (view.month.period, tuple(view.cube.elements), rules)
        groups[alike].append((office, view))
    return groups.values()


def _stacked(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """One below the other; with none there are the columns alone."""
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(columns))
