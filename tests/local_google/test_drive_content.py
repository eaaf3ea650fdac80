"""Drive through HTTP: uploads that become spreadsheets, and spreadsheets that become downloads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from local_http import FILES, SHEET, Http, made, sign_in, values

from sheets_sync.local_google import LocalGoogle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def me() -> Iterator[Http]:
    with LocalGoogle() as google:
        yield sign_in(google)


def upload(client: Http, method: str, path: str, content: bytes, kind: str, **params: Any) -> Any:
    url = f"{client.google.url}/upload{path}"
    response = client.session.request(
        method, url, data=content, params={"uploadType": "media"} | params, headers={"Content-Type": kind}, timeout=20
    )
    assert response.ok, response.text
    return response.json()


def test_a_csv_becomes_a_spreadsheet(me: Http) -> None:
    """An uploaded csv is read as if typed, in one tab that is named like the file; the time zone becomes California's."""
    content = 'Nama,Jumlah\nTangkum,1250\n"a,b",=1+1\n'
    file_id = made(me, "Uji")
    answer = upload(me, "PATCH", f"{FILES}/{file_id}", content.encode(), "text/csv")
    assert answer["mimeType"] == SHEET
    assert values(me, file_id) == [["Nama", "Jumlah"], ["Tangkum", "1250"], ["a,b", "2"]]
    book = me.ok("GET", f"/v4/spreadsheets/{file_id}")
    assert book["properties"]["timeZone"] == "America/Los_Angeles"
    assert [sheet["properties"]["title"] for sheet in book["sheets"]] == ["Uji"]
    assert book["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26}


def test_multipart_uploads_carry_their_metadata(me: Http) -> None:
    """multipart/related: JSON first, the file second; without conversion the bytes stay as they are."""
    mark = "batas"
    parts = (
        f"--{mark}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n" + '{"name": "catatan.txt"}\r\n'
        f"--{mark}\r\nContent-Type: text/plain\r\n\r\nhalo\r\n--{mark}--\r\n"
    )
    url = f"{me.google.url}/upload{FILES}?uploadType=multipart"
    headers = {"Content-Type": f"multipart/related; boundary={mark}"}
    answer = me.session.post(url, data=parts.encode(), headers=headers, timeout=20).json()
    assert answer["mimeType"] == "text/plain"
    assert me.send("GET", f"{FILES}/{answer['id']}", alt="media").content == b"halo"
    facts = me.ok("GET", f"{FILES}/{answer['id']}", fields="size,md5Checksum,originalFilename,fileExtension")
    assert facts["size"] == "4"
    assert facts["fileExtension"] == "txt"
    assert me.refused("GET", f"{FILES}/{answer['id']}/export", mimeType="text/csv")[2] == "fileNotExportable"


def test_exports(me: Http) -> None:
    """A csv holds the first tab's shown values without a final line end; other formats hold all tabs."""
    file_id = made(me, "Uji")
    rows = [["a1", 'kata "x"'], [1.5, "=B1"]]
    me.ok("PUT", f"/v4/spreadsheets/{file_id}/values/A1", {"values": rows}, valueInputOption="USER_ENTERED")
    csv = me.send("GET", f"{FILES}/{file_id}/export", mimeType="text/csv")
    assert csv.content == b'a1,"kata ""x"""\r\n1.5,"kata ""x"""'
    assert csv.headers["Content-Type"] == "text/csv"
    assert csv.headers["Content-Disposition"] == "attachment"
    tsv = me.send("GET", f"{FILES}/{file_id}/export", mimeType="text/tab-separated-values")
    assert tsv.content == b'a1\tkata "x"\r\n1.5\tkata "x"'
    xlsx = me.send("GET", f"{FILES}/{file_id}/export", mimeType=XLSX).content
    assert openpyxl.load_workbook(io.BytesIO(xlsx))["Sheet1"]["B2"].value == "=B1"
    assert me.send("GET", f"{FILES}/{file_id}/export", mimeType="application/pdf").content[:5] == b"%PDF-"
    page = me.send("GET", f"/spreadsheets/d/{file_id}/export", format="csv", gid=0)
    assert (page.content, page.headers["Content-Disposition"]) == (csv.content, "attachment; filename*=UTF-8''Uji.csv")
    assert me.refused("GET", f"{FILES}/{file_id}/export", mimeType="image/png")[0] == 400
    assert me.refused("GET", f"{FILES}/{file_id}", alt="media")[2] == "fileNotDownloadable"
