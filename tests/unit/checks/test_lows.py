"""Zeros and very small figures amid large ones are asked about once; small figures full of zeros are left alone."""

from __future__ import annotations

import pytest
from figure_series import about_visits, asked, outcomes, series
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.i18n import language

LOW = "E-LOW"
CHANCE = ("E-SAME", "E-SPREAD")  # what drawn figures that happen to be alike are asked about


def low(values: list[float | None]) -> list[str]:
    """The months in which a figure is asked about, each as one that is low."""
    found = about_visits(values)
    assert {rule for rule, _, _ in found} <= {LOW}
    assert not any(proposal for _, _, proposal in found)
    return [month.removeprefix("2024-") for _, month, _ in found]


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ([912, 955, 921, 0, 940, 933, 907, 918], ["04"]),
        ([402, 418, 397, 411, 405, 0, 399, 420], ["06"]),
        ([2510, 5, 2430], ["02"]),
        ([2510, 0, 2430], ["02"]),
        ([2510, 5, 2430, 2490, 2600], ["02"]),
        ([65_000, 64_000, 12, 66_000, 67_000], ["03"]),
        ([70, 72, 68, 0, 71, 69], ["04"]),
        # two of them, each asked about
        ([912, 955, 921, 0, 940, 933, 0, 918], ["04", "07"]),
        # a closure is one matter however long, and however it ends
        ([912, 955, 921, 0, 0, 0, 940, 933], ["04"]),
        ([912, 955, 921, 0, 12, 200, 940, 933], ["04"]),
        ([912, 955, 921, 0, 0, 0], ["04"]),
        # the first month, and the last one
        ([0, 912, 955, 921, 940], ["01"]),
        ([5, 912, 955, 921, 940], ["01"]),
        ([912, 955, 921, 940, 0], ["05"]),
        ([912, 955, 0], ["03"]),
        # blanks between
        ([912, None, 0, None, 940, 933], ["03"]),
        ([912, None, 921, None, None, 0, None, 933], ["06"]),
        # the months before the beginning hide nothing
        ([0, 0, 912, 955, 921, 930, 940, 0, 941, 938, 950], ["08"]),
        # figures within eleven months say what is usual
        ([912, 955, *[None] * 9, 0], ["12"]),
        ([0, *[None] * 8, 912, 955, 921], ["01"]),
        ([912, 0, 0, *[None] * 10, 955], ["02"]),
        ([912, 955, *[None] * 9, 0, 0], ["12"]),
    ],
)
def test_a_figure_that_all_but_vanishes_is_asked_about(values: list[float | None], months: list[str]) -> None:
    """A zero, or next to nothing, amid large figures is one question, at its first month, without a proposal."""
    assert low(values) == months


@pytest.mark.parametrize(
    "values",
    [
        [12, 0, 15, 9, 0, 0, 14, 11],  # a small village
        [40, 42, 0, 41, 39, 44],
        [59, 60, 60, 0, 60, 61],  # at the limit: usual is no more than three times twenty
        [0, 90, 0, 75, 0, 0, 110, 0, 80, 0],  # now something, now nothing
        [90, 85, 95, 0, 88, 0, 0, 92, 0, 80],
        [0, 0, 300, 0, 0, 310, 0, 0, 290, 0, 0, 305],  # every third month
        [0, 0, 912, 955, 921, 940],  # it began later
        [0, 0, 0, 0, 0, 0],
        [912, 0],  # too little is known yet
        [912, 955, *[None] * 10, 0],  # or too long ago
        [0, *[None] * 9, 912, 955, 921],
        [0, 912, 955],
        [2510, 5, 400],  # the figures on either side say nothing together
        [],
        [None, None],
    ],
)
def test_small_figures_and_gaps_that_come_again_are_no_question(values: list[float | None]) -> None:
    """What is small, comes and goes, or is hardly known, is left alone."""
    assert about_visits(values) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([61, 61, 61, 0, 61, 61], [LOW]),  # more than three times twenty
        ([61, 61, 61, 19, 61, 61], [LOW]),  # what is below twenty counts as twenty
        ([61, 61, 61, 20, 61, 61], ["E-CHANGE"]),
        ([100, 100, 90, 0, 33, 100, 101], [LOW]),  # what is far below its surroundings beside it is the same matter
        ([100, 100, 90, 0, 34, 100, 101], [LOW]),
        ([100, 100, 0, 100, 301, 99], [LOW, "E-CHANGE"]),  # one in five may be of another size
        ([100, 100, 0, 100, 301, 99, 302], ["E-CHANGE", "E-CHANGE"]),  # but not two in six
    ],
)
def test_the_limits_of_what_is_low(values: list[float | None], expected: list[str]) -> None:
    """Each limit holds at, just above and just below it."""
    assert [rule for rule, _, _ in about_visits(values) if rule != "E-SAME"] == expected


