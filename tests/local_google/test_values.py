"""The values methods of the local Google, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from local_http import Http, sign_in

from sheets_sync.local_google import LocalGoogle


@dataclass
class Values:
    """The values of one workbook."""

    http: Http
    id: str

    def get(self, asked: str, **options: Any) -> Any:
        return self.http.ok("GET", f"/v4/spreadsheets/{self.id}/values/{asked}", **options)

    def put(self, asked: str, values: Any, option: str = "USER_ENTERED", **options: Any) -> Any:
        return self.http.ok("PUT", self.path(asked), {"values": values}, valueInputOption=option, **options)

    def append(self, asked: str, values: Any, **options: Any) -> Any:
        options = {"valueInputOption": "RAW"} | options
        return self.http.ok("POST", self.path(f"{asked}:append"), {"values": values}, **options)

    def post(self, method: str, body: Any = None) -> Any:
        return self.http.ok("POST", f"/v4/spreadsheets/{self.id}{method}", body)

    def refused(self, method: str, asked: str, body: Any = None, **options: Any) -> str:
        code, message, status = self.http.refused(method, self.path(asked), body, **options)
        assert (code, status) == (400, "INVALID_ARGUMENT")
        return message

    def path(self, asked: str) -> str:
        return f"/v4/spreadsheets/{self.id}/values/{asked}"


@pytest.fixture(scope="module")
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle() as running:
        yield running


@pytest.fixture
def values(google: LocalGoogle) -> Values:
    return Values(sign_in(google), google.create_workbook("T", owner="sheets-sync"))


def test_a_read_leaves_out_what_is_empty_at_the_end(values: Values) -> None:
    """Empty cells between are texts, empty rows between are lists, an empty range has no values."""
    answer = values.put("'Sheet1'!A1", [["A1", "B1", "", "D1"], ["", "b2"], [""], ["A4", "B4", "", "D4"]], "RAW")
    assert answer == {
        "spreadsheetId": values.id,
        "updatedRange": "Sheet1!A1:D4",
        "updatedRows": 4,
        "updatedColumns": 4,
        "updatedCells": 11,
    }
    rows = [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "D4"]]
    assert values.get("'Sheet1'!A1:D9") == {"range": "Sheet1!A1:D9", "majorDimension": "ROWS", "values": rows}
    columns = [["A1", "", "", "A4"], ["B1", "b2", "", "B4"], [], ["D1", "", "", "D4"]]
    assert values.get("Sheet1", majorDimension="COLUMNS")["values"] == columns
    assert values.get("C1:C") == {"range": "Sheet1!C1:C1000", "majorDimension": "ROWS"}


@pytest.mark.parametrize(
    ("options", "row"),
    [
        ({}, ["1,234.50", "10/2/2024", "2,469.00", "TRUE", "#DIV/0!", "7.72%", "01", "12:30"]),
        (
            {"valueRenderOption": "UNFORMATTED_VALUE"},
            [1234.5, 45567, 2469, True, "#DIV/0!", 0.0772, "01", 0.5208333333333334],
        ),
        (
            {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"},
            [1234.5, "10/2/2024", 2469, True, "#DIV/0!", 0.0772, "01", "12:30"],
        ),
        (
            {"valueRenderOption": "FORMULA"},
            [1234.5, 45567, "=A1*2", True, "=1/0", 0.0772, "01", 0.5208333333333334],
        ),
        (
            {"valueRenderOption": "FORMULA", "dateTimeRenderOption": "FORMATTED_STRING"},
            [1234.5, "10/2/2024", "=A1*2", True, "=1/0", 0.0772, "01", "12:30"],
        ),
    ],
)
def test_the_render_options(values: Values, options: dict[str, str], row: list[Any]) -> None:
    """Shown, plain, and as entered."""
    values.put("A1", [["1,234.5", "10/2/2024", "=A1*2", "TRUE", "=1/0", "7.72%", "'01", "12:30"]])
    assert values.get("1:1", **options)["values"] == [row]


def test_null_skips_a_cell_and_an_empty_text_clears_it(values: Values) -> None:
    """And everything else of the range stays."""
    values.put("A1:C1", [["a", "b", "c"]])
    values.put("A1:C1", [[None, "", "x"]])
    assert values.get("A1:C1")["values"] == [["a", "", "x"]]


def test_raw_never_evaluates(values: Values) -> None:
    """Text stays text, numbers are numbers."""
    values.put("A1", [["=1+1", "0042", 42.01, True]], "RAW")
    assert values.get("1:1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [["=1+1", "0042", 42.01, True]]


def test_a_write_can_answer_with_the_values(values: Values) -> None:
    """With all of the range that was asked for."""
    values.put("A3", [["below"]])
    answer = values.put("A1:B3", [["=2*3"]], includeValuesInResponse=True)
    shown = {"range": "Sheet1!A1:B3", "majorDimension": "ROWS", "values": [["6"], [], ["below"]]}
    assert (answer["updatedRange"], answer["updatedData"]) == ("Sheet1!A1", shown)


@pytest.mark.parametrize(
    ("asked", "body", "message"),
    [
        ("Nope!A1", [[1]], "Unable to parse range: Nope!A1"),
        ("A1001", [[1]], "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("Sheet1!A1:B", [[1, 2, 3]], "Requested writing within range [Sheet1!A1:B], but tried writing to column [C]"),
        ("'Sheet1'!A1:B1", [[1], [2]], "Requested writing within range ['Sheet1'!A1:B1], but tried writing to row [2]"),
        ("Z1", [[1, 2]], "Requested writing within range [Z1], but tried writing to column [AA]"),
        ("'Sheet1'!A1001", [[1]], "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("A1000", [[1], [2]], "Requested writing within range [A1000], but tried writing to row [1001]"),
        ("A1", [["x" * 50001]], "Your input contains more than the maximum of 50000 characters in a single cell."),
        ("A1", [[["a"]]], 'Invalid values[0][0]: list_value {\n  values {\n    string_value: "a"\n  }\n}\n'),
    ],
)
def test_what_does_not_fit_is_refused(values: Values, asked: str, body: Any, message: str) -> None:
    """In Google's words, which repeat the range as it was asked for, and nothing is written."""
    assert values.refused("PUT", asked, {"values": body}, valueInputOption="RAW") == message
    assert "values" not in values.get("Sheet1")


