"""Google Sheets and Drive as one credential sees them. The only module that makes requests of gspread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import gspread
from google.auth.transport.requests import AuthorizedSession, Request
from gspread.urls import (
    SPREADSHEET_BATCH_UPDATE_URL,
    SPREADSHEET_SHEETS_COPY_TO_URL,
    SPREADSHEET_URL,
)
from requests import Response

from sheets_sync.clock import Clock, system_clock
from sheets_sync.errors import NotSharedError, SheetsSyncError
from sheets_sync.google.answers import date_of, decoded, json_of, workbook_of
from sheets_sync.google.changes import FileVersion
from sheets_sync.google.credentials import kind_made, make_credentials
from sheets_sync.google.deadline import DeadlineAdapter
from sheets_sync.google.errors import FAILURES, binned, explain, only_for_reading
from sheets_sync.google.key_file import account_of, project_of
from sheets_sync.google.listing import DriveListing
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.pace import as_counted
from sheets_sync.google.patience import Breaker, Turnstile, take_in
from sheets_sync.google.read import MASK, ReadWorkbook
from sheets_sync.google.seats import Seats
from sheets_sync.google.token_door import as_it_is, token_request, token_session
from sheets_sync.google.transport import Transport, Transports, checked_endpoint

_ABOUT_URL = "https://www.googleapis.com/drive/v3/about"
_COMMENTS = "COMMENTS_VIEW_MODE_INCLUDED"
_ANSWERED = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True, "commentsViewMode": _COMMENTS}


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to a write: the workbook as it is afterwards, Google's clock, whether the comments were saved."""

    after: ReadWorkbook
    at: datetime
    comments_saved: bool


