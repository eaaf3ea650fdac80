"""Drive through HTTP: permissions, comments, changes, revisions, uploads in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from local_http import FILES, SHEET, Http, made, sign_in

from sheets_sync.local_google import LocalGoogle

FOLDER = "application/vnd.google-apps.folder"


@pytest.fixture(scope="module")
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle() as server:
        yield server


@pytest.fixture(scope="module")
def ani(google: LocalGoogle) -> Http:
    return sign_in(google, "ani", person=True)


@pytest.fixture(scope="module")
def budi(google: LocalGoogle) -> Http:
    return sign_in(google, "budi", person=True)


def share(client: Http, file_id: str, **permission: object) -> dict[str, Any]:
    answer: dict[str, Any] = client.ok(
        "POST", f"{FILES}/{file_id}/permissions", permission, sendNotificationEmail=False
    )
    return answer


def test_permissions_are_made_listed_changed_and_taken_away(ani: Http, budi: Http) -> None:
    """The life of a permission, with the fields and the order that Drive gives."""
    file_id = made(ani)
    path = f"{FILES}/{file_id}/permissions"
    given = share(ani, file_id, type="user", role="writer", emailAddress=budi.email, withLink=False)
    assert given == {"kind": "drive#permission", "id": given["id"], "type": "user", "role": "writer"}
    listed = ani.ok("GET", path, fields="nextPageToken,permissions")["permissions"]
    assert [(one["role"], one["emailAddress"]) for one in listed] == [("writer", budi.email), ("owner", ani.email)]
    assert budi.ok("GET", f"/v4/spreadsheets/{file_id}")["spreadsheetId"] == file_id
    assert ani.ok("PATCH", f"{path}/{given['id']}", {"role": "reader"})["role"] == "reader"
    assert budi.refused("PATCH", f"{FILES}/{file_id}", {"name": "x"})[2] == "insufficientFilePermissions"
    assert budi.refused("GET", path)[2] == "insufficientFilePermissions"
    assert ani.send("DELETE", f"{path}/{given['id']}").status_code == 204
    assert budi.refused("GET", f"{FILES}/{file_id}")[0] == 404
    assert ani.refused("DELETE", f"{path}/{given['id']}")[:2] == (404, f"Permission not found: {given['id']}.")
    owner = ani.ok("GET", path)["permissions"][-1]["id"]
    assert "The owner of a file cannot be removed." in ani.refused("DELETE", f"{path}/{owner}")[1]


def test_anyone_with_the_link_may_open_but_does_not_find(ani: Http, budi: Http) -> None:
    """A link opens a file for everybody and lists it for nobody."""
    file_id = made(ani, "Terbuka")
    found = share(ani, file_id, type="anyone", role="reader")
    assert (found["id"], found["allowFileDiscovery"]) == ("anyoneWithLink", False)
    assert budi.ok("GET", f"{FILES}/{file_id}")["name"] == "Terbuka"
    assert "Terbuka" not in [file["name"] for file in budi.ok("GET", FILES)["files"]]
    assert ani.ok("GET", FILES, q="visibility='anyoneWithLink'")["files"][0]["id"] == file_id


def test_a_domain_shares_with_its_addresses(ani: Http, budi: Http) -> None:
    """Everybody of the domain may read; others may not."""
    file_id = made(ani)
    share(ani, file_id, type="domain", role="reader", domain="example.com")
    assert budi.ok("GET", f"{FILES}/{file_id}")["id"] == file_id
    assert sign_in(ani.google).refused("GET", f"{FILES}/{file_id}")[0] == 404


def test_a_folder_shares_what_is_in_it(ani: Http, budi: Http) -> None:
    """Rights pass down; and who owns the folder may write what others put into it."""
    folder = made(ani, "Map", FOLDER)
    inside = made(ani, "Isi", parents=[folder])
    share(ani, folder, type="user", role="writer", emailAddress=budi.email)
    assert budi.ok("GET", FILES, q="name = 'Isi' and sharedWithMe = false")["files"][0]["id"] == inside
    theirs = made(budi, "Titipan", parents=[folder])
    assert ani.ok("PATCH", f"{FILES}/{theirs}", {"name": "Titipan Budi"})["name"] == "Titipan Budi"


def test_ownership_is_handed_over(ani: Http, budi: Http) -> None:
    """It needs the acknowledgement; the former owner stays a writer."""
    file_id = made(ani)
    path = f"{FILES}/{file_id}/permissions"
    permission = {"type": "user", "role": "owner", "emailAddress": budi.email}
    assert "transferOwnership" in ani.refused("POST", path, permission)[1]
    ani.ok("POST", path, permission, transferOwnership=True)
    facts = ani.ok("GET", f"{FILES}/{file_id}", fields="owners,ownedByMe,capabilities/canEdit")
    assert (facts["owners"][0]["emailAddress"], facts["ownedByMe"]) == (budi.email, False)
    assert facts["capabilities"]["canEdit"]


def test_ownership_can_be_offered_and_taken(ani: Http, budi: Http) -> None:
    """A pending owner may make themselves the owner, nobody else may."""
    file_id = made(ani)
    path = f"{FILES}/{file_id}/permissions"
    given = share(ani, file_id, type="user", role="writer", emailAddress=budi.email)
    take = {"role": "owner"}
    assert budi.refused("PATCH", f"{path}/{given['id']}", take, transferOwnership=True)[0] == 403
    ani.ok("PATCH", f"{path}/{given['id']}", {"role": "writer", "pendingOwner": True})
    budi.ok("PATCH", f"{path}/{given['id']}", take, transferOwnership=True)
    assert budi.ok("GET", f"{FILES}/{file_id}", fields="ownedByMe") == {"ownedByMe": True}


@pytest.mark.parametrize(
    ("permission", "reason"),
    [
        ({"role": "reader"}, "required"),
        ({"type": "robot", "role": "reader"}, "invalid"),
        ({"type": "anyone", "role": "king"}, "invalid"),
        ({"type": "user", "role": "reader"}, "invalidSharingRequest"),
        ({"type": "domain", "role": "reader"}, "invalidSharingRequest"),
        ({"type": "group", "role": "owner", "emailAddress": "a@b.c"}, "invalid"),
    ],
)
def test_incomplete_permissions_are_refused(ani: Http, permission: dict[str, str], reason: str) -> None:
    """What is missing or makes no sense is named."""
    file_id = made(ani)
    assert ani.refused("POST", f"{FILES}/{file_id}/permissions", permission)[2] == reason


def test_comments_and_replies(ani: Http, budi: Http) -> None:
    """Comments need `fields`, know their authors, are answered, resolved, changed and deleted by their own."""
    file_id = made(ani)
    share(ani, file_id, type="user", role="commenter", emailAddress=budi.email)
    path = f"{FILES}/{file_id}/comments"
    assert ani.refused("POST", path, {"content": "x"})[1] == "The 'fields' parameter is required for this method."
    assert ani.ok("GET", path, fields="comments/content,comments/anchor,nextPageToken") == {"comments": []}
    made_one = budi.ok("POST", path, {"content": "Betul <12>?"}, fields="id,content,htmlContent,author(me)")
    assert made_one | {"id": ""} == {
        "id": "",
        "content": "Betul <12>?",
        "htmlContent": "Betul &lt;12&gt;?",
        "author": {"me": True},
    }
    its = f"{path}/{made_one['id']}"
    assert ani.refused("PATCH", its, {"content": "y"}, fields="id")[2] == "insufficientFilePermissions"
    reply = ani.ok("POST", f"{its}/replies", {"content": "Sudah", "action": "resolve"}, fields="*")
    assert (reply["action"], reply["author"]["me"]) == ("resolve", True)
    thread = budi.ok("GET", its, fields="*")
    assert (thread["resolved"], thread["replies"][0]["content"]) == (True, "Sudah")
    budi.ok("PATCH", its, {"content": "Betul?"}, fields="id")
    assert ani.ok("PATCH", f"{its}/replies/{reply['id']}", {"content": "Ya"}, fields="content") == {"content": "Ya"}
    assert len(ani.ok("GET", f"{its}/replies", fields="replies")["replies"]) == 1
    ani.ok("DELETE", f"{its}/replies/{reply['id']}")
    assert ani.refused("GET", f"{its}/replies/{reply['id']}", fields="*")[0] == 404
    budi.ok("DELETE", its)
    assert ani.ok("GET", path, fields="comments(content)") == {"comments": []}
    deleted = ani.ok("GET", path, fields="comments(content,deleted)", includeDeleted=True)
    assert deleted == {"comments": [{"deleted": True}]}


def test_changes_tell_each_file_once(ani: Http, budi: Http) -> None:
    """From a start token on: what changed last comes last, what one can't see any more is removed."""
    start = budi.ok("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    shared, kept = made(ani, "Bersama"), made(budi, "Sendiri")
    given = share(ani, shared, type="user", role="reader", emailAddress=budi.email)
    answer = budi.ok("GET", "/drive/v3/changes", pageToken=start)
    assert [(one["file"]["name"], one["removed"]) for one in answer["changes"]] == [
        ("Sendiri", False),
        ("Bersama", False),
    ]
    token = answer["newStartPageToken"]
    assert budi.ok("GET", "/drive/v3/changes", pageToken=token, fields="changes") == {"changes": []}
    ani.ok("DELETE", f"{FILES}/{shared}/permissions/{given['id']}")
    budi.ok("PATCH", f"{FILES}/{kept}", {"starred": True})
    fields = "changes(fileId,removed,file(starred)),newStartPageToken,nextPageToken"
    first = budi.ok("GET", "/drive/v3/changes", pageToken=token, fields=fields, pageSize=1)
    assert first["changes"] == [{"fileId": shared, "removed": True}]
    rest = budi.ok("GET", "/drive/v3/changes", pageToken=first["nextPageToken"], fields=fields)
    assert rest["changes"] == [{"fileId": kept, "removed": False, "file": {"starred": True}}]
    assert budi.refused("GET", "/drive/v3/changes", pageToken="x")[2] == "invalid"


def test_revisions_and_about(ani: Http) -> None:
    """A file's revisions grow with its edits; about tells who calls and needs `fields`."""
    file_id = made(ani)
    ani.ok("PATCH", f"{FILES}/{file_id}", {"name": "Lain"})
    revisions = ani.ok("GET", f"{FILES}/{file_id}/revisions", fields="revisions(id,lastModifyingUser/me)")["revisions"]
    assert revisions == [{"id": "1", "lastModifyingUser": {"me": True}}, {"id": "2", "lastModifyingUser": {"me": True}}]
    assert ani.ok("GET", f"{FILES}/{file_id}/revisions/head")["id"] == "2"
    assert ani.refused("GET", "/drive/v3/about")[2] == "required"
    assert ani.ok("GET", "/drive/v3/about", fields="user(emailAddress,me)") == {
        "user": {"emailAddress": ani.email, "me": True}
    }


def test_a_resumable_upload_comes_in_pieces(ani: Http) -> None:
    """The session's address comes first, 308 answers every piece but the last, a question tells how far it came."""
    url = f"{ani.google.url}/upload{FILES}"
    begun = ani.session.post(
        url,
        params={"uploadType": "resumable", "fields": "id,name"},
        json={"name": "Data", "mimeType": SHEET},
        headers={"X-Upload-Content-Type": "text/csv"},
        timeout=20,
    )
    assert (begun.status_code, begun.content) == (200, b"")
    place, content = begun.headers["Location"], b"a,b\n1,2\n"
    first = ani.session.put(place, data=content[:4], headers={"Content-Range": "bytes 0-3/8"}, timeout=20)
    assert (first.status_code, first.headers["Range"]) == (308, "bytes=0-3")
    asked = ani.session.put(place, headers={"Content-Range": "bytes */8"}, timeout=20)
    assert (asked.status_code, asked.headers["Range"]) == (308, "bytes=0-3")
    last = ani.session.put(place, data=content[4:], headers={"Content-Range": "bytes 4-7/8"}, timeout=20)
    assert last.json()["name"] == "Data"
    csv = ani.send("GET", f"{FILES}/{last.json()['id']}/export", mimeType="text/csv")
    assert csv.content == b"a,b\r\n1,2"
    assert ani.session.put(place, data=content, timeout=20).status_code == 404


def test_the_old_upload_of_v2_replaces_content(ani: Http) -> None:
    """Old clients (gspread among them) import csv files through Drive v2: PUT with convert, answered with v2's names."""
    file_id = made(ani, "Impor")
    answer = ani.session.put(
        f"{ani.google.url}/upload/drive/v2/files/{file_id}",
        params={"uploadType": "media", "convert": "True", "supportsAllDrives": "True"},
        data=b"x\n5",
        headers={"Content-Type": "text/csv"},
        timeout=20,
    ).json()
    assert (answer["title"], answer["mimeType"], answer["userPermission"]["role"]) == ("Impor", SHEET, "owner")
    assert answer["lastModifyingUser"]["isAuthenticatedUser"]
    assert {"etag", "embedLink", "thumbnailLink", "exportLinks", "quotaBytesUsed", "version"} <= answer.keys()
    assert ani.send("GET", f"{FILES}/{file_id}/export", mimeType="text/csv").content == b"x\r\n5"


def test_an_api_key_reads_what_everybody_may(ani: Http) -> None:
    """Public files are read with a key, private ones refused, and nothing is written."""
    private, public = made(ani), made(ani)
    share(ani, public, type="anyone", role="writer")
    stranger = Http(ani.google, requests.Session(), "")
    assert stranger.ok("GET", f"/v4/spreadsheets/{public}", key="AIzaX")["spreadsheetId"] == public
    said = (403, "The caller does not have permission", "PERMISSION_DENIED")
    assert stranger.refused("GET", f"/v4/spreadsheets/{private}", key="AIzaX") == said
    code, message, _ = stranger.refused("POST", f"/v4/spreadsheets/{public}:batchUpdate", {"requests": []}, key="AIzaX")
    assert (code, message.partition(".")[0]) == (401, "API keys are not supported by this API")
    assert stranger.send("GET", f"/spreadsheets/d/{public}/export", format="csv").status_code == 200
    assert stranger.send("GET", f"/spreadsheets/d/{private}/export", format="csv").status_code == 404
    assert stranger.refused("GET", f"/v4/spreadsheets/{public}")[0] == 401
