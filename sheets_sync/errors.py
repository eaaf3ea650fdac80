"""Everything that can go wrong, for the person who must act. Each error says what was found and what to do.

SheetsSyncError                     exit 1
├── UsageError                      exit 2   wrong usage or configuration
│   ├── ConfigError                          a configuration file: file, line, found, expected
│   ├── KeyFileError                         a service-account key that can't be read
│   └── ApiDisabledError                     the key's project has Sheets or Drive switched off
├── WorkbookError                   exit 3   one workbook; the others go on
│   ├── NotSharedError                       the workbook is not shared with our account
│   ├── NotFoundError                        there is no such workbook
│   ├── BinnedError                          the workbook is in Drive's bin
│   ├── NotASheetError                       an Excel file, not a Google Sheet
│   ├── RefusedError                         Google says a request of ours is wrong; nothing was applied
│   ├── TabMissingError                      a tab that is needed is not there
│   ├── QuotaError                           Google asked us to wait for too long
│   └── GoogleDownError                      Google could not be reached, or failed for too long
├── DeliveryError                   exit 3   one message; the others go on
│   └── MailServerError                      the mail server is away, or lets nobody in; what is planned waits
├── StoreDamagedError               exit 1   the store's file can't be read any more
└── BusyError                       exit 4   the same job is already at work
"""

from __future__ import annotations

from sheets_sync.model import Message


class SheetsSyncError(Exception):
    """The root. `message` is translated where it is shown."""

    exit_code = 1

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UsageError(SheetsSyncError):
    """The command or the configuration is wrong."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration file says something that can't be used."""


class KeyFileError(UsageError):
    """A service-account key file is missing or can't be read."""


class ApiDisabledError(UsageError):
    """The project of the service account has not switched on an API that we need."""


class WorkbookError(SheetsSyncError):
    """One workbook could not be read or written; the others go on."""

    exit_code = 3


class NotSharedError(WorkbookError):
    """The workbook is not shared with our account, or only for reading."""


class NotFoundError(WorkbookError):
    """There is no workbook with that id."""


class BinnedError(WorkbookError):
    """The workbook is in Drive's bin: neither read nor written."""


class NotASheetError(WorkbookError):
    """The file is not a Google Sheet."""


class RefusedError(WorkbookError):
    """Google says that a request of ours is wrong; nothing of it was applied.

    `request` is which of them it named, counted from 0; None: it named none. `problem` is what it said.
    """

    def __init__(self, message: Message, request: int | None = None, problem: str = "") -> None:
        super().__init__(message)
        self.request, self.problem = request, problem


class TabMissingError(WorkbookError):
    """A tab that the configuration names is not there."""


class QuotaError(WorkbookError):
    """Google's quota stayed exhausted through all attempts."""


class GoogleDownError(WorkbookError):
    """Google could not be reached or kept failing through all attempts."""


class DeliveryError(SheetsSyncError):
    """One message could not be delivered; the others go on."""

    exit_code = 3


class MailServerError(DeliveryError):
    """The mail server can't be reached, or does not let us in; planned deliveries wait."""


class StoreDamagedError(SheetsSyncError):
    """The file of the store is damaged; a backup has to take its place."""


class BusyError(SheetsSyncError):
    """The same job is already at work."""

    exit_code = 4
