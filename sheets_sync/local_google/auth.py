"""Who calls: accounts with keys, the OAuth token endpoint, and the check of bearer tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

from sheets_sync.local_google.errors import ApiError, DriveReason
from sheets_sync.local_google.json_types import JsonObject

AUDIENCES = ("https://oauth2.googleapis.com/token", "https://www.googleapis.com/oauth2/v4/token")
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3600
SKEW = 300
SCOPE_PREFIXES = ("https://www.googleapis.com/auth/", "https://spreadsheets.google.com/feeds", "openid", "email")


@dataclass(slots=True)
class Account:
    """A service account, or a person. Both sign in with a key here, so that a test can act as a librarian."""

    name: str
    email: str
    display_name: str
    person: bool
    client_id: str
    token_uri: str
    private_key: str = ""  # PEM, made when it is first asked for

    def key_info(self) -> JsonObject:
        """What the key file of a service account holds."""
        return {
            "type": "service_account",
            "project_id": "local-google",
            "private_key_id": self.key_id,
            "private_key": self._pem(),
            "client_email": self.email,
            "client_id": self.client_id,
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": self.token_uri,
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "universe_domain": "googleapis.com",
        }

    @property
    def key_id(self) -> str:
        return hashlib.sha1(self._pem().encode(), usedforsecurity=False).hexdigest()

    def signed(self, token: str) -> bool:
        """Whether a JWT carries this account's signature."""
        head, _, signature = token.rpartition(".")
        return bool(_verifier(self._pem()).verify(head.encode(), base64.urlsafe_b64decode(signature + "==")))

    def _pem(self) -> str:
        self.private_key = self.private_key or _made_key(self.name)
        return self.private_key


# A process makes an account's key once and checks it once, however many servers it starts: each takes 40 ms of processor.
@cache
def _made_key(_name: str) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@lru_cache(maxsize=64)
def _verifier(pem: str) -> crypt.RSAVerifier:
    public = serialization.load_pem_private_key(pem.encode(), None).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    raw = public.public_bytes(serialization.Encoding.PEM, form)
    verifier: crypt.RSAVerifier = crypt.RSAVerifier.from_string(raw)  # type: ignore[no-untyped-call]
    return verifier


@dataclass(frozen=True, slots=True)
class Grant:
    """What a bearer token stands for."""

    account: Account
    scopes: frozenset[str]
    expires: float


class TokenError(Exception):
    """The token endpoint refuses: `error` and `error_description` of its body."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}


@dataclass(slots=True)
class Accounts:
    """Every account of the server, and the tokens they hold. Tokens end with the process; clients fetch new ones.

    Attributes:
        token_uri: goes into the key files.
        now: seconds since the epoch, as clients' clocks have it (a rehearsal's clock would refuse every key).
    """

    token_uri: str
    now: Callable[[], float] = time.time
    by_name: dict[str, Account] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)

    def account(self, name: str, *, person: bool = False) -> Account:
        """The account of that name, made when it is first asked for."""
        if name not in self.by_name:
            domain = "example.com" if person else "local-google.iam.gserviceaccount.com"
            number = int.from_bytes(hashlib.blake2s(name.encode(), digest_size=8).digest(), "big")
            email, shown = f"{name}@{domain}", name.replace("-", " ").title() if person else f"{name}@{domain}"
            self.by_name[name] = Account(name, email, shown, person, f"1{number:020}", self.token_uri)
        return self.by_name[name]

    def with_email(self, email: str) -> Account | None:
        """The account with that address, or None: people of whom only the address is known have no account here."""
        wanted = email.casefold()
        return next((known for known in self.by_name.values() if known.email.casefold() == wanted), None)

    def issue(self, form: Mapping[str, str]) -> JsonObject:
        """The answer of the token endpoint to a signed assertion.

        Raises:
            TokenError: as Google words it.
        """
        if form.get("grant_type") != GRANT_TYPE:
            raise TokenError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        account, claims = self._verify(form.get("assertion", ""))
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            raise TokenError("invalid_scope", "Empty or missing scope not allowed.")
        if not all(scope.startswith(SCOPE_PREFIXES) for scope in scopes):
            raise TokenError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        return self.grant(account, scopes)

    def grant(self, account: Account, scopes: frozenset[str]) -> JsonObject:
        """A new token for an account, as the token endpoint gives it."""
        token = f"ya29.c.{secrets.token_urlsafe(48)}"
        self.grants[token] = Grant(account, scopes, self.now() + LIFETIME)
        return {"access_token": token, "expires_in": LIFETIME - 1, "token_type": "Bearer"}

    def _verify(self, assertion: str) -> tuple[Account, Mapping[str, Any]]:
        """The account that signed the assertion, and what it claims."""
        try:
            header = jwt.decode_header(assertion)  # type: ignore[no-untyped-call]
            claims = jwt.decode(assertion, verify=False)  # type: ignore[no-untyped-call]
        except ValueError as bad:
            raise TokenError("invalid_grant", "Bad Request") from bad
        account = self.with_email(str(claims.get("iss", "")))
        if account is None or not account.private_key:
            raise TokenError("invalid_grant", "Invalid grant: account not found")
        if header.get("alg") != "RS256" or not account.signed(assertion):
            raise TokenError("invalid_grant", "Invalid JWT Signature.")
        self._check_times(claims)
        if claims.get("aud") not in (*AUDIENCES, self.token_uri):
            raise TokenError("invalid_grant", "Invalid JWT: Failed audience check.")
        return account, claims

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        issued, expires, now = claims.get("iat"), claims.get("exp"), self.now()
        if not isinstance(issued, int) or not isinstance(expires, int):
            raise TokenError("invalid_grant", "Invalid JWT: iat and exp must be numbers.")
        if issued > now + SKEW or expires < now - SKEW or expires - issued > LIFETIME + SKEW:
            raise TokenError(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                "Check your iat and exp values in the JWT claim.",
            )

    def bearer(self, authorization: str | None) -> Grant:
        """The grant of an Authorization header.

        Raises:
            ApiError: 401 as Google says it of a missing, unknown or expired token.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if not token or scheme.casefold() != "bearer":
            raise missing_credential()
        grant = self.grants.get(token.strip())
        if grant is None or grant.expires <= self.now():
            raise invalid_credential()
        return grant


