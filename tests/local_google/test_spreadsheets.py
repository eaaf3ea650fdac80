"""spreadsheets.create, get, getByDataFilter, batchUpdate as a whole, and sheets.copyTo."""

from __future__ import annotations

from typing import Any

import pytest
from local_http import Http
from sheet_client import Book, grid_range, lines

GRID = {"rowCount": 1000, "columnCount": 26}


def test_a_new_spreadsheet_is_what_google_makes(robot: Http) -> None:
    """One tab with id 0, a thousand rows, en_US, GMT, Arial."""
    made = robot.ok("POST", "/v4/spreadsheets", {})
    assert made["properties"]["title"] == "Untitled spreadsheet"
    assert made["properties"]["locale"] == "en_US"
    assert made["properties"]["timeZone"] == "Etc/GMT"
    assert made["properties"]["defaultFormat"]["textFormat"]["fontFamily"] == "arial,sans,sans-serif"
    assert made["spreadsheetUrl"] == f"https://docs.google.com/spreadsheets/d/{made['spreadsheetId']}/edit"
    properties = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": GRID}
    assert made["sheets"] == [{"properties": properties}]


def test_a_spreadsheet_is_created_with_all_that_is_said_of_it(robot: Http) -> None:
    """Properties, sheets with cells, merges, names and rules."""
    cells = [{"userEnteredValue": {"numberValue": 2}}, {"userEnteredValue": {"formulaValue": "=A1*3"}}]
    body = {
        "properties": {"title": "Baru", "locale": "in_ID", "timeZone": "Asia/Jakarta"},
        "sheets": [
            {
                "properties": {"sheetId": 7, "title": "Data", "gridProperties": {"rowCount": 9, "columnCount": 4}},
                "data": [{"startRow": 0, "rowData": [{"values": cells}]}],
                "merges": [grid_range(2, 0, 3, 2, 7)],
                "protectedRanges": [{"range": {"sheetId": 7}, "warningOnly": True}],
            },
            {"properties": {"title": "Lain"}},
        ],
        "namedRanges": [{"name": "awal", "range": grid_range(0, 0, 1, 1, 7)}],
    }
    made = robot.ok("POST", "/v4/spreadsheets", body)
    book = Book(robot, made["spreadsheetId"])
    assert [sheet["properties"]["title"] for sheet in made["sheets"]] == ["Data", "Lain"]
    assert made["properties"]["locale"] == "in_ID"
    assert book.values("Data!A1:B1") == [[2, 6]]
    assert book.values("awal") == [[2]]
    assert made["sheets"][0]["merges"] == [grid_range(2, 0, 3, 2, 7)]
    assert made["sheets"][0]["protectedRanges"][0]["warningOnly"] is True


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"properties": {"locale": "xx_YY"}}, "Invalid properties: Unsupported locale: xx_YY"),
        ({"properties": {"timeZone": "Mars"}}, "Invalid properties: Unknown timezone: Mars"),
        (
            {
                "sheets": [
                    {
                        "properties": {"gridProperties": {"columnCount": 1, "rowCount": 1}},
                        "data": [{"rowData": [{"values": [{}, {"note": "x"}]}]}],
                    }
                ]
            },
            "Invalid sheets[0].data[0]: Attempting to write column: 1, beyond the last requested column of: 0",
        ),
    ],
)
def test_a_spreadsheet_that_can_not_be_is_refused(robot: Http, body: Any, text: str) -> None:
    """The part that is wrong is named."""
    assert robot.refused("POST", "/v4/spreadsheets", body) == (400, text, "INVALID_ARGUMENT")


def test_cells_come_only_if_they_are_asked_for(book: Book) -> None:
    """Without includeGridData or a mask of data there are none; a mask alone decides."""
    book.put("A1", [["x"]])
    assert "data" not in book.get()["sheets"][0]
    assert "data" in book.get(includeGridData="true")["sheets"][0]
    assert "data" in book.get("sheets.data.rowData")["sheets"][0]
    assert book.get("sheets.properties.title", includeGridData="true")["sheets"] == [
        {"properties": {"title": "Sheet1"}}
    ]


