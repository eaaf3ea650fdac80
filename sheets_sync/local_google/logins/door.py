"""Which requests are about logging in, and their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

from starlette.responses import JSONResponse, Response

from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.logins import iam, metadata, oauth, page
from sheets_sync.local_google.logins.book import Logins

_PATHS = {
    ("POST", "/token"): "token",
    ("POST", "/oauth2/v4/token"): "token",
    ("POST", "/revoke"): "oauth2.revoke",
    ("POST", "/v1/token"): "sts.token",
    ("GET", "/o/oauth2/auth"): "oauth2.auth",
    ("GET", "/o/oauth2/v2/auth"): "oauth2.auth",
    ("GET", page.CONSENT): "oauth2.consent",
}
_ACT_AS = re.compile(r"/v1/projects/-/serviceAccounts/(?P<account>[^/:]+):generateAccessToken")


def method_of(http_method: str, path: str) -> str:
    """What the log and the faults call the request; "" for one that is not about logging in."""
    if http_method == "POST" and _ACT_AS.fullmatch(path):
        return "iam.generateAccessToken"
    if http_method == "GET" and (path == "/" or path.startswith(metadata.ROOT)):
        return "metadata"
    return _PATHS.get((http_method, path), "")


def answer(logins: Logins, method: str, path: str, query: str, content: bytes, headers: Mapping[str, str]) -> Response:
    """The answer to a request that is one of those.

    Raises:
        TokenError, ApiError: the refusal.
    """
    said, authorization = dict(parse_qsl(query)), headers.get("authorization", "")
    match method:
        case "metadata":
            machine = logins.machine
            token = logins.grant(machine.account, frozenset(machine.scopes)) if machine else ""
            return metadata.answer(machine, path, token, headers.get(metadata.FLAVOR, ""))
        case "oauth2.auth":
            return page.authorization_page(logins, said)
        case "oauth2.consent":
            return page.consent(logins, said)
        case "oauth2.revoke":
            return JSONResponse(oauth.revoke(logins, {**said, **_form(content)}))
        case "sts.token":
            return JSONResponse(iam.exchange(logins, _form(content)))
        case "iam.generateAccessToken":
            found = _ACT_AS.fullmatch(path)
            assert found is not None
            return JSONResponse(iam.access_token(logins, unquote(found["account"]), _json(content), authorization))
        case _:
            return JSONResponse(oauth.issue(logins, _form(content), authorization))


def _form(content: bytes) -> dict[str, str]:
    return dict(parse_qsl(content.decode()))


def _json(content: bytes) -> Mapping[str, object]:
    try:
        body = json.loads(content)
    except ValueError as error:
        raise ApiError(400, "Invalid JSON payload received.") from error
    return body if isinstance(body, dict) else {}