class GoogleClient:
    """Reads, writes and lists what is shared with one account."""

    def __init__(
        self,
        key: Mapping[str, Any],
        options: GoogleOptions,
        endpoint: str | None = None,
        clock: Clock = system_clock,
        turnstile: Turnstile | None = None,
        seats: Seats | None = None,
    ) -> None:
        """`key` is the JSON of a credential file, empty for the computer's own login; `endpoint` replaces Google's hosts.

        `turnstile` is where requests wait for their turn, `seats` are what a thread leaves meanwhile: each is there once
        for all credentials. `clock` is ours; `clock_off` says how far it was ahead of Google's at the last answer, None before
        the first.

        Raises:
            KeyFileError: the key is not one.
            ConfigError: a token would go over the network unprotected.
        """
        self._options, self._endpoint, self._clock = options, endpoint, clock
        self._turnstile, self._breaker = turnstile or Turnstile(options), Breaker()
        self._seats = seats or Seats()
        self._key = key
        self.clock_off: timedelta | None = None
        self._account = options.impersonate or account_of(key)
        self._tokens = token_session(checked_endpoint(endpoint) if endpoint else None, options, self._compare_clocks)
        self._credentials = make_credentials(key, options.impersonate, endpoint, self._token_request)
        self.kind = kind_made(key, self._credentials)
        self._binned: frozenset[str] = frozenset()  # in the bin, says the last list
        self._locked: dict[str, str] = {}  # only to be looked at, says the last list; by title
        self._transports = Transports(self._transport)
        self._listing = DriveListing(self._ask_drive)

    @property
    def account(self) -> str:
        """The e-mail address of whom we are logged in as, with whom workbooks are shared; "" before the first login."""
        return self._account

    @property
    def project(self) -> str:
        """The project whose quota our requests are counted against, as far as it is known; else a name of our own."""
        return project_of(self._key, self._account)

    def login(self) -> None:
        """Fetches the token once, before threads would each fetch one of their own, and learns as whom, where that is unsaid.

        Raises:
            KeyFileError: Google does not let us in; says what to do about this kind of login.
            GoogleDownError: Google can't be reached.
        """
        try:
            if not self._credentials.valid:
                self._credentials.refresh(self._token_request())
        except FAILURES as error:
            raise self._explain(error, "") from error
        if not self._account:
            self._account = self._whoami()

    def close(self) -> None:
        """Ends the connections."""
        self._transports.close()
        self._tokens.close()

    def _whoami(self) -> str:
        """Whom Drive takes us for: the computer's own login does not say it itself. "" for a workload that has no address."""
        try:
            about = self._transports.request("get", _ABOUT_URL, params={"fields": "user(emailAddress)"}).json()
        except (*FAILURES, ValueError) as error:
            raise self._explain(error, "") from error
        return str(about.get("user", {}).get("emailAddress", ""))

    def _explain(self, error: Exception, workbook: str) -> SheetsSyncError:
        return explain(error, workbook, self.account, self.kind)

    def _token_request(self) -> Request:
        return token_request(self._tokens)

    def list_workbooks(self) -> dict[str, FileVersion]:
        """Every workbook shared with the account, by id, with its version: one request, or one for each thousand."""
        listed = self._listing.now()
        self._binned = frozenset(file.workbook for file in listed.values() if file.trashed)
        self._locked = {file.workbook: file.title for file in listed.values() if not file.can_edit}
        return listed

    def read(self, workbook: str) -> ReadWorkbook:
        """The workbook with its comments; one request.

        Raises:
            WorkbookError: not shared, not there, in the bin, not a Sheet, or Google can't be reached.
        """
        return self.ask(workbook)()

    def ask(self, workbook: str) -> Callable[[], ReadWorkbook]:
        """Fetches the workbook now; what is returned parses it when called, so that until then it is only its JSON.

        Raises:
            WorkbookError: as `read`, in either step.
        """
        self._refuse_binned(workbook)
        params = {"fields": MASK, "prettyPrint": "false", "commentsViewMode": _COMMENTS}
        try:
            json = json_of(self._transports.request("get", SPREADSHEET_URL % workbook, params=params))
        except FAILURES as error:
            raise self._explain(error, workbook) from error
        return partial(self._answer, json, workbook)

    def _answer(self, json: bytes, workbook: str) -> ReadWorkbook:
        try:
            answer = decoded(json, workbook)
        except (*FAILURES, ValueError) as error:
            raise self._explain(error, workbook) from error
        return workbook_of(answer, workbook)

    def write(
        self, workbook: str, requests: Sequence[Mapping[str, Any]], before: ReadWorkbook | None = None
    ) -> Written:
        """All requests in one atomic batchUpdate, answered with the workbook as it is afterwards; one request.

        `before` is the workbook as it was read: rows that are still the same in the answer are those of it.

        Raises:
            WorkbookError: nothing was written, or it is unknown (Google could not be reached): read again, don't repeat.
        """
        self._refuse_binned(workbook)
        if workbook in self._locked:
            raise NotSharedError(only_for_reading(self._locked[workbook], self.account))
        body = {"requests": list(requests), **_ANSWERED}
        params = {"fields": f"commentUpdateState,updatedSpreadsheet({MASK})", "prettyPrint": "false"}
        try:
            response = self._transports.request(
                "post", SPREADSHEET_BATCH_UPDATE_URL % workbook, params=params, json=body
            )
            json, at = json_of(response), date_of(response) or self._clock()
            del response  # with all that was sent and came: a large answer takes its memory once
            answer = decoded(json, workbook)
        except (*FAILURES, ValueError) as error:
            raise self._explain(error, workbook) from error
        after = workbook_of(answer.get("updatedSpreadsheet", {}), workbook, before)
        return Written(after, at, answer.get("commentUpdateState") != "ALL_FAILED_UNKNOWN_REASON")

    def write_slice(self, workbook: str, requests: Sequence[Mapping[str, Any]]) -> None:
        """A part of what is too much for one write, atomic in itself; how the workbook stands is told by the last one.

        Raises:
            WorkbookError: as of `write`.
        """
        self._refuse_binned(workbook)
        if workbook in self._locked:
            raise NotSharedError(only_for_reading(self._locked[workbook], self.account))
        url, params = SPREADSHEET_BATCH_UPDATE_URL % workbook, {"fields": "spreadsheetId", "prettyPrint": "false"}
        try:
            self._transports.request("post", url, params=params, json={"requests": list(requests)})
        except FAILURES as error:
            raise self._explain(error, workbook) from error

    def copy_tab(self, workbook: str, sheet_id: int, to: str) -> int:
        """Copies a tab with all that is on it into another workbook; the sheetId it has there. One request.

        Raises:
            WorkbookError: nothing was copied, or it is unknown.
        """
        url = SPREADSHEET_SHEETS_COPY_TO_URL % (workbook, sheet_id)
        try:
            answer = self._transports.request("post", url, json={"destinationSpreadsheetId": to}).json()
        except (*FAILURES, ValueError) as error:
            raise self._explain(error, to) from error
        return int(answer["sheetId"])

    def _refuse_binned(self, workbook: str) -> None:
        """What is in the bin may be gone tomorrow: its figures are no news, and what is written there is lost."""
        if workbook in self._binned:
            raise binned(workbook)

    def _ask_drive(self, url: str, params: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            answer: Mapping[str, Any] = self._transports.request("get", url, params=params).json()
        except (*FAILURES, ValueError) as error:
            raise self._explain(error, "") from error
        return answer

    def _wait(self, method: str, url: str) -> None:
        """Until the request may go; it is counted for the account that sends it."""
        request = as_counted(method, url, self._account, self.project)
        if request is not None:
            self._turnstile.wait(request)

    def _transport(self) -> Transport:
        session = AuthorizedSession(self._credentials, auth_request=self._token_request())  # type: ignore[no-untyped-call]
        transport = gspread.Client(self._credentials, session, http_client=Transport).http_client
        assert isinstance(transport, Transport)
        transport.endpoint, transport.options = self._endpoint, self._options
        transport.breaker, transport.wait, transport.waiting = self._breaker, self._wait, self._seats.left
        for scheme in ("https://", "http://"):
            session.mount(scheme, DeadlineAdapter(self._options.answer_timeout))
        transport.set_timeout((self._options.connect_timeout, self._options.read_timeout))
        transport.session.auth = as_it_is
        transport.session.hooks["response"].append(self._compare_clocks)
        transport.session.hooks["response"].append(take_in)
        return transport

    def _compare_clocks(self, response: Response, **_: Any) -> None:
        """Every answer says what time it is at Google, a refused login's too."""
        date = date_of(response)
        if date is not None:
            self.clock_off = self._clock() - date
