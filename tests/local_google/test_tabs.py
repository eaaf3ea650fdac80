"""Requests for whole sheets and for the spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range


def titles(book: Book) -> list[str]:
    return [sheet["properties"]["title"] for sheet in book.get("sheets.properties.title")["sheets"]]


def add(book: Book, title: str = "", **properties: Any) -> int:
    given = properties | ({"title": title} if title else {})
    (reply,) = book.batch({"addSheet": {"properties": given}})
    return int(reply["addSheet"]["properties"]["sheetId"])


def update(fields: str, **properties: Any) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def test_a_sheet_is_added_at_the_end_with_a_random_id(book: Book) -> None:
    """The reply has its properties in full."""
    (reply,) = book.batch({"addSheet": {"properties": {"gridProperties": {"rowCount": 5}}}})
    properties = reply["addSheet"]["properties"]
    assert properties["sheetId"] > 0
    assert properties["title"] == "Sheet2"
    assert properties["index"] == 1
    assert properties["gridProperties"] == {"rowCount": 5, "columnCount": 26}


def test_a_sheet_is_added_where_it_is_wanted(book: Book) -> None:
    """The field index 0 puts it first."""
    add(book, "Awal", index=0, sheetId=42)
    assert titles(book) == ["Awal", "Sheet1"]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ({"title": "sheet1"}, 'A sheet with the name "sheet1" already exists. Please enter another name.'),
        ({"sheetId": 0}, "Sheet with id 0 already exists"),
        ({"title": "x" * 101}, "The sheet name cannot be greater than 100 characters."),
        (
            {"gridProperties": {"rowCount": 1_000_000, "columnCount": 26}},
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        ),
        (
            {"gridProperties": {"rowCount": 1, "columnCount": 18_279}},
            "This action would increase the number of columns in the sheet above the limit of 18278 columns.",
        ),
        (
            {"gridProperties": {"rowCount": 2, "frozenRowCount": 2}},
            "You can't freeze all visible rows on the sheet.",
        ),
    ],
)
def test_a_sheet_that_can_not_be_is_refused(book: Book, properties: Any, text: str) -> None:
    """Titles and ids are unique, a workbook has ten million cells."""
    assert book.refusal({"addSheet": {"properties": properties}}) == f"Invalid requests[0].addSheet: {text}"


def test_the_last_sheet_can_not_be_deleted_nor_hidden(book: Book) -> None:
    """A document shows at least one sheet."""
    assert book.refusal({"deleteSheet": {"sheetId": 0}}) == (
        "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document."
    )
    assert book.refusal(update("hidden", sheetId=0, hidden=True)) == (
        "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document."
    )
    add(book, "Rahasia", hidden=True)
    assert "all the visible sheets" in book.refusal({"deleteSheet": {"sheetId": 0}})


def test_what_stood_on_a_deleted_sheet_goes_with_it(book: Book) -> None:
    """Named ranges go, formulas that looked there show #REF!."""
    gone = add(book, "Data")
    book.put("Data!A1", [[5]])
    book.put("Sheet1!A1", [["=Data!A1"]])
    book.batch({"addNamedRange": {"namedRange": {"name": "lima", "range": grid_range(0, 0, 1, 1, gone)}}})
    book.batch({"deleteSheet": {"sheetId": gone}})
    assert "namedRanges" not in book.get()
    assert book.values("A1") == [["#REF!"]]
    assert book.cell("A1")["effectiveValue"]["errorValue"]["type"] == "REF"


def test_a_renamed_sheet_is_followed_by_formulas(book: Book) -> None:
    """References say the new title, quoted if need be."""
    other = add(book, "Data")
    book.put("Sheet1!A1", [["=Data!B2+1"]])
    book.batch(update("title", sheetId=other, title="Data Baru"))
    assert book.formulas("A1") == [["='Data Baru'!B2+1"]]


def test_a_title_that_is_taken_or_empty_is_refused(book: Book) -> None:
    """The sheet keeps its title."""
    add(book, "Data")
    taken = book.refusal(update("title", sheetId=0, title="DATA"))
    empty = book.refusal(update("title", sheetId=0))
    assert taken.endswith('A sheet with the name "DATA" already exists. Please enter another name.')
    assert empty.endswith("The sheet name cannot be empty.")


@pytest.mark.parametrize(
    ("moved", "index", "expected"),
    [("A", 2, "BACD"), ("A", 1, "ABCD"), ("A", 4, "BCDA"), ("D", 0, "DABC"), ("C", 1, "ACBD"), ("B", 3, "ACBD")],
)
def test_an_index_counts_as_it_was_before_the_move(book: Book, moved: str, index: int, expected: str) -> None:
    """To put S1 before S3 of three sheets its index is 2, as the reference says."""
    book.batch(update("title", sheetId=0, title="A"))
    ids = {"A": 0} | {letter: add(book, letter) for letter in "BCD"}
    book.batch(update("index", sheetId=ids[moved], index=index))
    assert "".join(titles(book)) == expected


