"""What is sent to Google is JSON, whoever writes it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.google.transport import encoded

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_a_body_says_what_it_was_made_of(body: dict[str, Any]) -> None:
    """Read back it is the same."""
    assert json.loads(encoded(body)) == body


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "half \ud83d", "\ud83d NaN", "é 😀 \x00"])
def test_a_text_is_sent_as_it_is(text: str) -> None:
    """Also one that looks like no number, and half of a character."""
    assert json.loads(encoded({"a": [text]})) == {"a": [text]}


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_sent(number: float) -> None:
    """Google would refuse all of the write and name no cell."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        encoded({"a": [{"b": number}]})
