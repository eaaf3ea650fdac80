"""gspread's HTTP client with what it lacks: another endpoint, timeouts, a quota kept, and retries that end."""

from __future__ import annotations

import ipaddress
import json as jsonlib
import secrets
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
import stamina
from google.auth.exceptions import GoogleAuthError, TransportError
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from pydantic_core import PydanticSerializationError, to_json

from sheets_sync.errors import ConfigError
from sheets_sync.google.errors import SLOW_DOWN, reasons_of
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.patience import Breaker, asked_to_wait
from sheets_sync.model import msg
from sheets_sync.model.json import JsonItems

_UNSENT = (requests.ConnectTimeout, requests.exceptions.ProxyError, TransportError)
_BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError, TransportError)
_PLACE = secrets.token_hex(16)  # where something that is written already belongs: nobody can type it
_RETRIED_READS = frozenset({500, 502, 503, 504})


def at_once(method: str, url: str) -> None:
    """Holds no request back."""


class Transport(HTTPClient):
    """An `HTTPClient` for gspread's official hook. For one thread at a time: a requests session is not shared."""

    def __init__(self, auth: Any, session: Any = None) -> None:
        super().__init__(auth, session)
        self.endpoint: str | None = None
        self.options = GoogleOptions()
        self.breaker = Breaker()
        self.wait: Callable[[str, str], None] = at_once  # until a request may go
        self.waiting: Callable[[], AbstractContextManager[object]] = nullcontext  # open until the answer has come

    def request(
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,
        headers: Any = None,
    ) -> requests.Response:
        """One request, repeated where that is safe: reads on any passing failure, writes only if Google did not act.

        Raises:
            APIError: Google's refusal, after the last try.
            requests.RequestException: Google could not be reached.
        """
        retry = stamina.retry_context(
            on=_safe_to_repeat(method),
            attempts=self.options.attempts,
            timeout=self.options.retry_timeout_seconds,
            wait_initial=1.0,
            wait_max=32.0,
            wait_jitter=1.0,
        )
        url = redirected(endpoint, self.endpoint)
        body = encoded(json) if json is not None else data
        heads = {**(headers or {}), **({"Content-Type": "application/json"} if json is not None else {})}
        self.breaker.check()
        try:
            with self.waiting():
                for attempt in retry:
                    with attempt:
                        self.wait(method, endpoint)
                        answer = super().request(method, url, params, body, None, files, heads)
        except (APIError, requests.RequestException, GoogleAuthError) as error:
            if _safe_to_repeat("get")(error):  # Google is away or asks to wait: so it will be for the next workbook
                self.breaker.failed(error)
            raise
        self.breaker.went_well()
        return answer


def encoded(body: object) -> bytes:
    """The JSON of a body; what is written already stands in it as it is.

    Raises:
        ValueError: something in it is NaN, which would be a 400 that names no cell.
    """
    ready = deque[JsonItems]()

    def set_aside(value: object) -> str:
        if not isinstance(value, JsonItems):
            raise TypeError(type(value))
        ready.append(value)
        return _PLACE

    try:
        made = to_json(body, fallback=set_aside)  # in half the time of Python's own, whose pages can be of megabytes
    except PydanticSerializationError:  # half of a character, which only an escape can say
        made = b""
    if not made or b"NaN" in made or b"Infinity" in made:
        ready.clear()
        made = jsonlib.dumps(body, allow_nan=False, separators=(",", ":"), default=set_aside).encode()
    first, *others = made.split(f'"{_PLACE}"'.encode())
    return b"".join([first, *(part for other in others for part in (*ready.popleft().pieces, other))])


def as_sent(body: object) -> Any:
    """A body as Google gets it: plain lists, objects and values, to be looked at."""
    return jsonlib.loads(encoded(body))


def _safe_to_repeat(method: str) -> Callable[[Exception], bool | float]:
    """Whether a failure passes, or after how many seconds, where Google says so.

    A write whose answer was lost may have been applied: it is not repeated but read again by the next run.
    """

    def passing(error: Exception) -> bool | float:
        if isinstance(error, APIError):
            status = error.response.status_code
            refused = status == HTTPStatus.TOO_MANY_REQUESTS or not SLOW_DOWN.isdisjoint(reasons_of(error))
            again = refused or (status in _RETRIED_READS and method.lower() == "get")  # refused: nothing was done
            return again and (asked_to_wait(error.response) or True)
        if method.lower() == "get":
            return isinstance(error, _BROKEN)
        return isinstance(error, _UNSENT)

    return passing


def checked_endpoint(address: str) -> str:
    """An address that tokens may be sent to: https, or plain http that never leaves this machine.

    Raises:
        ConfigError: anything else.
    """
    scheme, host = _scheme_and_host(address)
    if host and (scheme == "https" or (scheme == "http" and is_here(host))):
        return address
    raise ConfigError(
        msg(
            "{address} is not taken as Google's address: a token would be sent over the network unprotected. Use https://, "
            "or http:// for this computer only, like http://127.0.0.1:8080. Look at SHEETS_SYNC_GOOGLE_ENDPOINT, "
            "and at token_uri in the key file.",
            address=f"{scheme}://{host}",
        )
    )


def _scheme_and_host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.scheme, parts.hostname or ""


def is_here(host: str) -> bool:
    """Whether a host is this computer, whoever asks."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def redirected(url: str, endpoint: str | None) -> str:
    """The address with Google's host replaced by the endpoint's."""
    if endpoint is None:
        return url
    base, parts = urlsplit(endpoint), urlsplit(url)
    return urlunsplit((base.scheme, base.netloc, base.path.rstrip("/") + parts.path, parts.query, ""))


class Transports:
    """As many transports as requests are under way at once; each is used again, its connection with it."""

    def __init__(self, make: Callable[[], Transport]) -> None:
        self._make = make
        self._idle: deque[Transport] = deque()

    def request(self, method: str, url: str, **named: Any) -> requests.Response:
        """A request through one that is idle, or a new one.

        Raises:
            APIError, requests.RequestException: as `Transport.request`.
        """
        try:
            transport = self._idle.pop()
        except IndexError:
            transport = self._make()
        try:
            return transport.request(method, url, **named)
        finally:
            self._idle.append(transport)

    def close(self) -> None:
        """Ends the connections that are idle; a later request opens new ones."""
        for transport in tuple(self._idle):
            transport.session.close()
