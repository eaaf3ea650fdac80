"""Which number of a floor or a target holds: by kind of library, by month, by horizon."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.kpi.goal import Goal
from sheets_sync.model import Horizon, Period

MONTH, QUARTER, YEAR, ROLLING = Horizon
BEFORE, FROM, LATER = Period(2024, 12), Period(2025, 1), Period(2025, 2)


def goal(value: Any) -> Goal:
    return Goal.model_validate(value)


@pytest.mark.parametrize(
    ("stated", "kind", "period", "horizon", "expected"),
    [
        (4, "desa", FROM, YEAR, 4),
        (0, "desa", FROM, YEAR, 0),
        (0.5, "", FROM, MONTH, 0.5),
        # kinds
        ({"desa": 4, "other": 1}, "desa", FROM, YEAR, 4),
        ({"desa": 4, "other": 1}, "tbm", FROM, YEAR, 1),
        ({"other": 1, "desa": 4}, "desa", FROM, YEAR, 4),
        ({"desa": 4}, "tbm", FROM, YEAR, None),
        ({"desa": 4}, "", FROM, YEAR, None),
        # months
        ({"2025-01": 4}, "desa", BEFORE, YEAR, None),
        ({"2025-01": 4}, "desa", FROM, YEAR, 4),
        ({"2025-01": 4}, "desa", LATER, YEAR, 4),
        ({"2024-01": 3, "2025-01": 4}, "desa", BEFORE, YEAR, 3),
        ({"2024-01": 3, "2025-01": 4}, "desa", FROM, YEAR, 4),
        ({"2025-01": 4, "2024-01": 3}, "desa", LATER, YEAR, 4),
        # horizons
        ({"month": 1, "quarter": 3, "ytd": 12, "r12": 13}, "desa", FROM, MONTH, 1),
        ({"month": 1, "quarter": 3, "ytd": 12, "r12": 13}, "desa", FROM, QUARTER, 3),
        ({"month": 1, "quarter": 3, "ytd": 12, "r12": 13}, "desa", FROM, YEAR, 12),
        ({"month": 1, "quarter": 3, "ytd": 12, "r12": 13}, "desa", FROM, ROLLING, 13),
        ({"month": 1}, "desa", FROM, YEAR, None),
        # one in another: a named kind wins over every kind, a named horizon over every horizon, then the newest month
        ({"desa": {"2025-01": 5, "month": 1}, "other": 2}, "desa", FROM, MONTH, 1),
        ({"desa": {"2025-01": 5, "month": 1}, "other": 2}, "desa", FROM, YEAR, 5),
        ({"desa": {"2025-01": 5}, "other": {"2024-01": 2}}, "desa", BEFORE, YEAR, 2),
        ({"desa": 5, "other": {"month": 2}}, "desa", FROM, MONTH, 5),
        ({"desa": 5, "other": {"2025-01": 2}}, "desa", LATER, YEAR, 5),
        ({"month": 2, "2025-01": 5}, "desa", LATER, MONTH, 2),
        ({"2024-01": {"desa": 1, "other": 2}, "2025-01": {"desa": 3}}, "tbm", LATER, YEAR, 2),
        ({"2024-01": {"desa": 1, "other": 2}, "2025-01": {"desa": 3}}, "desa", LATER, YEAR, 3),
    ],
)
def test_what_holds(stated: Any, kind: str, period: Period, horizon: Horizon, expected: float | None) -> None:
    """The case that is most precise about the library, the horizon and the month."""
    assert goal(stated).at(kind, period, horizon) == expected


@pytest.mark.parametrize("stated", [True, "4", None, [4], {"desa": True}, {"desa": "4"}, {"desa": None}])
def test_only_numbers(stated: Any) -> None:
    """A goal is a number; what YAML reads otherwise is refused, also inside."""
    with pytest.raises(ValueError, match="a number, or numbers by kind of library, month or horizon"):
        goal(stated)


@pytest.mark.parametrize("stated", [-0.001, float("inf"), float("nan"), {"desa": -1}])
def test_no_number_below_nothing(stated: Any) -> None:
    """Neither a negative number nor an endless one is a goal."""
    with pytest.raises(ValueError, match=r"greater than or equal to 0|finite number"):
        goal(stated)


def test_kinds_in_the_order_of_the_scheme() -> None:
    """Each kind once, nothing standing for every other one."""
    stated = {"tbm": {"month": 1, "ytd": 2}, "other": 3, "desa": 4}
    assert goal(stated).kinds() == ("tbm", "", "desa")
    assert goal(4).kinds() == ("",)


def test_a_goal_is_read_back_as_it_was() -> None:
    """A goal in the form in which a sealed scheme keeps it is the same goal."""
    stated = goal({"desa": {"2025-01": 5, "month": 1}, "other": 2})
    assert goal(stated.model_dump()) == stated
    assert goal(stated) == stated
