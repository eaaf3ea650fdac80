"""Named and protected ranges, conditional formats, validation, banding, filters."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range

AREA = grid_range(0, 0, 3, 2)
WITHOUT_SHEET = {name: value for name, value in AREA.items() if name != "sheetId"}


def test_a_named_range_is_added_changed_and_deleted(book: Book) -> None:
    """The reply brings its id."""
    (reply,) = book.batch({"addNamedRange": {"namedRange": {"name": "data", "range": AREA}}})
    named = reply["addNamedRange"]["namedRange"]
    assert named == {"name": "data", "range": WITHOUT_SHEET, "namedRangeId": named["namedRangeId"]}
    change = {"namedRangeId": named["namedRangeId"], "name": "angka"}
    book.batch({"updateNamedRange": {"namedRange": change, "fields": "name"}})
    assert book.get()["namedRanges"] == [named | {"name": "angka"}]
    book.batch({"deleteNamedRange": {"namedRangeId": named["namedRangeId"]}})
    assert "namedRanges" not in book.get()


@pytest.mark.parametrize("name", ["", "1x", "A1", "R1C1", "a b", "TRUE", "x" * 251])
def test_a_name_must_not_look_like_something_else(book: Book, name: str) -> None:
    """Cells, truth values, numbers and spaces are no names."""
    text = book.refusal({"addNamedRange": {"namedRange": {"name": name, "range": AREA}}})
    assert text == "Invalid requests[0].addNamedRange: The name given to this range is invalid."


def test_a_name_is_given_once(book: Book) -> None:
    """Case does not count."""
    add = {"addNamedRange": {"namedRange": {"name": "data", "range": AREA}}}
    book.batch(add)
    assert book.refusal(add) == (
        "Invalid requests[0].addNamedRange: Cannot add named range with name data, "
        "a named range with that name already exists."
    )
    assert book.refusal({"deleteNamedRange": {"namedRangeId": "x"}}).endswith("No named range with id: x")


def protect(book: Book, **given: Any) -> dict[str, Any]:
    (reply,) = book.batch({"addProtectedRange": {"protectedRange": {"range": AREA} | given}})
    return dict(reply["addProtectedRange"]["protectedRange"])


def test_a_protected_range_keeps_others_out(book: Book, owned: Book) -> None:
    """The owner protects, and is an editor unasked; another is refused in Google's words and does not see who may."""
    made = protect(owned, description="rumus", editors={"users": ["kepala@example.com"]})
    assert made["editors"] == {"users": ["kepala@example.com"]}
    text = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit."
    write = {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}
    assert book.refusal({"updateCells": write}) == f"Invalid requests[0].updateCells: {text}"
    outside = {"updateCells": write | {"start": {"rowIndex": 5}}}
    book.batch(outside)
    (seen,) = book.sheet("protectedRanges")
    assert "editors" not in seen
    assert "requestingUserCanEdit" not in seen
    (own,) = owned.sheet("protectedRanges")
    assert own["editors"] == {"users": ["kepala@example.com", owned.client.email]}
    assert own["requestingUserCanEdit"] is True


def test_a_warning_keeps_nobody_out(book: Book, owned: Book) -> None:
    """With warningOnly nobody else is named an editor, and everybody may."""
    made = protect(owned, warningOnly=True, editors={"users": ["kepala@example.com"]})
    assert made["editors"] == {}
    assert owned.sheet("protectedRanges")[0]["editors"] == {"users": [owned.client.email]}
    book.batch({"updateCells": {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}})
    assert book.cell("A1")["note"] == "x"


def test_a_protected_sheet_may_leave_ranges_open(book: Book, owned: Book) -> None:
    """Unprotected ranges belong to protected sheets only."""
    protect(owned, range={"sheetId": 0}, unprotectedRanges=[grid_range(1, 1, 5, 5)])
    note = {"rows": [{"values": [{"note": "x"}]}], "fields": "note"}
    book.batch({"updateCells": note | {"start": {"rowIndex": 2, "columnIndex": 2}}})
    assert "protected" in book.refusal({"updateCells": note | {"start": {}}})
    text = owned.refusal({"addProtectedRange": {"protectedRange": {"range": AREA, "unprotectedRanges": [AREA]}}})
    assert text.endswith("Unprotected ranges are only supported on protected sheets.")


def test_a_protection_is_changed_and_taken_away(owned: Book) -> None:
    """By those who may edit it."""
    made = protect(owned)
    change = {"protectedRangeId": made["protectedRangeId"], "description": "baru"}
    owned.batch({"updateProtectedRange": {"protectedRange": change, "fields": "description"}})
    assert owned.sheet("protectedRanges")[0]["description"] == "baru"
    owned.batch({"deleteProtectedRange": {"protectedRangeId": made["protectedRangeId"]}})
    assert owned.sheet("protectedRanges") is None


