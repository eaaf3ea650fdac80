"""Slips of the pen: recognised from the figures around them, proposed with evidence, never applied."""

from __future__ import annotations

import runpy

import pytest
from figure_series import about_visits, asked, outcomes, series
from hypothesis import given
from hypothesis import strategies as st
from places import SCRIPTS

from sheets_sync.checks import CheckOptions
from sheets_sync.checks.options import Slips
from sheets_sync.i18n import language

TRIALS = SCRIPTS / "slip_trials.py"


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


@pytest.mark.parametrize(
    ("visits", "loans", "proposal"),
    [
        ([500, 501, 502, 503, 504, 20, 505], [20, 21, 22, 20, 21, 504, 20], "504 / 20"),
        ([500, 501, 502, 503, 504, 19, 505], [20, 21, 22, 20, 21, 504, 20], ""),  # small figures
        ([500, 501, 502, 503, 0, 83, 505], [80, 81, 82, 80, 81, 504, 80], ""),  # beside a zero
        ([500, 501, 502, 503, 504, 83, 505], [80, 81, 82, 80, 0, 504, 80], ""),
    ],
)
def test_a_swap_is_proposed_on_firm_ground(
    visits: list[float | None], loans: list[float | None], proposal: str
) -> None:
    """Two columns that seem swapped are asked about without a proposal beside a zero and among small figures."""
    found = asked(series("visits_onsite", visits), series("loans", loans))
    assert [finding.proposal for finding in found if finding.rule_code == "E-SWAPPED"] == [proposal]


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


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # beside a zero, before it and after it
        ([4000, 4100, 3900, 0, 40_000, 3500, 4050, 3980], [("E-LOW", "2024-04", ""), ("E-CHANGE", "2024-05", "")]),
        ([4000, 4100, 3900, 40_000, 0, 3500, 4050, 3980], [("E-LOW", "2024-05", ""), ("E-CHANGE", "2024-04", "")]),
        # beside another doubtful month
        ([690, 700, 680, 7100, 70, 695, 710, 700], [("E-CHANGE", "2024-04", ""), ("E-CHANGE", "2024-05", "")]),
        ([7100, 70, 690, 700, 680, 695, 710, 700], [("E-CHANGE", "2024-01", ""), ("E-CHANGE", "2024-02", "")]),
        # at either end, the first is no matter of the last
        ([6973, 690, 700, 680, 710, 695, 7010], [("E-ZERO-MORE", "2024-01", "697"), ("E-ZERO-MORE", "2024-07", "701")]),
        # a level of its own
        ([6900, 6800, 690, 700, 680, 695, 710, 700], [("E-CHANGE", "2024-01", "")]),
        # small figures: the smaller of figure and usual is below 20
        ([12, 11, 13, 12, 115, 12, 11, 12], [("E-CHANGE", "2024-05", "")]),
        ([190, 191, 192, 19, 190, 193], [("E-LOW", "2024-04", "")]),
        ([200, 201, 202, 20, 200, 203], [("E-ZERO-LESS", "2024-04", "200")]),
        ([19, 19, 19, 190, 19, 19], [("E-CHANGE", "2024-04", "")]),
        ([20, 20, 20, 200, 20, 20], [("E-ZERO-MORE", "2024-04", "20")]),
        # the months around are the small ones: reported every third month with zeros between
        ([0, 0, 300, 0, 0, 310, 0, 0, 3050, 0, 0, 305, 0, 0, 290, 0, 0, 300], [("E-CHANGE", "2024-09", "")]),
        # lost thousands have a small figure by nature
        ([4000, 4100, 3900, 4, 4050, 3980], [("E-THOUSANDS", "2024-04", "4000")]),
        ([4000, 4100, 3900, 0, 4, 4050, 3980, 4000], [("E-LOW", "2024-04", "")]),
    ],
)
def test_nothing_is_proposed_where_the_ground_is_unsure(
    values: list[float | None], expected: list[tuple[str, str, str]]
) -> None:
    """Beside a zero or another doubtful month and among small figures the question stays, without a proposal."""
    assert about_visits(values) == expected


def test_a_figure_in_company_is_no_slip() -> None:
    """The last figure of an old level fits its neighbour, however well ten times it would fit next year's month."""
    year: list[float | None] = [288, 286, 293, 240, 267, 228, 309, 280, 307, 258, 327, 239]
    next_year = [1308, 1099, 862, 1013, 917, 1110, 870, 989, 935, 1163, 1349, 1725]

    assert about_visits([*year, *next_year]) == [("E-CHANGE", "2025-01", "")]


