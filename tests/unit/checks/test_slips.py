"""Slips of the pen: recognised from the figures around them, proposed with evidence, never applied."""

from __future__ import annotations

import runpy

import pytest
from grids import ELEMENTS_AND_HOURS, OFFICE
from hypothesis import given
from hypothesis import strategies as st
from places import SCRIPTS

from sheets_sync.checks import CheckOptions, check
from sheets_sync.i18n import language
from sheets_sync.model import CellRef, Finding, Library, Observation, Period, State

TRIALS = SCRIPTS / "slip_trials.py"
START = Period(2024, 1)


def series(element: str, values: list[float | None], library: str = "T", start: Period = START) -> list[Observation]:
    """A series of figures, month by month; None is blank."""
    return [
        Observation(
            library,
            element,
            start + n,
            State.EMPTY if value is None else State.REPORTED if value else State.ZERO,
            value,
            CellRef("book", 1, "Tangkum", n, 1),
            "" if value is None else f"{value:g}",
        )
        for n, value in enumerate(values)
    ]


def asked(*observations: list[Observation]) -> list[Finding]:
    """The questions about these figures."""
    seen = [observation for some in observations for observation in some]
    libraries = [Library(code, code) for code in {observation.library for observation in seen}]
    checked = check(
        seen,
        libraries=libraries,
        elements=ELEMENTS_AND_HOURS,
        options=CheckOptions(),
        office=OFFICE,
        today=Period(2026, 12).last_day,
    )
    return [finding for finding in checked.found if finding.severity in "FE"]


