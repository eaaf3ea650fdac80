"""Logging in without a key file, over HTTP: each kind reads the workbook, says as whom, and tells when it has ended."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import stamina
from browser_person import BrowserPerson
from google.auth.compute_engine import _metadata
from installation import US, Installation, installation

from sheets_sync.cli.group import run_cli
from sheets_sync.demo.people import SECRETARY
from sheets_sync.errors import GoogleDownError, KeyFileError, UsageError
from sheets_sync.google import GoogleClient
from sheets_sync.google.key_file import COMPUTERS_OWN, load_key
from sheets_sync.google.person_login import LoginOrder
from sheets_sync.google.scopes import SCOPES
from sheets_sync.jobs import login as job
from sheets_sync.jobs.diagnose import examine
from sheets_sync.local_google.auth import key_file_text

ROBOT = "sheets-sync@local-google.iam.gserviceaccount.com"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    with stamina.set_testing(True, attempts=2), installation(tmp_path / "here") as made:
        made.monkeypatch = monkeypatch  # type: ignore[attr-defined] # some logins come from the environment
        yield made


def person(here: Installation, name: str = SECRETARY, scopes: Callable[[list[str]], list[str]] = list) -> BrowserPerson:
    """Somebody logs in with the browser; the configuration is set up for it."""
    here.place.key_file.unlink(missing_ok=True)
    here.google.write_client(here.place.config / "oauth-client.json")
    here.configure("google.yaml", key_file="login.json", client_file="oauth-client.json")
    who = BrowserPerson(f"{name}@example.com" if name else "", scopes)
    settings = here.settings()
    job.login(settings, settings.offices[0], LoginOrder(who, browser=False, timeout_seconds=20))
    return who


def by_person(here: Installation) -> str:
    person(here)
    return f"{SECRETARY}@example.com"


def by_workload(here: Installation) -> str:
    here.google.write_workload(here.place.config)
    here.configure("google.yaml", key_file="workload.json")
    return ROBOT


def by_impersonation(here: Installation) -> str:
    """Another account's key, which may act as ours."""
    other = here.google.account("gate")
    (here.place.config / "gate.json").write_text(key_file_text(other), encoding="utf-8")
    here.google.let_act(other.email)
    here.configure("google.yaml", key_file="gate.json", impersonate=ROBOT)
    return ROBOT


def by_impersonation_file(here: Installation) -> str:
    """The file that gcloud writes for impersonation."""
    other = here.google.account("gate")
    here.google.let_act(other.email)
    url = f"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{ROBOT}:generateAccessToken"
    said = {
        "type": "impersonated_service_account",
        "service_account_impersonation_url": url,
        "source_credentials": {**json.loads(key_file_text(other)), "token_uri": "https://oauth2.googleapis.com/token"},
    }
    (here.place.config / "as.json").write_text(json.dumps(said), encoding="utf-8")
    here.configure("google.yaml", key_file="as.json")
    return ROBOT


def by_the_computers_own(here: Installation) -> str:
    """GOOGLE_APPLICATION_CREDENTIALS names a workload identity."""
    path = here.google.write_workload(here.place.folder)
    here.monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))  # type: ignore[attr-defined]
    here.configure("google.yaml", login="default")
    return ROBOT


def by_gclouds_login(here: Installation) -> str:
    """`gcloud auth application-default login` was run as the secretary."""
    person(here)
    kept = here.place.config / "login.json"
    said = {name: value for name, value in json.loads(kept.read_text(encoding="utf-8")).items() if name != "account"}
    well_known = here.place.folder.parent / "gcloud" / "application_default_credentials.json"
    well_known.parent.mkdir()
    well_known.write_text(json.dumps(said), encoding="utf-8")
    kept.unlink()
    here.configure("google.yaml", login="default")
    return f"{SECRETARY}@example.com"


