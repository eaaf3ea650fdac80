"""Scores seen otherwise: under another scheme, by place, in an order, as IPLM's nine figures, with their range."""

import json
from dataclasses import replace
from typing import Any

import pytest
from kpi_samples import OCTOBER, cube, figure, indicator, library, scheme, year

from sheets_sync import kpi
from sheets_sync.config.office import Element, ElementKind
from sheets_sync.config.yaml_file import Text
from sheets_sync.i18n import language
from sheets_sync.model import CellRef, Finding, Library, Observation, Period, Score, Severity, State, msg

MONTH = "2024-10"
ID, EN = language("id"), language("en")


# ---- another scheme


def test_compare_schemes() -> None:
    """Each library's score is given under both schemes, with the difference and the change of category."""
    old = scheme(indicator(), indicator("loans"), version="old")
    new = scheme(indicator(weight=3), indicator("loans", target=20), indicator("members"), version="new")
    figures = cube([figure("visits", MONTH, 9), figure("loans", MONTH, 4)])
    comparison = kpi.compare_schemes(figures, old, new, OCTOBER)
    (change,) = comparison.changes
    assert (change.before.value, change.after.value, change.difference) == (6.5, 7.25, 0.75)
    assert {each.indicator: each.redefined for each in comparison.indicators} == {
        "visits": False,
        "loans": True,
        "members": False,
    }
    text = kpi.comparison_text(comparison, ID)
    assert "6,50" in text
    assert "+0,75" in text
    assert "0 dari 1 perpustakaan akan berganti kategori." in text
    assert json.loads(json.dumps(kpi.comparison_document(comparison)))["libraries"][0]["difference"] == 0.75


def test_compare_with_itself() -> None:
    """The same scheme changes nothing."""
    comparison = kpi.compare_schemes(cube([]), scheme(), scheme(), OCTOBER)
    assert comparison.indicators == ()
    assert comparison.changes[0].difference is None


# ---- places


WHO = (library("A", 1000, district="Paku"), library("B", 3000, district="Paku"), library("C", 500, district="Awang"))
TREE = kpi.place_tree(WHO, "Barito Timur", "Kalimantan Tengah")
PAKU, TOP = "Kalimantan Tengah/Barito Timur/Paku", "Kalimantan Tengah"


def _place(
    observations: list[Observation], *rows: dict[str, object], place: str = PAKU, who: tuple[Library, ...] = WHO
) -> Score:
    return kpi.roll_up(cube(observations, *who), scheme(*rows, coverage_floor=0), OCTOBER, TREE).score(place)


def test_ratios_of_sums() -> None:
    """(100 + 900) visits of (1000 + 3000) people are 0.25 a head; the mean of 0.1 and 0.3 would be 0.2."""
    observations = [figure("visits", MONTH, 100), figure("visits", MONTH, 900, "B"), figure("visits", MONTH, 1, "C")]
    per_head = indicator(denominator="population", target=1)
    part = _place(observations, per_head).parts[0]
    assert (part.numerator, part.denominator, part.actual) == (1000.0, 4000.0, 0.25)
    assert pytest.approx(0.2) == _place(observations, per_head | {"roll_up": "mean"}).parts[0].actual
    assert _place(observations, per_head, place=TOP).parts[0].numerator == 1001.0


def test_counts_are_means_of_libraries() -> None:
    """Without a denominator a place is measured by the mean of its libraries, against the same target."""
    observations = [figure("activities", MONTH, 2), figure("activities", MONTH, 5, "B")]
    part = _place(observations, indicator("activities", target=4)).parts[0]
    assert (part.actual, part.attainment) == (3.5, 0.875)


def test_who_did_not_report_is_left_out_of_both_sides() -> None:
    """B's people are not in the denominator when B's visits are missing."""
    part = _place([figure("visits", MONTH, 100)], indicator(denominator="population", target=1)).parts[0]
    assert (part.numerator, part.denominator) == (100.0, 1000.0)


def test_targets_of_different_kinds() -> None:
    """With targets of 1 for 1000 people and 0.2 for 3000 a place is on target at (1000 + 600) / 4000 = 0.4."""
    who = (WHO[0], replace(WHO[1], kind="kabupaten"))
    observations = [figure("visits", MONTH, 100), figure("visits", MONTH, 900, "B")]
    row = indicator(denominator="population", target={"desa": 1, "kabupaten": 0.2})
    part = _place(observations, row, who=who).parts[0]
    assert pytest.approx(0.4) == part.target
    assert pytest.approx(0.625) == part.attainment


def test_place_of_nobody() -> None:
    """A place where nobody reported has no score, and still its target."""
    result = _place([], indicator())
    assert (result.value, result.parts[0].state, result.parts[0].target) == (None, State.EMPTY, 10.0)


