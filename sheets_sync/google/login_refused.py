"""A login that Google no longer takes, told with what to do about that kind of login."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from google.auth.exceptions import GoogleAuthError

from sheets_sync.errors import KeyFileError
from sheets_sync.google.key_file import LoginKind
from sheets_sync.google.words import login_said
from sheets_sync.model import Message, msg

_TOLD: Mapping[LoginKind, Message] = MappingProxyType(
    {
        LoginKind.KEY: msg(
            "Google does not accept the key of {account}: {problem}. Make a new key for the service account in the "
            "Google Cloud console, save it as the key file, and check this computer's clock."
        ),
        LoginKind.PERSON: msg(
            "Google no longer accepts the login of {account}: {problem}. It was revoked or has ended; run `sheets-sync "
            "login` again. If that happens every week, the consent screen is still in testing: publish it in the Google "
            "Cloud console."
        ),
        LoginKind.WORKLOAD: msg(
            "Google does not accept this computer's workload identity: {problem}. Look at the provider, the audience and "
            "the token that google.yaml's key_file names."
        ),
        LoginKind.IMPERSONATED: msg(
            "We may not act as {account}: {problem}. Give the login the role “Service Account Token Creator” on that "
            "service account, and switch on the IAM Service Account Credentials API."
        ),
        LoginKind.DEFAULT: msg(
            "Google does not accept this computer's own login: {problem}. Renew it with `gcloud auth application-default "
            "login`, or look at GOOGLE_APPLICATION_CREDENTIALS."
        ),
        LoginKind.MACHINE: msg(
            "This cloud machine's service account does not let us in: {problem}. Look in the cloud console whether the "
            "machine has one, and whether it is switched on."
        ),
    }
)
_LACKING = msg("The login of {account} may not use Google Sheets, or not Drive's list: it lacks the scopes for it.")
_GIVE: Mapping[LoginKind, Message] = MappingProxyType(
    {
        LoginKind.PERSON: msg("Run `sheets-sync login` again and tick every box."),
        LoginKind.DEFAULT: msg("Run `gcloud auth application-default login --scopes={scopes}`."),
        LoginKind.MACHINE: msg(
            "Stop the machine, run `gcloud compute instances set-service-account MACHINE --scopes={scopes}`, and start it."
        ),
    }
)
_OTHERWISE = msg("Give it these: {scopes}.")


def scopes_lacking(account: str, login: LoginKind, scopes: Sequence[str]) -> KeyFileError:
    """Our error where a login was let in, but may not do what we need."""
    give = replace(_GIVE.get(login, _OTHERWISE), params={"scopes": ",".join(scopes)})
    lacking = replace(_LACKING, params={"account": account or "–"})
    return KeyFileError(msg("{lacking} {give}", lacking=lacking, give=give))


def login_refused(error: GoogleAuthError, account: str, login: LoginKind) -> KeyFileError:
    """Our error for a token server's refusal."""
    acting = "impersonated" in str(
        error.args[:1]
    )  # google-auth's words; a workload identity may act as an account, too
    kind = LoginKind.IMPERSONATED if acting and account else login
    return KeyFileError(
        replace(_TOLD[kind], params={"account": account or "–", "problem": login_said(_problem(error))})
    )


def _problem(error: GoogleAuthError) -> str:
    """What Google said, in a line: the message of a JSON body where there is one."""
    said = [str(each) for each in error.args if isinstance(each, str)]
    for text in said[1:]:
        try:
            body = json.loads(text)
            inner = body["error"]
        except (ValueError, KeyError, TypeError):
            continue
        if isinstance(inner, dict):
            return str(inner.get("message") or inner).rstrip(".")
        return ": ".join(str(each) for each in (inner, body.get("error_description")) if each).rstrip(".")
    return re.sub(r"\s+", " ", said[0]).rstrip(".")[:300] if said else "invalid_grant"
