"""The page on which a person picks an account and lets a program in, or not; a click leads back to the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.responses import HTMLResponse, RedirectResponse, Response

from sheets_sync.local_google.logins.book import CODE_LIFETIME, Consent, Logins
from sheets_sync.local_google.loopback import is_local

CONSENT = "/o/oauth2/consent"


def authorization_page(logins: Logins, query: Mapping[str, str]) -> Response:
    """Who could let the program in: a link for each person, and one for nobody."""
    wrong = _wrong(logins, query)
    if wrong:
        return HTMLResponse(f"<h1>Access blocked: Authorization Error</h1><p>{escape(wrong)}", 400)
    return HTMLResponse(
        "<!DOCTYPE html><title>Sign in</title><h1>Choose an account</h1><p>The program wants to:<ul>"
        + "".join(f"<li>{escape(scope)}" for scope in query.get("scope", "").split())
        + "</ul>"
        + "".join(f'<p><a href="{escape(link)}">{escape(text)}</a>' for text, link in _links(logins, query))
    )


def _wrong(logins: Logins, query: Mapping[str, str]) -> str:
    if query.get("client_id") not in logins.clients:
        return "Error 401: invalid_client. The OAuth client was not found."
    back = urlsplit(query.get("redirect_uri", ""))
    if back.scheme != "http" or not is_local(back.netloc):
        return "Error 400: redirect_uri_mismatch"
    if query.get("response_type") != "code":
        return "Error 400: invalid_request. Missing required parameter: response_type"
    return "" if query.get("scope") else "Error 400: invalid_request. Missing required parameter: scope"


def _links(logins: Logins, query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for account in logins.accounts.by_name.values():
        if account.person:
            yield f"Allow as {account.email}", f"{CONSENT}?{urlencode({**query, 'account': account.name})}"
    yield "Cancel", f"{CONSENT}?{urlencode(query)}"


def consent(logins: Logins, query: Mapping[str, str]) -> Response:
    """Back to the program: with a code for what was granted (`scope` may have lost some), or with the refusal."""
    if _wrong(logins, query):
        return authorization_page(logins, query)
    account = logins.accounts.by_name.get(query.get("account", ""))
    said = {"state": query.get("state", "")}
    if account is None or not account.person:
        return _back(query, {**said, "error": "access_denied"})
    scopes = frozenset(query["scope"].split())
    granted = Consent(
        query["client_id"],
        account,
        scopes,
        query["redirect_uri"],
        query.get("code_challenge", ""),
        query.get("code_challenge_method", "plain"),
        logins.accounts.now() + CODE_LIFETIME,
    )
    return _back(query, {**said, "code": logins.new_code(granted), "scope": " ".join(sorted(scopes))})


def _back(query: Mapping[str, str], said: Mapping[str, str]) -> Response:
    return RedirectResponse(f"{query['redirect_uri']}?{urlencode(said)}", 302)