def test_a_place_of_one_is_its_library() -> None:
    """A place with one library scores as that library does."""
    observations = year("visits", [4, 5, 6], "C")
    row = indicator(numerator="mean(visits)", denominator="population", factor=12)
    alone = kpi.score(cube(observations, *WHO), scheme(row), OCTOBER).score("C")
    assert _place(observations, row, place="Kalimantan Tengah/Barito Timur/Awang").value == alone.value


# ---- order


def test_ranking_shares_places_and_shows_doubt() -> None:
    """Equal scores share a place; an open question widens the places a library could have."""
    who = tuple(library(code) for code in "ABCD")
    observations = [figure("visits", MONTH, value, code) for code, value in zip("ABCD", (9, 7, 7, 1), strict=True)]
    observations += year("visits", [2, 2, 2], "B")
    asked = [Finding("E", Severity.EXPLAIN, msg("?"), "B", "visits", OCTOBER)]
    rows = kpi.ranking(
        kpi.score(cube(observations, *who, questions=asked), scheme(indicator(numerator="last(visits)")), OCTOBER)
    )
    assert [(row.code, row.place) for row in rows] == [("A", 1), ("B", 2), ("C", 2), ("D", 4)]
    assert [(row.best, row.worst) for row in rows] == [(1, 1), (2, 3), (2, 2), (4, 4)]


def test_ranking_with_other_weights() -> None:
    """Where one indicator decides the order, other weights change it, and the table says so."""
    who = (library("A"), library("B"))
    observations = [
        *(figure("visits", MONTH, value, code) for code, value in (("A", 10), ("B", 0))),
        *(figure("loans", MONTH, value, code) for code, value in (("A", 0), ("B", 9))),
    ]
    table = kpi.score(cube(observations, *who), scheme(indicator(), indicator("loans")), OCTOBER)
    first = kpi.ranking(table)[0]
    assert (first.code, first.place, first.highest, first.lowest) == ("A", 1, 1, 2)


def test_ranking_of_nobody() -> None:
    """Who has no score has no place."""
    assert kpi.ranking(kpi.score(cube([]), scheme(), OCTOBER)) == ()


# ---- range


def _range(observations: list[Observation], asked: bool = False, **row: Any) -> tuple[float | None, ...]:
    questions = [Finding("E", Severity.EXPLAIN, msg("?"), "A", "visits", OCTOBER)] if asked else []
    figures = cube(observations, questions=questions)
    result = kpi.score(figures, scheme(indicator(**row), coverage_floor=0), OCTOBER).score("A")
    return result.low, result.value, result.high


def test_no_question_no_range() -> None:
    """Where nothing is open, low and high are the score."""
    assert _range(year("visits", [5.0] * 10), numerator="mean(visits)") == (5.0, 5.0, 5.0)


def test_range_of_a_questioned_figure() -> None:
    """80 in October against a usual 5 counts as typed; settled against the library it would be 5."""
    observations = year("visits", [5.0] * 9 + [80.0])
    assert _range(observations, asked=True, numerator="mean(visits)", target=25) == (2.0, 5.0, 5.0)


def test_range_of_a_refused_figure() -> None:
    """A refused October lies between the least and the most of the other months."""
    observations = [*year("visits", [2.0, 8.0, 5.0] * 3), figure("visits", MONTH, State.UNREADABLE)]
    low, value, high = _range(observations, numerator="mean(visits)")
    assert (low, value, high) == (4.7, 5.0, 5.3)


def test_range_without_any_other_figure() -> None:
    """What rests on refused figures alone may give anything."""
    observations = [figure("loans", MONTH, 5), figure("visits", MONTH, State.BLOCKED)]
    rows = (indicator("loans"), indicator())
    result = kpi.score(cube(observations), scheme(*rows, coverage_floor=0), OCTOBER).score("A")
    assert (result.low, result.value, result.high) == (2.5, 5.0, 7.5)


# ---- IPLM


def test_iplm_sums_twelve_months() -> None:
    """Article 15's figures are sums over twelve months, with the number of months they rest on; nothing is invented."""
    named = Text(id="x", en="x")
    elements = [
        Element(id=name, label=named, unit=named, kind=ElementKind.FLOW)
        for name in ("visits_onsite", "visits_online", "participants", "activities")
    ]
    observations = [
        Observation("A", name, Period(2024, month), State.REPORTED, 10.0, CellRef("w", 1, "t", 0, 0), "")
        for name in ("visits_onsite", "participants")
        for month in range(1, 11)
    ]
    figures = kpi.Cube.from_observations(observations, [library()], elements, Period(2023, 1), OCTOBER)
    frame = kpi.iplm_frame(figures, OCTOBER, ID).set_index("article")
    assert len(frame) == 9
    assert frame.loc["15(2)b", "value"] == 100.0
    assert frame.loc["15(2)b", "months"] == 10
    assert frame.loc[["15(3)a", "15(3)c", "15(3)d"], "value"].isna().all()
    assert frame.loc["15(2)a", "figure"] == "Peserta kegiatan literasi"
