"""Requests that write cells: updateCells, repeatCell, appendCells, borders, merges."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range


def number(value: float) -> dict[str, Any]:
    return {"userEnteredValue": {"numberValue": value}}


def rows(*lines: list[Any]) -> list[dict[str, Any]]:
    return [{"values": list(line)} for line in lines]


def test_values_formats_and_notes_travel_together(book: Book) -> None:
    """The request updateCells sets what the mask names, in one request."""
    cell = number(5) | {"note": "lihat", "userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch({"updateCells": {"start": {"rowIndex": 1}, "rows": rows([cell]), "fields": "*"}})
    found = book.cell("A2")
    assert found["note"] == "lihat"
    assert found["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert found["effectiveFormat"]["textFormat"]["bold"] is True
    assert found["formattedValue"] == "5"


def test_a_range_is_cleared_where_the_rows_do_not_cover_it(book: Book) -> None:
    """The fields of the mask, not others."""
    book.put("A1:B2", [[1, 2], [3, 4]])
    book.batch({"repeatCell": {"range": {}, "cell": {"note": "n"}, "fields": "note"}})
    update = {"range": grid_range(0, 0, 2, 2), "rows": rows([number(9)]), "fields": "userEnteredValue"}
    book.batch({"updateCells": update})
    assert book.values() == [[9]]
    assert book.cell("B2") == {"note": "n"}


@pytest.mark.parametrize(
    ("update", "text"),
    [
        (
            {"start": {"rowIndex": 999}, "rows": rows([number(1)], [number(2)])},
            "Attempting to write row: 1000, beyond the last requested row of: 999",
        ),
        (
            {"start": {"columnIndex": 25}, "rows": rows([number(1), number(2)])},
            "Attempting to write column: 26, beyond the last requested column of: 25",
        ),
        (
            {"range": grid_range(0, 0, 1, 1), "rows": rows([number(1), number(2)])},
            "Attempting to write column: 1, beyond the last requested column of: 0",
        ),
        (
            {"start": {"rowIndex": 1000}, "rows": rows([number(1)])},
            "GridCoordinate.rowIndex[1000] is after last row in grid[0]",
        ),
        (
            {"range": grid_range(0, 0, 1001, 3), "rows": []},
            "Range (Sheet1!A1:C1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
    ],
)
def test_what_lies_outside_is_refused(book: Book, update: Any, text: str) -> None:
    """Nothing is written beyond the grid or the range."""
    assert book.refusal({"updateCells": update | {"fields": "*"}}) == f"Invalid requests[0].updateCells: {text}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"stringValue": "=1+1"}, "=1+1"),
        ({"stringValue": "12"}, "12"),
        ({"boolValue": False}, "FALSE"),
        ({"numberValue": 0}, "0"),
        ({"numberValue": 1.5}, "1.5"),
        ({"formulaValue": "=2*3"}, "6"),
        ({"stringValue": ""}, None),
    ],
)
def test_a_value_is_what_its_kind_says(book: Book, value: Any, shown: str | None) -> None:
    """A stringValue is never evaluated; zero and false are values."""
    update = {"start": {}, "rows": rows([{"userEnteredValue": value}]), "fields": "userEnteredValue"}
    book.batch({"updateCells": update})
    assert book.cell("A1").get("formattedValue") == shown


def test_repeated_formulas_count_from_their_cell(book: Book) -> None:
    """The request repeatCell with =A1 in B1:B3 gives =A1, =A2, =A3."""
    book.put("A1:A3", [[1], [2], [3]])
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$1"}}
    book.batch({"repeatCell": {"range": grid_range(0, 1, 3, 2), "cell": cell, "fields": "userEnteredValue"}})
    assert book.formulas("B1:B3") == [["=A1*$A$1"], ["=A2*$A$1"], ["=A3*$A$1"]]
    assert book.values("B1:B3") == [[1], [2], [3]]


def test_a_format_changes_only_where_the_mask_says(book: Book) -> None:
    """Bold leaves the background; a bare userEnteredFormat replaces everything."""

    def paint(fields: str, **look: Any) -> None:
        cell = {"userEnteredFormat": look}
        book.batch({"repeatCell": {"range": grid_range(0, 0, 1, 1), "cell": cell, "fields": fields}})

    paint("userEnteredFormat.backgroundColor", backgroundColor={"red": 1})
    paint("userEnteredFormat(textFormat/bold)", textFormat={"bold": True})
    assert book.cell("A1")["userEnteredFormat"] == {
        "backgroundColor": {"red": 1},
        "backgroundColorStyle": {"rgbColor": {"red": 1}},
        "textFormat": {"bold": True},
    }
    paint("userEnteredFormat", horizontalAlignment="CENTER")
    assert book.cell("A1")["userEnteredFormat"] == {"horizontalAlignment": "CENTER"}
    paint("userEnteredFormat")
    assert book.cell("A1") == {}


def test_a_format_beyond_the_grid_is_cut_off(book: Book) -> None:
    """Formats of rows that are not there are no mistake."""
    look = {"userEnteredFormat": {"textFormat": {"italic": True}}}
    book.batch({"repeatCell": {"range": grid_range(999, 0, 2000, 1), "cell": look, "fields": "userEnteredFormat"}})
    assert book.cell("A1000")["userEnteredFormat"] == look["userEnteredFormat"]


def test_cells_are_appended_below_the_last_row_with_data(book: Book) -> None:
    """The grid grows if it has to."""
    book.put("A1", [["x"], ["y"]])
    book.batch({"appendCells": {"rows": rows([number(1), number(2)]), "fields": "userEnteredValue"}})
    assert book.values() == [["x"], ["y"], [1, 2]]
    small = {"gridProperties": {"rowCount": 3, "columnCount": 2}}
    book.batch(
        {"updateSheetProperties": {"properties": small, "fields": "gridProperties(rowCount,columnCount)"}},
        {"appendCells": {"rows": rows([number(3), number(4), number(5)]), "fields": "userEnteredValue"}},
    )
    assert book.values("A4:C4") == [[3, 4, 5]]


LINK = {"link": {"uri": "https://example.org/b"}}
LINK_FIELD = "userEnteredFormat.textFormat.link"


@pytest.mark.parametrize(
    ("text", "more", "fields", "address"),
    [
        ("situs", {"userEnteredFormat": {"textFormat": LINK}}, "*", "https://example.org/b"),
        ("example.com", {}, "userEnteredValue", "http://example.com"),
        ("example.com", {}, f"userEnteredValue,{LINK_FIELD}", None),
        ("situs", {"textFormatRuns": [{"format": LINK}]}, "userEnteredValue,textFormatRuns", "https://example.org/b"),
        (
            "situs",
            {"userEnteredFormat": {"textFormat": LINK}},
            f"userEnteredValue,{LINK_FIELD},textFormatRuns",
            None,  # what names runs ousts the format's link
        ),
        ("situs", {"textFormatRuns": [{"startIndex": 2, "format": LINK}]}, "userEnteredValue,textFormatRuns", None),
    ],
)
def test_a_linked_cell_tells_its_address(
    book: Book, text: str, more: dict[str, Any], fields: str, address: str | None
) -> None:
    """A link over a whole text is the cell's own, a link over a part of it stays a run."""
    cell = {"userEnteredValue": {"stringValue": text}} | more
    book.batch({"updateCells": {"start": {}, "rows": rows([cell]), "fields": fields}})
    found = book.cell("A1")
    assert (found.get("hyperlink"), "userEnteredFormat" in found) == (address, address is not None)
    assert ("textFormatRuns" in found) is ("startIndex" in str(more))