def test_the_input_option_is_required(values: Values) -> None:
    """There is no default."""
    assert values.refused("PUT", "A1", {"values": [[1]]}) == "'valueInputOption' is required but not specified"


def test_the_range_of_the_body_must_be_that_of_the_path(values: Values) -> None:
    """In whatever notation."""
    body = {"range": "Sheet1!B1", "values": [[1]]}
    said = values.refused("PUT", "A1", body, valueInputOption="RAW")
    assert said == "Request range[A1] does not match value's range[Sheet1!B1]"
    body["range"] = "'Sheet1'!A1"
    assert values.http.ok("PUT", values.path("A1"), body, valueInputOption="RAW")["updatedRange"] == "Sheet1!A1"


def test_appending_writes_below_the_table(values: Values) -> None:
    """An empty column parts tables, so the third row begins where the last table does."""
    first = values.append("'Sheet1'", [["t1", "", "t3"]])
    assert first == {
        "spreadsheetId": values.id,
        "updates": {
            "spreadsheetId": values.id,
            "updatedRange": "Sheet1!A1:C1",
            "updatedRows": 1,
            "updatedColumns": 3,
            "updatedCells": 3,
        },
    }
    second = values.append("'Sheet1'!A1", [["t1", "", "t3"]])
    assert (second["tableRange"], second["updates"]["updatedRange"]) == ("Sheet1!A1", "Sheet1!A2:C2")
    third = values.append("Sheet1", [["x"]])
    assert (third["tableRange"], third["updates"]["updatedRange"]) == ("Sheet1!C1:C2", "Sheet1!C3")


def test_appending_grows_the_grid(values: Values) -> None:
    """Downwards and to the right."""
    values.put("A1000", [["last"]])
    assert values.append("A1000", [list(range(30))])["updates"]["updatedRange"] == "Sheet1!A1001:AD1001"
    assert values.get("Sheet1")["range"] == "Sheet1!A1:AD1001"


def test_inserting_rows_moves_what_is_below(values: Values) -> None:
    """And the formulas that point there."""
    values.put("A1", [["head"], ["row"], [""], ["=A1&A5"], ["foot"]])
    values.append("A1", [["new"], ["newer"]], insertDataOption="INSERT_ROWS")
    rows = values.get("Sheet1", valueRenderOption="FORMULA")
    assert rows["values"] == [["head"], ["row"], ["new"], ["newer"], [], ["=A1&A7"], ["foot"]]
    assert rows["range"] == "Sheet1!A1:Z1002"


def test_clearing_takes_values_and_leaves_formats(values: Values) -> None:
    """A number typed later is still shown as a percentage."""
    values.put("A1:B1", [["5%", "x"]])
    assert values.post("/values/A1:Z:clear") == {"spreadsheetId": values.id, "clearedRange": "Sheet1!A1:Z1000"}
    values.put("A1", [["0.25"]])
    assert values.get("Sheet1")["values"] == [["25%"]]


Block = tuple[str, int, int]
"""A range, with how many rows and columns it has."""


