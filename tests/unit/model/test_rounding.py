"""Shown parts add up to the shown total, to the last digit."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_months import score

from sheets_sync.model.rounding import (
    apportion,
    round_half_up,
    shown_contributions,
    shown_difference,
    shown_most,
    shown_points,
)

NEAR_TIES = st.builds(lambda whole, off: (whole + 0.5) / 100 + off, st.integers(-5000, 5000), st.floats(-1e-7, 1e-7))


@given(st.floats(-1e12, 1e12) | st.floats(-100, 100) | NEAR_TIES, st.integers(0, 6))
def test_rounding_is_that_of_the_written_digits(value: float, decimals: int) -> None:
    """Half up by the digits that a number is written with, as by hand: ties, what is near one, and everything else."""
    by_hand = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert str(round_half_up(value, decimals)) == str(float(by_hand))


@pytest.mark.parametrize(
    ("values", "total", "shown"),
    [
        ([1.005, 1.005, 1.005], 3.015, (1.01, 1.01, 1.0)),  # 3.015 is shown as 3.02
        ([0.334, 0.333, 0.333], 1.0, (0.34, 0.33, 0.33)),
        ([3.75, 2.5], 6.25, (3.75, 2.5)),
        ([0.0, 1.0], 1.0, (0.0, 1.0)),
        ([], 0.0, ()),
    ],
)
def test_by_hand(values: Sequence[float], total: float, shown: tuple[float, ...]) -> None:
    """What is left over after rounding down goes to the largest remainders, the first of equals."""
    assert apportion(values, total) == shown


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [(7.614, 7.5751, 0.03), (6.4, 6.52, -0.12), (6.004, 6.0, 0.0), (None, 6.0, None), (6.0, None, None)],
)
def test_a_difference_is_that_of_the_shown_figures(
    now: float | None, before: float | None, shown: float | None
) -> None:
    """From 7,58 to 7,61 is 0,03, whatever the figures behind them differ by."""
    assert shown_difference(now, before) == shown


def test_a_part_is_shown_of_its_own_weight() -> None:
    """Weights 20 and 5 of 100 give at most 2,00 and 0,50, although what they give is rounded to add up."""
    weighed = score("tangkum", (0.8126, 0.2481, 0.3333, 0.7777, 0.1234, 0.5678))
    given = shown_contributions(weighed)
    assert shown_most(weighed) == (2.0, 1.0, 1.0, 3.0, 1.0, 2.0)
    assert sum(round(100 * part) for part in given) == round(100 * (weighed.value or 0))
    assert shown_points(weighed) == tuple(
        (part, round(most - part, 2)) for most, part in zip(shown_most(weighed), given, strict=True)
    )


@given(st.lists(st.floats(0, 3), max_size=15))
def test_adds_up(values: list[float]) -> None:
    """The parts add up exactly, and none moves by a whole last place or more."""
    shown = apportion(values, sum(values))
    assert sum(round(part * 100) for part in shown) == round(round_half_up(sum(values), 2) * 100)
    assert all(abs(part - value) < 0.01 + 1e-6 for part, value in zip(shown, values, strict=True))
