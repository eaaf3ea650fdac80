"""Times as people here write them: 08.00, 8, 08:00."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML

from sheets_sync.config.time_of_day import TimeOfDay
from sheets_sync.reports.options import ReminderOptions

TIME = TypeAdapter[time](TimeOfDay)


def typed(text: str) -> object:
    """What YAML makes of it."""
    return YAML(typ="rt").load(f"at: {text}")["at"]


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from([".", ":"]), st.booleans(), st.booleans())
def test_every_time_is_understood_however_it_is_written(
    hour: int, minute: int, mark: str, padded: bool, quoted: bool
) -> None:
    """With a dot or a colon, with or without a leading zero, as a number or a text: the same time."""
    text = f"{hour:02}{mark}{minute:02}" if padded else f"{hour}{mark}{minute:02}"
    assert TIME.validate_python(typed(f'"{text}"' if quoted else text)) == time(hour, minute)


@given(st.integers(0, 23))
def test_a_bare_number_is_the_hour(hour: int) -> None:
    """`8` is eight o'clock, not eight seconds past midnight."""
    assert TIME.validate_python(typed(str(hour))) == time(hour)


@pytest.mark.parametrize(
    "text", ["8.5", "16.0", "24", "24.00", "8.60", "-8", "1e1", "true", "28800", "pagi", "8 am", "", "[8]"]
)
def test_what_is_no_time_is_asked_about(text: str) -> None:
    """Nothing is guessed: half past eight or five past, a second of the day, a word."""
    with pytest.raises(ValidationError):
        TIME.validate_python(typed(text))


@pytest.mark.parametrize(("first", "last"), [(time(16), time(8)), (time(8), time(8))])
def test_reminders_need_some_hours_of_the_day(first: time, last: time) -> None:
    """A span that ends before it begins would never come: no reminder would ever go out."""
    with pytest.raises(ValidationError):
        ReminderOptions(from_time=first, until_time=last)
