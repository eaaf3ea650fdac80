"""The ASGI application: an HTTP request becomes a checked Call of one method, its result an answer in Google's words."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from functools import partial
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sheets_sync.local_google import batches, validation
from sheets_sync.local_google.auth import NOBODY, Account, TokenError, insufficient_scope, key_is_not_enough
from sheets_sync.local_google.connection import cut_off
from sheets_sync.local_google.discovery import Method, find
from sheets_sync.local_google.drive.upload import read_upload
from sheets_sync.local_google.errors import ApiError, not_supported
from sheets_sync.local_google.faults import BAD_GATEWAY_PAGE, Conditions, Fault, FaultKind, fault_error
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.log import Entry, RequestLog
from sheets_sync.local_google.logins import Logins, answer, method_of
from sheets_sync.local_google.logins.metadata import FLAVOR
from sheets_sync.local_google.loopback import foreign
from sheets_sync.local_google.page.pages import Pages
from sheets_sync.local_google.request import Call, Google, Handler, Media
from sheets_sync.local_google.response import failure, missing, success

OPEN = frozenset({"drive.spreadsheets.export"})
"""What a browser opens without a login."""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Exchange:
    """One request on its way through the server, and what is known of it so far (for the log)."""

    http_method: str
    raw_path: str
    query: str
    headers: Mapping[str, str]
    content: bytes
    method: str = ""
    account: str = ""
    body: JsonObject = field(default_factory=dict)
    fault: Fault | None = None

    @property
    def api(self) -> str:
        """Whose way of saying things applies."""
        return "drive" if self.method.startswith("drive.") else "sheets"

    @property
    def target(self) -> str:
        return f"{self.raw_path}?{self.query}" if self.query else self.raw_path


def overridden(exchange: Exchange) -> Exchange:
    """A GET whose address was too long for its client comes as a POST that says so, with the query as a form."""
    method = exchange.headers.get("x-http-method-override")
    if exchange.http_method != "POST" or not method:
        return exchange
    form = exchange.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    query, content = (exchange.content.decode(), b"") if form else (exchange.query, exchange.content)
    return Exchange(method.upper(), exchange.raw_path, query, exchange.headers, content)


def not_from_here(stranger: str) -> ApiError:
    """403 for a page in a browser that reaches for this server; nothing of its request is read."""
    said = f"The local Google answers this machine only, by the names localhost and 127.0.0.1; refused: {stranger}"
    return ApiError(403, said, headers={"Connection": "close"})


@dataclass(slots=True)
class App:
    """The server's inside.

    Attributes:
        handlers: method id → handler; a method without one answers 501.
        pages: what browsers are shown.
        closing: set when the server stops, which ends stalls.
    """

    google: Google
    handlers: Mapping[str, Handler]
    conditions: Conditions
    log: RequestLog
    pool: ThreadPoolExecutor
    logins: Logins
    pages: Pages
    closing: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        stranger = foreign(request.headers.getlist("host"), request.headers.getlist("origin"))
        if stranger:
            await failure(not_from_here(stranger), "sheets")(scope, receive, send)
            return
        page = None if FLAVOR in request.headers else await self.pages(request)  # a cloud machine asks for no page
        if page is not None:
            await page(scope, receive, send)
            return
        raw_path, query = scope["raw_path"].decode("ascii"), scope["query_string"].decode("ascii")
        exchange = overridden(Exchange(request.method, raw_path, query, request.headers, await request.body()))
        response = await (self._batch(exchange) if raw_path in batches.PATHS else self._logged(exchange))
        if response is not None:  # uvicorn's own date would be seconds behind after a large request
            response.headers["Date"] = format_datetime(self.google.clock().astimezone(UTC), usegmt=True)
        kind = exchange.fault.kind if exchange.fault else None
        if response is None or kind in (FaultKind.RESET, FaultKind.TRUNCATED):
            await cut_off(scope, response, send, reset=kind is not FaultKind.TRUNCATED)
        else:
            await response(scope, receive, send)

    async def _batch(self, outer: Exchange) -> Response:
        """Several calls in one request: each is answered, counted and logged as if it had come alone."""
        try:
            calls = batches.read_batch(outer.content, outer.headers.get("content-type", ""))
        except ApiError as error:
            return failure(error, "drive")
        answers = []
        for inner in calls:
            path, _, query = inner.target.partition("?")
            headers = {"authorization": outer.headers.get("authorization", ""), **inner.headers}
            response = await self._logged(Exchange(inner.http_method, path, query, headers, inner.content))
            lost = failure(ApiError(503, "The service is currently unavailable."), "drive")
            answers.append((inner.content_id, response or lost))
        return batches.write_batch(answers)

    async def _logged(self, exchange: Exchange) -> Response | None:
        """The answer to one call (None: the client gets none), with its entry in the log."""
        came_in, started = self.google.clock(), time.perf_counter()
        response = await self._respond(exchange)
        took = (time.perf_counter() - started) * 1000
        status = response.status_code if response else 0
        fault = exchange.fault.kind.value if exchange.fault else ""
        entry = Entry(
            came_in, exchange.account, exchange.method, exchange.target, status, took, exchange.content, fault
        )
        self.log.add(entry)
        return response

    async def _respond(self, exchange: Exchange) -> Response | None:
        """The answer; None if the client gets none."""
        try:
            return await self._carry_out(exchange)
        except ApiError as error:
            return failure(error, exchange.api)
        except TokenError as refused:
            return JSONResponse(refused.body, 400)
        except Exception:  # noqa: BLE001 - whatever goes wrong inside, the client gets Google's 500
            _log.exception("%s %s failed", exchange.http_method, exchange.target)
            return failure(ApiError(500, "Internal error encountered."), exchange.api)

    async def _carry_out(self, exchange: Exchange) -> Response | None:
        exchange.method = method_of(exchange.http_method, exchange.raw_path)
        if exchange.method:
            return await self._under_conditions(exchange, None, {})
        found = find(exchange.http_method, exchange.raw_path)
        if found is None:
            return missing(exchange.raw_path)
        exchange.method = found[0].id
        return await self._under_conditions(exchange, *found)

    async def _under_conditions(
        self, exchange: Exchange, method: Method | None, path: dict[str, str]
    ) -> Response | None:
        account = self._sender(exchange, method) if method else None
        if self.conditions.latency:
            await asyncio.sleep(self.conditions.latency)
        exchange.fault = self.conditions.meet(exchange.method, exchange.account, exchange.target)
        kind = exchange.fault.kind if exchange.fault else None
        if exchange.fault and kind is FaultKind.STALL:
            await self._stall(exchange.fault.seconds)
            return None
        if exchange.fault and kind is FaultKind.SLOW:
            await self._stall(exchange.fault.seconds)
        if kind is FaultKind.BAD_GATEWAY:
            return Response(BAD_GATEWAY_PAGE, 502, media_type="text/html; charset=UTF-8")
        error = fault_error(kind, exchange.method, exchange.fault.seconds) if kind and exchange.fault else None
        if error:
            raise error
        work = self._call(exchange, method, account, path) if method and account else self._login(exchange)
        response = await work
        return None if kind is FaultKind.LOST_ANSWER else response

    async def _stall(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.closing and time.monotonic() < until:  # noqa: ASYNC110 - another thread sets it
            await asyncio.sleep(min(0.05, seconds))

    def _sender(self, exchange: Exchange, method: Method) -> Account:
        """Who calls, if the token's scopes cover the method. With an API key, or where a browser needs no login: nobody."""
        query = dict(parse_qsl(exchange.query))
        authorization = exchange.headers.get("authorization") or f"Bearer {query.get('access_token', '')}".strip()
        if authorization == "Bearer" and ("key" in query or method.id in OPEN):
            if method.http_method != "GET":
                raise key_is_not_enough()
            return NOBODY
        grant = self.google.accounts.bearer(authorization)
        exchange.account = grant.account.email
        if method.scopes.isdisjoint(grant.scopes):
            raise insufficient_scope(method.id)
        return grant.account

    async def _login(self, exchange: Exchange) -> Response:
        work = partial(
            answer, self.logins, exchange.method, exchange.raw_path, exchange.query, exchange.content, exchange.headers
        )
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    async def _call(self, exchange: Exchange, method: Method, account: Account, path: dict[str, str]) -> Response:
        work = partial(self._handle, exchange, method, account, path)
        return await asyncio.get_running_loop().run_in_executor(self.pool, undisturbed, work)

    def _handle(self, exchange: Exchange, method: Method, account: Account, path: dict[str, str]) -> Response:
        """Check the call, let its handler do it, cut and write the answer. Runs in a thread."""
        handler = self.handlers.get(method.id)
        if handler is None:
            raise not_supported(f"the method {method.id}")
        given = [*path.items(), *parse_qsl(exchange.query, keep_blank_values=True)]
        params = validation.parameters(method.api, method.params, given)
        mask = validation.mask(
            method.api, method.response, params.get("fields", exchange.headers.get("x-goog-fieldmask"))
        )
        body, media, media_type = read_content(exchange, method)
        exchange.body = body
        checked = validation.body(method.api, method.request, body) if method.request else {}
        result = handler(Call(self.google, account, params, checked, mask, media, media_type, exchange.headers))
        cut = mask.cut(result) if isinstance(result, dict) else result
        return self.written(method, cut, pretty=params.get("prettyPrint", True))

    def written(self, method: Method, result: JsonObject | Media | None, *, pretty: bool) -> Response:
        """A method's result as it goes out. Tests look here whether it is what the method's schema promises."""
        return success(result, method.api, pretty=pretty)


def undisturbed(work: Callable[[], Response]) -> Response:
    """Do the work without garbage collections: among the many dicts of a large request they find nothing, for half its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if collecting:
            gc.enable()


def read_content(exchange: Exchange, method: Method) -> tuple[JsonObject, bytes, str]:
    """The body as JSON, and the file of an upload with its type."""
    kind = exchange.headers.get("content-type", "")
    if method.upload and exchange.raw_path.startswith("/upload/"):
        query = dict(parse_qsl(exchange.query))
        upload_type = "" if "upload_id" in query else query.get("uploadType", "")
        return read_upload(exchange.content, kind, upload_type, partial(validation.parse_json, api="drive"))
    if not method.request or not exchange.content.strip():
        return {}, b"", ""
    return validation.parse_json(exchange.content, method.api), b"", ""