@pytest.mark.parametrize(
    ("october", "expected"),
    [(1000, ("E-ZERO-MORE", "2024-10", "100")), (1003, ("E-CUMULATIVE", "2024-10", "103"))],
)
def test_a_zero_at_the_end_speaks_for_a_zero_too_many(october: float, expected: tuple[str, str, str]) -> None:
    """Where the sum of the year so far and ten times the usual fit alike, the last digit decides."""
    assert about_visits([100, 101, 99, 100, 102, 98, 100, 101, 99, october]) == [expected]


@pytest.mark.parametrize(
    ("options", "values", "expected"),
    [
        # apart: a figure within 2.5 times the usual is none
        (Slips(fit=4), [100, 101, 99, 250, 100, 102], []),
        (Slips(fit=4), [100, 101, 99, 251, 100, 102], [("E-ZERO-MORE", "2024-04", "25")]),
        # fit: what may have been meant is within a factor of the usual
        (Slips(), [100, 100, 100, 1450, 100, 100], [("E-ZERO-MORE", "2024-04", "145")]),
        (Slips(), [100, 100, 100, 1460, 100, 100], [("E-CHANGE", "2024-04", "")]),
        (Slips(), [1000, 1000, 1000, 145, 1000, 1000], [("E-ZERO-LESS", "2024-04", "1450")]),
        (Slips(), [1000, 1000, 1000, 146, 1000, 1000], [("E-CHANGE", "2024-04", "")]),
        # far fit: for lost thousands
        (Slips(), [4000, 4000, 4000, 8, 4000, 4000], [("E-THOUSANDS", "2024-04", "8000")]),
        (Slips(), [4000, 4000, 4000, 9, 4000, 4000], [("E-LOW", "2024-04", "")]),
        (Slips(), [4000, 4000, 4000, 2, 4000, 4000], [("E-THOUSANDS", "2024-04", "2000")]),
        (Slips(), [4000, 4000, 4000, 1, 4000, 4000], [("E-LOW", "2024-04", "")]),
        # larger: the larger of figure and usual is at least 50
        (Slips(propose=5), [5, 5, 5, 50, 5, 5], [("E-ZERO-MORE", "2024-04", "5")]),
        (Slips(propose=5), [5, 5, 5, 49, 5, 5], []),
        # smaller: the smaller of them is at least 5
        (Slips(propose=1), [4, 4, 4, 50, 4, 4], []),
        (Slips(propose=1), [5, 5, 5, 51, 5, 5], [("E-ZERO-MORE", "2024-04", "5")]),
        # a hundred times
        (Slips(), [100, 100, 100, 10_000, 100, 100], [("E-ZERO-MORE", "2024-04", "100")]),
        (Slips(), [10_000, 10_000, 10_000, 100, 10_000, 10_000], [("E-ZERO-LESS", "2024-04", "10000")]),
        # sum fit: what the sum of the year so far leaves over, in a month that is no multiple of ten
        (Slips(), [100, 100, 100, 435, 100, 100], [("E-CUMULATIVE", "2024-04", "135")]),
        (Slips(), [100, 100, 100, 436, 100, 100], [("E-CHANGE", "2024-04", "")]),
        (Slips(), [100, 100, 301, 100, 100, 100], [("E-CUMULATIVE", "2024-03", "101")]),
        (Slips(), [16, 17, 50, 16, 17, 16], [("E-CHANGE", "2024-03", "")]),  # larger holds for sums as well
        (Slips(), [16, 17, 49, 16, 17, 16], []),
        # five other figures say what is usual, four do not
        (Slips(), [4000, 4000, 40_000, 4000, 4000, 4000], [("E-ZERO-MORE", "2024-03", "4000")]),
        (Slips(), [4000, 4000, 40_000, 4000, 4000], [("E-CHANGE", "2024-03", "")]),
    ],
)
def test_the_limits_of_slips(options: Slips, values: list[float | None], expected: list[tuple[str, str, str]]) -> None:
    """Each limit of the configuration holds at, just above and just below it."""
    checks = CheckOptions(slips=options, off=("E-SAME",))  # the tables say what is usual with one figure
    assert outcomes(asked(series("visits_onsite", values), options=checks)) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([100, 100, 100, 6000, 100, 100], ("E-UNIT", "2024-04", "100")),
        ([6000, 6000, 6000, 100, 6000, 6000], ("E-UNIT", "2024-04", "6000")),
        ([100, 100, 100, 8700, 100, 100], ("E-ZERO-MORE", "2024-04", "87")),
        ([100, 100, 100, 7500, 100, 100], ("E-UNIT", "2024-04", "125")),
        ([100, 100, 100, 4100, 100, 100], ("E-CHANGE", "2024-04", "")),
    ],
)
def test_the_explanation_that_fits_best_is_proposed(hours: list[float | None], expected: tuple[str, str, str]) -> None:
    """Of several explanations that fit, the one whose figure is nearest to the usual is proposed."""
    found = asked(series("computer_hours", hours), options=CheckOptions(off=("E-SAME",)))
    assert outcomes(found) == [expected]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([100, 204, 301, 404, 502, 602], [("E-RUNNING-TOTAL", "2024-06", "")]),
        ([100, 204, 301, 404, 502, 602, 700, 803], [("E-RUNNING-TOTAL", "2024-06", "")]),
        ([100, 204, 301, 404, 502], []),  # too early to tell
        ([None, 204, 301, 404, 502, 602], []),
        ([100, 98, 301, 404, 502, 602, 700], [("E-MONTHLY", "2024-02", "198")]),
        ([100, 204, 301, 404, 502, 602, 98], [("E-MONTHLY", "2024-07", "700")]),  # the newest month
        ([100, 204, 301, 404, 502, 98], [("E-MONTHLY", "2024-06", "600")]),
        ([100, 204, 301, 404, 98], []),  # too early to tell
        ([100, 200, 100, 510, 610, 710, 810], [("E-MONTHLY", "2024-03", "300")]),
        ([1, 2, 3, 4, 5, 6], [("E-RUNNING-TOTAL", "2024-06", "")]),
        ([100, 204, 301, 404, 502, 98, 700], [("E-MONTHLY", "2024-06", "600")]),
        ([240, 340, 940, 1080, 1630, 1780, 2280], [("E-RUNNING-TOTAL", "2024-06", "")]),  # of one size, just
        ([0] * 12 + [100, 101, 900, 98, 99, 100], [("E-ZERO-MORE", "2025-03", "90")]),  # nothing adds up to nothing
        ([100, 200, 199, 500, 600, 700, 800], [("E-MONTHLY", "2024-03", "399")]),  # fewer than the month before
        ([100, 200, 200, 500, 600, 700, 800], [("E-CHANGE", "2024-06", "")]),  # as many: no month of its own
    ],
)
def test_a_year_of_running_totals_is_one_question(
    values: list[float | None], expected: list[tuple[str, str, str]]
) -> None:
    """It is asked about the month in which it can first be told, so that an answer lasts while the year goes on."""
    assert about_visits(values) == expected


