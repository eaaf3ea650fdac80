"""What the Sheets endpoints ask of Drive, where files, accounts' rights and versions live (`drive/` provides it)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.workbook import Workbook


class Files(Protocol):
    """The store of workbooks as one account sees it. Every method raises ApiError as Sheets words it.

    404 for an unknown (or finally deleted) id, 403 if it is not shared with the account (for `editing`: not for writing),
    400 FAILED_PRECONDITION if the file is not a Google spreadsheet.
    """

    def read(self, file_id: str, account: Account) -> Workbook:
        """The workbook as it stands; it will not change under the reader."""

    def editing(self, file_id: str, account: Account) -> AbstractContextManager[Workbook]:
        """A draft to change. Leaving without an exception puts it in the workbook's place.

        That raises the version, sets modifiedTime and lastModifyingUser, renames the file if the title changed, and
        stores what was touched. One edit of a file at a time; others wait.
        """

    def add(self, workbook: Workbook, account: Account) -> None:
        """A new file, owned by the account (403 storageQuotaExceeded if it owns no storage)."""

    def owner(self, file_id: str) -> str:
        """The e-mail address of the file's owner."""

    def new_id(self) -> str:
        """An id that no file has, of the form Google's have."""
