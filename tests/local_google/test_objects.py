"""Tables, charts, slicers and developer metadata."""

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


def chart(**spec: Any) -> dict[str, Any]:
    series = {"series": {"sourceRange": {"sources": [grid_range(0, 1, 5, 2)]}}}
    basic = {"basicChart": {"chartType": "LINE", "series": [series], "domains": []}}
    return {"title": "Grafik"} | basic | spec


def test_a_chart_is_placed_changed_moved_and_deleted(book: Book) -> None:
    """Over a cell, 600 by 371 unless it is said."""
    position = {"overlayPosition": {"anchorCell": {"rowIndex": 3, "columnIndex": 4}}}
    (reply,) = book.batch({"addChart": {"chart": {"spec": chart(), "position": position}}})
    made = reply["addChart"]["chart"]
    overlay = {"anchorCell": {"rowIndex": 3, "columnIndex": 4}, "widthPixels": 600, "heightPixels": 371}
    assert made["position"] == {"overlayPosition": overlay}
    assert made["spec"]["hiddenDimensionStrategy"] == "SKIP_HIDDEN_ROWS_AND_COLUMNS"
    book.batch({"updateChartSpec": {"chartId": made["chartId"], "spec": chart(title="Baru")}})
    assert book.sheet("charts")[0]["spec"]["title"] == "Baru"
    move = {
        "objectId": made["chartId"],
        "newPosition": {"overlayPosition": {"widthPixels": 50}},
        "fields": "widthPixels",
    }
    (moved,) = book.batch({"updateEmbeddedObjectPosition": move})
    assert moved["updateEmbeddedObjectPosition"]["position"]["overlayPosition"] == overlay | {"widthPixels": 50}
    border = {"objectId": made["chartId"], "border": {"color": {"red": 1}}, "fields": "color"}
    book.batch({"updateEmbeddedObjectBorder": border})
    assert book.sheet("charts")[0]["border"]["colorStyle"] == {"rgbColor": {"red": 1}}
    book.batch({"deleteEmbeddedObject": {"objectId": made["chartId"]}})
    assert book.sheet("charts") is None
    assert book.refusal({"updateChartSpec": {"chartId": 5, "spec": chart()}}).endswith("No chart with id: 5")


def test_a_chart_may_have_a_sheet_of_its_own(book: Book) -> None:
    """A sheet without a grid, which goes with its chart."""
    (reply,) = book.batch({"addChart": {"chart": {"spec": chart(), "position": {"newSheet": True}}}})
    properties = book.get()["sheets"][1]["properties"]
    assert properties["sheetType"] == "OBJECT"
    assert "gridProperties" not in properties
    assert reply["addChart"]["chart"]["position"] == {"sheetId": properties["sheetId"]}
    book.batch({"deleteEmbeddedObject": {"objectId": reply["addChart"]["chart"]["chartId"]}})
    assert len(book.get()["sheets"]) == 1


def test_a_chart_stays_without_the_series_whose_cells_are_deleted(book: Book) -> None:
    """As in Google it is silently poorer."""
    book.batch(
        {"addChart": {"chart": {"spec": chart(), "position": {"overlayPosition": {"anchorCell": {}}}}}},
        {"deleteDimension": {"range": lines("COLUMNS", 1, 2)}},
    )
    assert book.sheet("charts")[0]["spec"]["basicChart"].get("series", []) == []


def test_a_chart_is_of_exactly_one_kind(book: Book) -> None:
    """A spec that says none is refused."""
    request = {"addChart": {"chart": {"spec": {"title": "x"}, "position": {"newSheet": True}}}}
    assert book.refusal(request).startswith("Invalid requests[0].addChart: One of basicChart, pieChart, bubbleChart")
    empty = {"addChart": {"chart": {"spec": {"basicChart": {}}, "position": {"newSheet": True}}}}
    code, message, _ = book.client.refused("POST", f"{book.path}:batchUpdate", {"requests": [empty]})
    assert (code, message) == (500, "Internal error encountered.")


def test_a_slicer_is_added_changed_and_deleted(book: Book) -> None:
    """It lies over the cells like a chart."""
    spec = {"dataRange": AREA, "columnIndex": 1, "title": "Saring"}
    (reply,) = book.batch(
        {"addSlicer": {"slicer": {"spec": spec, "position": {"overlayPosition": {"anchorCell": {"rowIndex": 5}}}}}}
    )
    slicer_id = reply["addSlicer"]["slicer"]["slicerId"]
    book.batch({"updateSlicerSpec": {"slicerId": slicer_id, "spec": {"title": "Pilih"}, "fields": "title"}})
    (found,) = book.sheet("slicers")
    assert found["spec"]["title"] == "Pilih"
    assert found["spec"]["columnIndex"] == 1
    book.batch({"deleteEmbeddedObject": {"objectId": slicer_id}})
    assert book.sheet("slicers") is None


