"""What Google says, in a sentence: by its status, its own words in brackets.

The statuses are those of google.rpc.Code and of OAuth 2.0 (RFC 6749, 4.1.2.1 and 5.2, and Google's own beside them).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted

_ASKED_WRONG = msg("Google can't do what was asked")
_NOT_ALLOWED = msg("Google does not allow it")
_AWAY = msg("Google has a problem of its own")
_LOGIN = msg("Google wants a valid login")
_GONE = msg("what was asked for is not there")
_BUSY = msg("Google is asked too often")
STATUSES: Mapping[str, Message] = MappingProxyType(
    {
        **dict.fromkeys(("INVALID_ARGUMENT", "OUT_OF_RANGE", "UNIMPLEMENTED", "ALREADY_EXISTS"), _ASKED_WRONG),
        "FAILED_PRECONDITION": msg("the file is not of the right kind, or not ready for it"),
        "PERMISSION_DENIED": _NOT_ALLOWED,
        "UNAUTHENTICATED": _LOGIN,
        "NOT_FOUND": _GONE,
        "RESOURCE_EXHAUSTED": _BUSY,
        "ABORTED": msg("somebody else changed it at the same moment"),
        **dict.fromkeys(("CANCELLED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "INTERNAL", "UNKNOWN", "DATA_LOSS"), _AWAY),
    }
)
_BY_NUMBER: Mapping[int, Message] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: _LOGIN,
        HTTPStatus.FORBIDDEN: _NOT_ALLOWED,
        HTTPStatus.NOT_FOUND: _GONE,
        HTTPStatus.GONE: _GONE,
        HTTPStatus.CONFLICT: msg("somebody else changed it at the same moment"),
        HTTPStatus.TOO_MANY_REQUESTS: _BUSY,
    }
)
_TAKEN_BACK = msg("the login has ended or was taken back, or this computer's clock is wrong")
_UNKNOWN_KEY = msg("Google does not know this key or client")
_CLIENT = msg("this kind of login is not allowed for this client")
LOGINS: Mapping[str, Message] = MappingProxyType(
    {
        "invalid_grant": _TAKEN_BACK,
        "invalid_rapt": _TAKEN_BACK,
        **dict.fromkeys(("invalid_client", "deleted_client", "disabled_client"), _UNKNOWN_KEY),
        **dict.fromkeys(("unauthorized_client", "unsupported_grant_type", "unsupported_response_type"), _CLIENT),
        **dict.fromkeys(("invalid_scope", "insufficient_scope"), msg("not everything that is needed was allowed")),
        **dict.fromkeys(("invalid_request", "redirect_uri_mismatch"), _ASKED_WRONG),
        "access_denied": msg("somebody said no in the browser"),
        "account_disabled": msg("the account is switched off"),
        **dict.fromkeys(("admin_policy_enforced", "org_internal"), msg("the organisation does not allow it")),
        **dict.fromkeys(("server_error", "temporarily_unavailable", "internal_failure"), _AWAY),
    }
)
_NEVER_LET_IN = msg("Google does not let us in")
_CODE = re.compile(r"\b(" + "|".join(LOGINS) + r")\b")


def google_said(status: str, number: int, text: str) -> Message:
    """What Google answered to a request: the status as it names it, that of HTTP, and its words."""
    sense = STATUSES.get(status) or _BY_NUMBER.get(number)
    return quoted(sense or (_AWAY if number >= HTTPStatus.INTERNAL_SERVER_ERROR else _ASKED_WRONG), text)


def login_said(text: str) -> Message:
    """What a token server answered, which names its reason somewhere in the text."""
    found = _CODE.search(text)
    return quoted(LOGINS[found[1]] if found else _NEVER_LET_IN, text)


# What the connection, or the library that holds it, was met by; by the name of the exception's class.
FAILURES: Mapping[str, Message] = MappingProxyType(
    {
        **dict.fromkeys(("ConnectTimeout", "ReadTimeout", "Timeout"), msg("no answer in time")),
        **dict.fromkeys(
            ("ConnectionError", "ChunkedEncodingError", "ContentDecodingError"), msg("the connection broke off")
        ),
        "SSLError": msg("no protected connection came about"),
        "ProxyError": msg("the proxy does not let it through"),
        "TransportError": msg("the way to Google is closed"),
        **dict.fromkeys(("RefreshError", "OAuthError"), msg("Google's login has a problem of its own")),
    }
)


def failure_said(error: Exception) -> Message:
    """What a connection to Google failed by, without the address, which may hold what is nobody's business."""
    name = type(error).__name__
    return quoted(FAILURES.get(name) or msg("the way to Google is closed"), name)