def outcomes(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Rule, month and proposal of each question."""
    return [(finding.rule_code, str(finding.period), finding.proposal) for finding in findings]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([690, 700, 680, 7100, 695, 710], ("E-ZERO-MORE", "2024-04", "710")),
        ([6973, 690, 700, 680, 710, 695], ("E-ZERO-MORE", "2024-01", "697")),
        ([690, 700, 680, 710, 695, 70], ("E-ZERO-LESS", "2024-06", "700")),
        ([6900, 7000, 6800, 7100, 6950, 7], ("E-THOUSANDS", "2024-06", "7000")),
        ([690, 700, 680, 71000, 695, 710], ("E-ZERO-MORE", "2024-04", "710")),
        ([100, 104, 97, 103, 98, 605], ("E-CUMULATIVE", "2024-06", "103")),
        ([100, 204, 301, 404, 98, 602, 700, 803], ("E-MONTHLY", "2024-05", "502")),
        ([100, 204, 301, 404, 502, 602], ("E-RUNNING-TOTAL", "2024-06", "")),
        ([100, 110, 90, 105, 95, 100, 480], ("E-CHANGE", "2024-07", "")),
    ],
)
def test_proposes_what_may_have_been_meant(values: list[float | None], expected: tuple[str, str, str]) -> None:
    """Each slip brings up its own question, once, with the figure a person would propose."""
    assert outcomes(asked(series("visits_onsite", values))) == [expected]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([6900, 7000, 6800, 71000, 6950, 7100], "berisi 71.000, sekitar 10,2 kali dari biasanya (6.950). Apakah maksudnya “7100”? Bila"),
        ([1000, 2040, 3010, 4040, 5020, 6020], "dari 1.000 sampai 6.020: apakah ini angka kumulatif sejak awal tahun? Bila ya"),
    ],
)  # fmt: skip
def test_figures_are_written_one_way(values: list[float | None], said: str) -> None:
    """In a question every figure has its thousands marked, a proposal stands as it can be typed, and a question is one."""
    (finding,) = asked(series("visits_onsite", values))
    assert said in language("id")(finding.message)


def test_minutes_are_told_from_hours() -> None:
    """A time sixty times the usual was counted in minutes; a count of people was not."""
    values: list[float | None] = [110, 115, 120, 118, 112, 6900]

    assert outcomes(asked(series("computer_hours", values))) == [("E-UNIT", "2024-06", "115")]
    assert outcomes(asked(series("visits_onsite", values))) == [("E-CHANGE", "2024-06", "")]


def test_swapped_columns_are_one_question() -> None:
    """Two figures that fit each other's column are asked about together, not as two slips."""
    visits: list[float | None] = [500, 501, 502, 503, 504, 505, 83]
    loans: list[float | None] = [80, 81, 82, 83, 84, 85, 506]

    [question] = asked(series("visits_onsite", visits), series("loans", loans))

    assert (question.rule_code, question.proposal) == ("E-SWAPPED", "506 / 83")
    assert {question.element, *question.also_elements} == {"visits_onsite", "loans"}


def test_swapped_rows_are_one_question() -> None:
    """Two libraries' figures that fit each other's row are asked about together."""
    here: list[float | None] = [500, 501, 502, 503, 504, 505, 83]
    there: list[float | None] = [80, 81, 82, 83, 84, 85, 506]

    [question] = asked(series("visits_onsite", here, "T"), series("visits_onsite", there, "P"))

    assert question.rule_code == "E-SWAPPED-ROWS"


def test_two_zeros_of_two_libraries_are_no_swap() -> None:
    """One zero too many here and one too few there are two slips, unless a second element of the rows agrees."""
    here: list[float | None] = [750, 760, 740, 755, 745, 7500]
    there: list[float | None] = [5300, 5200, 5400, 5250, 5350, 610]

    once = asked(series("visits_onsite", here, "T"), series("visits_onsite", there, "P"))
    twice = asked(
        *(series(element, here, "T") for element in ("visits_onsite", "loans")),
        *(series(element, there, "P") for element in ("visits_onsite", "loans")),
    )

    assert {finding.rule_code for finding in once} == {"E-ZERO-MORE", "E-ZERO-LESS"}
    assert {finding.rule_code for finding in twice} == {"E-SWAPPED-ROWS"}


def test_a_change_that_lasts_is_one_question() -> None:
    """A series that changes level and stays there is asked about once."""
    values: list[float | None] = [100, 104, 97, 103, 98, 101, 420, 431, 425, 440, 428, 433]

    assert outcomes(asked(series("visits_onsite", values))) == [("E-CHANGE", "2024-07", "")]


def test_reporting_every_third_month_is_no_question() -> None:
    """Neither blanks nor zeros between quarterly figures are asked about."""
    blank: list[float | None] = [None, None, 300, None, None, 310, None, None, 290, None, None, 305]
    zeros: list[float | None] = [0 if value is None else value for value in blank]
    many = ("visits_onsite", "loans", "participants", "activities")

    assert asked(*(series(element, blank) for element in many[:2])) == []
    assert asked(*(series(element, zeros) for element in many[:2])) == []


def test_a_peak_that_comes_back_every_year_is_one_question() -> None:
    """The same month of the year before explains a seasonal peak."""
    year: list[float | None] = [100, 104, 97, 103, 98, 500, 101, 99, 104, 98, 103, 97]

    assert outcomes(asked(series("visits_onsite", year * 2))) == [("E-CHANGE", "2024-06", "")]


def test_a_figure_that_has_been_like_that_is_no_question() -> None:
    """What lies within the range of the year before is not unusual, however the median stands."""
    values: list[float | None] = [30, 900, 40, 35, 800, 45]

    assert asked(series("visits_online", values)) == []


def test_small_counts_are_left_alone() -> None:
    """Two activities after twenty, or one story after none, are no slips."""
    assert asked(series("activities", [2, 3, 1, 2, 12, 2, 0, 3]), series("impact_stories", [0, 0, 1, 0, 3, 0])) == []


def test_copied_months_are_one_question() -> None:
    """A month copied three times over is asked about when it begins."""
    months = [
        ("visits_onsite", [120, 131, 131, 131]),
        ("loans", [40, 43, 43, 43]),
        ("in_library_use", [60, 61, 61, 61]),
    ]

    questions = asked(*(series(element, [*values]) for element, values in months))

    assert outcomes(questions) == [("E-COPIED", "2024-03", "")]


@given(st.lists(st.none() | st.floats(min_value=0, max_value=1e12), max_size=30))
def test_no_series_crashes(values: list[float | None]) -> None:
    """Whatever is reported, each figure is asked about at most once."""
    questions = [
        finding for finding in asked(series("visits_onsite", values)) if finding.rule_code != "E-RUNNING-TOTAL"
    ]

    months = [finding.period for finding in questions]
    assert len(months) == len(set(months))


def test_trials() -> None:
    """Of slips put into invented figures nine in ten are recognised; clean figures bring few questions."""
    result = runpy.run_path(str(TRIALS))["trial"](12)

    for outcome in result["slips"].values():
        assert outcome.get("recognised", 0) >= 0.8
        assert outcome.get("missed", 0) <= 0.1
    assert result["false_questions_per_library_year"] <= 0.5
    assert result["level_changes_asked_once"] <= 1.2