def test_a_closure_that_comes_back_every_year_is_one_question() -> None:
    """The fasting month of last year explains that of this year."""
    year: list[float | None] = [912, 955, 921, 0, 940, 933, 907, 918, 930, 925, 941, 910]

    assert [month for _, month, _ in about_visits(year * 2)] == ["2024-04"]
    assert [month for _, month, _ in about_visits([*year, 912, 955, 0, 921])] == ["2024-04", "2025-03"]
    assert [month for _, month, _ in about_visits([*year, 912, 955, 0, 0, 921])] == ["2024-04", "2025-03"]


def test_figures_that_fall_together_are_one_question() -> None:
    """A library whose figures all but vanish in one month is asked once, about all of them."""
    visits = series("visits_onsite", [912, 955, 921, 3, 940, 933])
    loans = series("loans", [402, 418, 397, 0, 405, 399])

    [question] = asked(visits, loans)

    assert (question.element, question.also_elements, question.typed) == ("visits_onsite", ("loans",), "3 / 0")
    text = language("id")(question.message)
    assert text.startswith("Pengunjung di tempat, Peminjaman (eksemplar): 3, 0, sedangkan")


def test_what_is_asked_about_otherwise_is_not_asked_again() -> None:
    """A month that is all zero, and activities without participants, are one question each."""
    empty = [series(element, [400, 410, 390, 0, 405, 395]) for element in ("visits_onsite", "loans", "participants")]
    nobody = [series("activities", [4, 5, 4, 3, 4]), series("participants", [90, 95, 100, 0, 85])]

    assert outcomes(asked(*empty)) == [("E-ALL-ZERO", "2024-04", "")]
    assert outcomes(asked(*nobody)) == [("E-NOBODY", "2024-04", "")]


def test_members_that_vanish_are_one_question() -> None:
    """A stock that drops to zero is asked about as such, not as one that fell as well."""
    assert outcomes(asked(series("members_total", [300, 305, 310, 0, 315]))) == [(LOW, "2024-04", "")]


@given(st.lists(st.integers(0, 60), max_size=24))
def test_small_figures_are_never_low(values: list[int]) -> None:
    """Whatever the order of small figures, none is asked about as low."""
    assert LOW not in {rule for rule, _, _ in about_visits([float(value) for value in values])}


@given(
    st.lists(st.integers(800, 1000), min_size=4, max_size=20),
    st.integers(0, 19),
    st.data(),
    st.sampled_from([1, 10, 1000]),
)
def test_a_low_figure_is_found_wherever_it_stands(
    values: list[int], small: int, data: st.DataObject, scale: int
) -> None:
    """One small figure among steady large ones is one question there, whatever the level."""
    place = data.draw(st.integers(0, len(values)))
    figures: list[float | None] = [float(value * scale) for value in values]
    figures.insert(place, float(small))

    questions = [finding for finding in asked(series("visits_onsite", figures)) if finding.rule_code not in CHANCE]

    assert [(question.typed, question.cells[0].row) for question in questions] == [(str(small), place)]
