"""Members must be those of the month before, with the new ones, without those who left."""

from __future__ import annotations

import pytest
from figure_series import Values, asked, outcomes, series
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.checks import CheckOptions
from sheets_sync.checks.options import Balance
from sheets_sync.i18n import language

KNOWN, UNKNOWN = "E-BALANCE", "E-BALANCE-NEW"


def found(total: Values, new: Values, left: Values | None = None) -> list[tuple[str, str]]:
    """Rule and month of what is asked about members."""
    flows = [series("members_new", new), *([series("members_left", left)] if left else [])]
    return [(rule, month) for rule, month, _ in outcomes(asked(series("members_total", total), *flows))]


@pytest.mark.parametrize(
    ("total", "new", "left", "expected"),
    [
        ([120, 123, 127], [4, 5, 6], [0, 2, 2], []),
        ([120, 150, 154], [4, 5, 6], [0, 2, 2], [(KNOWN, "2024-02")]),
        ([120, 122, 126], [4, 5, 6], [0, 2, 2], [(KNOWN, "2024-02")]),
        ([120, 90, 94], [4, 5, 6], [0, 35, 2], []),  # a fall that is accounted for
        ([120, 90, 94], [4, 5, 6], [0, 30, 2], [(KNOWN, "2024-02")]),  # and one that is not: once
        ([120, 120, 120], [4, 5, 5], [0, 5, 5], []),  # as many left as came
        ([120, 132, 127], [4, 5, 6], [0, 2, 2], [(KNOWN, "2024-02")]),  # the month after is right again
        ([120, 150, 170, 190], [4, 5, 6, 5], [0, 2, 2, 1], [(KNOWN, "2024-02")]),  # never: once for as long
        ([120, 123, None, 131], [4, 5, 6, 4], [0, 2, 2, 0], []),  # over a gap
        ([120, 123, None, 132], [4, 5, 6, 4], [0, 2, 2, 0], [(KNOWN, "2024-04")]),
        ([120, 150, 154], [4, None, 6], [0, 2, 2], []),  # nothing is said where a flow is not known
        ([0.1, 0.3], [0, 0.2], [0, 0], []),  # tenths, whose sum is not quite one of them
        ([120, 123, 160, 165, 200], [4, 5, 6, 5, 5], [0, 2, 2, 0, 0], [(KNOWN, "2024-03"), (KNOWN, "2024-05")]),
    ],
)
def test_members_follow_from_the_month_before(
    total: Values, new: Values, left: Values, expected: list[tuple[str, str]]
) -> None:
    """Where those who left are known, every member is accounted for; one question for as long as they are not."""
    assert found(total, new, left) == expected


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ([120, 125, 131], []),
        ([120, 123, 128], []),  # some may have left
        ([120, 126, 130], [(UNKNOWN, "2024-02")]),  # more than came
        ([120, 120, 120], [(UNKNOWN, "2024-02")]),  # none more, though some came: once
        ([120, 90, 95], [("E-FELL", "2024-02")]),  # nobody says how many left
    ],
)
def test_where_nobody_says_how_many_left_some_may_have(total: Values, expected: list[tuple[str, str]]) -> None:
    """Then members can't be more than with all new ones, and hardly just the same."""
    assert found(total, [4, 5, 6]) == expected
    assert found(total, [4, 5, 6], [None, None, None]) == expected


@pytest.mark.parametrize(("new", "expected"), [([4, 0, 0], []), ([4, 1, 0], [(UNKNOWN, "2024-02")])])
def test_members_stay_where_nobody_came(new: Values, expected: list[tuple[str, str]]) -> None:
    """The same number is odd only where somebody came."""
    assert found([120, 120, 120], new) == expected


def test_a_slip_is_not_asked_about_twice() -> None:
    """A total or a flow that is a slip says nothing of the balance; the months after are compared beyond it."""
    total = [200, 204, 208, 2120, 216, 220, 224]
    new = [4.0] * 7

    assert found(total, new) == [("E-ZERO-MORE", "2024-04")]
    assert found([200, 204, 208, 212, 216, 220, 224], [40, 41, 42, 4, 39, 40, 41]) == []


def test_the_question_shows_the_sum() -> None:
    """It says what the figures make together."""
    [question] = asked(
        series("members_total", [120, 150]), series("members_new", [4, 5]), series("members_left", [0, 2])
    )

    assert "berisi 150; sebelumnya 120, baru 5, keluar 2, jadi 123" in language("id")(question.message)


def test_any_stock_can_be_balanced() -> None:
    """Which elements belong together is configuration."""
    books = CheckOptions(balances=(Balance(stock="titles", gains=("media_publications", "impact_stories")),))
    flows = [series("media_publications", [1, 2]), series("impact_stories", [0, 3])]

    assert asked(series("titles", [500, 505]), *flows, options=books) == []
    assert [f.rule_code for f in asked(series("titles", [500, 506]), *flows, options=books)] == [UNKNOWN]
    assert asked(series("members_total", [120, 150]), series("members_new", [4, 5]), options=books) == []


@given(st.integers(0, 500), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=18))
def test_members_that_add_up_are_never_asked_about(start: int, flows: list[tuple[int, int]]) -> None:
    """Any course of comings and goings that adds up is no question of balance, nor is a fall in it."""
    total, left = [float(start)], [0.0]
    for came, went in flows:
        gone = min(went, int(total[-1]) + came)
        left.append(float(gone))
        total.append(total[-1] + came - gone)
    new = [0.0, *(float(came) for came, _ in flows)]

    assert {rule for rule, _ in found(total, new, left)} & {KNOWN, UNKNOWN, "E-FELL"} == set()
