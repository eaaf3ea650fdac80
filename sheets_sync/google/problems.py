"""What Google refuses, told to the person who must act."""

from __future__ import annotations

from http import HTTPStatus

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.exceptions import APIError

from sheets_sync.errors import (
    GoogleDownError,
    KeyFileError,
    NotASheetError,
    NotFoundError,
    NotSharedError,
    QuotaError,
    RefusedError,
    SheetsSyncError,
    WorkbookError,
)
from sheets_sync.messages import msg

FAILURES = (APIError, requests.RequestException, GoogleAuthError)


def explain(error: Exception, workbook: str, account: str) -> SheetsSyncError:
    """Our error for one of `FAILURES`, about a workbook's id, met by the account of an e-mail address."""
    if isinstance(error, APIError):
        return _refused(error, workbook, account)
    if isinstance(error, RefreshError) and not error.retryable:
        return _key_refused(error, account)
    workbook = workbook or "–"  # at login and for the list it is about none
    if isinstance(error, TransportError | RefreshError | requests.RequestException):
        return GoogleDownError(
            msg(
                "Google could not be reached for workbook {workbook} ({problem}). Check the connection; the next run "
                "tries again and the last good data stay.",
                workbook=workbook,
                problem=type(error).__name__,
            )
        )
    return WorkbookError(msg("Workbook {workbook}: {problem}", workbook=workbook, problem=str(error)))


def _key_refused(error: RefreshError, account: str) -> SheetsSyncError:
    return KeyFileError(
        msg(
            "Google does not accept the key of {account}: {problem}. Make a new key for the service account in the "
            "Google Cloud console, save it as the key file, and check this computer's clock.",
            account=account,
            problem=str(error.args[0]) if error.args else "invalid_grant",
        )
    )


def _refused(error: APIError, workbook: str, account: str) -> SheetsSyncError:
    text = str(error.error.get("message", ""))[:300]
    match error.response.status_code:
        case HTTPStatus.FORBIDDEN:
            return NotSharedError(
                msg(
                    "Workbook {workbook} is not shared with us. Open it, press Share, and add {account} as Editor.",
                    workbook=workbook,
                    account=account,
                )
            )
        case HTTPStatus.NOT_FOUND:
            return NotFoundError(
                msg(
                    "There is no workbook {workbook}. Copy its id from the address bar, between /d/ and /edit, into "
                    "the configuration.",
                    workbook=workbook,
                )
            )
        case HTTPStatus.BAD_REQUEST if error.error.get("status") == "FAILED_PRECONDITION":
            return NotASheetError(
                msg(
                    "The file {workbook} is not a Google Sheet ({problem}). Open it in Sheets and choose File, Save "
                    "as Google Sheets; then use the new file's id.",
                    workbook=workbook,
                    problem=text,
                )
            )
        case HTTPStatus.TOO_MANY_REQUESTS:
            return QuotaError(
                msg(
                    "Google asks us to slow down and kept asking for workbook {workbook}. Nothing is lost; the next "
                    "run goes on. If it happens often, use a second service account.",
                    workbook=workbook,
                )
            )
        case status if status >= 500:
            return GoogleDownError(
                msg(
                    "Google had a problem with workbook {workbook} (status {status}). Nothing is lost; the next run "
                    "tries again.",
                    workbook=workbook,
                    status=str(status),
                )
            )
        case HTTPStatus.BAD_REQUEST:
            return RefusedError(
                msg(
                    "Google refused what we asked of workbook {workbook}: {problem}",
                    workbook=workbook,
                    problem=text,
                )
            )
        case status:
            return WorkbookError(
                msg(
                    "Google refused what we asked of workbook {workbook} (status {status}): {problem}",
                    workbook=workbook,
                    status=str(status),
                    problem=text,
                )
            )
