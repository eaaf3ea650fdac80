"""How long one waits for Google: as long as it asks to, never endlessly, and not at each workbook anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import requests
import urllib3

from sheets_sync.errors import StoppedError
from sheets_sync.google.options import GoogleOptions
from sheets_sync.google.pace import RequestPace, SheetsRequest
from sheets_sync.model import msg

Seconds = Callable[[], float]

_MAX_SECONDS = 3600  # that a header is believed


class Turnstile:
    """Where requests of all credentials wait for their turn. `clock` counts seconds; `stopping` ends every wait."""

    def __init__(
        self, options: GoogleOptions, stopping: threading.Event | None = None, clock: Seconds = time.monotonic
    ) -> None:
        self._pace, self._clock = RequestPace(options), clock
        self._stopping = stopping or threading.Event()
        self._lock = threading.Lock()

    def wait(self, request: SheetsRequest) -> None:
        """Until the request may go.

        Raises:
            StoppedError: the program is to end, and this would have to wait.
        """
        with self._lock:
            now = self._clock()
            at = self._pace.reserve(request, now)
        if at > now and self._stopping.wait(at - now):
            raise StoppedError(msg("Stopped; the next run goes on."))


@dataclass(slots=True)
class Breaker:
    """Shared by a credential's threads: after some requests in a row that failed through all attempts, the next ones fail at once.

    Forty workbooks then cost one wait and not forty. After `rest` seconds one is tried, while the others go on failing at
    once until it is known what became of it. `clock` counts seconds.
    """

    failures: int = 3
    rest: float = 60.0
    clock: Seconds = time.monotonic
    _count: int = 0
    _until: float = 0.0
    _last: Exception | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def check(self) -> None:
        """Raises the last failure again while it makes no sense to try."""
        with self._lock:
            if self._last is None:
                return
            if (now := self.clock()) < self._until:
                raise self._last
            self._until = now + self.rest  # this one tries

    def failed(self, error: Exception) -> None:
        """A request failed through all its attempts."""
        with self._lock:
            self._count += 1
            if self._count >= self.failures:
                self._last, self._until = error, self.clock() + self.rest

    def went_well(self) -> None:
        """Google answered."""
        with self._lock:
            self._count, self._last = 0, None


def asked_to_wait(response: requests.Response) -> float | None:
    """How many seconds the answer asks us to wait; None: it does not say."""
    said = response.headers.get("Retry-After", "")
    asks = response.status_code in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
    return min(float(said), _MAX_SECONDS) if asks and said.isascii() and said.isdigit() else None


class _Taken:
    """A body that was taken in, to be read once: what was read is let go."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, _size: int) -> bytes:
        """All of it, then nothing."""
        body, self._body = self._body, b""
        return body

    def close(self) -> None:
        """Lets go of what was not read."""
        self._body = b""


def take_in(response: requests.Response, **_: object) -> None:
    """Takes the whole body in at once, as a hook of a session; how long that may take is the connection's to say.

    Left to itself `requests` takes it in parts of ten kilobytes.

    Raises:
        requests.ReadTimeout: it took too long.
        requests.exceptions.ChunkedEncodingError: it ended before its end.
    """
    raw = response.raw
    try:
        body = raw.read(decode_content=True)
    except urllib3.exceptions.ReadTimeoutError as error:
        raise requests.ReadTimeout(str(error)) from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise requests.exceptions.ChunkedEncodingError(str(error)) from error
    raw.release_conn()
    response.raw = _Taken(body)
