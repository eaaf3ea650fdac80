"""Unmodified pygsheets, with its own older discovery documents, at work on a local Google."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pygsheets
import pytest
from local_clients import pygsheets_client
from pygsheets.custom_types import ExportType, HorizontalAlignment, ValueRenderOption

from sheets_sync.local_google import LocalGoogle

# pygsheets leaves its files to be closed by the garbage collector, and escapes what needs no escape.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::SyntaxWarning", "ignore::DeprecationWarning"
)


@pytest.fixture(scope="module")
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle() as server:
        yield server


@pytest.fixture(scope="module")
def client(google: LocalGoogle) -> Iterator[Any]:
    made = pygsheets_client(google)
    yield made
    made.sheet.service.close()
    made.drive.service.close()


@pytest.fixture
def book(client: Any, request: pytest.FixtureRequest) -> Any:
    return client.create(request.node.name)


@pytest.fixture
def sheet(book: Any) -> Any:
    return book.sheet1


def test_files(client: Any, book: Any) -> None:
    """Opening by title, key and address; folders; what is not there."""
    url = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    assert {client.open(book.title).id, client.open_by_key(book.id).id, client.open_by_url(url).id} == {book.id}
    folder = client.drive.create_folder("Map")
    client.drive.move_file(book.id, "root", folder)
    assert client.drive.get_folder_id("Map") == folder
    assert book.id in [one["id"] for one in client.drive.spreadsheet_metadata(f"'{folder}' in parents")]
    copied = client.drive.copy_file(book.id, "Salinan", folder)
    assert copied["name"] == "Salinan"
    assert book.updated.endswith("Z")
    client.drive.delete(folder)
    with pytest.raises(pygsheets.SpreadsheetNotFound):
        client.open("Salinan")


def test_sharing(book: Any) -> None:
    """Permissions come and go; the owner's stays."""
    before = len(book.permissions)
    book.share("ani@example.com", role="commenter")
    book.share("", role="reader", type="anyone")
    assert len(book.permissions) == before + 2
    book.remove_permission("ani@example.com")
    assert len(book.permissions) == before + 1
    with pytest.raises(pygsheets.exceptions.CannotRemoveOwnerError):
        book.remove_permission("", permission_id=book.permissions[-1]["id"])


def test_tabs_and_sizes(client: Any, book: Any, sheet: Any) -> None:
    """Tabs are added, copied and deleted; rows and columns are added, inserted, frozen and hidden."""
    second = book.add_worksheet("Dua", rows=50, cols=6)
    assert (second.rows, second.cols) == (50, 6)
    copy = book.add_worksheet("Salinan", src_worksheet=second)
    assert copy.title == "Salinan"
    second.insert_rows(1, number=2, values=[["a"], ["b"]])
    second.insert_cols(1, number=1)
    assert (second.rows, second.cols) == (52, 7)
    second.frozen_rows = 1
    second.refresh()
    assert second.frozen_rows == 1
    second.adjust_row_height(1, 2, pixel_size=40)
    second.hide_dimensions(1, 2, "ROWS")
    second.show_dimensions(1, 2, "ROWS")
    second.index = 0
    assert client.open_by_key(book.id).worksheets()[0].title == "Dua"
    sheet.hidden = True
    book.del_worksheet(copy)
    with pytest.raises(pygsheets.WorksheetNotFound):
        book.worksheet_by_title("Salinan")


def test_values(sheet: Any) -> None:
    """Writing and reading by cell, row, column and range; formulas; blanks."""
    sheet.update_values("A1:B2", [[1, 2], ["=A1+B1", "x"]])
    assert sheet.get_value("A2") == "3"
    assert sheet.get_values("A2", "A2", value_render=ValueRenderOption.FORMULA) == [["=A1+B1"]]
    sheet.update_row(3, ["a", "b", "c"])
    sheet.update_col(5, ["p", "q"])
    assert sheet.get_row(3, include_tailing_empty=False) == ["a", "b", "c"]
    assert sheet.get_col(5, include_tailing_empty=False) == ["p", "q"]
    assert [cell.label for cell in sheet.find("x")] == ["B2"]
    assert sheet.replace("x", "y") is None
    assert sheet.get_value("B2") == "y"
    sheet.clear("A3", "C3")
    assert sheet.get_values("A1", "C3")[2:] == []


def test_tables_grow(sheet: Any) -> None:
    """Appending inserts rows below the table unless told to overwrite."""
    sheet.update_values("A1", [[1, 2, "3"], ["5", 6, "tujuh"]])
    rows = sheet.rows
    answer = sheet.append_table(["A", "B"])
    assert (answer["tableRange"].label, answer["updates"]["updatedRange"].start) == ("'Sheet1'!A1:C2", "A3")
    sheet.append_table(["bom", "bom"], dimension="COLUMNS", overwrite=True)
    assert [sheet.get_value(place) for place in ("A4", "A5")] == ["bom", "bom"]
    assert sheet.rows == rows + 1