def metadata(key: str, location: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = {"metadataKey": key, "location": location, "visibility": "DOCUMENT"} | more
    return {"createDeveloperMetadata": {"developerMetadata": found}}


@pytest.fixture
def noted(book: Book) -> Book:
    """Metadata at the spreadsheet, the sheet, row 3 and column B."""
    book.batch(
        metadata("buku", {"spreadsheet": True}, metadataId=1),
        metadata("tab", {"sheetId": 0}, metadataId=2, metadataValue="x"),
        metadata("baris", {"dimensionRange": lines("ROWS", 2, 3)}, metadataId=3, metadataValue="x"),
        metadata("kolom", {"dimensionRange": lines("COLUMNS", 1, 2)}, metadataId=4),
    )
    return book


def search(book: Book, *filters: dict[str, Any]) -> list[int]:
    found = book.client.ok("POST", f"{book.path}/developerMetadata:search", {"dataFilters": filters})
    return [one["developerMetadata"]["metadataId"] for one in found.get("matchedDeveloperMetadata", [])]


def lookup(**wanted: Any) -> dict[str, Any]:
    return {"developerMetadataLookup": wanted}


def test_metadata_is_told_where_it_is(noted: Book) -> None:
    """With the spreadsheet, the sheet, the row and the column, and by its id."""
    found = noted.get("developerMetadata,sheets(developerMetadata,data(rowMetadata,columnMetadata))", ranges="A3:B3")
    assert found["developerMetadata"][0]["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
    sheet = found["sheets"][0]
    assert sheet["developerMetadata"][0]["location"] == {"locationType": "SHEET", "sheetId": 0}
    (row,), (_, column) = sheet["data"][0]["rowMetadata"], sheet["data"][0]["columnMetadata"]
    assert row["developerMetadata"][0]["metadataKey"] == "baris"
    assert column["developerMetadata"][0]["location"]["locationType"] == "COLUMN"
    one = noted.client.ok("GET", f"{noted.path}/developerMetadata/3")
    assert one["metadataValue"] == "x"
    assert noted.client.refused("GET", f"{noted.path}/developerMetadata/9")[0] == 404


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([lookup(metadataKey="tab")], [2]),
        ([lookup(metadataValue="x")], [2, 3]),
        ([lookup(metadataId=1), lookup(metadataId=4)], [1, 4]),
        ([lookup(locationType="ROW")], [3]),
        ([lookup()], [1, 2, 3, 4]),
        ([lookup(metadataLocation={"sheetId": 0})], [2, 3, 4]),
        ([lookup(metadataLocation={"sheetId": 0}, locationMatchingStrategy="EXACT_LOCATION")], [2]),
        ([lookup(metadataLocation={"spreadsheet": True})], [1]),
        ([lookup(metadataLocation={"dimensionRange": lines("ROWS", 0, 5)})], [3, 4]),
        ([{"gridRange": grid_range(2, 0, 3, 1)}], [2, 3]),
        ([{"a1Range": "B1:B2"}], [2, 4]),
        ([lookup(metadataKey="tiada")], []),
    ],
)
def test_metadata_is_searched(noted: Book, filters: Any, expected: list[int]) -> None:
    """By key, value, id, kind of location, or by where it lies."""
    assert search(noted, *filters) == expected


def test_metadata_moves_with_its_row_and_selects_its_cells(noted: Book) -> None:
    """A DataFilter by metadata finds the row where it is now."""
    noted.put("A3", [["sini"]])
    noted.batch({"insertDimension": {"range": lines("ROWS", 0, 2)}})
    body = {"dataFilters": [lookup(metadataKey="baris")]}
    found = noted.client.ok("POST", f"{noted.path}/values:batchGetByDataFilter", body)
    assert found["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A5:Z5"
    assert found["valueRanges"][0]["valueRange"]["values"] == [["sini"]]


def test_metadata_of_a_sorted_row_goes_with_it(noted: Book) -> None:
    """Even if only a part of the row is sorted."""
    noted.put("A1:A3", [[3], [2], [1]])
    noted.batch({"sortRange": {"range": grid_range(0, 0, 3, 1), "sortSpecs": [{"sortOrder": "ASCENDING"}]}})
    found = noted.client.ok("GET", f"{noted.path}/developerMetadata/3")["location"]["dimensionRange"]
    assert (found["startIndex"], found["endIndex"]) == (0, 1)


def test_metadata_is_changed_and_deleted(noted: Book) -> None:
    """By filter; the replies bring what was changed and what is gone."""
    change = {"dataFilters": [lookup(metadataValue="x")], "developerMetadata": {"metadataValue": "y"}}
    (changed,) = noted.batch({"updateDeveloperMetadata": change | {"fields": "metadataValue"}})
    assert [one["metadataValue"] for one in changed["updateDeveloperMetadata"]["developerMetadata"]] == ["y", "y"]
    (deleted,) = noted.batch({"deleteDeveloperMetadata": {"dataFilter": lookup(metadataKey="baris")}})
    assert deleted["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]["metadataId"] == 3
    assert search(noted, lookup(visibility="DOCUMENT")) == [1, 2, 4]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (metadata("", {"spreadsheet": True}), "metadataKey must be specified"),
        (
            metadata("x", {"dimensionRange": lines("ROWS", 0, 2)}),
            "DimensionRange must represent a single row or column",
        ),
        (metadata("x", {}), "location must be specified"),
        (metadata("x", {"spreadsheet": True}, metadataId=1), "with id 1 already exists"),
    ],
)
def test_metadata_that_can_not_be_is_refused(noted: Book, given: Any, text: str) -> None:
    """It has a key, a place, and an id of its own."""
    assert text in noted.refusal(given)