def boolean(kind: str = "NOT_BLANK", *values: str) -> dict[str, Any]:
    condition: dict[str, Any] = {"type": kind}
    if values:
        condition["values"] = [{"userEnteredValue": value} for value in values]
    return {"ranges": [AREA], "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}}}


def test_rules_are_added_moved_replaced_and_deleted(book: Book) -> None:
    """The first rule wins, so new ones come first unless an index is given."""

    def kinds() -> list[str]:
        return [rule["booleanRule"]["condition"]["type"] for rule in book.sheet("conditionalFormats") or []]

    book.batch(
        {"addConditionalFormatRule": {"rule": boolean("NOT_BLANK")}},
        {"addConditionalFormatRule": {"rule": boolean("NUMBER_GREATER", "5")}},
        {"addConditionalFormatRule": {"rule": boolean("BLANK"), "index": 2}},
    )
    assert kinds() == ["NUMBER_GREATER", "NOT_BLANK", "BLANK"]
    (moved,) = book.batch({"updateConditionalFormatRule": {"sheetId": 0, "index": 2, "newIndex": 0}})
    assert kinds() == ["BLANK", "NUMBER_GREATER", "NOT_BLANK"]
    assert moved["updateConditionalFormatRule"]["oldIndex"] == 2
    (replaced,) = book.batch({"updateConditionalFormatRule": {"index": 1, "rule": boolean("TEXT_EQ", "x")}})
    assert set(replaced["updateConditionalFormatRule"]) == {"newRule", "oldRule", "newIndex", "oldIndex"}
    (deleted,) = book.batch({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})
    assert deleted["deleteConditionalFormatRule"]["rule"]["booleanRule"]["condition"]["type"] == "BLANK"
    assert kinds() == ["TEXT_EQ", "NOT_BLANK"]


POINT = {"colorStyle": {"rgbColor": {"red": 1}}}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"ranges": [AREA]}, "No rule specified."),
        (boolean("ONE_OF_LIST", "x"), "ConditionType 'ONE_OF_LIST' is not supported in conditional formats."),
        (
            boolean("NUMBER_GREATER"),
            "ConditionType 'NUMBER_GREATER' requires 1 ConditionValues but 0 values are present.",
        ),
        (
            {"ranges": [AREA], "gradientRule": {"minpoint": POINT | {"type": "MIN"}}},
            "No interpolationPointType specified.",
        ),
        (
            {"ranges": [AREA], "gradientRule": {"minpoint": POINT | {"type": "NUMBER"}}},
            "InterpolationPoint.value is required.",
        ),
        (
            {"ranges": [AREA], "gradientRule": {"minpoint": POINT | {"type": "NUMBER", "value": "x"}}},
            "Invalid InterpolationPoint.value: x",
        ),
    ],
)
def test_a_rule_that_can_not_be_is_refused(book: Book, rule: Any, text: str) -> None:
    """Conditions have their places and their values, colour scales both ends."""
    refusal = book.refusal({"addConditionalFormatRule": {"rule": rule}})
    assert refusal == f"Invalid requests[0].addConditionalFormatRule: {text}"


def test_a_colour_scale_keeps_no_value_at_its_extremes(book: Book) -> None:
    """MIN and MAX need none."""
    ends = {"minpoint": POINT | {"type": "MIN", "value": "2"}, "maxpoint": POINT | {"type": "MAX"}}
    book.batch({"addConditionalFormatRule": {"rule": {"ranges": [AREA], "gradientRule": ends}}})
    (rule,) = book.sheet("conditionalFormats")
    assert rule["gradientRule"]["minpoint"] == POINT | {"type": "MIN", "color": {"red": 1}}


def test_a_rule_that_is_not_there_is_named(book: Book) -> None:
    """By sheet and index."""
    text = "Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 3"
    assert book.refusal({"deleteConditionalFormatRule": {"sheetId": 0, "index": 3}}) == text


def test_validation_is_set_and_cleared_and_told_with_the_cell(book: Book) -> None:
    """Every cell of the range has the rule."""
    rule = {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ya"}]},
        "strict": True,
        "showCustomUi": True,
        "inputMessage": "pilih",
    }
    book.batch({"setDataValidation": {"range": AREA, "rule": rule}})
    assert book.cell("B3") == {"dataValidation": rule}
    book.batch({"setDataValidation": {"range": AREA}})
    assert book.cell("B3") == {}
    bad = {"range": AREA, "rule": {"condition": {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "x"}]}}}
    assert "is not supported in data validation" in book.refusal({"setDataValidation": bad})


