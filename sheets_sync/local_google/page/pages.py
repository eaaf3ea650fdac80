"""The addresses of the pages. None of them is part of Google's API, so none is logged, counted or struck by a fault."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sheets_sync.local_google.auth import NOBODY, Account
from sheets_sync.local_google.drive.model import File
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.errors import ApiError, not_found
from sheets_sync.local_google.page.book import Book, open_book
from sheets_sync.local_google.page.render import document, listing, part, refusal
from sheets_sync.local_google.page.visitor import SCOPES, Door, account_of, people
from sheets_sync.local_google.page.words import language_for
from sheets_sync.local_google.request import Google

BOOK = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]+)/(edit|part|changes|options|token)")
STATIC = re.compile(r"/spreadsheets/static/([a-z]+\.(?:js|css))")
HOME = ("/spreadsheets", "/spreadsheets/")
TYPES = {"js": "text/javascript", "css": "text/css"}
FOLDER = resources.files("sheets_sync.local_google.page") / "static"
WAIT, GLANCE = 25.0, 0.1
"""Seconds: how long a page waits for news at most, and how often the server looks whether there are any."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-site",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
)


@dataclass(slots=True)
class Pages:
    """Answers browsers. `closing` ends the waiting of pages for news."""

    google: Google
    door: Door
    pool: ThreadPoolExecutor
    closing: bool = False

    async def __call__(self, request: Request) -> Response | None:
        """The answer, or None where the address is none of a page's."""
        path = request.url.path
        if request.method != "GET":
            return None
        if found := STATIC.fullmatch(path):
            return static(found[1])
        if "login" in request.query_params and (path in HOME or path.endswith("/edit")):
            return self._sign_in(request)
        if found := BOOK.fullmatch(path):
            return await self._book(request, found[1], found[2])
        return await self._in_thread(partial(self._home, request)) if path in HOME else None

    async def _book(self, request: Request, file_id: str, what: str) -> Response:
        if what == "changes":
            return await self._changes(request, file_id)
        return await self._in_thread(partial(self._answer, request, file_id, what))

    async def _in_thread(self, work: Callable[[], Response]) -> Response:
        return await asyncio.get_running_loop().run_in_executor(self.pool, work)

    def _sign_in(self, request: Request) -> Response:
        """The secret moves from the address into a cookie."""
        query = {name: value for name, value in request.query_params.items() if name != "login"}
        target = request.url.path + (f"?{urlencode(query)}" if query else "")
        response = RedirectResponse(target, 303, HEADERS)
        if self.door.fits(request.query_params["login"]):
            response.set_cookie(
                self.door.cookie, self.door.secret, httponly=True, samesite="strict", path="/spreadsheets"
            )
        return response

    def _answer(self, request: Request, file_id: str, what: str) -> Response:
        try:
            book = self._open(request, file_id)
        except ApiError as error:
            return self._refused(request, error)
        if what == "edit":
            return self._page(request, book)
        return JSONResponse(self._facts(request, book, what), headers=HEADERS)

    def _facts(self, request: Request, book: Book, what: str) -> object:
        query = request.query_params
        if what == "token":
            return self.google.accounts.grant(book.account, SCOPES)
        if what == "options":
            return book.options(int(query.get("row", 0)), int(query.get("column", 0)))
        return part(book, {int(number) for number in query.get("blocks", "").split(",") if number.isdigit()})

    def _page(self, request: Request, book: Book) -> Response:
        nonce, signed_in = secrets.token_urlsafe(12), self.door.signed_in(request)
        others = list(people(self._drive, book.file)) if signed_in else [NOBODY]
        page = document(book, others, request.query_params.get("hl", ""), nonce)
        return HTMLResponse(page, headers=HEADERS | {"Content-Security-Policy": POLICY.format(nonce=nonce)})

    def _open(self, request: Request, file_id: str) -> Book:
        query = request.query_params
        account, file = self._account(request, file_id), self._drive.files.get(file_id)
        if file is None:
            raise not_found()
        locale = self._drive.read(file_id, account).locale
        language = language_for(query.get("hl", ""), locale)
        return open_book(
            self._drive, file_id, account, query.get("gid", ""), language, self.google.clock(), query.get("fvid", "")
        )

    def _account(self, request: Request, file_id: str) -> Account:
        asked, file = request.query_params.get("authuser", ""), self._drive.files.get(file_id)
        return account_of(asked, self.google.accounts, file, signed_in=self.door.signed_in(request))

    def _refused(self, request: Request, error: ApiError) -> Response:
        language = language_for(request.query_params.get("hl", ""), "en")
        headers = HEADERS | {"Content-Security-Policy": POLICY.format(nonce=secrets.token_urlsafe(12))}
        return HTMLResponse(refusal(language), error.code, headers)

    def _home(self, request: Request) -> Response:
        """The workbooks there are, for whoever is signed in."""
        if not self.door.signed_in(request):
            return self._refused(request, not_found())
        found = [file for file in self._drive.files.values() if file.is_spreadsheet and not file.trashed]
        page = listing(sorted(found, key=_by_name), language_for(request.query_params.get("hl", ""), "en"))
        headers = HEADERS | {"Content-Security-Policy": POLICY.format(nonce=secrets.token_urlsafe(12))}
        return HTMLResponse(page, headers=headers)

    async def _changes(self, request: Request, file_id: str) -> Response:
        """Waits until the file is another version than the page has, but not for ever."""
        since, account = request.query_params.get("since", ""), self._account(request, file_id)
        until = asyncio.get_running_loop().time() + WAIT
        while True:
            try:
                self._drive.read(file_id, account)
            except ApiError as error:
                return self._refused(request, error)
            version = str(self._drive.files[file_id].version)
            over = self.closing or asyncio.get_running_loop().time() > until
            if version != since or over or await request.is_disconnected():
                return JSONResponse({"version": version}, headers=HEADERS)
            await asyncio.sleep(GLANCE)

    @property
    def _drive(self) -> Drive:
        assert isinstance(self.google.files, Drive)
        return self.google.files


def _by_name(file: File) -> str:
    return file.name.casefold()


@cache
def _content(name: str) -> bytes | None:
    file = FOLDER / name
    return file.read_bytes() if file.is_file() else None


def static(name: str) -> Response:
    """A script or style sheet of the package's."""
    content = _content(name)
    if content is None:
        return Response(status_code=404)
    headers = HEADERS | {"Cache-Control": "no-cache"}
    return Response(content, headers=headers, media_type=TYPES[name.rpartition(".")[2]])
