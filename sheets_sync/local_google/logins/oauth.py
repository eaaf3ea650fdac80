"""OAuth for installed apps: the token endpoint's grants for a code (with PKCE) and a refresh token, and revocation."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

from sheets_sync.local_google.auth import LIFETIME, TokenError
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.logins.book import Consent, Logins


def issue(logins: Logins, form: Mapping[str, str], authorization: str) -> JsonObject:
    """The token endpoint's answer, whatever the grant.

    Raises:
        TokenError: as Google words it.
    """
    match form.get("grant_type"):
        case "authorization_code":
            return _for_code(logins, form, _client(logins, form, authorization))
        case "refresh_token":
            return _for_refresh(logins, form, _client(logins, form, authorization))
        case _:
            return logins.accounts.issue(form)


def _client(logins: Logins, form: Mapping[str, str], authorization: str) -> str:
    """The id of the client that asks, which its secret proves; both in the form or as Basic."""
    client, secret = form.get("client_id", ""), form.get("client_secret", "")
    if authorization.startswith("Basic "):
        client, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
    known = logins.clients.get(client)
    if known is None:
        raise TokenError("invalid_client", "The OAuth client was not found.")
    if not hmac.compare_digest(known, secret):
        raise TokenError("invalid_client", "The provided client secret is invalid.")
    return client


def _for_code(logins: Logins, form: Mapping[str, str], client: str) -> JsonObject:
    consent = logins.codes.pop(form.get("code", ""), None)
    if consent is None or consent.client != client or consent.expires <= logins.accounts.now():
        raise TokenError("invalid_grant", "Malformed auth code.")
    if consent.redirect_uri != form.get("redirect_uri"):
        raise TokenError("redirect_uri_mismatch", "Bad Request")
    if consent.challenge and challenge_of(form.get("code_verifier", ""), consent.challenge_method) != consent.challenge:
        raise TokenError("invalid_grant", "Invalid code verifier.")
    return {**_token(logins, consent), "refresh_token": logins.new_refresh(consent)}


def _for_refresh(logins: Logins, form: Mapping[str, str], client: str) -> JsonObject:
    consent = logins.refreshes.get(form.get("refresh_token", ""))
    if consent is None:
        raise TokenError("invalid_grant", "Token has been expired or revoked.")
    if consent.client != client:
        raise TokenError("unauthorized_client", "Unauthorized")
    if not consent.scopes >= frozenset(form.get("scope", "").split()):
        raise TokenError("invalid_scope", "Some requested scopes were invalid.")
    return _token(logins, consent)


def _token(logins: Logins, consent: Consent) -> JsonObject:
    return {
        "access_token": logins.grant(consent.account, consent.scopes),
        "expires_in": LIFETIME - 1,
        "scope": " ".join(sorted(consent.scopes)),
        "token_type": "Bearer",
    }


def challenge_of(verifier: str, method: str) -> str:
    """What a code challenge must be for a verifier (RFC 7636)."""
    if method != "S256":
        return verifier
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def revoke(logins: Logins, form: Mapping[str, str]) -> JsonObject:
    """Ends a refresh or an access token, and with either all that its person granted to the client.

    Raises:
        TokenError: it is neither.
    """
    token = form.get("token", "")
    refresh, access = logins.refreshes.get(token), logins.accounts.grants.get(token)
    if refresh is None and access is None:
        raise TokenError("invalid_token", "Token expired or revoked")
    account = refresh.account if refresh else access.account if access else None
    assert account is not None
    logins.revoke(account)
    return {}
