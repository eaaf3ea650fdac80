"""A store whose file is damaged: found before it does harm, and told in words."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DatabaseError

from sheets_sync.errors import StoreDamagedError
from sheets_sync.model import Message, msg

_DAMAGED = (sqlite3.SQLITE_CORRUPT,)  # what is no database at all can't be opened in the first place


def damage(engine: Engine) -> str:
    """What SQLite's quick look through the whole file finds wrong; empty: nothing, or another database."""
    if engine.dialect.name != "sqlite":
        return ""
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except (DatabaseError, StoreDamagedError) as error:
        found = next(iter(str(error).splitlines()), type(error).__name__)
    return "" if found == "ok" else str(found)


def told(file: str) -> Message:
    """What to do about it."""
    return msg(
        "The store {file} is damaged. Stop the service, then run `sheets-sync restore FILE` with the newest backup: what "
        "can still be read of the store is carried over.",
        file=file,
    )


def refuse_damaged(context: ExceptionContext) -> None:
    """What SQLAlchemy calls with each error of a database: a damaged file is told as such.

    Raises:
        StoreDamagedError: that is what it is.
    """
    code = getattr(context.original_exception, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED and context.engine is not None:
        raise StoreDamagedError(told(str(context.engine.url.database))) from None
