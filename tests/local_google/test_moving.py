"""Requests that carry cells about: copyPaste, cutPaste, pasteData, autoFill, sortRange, randomizeRange."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range

NORMAL = {"pasteType": "PASTE_NORMAL"}
BOLD = {"textFormat": {"bold": True}}


def copy(
    source: dict[str, Any], destination: dict[str, Any], kind: str = "PASTE_NORMAL", **more: Any
) -> dict[str, Any]:
    return {"copyPaste": {"source": source, "destination": destination, "pasteType": kind} | more}


def furnish(book: Book) -> None:
    """A1 is bold, B1 a formula with a note and a list to choose from."""
    book.put("A1:B1", [[5, "=A1*2"]])
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "10"}]}}
    book.batch(
        {"repeatCell": {"range": grid_range(0, 0, 1, 1), "cell": {"userEnteredFormat": BOLD}, "fields": "*"}}
        | {
            "repeatCell": {
                "range": grid_range(0, 0, 1, 1),
                "cell": {"userEnteredFormat": BOLD},
                "fields": "userEnteredFormat",
            }
        },
        {"repeatCell": {"range": grid_range(0, 1, 1, 2), "cell": {"note": "n"}, "fields": "note"}},
        {"setDataValidation": {"range": grid_range(0, 1, 1, 2), "rule": rule}},
    )


@pytest.mark.parametrize(
    ("kind", "formulas", "bold", "note", "rule"),
    [
        ("PASTE_NORMAL", [5, "=A3*2"], True, True, True),
        ("PASTE_NO_BORDERS", [5, "=A3*2"], True, True, True),
        ("PASTE_VALUES", [5, 10], False, False, False),
        ("PASTE_FORMULA", [5, "=A3*2"], False, False, False),
        ("PASTE_FORMAT", [], True, False, False),
        ("PASTE_DATA_VALIDATION", [], False, False, True),
    ],
)
def test_a_paste_takes_what_its_type_says(
    book: Book,
    kind: str,
    formulas: list[Any],
    bold: bool,
    note: bool,
    rule: bool,
) -> None:
    """Values, formulas, formats or validation; formulas count from where they land."""
    furnish(book)
    book.batch(copy(grid_range(0, 0, 1, 2), grid_range(2, 0, 3, 2), kind))
    assert book.formulas("A3:B3") == ([formulas] if formulas else [])
    assert ("userEnteredFormat" in book.cell("A3")) is bold
    assert ("note" in book.cell("B3")) is note
    assert ("dataValidation" in book.cell("B3")) is rule


def test_a_copy_fills_a_destination_that_is_a_multiple_of_it(book: Book) -> None:
    """A smaller one takes the whole source nevertheless."""
    book.put("A1:B1", [[1, 2]])
    book.batch(
        copy(grid_range(0, 0, 1, 2), grid_range(2, 0, 4, 4)), copy(grid_range(0, 0, 1, 2), grid_range(5, 0, 6, 1))
    )
    assert book.values("A3:D6") == [[1, 2, 1, 2], [1, 2, 1, 2], [], [1, 2]]


def test_a_copy_may_be_turned(book: Book) -> None:
    """Rows become columns."""
    book.put("A1:C2", [[1, 2, 3], [4, 5, "=A1"]])
    book.batch(copy(grid_range(0, 0, 2, 3), grid_range(4, 0, 7, 2), pasteOrientation="TRANSPOSE"))
    assert book.values("A5:B7")[:2] == [[1, 4], [2, 5]]


def test_merges_and_rules_come_along_with_a_copy(book: Book) -> None:
    """Within a sheet the rule holds for both; on another sheet there is a rule of its own."""
    rule = {"ranges": [grid_range(0, 0, 1, 1)], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": BOLD}}
    book.batch(
        {"addSheet": {"properties": {"sheetId": 5}}},
        {"mergeCells": {"range": grid_range(0, 0, 1, 2)}},
        {"addConditionalFormatRule": {"rule": rule}},
        copy(grid_range(0, 0, 1, 2), grid_range(3, 0, 4, 2)),
        copy(grid_range(0, 0, 1, 2), grid_range(0, 0, 1, 2, 5)),
    )
    first, second = book.get()["sheets"]
    assert len(first["merges"]) == 2
    assert len(first["conditionalFormats"][0]["ranges"]) == 2
    assert second["merges"] == [grid_range(0, 0, 1, 2, 5)]
    assert second["conditionalFormats"][0]["ranges"] == [grid_range(0, 0, 1, 1, 5)]


def cut(source: dict[str, Any], row: int, column: int, sheet_id: int = 0) -> dict[str, Any]:
    place = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"cutPaste": {"source": source, "destination": place} | NORMAL}


def test_what_is_cut_is_followed_by_all_that_pointed_at_it(book: Book) -> None:
    """References, names and comments move; the formula that was cut still means the same cells."""
    book.put("A1:C1", [[5, "=A1", "=B1"]])
    book.batch(
        {"addNamedRange": {"namedRange": {"name": "kunci", "range": grid_range(0, 1, 1, 2)}}},
        {"insertComment": {"coordinate": {"columnIndex": 1}, "content": "ya"}},
        cut(grid_range(0, 1, 1, 2), 4, 4),
    )
    assert book.formulas() == [[5, "", "=E5"], [], [], [], ["", "", "", "", "=A1"]]
    found = book.get(commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    assert found["namedRanges"][0]["range"]["startRowIndex"] == 4
    assert found["sheets"][0]["commentAnchors"][0]["range"]["startColumnIndex"] == 4


def test_what_is_cut_to_another_sheet_is_referred_to_there(book: Book) -> None:
    """And says in turn where it came from."""
    book.batch({"addSheet": {"properties": {"sheetId": 5, "title": "Lain"}}})
    book.put("Sheet1!A1:C1", [[5, "=A1", "=B1"]])
    book.batch(cut(grid_range(0, 1, 1, 2), 0, 0, 5))
    assert book.formulas("Sheet1!A1:C1") == [[5, "", "=Lain!A1"]]
    assert book.formulas("Lain!A1") == [["=Sheet1!A1"]]
    assert book.values("Sheet1!C1") == [[5]]


def test_pasted_data_is_read_as_if_it_were_typed(book: Book) -> None:
    """Cut at the delimiter, with quotes."""
    paste = {"coordinate": {"rowIndex": 1}, "data": '1,5\n"a,b",=A2+1', "delimiter": ",", "type": "PASTE_NORMAL"}
    book.batch({"pasteData": paste})
    assert book.values() == [[], [1, 5], ["a,b", 2]]


def test_html_is_not_pasted(book: Book) -> None:
    """501 rather than something else than Google would do."""
    body = {"requests": [{"pasteData": {"data": "<table>", "html": True}}]}
    assert book.client.refused("POST", f"{book.path}:batchUpdate", body)[0] == 501


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ([[1], [2]], [3, 4, 5]),
        ([[5]], [5, 5, 5]),
        ([[2], [4], [6]], [8, 10, 12]),
        ([["Item 9"]], ["Item 10", "Item 11", "Item 12"]),
        ([["a"], ["b"]], ["a", "b", "a"]),
        ([["=$A$9+B1"]], ["=$A$9+B2", "=$A$9+B3", "=$A$9+B4"]),
    ],
)
def test_a_range_is_filled_with_what_continues_it(book: Book, typed: list[list[Any]], expected: list[Any]) -> None:
    """Series of numbers and counted texts go on, others repeat, formulas count along."""
    book.put("A1", typed)
    source = grid_range(0, 0, len(typed), 1)
    fill = {"source": source, "dimension": "ROWS", "fillLength": 3}
    book.batch({"autoFill": {"sourceAndDestination": fill}})
    assert [row[0] for row in book.formulas("A1:A9")[len(typed) :]] == expected


def test_a_fill_finds_the_data_itself(book: Book) -> None:
    """Given a range it continues what stands at its beginning; with the alternate series one number counts up."""
    book.put("A1:A2", [[10], [20]])
    book.batch({"autoFill": {"range": grid_range(0, 0, 4, 1)}})
    assert book.values("A1:A4") == [[10], [20], [30], [40]]
    book.put("B1", [[7]])
    book.batch({"autoFill": {"range": grid_range(0, 1, 3, 2), "useAlternateSeries": True}})
    assert book.values("B1:B3") == [[7], [8], [9]]


def test_a_date_is_followed_by_the_next_day(book: Book) -> None:
    """And keeps its format."""
    book.put("A1", [["2024-12-31"]])
    fill = {"source": grid_range(0, 0, 1, 1), "dimension": "ROWS", "fillLength": 1}
    book.batch({"autoFill": {"sourceAndDestination": fill}})
    assert book.values("A2", "FORMATTED_VALUE") == [["2025-01-01"]]


def sort(*specs: tuple[int, str], area: dict[str, Any] | None = None) -> dict[str, Any]:
    wanted = [{"dimensionIndex": column, "sortOrder": order} for column, order in specs]
    return {"sortRange": {"range": area or grid_range(0, 0, 5, 2), "sortSpecs": wanted}}


def test_rows_are_sorted_numbers_before_text_before_truth_and_empty_ones_last(book: Book) -> None:
    """Text without case; empty cells last in both directions."""
    book.put("A1:A5", [["b"], ["A"], [2], [True], [""]])
    book.batch(sort((0, "ASCENDING")))
    assert [row[0] for row in book.values("A1:A5")] == [2, "A", "b", True]
    book.batch(sort((0, "DESCENDING")))
    assert [row[0] for row in book.values("A1:A5")] == [True, "b", "A", 2]


def test_equal_rows_are_ordered_by_the_next_column_and_carry_everything(book: Book) -> None:
    """Notes, formats and comments go with their row; formulas are adjusted as copies are."""
    book.put("A1:B3", [[2, "=A1*10"], [1, "=A2*10"], [2, "x"]])
    book.batch(
        {"repeatCell": {"range": grid_range(1, 0, 2, 1), "cell": {"note": "satu"}, "fields": "note"}},
        {"insertComment": {"coordinate": {"rowIndex": 1}, "content": "satu"}},
        sort((0, "ASCENDING"), (1, "DESCENDING"), area=grid_range(0, 0, 3, 2)),
    )
    assert book.formulas() == [[1, "=A1*10"], [2, "x"], [2, "=A3*10"]]
    assert book.cell("A1")["note"] == "satu"
    anchors = book.sheet("commentAnchors", commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    assert anchors[0]["range"]["startRowIndex"] == 0


def test_a_column_outside_of_the_range_does_not_sort_it(book: Book) -> None:
    """The index is that of a column of the sheet."""
    assert "dimensionIndex[5]" in book.refusal(sort((5, "ASCENDING")))


def test_a_merge_can_not_be_sorted(book: Book) -> None:
    """Its cells would not fit together any more."""
    book.batch({"mergeCells": {"range": grid_range(0, 0, 2, 1)}})
    assert "vertical merges" in book.refusal(sort((0, "ASCENDING")))


def test_rows_are_shuffled_but_not_lost(book: Book) -> None:
    """The same values, each beside its neighbour."""
    pairs = [[n, n * n] for n in range(20)]
    book.put("A1:B20", pairs)
    book.batch({"randomizeRange": {"range": grid_range(0, 0, 20, 2)}})
    found = book.values("A1:B20")
    assert sorted(found) == pairs
    assert found != pairs
