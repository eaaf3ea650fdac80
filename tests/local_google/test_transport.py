"""The door of the local Google: who is let in, how errors and answers look."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials
from local_http import Http, sign_in
from sheet_client import Book

from sheets_sync.local_google import LocalGoogle


def test_without_a_token_google_asks_for_one(shared_google: LocalGoogle, book: Book) -> None:
    """401 with the header that names the scheme, and Google's body."""
    response = requests.get(shared_google.url + book.path, timeout=20)
    error = response.json()["error"]
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="https://accounts.google.com/"'
    assert error["status"] == "UNAUTHENTICATED"
    assert error["details"][0]["reason"] == "CREDENTIALS_MISSING"


def test_a_wrong_token_is_told_from_a_missing_one(shared_google: LocalGoogle, book: Book) -> None:
    """401 with error="invalid_token"."""
    response = requests.get(shared_google.url + book.path, headers={"Authorization": "Bearer x"}, timeout=20)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].endswith('error="invalid_token"')
    assert response.json()["error"]["message"].startswith("Request had invalid authentication credentials.")


def test_drive_says_401_in_its_own_words(shared_google: LocalGoogle) -> None:
    """Drive's errors have a list of reasons, with words of their own at Google's door."""
    reasons = {}
    for token in ("", "x"):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        error = requests.get(f"{shared_google.url}/drive/v3/files", headers=headers, timeout=20).json()["error"]
        reasons[token] = error["errors"][0]
        assert (error["code"], error["status"]) == (401, "UNAUTHENTICATED")
    where = {"domain": "global", "location": "Authorization", "locationType": "header"}
    assert reasons == {
        "": where | {"message": "Login Required.", "reason": "required"},
        "x": where | {"message": "Invalid Credentials", "reason": "authError"},
    }


def test_a_token_needs_a_scope_that_covers_the_method(shared_google: LocalGoogle, book: Book) -> None:
    """A read-only token reads but does not write."""
    scope = "https://www.googleapis.com/auth/spreadsheets.readonly"
    credentials = Credentials.from_service_account_info(shared_google.account().key_info(), scopes=[scope])  # type: ignore[no-untyped-call]
    credentials.refresh(Request())
    headers = {"Authorization": f"Bearer {credentials.token}"}
    url = shared_google.url + book.path
    assert requests.get(url, headers=headers, timeout=20).ok
    told = (
        ("POST", f"{url}:batchUpdate", "google.apps.sheets.v4.SpreadsheetsService.BatchUpdateSpreadsheet"),
        ("PUT", f"{url}/values/A1?valueInputOption=RAW", "google.apps.sheets.v4.SpreadsheetsService.UpdateValues"),
        ("GET", f"{shared_google.url}/drive/v3/files", "google.apps.drive.v3.DriveFiles.List"),
    )
    for method, where, name in told:
        error = requests.request(method, where, json={}, headers=headers, timeout=20).json()["error"]
        assert error["message"] == "Request had insufficient authentication scopes."
        assert (error["status"], error["details"][0]["reason"]) == (
            "PERMISSION_DENIED",
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        )
        assert error["details"][0]["metadata"]["method"] == name
    assert error["errors"] == [
        {"message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"}
    ]


def test_a_workbook_that_is_not_shared_is_403_at_sheets_and_404_at_drive(
    shared_google: LocalGoogle, book: Book
) -> None:
    """Sheets says that it may not be seen, Drive that it is not there."""
    stranger = sign_in(shared_google, "stranger")
    sheets = stranger.refused("GET", book.path)
    drive = stranger.refused("GET", f"/drive/v3/files/{book.id}")
    assert sheets == (403, "The caller does not have permission", "PERMISSION_DENIED")
    assert drive == (404, f"File not found: {book.id}.", "notFound")


def test_an_unknown_workbook_is_404(robot: Http) -> None:
    """Google's text for it."""
    assert robot.refused("GET", "/v4/spreadsheets/nothing") == (404, "Requested entity was not found.", "NOT_FOUND")


def test_a_reader_may_not_write(shared_google: LocalGoogle, librarian: Http, book: Book) -> None:
    """Shared for reading only: reads pass, writes are 403."""
    guest = sign_in(shared_google, "guest")
    permission = {"type": "user", "role": "reader", "emailAddress": guest.email}
    librarian.ok("POST", f"/drive/v3/files/{book.id}/permissions", permission)
    assert guest.ok("GET", book.path)["spreadsheetId"] == book.id
    refused = guest.refused("POST", f"{book.path}:batchUpdate", {"requests": [{"addSheet": {}}]})
    assert refused == (403, "The caller does not have permission", "PERMISSION_DENIED")


def test_an_address_of_no_method_is_an_html_page(robot: Http) -> None:
    """Google's front end answers, not an API."""
    response = robot.send("GET", "/v4/nonsense")
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")


def test_what_is_not_supported_says_so(book: Book) -> None:
    """501 with the name of the request kind; the rest of the batch is not carried out."""
    kinds: list[dict[str, Any]] = [{"addSheet": {}}, {"refreshDataSource": {}}]
    code, message, status = book.client.refused("POST", f"{book.path}:batchUpdate", {"requests": kinds})
    assert (code, status) == (501, "UNIMPLEMENTED")
    assert "refreshDataSource" in message
    assert len(book.get("sheets.properties.title")["sheets"]) == 1


