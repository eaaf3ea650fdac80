"""Accounts, keys and the token endpoint."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest
from google.auth import crypt, jwt

from sheets_sync.local_google.auth import AUDIENCES, GRANT_TYPE, Accounts, TokenError
from sheets_sync.local_google.errors import ApiError

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
OTHER_KEY = Accounts("http://x/token").account("stranger")


@pytest.fixture(scope="module")
def accounts() -> Accounts:
    made = Accounts("http://127.0.0.1:1/token")
    made.account("robot").key_info()
    return made


def assertion(accounts: Accounts, key: str = "", **claims: Any) -> dict[str, str]:
    """A signed assertion for the account robot with some claims changed."""
    robot, now = accounts.account("robot"), int(time.time())
    usual = {"iss": robot.email, "aud": AUDIENCES[0], "iat": now, "exp": now + 3600, "scope": SCOPE}
    signer = crypt.RSASigner.from_string(key or robot.key_info()["private_key"])  # type: ignore[no-untyped-call]
    token = jwt.encode(signer, {name: value for name, value in (usual | claims).items() if value is not None})  # type: ignore[no-untyped-call]
    return {"grant_type": GRANT_TYPE, "assertion": token.decode()}


def test_a_signed_assertion_earns_a_token_that_lasts_an_hour(accounts: Accounts) -> None:
    """The token stands for the account and its scopes until it expires."""
    answer = accounts.issue(assertion(accounts))
    grant = accounts.bearer(f"Bearer {answer['access_token']}")
    assert grant.account is accounts.account("robot")
    assert grant.scopes == {SCOPE}
    assert answer["expires_in"] == 3599


@pytest.mark.parametrize(
    ("claims", "error", "text"),
    [
        ({"iss": "nobody@example.com"}, "invalid_grant", "Invalid grant: account not found"),
        ({"aud": "https://example.com"}, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"scope": ""}, "invalid_scope", "Empty or missing scope not allowed."),
        ({"scope": "read"}, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"iat": 0, "exp": 3600}, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)"),
        ({"exp": int(time.time()) + 90_000}, "invalid_grant", "Invalid JWT: Token must be a short-lived token"),
        ({"exp": None}, "invalid_grant", "Invalid JWT: "),
    ],
)
def test_claims_that_do_not_hold_are_refused(accounts: Accounts, claims: dict[str, Any], error: str, text: str) -> None:
    """Issuer, audience, scope and times are checked."""
    with pytest.raises(TokenError) as caught:
        accounts.issue(assertion(accounts, **claims))
    assert caught.value.body["error"] == error
    assert caught.value.body["error_description"].startswith(text)


def test_another_key_does_not_sign_for_the_account(accounts: Accounts) -> None:
    """The signature must be the account's own."""
    with pytest.raises(TokenError, match="Invalid JWT Signature"):
        accounts.issue(assertion(accounts, OTHER_KEY.key_info()["private_key"]))


def test_an_assertion_without_a_signature_is_refused(accounts: Accounts) -> None:
    """`alg: none` signs for nobody."""
    head, claims, _ = assertion(accounts)["assertion"].split(".")
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    assert head != unsigned
    with pytest.raises(TokenError):
        accounts.issue({"grant_type": GRANT_TYPE, "assertion": f"{unsigned}.{claims}."})


@pytest.mark.parametrize("form", [{}, {"grant_type": "password"}, {"grant_type": GRANT_TYPE, "assertion": "x"}])
def test_other_grants_are_refused(accounts: Accounts, form: dict[str, str]) -> None:
    """Only signed assertions are exchanged for tokens."""
    with pytest.raises(TokenError):
        accounts.issue(form)


@pytest.mark.parametrize("header", [None, "", "Basic x", "Bearer nonsense"])
def test_without_a_token_nobody_is_let_in(accounts: Accounts, header: str | None) -> None:
    """401 with a WWW-Authenticate header."""
    with pytest.raises(ApiError) as caught:
        accounts.bearer(header)
    assert caught.value.code == 401
    assert caught.value.headers["WWW-Authenticate"].startswith("Bearer realm=")


def test_a_token_expires() -> None:
    """After an hour the token is as good as none."""
    now = [time.time()]
    accounts = Accounts("http://x/token", now=lambda: now[0])
    accounts.account("robot").key_info()
    token = accounts.issue(assertion(accounts))["access_token"]
    now[0] += 3601
    with pytest.raises(ApiError):
        accounts.bearer(f"Bearer {token}")


def test_an_account_is_found_by_its_address_in_any_case(accounts: Accounts) -> None:
    """Addresses are compared without case."""
    robot = accounts.account("robot")
    assert accounts.with_email(robot.email.upper()) is robot
    assert accounts.with_email("nobody@example.com") is None
