"""A small web server for one person: loopback, a one-time key, then a cookie; nothing from or to anywhere else."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import environ
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sheets_sync.i18n import Language, language
from sheets_sync.model import Message as Told
from sheets_sync.model import msg

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'{frames}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(slots=True)
class Gate:
    """Lets in whoever brings the key, the first time, and then the browser that has the cookie.

    Attributes:
        port: where the server listens; other names and ports in `Host` or `Origin` are refused.
        frames: addresses of other servers whose pages may stand in ours.
        t: what refusals are told in.
    """

    inner: ASGIApp
    port: int
    frames: Sequence[str] = ()
    t: Language = field(default_factory=lambda: language("id"))
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    _session: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    _used: bool = False

    @property
    def cookie(self) -> str:
        """Cookies don't tell ports apart, so its name does."""
        return f"sheets-sync-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        refusal = self._refusal(request)
        if refusal is not None:
            await refusal(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                frames = "".join(f" {each}" for each in self.frames)
                headers.setdefault("Content-Security-Policy", POLICY.format(frames=frames))
            await send(message)

        await self.inner(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to who may not come in, or who comes with the key; None: let in."""
        if not self._from_here(request):
            return self._no(msg("Only this machine, by 127.0.0.1 or localhost."))
        if self._same(request.cookies.get(self.cookie, ""), self._session):
            return None
        if not self._used and self._same(request.query_params.get("key", ""), self.key):
            self._used = True
            response = RedirectResponse(request.url.path, 303, HEADERS)
            response.set_cookie(self.cookie, self._session, httponly=True, samesite="strict")
            return response
        return self._no(msg("The address is good once. Start the command again for a new one."))

    def _no(self, why: Told) -> Response:
        return PlainTextResponse(self.t(why), 403, HEADERS)

    def _from_here(self, request: Request) -> bool:
        names = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        origins = request.headers.getlist("origin")
        hosts = request.headers.getlist("host")
        fitting = {f"http://{name}" for name in names}
        return len(hosts) == 1 and hosts[0] in names and all(each in fitting for each in origins)

    @staticmethod
    def _same(given: str, wanted: str) -> bool:
        return hmac.compare_digest(given.encode(), wanted.encode())


class LocalPages:
    """Serves routes on 127.0.0.1 in a thread, as a context. `address` is for the browser; it is good once."""

    def __init__(self, routes: Sequence[BaseRoute], port: int = 0, t: Language | None = None) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self.gate = Gate(Starlette(routes=list(routes)), self.port, t=t or language("id"))
        config = uvicorn.Config(
            self.gate, lifespan="off", ws="none", access_log=False, log_level="error", timeout_graceful_shutdown=5
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="pages", daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/?key={self.gate.key}"

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def show_in_browser(address: str) -> bool:
    """Opens the person's browser where there is one with a window; gives whether it did."""
    seen = sys.platform in ("darwin", "win32") or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return bool(seen) and webbrowser.open(address)
