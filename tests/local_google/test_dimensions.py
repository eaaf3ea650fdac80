"""Rows and columns: insert, delete, move, append, hide, resize; and everything that follows them."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range, insert_lines, lines


def delete(dimension: str, start: int, end: int) -> dict[str, Any]:
    return {"deleteDimension": {"range": lines(dimension, start, end)}}


def move(start: int, end: int, to: int) -> dict[str, Any]:
    source = {"dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {"moveDimension": {"source": source, "destinationIndex": to}}


def furnished(book: Book) -> Book:
    """A book in which something stands at row 3 (index 2) and column B: value, note, merge, rules, a chart, a name, a comment."""
    book.put("A1:C5", [["h", "i", "j"], [1, 2, 3], [4, 5, "=SUM(A2:B3)"], [7, 8, 9], ["=B3", "=$B$2:B4", ""]])
    at = grid_range(2, 1, 3, 2)
    chart = {"spec": {"pieChart": {"domain": {"sourceRange": {"sources": [grid_range(1, 1, 4, 2)]}}}}}
    metadata = {"metadataKey": "baris", "visibility": "DOCUMENT", "location": {"dimensionRange": lines("ROWS", 2, 3)}}
    book.batch(
        {"updateCells": {"range": at, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}},
        {"mergeCells": {"range": grid_range(5, 1, 7, 3)}},
        {"addNamedRange": {"namedRange": {"name": "tengah", "range": at}}},
        {"addProtectedRange": {"protectedRange": {"range": grid_range(2, 0, 4, 3), "warningOnly": True}}},
        {
            "addConditionalFormatRule": {
                "rule": {
                    "ranges": [grid_range(2, 0, 3, 3)],
                    "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}},
                }
            }
        },
        {"addChart": {"chart": chart | {"position": {"overlayPosition": {"anchorCell": {"rowIndex": 8}}}}}},
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"insertComment": {"coordinate": {"rowIndex": 2, "columnIndex": 1}, "content": "kenapa?"}},
    )
    return book


def where(book: Book) -> dict[str, Any]:
    """Where the furniture stands now."""
    found = book.get(commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    sheet = found["sheets"][0]
    chart = sheet["charts"][0]
    return {
        "merge": sheet.get("merges", [None])[0],
        "name": found.get("namedRanges", [{}])[0].get("range"),
        "protected": sheet.get("protectedRanges", [{}])[0].get("range"),
        "rule": sheet.get("conditionalFormats", [{"ranges": []}])[0]["ranges"],
        "source": chart["spec"]["pieChart"]["domain"]["sourceRange"].get("sources"),
        "anchor": chart["position"]["overlayPosition"]["anchorCell"],
        "comment": sheet.get("commentAnchors", [{}])[0].get("range"),
    }


def area(top: int, left: int, bottom: int, right: int) -> dict[str, int]:
    return {name: value for name, value in grid_range(top, left, bottom, right).items() if name != "sheetId"}


def test_inserted_rows_push_everything_down(book: Book) -> None:
    """Values, notes, merges, names, protections, rules, charts, metadata and comments move; formulas follow."""
    furnished(book).batch(insert_lines("ROWS", 2, 4))
    assert where(book) == {
        "merge": area(7, 1, 9, 3),
        "name": area(4, 1, 5, 2),
        "protected": area(4, 0, 6, 3),
        "rule": [area(4, 0, 5, 3)],
        "source": [area(1, 1, 6, 2)],
        "anchor": {"rowIndex": 10},
        "comment": area(4, 1, 5, 2),
    }
    assert book.cell("B5")["note"] == "n"
    assert book.formulas("A1:C7")[4:] == [[4, 5, "=SUM(A2:B5)"], [7, 8, 9], ["=B5", "=$B$2:B6"]]
    assert book.sheet("properties")["gridProperties"]["rowCount"] == 1002


def test_deleted_rows_take_along_what_stood_in_them(book: Book) -> None:
    """What was only there is gone, references to it are #REF!, larger ranges shrink, a comment loses its place."""
    furnished(book).batch(delete("ROWS", 2, 3))
    assert where(book) == {
        "merge": area(4, 1, 6, 3),
        "name": None,
        "protected": area(2, 0, 3, 3),
        "rule": [],
        "source": [area(1, 1, 3, 2)],
        "anchor": {"rowIndex": 7},
        "comment": None,
    }
    assert book.formulas("A1:C5") == [["h", "i", "j"], [1, 2, 3], [7, 8, 9], ["=#REF!", "=$B$2:B3"]]
    found = book.get("comments,developerMetadata", commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    assert len(found["comments"]) == 1
    assert "sheets" not in book.get(
        "sheets.data.rowMetadata.developerMetadata,spreadsheetId", ranges="A1:A9"
    ) or not any(
        row for row in book.get("sheets.data.rowMetadata.developerMetadata")["sheets"][0]["data"][0]["rowMetadata"]
    )


def test_moved_rows_are_followed_by_what_pointed_at_them(book: Book) -> None:
    """Row 3 moves below row 4: its name, comment and references go along."""
    furnished(book).batch({"moveDimension": {"source": lines("ROWS", 2, 3), "destinationIndex": 4}})
    found = where(book)
    assert found["name"] == area(3, 1, 4, 2)
    assert found["comment"] == area(3, 1, 4, 2)
    assert book.values("A3:A4") == [[7], [4]]
    assert book.cell("B4")["note"] == "n"
    assert book.formulas("A5") == [["=B4"]]


def test_inserted_and_deleted_columns_do_the_same_sideways(book: Book) -> None:
    """Column B gets a neighbour before it, and then goes."""
    furnished(book).batch(insert_lines("COLUMNS", 1, 2))
    assert where(book)["name"] == area(2, 2, 3, 3)
    assert book.formulas("A3:D5")[0][3] == "=SUM(A2:C3)"
    book.batch(delete("COLUMNS", 2, 3))
    assert where(book)["name"] is None
    assert where(book)["merge"] == area(5, 2, 7, 3)
    assert book.formulas("A5") == [["=#REF!"]]


def test_the_order_of_the_reference_s_example_comes_out(book: Book) -> None:
    """0, 1, 2, 3, 4 with [1..3) moved before index 4 is 0, 3, 1, 2, 4."""
    book.put("A1:A5", [[n] for n in range(5)])
    book.batch({"moveDimension": {"source": lines("ROWS", 1, 3), "destinationIndex": 4}})
    assert [row[0] for row in book.values("A1:A5")] == [0, 3, 1, 2, 4]


def test_new_rows_look_like_their_neighbours(book: Book) -> None:
    """Those after them, or before them if that is asked for; without values and notes."""
    for row, color in ((0, "red"), (1, "green")):
        look = {"userEnteredFormat": {"backgroundColor": {color: 1}}, "note": "n"}
        place = grid_range(row, 0, row + 1, 1)
        book.batch({"repeatCell": {"range": place, "cell": look, "fields": "userEnteredFormat,note"}})
    book.batch(insert_lines("ROWS", 1, 2, before=True), insert_lines("ROWS", 2, 3))
    found = [book.cell(f"A{row}") for row in range(1, 5)]
    assert [cell["userEnteredFormat"]["backgroundColor"] for cell in found] == [
        {"red": 1},
        {"red": 1},
        {"green": 1},
        {"green": 1},
    ]
    assert ["note" in cell for cell in found] == [True, False, False, True]


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (
            delete("ROWS", 1000, 1001),
            (
                "deleteDimension: Cannot delete a row that doesn't exist. "
                "Tried to delete row index 1000 but there are only 1000 rows."
            ),
        ),
        (
            delete("COLUMNS", 20, 27),
            (
                "deleteDimension: Cannot delete a column that doesn't exist. "
                "Tried to delete column index 26 but there are only 26 columns."
            ),
        ),
        (delete("ROWS", 0, 1000), "deleteDimension: You can't delete all the rows on the sheet."),
        (
            insert_lines("ROWS", 1000, 1001),
            (
                "insertDimension: range.startIndex[1000] must be less than the grid size (1000) "
                "if inheritFromBefore is false."
            ),
        ),
        ({"appendDimension": {"sheetId": 9, "dimension": "ROWS", "length": 1}}, "appendDimension: No grid with id: 9"),
        (
            {"appendDimension": {"dimension": "ROWS", "length": 1_000_000}},
            (
                "appendDimension: This action would increase the number of cells in the workbook "
                "above the limit of 10000000 cells."
            ),
        ),
        (move(1, 2, 1), "moveDimension: destinationIndex[1] must be outside the requested range[1-2]"),
        (move(1, 2, 1001), "moveDimension: destinationIndex[1001] is after last row[1000]"),
    ],
)
def test_what_is_not_there_can_not_be_changed(book: Book, request_: Any, text: str) -> None:
    """Rows and columns outside of the grid are refused in Google's words."""
    assert book.refusal(request_) == f"Invalid requests[0].{text}"