def test_cells_have_looks_notes_and_formulas(sheet: Any) -> None:
    """A cell's properties are sent and read back."""
    cell = sheet.cell("B2")
    cell.value = "tebal"
    cell.set_text_format("bold", True).color = (1.0, 0.9, 0.8, 0.0)
    cell.set_horizontal_alignment(HorizontalAlignment.CENTER)
    cell.note = "catatan"
    again = sheet.cell("B2")
    again.fetch()
    assert (again.value, again.note, again.text_format["bold"]) == ("tebal", "catatan", True)
    assert again.color[:3] == (1, 0.8980392, 0.8)  # Google keeps 256 steps of a colour
    with pytest.raises(pygsheets.CellNotFound):
        sheet.cell((sheet.rows + 5, 1))


def test_ranges_with_names_and_protection(sheet: Any) -> None:
    """Named ranges are made, found and deleted; protected ones come and go."""
    sheet.create_named_range("Angka", start="A1", end="B2", returnas="json")
    named = sheet.get_named_range("Angka")
    named.update_values([[1, 2], [3, 4]])
    assert (named.start_addr, named.end_addr) == ((1, 1), (2, 2))
    sheet.delete_named_range("Angka")
    with pytest.raises(pygsheets.exceptions.RangeNotFound):
        sheet.get_named_range("Angka")
    protected = sheet.create_protected_range(start="A1", end="B2")
    assert len(sheet.get_protected_ranges()) == 1
    sheet.remove_protected_range(protected.protect_id)
    assert sheet.get_protected_ranges() == []


def test_sorting_filtering_merging_and_rules(sheet: Any) -> None:
    """Data operations that pygsheets sends as batches."""
    sheet.update_values("A1:B4", [["n", "x"], [3, "c"], [1, "a"], [2, "b"]])
    sheet.sort_range("A2", "B4", basecolumnindex=0)
    assert sheet.get_col(1, include_tailing_empty=False) == ["n", "1", "2", "3"]
    sheet.merge_cells("D1", "E2")
    sheet.set_data_validation("C1", "C3", condition_type="ONE_OF_LIST", condition_values=["Ya", "Tidak"])
    sheet.add_conditional_formatting("A2", "A4", "NUMBER_GREATER", {"backgroundColor": {"red": 1}}, ["1"])
    sheet.apply_format("A1:B1", {"textFormat": {"bold": True}}, fields="userEnteredFormat.textFormat.bold")


def test_frames_go_in_and_out(sheet: Any) -> None:
    """A pandas frame makes the journey."""
    frame = pd.DataFrame({"nama": ["Tangkum", "Pangkan"], "jumlah": [1250, 7]})
    sheet.set_dataframe(frame, "A1", fit=True)
    assert (sheet.rows, sheet.cols) == (3, 2)
    assert sheet.get_as_df().to_dict("list") == {"nama": ["Tangkum", "Pangkan"], "jumlah": [1250, 7]}
    assert sheet.get_all_records()[0] == {"nama": "Tangkum", "jumlah": 1250}


def test_charts_and_metadata(book: Any, sheet: Any) -> None:
    """A chart is added, found, changed and deleted; metadata is searched by key."""
    sheet.update_values("A1:B3", [["x", "y"], [1, 2], [2, 4]])
    chart = sheet.add_chart(("A1", "A3"), [("B1", "B3")], "Grafik", anchor_cell="D2")
    assert [one.title for one in sheet.get_charts()] == ["Grafik"]
    chart.title = "Lain"
    assert sheet.get_charts("Lain")[0].title == "Lain"
    chart.delete()
    assert sheet.get_charts() == []
    made = book.create_developer_metadata("kunci", "nilai")
    made.value = "lain"
    made.update()
    assert [one.value for one in book.get_developer_metadata("kunci")] == ["lain"]
    made.delete()
    assert book.get_developer_metadata("kunci") == []


def test_exports(book: Any, sheet: Any, tmp_path: Path) -> None:
    """Each tab as a csv file, the workbook in the formats of the Drive."""
    sheet.update_row(1, ["satu", "dua"])
    book.add_worksheet("Dua").update_row(1, ["tiga"])
    book.export(ExportType.CSV, path=f"{tmp_path}/", filename="uji")
    assert {path.name: path.read_text() for path in tmp_path.glob("*.csv")} == {
        "uji0.csv": "satu,dua",
        "uji1.csv": "tiga",
    }
    book.export(ExportType.XLS, path=f"{tmp_path}/", filename="uji")
    gc.collect()  # pygsheets leaves its files to be closed
    assert (tmp_path / "uji.xls").read_bytes()[:2] == b"PK"


def test_batches_are_sent_together(google: LocalGoogle, client: Any, book: Any, sheet: Any) -> None:
    """In batch mode many changes are one request."""
    google.log.clear()
    client.set_batch_mode(True)
    for row in range(1, 6):
        sheet.update_value((row, 1), f"{row}")
    client.run_batch()
    client.set_batch_mode(False)
    assert google.log.count("sheets.spreadsheets.values.batchUpdate") <= 1
    assert sheet.get_col(1, include_tailing_empty=False) == ["1", "2", "3", "4", "5"]
