"""How long a run takes: said before, and kept to."""

from __future__ import annotations

import pytest

from sheets_sync.google import GoogleOptions
from sheets_sync.jobs.forecast import Forecast, forecast

OPTIONS = GoogleOptions()


def workbooks(count: int, account: str = "a") -> tuple[str, str, list[str]]:
    return account, "p", [f"{account}{number}" for number in range(count)]


@pytest.mark.parametrize(
    ("sides", "count", "minutes"),
    [
        pytest.param([], 0, 0, id="nothing to read"),
        pytest.param([workbooks(3)], 3, 0, id="within the first minute"),
        pytest.param([workbooks(412)], 412, 6, id="one credential"),
        pytest.param(
            [workbooks(103, each) for each in "abcd"], 412, 1, id="four credentials: the processor counts, too"
        ),
    ],
)
def test_a_forecast_is_what_the_quota_takes(sides: list[tuple[str, str, list[str]]], count: int, minutes: int) -> None:
    """How many workbooks, and how many minutes, by the same windows that hold the requests back."""
    ahead = forecast(OPTIONS, sides)
    assert (ahead.workbooks, round(ahead.seconds / 60)) == (count, minutes)


def test_a_bar_on_time_counts_down_to_nothing() -> None:
    """While everything goes as forecast, what is left and what has passed are the forecast, pauses of the quota included."""
    ahead = forecast(OPTIONS, [workbooks(200)])
    for number, moment in enumerate(ahead.moments[:-1]):
        assert ahead.remaining(number + 1, moment) + moment == pytest.approx(ahead.seconds)
    assert ahead.remaining(59, 40.0) + 40.0 == pytest.approx(ahead.seconds)  # waiting for the second minute
    assert ahead.remaining(200, 500.0) == 0.0


def test_a_bar_that_is_late_says_so() -> None:
    """Twice as slow so far: what is left will take twice as long."""
    ahead = Forecast((10.0, 20.0, 30.0, 40.0))
    assert ahead.remaining(1, 40.0) == pytest.approx((43.0 - 20.0) * 2)
    assert Forecast().remaining(0, 5.0) == 0.0
