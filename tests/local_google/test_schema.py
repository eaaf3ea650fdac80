"""Request bodies and parameters against the discovery documents, in Google's words."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.local_google import validation
from sheets_sync.local_google.discovery import methods
from sheets_sync.local_google.errors import ApiError


def checked(requests: Any) -> Any:
    return validation.body("sheets", "BatchUpdateSpreadsheetRequest", {"requests": requests}).get("requests")


def refused(body: Any, schema: str = "BatchUpdateSpreadsheetRequest") -> ApiError:
    with pytest.raises(ApiError) as caught:
        validation.body("sheets", schema, body)
    assert caught.value.code == 400
    return caught.value


SHEET = "requests[0].add_sheet"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            {"requests": [{"addShet": {}}]},
            "Invalid JSON payload received. Unknown name \"addShet\" at 'requests[0]': Cannot find field.",
        ),
        ({"reqests": []}, 'Invalid JSON payload received. Unknown name "reqests": Cannot find field.'),
        (
            {"requests": [{"addSheet": {"properties": {"title": 5}}}]},
            f"Invalid value at '{SHEET}.properties.title' (TYPE_STRING), 5",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"index": "x"}}}]},
            f"Invalid value at '{SHEET}.properties.index' (TYPE_INT32), \"x\"",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"sheetId": 2**31}}}]},
            f"Invalid value at '{SHEET}.properties.sheet_id' (TYPE_INT32), 2147483648",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"hidden": "maybe"}}}]},
            f"Invalid value at '{SHEET}.properties.hidden' (TYPE_BOOL), \"maybe\"",
        ),
        (
            {"requests": [{"appendDimension": {"dimension": "ROW"}}]},
            (
                "Invalid value at 'requests[0].append_dimension.dimension' "
                '(type.googleapis.com/google.apps.sheets.v4.Dimension), "ROW"'
            ),
        ),
        (
            {"requests": ["repeatCell"]},
            (
                "Invalid value at 'requests[0]' "
                '(type.googleapis.com/google.apps.sheets.v4.BatchUpdateSpreadsheetRequest.Request), "repeatCell"'
            ),
        ),
        (
            {"requests": [{"addSheet": {"properties": []}}]},
            (
                f"Invalid JSON payload received. Unknown name \"properties\" at '{SHEET}': "
                "Proto field is not repeating, cannot start list."
            ),
        ),
        (
            {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
            "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
        ),
        (
            {"requests": [{"addSheet": {"properties": {"title": {}}}}]},
            f"Invalid value at '{SHEET}.properties.title' (TYPE_STRING), Starting an object on a scalar field",
        ),
    ],
)
def test_refuses_in_googles_words(body: Any, text: str) -> None:
    """Unknown names, wrong types and wrong enums are named with their place in the proto's spelling."""
    error = refused(body)
    assert error.message == text
    assert error.details[0]["fieldViolations"][0]["description"] == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ("x", "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"x\""),
        (["x"], "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"x\""),
        ([["x"], 5], "Invalid value at 'data.values[1]' (type.googleapis.com/google.protobuf.ListValue), 5"),
        (
            [{"nama": 1}],
            "Invalid JSON payload received. Unknown name \"nama\" at 'data.values[0]': Cannot find field.",
        ),
    ],
)
def test_rows_of_values_are_lists(values: Any, text: str) -> None:
    """A text, a number or an object in place of a row is refused; the body of a write is the field `data`."""
    assert refused({"values": values}, "ValueRange").message == text


def test_names_every_violation() -> None:
    """All that is wrong is said at once, each with its field."""
    error = refused({"requests": [{"x": 1}, {"addSheet": {"y": 1}}]})
    assert error.message.count("\n") == 1
    fields = [found["field"] for found in error.details[0]["fieldViolations"]]
    assert fields == ["requests[0]", "requests[1].add_sheet"]


