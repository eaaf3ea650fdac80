"""Drive files through HTTP: listing, folders, uploads, copies, trash, versions, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from local_http import FILES, SHEET, Http, made, sign_in, values

from sheets_sync.local_google import LocalGoogle

FOLDER = "application/vnd.google-apps.folder"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Clock:
    """A clock that moves a second with every look."""

    def __init__(self) -> None:
        self.now = datetime(2024, 11, 5, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="module")
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle(clock=Clock()) as server:
        yield server


@pytest.fixture
def me(google: LocalGoogle, request: pytest.FixtureRequest) -> Http:
    """An account of the test's own, with an empty Drive."""
    return sign_in(google, request.node.name.replace("_", "-")[:60].split("[")[0])


@pytest.fixture(scope="module")
def ani(google: LocalGoogle) -> Http:
    return sign_in(google, "ani", person=True)


def names(client: Http, q: str = "", **params: Any) -> list[str]:
    return [file["name"] for file in client.ok("GET", FILES, q=q, **params)["files"]]


def test_a_new_file_answers_with_four_fields(me: Http) -> None:
    """Without `fields` Drive tells kind, id, name and type."""
    answer = me.ok("POST", FILES, {"name": "Uji", "mimeType": SHEET}, supportsAllDrives=True)
    assert {**answer, "id": ""} == {"kind": "drive#file", "id": "", "name": "Uji", "mimeType": SHEET}
    assert len(answer["id"]) == 44


def test_a_list_shows_what_was_asked_for(me: Http) -> None:
    """The list keeps empty lists and gives only the asked fields."""
    assert me.ok("GET", FILES) == {"kind": "drive#fileList", "incompleteSearch": False, "files": []}
    made(me, "Uji")
    answer = me.ok("GET", FILES, fields="files(name,trashed,owners/me),nextPageToken")
    assert answer == {"files": [{"name": "Uji", "trashed": False, "owners": [{"me": True}]}]}


def test_queries_find_files(me: Http) -> None:
    """The query language as clients use it."""
    folder = made(me, "Laporan 2024", FOLDER)
    inside = made(me, "Rekap O'Neil", parents=[folder], properties={"tahun": "2024"})
    trashed = made(me, "Buang")
    me.ok("PATCH", f"{FILES}/{trashed}", {"trashed": True})
    found = {
        f'mimeType="{SHEET}"': ["Buang", "Rekap O'Neil"],
        f"mimeType='{SHEET}' and trashed=false": ["Rekap O'Neil"],
        "name = 'Rekap O\\'Neil'": ["Rekap O'Neil"],
        f"'{folder}' in parents": ["Rekap O'Neil"],
        f'parents in "{folder}"': ["Rekap O'Neil"],
        "'root' in parents and not trashed = true": ["Laporan 2024"],
        "name contains 'lap'": ["Laporan 2024"],
        "name contains 'poran'": [],
        "'me' in owners and (name contains 'rekap' or name contains 'buang')": ["Buang", "Rekap O'Neil"],
        "'orang@example.com' in writers": [],
        "modifiedTime > '2024-11-05T00:00:00' and modifiedTime < '2030-01-01T00:00:00Z' and trashed = true": ["Buang"],
        "properties has { key='tahun' and value='2024' }": ["Rekap O'Neil"],
        "sharedWithMe": None,
        "name like 'x'": None,
        "modifiedTime > 'kemarin'": None,
    }
    for q, expected in found.items():
        if expected is None:
            assert me.refused("GET", FILES, q=q) == (400, "Invalid Value", "invalid"), q
        else:
            assert sorted(names(me, q)) == expected, q
    assert inside


def test_full_text_looks_into_cells(me: Http) -> None:
    """A full-text search finds whole words in spreadsheets, and does not sort."""
    file_id = made(me, "A")
    body = {"values": [["Perpustakaan Tangkum"]]}
    me.ok("PUT", f"/v4/spreadsheets/{file_id}/values/A1", body, valueInputOption="RAW")
    made(me, "B")
    assert names(me, "fullText contains 'tangkum'") == ["A"]
    assert names(me, "fullText contains 'tangk'") == []
    code, message, reason = me.refused("GET", FILES, q="fullText contains 'x'", orderBy="name")
    assert (code, message.partition(".")[0], reason) == (
        400,
        "Sorting is not supported for queries with fullText terms",
        "badRequest",
    )