def test_a_link_is_blue_and_underlined_unless_the_cell_says_otherwise(book: Book) -> None:
    """In the effective format only; a formula's link shows as any other does."""
    blue = {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}
    plain = {"textFormat": {"underline": False, "foregroundColorStyle": {"rgbColor": {"red": 1}}}}
    book.put("A1:B1", [["example.com", '=HYPERLINK("http://example.com", "situs")']])
    for column in (0, 1):
        look = book.cell("AB"[column] + "1")["effectiveFormat"]
        assert look["hyperlinkDisplayType"] == "LINKED"
        assert look["textFormat"]["underline"]
        assert look["textFormat"]["foregroundColor"] == look["textFormat"]["foregroundColorStyle"]["rgbColor"] == blue
        fields = "userEnteredFormat.textFormat(underline,foregroundColorStyle)"
        area = grid_range(0, column, 1, column + 1)
        book.batch({"repeatCell": {"range": area, "cell": {"userEnteredFormat": plain}, "fields": fields}})
        text = book.cell("AB"[column] + "1")["effectiveFormat"]["textFormat"]
        assert (text["underline"], text["foregroundColor"], "link" in text) == (False, {"red": 1}, True)


def test_runs_of_text_are_kept_until_the_text_changes(book: Book) -> None:
    """The field textFormatRuns belong to the text."""
    runs = [{"format": {"bold": True}}, {"startIndex": 2, "format": {}}]
    cell = {"userEnteredValue": {"stringValue": "tebal"}, "textFormatRuns": runs}
    book.batch({"updateCells": {"start": {}, "rows": rows([cell]), "fields": "userEnteredValue,textFormatRuns"}})
    assert book.cell("A1")["textFormatRuns"] == runs
    book.batch({"updateCells": {"start": {}, "rows": rows([number(1)]), "fields": "userEnteredValue"}})
    assert "textFormatRuns" not in book.cell("A1")


