"""A local Google on a folder: data, keys and .xlsx files outlast the server."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from local_http import Http, sign_in
from openpyxl.styles import Font

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.storage import FolderInUseError


def cell_a1(client: Http, file_id: str) -> object:
    answer = client.ok("GET", f"/v4/spreadsheets/{file_id}", includeGridData=True)
    return answer["sheets"][0]["data"][0]["rowData"][0]["values"][0]["effectiveValue"]


def set_a1(client: Http, file_id: str, value: str, sheet_id: int = 0) -> None:
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": {"stringValue": value}}]}]
    request = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    client.ok("POST", f"/v4/spreadsheets/{file_id}:batchUpdate", {"requests": [request]})


def test_workbooks_and_keys_outlast_the_server(tmp_path: Path) -> None:
    """After a restart the same key opens the same workbook with the same content."""
    with LocalGoogle(folder=tmp_path) as google:
        key = google.account("sheets-sync").key_info()["private_key"]
        file_id = google.create_workbook("Rekap", writers=["sheets-sync"])
        set_a1(sign_in(google), file_id, "tetap")
    with LocalGoogle(folder=tmp_path) as google:
        assert google.account("sheets-sync").key_info()["private_key"] == key
        assert cell_a1(sign_in(google), file_id) == {"stringValue": "tetap"}


def test_one_folder_has_one_server(tmp_path: Path) -> None:
    """A second server on the folder is refused, and leaves the first alone."""
    said = "Another local Google uses the folder"
    with LocalGoogle(folder=tmp_path), pytest.raises(FolderInUseError, match=said):
        LocalGoogle(folder=tmp_path)
    again = LocalGoogle(folder=tmp_path)
    again.start()
    again.stop()


def test_excel_files_are_opened_and_written_back(tmp_path: Path) -> None:
    """An .xlsx file in the folder is a workbook; what changes there is in the file afterwards, and the other way round."""
    path = tmp_path / "Rekap 2024.xlsx"
    excel = openpyxl.Workbook()
    excel.worksheets[0].title = "Tangkum"
    excel["Tangkum"]["A1"] = "lama"
    excel["Tangkum"]["B1"].font = Font(b=True)
    excel["Tangkum"]["B1"] = "=1+1"
    excel.save(path)
    with LocalGoogle(folder=tmp_path) as google:
        client = sign_in(google)
        (file,) = client.ok("GET", "/drive/v3/files")["files"]
        assert file["name"] == "Rekap 2024"
        tab = client.ok("GET", f"/v4/spreadsheets/{file['id']}")["sheets"][0]["properties"]
        assert tab["title"] == "Tangkum"
        set_a1(client, file["id"], "baru", tab["sheetId"])
    excel = openpyxl.load_workbook(path)
    assert (excel["Tangkum"]["A1"].value, excel["Tangkum"]["B1"].value) == ("baru", "=1+1")
    assert excel["Tangkum"]["B1"].font.b
    excel["Tangkum"]["A1"] = "dari Excel"
    excel.save(path)
    with LocalGoogle(folder=tmp_path) as google:
        assert cell_a1(sign_in(google), file["id"]) == {"stringValue": "dari Excel"}


def test_an_unchanged_excel_file_is_not_touched(tmp_path: Path) -> None:
    """A file whose workbook nobody changed keeps its bytes; one that is no Excel file is left alone."""
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    (tmp_path / "rusak.xlsx").write_bytes(b"bukan excel")
    before = (tmp_path / "a.xlsx").read_bytes()
    for _ in range(2):
        with LocalGoogle(folder=tmp_path) as google:
            assert [file["name"] for file in sign_in(google).ok("GET", "/drive/v3/files")["files"]] == ["a"]
    assert (tmp_path / "a.xlsx").read_bytes() == before
    assert (tmp_path / "rusak.xlsx").read_bytes() == b"bukan excel"