def test_lists_come_in_order_and_in_pages(me: Http) -> None:
    """Lists are sorted by several keys; pages follow each other by their tokens."""
    for name in ("b10", "B9", "a"):
        made(me, name)
    made(me, "z", FOLDER)
    assert names(me, orderBy="name") == ["a", "b10", "B9", "z"]
    assert names(me, orderBy="folder,name_natural desc") == ["z", "b10", "B9", "a"]
    assert names(me, orderBy="modifiedTime desc")[0] == "z"
    first = me.ok("GET", FILES, pageSize=3, orderBy="name")
    rest = me.ok("GET", FILES, pageSize=3, orderBy="name", pageToken=first["nextPageToken"])
    assert [file["name"] for file in first["files"] + rest["files"]] == ["a", "b10", "B9", "z"]
    assert "nextPageToken" not in rest
    assert me.refused("GET", FILES, pageToken="x")[0] == 400
    assert me.refused("GET", FILES, orderBy="size")[0] == 400
    said = "Invalid value '2000'. Values must be within the range: [1, 1000]"
    assert me.refused("GET", FILES, pageSize=2000) == (400, said, "invalidParameter")


def test_what_is_not_shared_does_not_exist(me: Http, ani: Http) -> None:
    """404 with the file's id and the place of the parameter, for unknown and foreign files alike."""
    foreign = made(ani, "Rahasia")
    for file_id in (foreign, "tidak-ada"):
        response = me.send("GET", f"{FILES}/{file_id}")
        error = response.json()["error"]
        assert (response.status_code, error["message"]) == (404, f"File not found: {file_id}.")
        assert error["errors"][0] == {
            "message": f"File not found: {file_id}.",
            "domain": "global",
            "reason": "notFound",
            "location": "fileId",
            "locationType": "parameter",
        }
    assert me.refused("GET", f"/v4/spreadsheets/{foreign}")[0] == 403
    assert me.refused("GET", "/v4/spreadsheets/tidak-ada")[0] == 404


def test_an_edit_raises_the_version(me: Http) -> None:
    """Version, modifiedTime and lastModifyingUser follow every edit; sharing raises the version only."""
    fields = "version,modifiedTime,lastModifyingUser(me,emailAddress)"
    file_id = made(me, "Uji")
    seen = [me.ok("GET", f"{FILES}/{file_id}", fields=fields)]
    me.ok("PUT", f"/v4/spreadsheets/{file_id}/values/A1", {"values": [[1]]}, valueInputOption="RAW")
    seen.append(me.ok("GET", f"{FILES}/{file_id}", fields=fields))
    me.ok("POST", f"{FILES}/{file_id}/permissions", {"type": "anyone", "role": "reader"})
    seen.append(me.ok("GET", f"{FILES}/{file_id}", fields=fields))
    assert int(seen[0]["version"]) < int(seen[1]["version"]) < int(seen[2]["version"])
    assert seen[0]["modifiedTime"] < seen[1]["modifiedTime"] == seen[2]["modifiedTime"]
    assert seen[1]["lastModifyingUser"] == {"me": True, "emailAddress": me.email}


def test_file_name_and_title_are_one(me: Http) -> None:
    """Renaming in Drive renames the workbook, and the other way round."""
    file_id = made(me, "Lama")
    me.ok("PATCH", f"{FILES}/{file_id}", {"name": "Baru"})
    assert me.ok("GET", f"/v4/spreadsheets/{file_id}")["properties"]["title"] == "Baru"
    change = {"updateSpreadsheetProperties": {"properties": {"title": "Rekap"}, "fields": "title"}}
    me.ok("POST", f"/v4/spreadsheets/{file_id}:batchUpdate", {"requests": [change]})
    assert me.ok("GET", f"{FILES}/{file_id}")["name"] == "Rekap"


def test_files_move_between_folders(me: Http) -> None:
    """Parents are added and removed; a folder does not go into itself."""
    first, second = made(me, "Satu", FOLDER), made(me, "Dua", FOLDER)
    file_id = made(me, "Uji", parents=[first])
    me.ok("PATCH", f"{FILES}/{file_id}", addParents=second, removeParents=first)
    assert me.ok("GET", f"{FILES}/{file_id}", fields="parents") == {"parents": [second]}
    me.ok("PATCH", f"{FILES}/{second}", addParents=first)
    assert me.refused("PATCH", f"{FILES}/{first}", addParents=second)[2] == "cyclicParents"
    assert me.refused("POST", FILES, {"name": "x", "parents": [file_id]})[2] == "parentNotAFolder"


def test_a_workbook_in_the_trash_can_still_be_read() -> None:
    """The list says so to all who see it, its version rises, and it comes back as it was."""
    with LocalGoogle() as google:
        client, file_id = sign_in(google), google.create_workbook("Rekap", writers=["sheets-sync"])
        versions = []
        for trashed in (False, True, False):
            google.trash(file_id, trashed=trashed)
            (listed,) = client.ok("GET", FILES, fields="files(trashed,trashedTime,version)")["files"]
            assert (listed["trashed"], "trashedTime" in listed) == (trashed, trashed)
            assert client.ok("GET", f"/v4/spreadsheets/{file_id}")["properties"]["title"] == "Rekap"
            assert len(client.ok("GET", FILES, q="trashed = false")["files"]) == (not trashed)
            versions.append(int(listed["version"]))
    assert versions == sorted(set(versions))


