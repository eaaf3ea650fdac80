"""The login: what google-auth makes of a credential file.

A file of Google's says itself what it is (`type`), so that one setting names it, whatever it is. Without a file there are the
computer's own: application default credentials. Only the kinds that are known here are made, each from a checked address.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import google.auth
from google.auth import compute_engine, crypt, identity_pool, impersonated_credentials
from google.auth.credentials import DEFAULT_UNIVERSE_DOMAIN
from google.auth.exceptions import GoogleAuthError
from google.auth.transport import Request
from google.oauth2 import credentials as person
from google.oauth2 import service_account

from sheets_sync.errors import KeyFileError
from sheets_sync.google.key_file import LoginKind, kind_of, load_key
from sheets_sync.google.scopes import SCOPES
from sheets_sync.google.transport import checked_endpoint, redirected
from sheets_sync.google.words import login_said
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted

ACT_AS = "https://www.googleapis.com/auth/iam"  # what IAM asks of who wants to act as a service account
TOKEN_URI = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address

GOOGLES = ("oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com")
"""Where keys of Google's log in."""

Credentials: TypeAlias = Any  # google-auth's classes share no typed base that says what we ask of them


def make_credentials(
    key: Mapping[str, Any], impersonate: str, endpoint: str | None, request: Callable[[], Request]
) -> Credentials:
    """google-auth's credentials for a key, or for the computer's own login; `impersonate` names whom to act as.

    Raises:
        KeyFileError: they can't be made.
        ConfigError: a token would go over the network unprotected.
    """
    scopes = (ACT_AS,) if impersonate else SCOPES
    try:
        source = _source(key, scopes, endpoint, request)
        if not impersonate:
            return source
        return impersonated_credentials.Credentials(source, impersonate, list(SCOPES))  # type: ignore[no-untyped-call]
    except (GoogleAuthError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise KeyFileError(_unusable(key, error)) from error


def kind_made(key: Mapping[str, Any], credentials: Credentials) -> LoginKind:
    """How these credentials log in: which of the computer's own were found is seen only by what they are."""
    if isinstance(credentials, impersonated_credentials.Credentials):
        return LoginKind.IMPERSONATED
    if isinstance(credentials, compute_engine.Credentials):
        return LoginKind.MACHINE
    return kind_of(key) or LoginKind.KEY


def _source(
    key: Mapping[str, Any], scopes: tuple[str, ...], endpoint: str | None, request: Callable[[], Request]
) -> Credentials:
    match kind_of(key):
        case LoginKind.KEY:
            token_uri = checked_endpoint(redirected(str(key.get("token_uri", TOKEN_URI)), endpoint))
            return key_login(key, token_uri, scopes)
        case LoginKind.PERSON:
            return _person(key)
        case LoginKind.WORKLOAD:
            _check_addresses(key, "token_url", "service_account_impersonation_url")
            return identity_pool.Credentials.from_info(key, scopes=list(scopes))  # type: ignore[no-untyped-call]
        case LoginKind.IMPERSONATED:
            _check_addresses(key, "service_account_impersonation_url")
            make = impersonated_credentials.Credentials.from_impersonated_service_account_info
            return make(key, scopes=list(scopes))  # type: ignore[no-untyped-call]
        case _:
            return _computers_own(scopes, endpoint, request)


def key_login(key: Mapping[str, Any], token_uri: str, scopes: Sequence[str]) -> service_account.Credentials:
    """The login of a service account's key.

    Raises:
        GoogleAuthError, ValueError: the key can't be read.
    """
    kind = service_account.Credentials if urlsplit(token_uri).hostname in GOOGLES else _KeyElsewhere
    return kind(  # type: ignore[no-untyped-call]
        _signer(key["private_key"], key.get("private_key_id")),
        service_account_email=key["client_email"],
        token_uri=token_uri,
        scopes=list(scopes),
        universe_domain=key.get("universe_domain", DEFAULT_UNIVERSE_DOMAIN),
    )


class _KeyElsewhere(service_account.Credentials):
    """A key of another server than Google's: google-auth would tell Google of it, to ask in which regions it is good."""

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


@lru_cache(maxsize=16)
def _signer(private_key: str, key_id: str | None) -> crypt.RSASigner:
    """Kept for the next login: checking a key takes 35 ms of processor, and a service logs in for every sync."""
    signer: crypt.RSASigner = crypt.RSASigner.from_string(private_key, key_id)  # type: ignore[no-untyped-call]
    return signer


def _person(key: Mapping[str, Any]) -> Credentials:
    """A person's login. No scope is asked for again: the refresh token carries those that the person granted."""
    return person.Credentials(  # type: ignore[no-untyped-call]
        None,
        refresh_token=key["refresh_token"],
        token_uri=TOKEN_URI,
        client_id=key["client_id"],
        client_secret=key["client_secret"],
    )


def _computers_own(scopes: tuple[str, ...], endpoint: str | None, request: Callable[[], Request]) -> Credentials:
    """GOOGLE_APPLICATION_CREDENTIALS, gcloud's login, or the cloud machine's own.

    The file that the variable names is read here: google-auth would ask for the project it belongs to, which is nothing to us.
    """
    named = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if named:
        return _source(load_key(Path(named)), scopes, endpoint, request)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that gcloud's login has no project to bill: we need none
        found, _ = google.auth.default(scopes=scopes, request=request())
    return found


def _check_addresses(key: Mapping[str, Any], *names: str) -> None:
    for name in names:
        if key.get(name):
            checked_endpoint(str(key[name]))


def _unusable(key: Mapping[str, Any], error: Exception) -> Message:
    if not key:
        return msg(
            "This computer has no login of its own for Google ({problem}). Run `gcloud auth application-default login "
            "--scopes={scopes}`, set GOOGLE_APPLICATION_CREDENTIALS, or name a key_file in google.yaml.",
            problem=quoted(msg("none was found"), str(error).partition(".")[0]),
            scopes=",".join(
                ("https://www.googleapis.com/auth/cloud-platform", *SCOPES)
            ),  # gcloud wants the first one itself,
        )
    if kind_of(key) is LoginKind.KEY:
        return msg(
            "The private key of {account} can't be read. Download the service account's key again.",
            account=key.get("client_email", "?"),
        )
    return msg(
        "Google's credential file can't be used: {problem}. Make or download it again.", problem=login_said(str(error))
    )
