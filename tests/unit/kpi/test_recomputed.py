"""500 random schemes and data sets, scored a second time by plain loops, agree to 1e-9."""

import random
from typing import Any

import pytest
from kpi_samples import BANDS, ELEMENTS, FLOWS, STOCKS
from plain_scores import Formula, PlainLibrary, PlainScorer, text_of

from sheets_sync.kpi import Cube, Scheme, score, trend
from sheets_sync.model import (
    CellRef,
    DatedValue,
    Finding,
    Horizon,
    Library,
    Observation,
    Period,
    Severity,
    State,
    msg,
)

FIRST, LAST = Period(2022, 1), Period(2024, 12)
WINDOWS = (None, None, None, "month", "quarter", "ytd", "r12")
STATES = (State.REPORTED,) * 6 + (
    State.ZERO,
    State.EMPTY,
    State.EMPTY,
    State.NOT_APPLICABLE,
    State.UNREADABLE,
    State.BLOCKED,
)
TREATMENTS = ("leave_out", "zero", "exempt")


def _series(draw: random.Random, depth: int = 0) -> Formula:
    if depth < 2 and draw.random() < 0.35:
        return ("op", draw.choice("+-*/>"), _series(draw, depth + 1), _series(draw, depth + 1))
    if depth and draw.random() < 0.15:
        return ("number", draw.choice([0.5, 2, 3]))
    return (draw.choice(["el", "el", "el", "or_zero"]), draw.choice([*FLOWS[:4], *STOCKS[:2]]))


def _formula(draw: random.Random, depth: int = 0) -> Formula:
    if depth < 2 and draw.random() < 0.25:
        return ("op", draw.choice("+-*/"), _formula(draw, depth + 1), _formula(draw, depth + 1))
    series = _series(draw)
    while series[0] == "number" or (series[0] == "op" and "number" in (series[2][0], series[3][0])):
        series = _series(draw)
    return ("fold", draw.choice(["sum", "mean", "last", "count"]), series, draw.choice(WINDOWS))


def _indicator(draw: random.Random) -> dict[str, Any]:
    direction, target = draw.choice(["higher", "higher", "lower"]), draw.choice([0, 1, 5, 20, 100])
    floor = draw.choice([None, None, target / 2 if direction == "higher" else target * 2, target])
    kinds = draw.choice([("desa", "kabupaten"), ("desa",), ("kabupaten",)])
    return {
        "numerator": _formula(draw),
        "denominator": draw.choice([None, ("fold", "last", ("el", "population"), None), _formula(draw)]),
        "factor": draw.choice([1.0, 12.0, 100.0]),
        "direction": direction,
        "target": dict.fromkeys(kinds, target),
        "floor": floor,
        "method": draw.choice(["linear", "linear", "banded", "met", "growth"]),
        "weight": draw.choice([0.5, 1, 3, 10]),
        "missing": {key: draw.choice(TREATMENTS) for key in ("empty", "refused", "not_applicable")},
        "questioned": draw.choice(["counts", "left_out"]),
    }


def _scheme(indicators: list[dict[str, Any]], floor: float) -> Scheme:
    rows = [
        {key: value for key, value in row.items() if key != "questioned"}
        | {
            "id": f"i{n}",
            "label": f"i{n}",
            "group": "all",
            "numerator": text_of(row["numerator"]),
            "denominator": text_of(row["denominator"]) if row["denominator"] else None,
            "missing": row["missing"] | {"questioned": row["questioned"]},
        }
        for n, row in enumerate(indicators)
    ]
    document = {"version": "r", "valid_from": "2020-01", "name": "r", "bands": BANDS, "coverage_floor": floor}
    document |= {"groups": [{"id": "all", "label": "all"}], "indicators": rows}
    return Scheme.model_validate(document, context={"elements": ELEMENTS})