def test_a_cell_tells_everything(book: Book) -> None:
    """What was typed, what it amounts to, what it shows, how it looks, in Google's order."""
    book.put("A1:B2", [["Judul", "=1+1"], [True, "=1/0"]])
    title, two = book.cell("A1"), book.cell("B1")
    names = ["userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat"]
    assert list(title) == names
    assert title["userEnteredValue"] == title["effectiveValue"] == {"stringValue": "Judul"}
    assert title["effectiveFormat"]["textFormat"]["fontFamily"] == "Arial"
    assert list(title["effectiveFormat"]) == [
        "backgroundColor",
        "padding",
        "horizontalAlignment",
        "verticalAlignment",
        "wrapStrategy",
        "textFormat",
        "hyperlinkDisplayType",
        "backgroundColorStyle",
    ]
    assert two["userEnteredValue"] == {"formulaValue": "=1+1"}
    assert two["effectiveValue"] == {"numberValue": 2}
    sides = [book.cell(place)["effectiveFormat"]["horizontalAlignment"] for place in ("A1", "B1", "A2", "B2")]
    assert sides == ["LEFT", "RIGHT", "CENTER", "CENTER"]
    assert book.cell("B2")["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"


@pytest.mark.parametrize("indented", ["true", "false"])
@pytest.mark.parametrize(
    ("values", "typed"),
    [
        ("userEnteredValue,effectiveValue", [{"numberValue": 2}, {"stringValue": "x"}, {"formulaValue": "=A1*3"}]),
        ("userEnteredValue.formulaValue,effectiveValue", [None, None, {"formulaValue": "=A1*3"}]),
        ("userEnteredValue(stringValue,formulaValue)", [None, {"stringValue": "x"}, {"formulaValue": "=A1*3"}]),
        ("effectiveValue.numberValue", [None, None, None]),
    ],
)
def test_a_mask_goes_into_a_cells_value(book: Book, indented: str, values: str, typed: list[Any]) -> None:
    """Of what was typed and what it amounts to only the kinds that are named, indented or not."""
    book.put("A1", [[2, "x", "=A1*3"]])
    (grid,) = book.sheet(f"data.rowData.values({values},formattedValue)", prettyPrint=indented)
    (row,) = grid["rowData"]
    amounts = [{"numberValue": 2}, None if ".numberValue" in values else {"stringValue": "x"}, {"numberValue": 6}]
    assert [cell.get("userEnteredValue") for cell in row["values"]] == typed
    assert [cell.get("effectiveValue") for cell in row["values"]] == (amounts if "effective" in values else [None] * 3)
    assert [cell["formattedValue"] for cell in row["values"]] == ["2", "x", "6"]


def test_rows_are_ragged_and_end_with_the_last_that_holds_something(book: Book) -> None:
    """Empty ends are left out, gaps are empty objects; a range that starts later says where."""
    book.put("B2", [["x"], [""], ["y", "", "z"]])
    data = book.get("sheets.data(startRow,startColumn,rowData.values.formattedValue)", ranges="B1:Z99")
    (grid,) = data["sheets"][0]["data"]
    assert grid["startColumn"] == 1
    assert "startRow" not in grid
    shown = [[cell.get("formattedValue") for cell in row.get("values", [])] for row in grid["rowData"]]
    assert shown == [[], ["x"], [], ["y", None, "z"]]


def test_several_ranges_of_a_sheet_are_several_grids(book: Book) -> None:
    """Sheets that no range touches are left out."""
    book.batch({"addSheet": {"properties": {"title": "Lain"}}})
    asked = book.get("sheets(properties.title,data(startRow,rowMetadata))", ranges=["Sheet1!A1:A2", "Sheet1!A5"])
    (sheet,) = asked["sheets"]
    assert [len(data["rowMetadata"]) for data in sheet["data"]] == [2, 1]
    assert sheet["data"][1]["startRow"] == 4


def test_rows_and_columns_have_their_size(book: Book) -> None:
    """21 pixels high, 100 wide, unless somebody changed it."""
    change = {"range": lines("COLUMNS", 1, 2), "properties": {"pixelSize": 60}, "fields": "pixelSize"}
    book.batch({"updateDimensionProperties": change})
    data = book.get("sheets.data(rowMetadata,columnMetadata)", ranges="A1:B1")["sheets"][0]["data"][0]
    assert data["rowMetadata"] == [{"pixelSize": 21}]
    assert data["columnMetadata"] == [{"pixelSize": 100}, {"pixelSize": 60}]


@pytest.mark.parametrize("given", [{"a1Range": "Sheet1!A1"}, {"gridRange": grid_range(0, 0, 1, 1)}])
def test_a_data_filter_selects_ranges(book: Book, given: Any) -> None:
    """By notation or by GridRange."""
    book.put("A1:B1", [["x", "y"]])
    found = book.client.ok(
        "POST",
        f"{book.path}:getByDataFilter",
        {"dataFilters": [given], "includeGridData": True},
    )
    rows = found["sheets"][0]["data"][0]["rowData"]
    assert [cell["formattedValue"] for cell in rows[0]["values"]] == ["x"]


def test_a_batch_is_carried_out_as_a_whole_or_not_at_all(book: Book) -> None:
    """The second request is refused, so the first leaves no trace, and the version stays."""
    before = book.client.ok("GET", f"/drive/v3/files/{book.id}", fields="version,modifiedTime")
    text = book.refusal(
        {"updateCells": {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}},
        {"deleteSheet": {"sheetId": 99}},
    )
    assert text == "Invalid requests[1].deleteSheet: No sheet with id: 99"
    assert book.cell("A1") == {}
    assert book.client.ok("GET", f"/drive/v3/files/{book.id}", fields="version,modifiedTime") == before


@pytest.mark.parametrize(
    ("requests", "text"),
    [
        ([], "Must specify at least one request."),
        ([{}], "Invalid requests[0]: No request set."),
        ([{"deleteSheet": {"sheetId": 5}}], "Invalid requests[0].deleteSheet: No sheet with id: 5"),
        (
            [{"repeatCell": {"range": {"sheetId": 5}, "cell": {}, "fields": "*"}}],
            "Invalid requests[0].repeatCell: No grid with id: 5",
        ),
        (
            [{"repeatCell": {"range": {}, "cell": {}}}],
            (
                "Invalid requests[0].repeatCell: At least one field must be listed in 'fields'. "
                "(Use '*' to indicate all fields.)"
            ),
        ),
        (
            [{"repeatCell": {"range": {}, "cell": {}, "fields": "userEnteredFormat.bold"}}],
            "Invalid requests[0].repeatCell: Invalid field: user_entered_format.bold",
        ),
    ],
)
def test_a_refusal_names_the_request(book: Book, requests: list[Any], text: str) -> None:
    """`Invalid requests[i].kind: ` and Google's reason."""
    assert book.refusal(*requests) == text


def test_the_answer_may_bring_the_spreadsheet_as_it_is_now(book: Book) -> None:
    """The field includeSpreadsheetInResponse with ranges and cells; the mask cuts it like a get."""
    write = {"start": {}, "rows": [{"values": [{"userEnteredValue": {"numberValue": 5}}]}], "fields": "*"}
    body = {
        "requests": [{"updateCells": write}],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["A1"],
        "responseIncludeGridData": True,
    }
    whole = book.client.ok("POST", f"{book.path}:batchUpdate", body)
    assert whole["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "5"
    mask = "updatedSpreadsheet.sheets.data.rowData.values.effectiveValue"
    cut = book.client.ok("POST", f"{book.path}:batchUpdate", body, fields=mask)
    values = [{"effectiveValue": {"numberValue": 5}}]
    assert cut == {"updatedSpreadsheet": {"sheets": [{"data": [{"rowData": [{"values": values}]}]}]}}


def test_formulas_see_what_the_batch_wrote(book: Book) -> None:
    """They are computed when all requests are carried out."""
    book.put("B1", [["=SUM(A1:A3)"]])
    row = {"values": [{"userEnteredValue": {"numberValue": 2}}]}
    book.batch({"updateCells": {"start": {}, "rows": [row, row, row], "fields": "userEnteredValue"}})
    assert book.values("B1") == [[6]]


def test_a_sheet_is_copied_to_another_spreadsheet(shared_google: Any, book: Book, owned: Book) -> None:
    """With a new id, called "Copy of …", at the end."""
    book.put("A1", [["x", "=A1"]])
    target = Book(book.client, shared_google.create_workbook("Sasaran", writers=["sheets-sync"]))
    body = {"destinationSpreadsheetId": target.id}
    properties = book.client.ok("POST", f"{book.path}/sheets/0:copyTo", body)
    assert properties["title"] == "Copy of Sheet1"
    assert properties["index"] == 1
    assert properties["sheetId"] != 0
    assert target.values("'Copy of Sheet1'!A1:B1") == [["x", "x"]]


def test_a_copy_into_an_unknown_spreadsheet_is_refused(book: Book) -> None:
    """404, as for any unknown spreadsheet."""
    body = {"destinationSpreadsheetId": "nothing"}
    assert book.client.refused("POST", f"{book.path}/sheets/0:copyTo", body)[0] == 404