def test_trash_and_delete(me: Http) -> None:
    """What is in a trashed folder is trashed; emptying the trash and deleting end files for good."""
    folder = made(me, "Map", FOLDER)
    inside, other = made(me, "Uji", parents=[folder]), made(me, "Lain")
    me.ok("PATCH", f"{FILES}/{folder}", {"trashed": True})
    facts = me.ok("GET", f"{FILES}/{inside}", fields="trashed,explicitlyTrashed")
    assert facts == {"trashed": True, "explicitlyTrashed": False}
    assert me.send("DELETE", f"{FILES}/trash").status_code == 204
    assert me.refused("GET", f"{FILES}/{inside}")[0] == 404
    assert me.send("DELETE", f"{FILES}/{other}").content == b""
    assert me.refused("GET", f"/v4/spreadsheets/{other}")[0] == 404
    assert names(me) == []


def test_a_reader_may_not_write(me: Http, ani: Http) -> None:
    """Readers read at both APIs; writing is 403 in each one's words."""
    file_id = made(ani, "Baca saja")
    ani.ok("POST", f"{FILES}/{file_id}/permissions", {"type": "user", "role": "reader", "emailAddress": me.email})
    assert me.ok("GET", f"/v4/spreadsheets/{file_id}")["spreadsheetId"] == file_id
    said = (403, "The caller does not have permission", "PERMISSION_DENIED")
    body = {"values": [[1]]}
    assert me.refused("PUT", f"/v4/spreadsheets/{file_id}/values/A1", body, valueInputOption="RAW") == said
    assert me.refused("PATCH", f"{FILES}/{file_id}", {"name": "x"})[2] == "insufficientFilePermissions"
    assert me.refused("DELETE", f"{FILES}/{file_id}")[2] == "insufficientFilePermissions"


def test_a_copy_is_independent(me: Http) -> None:
    """A copy has the content, another id and the name `Copy of …`; changing one leaves the other."""
    file_id = made(me, "Asal")
    me.ok("PUT", f"/v4/spreadsheets/{file_id}/values/A1", {"values": [["a"]]}, valueInputOption="RAW")
    answer = me.ok("POST", f"{FILES}/{file_id}/copy", {"name": None, "mimeType": SHEET})
    assert answer["name"] == "Copy of Asal"
    me.ok("PUT", f"/v4/spreadsheets/{answer['id']}/values/A1", {"values": [["b"]]}, valueInputOption="RAW")
    assert (values(me, file_id), values(me, answer["id"])) == ([["a"]], [["b"]])


def test_ids_may_be_made_beforehand(me: Http) -> None:
    """Ids made beforehand are taken once."""
    answer = me.ok("GET", f"{FILES}/generateIds", count=2)
    assert len(set(answer["ids"])) == 2
    assert made(me, "Uji", id=answer["ids"][0]) == answer["ids"][0]
    assert me.refused("POST", FILES, {"id": answer["ids"][0]})[0] == 409


def test_what_drive_has_and_we_do_not_says_so() -> None:
    """Methods and types that only Google has answer 501 with their name."""
    with LocalGoogle() as server:
        me = sign_in(server)
        code, message, _ = me.refused("POST", "/drive/v3/drives", {"name": "x"}, requestId="1")
        assert (code, "drive.drives.create" in message) == (501, True)
        assert me.refused("GET", "/drive/v2/files")[:2] == (
            501,
            "The local Google does not support the method drive.v2.",
        )
        assert me.refused("GET", FILES, spaces="appDataFolder")[0] == 501
        assert me.refused("GET", FILES, driveId="0A", corpora="drive")[:2] == (404, "Shared drive not found: 0A.")
        document = "application/vnd.google-apps.document"
        assert me.refused("POST", FILES, {"name": "x", "mimeType": document})[0] == 501


def test_service_accounts_own_nothing() -> None:
    """As at Google today: a service account can't make a file, a person can."""
    with LocalGoogle(service_account_storage=False) as server:
        robot, person = sign_in(server), sign_in(server, "ani", person=True)
        code, message, reason = robot.refused("POST", FILES, {"name": "x", "mimeType": SHEET})
        assert (code, reason) == (403, "storageQuotaExceeded")
        assert message.startswith("Service Accounts do not have storage quota.")
        said = robot.refused("POST", "/v4/spreadsheets", {"properties": {"title": "x"}})
        assert said == (403, "The caller does not have permission", "PERMISSION_DENIED")
        assert made(person, "Boleh")
