"""The token endpoints beside the one for keys: codes, refresh tokens, revocation, IAM Credentials, Security Token Service."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sheets_sync.local_google import LocalGoogle
from sheets_sync.local_google.logins.oauth import challenge_of

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
IAM = "https://www.googleapis.com/auth/iam"
BACK = "http://localhost:5000/"
VERIFIER = "v" * 64


@pytest.fixture
def google() -> Iterator[LocalGoogle]:
    with LocalGoogle() as server:
        server.account("siti", person=True)
        yield server


def asked(google: LocalGoogle, **changed: str) -> dict[str, str]:
    """What a client asks the authorization page with."""
    client = google.logins.new_client()["installed"]
    usual = {
        "client_id": client["client_id"], "redirect_uri": BACK, "response_type": "code", "scope": SHEETS, "state": "s",
        "code_challenge": challenge_of(VERIFIER, "S256"), "code_challenge_method": "S256",
    }  # fmt: skip
    return {**usual, **changed}


def code(google: LocalGoogle, query: dict[str, str], account: str = "siti") -> str:
    answer = requests.get(
        f"{google.url}/o/oauth2/consent", params={**query, "account": account}, allow_redirects=False, timeout=5
    )
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def token(google: LocalGoogle, **form: str) -> requests.Response:
    return requests.post(f"{google.url}/token", data=form, timeout=5)


def login(google: LocalGoogle, query: dict[str, str]) -> dict[str, Any]:
    """The tokens for a code."""
    return dict(token(google, **exchange(google, query)).json())


def exchange(google: LocalGoogle, query: dict[str, str]) -> dict[str, str]:
    client = query["client_id"]
    return {
        "grant_type": "authorization_code", "code": code(google, query), "redirect_uri": BACK, "code_verifier": VERIFIER,
        "client_id": client, "client_secret": google.logins.clients[client],
    }  # fmt: skip


def test_a_code_brings_tokens_that_open_sheets(google: LocalGoogle) -> None:
    """Access and refresh token, for the person who allowed it and the scopes they allowed."""
    answer = login(google, asked(google))
    workbook = google.create_workbook("Buku", owner="siti")
    head = {"Authorization": f"Bearer {answer['access_token']}"}
    assert requests.get(f"{google.url}/v4/spreadsheets/{workbook}", headers=head, timeout=5).status_code == 200
    assert (answer["scope"], answer["token_type"]) == (SHEETS, "Bearer")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_secret": "x"}, "invalid_client"),
        ({"client_id": "x"}, "invalid_client"),
        ({"code": "4/x"}, "invalid_grant"),
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://localhost:5001/"}, "redirect_uri_mismatch"),
    ],
)
def test_a_code_is_for_its_client_alone(google: LocalGoogle, changed: dict[str, str], error: str) -> None:
    """Another secret, verifier or place to come back to gets nothing."""
    answer = token(google, **{**exchange(google, asked(google)), **changed})
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_code_counts_once_and_not_for_long(google: LocalGoogle) -> None:
    """A second use, and one after ten minutes, are refused."""
    once = exchange(google, asked(google))
    assert token(google, **once).status_code == 200
    assert token(google, **once).json()["error"] == "invalid_grant"
    late = exchange(google, asked(google))
    google.logins.codes[late["code"]] = replace(google.logins.codes[late["code"]], expires=time.time() - 1)
    assert token(google, **late).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"client_id": "x"}, "invalid_client"),
        ({"redirect_uri": "https://far.example/"}, "redirect_uri_mismatch"),
        ({"redirect_uri": "http://far.example/"}, "redirect_uri_mismatch"),
        ({"response_type": "token"}, "response_type"),
        ({"scope": ""}, "scope"),
    ],
)
def test_the_page_sends_nobody_astray(google: LocalGoogle, changed: dict[str, str], said: str) -> None:
    """What is wrong with the request is shown there; neither the page nor the consent leads anywhere."""
    for path in ("/o/oauth2/auth", "/o/oauth2/consent"):
        answer = requests.get(f"{google.url}{path}", params=asked(google, **changed), allow_redirects=False, timeout=5)
        assert answer.status_code == 400
        assert said in answer.text


def test_what_is_shown_on_the_page_is_text(google: LocalGoogle) -> None:
    """A scope or a state that looks like a tag stays text."""
    query = asked(google, scope='<script>"', state='"><b>')
    answer = requests.get(f"{google.url}/o/oauth2/v2/auth", params=query, timeout=5)
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "<b>" not in answer.text


def refresh(google: LocalGoogle, query: dict[str, str], refresh_token: str, **more: str) -> requests.Response:
    client = query["client_id"]
    secret = google.logins.clients[client]
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, "client_id": client, "client_secret": secret}
    return token(google, **form, **more)


def test_a_refresh_token_brings_access_until_it_is_revoked(google: LocalGoogle) -> None:
    """By the person, or by the program with either token; access tokens end with it."""
    for end in ("person", "refresh_token", "access_token"):
        query = asked(google)
        answer = login(google, query)
        assert refresh(google, query, answer["refresh_token"]).status_code == 200
        if end == "person":
            google.revoke("siti")
        else:
            assert requests.post(f"{google.url}/revoke", data={"token": answer[end]}, timeout=5).status_code == 200
        refused = refresh(google, query, answer["refresh_token"])
        assert refused.json() == {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        assert answer["access_token"] not in google.logins.accounts.grants


def test_a_refresh_grants_no_more_than_was_granted(google: LocalGoogle) -> None:
    """A further scope is refused, as is another client's token."""
    query, other = asked(google), asked(google)
    kept = login(google, query)["refresh_token"]
    assert refresh(google, query, kept, scope=IAM).json()["error"] == "invalid_scope"
    assert refresh(google, other, kept).json()["error"] == "unauthorized_client"
    assert requests.post(f"{google.url}/revoke", data={"token": "x"}, timeout=5).json()["error"] == "invalid_token"


