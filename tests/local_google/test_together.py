"""Many callers at once: nothing is lost, nothing is mixed up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from local_http import sign_in

from sheets_sync.local_google import LocalGoogle


def test_appends_of_many_callers_are_all_there(tmp_path: Path) -> None:
    """Every append has a row of its own, every change a version of its own, also after a restart."""
    with LocalGoogle(folder=tmp_path) as google:
        file_id = google.create_workbook("Uji", writers=["sheets-sync"])
        client = sign_in(google)
        path = f"/v4/spreadsheets/{file_id}/values/A1:append"

        def append(number: int) -> str:
            answer = client.ok("POST", path, {"values": [[number]]}, valueInputOption="RAW")
            return str(answer["updates"]["updatedRange"])

        with ThreadPoolExecutor(8) as pool:
            places = list(pool.map(append, range(60)))
        assert len(set(places)) == 60
        version = client.ok("GET", f"/drive/v3/files/{file_id}", fields="version")["version"]
    with LocalGoogle(folder=tmp_path) as google:
        client = sign_in(google)
        rows = client.ok("GET", f"/v4/spreadsheets/{file_id}/values/A1:A100")["values"]
        assert sorted(int(row[0]) for row in rows) == list(range(60))
        assert client.ok("GET", f"/drive/v3/files/{file_id}", fields="version")["version"] == version == "62"


def test_lists_and_edits_do_not_disturb_each_other() -> None:
    """While workbooks are made, renamed and deleted, every list is one that could have been."""
    with LocalGoogle() as google:
        client = sign_in(google)

        def live(number: int) -> None:
            made = client.ok(
                "POST", "/drive/v3/files", {"name": f"{number}", "mimeType": "application/vnd.google-apps.folder"}
            )
            client.ok("PATCH", f"/drive/v3/files/{made['id']}", {"name": f"{number} lagi"})
            client.ok("DELETE", f"/drive/v3/files/{made['id']}")

        def look(_: int) -> int:
            return len(client.ok("GET", "/drive/v3/files", orderBy="name")["files"])

        with ThreadPoolExecutor(8) as pool:
            lives, looks = list(pool.map(live, range(30))), list(pool.map(look, range(30)))
        assert max(looks) <= 30
        assert len(lives) == 30
        assert look(0) == 0