NOBODY = Account("", "", "Anonymous", person=True, client_id="", token_uri="")
"""Who calls with an API key, or without anything: may read what everybody may."""


def key_is_not_enough() -> ApiError:
    """401: an API key opens public files for reading, no more."""
    text = (
        "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that "
        "assert a principal. See https://cloud.google.com/docs/authentication"
    )
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "CREDENTIALS_MISSING",
        "domain": "googleapis.com",
    }
    return ApiError(401, text, details=[info], drive=DriveReason("required", "global", "Authorization", "header"))


EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def invalid_credential() -> ApiError:
    """401: the token is unknown or has expired."""
    header = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
    return ApiError(
        401,
        f"Request had invalid authentication credentials. {EXPECTED}",
        drive=DriveReason("authError", "global", "Authorization", "header", "Invalid Credentials"),
        headers={"WWW-Authenticate": header},
    )


def missing_credential() -> ApiError:
    """401: there is no token."""
    reason = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "CREDENTIALS_MISSING",
        "domain": "googleapis.com",
    }
    return ApiError(
        401,
        f"Request is missing required authentication credential. {EXPECTED}",
        details=[reason],
        drive=DriveReason("required", "global", "Authorization", "header", "Login Required."),
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
    )


def insufficient_scope(method_id: str) -> ApiError:
    """403: the token's scopes don't cover the method."""
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"method": _rpc(method_id), "service": f"{method_id.partition('.')[0]}.googleapis.com"},
    }
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        details=[detail],
        drive=DriveReason("insufficientPermissions", message="Insufficient Permission"),
    )


def _rpc(method_id: str) -> str:
    """What Google calls a method inside: `drive.files.list` is `…drive.v3.DriveFiles.List`."""
    api, *_, resource, verb = method_id.split(".")
    if api == "drive":
        return f"google.apps.drive.v3.Drive{resource.capitalize()}.{verb[0].upper()}{verb[1:]}"
    noun = resource if resource == "values" else resource.removesuffix("s")
    what, by, how = verb.partition("ByDataFilter")
    name = f"{what[0].upper()}{what[1:]}{noun[0].upper()}{noun[1:]}{by}{how}"
    return f"google.apps.sheets.v4.SpreadsheetsService.{name}"


def key_file_text(account: Account) -> str:
    """The key file as Google's console writes it."""
    return json.dumps(account.key_info(), indent=2) + "\n"
