"""Small schemes, libraries and figures for the tests of scores, written the short way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheets_sync.config.office import Element, ElementKind
from sheets_sync.kpi.cube import Cube
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import score
from sheets_sync.model import (
    CellRef,
    DatedValue,
    Finding,
    Horizon,
    Library,
    Observation,
    Part,
    Period,
    Score,
    State,
)

OCTOBER = Period(2024, 10)
FLOWS = ("visits", "visits_online", "loans", "activities", "participants", "complaints")
STOCKS = ("members", "copies", "titles", "open_hours")
ELEMENTS = tuple(
    Element.model_validate({"id": name, "label": name, "unit": "x", "kind": kind, "required": name == "visits"})
    for names, kind in ((FLOWS, ElementKind.FLOW), (STOCKS, ElementKind.STOCK))
    for name in names
)
BANDS = [
    {"id": "tinggi", "at_least": 8.5, "colour": "green", "label": "tinggi"},
    {"id": "sedang", "at_least": 5.5, "colour": "yellow", "label": "sedang"},
    {"id": "rendah", "at_least": 0, "colour": "red", "label": "rendah"},
]


def indicator(name: str = "visits", **settings: Any) -> dict[str, Any]:
    """An indicator over one element, with a target of 10 and a weight of 1 unless said otherwise."""
    return {"id": name, "label": name, "group": "all", "numerator": name, "target": 10, "weight": 1} | settings


def scheme(*indicators: Mapping[str, Any], **settings: Any) -> Scheme:
    """A scheme of these indicators, checked like a file's."""
    document = {
        "version": "t1",
        "valid_from": "2020-01",
        "name": "t",
        "bands": BANDS,
        "groups": [{"id": "all", "label": "all"}],
        "indicators": list(indicators or [indicator()]),
    }
    return Scheme.model_validate(document | settings, context={"elements": ELEMENTS})


def library(code: str = "A", population: float | None = 1000, **settings: Any) -> Library:
    known = () if population is None else (DatedValue(2020, population),)
    return Library(code, code, population=known, **settings)


def figure(element: str, month: str, value: float | State | None, code: str = "A") -> Observation:
    """One observation: a number, a state without one, or None for a blank."""
    state = value if isinstance(value, State) else State.EMPTY if value is None else State.REPORTED
    state = State.ZERO if value == 0 else state
    number = None if isinstance(value, State) or value is None else float(value)
    period = Period.parse(month)
    return Observation(code, element, period, state, number, CellRef("w", 1, code, period.month, 1), "")


def year(
    element: str, values: Sequence[float | State | None], code: str = "A", start: str = "2024-01"
) -> list[Observation]:
    """Observations of consecutive months."""
    first = Period.parse(start)
    return [figure(element, str(first + n), value, code) for n, value in enumerate(values)]


def cube(
    observations: Sequence[Observation],
    *libraries: Library,
    first: str = "2023-01",
    last: str = "2024-12",
    questions: Sequence[Finding] = (),
    year_starts_in: int = 1,
) -> Cube:
    """A cube of two years; without libraries that of `library()`."""
    return Cube.from_observations(
        observations,
        libraries or (library(),),
        ELEMENTS,
        Period.parse(first),
        Period.parse(last),
        questions=questions,
        year_starts_in=year_starts_in,
    )


def score_of(
    observations: Sequence[Observation],
    *indicators: Mapping[str, Any],
    libraries: Sequence[Library] = (),
    period: Period = OCTOBER,
    horizon: Horizon = Horizon.YEAR_TO_DATE,
    **settings: Any,
) -> Score:
    """Library A's score under a scheme of these indicators."""
    return score(cube(observations, *libraries), scheme(*indicators, **settings), period, horizon).score("A")


def part_of(observations: Sequence[Observation], *indicators: Mapping[str, Any], **settings: Any) -> Part:
    """The first indicator's part of library A's score, whatever is covered."""
    return score_of(observations, *indicators, coverage_floor=0, **settings).parts[0]