def on_a_machine(here: Installation, *scopes: str) -> None:
    """This computer is one in Google's cloud. google-auth looks at its environment when it is imported."""
    host = here.google.run_on_machine(*scopes)
    patch: pytest.MonkeyPatch = here.monkeypatch  # type: ignore[attr-defined]
    patch.setattr(_metadata, "_NO_GCE_CHECK", False)
    patch.setattr(_metadata, "_GCE_METADATA_HOST", host)
    patch.setenv("GCE_METADATA_IP", host)
    here.place.key_file.unlink()
    here.configure("google.yaml", login="default")


def by_a_cloud_machine(here: Installation) -> str:
    """The machine was given the scopes that we need."""
    on_a_machine(here, *SCOPES)
    return ROBOT


def by_a_cloud_machine_that_acts(here: Installation) -> str:
    """The machine's account, whose scopes are the cloud's, acts as ours."""
    gate = here.google.account("gate")
    here.google.let_act(gate.email)
    on_a_machine(here, "https://www.googleapis.com/auth/cloud-platform")
    here.google.run_on_machine("https://www.googleapis.com/auth/cloud-platform", name="gate")
    here.configure("google.yaml", impersonate=ROBOT)
    return ROBOT


LOGINS = [
    by_person,
    by_workload,
    by_impersonation,
    by_impersonation_file,
    by_the_computers_own,
    by_gclouds_login,
    by_a_cloud_machine,
    by_a_cloud_machine_that_acts,
]


@pytest.mark.parametrize("way", LOGINS, ids=lambda way: way.__name__)
def test_every_login_syncs_and_says_as_whom(here: Installation, way: Callable[[Installation], str]) -> None:
    """The workbook is read and written as that account, and `doctor` names the kind of login and the account."""
    account = way(here)
    outcome, _ = here.sync()
    assert outcome.failures == ()
    assert outcome.written
    assert {entry.account for entry in here.google.log.entries if entry.method.startswith("sheets.")} == {account}
    with here.app() as app:
        said = [str(check.said) for check in examine(app) if check.about == "key"]
    assert len(said) == 1
    assert account in said[0]


def revoked(here: Installation) -> None:
    person(here)
    here.google.revoke(SECRETARY)


def no_longer_allowed(here: Installation) -> None:
    by_impersonation(here)
    here.google.logins.actors.clear()


def token_of_nobody(here: Installation) -> None:
    by_workload(here)
    (here.place.config / "workload.token").write_text("stolen", encoding="utf-8")


def token_missing(here: Installation) -> None:
    by_workload(here)
    (here.place.config / "workload.token").unlink()


def workload_not_allowed(here: Installation) -> None:
    by_workload(here)
    here.google.logins.actors.clear()


def none_on_this_computer(here: Installation) -> None:
    here.configure("google.yaml", login="default")


def gcloud_revoked(here: Installation) -> None:
    by_gclouds_login(here)
    here.google.revoke(SECRETARY)


def machine_without_scopes(here: Installation) -> None:
    """As Compute Engine makes one: reading of storage, writing of logs, and the like."""
    on_a_machine(here, "https://www.googleapis.com/auth/devstorage.read_only")


def machine_without_an_account(here: Installation) -> None:
    by_a_cloud_machine(here)
    here.google.logins.machine = None


def gcloud_without_scopes(here: Installation) -> None:
    """`gcloud auth application-default login` without `--scopes`."""
    by_gclouds_login(here)
    logins = here.google.logins
    few = frozenset({"https://www.googleapis.com/auth/cloud-platform"})
    logins.refreshes = {token: replace(each, scopes=few) for token, each in logins.refreshes.items()}


def client_instead_of_login(here: Installation) -> None:
    here.google.write_client(here.place.config / "client.json")
    here.configure("google.yaml", key_file="client.json")


