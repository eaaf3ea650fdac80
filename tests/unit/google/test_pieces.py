"""JSON taken piece by piece says what Python's own reader says."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.google.pieces import Taker, decode, item, raw_item

NAMES = st.sampled_from(["sheets", "inner", "rows", "", "ü"]) | st.text(max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
PATHS = ("sheets", "inner.sheets", "sheets.rows", "inner.sheets.rows.sheets")


def marked(text: str, at: int) -> tuple[str, int]:
    """An item as a text of it."""
    value, end = raw_item(text, at)
    return f"<{value}>", end


def inside(text: str, at: int) -> tuple[Any, int]:
    """An item whose rows are marked."""
    return item(text, at, {"rows": marked})


@given(VALUES, st.sampled_from([None, 1]), st.booleans(), st.sets(st.sampled_from(PATHS)))
def test_it_says_what_pythons_reader_says(value: Any, indent: int | None, ascii_only: bool, paths: set[str]) -> None:
    """Whatever is nested in whatever, with white space or without, whichever lists are taken: the value is the same."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert decode(text, dict.fromkeys(paths, raw_item)) == json.loads(text)


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
    """Lists of that path from the outermost object; no others."""
    expected = said or {"inner": {"sheets": ["<[1]>"], "b": []}, "c": {"sheets": [1]}}
    assert decode(text, {"sheets": marked, "inner.sheets": marked}) == expected


@pytest.mark.parametrize("takers", [{"sheets": inside}, {"sheets.rows": marked}], ids=["by its sheet", "by its path"])
def test_items_are_taken_inside_of_items(takers: dict[str, Taker]) -> None:
    """A list in each of the objects that a list holds, and nowhere else."""
    text = '{"sheets": [{"rows": [1, [2]], "more": {"rows": [3]}}, 4, {"rows": 5}], "rows": [6]}'
    said = {"sheets": [{"rows": ["<1>", "<[2]>"], "more": {"rows": [3]}}, 4, {"rows": 5}], "rows": [6]}
    assert decode(text, takers) == said


WRONG = ("", " ", "{", "[", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{1:2}", "{} {}", '{"sheets":[1', "x")


@pytest.mark.parametrize(
    "text", [*WRONG, '{"sheets":[1,]}', '{"sheets":[1 2]}', '{"a" 1}', '{"a":1 "b":2}', '{"sheets":[,]}']
)
def test_what_is_no_json_is_refused(text: str) -> None:
    """Cut off anywhere, or with something wrong in between: Python's own reader refuses it, and so does this."""
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    with pytest.raises(json.JSONDecodeError):
        decode(text, {"sheets": raw_item})
