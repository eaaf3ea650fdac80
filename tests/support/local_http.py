"""A bare HTTP client for tests of the local Google: paths and JSON in, status and JSON out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from sheets_sync.local_google import LocalGoogle

FILES = "/drive/v3/files"
SHEET = "application/vnd.google-apps.spreadsheet"
SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


@dataclass
class Http:
    """One account's calls."""

    google: LocalGoogle
    session: requests.Session
    email: str

    def send(self, method: str, path: str, body: Any = None, **params: Any) -> requests.Response:
        """The raw response."""
        return self.session.request(method, self.google.url + path, json=body, params=params, timeout=20)

    def ok(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """The JSON of an answer that must be a success."""
        response = self.send(method, path, body, **params)
        assert response.ok, response.text
        return response.json() if response.content else None

    def refused(self, method: str, path: str, body: Any = None, **params: Any) -> tuple[int, str, str]:
        """Code, message and first reason (Drive) or status (Sheets) of an answer that must be a refusal."""
        response = self.send(method, path, body, **params)
        assert not response.ok, response.text
        error = response.json()["error"]
        why = error["errors"][0]["reason"] if "errors" in error else error["status"]
        return error["code"], error["message"], why


def sign_in(google: LocalGoogle, name: str = "sheets-sync", *, person: bool = False) -> Http:
    """A client that acts as the account."""
    account = google.account(name, person=person)
    credentials = Credentials.from_service_account_info(account.key_info(), scopes=SCOPES)  # type: ignore[no-untyped-call]
    credentials.refresh(Request())
    session = requests.Session()
    # Nothing is left open for the garbage collector to complain about.
    session.headers.update({"Authorization": f"Bearer {credentials.token}", "Connection": "close"})
    return Http(google, session, account.email)


def made(client: Http, name: str = "Uji", kind: str = SHEET, **facts: Any) -> str:
    """A new file, by its id; a spreadsheet unless another kind is asked for."""
    return str(client.ok("POST", FILES, {"name": name, "mimeType": kind, **facts})["id"])


def values(client: Http, file_id: str, area: str = "A1:Z99") -> Any:
    """A spreadsheet's rows as they are shown; None: nothing stands there."""
    return client.ok("GET", f"/v4/spreadsheets/{file_id}/values/{area}").get("values")
