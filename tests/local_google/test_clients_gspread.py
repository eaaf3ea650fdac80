"""Unmodified gspread at work on a local Google: files, values, records, formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import gspread
import pytest
from gspread import Cell, Spreadsheet, Worksheet
from gspread.utils import (
    DateTimeOption,
    Dimension,
    ExportFormat,
    GridRangeType,
    InsertDataOption,
    TableDirection,
    ValueInputOption,
    ValueRenderOption,
)
from local_clients import gspread_client

from sheets_sync.local_google import LocalGoogle

TABLE = [["A1", "B1", "", "D1"], ["", "b2", "", ""], ["", "", "", ""], ["A4", "B4", "", "D4"]]
TYPED, RAW = ValueInputOption.user_entered, ValueInputOption.raw


@pytest.fixture(scope="module")
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle() as server:
        yield server


@pytest.fixture(scope="module")
def client(google: LocalGoogle) -> Iterator[gspread.Client]:
    made = gspread_client(google)
    yield made
    made.http_client.session.close()


@pytest.fixture
def book(client: gspread.Client, request: pytest.FixtureRequest) -> Iterator[Spreadsheet]:
    created = client.create(request.node.name)
    yield created
    client.del_spreadsheet(created.id)


@pytest.fixture
def sheet(book: Spreadsheet) -> Worksheet:
    return book.sheet1


def test_files_are_found_by_title_key_and_address(client: gspread.Client, book: Spreadsheet) -> None:
    """All three ways open the same workbook; what does not exist is SpreadsheetNotFound."""
    opened = [client.open(book.title), client.open_by_key(book.id), client.open_by_url(book.url)]
    assert {one.id for one in opened} == {book.id}
    assert (opened[0].locale, opened[0].timezone) == ("en_US", "Etc/GMT")
    assert book.id in [one.id for one in client.openall()]
    listed = next(file for file in client.list_spreadsheet_files() if file["id"] == book.id)
    assert set(listed) == {"id", "name", "createdTime", "modifiedTime"}
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open("tidak ada")
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("tidak-ada")


def test_a_private_workbook_is_a_permission_error(google: LocalGoogle, client: gspread.Client) -> None:
    """What is not shared raises what gspread raises at Google."""
    with pytest.raises(PermissionError):
        client.open_by_key(google.create_workbook("Rahasia"))


def test_folders_and_copies(client: gspread.Client, book: Spreadsheet) -> None:
    """A copy has the same sheets, comments included if asked; a folder filters."""
    path = f"https://www.googleapis.com/drive/v3/files/{book.id}/comments"
    client.http_client.request("post", path, json={"content": "Halo"}, params={"fields": "id"})
    book.share("ani@example.com", perm_type="user", role="writer", notify=False)
    copy = client.copy(book.id, copy_permissions=False)
    assert copy.title == f"Copy of {book.title}"
    assert copy.fetch_sheet_metadata()["sheets"] == book.fetch_sheet_metadata()["sheets"]
    folder = client.http_client.request(
        "post",
        "https://www.googleapis.com/drive/v3/files",
        json={"name": "Map", "mimeType": "application/vnd.google-apps.folder"},
    ).json()["id"]
    inside = client.create("Di dalam", folder_id=folder)
    assert [file["id"] for file in client.list_spreadsheet_files(folder_id=folder)] == [inside.id]
    client.del_spreadsheet(copy.id)


def test_sharing(client: gspread.Client, book: Spreadsheet) -> None:
    """Permissions are given, listed and removed by address."""
    book.share("ani@example.com", perm_type="user", role="reader")
    book.share("example.com", perm_type="domain", role="reader")
    book.share("", perm_type="anyone", role="reader")
    assert {one["type"] for one in book.list_permissions()} == {"user", "domain", "anyone"}
    removed = book.remove_permissions("ani@example.com", role="any")
    assert len(removed) == 1
    assert "ani@example.com" not in [one.get("emailAddress") for one in book.list_permissions()]


def test_csv_goes_in_and_out(client: gspread.Client, book: Spreadsheet) -> None:
    """An imported csv replaces everything by one tab; export gives the first tab."""
    client.import_csv(book.id, "a,b\n1,2,5\n")
    opened = client.open_by_key(book.id)
    assert opened.sheet1.get_all_values() == [["a", "b", ""], ["1", "2", "5"]]
    assert bytes(client.export(book.id, ExportFormat.CSV)) == b"a,b,\r\n1,2,5"
    assert bytes(opened.export(ExportFormat.EXCEL))[:2] == b"PK"


def test_the_time_of_the_last_change_is_known(book: Spreadsheet) -> None:
    """The times of creation and last change come from Drive."""
    before = str(book.get_lastUpdateTime())
    book.sheet1.update_acell("A1", "x")
    assert before <= book.get_lastUpdateTime()
    assert book.creationTime.endswith("Z")


def test_values_as_typed_and_as_given(sheet: Worksheet) -> None:
    """USER_ENTERED reads what was typed, RAW keeps it."""
    for typed, shown in (
        ("0042", "42"),
        (42.01, "42.01"),
        ("Артур", "Артур"),
        ("a\nb", "a\nb"),
        ("2,000,000.01", "2,000,000.01"),
    ):
        sheet.update_cell(1, 2, typed)
        assert sheet.cell(1, 2).value == shown
    assert sheet.acell("B1").numeric_value == 2000000.01
    sheet.update_acell("A1", "= 1 / 1024")
    assert sheet.acell("A1").numeric_value == 1 / 1024
    sheet.update([["0042", "=1+1"]], "A2", value_input_option=RAW)
    assert sheet.get("A2:B2") == [["0042", "=1+1"]]


def test_ranges_in_every_notation(sheet: Worksheet) -> None:
    """Bounded, open, reversed, by numbers and by default."""
    sheet.resize(4, 4)
    sheet.update([["", "Hi", "Mom", ""], ["My", "Name", "is", "bon"], ["", "", "", ""], ["1", "2", "3", "4"]], "A1:D4")

    def told(*notation: Any) -> list[tuple[int, int, str | None]]:
        return [(cell.row, cell.col, cell.value) for cell in sheet.range(*notation)]

    assert told("A1:D4") == told("D4:A1") == told("A1:D") == told(1, 1, 4, 4) == told()
    assert len(told("A1:A3")) == 3


def test_cells_are_written_together(sheet: Worksheet) -> None:
    """Blocks and scattered cells are written alike."""
    cells = sheet.range("A1:B3")
    for number, cell in enumerate(cells):
        cell.value = f"{number}"
    sheet.update_cells(cells)
    sheet.update_cells([Cell(1, 2, "satu"), Cell(3, 1, "dua")])
    assert sheet.get("A1:B3") == [["0", "satu"], ["2", "3"], ["dua", "5"]]


def test_reading_gives_back_what_google_gives(sheet: Worksheet) -> None:
    """Trailing blanks are left out, blanks in between stay, ranges are echoed."""
    sheet.update(TABLE, "A1")
    assert sheet.get("A1:D4") == [["A1", "B1", "", "D1"], ["", "b2"], [], ["A4", "B4", "", "D4"]]
    first, second = sheet.batch_get(["A1:B1", "B4:D4"])
    assert (first, second) == ([["A1", "B1"]], [["B4", "", "D4"]])
    assert (first.range, second.range, first.first()) == ("Sheet1!A1:B1", "Sheet1!B4:D4", "A1")
    assert sheet.get("A1:E5", pad_values=True, maintain_size=True)[4] == [""] * 5
    assert sheet.get("A1:D4", return_type=GridRangeType.ListOfLists)[0] == TABLE[0]
    assert sheet.row_values(1) == TABLE[0]
    assert sheet.col_values(2) == ["B1", "b2", "", "B4"]
    assert sheet.get_values("A1:B2", major_dimension=Dimension.cols) == [["A1", ""], ["B1", "b2"]]


def test_merged_cells_can_be_filled_while_reading(sheet: Worksheet) -> None:
    """The client sees the merges that Google reports."""
    sheet.update([["1", "", "", ""], ["", "", "title", ""], ["", "", "2", "x"]], "A1:D3")
    sheet.merge_cells("A1:B2")
    sheet.merge_cells("C2:D2")
    filled = sheet.get_values("A1:D3", combine_merged_cells=True)
    assert filled == [["1", "1", "", ""], ["1", "1", "title", "title"], ["", "", "2", "x"]]


def test_a_title_like_an_address_is_no_trouble(sheet: Worksheet) -> None:
    """A tab called D3 is read as a tab."""
    sheet.update_title("D3")
    sheet.update(TABLE, "A1")
    assert sheet.get_all_values()[3] == TABLE[3]


def test_records(sheet: Worksheet) -> None:
    """Records with their head, and every way to render values."""
    sheet.resize(2, 4)
    sheet.update([["=4/2", "2020-01-01", "string", 53], ["=3/2", 0.12, "1999-01-02", ""]], value_input_option=TYPED)
    formatted, plain, formula = (
        list(sheet.get_all_records(value_render_option=option)[0].items())
        for option in (ValueRenderOption.formatted, ValueRenderOption.unformatted, ValueRenderOption.formula)
    )
    assert formatted == [("2", 1.5), ("2020-01-01", 0.12), ("string", "1999-01-02"), ("53", "")]
    assert plain == [(2, 1.5), (43831, 0.12), ("string", 36162), (53, "")]
    assert formula == [("=4/2", "=3/2"), (43831, 0.12), ("string", 36162), (53, "")]
    assert sheet.get(
        "B1", value_render_option=ValueRenderOption.unformatted, date_time_render_option=DateTimeOption.formatted_string
    ) == [["2020-01-01"]]
    sheet.update_acell("B1", "string")
    with pytest.raises(gspread.exceptions.GSpreadException, match="duplicates"):
        sheet.get_all_records()


def test_append_finds_the_table(sheet: Worksheet) -> None:
    """Rows go below the table that the range touches; without a range, below the last one."""
    for _ in range(2):
        answer = sheet.append_row(["x", "", "z"])
    assert sheet.row_values(2) == ["", "", "x", "", "z"]
    assert answer["updates"]["updatedRange"] == "Sheet1!C2:E2"
    sheet.append_row(["y"], table_range="A1")
    assert sheet.row_values(2) == ["y", "", "x", "", "z"]
    rows = row_count(sheet)
    kept = sheet.append_rows(
        [["p"], ["q"]], insert_data_option=InsertDataOption.insert_rows, include_values_in_response=True
    )
    assert kept["updates"]["updatedData"]["values"] == [["p"], ["q"]]
    assert row_count(sheet) == rows + 2


def row_count(sheet: Worksheet) -> int:
    """The row count as the server has it."""
    return sheet.spreadsheet.worksheet(sheet.title).row_count


def test_find_and_expand(sheet: Worksheet) -> None:
    """Searching by text and pattern; tables are followed to their edges."""
    sheet.update([["H1", "H2", "", "Z1"], ["camelcase", "2", "", ""], ["CamelCase", "", "", "Z3"]], "A1")
    found = sheet.find("CamelCase")
    assert found is not None
    assert (found.row, found.col, found.address) == (3, 1, "A3")
    assert len(sheet.findall(re.compile("[cC]amel"))) == 2
    assert sheet.find("tidak ada") is None
    assert sheet.expand("A1", TableDirection.table) == [["H1", "H2"], ["camelcase", "2"], ["CamelCase", ""]]
    assert sheet.expand("A1", TableDirection.down) == [["H1"], ["camelcase"], ["CamelCase"]]


def test_batches(book: Spreadsheet, sheet: Worksheet) -> None:
    """Batches go through the sheet and through the workbook."""
    sheet.batch_update([{"range": "A1:B1", "values": [["1", "2"]]}, {"range": "C2:D2", "values": [["3", "4"]]}])
    assert sheet.get("A1:D2") == [["1", "2"], ["", "", "3", "4"]]
    sheet.batch_clear(["A1:B1", "C2"])
    assert sheet.get("A1:D2") == [[], ["", "", "", "4"]]
    book.add_worksheet("🌵", 5, 5)
    book.values_update("🌵!A1", {"valueInputOption": "RAW"}, {"values": [["🍇"]]})
    assert book.values_get("🌵")["values"] == [["🍇"]]
    answer = book.values_batch_get(["🌵!A:A", "Sheet1!D2"])
    assert [one["values"] for one in answer["valueRanges"]] == [[["🍇"]], [["4"]]]
    sheet.clear()
    assert sheet.get_all_values() == [[]]


def test_formats_and_notes(book: Spreadsheet, sheet: Worksheet) -> None:
    """Formats come back with both colour forms; notes are kept cell by cell."""
    look = {
        "backgroundColor": {"green": 1, "blue": 1},
        "horizontalAlignment": "CENTER",
        "textFormat": {"fontSize": 12, "bold": True},
    }
    sheet.format("A2:B2", look)
    sheet.batch_format([{"range": "A2", "format": {"textFormat": {"italic": True}}}])
    params = {
        "includeGridData": False,
        "ranges": ["Sheet1!A2"],
        "fields": "sheets.data.rowData.values.userEnteredFormat",
    }
    data = book.fetch_sheet_metadata(params=params)  # type: ignore[arg-type]
    found = data["sheets"][0]["data"][0]["rowData"][0]["values"][0]["userEnteredFormat"]
    assert found["backgroundColorStyle"] == {"rgbColor": look["backgroundColor"]}
    assert found["textFormat"]["italic"] is True
    sheet.update_notes({"A1": "satu", "B2": "dua"})
    assert (sheet.get_note("A1"), sheet.get_note("B2"), sheet.get_note("C3")) == ("satu", "dua", "")
    assert sheet.get_notes() == [["satu"], ["", "dua"]]
    sheet.clear_notes(["A1", "B2"])
    assert sheet.get_note("A1") == ""
