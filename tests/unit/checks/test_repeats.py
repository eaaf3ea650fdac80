"""One figure on every month of a quarter, and the same figure month after month, are one question each."""

from __future__ import annotations

import pytest
from figure_series import START, about_visits, asked, outcomes, series
from grids import ELEMENTS_AND_HOURS, OFFICE
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.checks import CheckOptions, check
from sheets_sync.checks.options import Same
from sheets_sync.i18n import language
from sheets_sync.model import Library

SPREAD, SAME = "E-SPREAD", "E-SAME"
TABLE_07 = [912, 912, 912, 877, 877, 877, 930, 930, 930]


@pytest.mark.parametrize(
    ("values", "month"),
    [
        (TABLE_07, "2024-03"),
        (TABLE_07[:6], "2024-03"),
        ([*TABLE_07, 905], "2024-03"),
        ([*TABLE_07, 905, 905], "2024-03"),
        ([25, 25, 25, 31, 31, 31], "2024-03"),  # a small library
        ([65_000, 65_000, 65_000, 71_000, 71_000, 71_000], "2024-03"),
        ([304, 304, 304, 292, 292, 293, 310, 311, 310], "2024-03"),  # a quarter's figure divided by three
        ([912, 912, 912, 877, None, 877, 930, 930, 930], "2024-03"),  # a month is missing
        ([912, 912, None, 877, 877, None, 930, None, 930], "2024-02"),
        ([None, 912, 912, 877, 877, 877], "2024-03"),
        ([640, 655, 912, 912, 912, 877, 877, 877], "2024-05"),  # quarters that begin elsewhere
        ([640, 912, 912, 912, 877, 877, 877], "2024-04"),
        ([700, 680, 711, 912, 912, 912, 877, 877, 877, 701, 699, 655], "2024-06"),  # for a time
        ([912, 912, 912, 0, 0, 0, 877, 877, 877], "2024-03"),  # closed for a quarter
        ([912, 912, 912, 912, 912, 912, 877, 877, 877], "2024-03"),  # a figure of half a year
        ([912, 912, 912, 700, 655, 690, 877, 877, 877, 930, 930, 930], "2024-09"),
    ],
)
def test_a_quarters_figure_spread_over_its_months_is_one_question(values: list[float | None], month: str) -> None:
    """It is asked once for the series, where it first shows, whatever months are missing."""
    found = [outcome for outcome in about_visits(values) if outcome[0] != SAME]
    assert [outcome for outcome in found if outcome[0] != "E-LOW"] == [(SPREAD, month, "")]


@pytest.mark.parametrize(
    ("values", "months"),
    [
        ([700, 912, 912, 912, 688], ["2024-04"]),
        ([912] * 9, ["2024-03"]),  # however long
        ([912, None, 912, 912], ["2024-04"]),
        ([912, None, None, 912, 912], []),
        ([912, 912, 700, 912, 912], []),
        ([912, 912, 912, 700, 655, 690, 877, 877, 877], ["2024-03", "2024-09"]),
        ([300, 301, 300, 301, 300, 301], []),  # steady is not the same
        ([60, 60, 60], ["2024-03"]),
        ([59, 59, 59], []),
        ([60, 60], []),
        ([4, 4, 4, 4, 4, 4], []),
        ([0, 0, 0, 0], []),
    ],
)
def test_the_same_figure_month_after_month_is_one_question(values: list[float | None], months: list[str]) -> None:
    """Three months running are asked about at the third, and not again while it goes on; small figures are not."""
    assert about_visits(values) == [(SAME, month, "") for month in months]


