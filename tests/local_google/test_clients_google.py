"""Unmodified google-api-python-client at work on a local Google: both services, uploads, downloads, pages, batches."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaFileUpload, MediaInMemoryUpload, MediaIoBaseDownload
from local_clients import service
from local_http import SHEET

from sheets_sync.local_google import LocalGoogle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle() as server:
        yield server


@pytest.fixture(scope="module")
def sheets(google: LocalGoogle) -> Iterator[Any]:
    with service(google, "sheets", "v4") as made:
        yield made.spreadsheets()


@pytest.fixture(scope="module")
def drive(google: LocalGoogle) -> Iterator[Any]:
    with service(google, "drive", "v3") as made:
        yield made


@pytest.fixture
def book(sheets: Any, request: pytest.FixtureRequest) -> str:
    made = sheets.create(body={"properties": {"title": request.node.name}}, fields="spreadsheetId").execute()
    return str(made["spreadsheetId"])


def test_values_make_the_journey(sheets: Any, book: str) -> None:
    """Each method of values, with the answer that Google gives."""
    values = sheets.values()
    body = {"values": [["Nama", "Jumlah"], ["Tangkum", 1250]]}
    wrote = values.update(spreadsheetId=book, range="Sheet1!A1", valueInputOption="RAW", body=body).execute()
    assert wrote == {
        "spreadsheetId": book,
        "updatedRange": "Sheet1!A1:B2",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 4,
    }
    more = {"values": [["Pangkan", "=B2*2"]]}
    added = values.append(spreadsheetId=book, range="A1", valueInputOption="USER_ENTERED", body=more).execute()
    assert (added["tableRange"], added["updates"]["updatedRange"]) == ("Sheet1!A1:B2", "Sheet1!A3:B3")
    read = values.batchGet(spreadsheetId=book, ranges=["A2:A3", "B3"], valueRenderOption="UNFORMATTED_VALUE").execute()
    assert [one["values"] for one in read["valueRanges"]] == [[["Tangkum"], ["Pangkan"]], [[2500]]]
    assert values.clear(spreadsheetId=book, range="A1:B1", body={}).execute()["clearedRange"] == "Sheet1!A1:B1"
    assert "values" not in values.get(spreadsheetId=book, range="A1:B1").execute()


def test_structure_is_changed_in_batches(sheets: Any, book: str) -> None:
    """One batch, several requests, replies in their order; a mistake in one undoes all."""
    requests: list[Any] = [
        {"addSheet": {"properties": {"title": "Rekap", "gridProperties": {"rowCount": 10, "columnCount": 4}}}},
        {"updateSpreadsheetProperties": {"properties": {"title": "Baru"}, "fields": "title"}},
    ]
    answer = sheets.batchUpdate(spreadsheetId=book, body={"requests": requests}).execute()
    assert answer["replies"][0]["addSheet"]["properties"]["title"] == "Rekap"
    assert answer["replies"][1] == {}
    requests[0]["addSheet"]["properties"]["title"] = "Lain"
    bad = {"deleteSheet": {"sheetId": 99}}
    with pytest.raises(HttpError) as refused:
        sheets.batchUpdate(spreadsheetId=book, body={"requests": [*requests, bad]}).execute()
    assert refused.value.status_code == 400
    assert "Invalid requests[2].deleteSheet: No sheet with id: 99" in str(refused.value)
    told = sheets.get(spreadsheetId=book, fields="sheets.properties.title").execute()
    assert [sheet["properties"]["title"] for sheet in told["sheets"]] == ["Sheet1", "Rekap"]


def test_metadata_finds_its_rows_again(sheets: Any, book: str) -> None:
    """Developer metadata sticks to a row that moves, and reads by filter."""
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    metadata = {
        "metadataKey": "baris",
        "metadataValue": "1",
        "location": {"dimensionRange": rows},
        "visibility": "DOCUMENT",
    }
    insert = {"insertDimension": {"range": {**rows, "startIndex": 0, "endIndex": 3}}}
    made: list[Any] = [{"createDeveloperMetadata": {"developerMetadata": metadata}}, insert]
    sheets.batchUpdate(spreadsheetId=book, body={"requests": made}).execute()
    lookup = {"developerMetadataLookup": {"metadataKey": "baris"}}
    found = sheets.developerMetadata().search(spreadsheetId=book, body={"dataFilters": [lookup]}).execute()
    place = found["matchedDeveloperMetadata"][0]["developerMetadata"]["location"]["dimensionRange"]
    assert (place["startIndex"], place["endIndex"]) == (4, 5)
    data = [{"dataFilter": lookup, "majorDimension": "ROWS", "values": [["di sini"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    sheets.values().batchUpdateByDataFilter(spreadsheetId=book, body=body).execute()
    assert sheets.values().get(spreadsheetId=book, range="A5").execute()["values"] == [["di sini"]]


def test_lists_go_page_by_page(drive: Any) -> None:
    """The next page follows its token, to the end."""
    folder = (
        drive.files().create(body={"name": "Map", "mimeType": "application/vnd.google-apps.folder"}).execute()["id"]
    )
    for number in range(5):
        drive.files().create(body={"name": f"{number}", "mimeType": SHEET, "parents": [folder]}).execute()
    request, names = drive.files().list(q=f"'{folder}' in parents", pageSize=2, orderBy="name"), []
    while request is not None:
        answer = request.execute()
        names += [file["name"] for file in answer["files"]]
        request = drive.files().list_next(request, answer)
    assert names == ["0", "1", "2", "3", "4"]


def test_uploads_and_downloads(drive: Any, tmp_path: Path) -> None:
    """Multipart and resumable uploads are converted, and lose what their names end in; exports come down."""
    csv = MediaInMemoryUpload(b"a,b\n1,2\n", mimetype="text/csv")
    small = drive.files().create(body={"name": "Kecil", "mimeType": SHEET}, media_body=csv).execute()
    assert drive.files().export(fileId=small["id"], mimeType="text/csv").execute() == b"a,b\r\n1,2"
    excel = openpyxl.Workbook()
    excel.worksheets[0].append(["a", 7.72])
    path = tmp_path / "buku.xlsx"
    excel.save(path)
    media = MediaFileUpload(str(path), mimetype=XLSX, resumable=True)
    made = drive.files().create(body={"name": path.name, "mimeType": SHEET}, media_body=media).execute()
    assert made["name"] == "buku"
    media.stream().close()
    out = io.BytesIO()
    download = MediaIoBaseDownload(out, drive.files().export_media(fileId=made["id"], mimeType=XLSX))
    while not download.next_chunk()[1]:
        pass
    assert openpyxl.load_workbook(out).worksheets[0]["B1"].value == 7.72


def test_large_files_come_in_pieces(drive: Any) -> None:
    """A resumable upload of several chunks is put together again."""
    content = bytes(range(256)) * 2500
    media = MediaInMemoryUpload(content, mimetype="application/octet-stream", chunksize=256 * 1024, resumable=True)
    upload, answer, pieces = drive.files().create(body={"name": "a.bin"}, media_body=media, fields="id,size"), None, 0
    while answer is None:
        _, answer = upload.next_chunk()
        pieces += 1
    assert (pieces, answer["size"]) == (3, "640000")
    assert drive.files().get_media(fileId=answer["id"]).execute() == content


def test_several_calls_in_one_request(drive: Any, book: str) -> None:
    """A batch of calls is answered call by call, refusals included."""
    answers: dict[str, Any] = {}

    def take(request_id: str, response: Any, error: HttpError | None) -> None:
        answers[request_id] = error.status_code if error else response

    batch = drive.new_batch_http_request(callback=take)
    permission = {"type": "user", "role": "reader", "emailAddress": "ani@example.com"}
    batch.add(drive.permissions().create(fileId=book, body=permission, fields="role"), request_id="share")
    batch.add(drive.files().get(fileId="tidak-ada"), request_id="missing")
    batch.execute()
    assert answers == {"share": {"role": "reader"}, "missing": 404}


def test_long_addresses_are_sent_as_forms(sheets: Any, book: str) -> None:
    """Of many ranges the client makes a POST that says it is a GET."""
    ranges = [f"Sheet1!A{row}:C{row}" for row in range(1, 400)]
    answer = sheets.values().batchGet(spreadsheetId=book, ranges=ranges).execute()
    assert [one["range"] for one in answer["valueRanges"]] == ranges


def test_changes_are_followed(drive: Any, sheets: Any, book: str) -> None:
    """A start token, an edit, and the change that tells of it."""
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    body = {"values": [["x"]]}
    sheets.values().update(spreadsheetId=book, range="A1", valueInputOption="RAW", body=body).execute()
    answer = drive.changes().list(pageToken=token, fields="newStartPageToken,changes(fileId,file(version))").execute()
    assert [change["fileId"] for change in answer["changes"]] == [book]
    assert int(answer["newStartPageToken"]) > int(token)
