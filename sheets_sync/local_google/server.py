"""LocalGoogle: the server in a thread of this process, and what tests and the demo do with it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import uvicorn

from sheets_sync.local_google import values_api
from sheets_sync.local_google.app import App
from sheets_sync.local_google.auth import Account, Accounts, key_file_text
from sheets_sync.local_google.clock import Clock, MovableClock, utc_now
from sheets_sync.local_google.connection import Connection
from sheets_sync.local_google.drive import HANDLERS as DRIVE_HANDLERS
from sheets_sync.local_google.drive.commit import Nowhere
from sheets_sync.local_google.drive.conversion import converted
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.faults import Conditions
from sheets_sync.local_google.log import RequestLog
from sheets_sync.local_google.logins import Logins, workload_info
from sheets_sync.local_google.logins.metadata import Machine
from sheets_sync.local_google.page.pages import Pages
from sheets_sync.local_google.page.visitor import Door
from sheets_sync.local_google.persistence import Persistence
from sheets_sync.local_google.request import Google
from sheets_sync.local_google.serving import Serving
from sheets_sync.local_google.sheets import metadata, spreadsheets
from sheets_sync.local_google.sheets.defaults import new_workbook

HANDLERS = {**spreadsheets.HANDLERS, **metadata.HANDLERS, **values_api.HANDLERS, **DRIVE_HANDLERS}


KEEP_ALIVE = 240
"""Seconds for which an idle connection stays open, as at Google: clients don't expect to lose one."""