@pytest.mark.parametrize(
    ("options", "values", "rules"),
    [
        (Same(), [20, 20, 20, 30, 30, 30], [SPREAD]),
        (Same(), [19, 19, 19, 30, 30, 30], []),
        (Same(), [60, 60, 61, 90, 90, 90], [SPREAD]),  # thirds, from `at_least` on
        (Same(), [59, 59, 60, 90, 90, 90], [SAME]),
        (Same(), [90, 90, 92, 120, 120, 120], [SAME]),  # two apart are no thirds
        (Same(), [90, 90, 91, 91, 91, 92], [SAME]),  # one figure, give or take: that is no quarter's
        (Same(), [90, 90, 90, 92, 92, 92], [SPREAD]),
        (Same(), [912, 912, None, 877, 877, None], []),  # two pairs may be accident
        (Same(), [912, 912, None, 877, 877, 877], [SPREAD]),
        (Same(months=4), [90, 90, 90, 70], []),
        (Same(months=4), [90, 90, 90, 90], [SAME]),
    ],
)
def test_the_limits_of_what_is_the_same(options: Same, values: list[float | None], rules: list[str]) -> None:
    """Each limit holds at, just above and just below it."""
    found = asked(series("visits_onsite", values), options=CheckOptions(same=options))
    assert [finding.rule_code for finding in found] == rules


@pytest.mark.parametrize("element", ["members_total", "titles", "staff", "open_hours", "open_days"])
def test_what_stays_for_good_reasons_is_not_asked_about(element: str) -> None:
    """A stock and the days a library is open may be the same for months."""
    assert asked(series(element, [25.0] * 6)) == []
    assert asked(series(element, [21.0] * 3 + [25.0] * 3)) == []


def test_figures_that_stay_together_are_one_question() -> None:
    """A library whose figures are all spread alike is asked once, about all of them."""
    loans = [value - 500 for value in TABLE_07]

    [question] = asked(series("visits_onsite", TABLE_07), series("loans", loans))

    assert (question.rule_code, question.typed) == (SPREAD, "912 / 412")
    assert {question.element, *question.also_elements} == {"visits_onsite", "loans"}


def test_a_copied_month_explains_what_stays() -> None:
    """Figures that were copied on are asked about as a copied month alone."""
    months = [
        ("visits_onsite", [640, 931, 931, 931]),
        ("loans", [240, 343, 343, 343]),
        ("in_library_use", [99, 161, 161, 161]),
    ]

    found = asked(*(series(element, [*map(float, values)]) for element, values in months))

    assert outcomes(found) == [("E-COPIED", "2024-03", "")]


def test_an_answer_to_the_first_months_holds_for_the_series() -> None:
    """The reason that was given for three equal months is not asked for again when the next quarter shows the same."""

    def checked(months: int, reasons: dict[str, str]) -> tuple[list[tuple[str, str]], dict[str, str]]:
        result = check(
            series("visits_onsite", TABLE_07[:months]), libraries=[Library("T", "T")], elements=ELEMENTS_AND_HOURS,
            options=CheckOptions(), office=OFFICE, today=START.last_day.replace(year=2025), reasons=reasons,
        )  # fmt: skip
        known = {**reasons, **result.remember}
        return [(finding.rule_code, finding.reason) for finding in result.found if finding.severity == "E"], known

    [question] = asked(series("visits_onsite", TABLE_07[:3]))
    first, known = checked(3, {question.id: "dihitung per triwulan"})

    assert first == [(SAME, "dihitung per triwulan")]
    assert checked(9, known)[0] == [(SPREAD, "dihitung per triwulan")]


def test_a_spread_quarter_is_told_in_words() -> None:
    """The question names the months and the figure, and says what to type instead."""
    [question] = asked(series("visits_onsite", TABLE_07))

    assert "912 pada setiap bulan dari Januari 2024 sampai Maret 2024" in language("id")(question.message)
    assert [cell.row for cell in question.cells] == [2]


@given(st.lists(st.integers(20, 10_000), min_size=2, max_size=8, unique=True))
def test_any_spread_quarters_are_one_question(quarters: list[int]) -> None:
    """Whatever the quarters' figures are, a series made of them is one question about how it is counted."""
    values: list[float | None] = [float(value) for value in quarters for _ in range(3)]
    found = [rule for rule, _, _ in about_visits(values)]

    apart = [abs(one - other) for one in quarters for other in quarters]
    if max(apart) > 1:
        assert found.count(SPREAD) == 1
        assert SAME not in found
