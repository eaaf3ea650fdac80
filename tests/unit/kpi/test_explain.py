"""Explanations: a score back to its cells, in words and as JSON."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_samples import ELEMENTS, OCTOBER, cube, figure, indicator, library, scheme, year

from sheets_sync.config.office import Elements
from sheets_sync.i18n import language
from sheets_sync.kpi import Explanation, explain, explanation_document, explanation_text, score
from sheets_sync.model import Finding, Observation, OfficialScore, Period, Severity, State, msg

KNOWN = Elements(elements=ELEMENTS)
PER_HEAD = indicator(numerator="mean(visits + or_zero(visits_online))", denominator="population", factor=12, target=0.2)


def _explanation(observations: list[Observation], *indicators: dict[str, object], **about: object) -> Explanation:
    who = replace(library(), **about)  # type: ignore[arg-type]  # the tests name its fields
    figures = cube(observations, who)
    table = score(figures, scheme(*indicators, coverage_floor=0), OCTOBER)
    return explain(table, figures, who, observations, KNOWN)


def test_traces_to_cells() -> None:
    """Each month of an input has its state, its value, what was typed and its cell."""
    told = _explanation([figure("visits", "2024-09", 12), figure("visits", "2024-10", State.UNREADABLE)], PER_HEAD)
    visits = told.groups[0].indicators[0].inputs[0]
    september, october = visits.months[-2:]
    assert (september.state, september.value, september.cell) == (
        State.REPORTED,
        12.0,
        figure("visits", "2024-09", 1).cell,
    )
    assert (october.state, october.value) == (State.UNREADABLE, None)
    assert visits.value == 12.0


def test_inputs_are_those_of_the_formula() -> None:
    """Numerator and denominator name every element read, the register's population included."""
    told = _explanation([figure("visits", "2024-10", 12)], PER_HEAD)
    inputs = told.groups[0].indicators[0].inputs
    assert [used.element for used in inputs] == ["visits", "visits_online", "population"]
    assert [used.value for used in inputs] == [12.0, 0.0, 1000.0]
    assert inputs[-1].source == "2020"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3), st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_shown_parts_add_up(values: list[int], weights: list[int]) -> None:
    """To the last shown digit, contributions add up to the score, groups too; with what was lost each is its weight of ten."""
    names = ("visits", "loans", "activities")
    observations = [figure(name, "2024-10", value) for name, value in zip(names, values, strict=True)]
    told = _explanation(
        observations, *(indicator(name, weight=weight) for name, weight in zip(names, weights, strict=True))
    )
    rows = told.groups[0].indicators
    assert told.shown == round(sum(row.contribution for row in rows), 2) == told.groups[0].contribution
    assert all(row.lost >= 0 for row in rows)
    assert all(abs(row.contribution + row.lost - 10 * row.share) < 0.01 for row in rows)


def test_a_missing_denominator_is_named() -> None:
    """A library without population did report; what can't be divided says what is missing, and so does the verdict."""
    who, seen = library(population=None), [figure("visits", "2024-10", 12)]
    figures, needing = cube(seen, who), scheme(PER_HEAD)
    told = explain(score(figures, needing, OCTOBER), figures, who, seen, KNOWN)
    text = explanation_text(told, language("en"))
    assert "not calculated: population missing" in text
    assert "No score, too few data: at least 50% of the weights must have figures." in text
    assert needing.reads("population", "desa")


def test_official_score_beside_it() -> None:
    """The official score is shown with the difference and changes nothing."""
    told = _explanation([figure("visits", "2024-10", 7)], official=OfficialScore(7.72, "Okt 2024"))
    assert (told.shown, told.difference) == (7.0, -0.72)
    assert _explanation([figure("visits", "2024-10", 7)]).difference is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "id",
            [
                "Skor internal 5,00 dari 10, rendah, sementara",
                "belum dihitung: ada isian yang tidak terbaca",
                "Jan 2024",
            ],
        ),
        ("en", ["Internal score 5.00 of 10, rendah, provisional", "not calculated: an entry could not be read"]),
    ],
)
def test_text(code: str, words: list[str]) -> None:
    """The text says score, category, what is missing and why, in the reader's language."""
    observations = [figure("visits", "2024-10", 5), figure("loans", "2024-10", State.UNREADABLE)]
    text = explanation_text(_explanation(observations, indicator(), indicator("loans")), language(code))
    assert all(word in text for word in words)


def test_text_without_a_score() -> None:
    """Nothing reported: the text says so instead of showing a zero."""
    text = explanation_text(_explanation([]), language("id"))
    assert "Belum ada skor" in text
    assert "0,00 dari 10" not in text


def test_division_by_zero_is_named() -> None:
    """A denominator of zero is said, not hidden as an empty cell."""
    told = _explanation(
        [figure("loans", "2024-10", 5), figure("copies", "2024-10", 0)], indicator("loans", denominator="copies")
    )
    assert told.groups[0].indicators[0].divided_by_zero
    assert "the denominator is zero" in explanation_text(told, language("en"))


def test_link_opens_the_block_of_cells() -> None:
    """One link shows all months of an input."""
    text = explanation_text(_explanation(year("visits", [1.0] * 10)), language("en"))
    assert "https://docs.google.com/spreadsheets/d/w/edit#gid=1&range=B2:B11" in text


def test_document_is_json() -> None:
    """The document survives JSON and carries unrounded and shown figures, states, cells and the scheme's version."""
    observations = [figure("visits", "2024-10", 1)]
    document = explanation_document(_explanation(observations, PER_HEAD), language("en"))
    read = json.loads(json.dumps(document, allow_nan=False))
    row = read["groups"][0]["indicators"][0]
    assert read["scheme"]["version"] == "t1"
    assert row["contribution"] == pytest.approx(10 * 0.012 / 0.2)
    assert row["shown"]["contribution"] == 0.6
    assert row["inputs"][0]["months"][-1]["cell"]["a1"] == "A!B11"


def test_question_is_marked() -> None:
    """A figure with an open question is marked in its month."""
    question = Finding("E1", Severity.EXPLAIN, msg("?"), "A", "visits", Period(2024, 10))
    observations = [figure("visits", "2024-10", 5)]
    figures = cube(observations, questions=[question])
    told = explain(score(figures, scheme(), OCTOBER), figures, library(), observations, KNOWN)
    assert told.groups[0].indicators[0].inputs[0].months[-1].questioned
    assert "5 (?)" in explanation_text(told, language("en"))
