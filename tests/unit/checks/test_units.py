"""A time counted in another unit is told from the usual, in both directions."""

from __future__ import annotations

import pytest
from grids import ELEMENTS_AND_HOURS, OFFICE

from sheets_sync.checks import CheckOptions, check
from sheets_sync.model import CellRef, Library, Observation, Period, State

START = Period(2024, 1)


def asked(element: str, values: list[float]) -> list[tuple[str, str, str]]:
    """Rule, month and proposal of what is asked about these figures, month by month."""
    seen = [
        Observation("T", element, START + n, State.REPORTED, value, CellRef("book", 1, "T", n, 1), f"{value:g}")
        for n, value in enumerate(values)
    ]
    checked = check(
        seen,
        libraries=[Library("T", "T")],
        elements=ELEMENTS_AND_HOURS,
        options=CheckOptions(),
        office=OFFICE,
        today=Period(2026, 12).last_day,
    )
    questions = [finding for finding in checked.found if finding.severity in "FE"]
    return [(each.rule_code, str(each.period), each.proposal) for each in questions]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([110, 115, 120, 118, 112, 6900], "115", id="minutes among hours"),
        pytest.param([6600, 6900, 7200, 7080, 6720, 115], "6900", id="hours among minutes"),
        pytest.param([115, 6900, 7200, 7080, 6720, 6600], "6900", id="hours among minutes, first of all"),
    ],
)
def test_a_time_in_another_unit_is_asked_about(values: list[float], expected: str) -> None:
    """A time sixty times the usual was counted in minutes, one of a sixtieth in hours; either is proposed as usual."""
    [(rule, _, proposal)] = asked("computer_hours", values)
    assert (rule, proposal) == ("E-UNIT", expected)


def test_a_count_has_no_unit_of_time() -> None:
    """A sixtieth of the usual number of people is a change, not hours."""
    assert [rule for rule, _, _ in asked("visits_onsite", [6600, 6900, 7200, 7080, 6720, 115])] == ["E-CHANGE"]
