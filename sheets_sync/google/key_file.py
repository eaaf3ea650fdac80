"""A credential file of Google's: what it says it is, and as whom it logs in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sheets_sync.errors import KeyFileError
from sheets_sync.model import msg

COMPUTERS_OWN = Path("application-default-credentials")  # stands for no file: the computer's own login


class LoginKind(StrEnum):
    """How we log in."""

    KEY = "service-account key"
    PERSON = "person"
    WORKLOAD = "workload identity"
    IMPERSONATED = "impersonation"
    DEFAULT = "application default credentials"
    MACHINE = "a cloud machine's service account"


_KINDS: Mapping[str, LoginKind] = MappingProxyType(
    {
        "service_account": LoginKind.KEY,
        "authorized_user": LoginKind.PERSON,
        "external_account": LoginKind.WORKLOAD,
        "impersonated_service_account": LoginKind.IMPERSONATED,
    }
)
_NEEDED: Mapping[LoginKind, frozenset[str]] = MappingProxyType(
    {
        LoginKind.KEY: frozenset({"client_email", "private_key"}),
        LoginKind.PERSON: frozenset({"client_id", "client_secret", "refresh_token"}),
        LoginKind.WORKLOAD: frozenset({"audience", "subject_token_type", "token_url", "credential_source"}),
        LoginKind.IMPERSONATED: frozenset({"service_account_impersonation_url", "source_credentials"}),
    }
)


def load_key(path: Path) -> Mapping[str, Any]:
    """A credential file of Google's; for `COMPUTERS_OWN` nothing, since there is none.

    Raises:
        KeyFileError: missing, not JSON, or no credential.
    """
    if path == COMPUTERS_OWN:
        return {}
    try:
        key = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KeyFileError(
            msg(
                "The key file {path} is missing. Save the JSON file of the service account there, or log in with "
                "`sheets-sync login`.",
                path=path,
            )
        ) from error
    except (OSError, ValueError) as error:
        raise KeyFileError(
            msg("The key file {path} can't be read as JSON. Download the service account's key again.", path=path)
        ) from error
    return _checked(key, path)


def _checked(key: Any, path: Path) -> Mapping[str, Any]:
    if isinstance(key, dict) and key.keys() & {"installed", "web"}:
        raise KeyFileError(
            msg(
                "{path} is an OAuth client, no login yet. Name it as client_file in google.yaml, then run "
                "`sheets-sync login`.",
                path=path,
            )
        )
    kind = kind_of(key) if isinstance(key, dict) else None
    lacks = sorted(_NEEDED.get(kind, frozenset()) - key.keys()) if kind else ["type"]
    if lacks or kind is None:
        raise KeyFileError(
            msg("{path} is no credential of Google's: it lacks {missing}. Download it again.", path=path, missing=lacks)
        )
    return key  # type: ignore[no-any-return] # JSON, looked at above


def kind_of(key: Mapping[str, Any]) -> LoginKind | None:
    """What a credential file says it is; nothing said is a service account's key; None: nothing we know."""
    return _KINDS.get(str(key.get("type", "service_account"))) if key else LoginKind.DEFAULT


def account_in(path: Path) -> str:
    """The address that a credential file names, "" where it names none or there is no such file."""
    try:
        return account_of(load_key(path))
    except KeyFileError:
        return ""


def account_of(key: Mapping[str, Any]) -> str:
    """The address that a credential names: whom a workbook has to be shared with."""
    url = str(key.get("service_account_impersonation_url", ""))
    acted = url.rpartition("/")[2].removesuffix(":generateAccessToken")
    return acted or str(key.get("client_email") or key.get("account") or "")


def project_of(key: Mapping[str, Any], account: str) -> str:
    """The project whose quota requests count for: the file's, else the one in a service account's address, else none is known."""
    named = str(key.get("project_id") or key.get("quota_project_id") or "")
    domain = account.partition("@")[2]
    of_account = domain.removesuffix(".iam.gserviceaccount.com") if domain.endswith(".gserviceaccount.com") else account
    return named or of_account
