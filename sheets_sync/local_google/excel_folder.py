"""A folder of .xlsx files, open as workbooks and written back."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive.conversion import converted
from sheets_sync.local_google.drive.model import SPREADSHEET, XLSX
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.sheets.defaults import new_workbook
from sheets_sync.local_google.storage import ExcelLink, FolderStorage
from sheets_sync.local_google.xlsx.limits import MAX_PACKED, NotExcelError
from sheets_sync.local_google.xlsx.write import write

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ExcelFolder:
    """The .xlsx files beside a Drive's storage.

    Attributes:
        owner: whose workbooks they become.   writer: who may read and write them besides.
    """

    drive: Drive
    storage: FolderStorage
    owner: Account
    writer: Account
    _left_alone: set[str] = field(default_factory=set)

    def open(self) -> None:
        """Open new files as workbooks, and take over what was changed in known ones while no server ran.

        If a workbook and its file were both changed (only the end of a process by force leaves that behind), both stay:
        the file becomes a workbook of its own.
        """
        links = {link.path: link for link in self.storage.excel_links()}
        for path in self._paths():
            try:
                self._open(path, links.get(path.name))
            except Exception as problem:  # noqa: BLE001 - whatever is wrong with one file, the others open
                self._left_alone.add(path.name)
                _log.warning("%s is left alone: %s.", path, _reason(problem))
        self.save()

    def _open(self, path: Path, link: ExcelLink | None) -> None:
        content = _content(path)
        if link is None or link.digest != digest(content):
            self._take_over(path, content, link)

    def _paths(self) -> Iterator[Path]:
        for path in sorted(self.storage.folder.glob("*.xlsx")):
            if not path.name.startswith(("~$", ".")):  # what Excel leaves beside an open file
                yield path

    def _take_over(self, path: Path, content: bytes, link: ExcelLink | None) -> None:
        file = self.drive.files.get(link.file_id) if link else None
        if link is None or file is None or file.version != link.version:
            file_id = self._import(path.stem, content)
        else:
            file_id = link.file_id
            self._replace(file_id, content)
        version = self.drive.files[file_id].version
        self.storage.keep_excel_link(ExcelLink(path.name, file_id, digest(content), version))

    def _import(self, title: str, content: bytes) -> str:
        drive = self.drive
        book = new_workbook(drive.new_id(), title)
        converted(content, XLSX, book, drive.clock())
        drive.commit(drive.new_file(book.id, title, SPREADSHEET, self.owner), workbooks=[(book, None)])
        drive.share(book.id, self.writer.email)
        return book.id

    def _replace(self, file_id: str, content: bytes) -> None:
        with self.drive.editing(file_id, self.owner) as draft:
            converted(content, XLSX, draft, self.drive.clock())

    def save(self) -> None:
        """Write back every file whose workbook has changed since it was read or written, but none that can't be read."""
        for link in self.storage.excel_links():
            file = self.drive.files.get(link.file_id)
            if file is None or file.version == link.version or link.path in self._left_alone:
                continue
            content = write(self.drive.book(file.id))
            _replace_file(self.storage.folder / link.path, content)
            self.storage.keep_excel_link(ExcelLink(link.path, file.id, digest(content), file.version))


def _content(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        NotExcelError: it is a folder, a pipe or the like, or too large.
        OSError: it can't be read; a link in the folder may lead nowhere.
    """
    facts = path.stat()
    if not S_ISREG(facts.st_mode):
        raise NotExcelError("it is not a file")
    if facts.st_size > MAX_PACKED:
        raise NotExcelError(f"it is larger than {MAX_PACKED // 2**20} MB")
    return path.read_bytes()


def _reason(problem: Exception) -> str:
    """What is wrong with a file, in a line; Google's own words say no more than "Bad Request"."""
    cause = problem.__cause__ if isinstance(problem, ApiError) and problem.__cause__ else problem
    said = cause.strerror if isinstance(cause, OSError) else str(cause)
    return " ".join(f"{said or type(cause).__name__}".split())[:200].rstrip(".")


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()


def _replace_file(path: Path, content: bytes) -> None:
    """Put new content in a file's place; nobody ever sees half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