@pytest.mark.parametrize(
    ("blocks", "totals"),
    [
        ([("A1:D1", 1, 4), ("A4:D4", 1, 4)], (2, 4, 8, 1)),
        ([("A1:B2", 2, 2), ("C1:D2", 2, 2)], (2, 4, 8, 1)),
        ([("A1:B2", 2, 2), ("B2:C3", 2, 2)], (3, 3, 8, 1)),
        ([("A1:B2", 2, 2), ("A1:B2", 2, 2)], (2, 2, 8, 1)),
        ([("A1:B2", 2, 2), ("Lain!A1:B2", 2, 2)], (4, 4, 8, 2)),
        ([("A1:B2", 2, 2), ("Lain!A1:B2", 2, 2), ("Lain!B5:C5", 1, 2)], (5, 5, 10, 2)),
    ],
)
def test_totals_count_a_row_or_column_of_a_tab_once(
    values: Values, blocks: list[Block], totals: tuple[int, ...]
) -> None:
    """However many ranges touch it; the same rows of two tabs are different ones."""
    values.post(":batchUpdate", {"requests": [{"addSheet": {"properties": {"title": "Lain"}}}]})
    data = [{"range": text, "values": [[1] * columns] * rows} for text, rows, columns in blocks]
    answer = values.post("/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    names = ("totalUpdatedRows", "totalUpdatedColumns", "totalUpdatedCells", "totalUpdatedSheets")
    assert tuple(answer[name] for name in names) == totals


def test_batches_answer_for_each_range(values: Values) -> None:
    """With totals; one refused range stops them all, and is named."""
    data = [{"range": "A1", "values": [["=B2*2"]]}, {"range": "Sheet1!B2:C2", "values": [[1, 2]]}]
    answer = values.post("/values:batchUpdate", {"valueInputOption": "USER_ENTERED", "data": data})
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1", "Sheet1!B2:C2"]
    assert (answer["totalUpdatedRows"], answer["totalUpdatedColumns"], answer["totalUpdatedCells"]) == (2, 3, 3)
    assert answer["totalUpdatedSheets"] == 1
    read = values.http.ok("GET", f"/v4/spreadsheets/{values.id}/values:batchGet", ranges=["A1", "B:B"])
    assert [one.get("values") for one in read["valueRanges"]] == [[["2"]], [[], ["1"]]]
    bad = {"valueInputOption": "RAW", "data": [{"range": "A1", "values": [["x"]]}, {"range": "Nope!A1"}]}
    message = values.http.refused("POST", f"/v4/spreadsheets/{values.id}/values:batchUpdate", bad)[1]
    assert message == "Invalid data[1]: Unable to parse range: Nope!A1"
    assert values.get("A1")["values"] == [["2"]]
    cleared = values.post("/values:batchClear", {"ranges": ["A1", "B2:C"]})
    assert cleared["clearedRanges"] == ["Sheet1!A1", "Sheet1!B2:C1000"]


def test_an_empty_batch_has_an_empty_answer(values: Values) -> None:
    """Only the workbook's id."""
    nothing = {"spreadsheetId": values.id}
    assert values.http.ok("GET", f"/v4/spreadsheets/{values.id}/values:batchGet") == nothing
    assert values.post("/values:batchClear", {"ranges": []}) == nothing
    assert values.post("/values:batchUpdate", {"valueInputOption": "RAW"}) == nothing


def test_data_filters_find_their_ranges(values: Values) -> None:
    """For reading, writing and clearing."""
    grid = {"gridRange": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 2}}
    writes = {"valueInputOption": "RAW", "data": [{"dataFilter": grid, "values": [["a", "b"]]}]}
    answer = values.post("/values:batchUpdateByDataFilter", writes)
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:B1"]
    read = values.post("/values:batchGetByDataFilter", {"dataFilters": [{"a1Range": "A1:B1"}, grid]})
    assert [len(one["dataFilters"]) for one in read["valueRanges"]] == [2]
    assert read["valueRanges"][0]["valueRange"]["values"] == [["a", "b"]]
    cleared = values.post("/values:batchClearByDataFilter", {"dataFilters": [grid]})
    assert cleared["clearedRanges"] == ["Sheet1!A1:B1"]


def test_a_workbook_speaks_its_locale(google: LocalGoogle) -> None:
    """What is typed and what is shown."""
    book = Values(sign_in(google), google.create_workbook("T", owner="sheets-sync", locale="in_ID"))
    book.put("A1", [["1.234,5", "3/11/2024", "=A1*2", "7,72%", "Rp 1.234", "=SUM(A1;0,5)"]])
    assert book.get("1:1")["values"] == [["1.234,50", "03/11/2024", "2.469,00", "7,72%", "Rp1.234", "1.235,00"]]


def test_a_protected_range_is_not_written(google: LocalGoogle) -> None:
    """By whom it is protected against."""
    owner = Values(sign_in(google), google.create_workbook("T", owner="sheets-sync", writers=["guest"]))
    protect = {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 0, "endRowIndex": 1}, "editors": {}}}}
    owner.http.ok("POST", f"/v4/spreadsheets/{owner.id}:batchUpdate", {"requests": [protect]})
    other = Values(sign_in(google, "guest"), owner.id)
    said = other.refused("PUT", "A1", {"values": [[1]]}, valueInputOption="RAW")
    assert said.startswith("You are trying to edit a protected cell or object.")
    other.put("A2", [[1]])
    owner.put("A1", [[1]])
