"""What a server with a folder does beyond one without: it keeps accounts, and writes .xlsx files back while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from sheets_sync.local_google.auth import Account
from sheets_sync.local_google.drive.store import Drive
from sheets_sync.local_google.excel_folder import ExcelFolder
from sheets_sync.local_google.storage import FolderStorage

SAVE_EVERY = 2.0
"""Seconds between two looks for workbooks whose .xlsx file is behind."""


@dataclass(slots=True)
class Persistence:
    """The folder of a running server.

    Raises:
        FolderInUseError, FolderVersionError: as `FolderStorage` does.
    """

    folder: Path
    storage: FolderStorage = field(init=False)
    _kept: set[str] = field(default_factory=set)
    _excel: ExcelFolder | None = None
    _ending: Event = field(default_factory=Event)
    _saver: Thread | None = None

    def __post_init__(self) -> None:
        self.storage = FolderStorage(self.folder)

    def open(self, drive: Drive) -> None:
        """Bring back the accounts, open the .xlsx files, and keep writing them from now on."""
        for name, person, private_key in self.storage.accounts():
            drive.accounts.account(name, person=person).private_key = private_key
            self._kept.add(name)
        owner, writer = drive.accounts.account("pustakawan", person=True), drive.accounts.account("sheets-sync")
        self._excel = ExcelFolder(drive, self.storage, owner, writer)
        self._excel.open()
        self._saver = Thread(target=self._save_often, args=(self._excel,), name="local-google-xlsx", daemon=True)
        self._saver.start()

    def _save_often(self, excel: ExcelFolder) -> None:
        while not self._ending.wait(SAVE_EVERY):
            excel.save()

    def keep_account(self, account: Account) -> None:
        """Keep the account with its key, so that its key file is good for later servers on this folder."""
        if account.name not in self._kept:
            account.key_info()  # makes the key
            self.storage.keep_account(account)
            self._kept.add(account.name)

    def close(self) -> None:
        """Write what is not written yet, and let the folder go."""
        self._ending.set()
        if self._saver:
            self._saver.join()
        if self._excel:
            self._excel.save()
        self.storage.close()