ENDED = [
    (revoked, ["sheets-sync login", "expired or revoked"]),
    (no_longer_allowed, ["Service Account Token Creator", ROBOT]),
    (workload_not_allowed, ["Service Account Token Creator", ROBOT]),
    (token_of_nobody, ["workload identity", "rejected"]),
    (token_missing, ["workload identity"]),
    (none_on_this_computer, ["gcloud auth application-default login"]),
    (gcloud_revoked, ["gcloud auth application-default login", "expired or revoked"]),
    (machine_without_scopes, ["set-service-account", *SCOPES]),
    (machine_without_an_account, ["gcloud auth application-default login"]),
    (gcloud_without_scopes, ["gcloud auth application-default login", *SCOPES]),
    (client_instead_of_login, ["client_file", "sheets-sync login"]),
]


@pytest.mark.parametrize(("end", "words"), ENDED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_login_that_has_ended_is_told_with_what_to_do(
    here: Installation, end: Callable[[Installation], None], words: list[str]
) -> None:
    """A sync fails with status 2 and the remedy of that kind of login; `doctor` says the same."""
    end(here)
    outcome, _ = here.sync()
    told = " ".join(str(failure.message) for failure in outcome.failures)
    with here.app() as app:
        said = " ".join(str(check.said) for check in examine(app) if not check.well)
    assert outcome.status == 2
    assert [word for word in words if word not in told] == []
    assert [word for word in words if word not in said] == []


def test_a_token_is_refreshed_when_it_ends(here: Installation) -> None:
    """Access tokens last an hour; the refresh token brings a new one without anybody."""
    person(here)
    with here.app() as app:
        google = app.google(app.settings.key_file(app.settings.offices[0]))
        google.login()
        here.google.logins.accounts.grants.clear()
        assert google.read(here.workbook).grid.id == here.workbook


def test_the_login_is_kept_closed_to_others(here: Installation) -> None:
    """The file is readable by its owner alone, holds the refresh token and no access token, and says whose it is."""
    person(here)
    path = here.place.config / "login.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (kept["type"], kept["account"]) == ("authorized_user", f"{SECRETARY}@example.com")
    assert kept["refresh_token"] in here.google.logins.refreshes
    assert not kept.keys() & {"token", "access_token"}


def test_the_browser_is_asked_with_pkce_and_for_no_more_than_is_needed(here: Installation) -> None:
    """A code challenge of S256, a state, this computer alone to come back to, and the two scopes."""
    url = person(here).opened[0]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert asked["state"]
    assert urlsplit(asked["redirect_uri"]).hostname == "localhost"
    assert sorted(scope.rpartition("/")[2] for scope in asked["scope"].split()) == [
        "drive.metadata.readonly",
        "spreadsheets",
    ]


def test_a_code_that_somebody_else_caught_is_worth_nothing(here: Installation) -> None:
    """Without the verifier that never left this computer, Google gives no token for the code."""
    import requests

    client = here.google.logins.new_client()["installed"]
    query = {
        "client_id": client["client_id"], "redirect_uri": "http://localhost:1/", "response_type": "code", "scope": "openid",
        "account": SECRETARY, "code_challenge": "x" * 43, "code_challenge_method": "S256",
    }  # fmt: skip
    back = requests.get(f"{here.google.url}/o/oauth2/consent", params=query, allow_redirects=False, timeout=5)
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": "http://localhost:1/",
        "code_verifier": "y" * 43,
    }
    auth = (client["client_id"], client["client_secret"])
    answer = requests.post(f"{here.google.url}/token", data=form, auth=auth, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("name", "scopes", "says"),
    [
        ("", list, "did not let us in"),
        (SECRETARY, lambda asked: asked[:1], "tick every box"),
    ],
)
def test_who_does_not_let_us_in_leaves_no_login(
    here: Installation, name: str, scopes: Callable[[list[str]], list[str]], says: str
) -> None:
    """Cancelled, or not all ticked: it is told, and nothing is kept."""
    with pytest.raises(KeyFileError, match=says):
        person(here, name, scopes)
    assert not (here.place.config / "login.json").exists()