def test_bands_are_added_changed_and_deleted_and_do_not_overlap(book: Book) -> None:
    """Colours in both notations."""
    rows = {"headerColor": {"red": 1}, "firstBandColor": {"green": 1}, "secondBandColor": {"blue": 1}}
    (reply,) = book.batch({"addBanding": {"bandedRange": {"range": AREA, "rowProperties": rows}}})
    banded = reply["addBanding"]["bandedRange"]
    assert banded["rowProperties"]["headerColorStyle"] == {"rgbColor": {"red": 1}}
    assert book.refusal({"addBanding": {"bandedRange": {"range": AREA, "rowProperties": rows}}}) == (
        "Invalid requests[0].addBanding: You cannot add alternating background colors to a range "
        "that already has alternating background colors."
    )
    change = {"bandedRangeId": banded["bandedRangeId"], "range": grid_range(0, 0, 9, 2)}
    book.batch({"updateBanding": {"bandedRange": change, "fields": "range"}})
    assert book.sheet("bandedRanges")[0]["range"]["endRowIndex"] == 9
    book.batch({"deleteBanding": {"bandedRangeId": banded["bandedRangeId"]}})
    assert book.sheet("bandedRanges") is None


@pytest.mark.parametrize(
    ("criteria", "hidden"),
    [
        ({"hiddenValues": ["3"]}, [2]),
        ({"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "2"}]}}, [1, 3]),
        ({"condition": {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "1"}]}}, [2, 3]),
        ({"condition": {"type": "NOT_BLANK"}}, [3]),
        ({"condition": {"type": "BLANK"}}, [1, 2]),
    ],
)
def test_a_basic_filter_hides_rows(book: Book, criteria: Any, hidden: list[int]) -> None:
    """Never the header; criteria are told in both notations; clearing shows all."""
    book.put("A1:A4", [["n"], [1], [3], [""]])
    area = grid_range(0, 0, 4, 1)
    book.batch({"setBasicFilter": {"filter": {"range": area, "criteria": {"0": criteria}}}})
    rows = book.get("sheets.data.rowMetadata", ranges="A1:A4")["sheets"][0]["data"][0]["rowMetadata"]
    assert [index for index, row in enumerate(rows) if row.get("hiddenByFilter")] == hidden
    found = book.sheet("basicFilter")
    assert found["criteria"] == {"0": criteria}
    assert found["filterSpecs"] == [{"columnIndex": 0, "filterCriteria": criteria}]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    assert book.sheet("basicFilter") is None


def test_a_filter_sorts_what_is_below_its_header(book: Book) -> None:
    """By its sort specs."""
    book.put("A1:A3", [["n"], [3], [1]])
    sort = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    book.batch({"setBasicFilter": {"filter": {"range": grid_range(0, 0, 3, 1), "sortSpecs": sort}}})
    assert book.values("A1:A3") == [["n"], [1], [3]]


def test_a_filter_over_nothing_said_covers_the_sheet(book: Book) -> None:
    """And follows inserted columns with its criteria."""
    area = {"range": {"sheetId": 0}, "criteria": {"1": {"hiddenValues": ["x"]}}}
    insert = {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}
    book.batch({"setBasicFilter": {"filter": area}}, {"insertDimension": insert})
    found = book.sheet("basicFilter")
    assert found["range"] == {"startRowIndex": 0, "endRowIndex": 1000, "startColumnIndex": 1, "endColumnIndex": 27}
    assert list(found["criteria"]) == ["2"]


def test_filter_views_are_added_copied_changed_and_deleted(book: Book) -> None:
    """They hide nothing for others."""
    (added,) = book.batch({"addFilterView": {"filter": {"title": "Kosong", "range": AREA}}})
    view = added["addFilterView"]["filter"]
    (copied,) = book.batch({"duplicateFilterView": {"filterId": view["filterViewId"]}})
    copy = copied["duplicateFilterView"]["filter"]
    assert copy["title"] == "Copy of Kosong"
    specs = [{"filterCriteria": {"hiddenValues": [""]}}]
    change = {"filterViewId": copy["filterViewId"], "filterSpecs": specs}
    book.batch({"updateFilterView": {"filter": change, "fields": "filterSpecs"}})
    assert book.sheet("filterViews")[1]["criteria"] == {"0": {"hiddenValues": [""]}}
    book.batch({"deleteFilterView": {"filterId": view["filterViewId"]}})
    assert [found["filterViewId"] for found in book.sheet("filterViews")] == [copy["filterViewId"]]
    assert "No filter view with id: 1" in book.refusal({"deleteFilterView": {"filterId": 1}})


def test_what_a_filter_can_not_do_here_is_said(book: Book) -> None:
    """Filters by colour or formula are 501, not ignored."""
    criteria = {"0": {"visibleBackgroundColor": {"red": 1}}}
    body = {"requests": [{"setBasicFilter": {"filter": {"range": AREA, "criteria": criteria}}}]}
    assert book.client.refused("POST", f"{book.path}:batchUpdate", body)[0] == 501
