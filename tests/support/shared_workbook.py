"""A shared workbook on the local server, our client of it, and a person who opens it with gspread."""

from __future__ import annotations

from dataclasses import dataclass

import gspread
from google.oauth2.service_account import Credentials

from sheets_sync.google import GoogleClient, GoogleOptions
from sheets_sync.local_google import LocalGoogle
from sheets_sync.model.tab_state import TabState


@dataclass(frozen=True)
class SharedWorkbook:
    """The workbook `workbook`, seen by us (`google`) and by a person."""

    server: LocalGoogle
    google: GoogleClient
    workbook: str
    person: gspread.Spreadsheet

    @property
    def tabs(self) -> tuple[TabState, ...]:
        return self.google.read(self.workbook).tabs

    def row(self, tab: str, text: str) -> int:
        """The first row that begins with the text, counted from 1."""
        values = self.person.worksheet(tab).get_all_values()
        return next(number for number, row in enumerate(values, 1) if row[0] == text)


def shared_workbook_at(server: LocalGoogle, locale: str = "in_ID") -> SharedWorkbook:
    """A new workbook, owned by a person and shared with our account."""
    workbook = server.create_workbook("Barito Timur", owner="sekretaris", locale=locale, writers=["sheets-sync"])
    scopes = ["https://www.googleapis.com/auth/spreadsheets"]
    key = server.account("sekretaris").key_info()
    credentials = Credentials.from_service_account_info(key, scopes=scopes)  # type: ignore[no-untyped-call] # its stubs are bare
    client = gspread.Client(credentials, http_client=_redirected(server.url))
    google = GoogleClient(server.account().key_info(), GoogleOptions(), server.url)
    return SharedWorkbook(server, google, workbook, client.open_by_key(workbook))


def _redirected(url: str) -> type[gspread.HTTPClient]:
    class Redirected(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *args: object, **kwargs: object) -> object:  # type: ignore[override] # passes everything on
            return super().request(method, endpoint.replace("https://sheets.googleapis.com", url), *args, **kwargs)  # type: ignore[arg-type] # as above

    return Redirected