def test_frozen_rows_gridlines_and_tab_colours_are_kept(book: Book) -> None:
    """A colour is told in both notations; what is cleared is gone."""
    grid = {"frozenRowCount": 1, "hideGridlines": True}
    book.batch(
        update("gridProperties(frozenRowCount,hideGridlines),tabColor", gridProperties=grid, tabColor={"red": 1})
    )
    properties = book.sheet("properties")
    assert properties["gridProperties"] == {"rowCount": 1000, "columnCount": 26} | grid
    assert properties["tabColorStyle"] == {"rgbColor": {"red": 1}}
    book.batch(update("gridProperties.frozenRowCount,gridProperties.hideGridlines,tabColorStyle", sheetId=0))
    assert book.sheet("properties") == {
        "sheetId": 0,
        "title": "Sheet1",
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
    }


def test_a_smaller_grid_loses_what_lay_beyond(book: Book) -> None:
    """Cells, merges and references beyond the new end go."""
    book.put("A1:A3", [["=A3"], [2], [3]])
    book.batch({"mergeCells": {"range": grid_range(1, 1, 3, 2), "mergeType": "MERGE_ALL"}})
    book.batch(update("gridProperties(rowCount,columnCount)", gridProperties={"rowCount": 2, "columnCount": 3}))
    assert book.values("A1:C2") == [["#REF!"], [2]]
    assert book.sheet("merges") is None


def test_a_duplicate_has_ids_of_its_own(book: Book) -> None:
    """Cells, merges and rules are copied; what pointed into the source points into the copy."""
    book.put("A1:B1", [[1, "=A1"]])
    rule = {"ranges": [grid_range(0, 0, 1, 1)], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    (_, _, reply) = book.batch(
        {"mergeCells": {"range": grid_range(2, 0, 4, 1)}},
        {"addConditionalFormatRule": {"rule": rule}},
        {"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1, "newSheetId": 9, "newSheetName": "Kembar"}},
    )
    assert reply["duplicateSheet"]["properties"]["sheetId"] == 9
    assert titles(book) == ["Sheet1", "Kembar"]
    copy = book.get()["sheets"][1]
    assert copy["merges"] == [grid_range(2, 0, 4, 1, 9)]
    assert copy["conditionalFormats"][0]["ranges"] == [grid_range(0, 0, 1, 1, 9)]
    book.put("Kembar!A1", [[7]])
    assert book.values("Kembar!B1") == [[7]]
    assert book.values("Sheet1!B1") == [[1]]


def test_an_unnamed_duplicate_is_called_copy_of(book: Book) -> None:
    """And the second one is numbered; in an Indonesian workbook it says "Salinan dari"."""
    first, second = book.batch({"duplicateSheet": {"sourceSheetId": 0}}, {"duplicateSheet": {"sourceSheetId": 0}})
    assert first["duplicateSheet"]["properties"]["title"] == "Copy of Sheet1"
    assert second["duplicateSheet"]["properties"]["title"] == "Copy of Sheet1 2"
    locale = {"properties": {"locale": "in_ID"}, "fields": "locale"}
    _, third = book.batch({"updateSpreadsheetProperties": locale}, {"duplicateSheet": {"sourceSheetId": 0}})
    assert third["duplicateSheet"]["properties"]["title"] == "Salinan dari Sheet1"


def test_a_new_title_is_the_name_of_the_file(book: Book) -> None:
    """Drive and Sheets have one name."""
    change = {"properties": {"title": "Nama baru"}, "fields": "title"}
    book.batch({"updateSpreadsheetProperties": change})
    assert book.client.ok("GET", f"/drive/v3/files/{book.id}")["name"] == "Nama baru"


def test_a_new_locale_shows_numbers_its_own_way(book: Book) -> None:
    """1.5 shows as 1,5 in Indonesia."""
    book.put("A1", [[1.5]], "RAW")
    assert book.values("A1", "FORMATTED_VALUE") == [["1.5"]]
    change = {"properties": {"locale": "in_ID"}, "fields": "locale"}
    book.batch({"updateSpreadsheetProperties": change})
    assert book.values("A1", "FORMATTED_VALUE") == [["1,5"]]


@pytest.mark.parametrize(
    ("properties", "fields", "text"),
    [
        ({"locale": "xx"}, "locale", "Unsupported locale: xx"),
        ({"timeZone": "Mars/Base"}, "timeZone", "Unknown timezone: Mars/Base"),
        ({}, "title", "The spreadsheet title cannot be empty."),
    ],
)
def test_a_spreadsheet_has_a_title_a_locale_and_a_home(book: Book, properties: Any, fields: str, text: str) -> None:
    """What does not exist is refused."""
    change = {"updateSpreadsheetProperties": {"properties": properties, "fields": fields}}
    assert book.refusal(change) == f"Invalid requests[0].updateSpreadsheetProperties: {text}"
