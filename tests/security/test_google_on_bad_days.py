"""Google asks us to slow down, or somebody puts the workbook into the bin: nothing is lost, and a person is told what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import stamina
from gspread.exceptions import APIError
from installation import Installation, installation
from snapshot import Kept

from sheets_sync.errors import BinnedError, ConfigError, QuotaError
from sheets_sync.google.client import GoogleClient
from sheets_sync.google.key_file import load_key
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.scopes import SCOPES
from sheets_sync.i18n import language
from sheets_sync.jobs.setup import set_up
from sheets_sync.local_google.quotas import Quota, drive_exceeded
from sheets_sync.settings import Environment, load_settings


@dataclass(slots=True)
class BusyDrive(Quota):
    """Drive answers 403 to the next `times` calls, as it does where a user asks too often."""

    times: int = 0
    per_user: bool = True

    def charge(self, method: str, account: str, now: float) -> None:
        del account, now
        if method.startswith("drive.") and self.times > 0:
            self.times -= 1
            raise drive_exceeded(per_user=self.per_user)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The sample, and a program that tries three times without waiting."""
    with stamina.set_testing(True, attempts=3), installation(tmp_path_factory.mktemp("office") / "here") as fresh:
        yield Kept.of(fresh)


@pytest.mark.incident("drive-403")
@pytest.mark.parametrize("per_user", [True, False])
def test_drives_403_for_too_many_requests_is_waited_out(here: Installation, per_user: bool) -> None:
    """A 403 that means *slow down* is tried again like a 429: the sync goes through and blames no workbook."""
    here.google.conditions.quota = BusyDrive(times=2, per_user=per_user)
    outcome, _ = here.sync()
    assert (outcome.status, outcome.failures, outcome.read) == (0, (), (here.workbook,))


@pytest.mark.incident("drive-403")
def test_drives_403_that_stays_is_told_for_what_it_is(here: Installation) -> None:
    """Where Drive stays busy we are asked to slow down; nobody is told that the workbook is not shared."""
    here.google.conditions.quota = BusyDrive(times=99)
    client = GoogleClient(load_key(here.place.key_file), GoogleOptions(), here.google.url)
    with pytest.raises(QuotaError, match="slow down"):
        client.list_workbooks()
    client.close()
    here.google.conditions.quota = BusyDrive(times=99)
    outcome, _ = here.sync()
    assert outcome.status == 3
    assert not any("not shared" in str(failure.message) for failure in outcome.failures)


def put_into_bin(here: Installation, *, binned: bool = True) -> None:
    """The secretary moves the workbook to Drive's bin, or back."""
    url = f"{here.google.url}/drive/v3/files/{here.workbook}"
    here.person().client.request("patch", url, json={"trashed": binned})


def written(here: Installation) -> dict[str, int]:
    """A sync's requests other than its list."""
    return {name: count for name, count in here.sync()[1].items() if name != "drive.files.list"}


@pytest.mark.incident("binned-workbook")
def test_a_workbook_in_the_bin_is_told_and_neither_read_nor_written(here: Installation) -> None:
    """It is said to be in the bin, with how to get it back; its last good figures stay; back again, it is read."""
    here.sync()
    score = here.score("Tangkum")
    put_into_bin(here)
    outcome, requests = here.sync()
    assert outcome.status == 3
    assert outcome.text(language("en")).count("in Google Drive's bin") == 1
    assert set(requests) == {"drive.files.list"}
    assert here.score("Tangkum") == score
    assert written(here) == {}
    put_into_bin(here, binned=False)
    outcome, _ = here.sync()
    assert (outcome.status, outcome.read) == (0, (here.workbook,))


@pytest.mark.incident("binned-workbook")
def test_nothing_is_set_up_in_the_bin(here: Installation) -> None:
    """Tabs that `setup` would make there would be lost with it: it makes none and says why."""
    put_into_bin(here)
    here.google.log.clear()
    with here.app() as app, pytest.raises(BinnedError, match="put it back"):
        set_up(app, here.workbook)
    assert set(here.requests()) == {"drive.files.list"}


def test_the_token_changes_nothing_in_drive(here: Installation) -> None:
    """With our token nobody can delete, rename, share or copy a file."""
    client = GoogleClient(load_key(here.place.key_file), GoogleOptions(), here.google.url)
    client.login()
    assert set(client.list_workbooks()) == {here.workbook}
    transport = client._transport()
    for method, path in (("delete", ""), ("patch", ""), ("post", "/permissions"), ("post", "/copy")):
        with pytest.raises(APIError, match="insufficient authentication scopes"):
            transport.request(method, f"https://www.googleapis.com/drive/v3/files/{here.workbook}{path}", json={})
    client.close()


def test_no_scope_is_wider_than_a_method_of_ours_needs() -> None:
    """Google's own discovery documents know each scope for a method we call, and none of ours is *all of Drive*."""
    import googleapiclient

    documents = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    sheets, drive = (json.loads((documents / name).read_text()) for name in ("sheets.v4.json", "drive.v3.json"))
    methods = sheets["resources"]["spreadsheets"]["methods"]
    copying = sheets["resources"]["spreadsheets"]["resources"]["sheets"]["methods"]["copyTo"]
    assert all(SCOPES[0] in method["scopes"] for method in (methods["get"], methods["batchUpdate"], copying))
    known = drive["resources"]
    asked = (known["files"]["methods"]["list"], known["about"]["methods"]["get"])
    assert all(SCOPES[1] in method["scopes"] for method in asked)
    assert [scope for scope in SCOPES if scope.endswith(("auth/drive", "drive.readonly"))] == []


ENDPOINTS = {
    "http://127.0.0.1:8080": True,
    "http://[::1]:8080": True,
    "http://localhost:8080": True,
    "https://proxy.example": True,
    "http://far.example": False,
    "http://10.0.0.1": False,
    "http://127.0.0.1.far.example": False,
    "http://localhost@far.example": False,
    "http://localhost.far.example": False,
    "http://0.0.0.0:8080": False,
    "http://[::1": False,
    "ftp://127.0.0.1": False,
    "127.0.0.1:8080": False,
    "file:///etc": False,
}


@pytest.mark.incident("endpoint-in-the-clear")
@pytest.mark.parametrize(("endpoint", "taken"), ENDPOINTS.items())
def test_a_token_leaves_this_machine_over_https_only(tmp_path: Path, endpoint: str, taken: bool) -> None:
    """Plain http is taken for this machine alone, whether named by the environment or by the key file."""
    from sheets_sync.demo.place import prepare

    config = prepare(tmp_path / "here").config
    if taken:
        assert load_settings(config, Environment(google_endpoint=endpoint)).environment.google_endpoint == endpoint
        return
    with pytest.raises(ConfigError, match="not taken as Google's address"):
        load_settings(config, Environment(google_endpoint=endpoint))


@pytest.mark.incident("endpoint-in-the-clear")
def test_a_key_file_names_no_unprotected_token_address(here: Installation) -> None:
    """A key file whose token_uri is plain http elsewhere is refused: the signed request would go in the clear."""
    key = {**load_key(here.place.key_file), "token_uri": "http://far.example/token"}
    with pytest.raises(ConfigError, match="token_uri"):
        GoogleClient(key, GoogleOptions())