def test_answers_are_indented_unless_it_is_declined(book: Book) -> None:
    """prettyPrint=false saves the spaces."""
    pretty = book.client.send("GET", book.path)
    plain = book.client.send("GET", book.path, prettyPrint="false")
    assert pretty.text.startswith('{\n  "spreadsheetId"')
    assert "\n" not in plain.text
    assert pretty.json() == plain.json()
    assert pretty.headers["Content-Type"] == "application/json; charset=UTF-8"


@pytest.mark.parametrize("fields", ["userEnteredValue,effectiveValue,formattedValue", "*", "formattedValue,note"])
def test_an_answer_says_the_same_with_and_without_spaces(book: Book, fields: str) -> None:
    """Cells of every kind, before and after a neighbour changes, under a conditional format, and in another locale."""
    book.put("A1", [[1.5, "teks", True, "=A1*2", "7,72%", "3/11/2024", "https://example.org", ""], ["", 0, -2, 1e21]])
    note = {"rows": [{"values": [{"note": "catatan"}]}], "fields": "note"}
    red = {"booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}}
    rule = {"rule": {"ranges": [{"sheetId": 0}], **red}}
    for change in (
        {"updateCells": note | {"start": {"rowIndex": 0, "columnIndex": 1}}},
        {"addConditionalFormatRule": rule},
        {"updateSpreadsheetProperties": {"properties": {"locale": "in_ID"}, "fields": "locale"}},
    ):
        mask = f"sheets.data.rowData.values({fields})"
        assert book.get(mask) == book.get(mask, prettyPrint="false")
        book.batch(change)
    assert book.get(mask) == book.get(mask, prettyPrint="false")


def test_a_field_mask_may_come_in_a_header(book: Book) -> None:
    """X-Goog-FieldMask does what `fields` does."""
    url, headers = book.client.google.url + book.path, {"X-Goog-FieldMask": "spreadsheetId"}
    assert book.client.session.get(url, headers=headers, timeout=20).json() == {"spreadsheetId": book.id}


def test_headers_and_body_travel_together(shared_google: LocalGoogle) -> None:
    """One write carries the whole of a small answer, so that no client waits for the second half."""
    port = int(shared_google.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"GET /v4/spreadsheets/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
        first = connection.recv(65536)
    head, _, body = first.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    assert len(body) == length


def test_the_wrong_kind_of_grant_is_refused_at_the_token_endpoint(shared_google: LocalGoogle) -> None:
    """OAuth errors have a body of their own."""
    response = requests.post(f"{shared_google.url}/token", data={"grant_type": "password"}, timeout=20)
    assert response.status_code == 400
    assert response.json()["error"] == "unsupported_grant_type"


def test_a_body_that_is_no_json_is_refused_before_anything_else(book: Book) -> None:
    """Google shows where it stopped."""
    url = f"{book.client.google.url}{book.path}:batchUpdate"
    response = book.client.session.post(url, data=b'{"requests": [NaN]}', timeout=20)
    assert response.status_code == 400
    assert response.json()["error"]["message"].startswith("Invalid JSON payload received. Unexpected token.\n")


def test_two_writers_do_not_lose_each_others_edits(robot: Http, owned: Book, book: Book) -> None:
    """Edits of one workbook wait for each other."""
    from concurrent.futures import ThreadPoolExecutor

    def add(n: int) -> None:
        writer = book if n % 2 else owned
        writer.batch({"addSheet": {"properties": {"title": f"T{n}"}}})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(12)))
    titles = {sheet["properties"]["title"] for sheet in book.get("sheets.properties.title")["sheets"]}
    assert titles == {"Sheet1"} | {f"T{n}" for n in range(12)}


def test_a_second_start_on_the_same_port_is_refused(shared_google: LocalGoogle) -> None:
    """The port is taken, and that is said at once."""
    port = int(shared_google.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        LocalGoogle(port=port)


def test_key_files_are_those_of_a_service_account(
    tmp_path_factory: pytest.TempPathFactory, shared_google: LocalGoogle
) -> None:
    """What google-auth reads, with the token endpoint of this server."""
    path = shared_google.write_key(tmp_path_factory.mktemp("keys") / "key.json")
    info = json.loads(path.read_text())
    assert info["type"] == "service_account"
    assert info["token_uri"] == f"{shared_google.url}/token"
    credentials = Credentials.from_service_account_file(path, scopes=["https://www.googleapis.com/auth/drive"])  # type: ignore[no-untyped-call]
    credentials.refresh(Request())
    assert credentials.expiry.timestamp() > time.time()


def test_each_api_says_in_its_way_how_long_an_answer_holds(book: Book) -> None:
    """Drive forbids keeping it in three headers, Sheets only sharing it; a deletion has a type, but no charset."""
    sheets, drive = book.client.send("GET", book.path), book.client.send("GET", f"/drive/v3/files/{book.id}")
    assert (sheets.headers["Cache-Control"], "Pragma" in sheets.headers) == ("private", False)
    assert drive.headers["Cache-Control"] == "no-cache, no-store, max-age=0, must-revalidate"
    assert (drive.headers["Pragma"], drive.headers["Expires"]) == ("no-cache", "Mon, 01 Jan 1990 00:00:00 GMT")
    made = book.client.ok("POST", "/drive/v3/files", {"name": "Uji"})
    gone = book.client.send("DELETE", f"/drive/v3/files/{made['id']}")
    assert (gone.status_code, gone.headers["Content-Type"]) == (204, "text/html")
