"""Tables of the API: typed columns, their cells and colours."""

from __future__ import annotations

from typing import Any

import pytest
from sheet_client import Book, grid_range, lines

AREA = grid_range(0, 0, 4, 3)
LIST = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "ya"}]}}


def add_table(book: Book, *columns: dict[str, Any], **given: Any) -> dict[str, Any]:
    table = {"range": AREA, "columnProperties": list(columns)} | given
    (reply,) = book.batch({"addTable": {"table": table}})
    return dict(reply["addTable"]["table"])


def test_a_table_has_an_entry_for_every_column(book: Book) -> None:
    """Headers name the columns that nothing is said of; typed ones without a name are numbered, over their header."""
    book.put("A1:C1", [["Nama", "Jumlah", "Status"]])
    table = add_table(book, {"columnIndex": 1, "columnType": "DOUBLE"}, {"columnIndex": 2, "columnName": "Jenis"})
    assert table["name"] == "Table1"
    assert table["columnProperties"] == [
        {"columnName": "Nama"},
        {"columnIndex": 1, "columnName": "Column 1", "columnType": "DOUBLE"},
        {"columnIndex": 2, "columnName": "Jenis"},
    ]
    assert book.values("A1:C1") == [["Nama", "Column 1", "Jenis"]]
    assert book.sheet("tables") == [table]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ({"columnType": "DROPDOWN"}, "Condition must be set for dropdown column type."),
        (
            {"columnType": "DOUBLE", "dataValidationRule": LIST},
            "Cannot set condition for non-dropdown column type.",
        ),
        ({"columnIndex": 3}, "columnIndex[3] is outside of the table."),
    ],
)
def test_a_column_that_can_not_be_is_refused(book: Book, column: Any, text: str) -> None:
    """A dropdown needs its list, others have none."""
    request = {"addTable": {"table": {"range": AREA, "columnProperties": [column]}}}
    assert book.refusal(request) == f"Invalid requests[0].addTable: {text}"


def test_tables_do_not_overlap_and_have_names_of_their_own(book: Book) -> None:
    """Nor do they lie over alternating colours."""
    add_table(book, name="Data")
    assert "alternating background colors" in book.refusal({"addTable": {"table": {"range": AREA}}})
    other = {"range": grid_range(9, 0, 12, 2), "name": "data"}
    assert 'A table with the name "data" already exists' in book.refusal({"addTable": {"table": other}})


def test_an_update_replaces_all_columns(book: Book) -> None:
    """Those left out keep their header and lose their type; a name that is sent is written into its header."""
    book.put("A1:C1", [["a", "b", "c"]])
    table = add_table(book, {"columnName": "a", "columnType": "DATE"})
    columns = [{"columnIndex": 1, "columnName": "baru", "columnType": "DROPDOWN", "dataValidationRule": LIST}]
    change = {"tableId": table["tableId"], "columnProperties": columns}
    book.batch({"updateTable": {"table": change, "fields": "columnProperties"}})
    assert book.sheet("tables")[0]["columnProperties"] == [
        {"columnName": "a"},
        columns[0],
        {"columnIndex": 2, "columnName": "c"},
    ]
    assert book.values("A1:C1") == [["a", "baru", "c"]]
    nameless = {"tableId": table["tableId"], "columnProperties": [{"columnType": "DATE"}]}
    text = book.refusal({"updateTable": {"table": nameless, "fields": "columnProperties"}})
    assert text == "Invalid requests[0].updateTable: Table header row cell must have a value."


def test_a_table_is_renamed_and_grows(book: Book) -> None:
    """New columns of a larger range have entries too."""
    table = add_table(book)
    change = {"tableId": table["tableId"], "name": "Besar", "range": grid_range(0, 0, 9, 4)}
    book.batch({"updateTable": {"table": change, "fields": "name,range"}})
    (found,) = book.sheet("tables")
    assert found["name"] == "Besar"
    assert len(found["columnProperties"]) == 4


def test_a_boolean_column_holds_truth_values_only(book: Book) -> None:
    """Whatever else stood there becomes FALSE."""
    book.put("A1:A3", [["Selesai"], ["mungkin"], [True]])
    add_table(book, {"columnName": "Selesai", "columnType": "BOOLEAN"})
    assert [row[0] for row in book.values("A2:A4")] == [False, True, False]


def test_a_typed_column_takes_no_validation_of_its_own(book: Book) -> None:
    """Its type says what may stand there."""
    add_table(book, {"columnType": "DATE", "columnName": "Tanggal"})
    text = book.refusal({"setDataValidation": {"range": grid_range(1, 0, 2, 1), "rule": LIST}})
    assert text.endswith("This operation is not allowed on cells in typed columns.")
    book.batch({"setDataValidation": {"range": grid_range(1, 1, 2, 2), "rule": LIST}})


def test_cells_are_appended_to_a_table(book: Book) -> None:
    """Below its last row; the table grows when it is full."""
    book.put("A1:C2", [["a", "b", "c"], [1, 2, 3]])
    table = add_table(book)
    row = {"values": [{"userEnteredValue": {"numberValue": 7}}]}
    append = {"tableId": table["tableId"], "rows": [row, row, row], "fields": "userEnteredValue"}
    book.batch({"appendCells": append})
    assert book.values("A3:A5") == [[7], [7], [7]]
    assert book.sheet("tables")[0]["range"]["endRowIndex"] == 5


def test_inserted_and_deleted_columns_change_a_table(book: Book) -> None:
    """Its columns keep what is said of them, the new one gets a name."""
    book.put("A1:C1", [["a", "b", "c"]])
    add_table(book, {"columnIndex": 2, "columnName": "c", "columnType": "DATE"})
    book.batch(
        {"insertDimension": {"range": lines("COLUMNS", 1, 2)}}, {"deleteDimension": {"range": lines("COLUMNS", 0, 1)}}
    )
    names = [column["columnName"] for column in book.sheet("tables")[0]["columnProperties"]]
    assert names[1:] == ["b", "c"]
    assert names[0].startswith("Column ")
    assert book.sheet("tables")[0]["columnProperties"][2]["columnType"] == "DATE"


def test_a_deleted_table_takes_its_cells_and_rules_along(book: Book) -> None:
    """What stands beside it stays."""
    book.put("A1:D1", [["a", "b", "c", "d"]])
    table = add_table(book)
    for area in (AREA, grid_range(0, 3, 1, 4)):
        rule = {"ranges": [area], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
        book.batch({"addConditionalFormatRule": {"rule": rule}})
    book.batch({"deleteTable": {"tableId": table["tableId"]}})
    assert book.values("A1:D1") == [["", "", "", "d"]]
    assert len(book.sheet("conditionalFormats")) == 1
    assert book.sheet("tables") is None


def test_the_colours_of_a_table_are_banded_ranges_unless_declined(book: Book) -> None:
    """With a reference in place of an id."""
    table = add_table(book, rowsProperties={"headerColorStyle": {"rgbColor": {"red": 1}}})
    (banded,) = book.sheet("bandedRanges")
    assert banded["bandedRangeReference"] == table["tableId"]
    assert book.sheet("bandedRanges", excludeTablesInBandedRanges="true") is None
