"""JSON taken piece by piece says what Python's own reader says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.google.pieces import decode

NAMES = st.sampled_from(["sheets", "inner", "rows", "", "ü"]) | st.text(max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_it_says_what_pythons_reader_says(value: Any, indent: int | None, ascii_only: bool) -> None:
    """Whatever is nested in whatever, with white space or without: the value is the same."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert decode(text, "sheets", lambda item: item, inside=("inner",)) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"sheets": [1, 2]}', {"sheets": ["<1>", "<2>"]}),
        ('{"sheets": [ ]}', {"sheets": []}),
        ('{"sheets": {"a": 1}}', {"sheets": {"a": 1}}),
        ('{"inner": {"sheets": [[1]], "b": []}, "c": {"sheets": [1]}}', None),
        ('[{"sheets": [1]}]', [{"sheets": [1]}]),
    ],
)
def test_only_items_of_the_lists_that_were_named_are_pieces(text: str, said: Any) -> None:
    """Lists of that name in the outermost object and in those named; no others."""
    expected = said or {"inner": {"sheets": ["<[1]>"], "b": []}, "c": {"sheets": [1]}}
    assert decode(text, "sheets", lambda item: f"<{item}>", inside=("inner",)) == expected


WRONG = ("", " ", "{", "[", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{1:2}", "{} {}", '{"sheets":[1', "x")


@pytest.mark.parametrize(
    "text", [*WRONG, '{"sheets":[1,]}', '{"sheets":[1 2]}', '{"a" 1}', '{"a":1 "b":2}', '{"sheets":[,]}']
)
def test_what_is_no_json_is_refused(text: str) -> None:
    """Cut off anywhere, or with something wrong in between: Python's own reader refuses it, and so does this."""
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    with pytest.raises(json.JSONDecodeError):
        decode(text, "sheets", lambda item: item)