def act(google: LocalGoogle, scopes: frozenset[str], **body: Any) -> requests.Response:
    """Asks for a token of our account as the account gate."""
    bearer = google.logins.grant(google.account("gate"), scopes)
    url = f"{google.url}/v1/projects/-/serviceAccounts/{google.account().email}:generateAccessToken"
    return requests.post(url, json=body, headers={"Authorization": f"Bearer {bearer}"}, timeout=5)


def test_who_may_act_as_an_account_gets_its_token(google: LocalGoogle) -> None:
    """For the scopes and the time that are asked for."""
    google.let_act(google.account("gate").email)
    answer = act(google, frozenset({IAM}), scope=[SHEETS], lifetime="600s")
    grant = google.logins.accounts.grants[answer.json()["accessToken"]]
    assert (grant.account, set(grant.scopes)) == (google.account(), {SHEETS})
    assert grant.expires <= time.time() + 600
    assert answer.json()["expireTime"].endswith("Z")


@pytest.mark.parametrize(
    ("allowed", "scopes", "body", "status"),
    [
        (False, {IAM}, {"scope": [SHEETS]}, 403),
        (True, {SHEETS}, {"scope": [SHEETS]}, 403),
        (True, {IAM}, {}, 400),
        (True, {IAM}, {"scope": []}, 400),
    ],
)
def test_who_may_not_act_as_an_account_gets_none(
    google: LocalGoogle, allowed: bool, scopes: set[str], body: dict[str, Any], status: int
) -> None:
    """Without the role, without IAM's scope, or for no scope at all."""
    if allowed:
        google.let_act(google.account("gate").email)
    answer = act(google, frozenset(scopes), **body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, status)


def test_a_workload_s_token_is_exchanged_at_its_provider_alone(google: LocalGoogle) -> None:
    """The right audience and token bring a federated token; another one is refused."""
    subject = google.logins.new_workload("ci", "//iam/pool")
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "audience": "//iam/pool", "scope": IAM,
        "subject_token": subject,
    }  # fmt: skip
    for changed, status in (({}, 200), ({"audience": "//iam/x"}, 400), ({"subject_token": "x"}, 400)):
        answer = requests.post(f"{google.url}/v1/token", data={**form, **changed}, timeout=5)
        assert answer.status_code == status
    assert requests.post(f"{google.url}/v1/token", data={}, timeout=5).json()["error"] == "unsupported_grant_type"


def test_every_login_request_is_in_the_log_and_may_fail(google: LocalGoogle) -> None:
    """Under a name of its own, by which faults find it."""
    google.conditions.fail("503", "sts.token")
    assert requests.post(f"{google.url}/v1/token", data={}, timeout=5).status_code == 503
    login(google, asked(google))
    names = [entry.method for entry in google.log.entries]
    assert names == ["sts.token", "oauth2.consent", "token"]
