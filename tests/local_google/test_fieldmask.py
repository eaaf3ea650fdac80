"""Field masks: every notation means the same tree."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.local_google.fieldmask import ALL, Exact, MaskError, camel, parse

VALUE = {"a": {"b": 1, "c": [{"d": 2, "e": 3}, {"e": 4}]}, "f": 5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*", VALUE),
        ("f", {"f": 5}),
        ("a.b,f", {"a": {"b": 1}, "f": 5}),
        ("a/b", {"a": {"b": 1}}),
        ("a(b,c/d)", {"a": {"b": 1, "c": [{"d": 2}, {}]}}),
        ("a(b),a(c(e))", {"a": {"b": 1, "c": [{"e": 3}, {"e": 4}]}}),
        ("a.*", {"a": VALUE["a"]}),
        ("a,a.b", {"a": VALUE["a"]}),
        ("a.b,a", {"a": VALUE["a"]}),
        (" a . b , f ", {"a": {"b": 1}, "f": 5}),
        ("z", {}),
    ],
)
def test_cuts_what_the_mask_does_not_name(text: str, expected: Any) -> None:
    """Dots, slashes and parentheses say the same; a whole wins over its parts."""
    assert parse(text).cut(VALUE) == expected


@pytest.mark.parametrize("text", ["", "a,", "a(b", "a)b", "a..b", ",", "a b", "a.1", "(a)"])
def test_refuses_what_is_no_mask(text: str) -> None:
    """A text that spells no mask is told apart from an empty answer."""
    with pytest.raises(MaskError):
        parse(text)


def test_reads_the_spelling_of_the_protos_too() -> None:
    """user_entered_value is userEnteredValue."""
    assert parse("user_entered_value") == parse("userEnteredValue")
    assert camel("user_entered_value") == "userEnteredValue"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*", {"b": 7}),
        ("a", {"b": 1}),
        ("b", {"a": {"x": 1, "y": 2}, "b": 7}),
        ("a.x", {"a": {"y": 2}, "b": 1}),
        ("a.y", {"a": {"x": 1}, "b": 1}),
        ("a.z,b", {"a": {"x": 1, "y": 2}, "b": 7}),
    ],
)
def test_an_update_takes_what_the_mask_names_and_clears_what_is_not_given(text: str, expected: Any) -> None:
    """A named field that the new object lacks is cleared, others stay."""
    assert parse(text).take({"a": {"x": 1, "y": 2}, "b": 1}, {"b": 7}) == expected


def test_what_was_built_for_the_mask_is_not_cut_again() -> None:
    """Exact objects pass as they are."""
    assert parse("a.b").cut({"a": Exact(c=1)}) == {"a": {"c": 1}}


def test_everything_is_in_the_mask_of_everything() -> None:
    """ALL holds every name at every depth."""
    assert "x" in ALL
    assert ALL["x"]["y"] is ALL
