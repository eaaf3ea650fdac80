"""A folder of .xlsx files, open as workbooks and written back."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive.conversion import converted
from sheets_sync.local_google.drive.model import SPREADSHEET, XLSX
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.errors import ApiError
from sheets_sync.local_google.sheets.defaults import new_workbook
from sheets_sync.local_google.storage import ExcelLink, FolderStorage
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

    def open(self) -> None:
        """Open new files as workbooks, and take over what was changed in known ones while no server ran.

        If a workbook and its file were both changed (only the end of a process by force leaves that behind), both stay:
        the file becomes a workbook of its own.
        """
        links = {link.path: link for link in self.storage.excel_links()}
        for path in self._paths():
            content = path.read_bytes()
            link = links.get(path.name)
            if link is None or link.digest != digest(content):
                self._take_over(path, content, link)
        self.save()

    def _paths(self) -> Iterator[Path]:
        for path in sorted(self.storage.folder.glob("*.xlsx")):
            if not path.name.startswith(("~$", ".")):  # what Excel leaves beside an open file
                yield path

    def _take_over(self, path: Path, content: bytes, link: ExcelLink | None) -> None:
        file = self.drive.files.get(link.file_id) if link else None
        try:
            if link is None or file is None or file.version != link.version:
                file_id = self._import(path.stem, content)
            else:
                file_id = link.file_id
                self._replace(file_id, content)
        except ApiError:
            _log.warning("%s is not an .xlsx file that can be read; it is left alone.", path)
            return
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
        """Write back every file whose workbook has changed since it was read or written."""
        for link in self.storage.excel_links():
            file = self.drive.files.get(link.file_id)
            if file is None or file.version == link.version:
                continue
            content = write(self.drive.book(file.id))
            _replace_file(self.storage.folder / link.path, content)
            self.storage.keep_excel_link(ExcelLink(link.path, file.id, digest(content), file.version))


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()


def _replace_file(path: Path, content: bytes) -> None:
    """Put new content in a file's place; nobody ever sees half of it."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