def test_all_rows_that_are_not_frozen_can_not_be_deleted(book: Book) -> None:
    """At least one row stays that scrolls."""
    frozen = {"properties": {"gridProperties": {"frozenRowCount": 1}}, "fields": "gridProperties.frozenRowCount"}
    book.batch({"updateSheetProperties": frozen})
    text = book.refusal(delete("ROWS", 1, 1000))
    assert text.endswith("Sorry, it is not possible to delete all non-frozen rows.")


def test_frozen_rows_stay_frozen_when_some_are_inserted_or_deleted(book: Book) -> None:
    """Their number follows."""
    frozen = {"properties": {"gridProperties": {"frozenRowCount": 2}}, "fields": "gridProperties.frozenRowCount"}
    book.batch({"updateSheetProperties": frozen}, insert_lines("ROWS", 1, 3))
    assert book.sheet("properties")["gridProperties"]["frozenRowCount"] == 4
    book.batch(delete("ROWS", 0, 3))
    assert book.sheet("properties")["gridProperties"]["frozenRowCount"] == 1
    book.batch(delete("ROWS", 0, 1))
    assert "frozenRowCount" not in book.sheet("properties")["gridProperties"]


def test_appended_rows_are_empty(book: Book) -> None:
    """The grid grows at its end."""
    book.batch({"appendDimension": {"dimension": "COLUMNS", "length": 3}})
    assert book.sheet("properties")["gridProperties"]["columnCount"] == 29


def test_rows_are_hidden_and_shown_again(book: Book) -> None:
    """The field hiddenByUser is told with the row; false is the same as not told."""

    def hide(*, hidden: bool) -> None:
        change = {"range": lines("ROWS", 0, 1), "properties": {"hiddenByUser": hidden}, "fields": "hiddenByUser"}
        book.batch({"updateDimensionProperties": change})

    def metadata() -> Any:
        return book.get("sheets.data.rowMetadata", ranges="A1")["sheets"][0]["data"][0]["rowMetadata"]

    hide(hidden=True)
    assert metadata() == [{"pixelSize": 21, "hiddenByUser": True}]
    hide(hidden=False)
    assert metadata() == [{"pixelSize": 21}]


def test_a_column_is_made_as_wide_as_its_longest_text(book: Book) -> None:
    """The request autoResizeDimensions measures roughly; empty columns stay."""
    book.put("A1", [["x" * 40]])
    book.batch({"autoResizeDimensions": {"dimensions": lines("COLUMNS", 0, 2)}})
    columns = book.get("sheets.data.columnMetadata", ranges="A1:B1")["sheets"][0]["data"][0]["columnMetadata"]
    assert columns[0]["pixelSize"] > 200
    assert columns[1]["pixelSize"] == 100