def test_the_command_opens_the_browser_and_says_as_whom(
    here: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`login` prints the address, opens it, and ends with the account; `--revoke` ends it again."""
    here.place.key_file.unlink()
    here.google.write_client(here.place.config / "oauth-client.json")
    here.configure("google.yaml", key_file="login.json", client_file="oauth-client.json")
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
    who = BrowserPerson(f"{SECRETARY}@example.com")
    monkeypatch.setattr("webbrowser.open", lambda url, new=0: who(url))
    assert run_cli(["--config", str(here.place.config), "login"]) == 0
    said = capsys.readouterr().out
    assert who.opened[0] in said
    assert f"{SECRETARY}@example.com" in said
    assert run_cli(["--config", str(here.place.config), "login", "--revoke"]) == 0
    assert run_cli(["--config", str(here.place.config), "sync"]) == 2
    assert "sheets-sync login" in capsys.readouterr().out


def test_without_a_client_the_login_says_how_to_get_one(
    here: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage, with the kind of client to make and where to name it."""
    assert run_cli(["--config", str(here.place.config), "login"]) == 2
    said = capsys.readouterr().err
    assert [word for word in ("Desktop app", "client_file") if word not in said] == []


def test_a_key_is_not_written_over_by_a_login(here: Installation) -> None:
    """A service account's key under that name stays, and another name is asked for."""
    here.google.write_client(here.place.config / "oauth-client.json")
    here.configure("google.yaml", client_file="oauth-client.json")
    before = here.place.key_file.read_bytes()
    settings = here.settings()
    with pytest.raises(UsageError, match="another kind of login"):
        job.login(settings, settings.offices[0], LoginOrder(lambda url: None, browser=False))
    assert here.place.key_file.read_bytes() == before


def test_taking_the_login_back_ends_it_here_and_there(here: Installation) -> None:
    """The file is gone, and so is the refresh token at Google."""
    person(here)
    settings = here.settings()
    job.logout(settings, settings.offices[0])
    assert not (here.place.config / "login.json").exists()
    assert here.google.logins.refreshes == {}


@pytest.mark.parametrize("method", ["iam.generateAccessToken", "sts.token"])
@pytest.mark.parametrize("kind", ["503", "502", "reset"])
def test_a_token_server_that_is_away_is_no_refusal(here: Installation, method: str, kind: str) -> None:
    """IAM or STS failing for a while is told as Google being away, and passes by itself: nobody makes a new key."""
    by_workload(here)
    client = GoogleClient(load_key(here.place.config / "workload.json"), here.settings().google, here.google.url)
    here.google.conditions.fail(kind, method, times=None)
    with pytest.raises(GoogleDownError):
        client.login()
    here.google.conditions.clear()
    client.login()
    assert client.account == ROBOT
    client.close()


def test_a_page_in_place_of_a_token_is_no_refusal(here: Installation) -> None:
    """Google's front end answers a key's login with its page of errors: nobody is told to make a new key."""
    client = GoogleClient(load_key(here.place.key_file), here.settings().google, here.google.url)
    here.google.conditions.fail("502", "token", times=None)
    with pytest.raises(GoogleDownError):
        client.login()
    client.close()


def test_a_credential_names_no_unprotected_address(here: Installation) -> None:
    """A workload's configuration that would send tokens in the clear to another machine is refused."""
    path = here.google.write_workload(here.place.config)
    said = {**json.loads(path.read_text(encoding="utf-8")), "token_url": "http://far.example/v1/token"}
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(UsageError, match="unprotected"):
        GoogleClient(load_key(path), here.settings().google, here.google.url)


def test_the_computers_own_login_has_no_file() -> None:
    """What stands for it is read as nothing, wherever one is."""
    assert load_key(COMPUTERS_OWN) == {}
    assert US in ROBOT