def test_a_swapped_row_says_nothing_of_the_other_library() -> None:
    """Its own figure and its own usual are named, and the row to look at; nothing of the other is proposed."""
    here, there = [500.0, 501, 502, 503, 504, 505, 83], [80.0, 81, 82, 83, 84, 85, 506]

    [question] = asked(series("visits_onsite", here, "T"), series("visits_onsite", there, "P"))

    assert (question.typed, question.proposal) == ("83", "")
    assert "506" not in language("id")(question.message)


def test_rows_are_swapped_as_a_whole() -> None:
    """Where a further element of both rows stands where it belongs, two odd figures are no swap of the rows."""
    here, there = [500.0, 501, 502, 503, 504, 505, 83], [80.0, 81, 82, 83, 84, 85, 506]
    rows = [series("visits_onsite", here, "T"), series("visits_onsite", there, "P")]
    loans = [series("loans", [7000.0 + n for n in range(7)], "T"), series("loans", [900.0 + n for n in range(7)], "P")]
    alike = [series("loans", [700.0 + n for n in range(7)], "T"), series("loans", [900.0 + n for n in range(7)], "P")]

    assert {finding.rule_code for finding in asked(*rows, *loans)} == {"E-CHANGE"}
    assert [finding.rule_code for finding in asked(*rows, *alike)] == ["E-SWAPPED-ROWS"]


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
