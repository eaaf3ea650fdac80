"""What a database says when it can't be used, as an error of ours that says what to do. Without the password."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy import URL
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from sheets_sync.errors import StoreError
from sheets_sync.model import Message, msg
from sheets_sync.model.foreign import quoted
from sheets_sync.store.url import shown, without_secrets

_OURS = (DataError, IntegrityError, ProgrammingError)  # a fault of ours, which nobody mends by looking at the disk
_FULL = msg("The disk is full: make room. The program then goes on by itself.")
_DAMAGED = msg("The file is damaged. Stop the service and run `sheets-sync restore` with the last good backup.")


def tell_trouble(place: URL, context: ExceptionContext) -> None:
    """Listens to an engine's errors: those of the place where the store lives become a `StoreError`."""
    error = context.sqlalchemy_exception
    if error is not None and not isinstance(error, _OURS):
        raise StoreError(
            explained(context.original_exception, place)
        ) from None  # what it came from may hold the password


def explained(error: BaseException, place: URL) -> Message:
    """What is wrong with the store, and what to do."""
    return _told(next(iter(str(error).splitlines()), type(error).__name__), _remedy(error), place)


def damaged(problem: str, place: URL) -> Message:
    """The same of a file that could be opened, and in which a look at all of it found something."""
    return _told(next(iter(problem.splitlines()), ""), _DAMAGED, place)


def _told(said: str, remedy: Message, place: URL) -> Message:
    problem = quoted(msg("the database says no"), without_secrets(said, place))
    return msg("The store {url} can't be used: {problem}. {remedy}", url=shown(place), problem=problem, remedy=remedy)


def _remedy(error: BaseException) -> Message:
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _FULL
    if code is None:
        return msg("Look at the database and the way to it; the program tries again by itself.")
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _FULL
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return msg("Look at the modes and the owner of the file and its folder, and whether the disk is read-only.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return msg("Another program holds it. If it lasts, find out which one and end it.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _DAMAGED
        case sqlite3.SQLITE_IOERR:
            return msg("The disk can't be read or written: look at the disk itself.")
        case _:
            return msg("Look at the database and the way to it; the program tries again by itself.")
