"""A person logs in with the browser (OAuth for installed apps: loopback redirect, PKCE); what comes of it is kept in a file."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError
from google_auth_oauthlib.flow import InstalledAppFlow, WSGITimeoutError
from oauthlib.oauth2 import OAuth2Error

from sheets_sync.config.private import private_file
from sheets_sync.errors import KeyFileError, UsageError
from sheets_sync.google.credentials import ACT_AS, TOKEN_URI
from sheets_sync.google.key_file import COMPUTERS_OWN, LoginKind, kind_of, load_key
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.scopes import SCOPES
from sheets_sync.google.token_door import TokenAdapter, token_session
from sheets_sync.google.transport import redirected
from sheets_sync.google.words import failure_said, google_said, login_said
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import said_by

_REVOKE_URL = "https://oauth2.googleapis.com/revoke"


@dataclass(frozen=True, slots=True)
class LoginOrder:
    """How a person logs in: at which port of this computer the browser comes back, and for how long it is waited for.

    `told` gets the address to open; it is opened in the browser too, if `browser` is set.
    """

    told: Callable[[str], None]
    browser: bool = True
    port: int = 0
    timeout_seconds: int = 300


class _Flow(InstalledAppFlow):  # type: ignore[misc] # google-auth-oauthlib publishes no types
    """Says the address to open before it waits."""

    order: LoginOrder
    endpoint: str | None

    def authorization_url(self, **kwargs: Any) -> tuple[str, str]:
        url, state = super().authorization_url(**kwargs)
        url = redirected(url, self.endpoint)
        self.order.told(url)
        if self.order.browser:
            webbrowser.open(url, new=1)
        return url, state


def log_in(options: GoogleOptions, key_file: Path, endpoint: str | None, order: LoginOrder) -> None:
    """Waits for a person to let us in, and keeps the refresh token in `key_file`, closed to others.

    Raises:
        UsageError: there is no OAuth client, or the file holds another kind of credential.
        KeyFileError: the person did not let us in, or not to all that is needed.
    """
    client = _client(options)
    _refuse_other(key_file)
    flow = _Flow.from_client_config(client, _scopes(options))
    flow.order, flow.endpoint = order, endpoint
    flow.oauth2session.mount("https://", TokenAdapter(endpoint, options))
    try:
        granted = flow.run_local_server(
            port=order.port,
            open_browser=False,
            authorization_prompt_message=None,
            timeout_seconds=order.timeout_seconds,
            success_message="sheets-sync: selesai, tutup halaman ini. / Done, you may close this page.",
            prompt="consent",  # else Google gives no refresh token to who has granted it before
        )
    except Warning as error:  # oauthlib's word for less than was asked for
        raise KeyFileError(msg("Not all was granted. Log in again, and tick every box on Google's page.")) from error
    except WSGITimeoutError as error:
        raise KeyFileError(
            msg(
                "Nobody came back from the browser within {minutes} minutes. Try again.",
                minutes=order.timeout_seconds // 60,
            )
        ) from error
    except (OAuth2Error, GoogleAuthError, requests.RequestException) as error:
        raise KeyFileError(msg("Google did not let us in: {problem}. Try again.", problem=_said(error))) from error
    finally:
        flow.oauth2session.close()
    keep(key_file, granted)


def _said(error: Exception) -> Message:
    if isinstance(error, requests.RequestException):
        return failure_said(error)
    named, said = getattr(error, "error", ""), getattr(error, "description", "")
    return login_said(": ".join(str(each) for each in (named, said) if each) or str(error))


def log_out(options: GoogleOptions, key_file: Path, endpoint: str | None) -> None:
    """Takes the login back at Google, and the file away.

    Raises:
        KeyFileError: there is no login of a person in the file, or Google can't be reached.
    """
    key = load_key(key_file)
    if kind_of(key) is not LoginKind.PERSON:
        raise KeyFileError(msg("{path} holds no login of a person. It is left as it is.", path=key_file))
    with token_session(endpoint, options) as session:
        try:
            answer = session.post(_REVOKE_URL, data={"token": key["refresh_token"]})
        except requests.RequestException as error:
            raise KeyFileError(
                msg("Google can't be reached ({problem}). Try again.", problem=failure_said(error))
            ) from error
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        problem = google_said("", answer.status_code, str(answer.status_code))
        raise KeyFileError(msg("Google can't be reached ({problem}). Try again.", problem=problem))
    key_file.unlink()  # 400: it was revoked before


def _client(options: GoogleOptions) -> Mapping[str, Any]:
    """The OAuth client of an installed app.

    Raises:
        UsageError: there is none.
    """
    path = options.client_file
    if path is None:
        raise UsageError(
            msg(
                "No OAuth client is named. In the Google Cloud console make one of the kind “Desktop app”, save its JSON "
                "file beside google.yaml, and name it there as client_file."
            )
        )
    try:
        client = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(msg("{path} can't be read as JSON: {problem}", path=path, problem=said_by(error))) from error
    if not isinstance(client, dict) or not {"client_id", "client_secret"} <= set(client.get("installed", {})):
        raise UsageError(
            msg("{path} is no OAuth client of the kind “Desktop app”. Make one in the Google Cloud console.", path=path)
        )
    uris = {"auth_uri": "https://accounts.google.com/o/oauth2/auth", "token_uri": TOKEN_URI}
    return {"installed": {**client["installed"], **uris}}


def _refuse_other(key_file: Path) -> None:
    """A service account's key is not written over."""
    if key_file == COMPUTERS_OWN:
        raise UsageError(msg("google.yaml says `login: default`. Write `login: file` there to log in yourself."))
    if key_file.exists() and kind_of(load_key(key_file)) is not LoginKind.PERSON:
        raise UsageError(
            msg("{path} holds another kind of login. Name another key_file in google.yaml.", path=key_file)
        )


def _scopes(options: GoogleOptions) -> Sequence[str]:
    return (ACT_AS,) if options.impersonate else SCOPES


def keep(key_file: Path, granted: Any) -> None:
    """Writes a person's login as google-auth reads it, closed to others before anything is in it."""
    _write(
        key_file,
        {
            "type": "authorized_user",
            "client_id": granted.client_id,
            "client_secret": granted.client_secret,
            "refresh_token": granted.refresh_token,
        },
    )


def note_account(key_file: Path, account: str) -> None:
    """Writes into the file as whom it logs in."""
    _write(key_file, {**load_key(key_file), "account": account})


def _write(key_file: Path, said: Mapping[str, Any]) -> None:
    fresh = key_file.with_name(f".{key_file.name}.new")
    private_file(fresh).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    fresh.replace(key_file)
