"""Files in memory, and as much of Drive as a list needs. A stand-in until `drive/` is wired."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.call import Call
from sheets_sync.local_google.errors import forbidden, not_found
from sheets_sync.local_google.workbook import Workbook

SPREADSHEET = "application/vnd.google-apps.spreadsheet"


@dataclass(slots=True)
class Stored:
    """A workbook with what Drive knows of it."""

    workbook: Workbook
    owner: Account
    writers: set[str]
    created: datetime
    modified: datetime
    modified_by: Account
    version: int = 1
    lock: Any = field(default_factory=RLock)


@dataclass(slots=True)
class MemoryFiles:
    """Files by id."""

    clock: Callable[[], datetime]
    stored: dict[str, Stored] = field(default_factory=dict)

    def _of(self, file_id: str, account: Account) -> Stored:
        if file_id not in self.stored:
            raise not_found()
        found = self.stored[file_id]
        if account.email not in found.writers:
            raise forbidden()
        return found

    def read(self, file_id: str, account: Account) -> Workbook:
        return self._of(file_id, account).workbook

    @contextmanager
    def editing(self, file_id: str, account: Account) -> Iterator[Workbook]:
        found = self._of(file_id, account)
        with found.lock:
            draft = found.workbook.draft()
            yield draft
            found.workbook = draft
            found.version += 1
            found.modified, found.modified_by = self.clock(), account

    def add(self, workbook: Workbook, account: Account) -> None:
        now = self.clock()
        self.stored[workbook.id] = Stored(workbook, account, {account.email}, now, now, account)

    def owner(self, file_id: str) -> str:
        return self.stored[file_id].owner.email

    def new_id(self) -> str:
        return "1" + secrets.token_urlsafe(32)


def _shown(file_id: str, found: Stored, account: Account) -> dict[str, Any]:
    user = found.modified_by
    return {
        "kind": "drive#file",
        "id": file_id,
        "name": found.workbook.title,
        "mimeType": SPREADSHEET,
        "version": str(found.version),
        "createdTime": f"{found.created:%Y-%m-%dT%H:%M:%S}.{found.created.microsecond // 1000:03}Z",
        "modifiedTime": f"{found.modified:%Y-%m-%dT%H:%M:%S}.{found.modified.microsecond // 1000:03}Z",
        "lastModifyingUser": {
            "kind": "drive#user",
            "displayName": user.display_name,
            "me": user is account,
            "emailAddress": user.email,
        },
    }


def list_files(call: Call) -> dict[str, Any]:
    files: MemoryFiles = call.google.files  # type: ignore[assignment]
    mine = [(key, found) for key, found in files.stored.items() if call.account.email in found.writers]
    return {"kind": "drive#fileList", "files": [_shown(key, found, call.account) for key, found in mine]}


HANDLERS = {"drive.files.list": list_files}
