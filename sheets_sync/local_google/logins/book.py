"""What the server remembers of logins: clients, codes, refresh tokens, workloads, and who may act as whom."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, field

from sheets_sync.local_google.auth import LIFETIME, Account, Accounts, Grant
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.logins.metadata import Machine

CODE_LIFETIME = 600
ACT_AS = frozenset({"https://www.googleapis.com/auth/cloud-platform", "https://www.googleapis.com/auth/iam"})


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person granted to a client: a code stands for it once, a refresh token until it is revoked."""

    client: str
    account: Account
    scopes: frozenset[str]
    redirect_uri: str = ""
    challenge: str = ""
    challenge_method: str = "plain"
    expires: float = 0.0


@dataclass(slots=True)
class Logins:
    """Everything ends with the process, as access tokens do.

    Attributes:
        clients: OAuth clients by id, with their secrets.   codes, refreshes: what they stand for.
        workloads: subject token → the account that stands for it, at which audience.
        machine: the cloud machine that asks the metadata server; None: none does.
        actors: address of a service account → addresses of those who may act as it (Token Creators).
    """

    accounts: Accounts
    clients: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Consent] = field(default_factory=dict)
    refreshes: dict[str, Consent] = field(default_factory=dict)
    workloads: dict[tuple[str, str], Account] = field(default_factory=dict)
    actors: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    machine: Machine | None = None

    def grant(self, account: Account, scopes: frozenset[str], lifetime: float = LIFETIME) -> str:
        """A bearer token for an account."""
        token = f"ya29.a.{secrets.token_urlsafe(48)}"
        self.accounts.grants[token] = Grant(account, scopes, self.accounts.now() + lifetime)
        return token

    def new_client(self) -> JsonObject:
        """An OAuth client for a desktop app, as Google's console gives it."""
        client_id = f"{secrets.randbelow(10**12):012}-{secrets.token_hex(16)}.apps.googleusercontent.com"
        self.clients[client_id] = f"GOCSPX-{secrets.token_urlsafe(21)}"
        return {
            "installed": {
                "client_id": client_id,
                "project_id": "local-google",
                "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                "token_uri": "https://oauth2.googleapis.com/token",
                "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
                "client_secret": self.clients[client_id],
                "redirect_uris": ["http://localhost"],
            }
        }

    def new_code(self, consent: Consent) -> str:
        """A code with which the client fetches its tokens, once."""
        code = f"4/{secrets.token_urlsafe(48)}"
        self.codes[code] = consent
        return code

    def new_refresh(self, consent: Consent) -> str:
        """A refresh token."""
        token = f"1//{secrets.token_urlsafe(48)}"
        self.refreshes[token] = consent
        return token

    def new_workload(self, name: str, audience: str) -> str:
        """The token of a workload outside Google's cloud, as its own provider issues it."""
        token = secrets.token_urlsafe(48)
        self.workloads[audience, token] = Account(
            name, f"principal:{name}", name, person=False, client_id="", token_uri=""
        )
        return token

    def revoke(self, account: Account) -> None:
        """All that a person has granted ends, as when they take the access away in their Google account."""
        self.refreshes = {token: each for token, each in self.refreshes.items() if each.account != account}
        kept = {token: each for token, each in self.accounts.grants.items() if each.account != account}
        self.accounts.grants = kept
