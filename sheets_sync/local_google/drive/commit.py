"""What a change leaves behind, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sheets_sync.local_google.drive.model import Change, File
from sheets_sync.local_google.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Commit:
    """One change of the Drive: all of it is kept, or nothing.

    Attributes:
        files: those that are new or different.   gone: ids of those deleted for good.
        workbooks: those that are new or different, each with the one it replaces (None if new).
        contents: bytes of uploaded files that aren't spreadsheets, by file id.
        changes: the entries of the change log.
    """

    files: tuple[File, ...] = ()
    gone: tuple[str, ...] = ()
    workbooks: tuple[tuple[Workbook, Workbook | None], ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


class Storage(Protocol):
    """Where a Drive lasts. A commit that returned survives the end of the process, however it ends."""

    def files(self) -> Iterable[File]: ...

    def changes(self) -> Iterable[Change]: ...

    def workbook(self, file_id: str) -> Workbook: ...

    def content(self, file_id: str) -> bytes: ...

    def commit(self, commit: Commit) -> None: ...


class Nowhere:
    """The storage of a Drive that ends with its process."""

    def files(self) -> Iterable[File]:
        return ()

    def changes(self) -> Iterable[Change]:
        return ()

    def workbook(self, file_id: str) -> Workbook:
        raise KeyError(file_id)

    def content(self, file_id: str) -> bytes:
        raise KeyError(file_id)

    def commit(self, commit: Commit) -> None:
        """Nothing lasts."""
