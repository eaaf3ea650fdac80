"""A Drive that lasts: one SQLite file in a folder, written in transactions, held by one server at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

from filelock import FileLock, Timeout

from sheets_sync.local_google import storage_codec as codec
from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive.commit import Commit
from sheets_sync.local_google.drive.model import Change, File
from sheets_sync.local_google.workbook import Sheet, Workbook

NAME = "local-google.sqlite3"
VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS workbook (file_id TEXT PRIMARY KEY, head TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sheet (file_id TEXT, sheet_id INTEGER, head TEXT NOT NULL, PRIMARY KEY (file_id, sheet_id));
CREATE TABLE IF NOT EXISTS block (
  file_id TEXT, sheet_id INTEGER, number INTEGER, cells BLOB NOT NULL, PRIMARY KEY (file_id, sheet_id, number)
);
CREATE TABLE IF NOT EXISTS content (file_id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS change (number INTEGER PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, person INTEGER NOT NULL, private_key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS excel (path TEXT PRIMARY KEY, file_id TEXT NOT NULL, digest TEXT NOT NULL, version INTEGER NOT NULL);
"""
BELONGINGS = ("workbook", "sheet", "block", "content")


class FolderInUseError(RuntimeError):
    """Another server works on the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another local Google uses the folder {folder}. Stop that one first, or give this one another folder."
        )


class FolderVersionError(RuntimeError):
    """The folder was written by another version of this program."""

    def __init__(self, folder: Path, found: int) -> None:
        super().__init__(
            f"{folder / NAME} has the format {found}; this version reads the format {VERSION}. "
            "Use the version that wrote it, or start with an empty folder."
        )


@dataclass(frozen=True, slots=True)
class ExcelLink:
    """An .xlsx file that is open as a workbook. `digest` is of its bytes when they were last read or written, `version` the file's then."""

    path: str
    file_id: str
    digest: str
    version: int


class FolderStorage:
    """`drive.commit.Storage` in a folder.

    What a commit wrote survives the end of the process at any moment (SQLite's write-ahead log); after a power cut the
    last commits may be missing, but nothing is half there.

    Raises:
        FolderInUseError: another process holds the folder. The lock ends with its process, however that ends.
        FolderVersionError: the file in it is of another format.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._held = FileLock(folder / "local-google.lock")
        try:
            self._held.acquire(timeout=0)
        except Timeout as held:
            raise FolderInUseError(folder) from held
        self._lock = RLock()
        self._db = sqlite3.connect(folder / NAME, check_same_thread=False, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        found = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if found not in {0, VERSION}:
            raise FolderVersionError(self.folder, found)
        self._db.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {SCHEMA} PRAGMA user_version={VERSION};"
        )

    def close(self) -> None:
        """Let the folder go."""
        with self._lock:
            self._db.close()
            self._held.release()

    def files(self) -> Iterator[File]:
        for (facts,) in self._rows("SELECT facts FROM file"):
            yield codec.FILE.validate_json(facts)

    def changes(self) -> Iterator[Change]:
        for (facts,) in self._rows("SELECT facts FROM change ORDER BY number"):
            yield codec.CHANGE.validate_json(facts)

    def workbook(self, file_id: str) -> Workbook:
        heads = self._rows("SELECT sheet_id, head FROM sheet WHERE file_id = ?", file_id)
        sheets = {sheet_id: codec.read_sheet(head, self._blocks(file_id, sheet_id)) for sheet_id, head in heads}
        ((head,),) = self._rows("SELECT head FROM workbook WHERE file_id = ?", file_id)
        return codec.read_head(file_id, head, sheets)

    def _blocks(self, file_id: str, sheet_id: int) -> list[tuple[int, bytes]]:
        return self._rows("SELECT number, cells FROM block WHERE file_id = ? AND sheet_id = ?", file_id, sheet_id)

    def content(self, file_id: str) -> bytes:
        ((content,),) = self._rows("SELECT bytes FROM content WHERE file_id = ?", file_id)
        return bytes(content)

    def accounts(self) -> list[tuple[str, bool, str]]:
        """Name, whether it is a person, and private key (PEM) of every account."""
        return [(name, bool(person), key) for name, person, key in self._rows("SELECT * FROM account")]

    def keep_account(self, account: Account) -> None:
        """Keep an account and its key, so that key files stay good."""
        row = (account.name, account.person, account.private_key)
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO account VALUES (?, ?, ?)", row)

    def excel_links(self) -> list[ExcelLink]:
        return [ExcelLink(*row) for row in self._rows("SELECT * FROM excel")]

    def keep_excel_link(self, link: ExcelLink) -> None:
        with self._lock:
            row = (link.path, link.file_id, link.digest, link.version)
            self._db.execute("INSERT OR REPLACE INTO excel VALUES (?, ?, ?, ?)", row)

    def commit(self, commit: Commit) -> None:
        with self._lock, closing(self._db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                self._write(cursor, commit)
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def _write(self, cursor: sqlite3.Cursor, commit: Commit) -> None:
        for file in commit.files:
            cursor.execute("INSERT OR REPLACE INTO file VALUES (?, ?)", (file.id, codec.FILE.dump_json(file)))
        for change in commit.changes:
            cursor.execute("INSERT INTO change VALUES (?, ?)", (change.number, codec.CHANGE.dump_json(change)))
        cursor.executemany("INSERT OR REPLACE INTO content VALUES (?, ?)", commit.contents.items())
        for workbook, before in commit.workbooks:
            _write_workbook(cursor, workbook, before)
        for file_id in commit.gone:
            cursor.execute("DELETE FROM file WHERE id = ?", (file_id,))
            for table in BELONGINGS:
                cursor.execute(f"DELETE FROM {table} WHERE file_id = ?", (file_id,))  # noqa: S608 - our own names

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._lock:
            return self._db.execute(query, values).fetchall()


def _write_workbook(cursor: sqlite3.Cursor, workbook: Workbook, before: Workbook | None) -> None:
    """The head, and of the sheets what differs from before."""
    cursor.execute("INSERT OR REPLACE INTO workbook VALUES (?, ?)", (workbook.id, codec.write_head(workbook)))
    old = {sheet.id: sheet for sheet in before.sheets} if before else {}
    for sheet in workbook.sheets:
        former = old.pop(sheet.id, None)
        if sheet is not former:
            _write_sheet(cursor, workbook.id, sheet, former)
    for sheet_id in old:
        cursor.execute("DELETE FROM sheet WHERE file_id = ? AND sheet_id = ?", (workbook.id, sheet_id))
        cursor.execute("DELETE FROM block WHERE file_id = ? AND sheet_id = ?", (workbook.id, sheet_id))


def _write_sheet(cursor: sqlite3.Cursor, file_id: str, sheet: Sheet, before: Sheet | None) -> None:
    cursor.execute("INSERT OR REPLACE INTO sheet VALUES (?, ?, ?)", (file_id, sheet.id, codec.write_sheet(sheet)))
    for number, cells in codec.changed_blocks(sheet, before):
        place = (file_id, sheet.id, number)
        if cells is None:
            cursor.execute("DELETE FROM block WHERE file_id = ? AND sheet_id = ? AND number = ?", place)
        else:
            cursor.execute("INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?)", (*place, cells))
