"""What Google refuses, told to the person who must act."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

import requests
from google.auth.exceptions import GoogleAuthError, OAuthError, RefreshError, TransportError
from gspread.exceptions import APIError

from sheets_sync.errors import (
    ApiDisabledError,
    BinnedError,
    GoogleDownError,
    NotASheetError,
    NotFoundError,
    NotSharedError,
    QuotaError,
    RefusedError,
    SheetsSyncError,
    WorkbookError,
)
from sheets_sync.google.key_file import LoginKind
from sheets_sync.google.login_refused import login_refused, scopes_lacking
from sheets_sync.google.scopes import SCOPES
from sheets_sync.google.words import failure_said, google_said, login_said
from sheets_sync.model import Message, msg

FAILURES = (APIError, requests.RequestException, GoogleAuthError)


def explain(error: Exception, workbook: str, account: str, login: LoginKind = LoginKind.KEY) -> SheetsSyncError:
    """Our error for one of `FAILURES`, about a workbook's id, met by the account of an e-mail address."""
    if isinstance(error, APIError):
        if not reasons_of(error).isdisjoint(_NO_SCOPE):
            return scopes_lacking(account, login, SCOPES)
        return _refused(error, workbook, account)
    if isinstance(error, RefreshError | OAuthError) and not error.retryable and not _passes(error):
        return login_refused(error, account, login)
    if isinstance(error, TransportError | RefreshError | OAuthError | requests.RequestException):
        return GoogleDownError(_out_of_reach(failure_said(error), workbook))
    workbook = workbook or "–"  # at login and for the list it is about none
    return WorkbookError(msg("Workbook {workbook}: {problem}", workbook=workbook, problem=login_said(str(error))))


def _out_of_reach(problem: Message | str, workbook: str) -> Message:
    """Logging in and asking for the list are about no workbook."""
    if not workbook:
        return msg(
            "Google could not be reached ({problem}). Check the connection; the next run tries again and the last good "
            "data stay.",
            problem=problem,
        )
    return msg(
        "Google could not be reached for workbook {workbook} ({problem}). Check the connection; the next run "
        "tries again and the last good data stay.",
        workbook=workbook,
        problem=problem,
    )


def only_for_reading(workbook: str, account: str) -> Message:
    """A workbook that we may look at, and no more."""
    return msg(
        "Workbook “{workbook}” is shared with {account} for reading only. Open it, press Share, and make it an Editor.",
        workbook=workbook,
        account=account,
    )


def binned(workbook: str) -> BinnedError:
    """Our error for a workbook in the bin."""
    return BinnedError(
        msg(
            "Workbook {workbook} is in Google Drive's bin. It is neither read nor written; the figures read before "
            "stay. Whoever owns it can put it back: open the bin of Google Drive, right-click it, Restore. If it "
            "is no longer used, take it out of office.yaml.",
            workbook=workbook,
        )
    )


def empty_answer(workbook: str) -> GoogleDownError:
    """Our error for an answer that holds no tab, which no workbook is without: it is no empty workbook."""
    return GoogleDownError(
        msg(
            "Google's answer about workbook {workbook} was empty or cut off. Nothing is lost; the last good data stay "
            "and the next run tries again.",
            workbook=workbook,
        )
    )


def _passes(error: GoogleAuthError) -> bool:
    """Whether a token server had a problem of its own: google-auth calls every answer but 200 a refusal.

    A refusal is JSON that says why; a front end that fails answers with a page, which google-auth hands on by itself.
    """
    if str(error.args[0] if error.args else "").lstrip().startswith("<"):
        return True
    body = error.args[1] if len(error.args) > 1 else None
    if not isinstance(body, str):
        return False  # no answer of a server's at all, or one that google-auth has understood
    try:
        said = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return True
    code = said.get("code", 0) if isinstance(said, dict) else said
    return code in _PASSING or (isinstance(code, int) and code >= HTTPStatus.INTERNAL_SERVER_ERROR)