def test_a_violation_of_the_body_itself_has_no_field() -> None:
    """At the root there is only a description."""
    assert refused({"x": 1}).details[0]["fieldViolations"] == [
        {"description": 'Invalid JSON payload received. Unknown name "x": Cannot find field.'}
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"add_sheet": {"properties": {"sheet_id": 5}}}, {"addSheet": {"properties": {"sheetId": 5}}}),
        ({"addSheet": {"properties": {"sheetId": "5"}}}, {"addSheet": {"properties": {"sheetId": 5}}}),
        ({"addSheet": {"properties": {"sheetId": 5.0}}}, {"addSheet": {"properties": {"sheetId": 5}}}),
        ({"addSheet": {"properties": {"hidden": "True"}}}, {"addSheet": {"properties": {"hidden": True}}}),
        ({"addSheet": {"properties": {"hidden": False, "title": None}}}, {"addSheet": {"properties": {}}}),
        ({"addSheet": {"properties": {"sheetId": 0}}}, {"addSheet": {"properties": {"sheetId": 0}}}),
        ({"deleteSheet": {"sheetId": 0}}, {"deleteSheet": {}}),
        ({"appendDimension": {"dimension": 1}}, {"appendDimension": {"dimension": "ROWS"}}),
    ],
)
def test_takes_what_googles_parser_takes(given: Any, kept: Any) -> None:
    """Both spellings, numbers as text, whole floats, null as unset; and zero where proto3 can tell it from unset."""
    assert checked([given]) == [kept]


def test_takes_a_single_value_and_nested_lists_where_a_list_is_expected() -> None:
    """`requests: {…}` and `requests: [[{…}]]` are lists of one request."""
    one = {"deleteSheet": {"sheetId": 5}}
    assert checked(one) == checked([[one]]) == [one]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            ("foo", "1"),
            (
                'Invalid JSON payload received. Unknown name "foo": Cannot bind query parameter. '
                "Field 'foo' could not be found in request message."
            ),
        ),
        (("includeGridData", "perhaps"), "Invalid value at 'include_grid_data' (TYPE_BOOL), \"perhaps\""),
        (
            ("commentsViewMode", "ALL"),
            (
                "Invalid value at 'comments_view_mode' "
                '(type.googleapis.com/google.apps.sheets.v4.CommentsViewMode), "ALL"'
            ),
        ),
    ],
)
def test_refuses_parameters_in_googles_words(query: tuple[str, str], text: str) -> None:
    """A query parameter that is unknown or of the wrong type is named."""
    get = next(method for method in methods() if method.id == "sheets.spreadsheets.get")
    with pytest.raises(ApiError) as caught:
        validation.parameters("sheets", get.params, [query])
    assert caught.value.message == text


def test_parameters_have_their_types() -> None:
    """Booleans in any case, repeated ones as lists."""
    get = next(method for method in methods() if method.id == "sheets.spreadsheets.get")
    given = [("includeGridData", "True"), ("ranges", "A1"), ("ranges", "B2"), ("prettyPrint", "false")]
    kept = validation.parameters("sheets", get.params, given)
    assert kept == {"includeGridData": True, "ranges": ["A1", "B2"], "prettyPrint": False}


def test_a_mask_of_unknown_fields_is_refused() -> None:
    """The path that the answer does not have is named in a field violation."""
    with pytest.raises(ApiError) as caught:
        validation.mask("sheets", "Spreadsheet", "sheets(properties(foo))")
    violation = {
        "field": "sheets.properties.foo",
        "description": "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.properties.foo'.",
    }
    assert caught.value.message == "Request contains an invalid argument."
    assert caught.value.details[0]["fieldViolations"] == [violation]


@pytest.mark.parametrize("content", [b'{"a": NaN}', b'{"a": 1', b"[1]", b"nonsense"])
def test_refuses_what_is_not_a_json_object(content: bytes) -> None:
    """NaN is no JSON; neither is half an object, and a body is an object."""
    with pytest.raises(ApiError) as caught:
        validation.parse_json(content, "sheets")
    assert caught.value.message.startswith("Invalid JSON payload received. Unexpected ")
    assert caught.value.message.endswith("^")


def test_drive_ignores_what_it_does_not_know() -> None:
    """Unknown names in a Drive body are dropped, as Drive does."""
    assert validation.body("drive", "File", {"name": "x", "nonsense": 1}) == {"name": "x"}


def test_a_field_mask_may_be_the_message_it_stands_for() -> None:
    """As Google's own samples send it."""
    clear = {"updateFilterView": {"filter": {}, "fields": {"paths": ["criteria", "title"]}}}
    assert checked([clear])[0]["updateFilterView"]["fields"] == "criteria,title"
