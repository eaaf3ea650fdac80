"""Unmodified gspread at work on a local Google: tabs, rows and columns, ranges with names, rules and rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gspread
import pytest
from gspread import Spreadsheet, Worksheet
from gspread.exceptions import APIError, GSpreadException
from gspread.utils import Dimension, MergeType, PasteType, ValidationConditionType, ValueRenderOption
from local_clients import gspread_client

from sheets_sync.local_google import LocalGoogle


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
def book(client: gspread.Client, request: pytest.FixtureRequest) -> Spreadsheet:
    return client.create(request.node.name)


@pytest.fixture
def sheet(book: Spreadsheet) -> Worksheet:
    return book.sheet1


def described(book: Spreadsheet, sheet: Worksheet) -> Any:
    """What the server says of a tab."""
    return next(one for one in book.fetch_sheet_metadata()["sheets"] if one["properties"]["sheetId"] == sheet.id)


def grid(book: Spreadsheet, sheet: Worksheet) -> Any:
    return described(book, sheet)["properties"]["gridProperties"]


def test_tabs_come_go_and_change_places(book: Spreadsheet) -> None:
    """Adding, duplicating, ordering, renaming, deleting."""
    first = book.sheet1
    second = book.add_worksheet("Dua", 3, 4)
    copy = book.duplicate_sheet(second.id, insert_sheet_index=0, new_sheet_name="Salinan")
    assert [tab.title for tab in book] == ["Salinan", "Sheet1", "Dua"]
    book.reorder_worksheets([second, first, copy])
    assert [tab.index for tab in book.worksheets()] == [0, 1, 2]
    first.update_index(0)
    assert book.get_worksheet(0).id == first.id
    book.del_worksheet(copy)
    book.del_worksheet_by_id(second.id)
    assert [tab.title for tab in book.worksheets()] == ["Sheet1"]
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Dua")


def test_a_tab_goes_to_another_workbook(client: gspread.Client, book: Spreadsheet, sheet: Worksheet) -> None:
    """The copy is called `Copy of …`, which can be found by its id."""
    sheet.update_acell("A1", "isi")
    other = client.create("Tujuan")
    answer = sheet.copy_to(other.id)
    assert answer["title"] == "Copy of Sheet1"
    assert other.get_worksheet_by_id(answer["sheetId"]).acell("A1").value == "isi"


def test_the_last_visible_tab_can_not_be_hidden(book: Spreadsheet, sheet: Worksheet) -> None:
    """Google's refusal reaches the client in its words; with a second tab hiding works."""
    with pytest.raises(APIError, match="You can't hide all the sheets in a document"):
        sheet.hide()
    second = book.add_worksheet("Dua", 2, 2)
    second.hide()
    assert described(book, second)["properties"]["hidden"] is True
    second.show()
    assert "hidden" not in described(book, second)["properties"]


def test_titles_locale_and_time_zone(book: Spreadsheet) -> None:
    """Properties of the workbook are changed and read again."""
    book.update_title("🎊 #123")
    book.update_timezone("Asia/Pontianak")
    book.update_locale("in_ID")
    told = book.fetch_sheet_metadata()["properties"]
    assert (told["title"], told["timeZone"], told["locale"]) == ("🎊 #123", "Asia/Pontianak", "in_ID")


def test_sizes_frozen_parts_and_gridlines(book: Spreadsheet, sheet: Worksheet) -> None:
    """Grid properties; a zero is left out of the answer."""
    sheet.resize(20, 10)
    sheet.add_rows(2)
    sheet.add_cols(1)
    sheet.freeze(rows=2, cols=1)
    told = grid(book, sheet)
    assert told == {"rowCount": 22, "columnCount": 11, "frozenRowCount": 2, "frozenColumnCount": 1}
    sheet.freeze(0, 0)
    sheet.hide_gridlines()
    assert grid(book, sheet) == {"rowCount": 22, "columnCount": 11, "hideGridlines": True}
    sheet.show_gridlines()
    assert "hideGridlines" not in grid(book, sheet)


def test_tab_colours(sheet: Worksheet) -> None:
    """A colour is set, read and taken away."""
    sheet.update_tab_color("#ff0000")
    assert sheet.get_tab_color() == "#FF0000"
    sheet.clear_tab_color()
    assert sheet.get_tab_color() is None


def test_rows_and_columns_are_inserted_and_deleted(sheet: Worksheet) -> None:
    """Formulas follow the rows that move."""
    sheet.update([["a", "b"], ["1", "=A2+1"], ["3", "4"]], raw=False)
    sheet.insert_rows([["x"], ["y"]], 2)
    assert sheet.acell("B4", value_render_option=ValueRenderOption.formula).value == "=A4+1"
    sheet.insert_cols([["k", "l"]], 2)
    assert sheet.row_values(1) == ["a", "k", "b"]
    assert sheet.acell("C4").value == "2"
    sheet.delete_rows(2, 3)
    sheet.delete_columns(2)
    assert sheet.get_all_values() == [["a", "b"], ["1", "2"], ["3", "4"]]
    with pytest.raises(GSpreadException):
        sheet.insert_row(["z"], 1, inherit_from_before=True)


