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
├── StoreError                      exit 1   the store can't be used now; what passes by itself is no wrong configuration
├── SchedulerError                  exit 3   the scheduler of several machines is away, or its workers
├── BusyError                       exit 4   the same job is already at work
└── StoppedError                    exit 3   the program was told to end; what is left is done by the next run
"""

from __future__ import annotations

import errno
from enum import StrEnum

from sheets_sync.model import Message, msg


class TroubleKind(StrEnum):
    """What sort of trouble an error is, for whoever watches: failures of one sort are told together."""

    LOGIN = "login"  # Google does not let us in at all
    PERMISSION = "permission"  # a workbook is not shared with us, or only for reading
    AWAY = "away"  # a workbook is not there, in the bin, no Google Sheet, or lacks a tab
    REFUSED = "refused"  # Google says a request of ours is wrong
    QUOTA = "quota"
    GOOGLE = "google"  # Google can't be reached, or fails
    MAIL = "mail"
    CLOCK = "clock"
    CONFIGURATION = "configuration"
    STORE = "store"
    SCHEDULER = "scheduler"  # the work can't be handed to other machines
    IMPORT = "import"  # a file of another installation can't be brought in
    UNEXPECTED = "unexpected"


# A disk that is full or read-only, a network that is away: nobody's configuration is wrong, and it may be over soon.
_PASSING = frozenset(
    (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EBUSY)
) | frozenset(getattr(errno, name) for name in ("EDQUOT", "ESTALE", "EHOSTDOWN") if hasattr(errno, name))


def passes(error: OSError) -> bool:
    """Whether what the system says may be over by itself, so that it is worth trying again."""
    return error.errno in _PASSING


class SheetsSyncError(Exception):
    """The root. `message` is translated where it is shown."""

    exit_code = 1
    kind = TroubleKind.UNEXPECTED

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UsageError(SheetsSyncError):
    """The command or the configuration is wrong."""

    exit_code = 2
    kind = TroubleKind.CONFIGURATION


class ConfigError(UsageError):
    """A configuration file says something that can't be used."""


class KeyFileError(UsageError):
    """A service-account key file is missing or can't be read."""

    kind = TroubleKind.LOGIN


class ApiDisabledError(UsageError):
    """The project of the service account has not switched on an API that we need."""

    kind = TroubleKind.LOGIN


class WorkbookError(SheetsSyncError):
    """One workbook could not be read or written; the others go on."""

    exit_code = 3
    kind = TroubleKind.GOOGLE


class NotSharedError(WorkbookError):
    """The workbook is not shared with our account, or only for reading."""

    kind = TroubleKind.PERMISSION


class NotFoundError(WorkbookError):
    """There is no workbook with that id."""

    kind = TroubleKind.AWAY


class BinnedError(WorkbookError):
    """The workbook is in Drive's bin: neither read nor written."""

    kind = TroubleKind.AWAY


class NotASheetError(WorkbookError):
    """The file is not a Google Sheet."""

    kind = TroubleKind.AWAY


class RefusedError(WorkbookError):
    """Google says that a request of ours is wrong; nothing of it was applied.

    `request` is which of them it named, counted from 0; None: it named none. `problem` is what it said.
    """

    kind = TroubleKind.REFUSED

    def __init__(self, message: Message, request: int | None = None, problem: Message | str = "") -> None:
        super().__init__(message)
        self.request, self.problem = request, problem


class TabMissingError(WorkbookError):
    """A tab that the configuration names is not there."""

    kind = TroubleKind.AWAY


class QuotaError(WorkbookError):
    """Google's quota stayed exhausted through all attempts."""

    kind = TroubleKind.QUOTA


class GoogleDownError(WorkbookError):
    """Google could not be reached or kept failing through all attempts."""


class DeliveryError(SheetsSyncError):
    """One message could not be delivered; the others go on."""

    exit_code = 3
    kind = TroubleKind.MAIL


class MailServerError(DeliveryError):
    """The mail server can't be reached, or does not let us in; planned deliveries wait."""


class StoreError(SheetsSyncError):
    """The store can't be read or written now: the disk is full, the database away, the file damaged."""

    kind = TroubleKind.STORE


class BusyError(SheetsSyncError):
    """The same job is already at work."""

    exit_code = 4


class SchedulerError(SheetsSyncError):
    """The scheduler that hands work to several machines is away, or no worker is left; what was done is remembered."""

    exit_code = 3
    kind = TroubleKind.SCHEDULER


class StoppedError(SheetsSyncError):
    """The program was told to end in the middle of work; the next run goes on."""

    exit_code = 3


def unexpected(error: Exception) -> Message:
    """What nobody thought of, in a sentence."""
    return msg("Unexpected failure [{problem}].", problem=f"{type(error).__name__}: {error}")