def _library(draw: random.Random) -> PlainLibrary:
    library = PlainLibrary(draw.choice(["desa", "kabupaten"]), draw.choice([None, 800, 1234]))
    gaps = draw.random()
    for month in range(FIRST.ordinal, LAST.ordinal + 1):
        for element in (*FLOWS[:4], *STOCKS[:2]):
            if draw.random() < gaps * 0.5:
                continue
            state = draw.choice(STATES)
            value = float(draw.randint(1, 60)) if state is State.REPORTED else 0.0 if state is State.ZERO else None
            library.cells[element, month] = (state.value, value, value is not None and draw.random() < 0.1)
    return library


def _cube(libraries: list[PlainLibrary], first_month: int, draw: random.Random) -> Cube:
    known = [
        Library(
            str(n), str(n), plain.kind, population=(DatedValue(2020, plain.population),) if plain.population else ()
        )
        for n, plain in enumerate(libraries)
    ]
    cells = [(str(n), place, cell) for n, plain in enumerate(libraries) for place, cell in plain.cells.items()]
    draw.shuffle(cells)
    observations = [
        Observation(code, element, Period.from_ordinal(month), State(state), value, CellRef("w", 1, "t", 0, 0), "")
        for code, (element, month), (state, value, _) in cells
    ]
    questions = [
        Finding("E", Severity.EXPLAIN, msg("?"), code, element, Period.from_ordinal(month))
        for code, (element, month), (_, _, questioned) in cells
        if questioned
    ]
    return Cube.from_observations(
        observations, known, ELEMENTS, FIRST, LAST, questions=questions, year_starts_in=first_month
    )


@pytest.mark.parametrize("seed", range(0, 500, 50))
def test_agrees_with_plain_loops(seed: int) -> None:
    """Value, coverage, contributions and states are the same to 1e-9, and the score lies within its range."""
    for case in range(seed, seed + 50):
        draw = random.Random(case)
        indicators = [_indicator(draw) for _ in range(draw.randint(1, 6))]
        libraries = [_library(draw) for _ in range(draw.randint(1, 4))]
        period, horizon = Period.from_ordinal(draw.randint(FIRST.ordinal, LAST.ordinal)), draw.choice(list(Horizon))
        first_month, floor = draw.choice([1, 1, 4]), draw.choice([0.0, 0.5, 0.9])
        table = score(_cube(libraries, first_month, draw), _scheme(indicators, floor), period, horizon)
        for n, plain in enumerate(libraries):
            known = FIRST.ordinal, LAST.ordinal
            expected = PlainScorer(plain, period.ordinal, horizon.value, first_month, known).score(indicators, floor)
            result = table.score(str(n))
            assert (result.value is None) is (expected["value"] is None), case
            assert pytest.approx(expected["value"] or 0, abs=1e-9) == (result.value or 0), case
            assert pytest.approx(expected["coverage"], abs=1e-9) == result.coverage, case
            assert pytest.approx(expected["contributions"], abs=1e-9) == [part.contribution for part in result.parts]
            assert expected["states"] == [part.state.value for part in result.parts], case
            assert result.value is None or (result.low or 0) <= result.value <= (result.high or 0), case


@pytest.mark.parametrize("seed", range(500, 560, 10))
def test_a_trend_is_the_months_one_by_one(seed: int) -> None:
    """The months scored together are the months scored each alone, the first of the cube among them."""
    for case in range(seed, seed + 10):
        draw = random.Random(case)
        libraries = [_library(draw) for _ in range(draw.randint(1, 4))]
        whole, under = (
            _cube(libraries, draw.choice([1, 4]), draw),
            _scheme([_indicator(draw) for _ in range(draw.randint(1, 6))], draw.choice([0.0, 0.5])),
        )
        months = [FIRST + n for n in range(draw.randint(0, 20), 36, draw.randint(1, 3))]
        found = trend(whole, under, months)
        alone = [score(whole, under, month, Horizon.MONTH) for month in months]
        for library in whole.libraries:
            assert found[library.code] == tuple(table.score(library.code).value for table in alone), case