class LocalGoogle:
    """A Sheets, Drive and token server on 127.0.0.1, as a context manager.

    Attributes:
        url: `http://127.0.0.1:PORT`; serves Google's real paths (/v4/…, /drive/v3/…, /upload/drive/v3/…, /token).
        clock, now: what the time passes by, and where it begins (None: at the clock's time).
        logins: OAuth clients, refresh tokens, workloads, and who may act as which service account.
        log: every request.   conditions: quotas, latency, faults; may be changed while running.
    """

    def __init__(
        self,
        *,
        folder: Path | None = None,
        port: int = 0,
        conditions: Conditions | None = None,
        clock: Clock = utc_now,
        now: datetime | None = None,
        service_account_storage: bool = True,
    ) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        try:
            self._persistence = Persistence(folder) if folder else None
        except BaseException:
            self._socket.close()
            raise
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.log = RequestLog()
        self.conditions = conditions or Conditions()
        self._clock = MovableClock(clock)
        if now is not None:
            self._clock.set(now)
        self._accounts = Accounts(f"{self.url}/token")
        storage = self._persistence.storage if self._persistence else Nowhere()
        self._files = Drive(self._accounts, self._clock, storage, service_account_storage)
        if self._persistence:
            self._persistence.open(self._files)
        self.logins = Logins(self._accounts)
        self._pool = ThreadPoolExecutor(8, "local-google")
        google = Google(self._files, self._accounts, self._clock)
        self._door = Door(self._socket.getsockname()[1])
        self._pages = Pages(google, self._door, self._pool)
        self._app = App(google, HANDLERS, self.conditions, self.log, self._pool, self.logins, self._pages)
        self._server = Serving(_http(self._app))
        self._thread = threading.Thread(target=self._serve, name="local-google", daemon=True)

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def start(self) -> None:
        """Listen; returns once requests are answered (the socket takes them from the first moment)."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests under way and close."""
        self._app.closing = self._pages.closing = True
        self._server.end()
        self._thread.join()
        self._pool.shutdown()
        self._socket.close()
        if self._persistence:
            self._persistence.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def now(self) -> datetime:
        """The server's time: of the header `Date`, of files and comments. May be set while the server runs; it goes on from there."""
        return self._clock()

    @now.setter
    def now(self, moment: datetime) -> None:
        self._clock.set(moment)

    def account(self, name: str = "sheets-sync", *, person: bool = False) -> Account:
        """The account of that name, made on first use."""
        account = self._accounts.account(name, person=person)
        if self._persistence:
            self._persistence.keep_account(account)
        return account

    def write_key(self, path: Path, name: str = "sheets-sync") -> Path:
        """Write the account's key file, which only its owner may read; the path."""
        path.touch(0o600)  # before anything secret is in it
        path.write_text(key_file_text(self.account(name)), encoding="utf-8")
        return path

    def write_client(self, path: Path) -> Path:
        """Write an OAuth client for a desktop app, with which a person logs in; the path."""
        path.touch(0o600)
        path.write_text(json.dumps(self.logins.new_client()), encoding="utf-8")
        return path

    def write_workload(self, folder: Path, acts_as: str = "sheets-sync", name: str = "workload") -> Path:
        """Write the configuration of workload identity and the workload's own token beside it; the configuration's path."""
        audience = f"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/{name}"
        (folder / f"{name}.token").write_text(self.logins.new_workload(name, audience), encoding="utf-8")
        self.let_act(f"principal:{name}", acts_as)
        path = folder / f"{name}.json"
        path.touch(0o600)
        path.write_text(
            json.dumps(workload_info(audience, folder / f"{name}.token", self.account(acts_as))), encoding="utf-8"
        )
        return path

    def run_on_machine(self, *scopes: str, name: str = "sheets-sync") -> str:
        """Play the metadata server of a cloud machine that has this service account and these access scopes; its host.

        Clients find it by `GCE_METADATA_HOST` and `GCE_METADATA_IP`.
        """
        self.logins.machine = Machine(self.account(name), scopes)
        return urlsplit(self.url).netloc

    def let_act(self, email: str, acts_as: str = "sheets-sync") -> None:
        """Let the holder of an address act as a service account (the role Token Creator)."""
        self.logins.actors[self.account(acts_as).email].add(email)

    def revoke(self, person: str) -> None:
        """A person takes back what they granted, as in their Google account."""
        self.logins.revoke(self.account(person, person=True))

    def create_workbook(
        self,
        title: str,
        *,
        owner: str = "pustakawan",
        locale: str = "en_US",
        time_zone: str = "Etc/GMT",
        writers: Sequence[str] = (),
    ) -> str:
        """A workbook that a person owns and shares with the writers (names of accounts); its id."""
        workbook = new_workbook(self._files.new_id(), title, locale=locale, time_zone=time_zone)
        self._files.add(workbook, self.account(owner, person=True))
        for name in writers:
            self.share(workbook.id, name)
        return workbook.id

    def import_file(self, content: bytes, media_type: str, title: str, **options: Any) -> str:
        """A workbook made of an .xlsx, a .csv or a .tsv, as Drive converts it on upload; its id. Options: of `create_workbook`.

        Raises:
            ApiError: 400 if it is not what its type says.
        """
        made = self.create_workbook(title, **options)
        owner = self._accounts.account(options.get("owner", "pustakawan"))
        with self._files.editing(made, owner) as draft:
            zone = draft.properties["timeZone"]
            converted(content, media_type, draft, self._clock())
            draft.properties["timeZone"] = zone
        return made

    def share(self, file_id: str, name: str, *, role: str = "writer") -> None:
        """Let an account read, comment or write a file, as its owner would (role: reader, commenter, writer)."""
        self._files.share(file_id, self.account(name).email, role)

    def page(self, file_id: str = "", name: str = "", language: str = "") -> str:
        """The address at which a browser shows a workbook to a person of that name (default: its owner), signed in.

        Whoever has it may play everybody. Without a workbook: the page that lists them all.
        """
        query = {"login": self._door.secret} | ({"hl": language} if language else {})
        query |= {"authuser": self.account(name, person=True).email} if name else {}
        return f"{self.url}/spreadsheets/{f'd/{file_id}/edit' if file_id else ''}?{urlencode(query)}"

    def trash(self, file_id: str, *, trashed: bool = True) -> None:
        """Put a file into its owner's trash, or take it out again. It stays readable to those who know its id, as at Google."""
        self._files.trash(file_id, trashed=trashed)


def _http(app: App) -> uvicorn.Config:
    """How requests come in: one connection kept for many, nothing of uvicorn's own said."""
    return uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="error",
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE,
    )
