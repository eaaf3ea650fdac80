"""The way to Google's token servers: google-auth's requests with our timeouts, at another address where one is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.transport.requests import Request

from sheets_sync.google.deadline import DeadlineAdapter
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.transport import redirected


class TokenAdapter(DeadlineAdapter):
    """Sends what is meant for a host of Google's to `endpoint`, and waits no longer than the options say."""

    def __init__(self, endpoint: str | None, options: GoogleOptions) -> None:
        super().__init__(options.answer_timeout)
        self._endpoint, self._timeout = endpoint, (options.connect_timeout, options.read_timeout)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,  # noqa: ARG002 - ours is kept, whatever google-auth would wait
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        assert request.url is not None
        if is_googles(request.url):
            request.url = redirected(request.url, self._endpoint)
        return super().send(request, stream, self._timeout, verify, cert, proxies)


def is_googles(url: str) -> bool:
    """Whether an address is one of Google's token servers, IAM among them."""
    host = urlsplit(url).hostname or ""
    return host == "accounts.google.com" or host.endswith(".googleapis.com")


def token_session(
    endpoint: str | None, options: GoogleOptions, hook: Callable[..., None] | None = None
) -> requests.Session:
    """A session for the token servers; `hook` sees each answer."""
    session = requests.Session()
    adapter = TokenAdapter(endpoint, options)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.auth = as_it_is
    if hook is not None:
        session.hooks["response"].append(hook)
    return session


def as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """A session's `auth` that changes nothing: without one, what ~/.netrc says of a host takes the place of our login."""
    return request


def token_request(session: requests.Session) -> Request:
    """What google-auth asks a token server with."""
    return Request(session)