def test_borders_are_drawn_around_and_within(book: Book) -> None:
    """Outer sides at the edge, inner ones between; NONE takes a side away."""
    solid = {"style": "SOLID"}
    sides = {"top": solid, "left": solid, "innerHorizontal": {"style": "DASHED"}}
    book.batch({"updateBorders": {"range": grid_range(0, 0, 2, 2)} | sides})
    corner = book.cell("A1")["userEnteredFormat"]["borders"]
    assert {side: border["style"] for side, border in corner.items()} == {
        "top": "SOLID",
        "bottom": "DASHED",
        "left": "SOLID",
    }
    assert corner["top"] == {"style": "SOLID", "width": 1, "color": {}, "colorStyle": {"rgbColor": {}}}
    assert list(book.cell("B2")["userEnteredFormat"]["borders"]) == ["top"]
    book.batch({"updateBorders": {"range": grid_range(0, 0, 1, 2), "top": {"style": "NONE"}}})
    assert list(book.cell("A1")["userEnteredFormat"]["borders"]) == ["bottom", "left"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("MERGE_ALL", [grid_range(0, 0, 2, 2)]),
        ("MERGE_ROWS", [grid_range(0, 0, 1, 2), grid_range(1, 0, 2, 2)]),
        ("MERGE_COLUMNS", [grid_range(0, 0, 2, 1), grid_range(0, 1, 2, 2)]),
    ],
)
def test_cells_are_merged_whole_by_rows_or_by_columns(book: Book, kind: str, expected: list[Any]) -> None:
    """A GridRange of sheet 0 says no sheet."""
    book.batch({"mergeCells": {"range": grid_range(0, 0, 2, 2), "mergeType": kind}})
    without_sheet = [{name: value for name, value in merge.items() if name != "sheetId"} for merge in expected]
    assert book.sheet("merges") == without_sheet


def test_only_the_first_cell_of_a_merge_keeps_its_value(book: Book) -> None:
    """The others are emptied; unmerging does not bring them back."""
    book.put("A1:B2", [[1, 2], [3, 4]])
    book.batch({"mergeCells": {"range": grid_range(0, 0, 2, 2)}})
    assert book.values() == [[1]]
    book.batch({"unmergeCells": {"range": {}}})
    assert book.sheet("merges") is None
    assert book.values() == [[1]]


def test_a_merge_does_not_reach_over_the_edge_of_what_is_frozen(book: Book) -> None:
    """Rows and columns that are frozen stay apart from those that scroll."""
    frozen = {"gridProperties": {"frozenRowCount": 1, "frozenColumnCount": 1}}
    fields = "gridProperties(frozenRowCount,frozenColumnCount)"
    book.batch({"updateSheetProperties": {"properties": frozen, "fields": fields}})
    rows_ = book.refusal({"mergeCells": {"range": grid_range(0, 1, 2, 2)}})
    columns = book.refusal({"mergeCells": {"range": grid_range(1, 0, 2, 2)}})
    assert rows_ == "Invalid requests[0].mergeCells: You can't merge frozen and non-frozen rows"
    assert columns == "Invalid requests[0].mergeCells: You can't merge frozen and non-frozen columns"


def test_a_cell_holds_fifty_thousand_characters(book: Book) -> None:
    """One more is refused."""

    def write(length: int) -> dict[str, Any]:
        cell = {"userEnteredValue": {"stringValue": "x" * length}}
        return {"updateCells": {"start": {}, "rows": rows([cell]), "fields": "userEnteredValue"}}

    book.batch(write(50_000))
    assert "more than the maximum of 50000 characters in a single cell" in book.refusal(write(50_001))


def test_pivot_tables_are_shown_or_refused(book: Book) -> None:
    """501 instead of one that would show nothing; a sample of Google's, which leaves out a list's brackets, is taken."""
    value = {"summarizeFunction": "COUNTA", "sourceColumnOffset": 1}
    parts = {"rows": {"sourceColumnOffset": 0, "showTotals": True}, "values": value}

    def request(**more: Any) -> dict[str, Any]:
        cell = {"pivotTable": {"source": grid_range(0, 0, 3, 2)} | more}
        start = {"rowIndex": 9, "columnIndex": 0}
        return {"updateCells": {"start": start, "rows": {"values": [cell]}, "fields": "pivotTable"}}

    book.put("A1:B3", [["a", "b"], ["x", 1], ["y", 2]])
    book.batch(request(**parts))
    assert book.values("A10:B13") == [["a", "COUNTA of b"], ["x", 1], ["y", 1], ["Grand Total", 2]]
    assert book.cell("A10")["pivotTable"]["values"] == [value]
    assert book.client.refused("POST", f"{book.path}:batchUpdate", {"requests": [request()]})[0] == 501


def test_a_part_of_a_merge_is_neither_merged_nor_unmerged(book: Book) -> None:
    """All cells of it have to be selected."""
    book.batch({"mergeCells": {"range": grid_range(0, 0, 2, 2)}})
    part = {"range": grid_range(1, 0, 3, 1)}
    text = "You must select all cells in a merged range to merge or unmerge them."
    assert book.refusal({"mergeCells": part}) == f"Invalid requests[0].mergeCells: {text}"
    assert book.refusal({"unmergeCells": part}) == f"Invalid requests[0].unmergeCells: {text}"