def test_sorting(sheet: Worksheet) -> None:
    """By several columns, over a range or over all below the frozen rows."""
    rows = [["Fox", "2013", "5"], ["Apple", "2012", "4"], ["Canada", "2013", "1"]]
    sheet.resize(3, 3)
    sheet.update(rows, raw=False)
    sheet.sort((2, "des"), (3, "asc"), range="A1:C3")
    assert [row[0] for row in sheet.get_all_values()] == ["Canada", "Fox", "Apple"]
    sheet.freeze(rows=1)
    sheet.sort((3, "asc"))
    assert [row[0] for row in sheet.get_all_values()] == ["Canada", "Apple", "Fox"]


def test_filters(book: Spreadsheet, sheet: Worksheet) -> None:
    """A basic filter over all, over a part, and none."""
    sheet.resize(20, 5)
    sheet.set_basic_filter()
    whole = described(book, sheet)["basicFilter"]["range"]
    assert (whole["endRowIndex"], whole["endColumnIndex"]) == (20, 5)
    sheet.set_basic_filter("B1:C2")
    assert described(book, sheet)["basicFilter"]["range"]["startColumnIndex"] == 1
    sheet.clear_basic_filter()
    assert "basicFilter" not in described(book, sheet)


def test_merges(book: Spreadsheet, sheet: Worksheet) -> None:
    """By rows, all together, and apart again."""
    sheet.merge_cells("A1:B2", MergeType.merge_rows)
    assert len(described(book, sheet)["merges"]) == 2
    sheet.merge_cells("A1:B2")
    assert len(described(book, sheet)["merges"]) == 1
    sheet.unmerge_cells("A1:B2")
    assert "merges" not in described(book, sheet)


def test_groups_and_hidden_parts(sheet: Worksheet) -> None:
    """Groups of rows and columns are listed and taken away; rows and columns are hidden and shown."""
    sheet.add_dimension_group_columns(0, 2)
    sheet.add_dimension_group_rows(1, 3)
    columns, rows = sheet.list_dimension_group_columns(), sheet.list_dimension_group_rows()
    assert columns[0]["range"] == {"dimension": Dimension.cols, "startIndex": 0, "endIndex": 2}
    assert (rows[0]["range"]["startIndex"], rows[0]["depth"]) == (1, 1)
    sheet.delete_dimension_group_columns(0, 2)
    sheet.delete_dimension_group_rows(1, 3)
    assert sheet.list_dimension_group_columns() == sheet.list_dimension_group_rows() == []
    for act in (sheet.hide_columns, sheet.unhide_columns, sheet.hide_rows, sheet.unhide_rows):
        act(0, 2)


def test_columns_fit_their_text(book: Spreadsheet, sheet: Worksheet) -> None:
    """Resizing to fit makes a column with a long text wider."""

    def width() -> int:
        data = book.fetch_sheet_metadata(params={"fields": "sheets.data.columnMetadata"})
        return int(data["sheets"][0]["data"][0]["columnMetadata"][0]["pixelSize"])

    before = width()
    sheet.update_acell("A1", "A" * 1024)
    sheet.columns_auto_resize(0, 1)
    assert before == 100 < width()


def test_copy_and_cut(sheet: Worksheet) -> None:
    """Copied values stay, cut ones move."""
    sheet.update([["A1"], ["A2"]], "A1:A2")
    sheet.copy_range("A1:A2", "B1:B2", PasteType.values)
    sheet.cut_range("A1:A2", "C1")
    assert sheet.get("A1:C2") == [["", "A1", "A1"], ["", "A2", "A2"]]


def test_named_and_protected_ranges(book: Spreadsheet, sheet: Worksheet) -> None:
    """Names are defined, used for reading, and deleted; protections are listed and deleted."""
    sheet.update([["1", "2"]], "A1:B1")
    sheet.define_named_range("A1:B2", "Angka")
    named = book.list_named_ranges()[0]
    assert named["range"] == {"endColumnIndex": 2, "endRowIndex": 2, "startColumnIndex": 0, "startRowIndex": 0}
    assert book.values_get("Angka")["values"] == [["1", "2"]]
    assert book.named_range("Angka")[0].value == "1"
    sheet.delete_named_range(named["namedRangeId"])
    assert book.list_named_ranges() == []
    sheet.add_protected_range("A1:B2", ["ani@example.com"], description="kepala")
    protected = book.list_protected_ranges(sheet.id)[0]
    assert protected["description"] == "kepala"
    assert "ani@example.com" in protected["editors"]["users"]
    sheet.delete_protected_range(protected["protectedRangeId"])
    assert book.list_protected_ranges(sheet.id) == []


def test_validation_rules(book: Spreadsheet, sheet: Worksheet) -> None:
    """A rule is kept at each cell of its range."""
    sheet.add_validation("B2:B3", ValidationConditionType.one_of_list, ["Ya", "Tidak"], showCustomUi=True, strict=True)
    params: dict[str, Any] = {"ranges": "B2:B3", "fields": "sheets.data.rowData.values.dataValidation"}
    data = book.fetch_sheet_metadata(params=params)["sheets"][0]["data"][0]["rowData"]
    assert [row["values"][0]["dataValidation"]["condition"]["type"] for row in data] == ["ONE_OF_LIST"] * 2


def test_errors_carry_googles_words(book: Spreadsheet, sheet: Worksheet) -> None:
    """The client shows code and message of what the server refuses."""
    with pytest.raises(APIError, match=r"\[400\]: Unable to parse range: Tidak Ada!A1"):
        book.values_get("Tidak Ada!A1")
    with pytest.raises(APIError, match="Unknown name"):
        book.batch_update({"requests": [{"tidakAda": {}}]})
    with pytest.raises(APIError, match="already exists"):
        book.add_worksheet("Sheet1", 1, 1)