_PASSING = (HTTPStatus.TOO_MANY_REQUESTS, "internal_failure", "server_error", "temporarily_unavailable")


# Drive says 403 where Sheets says 429 (https://developers.google.com/workspace/drive/api/guides/handle-errors).
SLOW_DOWN = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_USED_UP = SLOW_DOWN | {"dailyLimitExceeded", "quotaExceeded"}  # waiting some seconds does not help with these two
_NO_SCOPE = ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions")  # as Sheets and as Drive say it
_DISABLED = ("SERVICE_DISABLED", "accessNotConfigured")  # as Sheets and as Drive say it
_REFUSED: Mapping[int, tuple[type[SheetsSyncError], Message]] = {
    HTTPStatus.FORBIDDEN: (
        NotSharedError,
        msg("Workbook {workbook} is not shared with us. Open it, press Share, and add {account} as Editor."),
    ),
    HTTPStatus.NOT_FOUND: (
        NotFoundError,
        msg(
            "There is no workbook {workbook}. Copy its id from the address bar, between /d/ and /edit, into "
            "the configuration."
        ),
    ),
    HTTPStatus.BAD_REQUEST: (RefusedError, msg("Google refused what we asked of workbook {workbook}: {problem}")),
    HTTPStatus.TOO_MANY_REQUESTS: (
        QuotaError,
        msg(
            "Google asks us to slow down and kept asking for workbook {workbook}. Nothing is lost; the next "
            "run goes on. If it happens often, use a second service account."
        ),
    ),
}
_NOT_A_SHEET = msg(
    "The file {workbook} is not a Google Sheet ({problem}). Open it in Sheets and choose File, Save "
    "as Google Sheets; then use the new file's id."
)
_NOT_SWITCHED_ON = msg(
    "The project of {account} has an API switched off. Open the address below, press Enable, and try again after "
    "some minutes. Google says: {problem}"
)
_DOWN = msg(
    "Google had a problem with workbook {workbook} (status {status}). Nothing is lost; the next run tries again."
)
_DOWN_FOR_ALL = msg("Google had a problem (status {status}). Nothing is lost; the next run tries again.")
_OTHER = msg("Google refused what we asked of workbook {workbook} (status {status}): {problem}")


def _refused(error: APIError, workbook: str, account: str) -> SheetsSyncError:
    status, text = error.response.status_code, str(error.error.get("message", ""))
    kind, said = _kind(error, status)
    said = _DOWN_FOR_ALL if said is _DOWN and not workbook else said
    problem = google_said(str(error.error.get("status", "")), status, text[:300])
    params = {"workbook": workbook or "–", "account": account, "status": str(status), "problem": problem}
    message = replace(said, params=params)
    if issubclass(kind, RefusedError):
        named = _NAMED.match(text)
        return kind(message, int(named[1]) if named else None, problem)
    return kind(message)


_NAMED = re.compile(r"Invalid requests\[(\d+)\]")  # how Google says which request of a batchUpdate it means


def reasons_of(error: APIError) -> frozenset[str]:
    """Google's own words for why, as Sheets and as Drive give them."""
    named = (*error.error.get("details", ()), *error.error.get("errors", ()))
    return frozenset(str(each["reason"]) for each in named if "reason" in each)


def _kind(error: APIError, status: int) -> tuple[type[SheetsSyncError], Message]:
    reasons = reasons_of(error)
    if not reasons.isdisjoint(_DISABLED):
        return ApiDisabledError, _NOT_SWITCHED_ON
    if not reasons.isdisjoint(_USED_UP):
        return _REFUSED[HTTPStatus.TOO_MANY_REQUESTS]
    if error.error.get("status") == "FAILED_PRECONDITION":
        return NotASheetError, _NOT_A_SHEET
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return GoogleDownError, _DOWN
    return _REFUSED.get(status, (WorkbookError, _OTHER))
