"""Acting as a service account (IAM Credentials) and the exchange of a workload's token (Security Token Service)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sheets_sync.local_google.auth import LIFETIME, Account, TokenError
from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.logins.book import ACT_AS, Logins

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - a kind of token


def access_token(logins: Logins, target: str, body: Mapping[str, Any], authorization: str | None) -> JsonObject:
    """projects.serviceAccounts.generateAccessToken: a token of the service account for who may act as it.

    Raises:
        ApiError: 401, or 403 as IAM says it to who may not, and of an account that is not there.
    """
    grant = logins.accounts.bearer(authorization)
    if ACT_AS.isdisjoint(grant.scopes):
        raise ApiError(403, "Request had insufficient authentication scopes.")
    account = logins.accounts.with_email(target)
    if account is None or account.person or grant.account.email not in logins.actors[account.email]:
        raise ApiError(403, "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).")
    scopes = body.get("scope")
    if not isinstance(scopes, list) or not scopes:
        raise ApiError(400, "scope is required")
    lifetime = int(str(body.get("lifetime", f"{LIFETIME}s")).removesuffix("s"))
    token = logins.grant(account, frozenset(map(str, scopes)), lifetime)
    expires = datetime.fromtimestamp(logins.accounts.now() + lifetime, UTC)
    return {"accessToken": token, "expireTime": expires.strftime("%Y-%m-%dT%H:%M:%SZ")}


def exchange(logins: Logins, form: Mapping[str, str]) -> JsonObject:
    """The federated token for a workload's own token.

    Raises:
        TokenError: as the service words it.
    """
    if form.get("grant_type") != EXCHANGE:
        raise TokenError("unsupported_grant_type", "Invalid grant_type")
    account = logins.workloads.get((form.get("audience", ""), form.get("subject_token", "")))
    if account is None:
        raise TokenError("invalid_grant", "The given credential is rejected by the attribute condition.")
    token = logins.grant(account, frozenset(form.get("scope", "").split()))
    return {
        "access_token": token,
        "issued_token_type": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": LIFETIME - 1,
    }


def workload_info(audience: str, token_file: Path, account: Account) -> JsonObject:
    """The configuration of workload identity that `gcloud iam workload-identity-pools create-cred-config` writes."""
    acts_as = f"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{account.email}:generateAccessToken"
    return {
        "type": "external_account",
        "audience": audience,
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "service_account_impersonation_url": acts_as,
        "credential_source": {"file": str(token_file)},
    }
