"""The Drive: every file of every account, their workbooks, and the log of changes. It provides `ports.Files`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from sheets_sync.local_google.auth import Account, Accounts
from sheets_sync.local_google.drive import access
from sheets_sync.local_google.drive.commit import Commit, Nowhere, Storage
from sheets_sync.local_google.drive.errors import file_not_found, insufficient, no_storage
from sheets_sync.local_google.drive.model import FOLDER, SPREADSHEET, Change, File, Permission, Revision
from sheets_sync.local_google.errors import ApiError, forbidden, not_found
from sheets_sync.local_google.workbook import Workbook

REVISION_SPAN = timedelta(minutes=30)
"""Edits of one editor within this time are one revision."""


@dataclass(slots=True)
class Drive:
    """All files of a local Google.

    Attributes:
        service_account_storage: whether service accounts may own files (Google ended that).
        files: the files by id. Values; a reader may hold on to what it finds.
        books: the workbooks that are in memory.   contents: the bytes of other files that are in memory.
        changes: the change log.   uploads: resumable uploads under way, by upload id; they end with the process.
    """

    accounts: Accounts
    clock: Callable[[], datetime]
    storage: Storage = field(default_factory=Nowhere)
    service_account_storage: bool = True
    files: dict[str, File] = field(default_factory=dict)
    books: dict[str, Workbook] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    uploads: dict[str, Any] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)
    _edit_locks: dict[str, RLock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files.update({file.id: file for file in self.storage.files()})
        self.changes.extend(self.storage.changes())

    # What the Sheets endpoints ask for (ports.Files).

    def read(self, file_id: str, account: Account) -> Workbook:
        """The workbook as it stands; it will not change under the reader."""
        self._for_sheets(file_id, account, "reader")
        return self.book(file_id)

    @contextmanager
    def editing(self, file_id: str, account: Account) -> Iterator[Workbook]:
        """A draft to change, which takes the workbook's place unless an exception leaves the block."""
        with self.exclusively(file_id):
            file = self._for_sheets(file_id, account, "writer")
            before = self.book(file_id)
            draft = before.draft()
            yield draft
            self.commit(self.edited(file, account, name=draft.title), workbooks=[(draft, before)])

    def add(self, workbook: Workbook, account: Account) -> None:
        """A new spreadsheet in the account's My Drive."""
        if not self.may_own(account):
            raise forbidden()
        self.commit(self.new_file(workbook.id, workbook.title, SPREADSHEET, account), workbooks=[(workbook, None)])

    def owner(self, file_id: str) -> str:
        """The address of the file's owner."""
        return self.files[file_id].owner

    def new_id(self) -> str:
        """An id of the form that spreadsheets have."""
        return f"1{secrets.token_urlsafe(33)[:43]}"

    def _for_sheets(self, file_id: str, account: Account, needed: str) -> File:
        file = self.files.get(file_id)
        if file is None:
            raise not_found()
        if access.rank(self.role(file, account)) < access.rank(needed):
            raise forbidden()
        if not file.is_spreadsheet:
            text = "This operation is not supported for this document"
            raise ApiError(400, text, status="FAILED_PRECONDITION")
        return file

    # What the Drive endpoints ask for.

    def file(self, file_id: str, account: Account, needed: str = "reader") -> File:
        """The file, or the account's My Drive.

        Raises:
            ApiError: 404 if the account can't see it, 403 if its role is less than the needed one.
        """
        file = self.my_drive(account) if self.is_root(file_id, account) else self.files.get(file_id)
        role = self.role(file, account) if file else ""
        if file is None or not role:
            raise file_not_found(file_id)
        if access.rank(role) < access.rank(needed):
            raise insufficient()
        return file

    def is_root(self, file_id: str, account: Account) -> bool:
        return file_id in {"root", access.root_id(account.email)}

    def my_drive(self, account: Account) -> File:
        """The folder that is the root of the account's files."""
        start = datetime.fromisoformat("2024-01-01T00:00:00+00:00")
        return File(
            access.root_id(account.email),
            "My Drive",
            FOLDER,
            account.email,
            start,
            start,
            account.email,
            permissions=(owner_permission(account.email),),
        )

    def role(self, file: File, account: Account) -> str:
        return access.role(file, self.files, account.email)

    def visible(self, account: Account) -> list[File]:
        """The files that show up in the account's Drive."""
        with self._lock:
            return [file for file in self.files.values() if access.listed(file, self.files, account.email)]

    def below(self, file: File) -> list[File]:
        """Everything in a folder, however deep."""
        with self._lock:
            return [
                other for other in self.files.values() if other is not file and file in access.above(other, self.files)
            ]

    def book(self, file_id: str) -> Workbook:
        """The workbook of a spreadsheet, from memory or storage."""
        with self._lock:
            if file_id not in self.books:
                self.books[file_id] = self.storage.workbook(file_id)
            return self.books[file_id]

    def content(self, file_id: str) -> bytes:
        """The bytes of a file that is neither folder nor spreadsheet."""
        with self._lock:
            if file_id not in self.contents:
                self.contents[file_id] = self.storage.content(file_id)
            return self.contents[file_id]

    def exclusively(self, file_id: str) -> AbstractContextManager[Any]:
        """Held while a file is changed: one edit at a time, others wait."""
        with self._lock:
            return self._edit_locks.setdefault(file_id, RLock())

    def may_own(self, account: Account) -> bool:
        return account.person or self.service_account_storage

    def new_file(self, file_id: str, name: str, mime_type: str, account: Account, **facts: Any) -> File:
        """A file of the account, not yet committed.

        Raises:
            ApiError: 403 storageQuotaExceeded.
        """
        if not self.may_own(account) and mime_type != FOLDER:
            raise no_storage()
        now = self.clock()
        made = {
            "parents": (access.root_id(account.email),),
            "permissions": (owner_permission(account.email),),
            "modified_by_each": {account.email: now},
            "revisions": () if mime_type == FOLDER else (Revision("1", now, account.email),),
        }
        return File(file_id, name, mime_type, account.email, now, now, account.email, **made | facts)

    def changed(self, file: File, **facts: Any) -> File:
        """The file after a change that is not an edit (sharing, moving, starring, trashing)."""
        return replace(file, version=file.version + 1, **facts)

    def edited(self, file: File, account: Account, **facts: Any) -> File:
        """The file after an edit of its name, description or content by the account."""
        now = max(self.clock(), file.modified)
        last = file.revisions[-1] if file.revisions else Revision("0", now, "")
        goes_on = last.modified_by == account.email and now - last.modified < REVISION_SPAN and len(file.revisions) > 1
        kept = file.revisions[:-1] if goes_on else file.revisions
        number = last.id if goes_on else str(int(last.id) + 1)
        by_each = {**file.modified_by_each, account.email: now}
        made = {"modified": now, "modified_by": account.email, "modified_by_each": by_each}
        return self.changed(file, revisions=(*kept, Revision(number, now, account.email)), **made | facts)

    def share(self, file_id: str, email: str, role: str = "writer") -> None:
        """Let somebody read or write a file, as its owner would."""
        with self.exclusively(file_id):
            file = self.files[file_id]
            given = Permission(access.permission_id(email), "user", role, email)
            kept = tuple(known for known in file.permissions if known.id != given.id)
            shared = {email: self.clock(), **file.shared}
            self.commit(self.changed(file, permissions=(*kept, given), shared=shared))

    def trash(self, file_id: str, *, trashed: bool = True) -> None:
        """Put a file into the trash or take it out, as its owner would."""
        with self.exclusively(file_id):
            at = self.clock() if trashed else None
            self.commit(self.changed(self.files[file_id], trashed=trashed, trashed_at=at))

    def commit(
        self,
        *files: File,
        workbooks: list[tuple[Workbook, Workbook | None]] | None = None,
        contents: Mapping[str, bytes] | None = None,
        gone: tuple[str, ...] = (),
    ) -> None:
        """Let changes last, log them, and let everybody see them; all or nothing."""
        with self._lock:
            after = {
                key: file for key, file in (self.files | {file.id: file for file in files}).items() if key not in gone
            }
            logged = self._log([file.id for file in files] + list(gone), after)
            self.storage.commit(Commit(files, gone, tuple(workbooks or ()), contents or {}, logged))
            self.files = after
            self.changes.extend(logged)
            self.books.update({book.id: book for book, _ in workbooks or ()})
            self.contents.update(contents or {})
            for file_id in gone:
                self.books.pop(file_id, None)
                self.contents.pop(file_id, None)

    def _log(self, ids: list[str], after: Mapping[str, File]) -> tuple[Change, ...]:
        now, entries = self.clock(), []
        for number, file_id in enumerate(ids, len(self.changes) + 1):
            before = self.files.get(file_id)
            had = access.audience(before, self.files) if before else frozenset()
            has = access.audience(after[file_id], after) if file_id in after else frozenset()
            entries.append(Change(number, file_id, now, had - has))
        return tuple(entries)


def owner_permission(email: str) -> Permission:
    """What a file's owner has."""
    return Permission(access.permission_id(email), "user", "owner", email)
