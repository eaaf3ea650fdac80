"""Opens the database, SQLite or PostgreSQL, and brings its tables up to date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError

from sheets_sync.config.private import private_file
from sheets_sync.errors import ConfigError, StoreError, passes
from sheets_sync.model import msg
from sheets_sync.model.foreign import quoted
from sheets_sync.store.codec import read, written
from sheets_sync.store.trouble import explained, tell_trouble
from sheets_sync.store.upgrade import bring_up_to_date
from sheets_sync.store.url import parse_url, shown, sqlite_file, without_secrets

HEAD = "0018"  # the newest migration; a test compares it with the folder of migrations
_PATIENCE = 30  # seconds that a writer waits for another


def open_engine(url: str) -> Engine:
    """The database at a URL such as `sqlite:///data/store.sqlite3` or `postgresql+psycopg://…`, tables up to date.

    Raises:
        ConfigError: the address can't be used, or the tables are of a newer program.
        StoreError: the database can't be opened now.
    """
    place = parse_url(url)
    try:
        if (file := sqlite_file(place)) is not None:
            private_file(file)  # its -wal and -shm take its mode over
        return _opened(place)
    except OSError as error:
        if passes(error):
            raise StoreError(explained(error, place)) from None
        raise _wrong(error, place) from None
    except (ArgumentError, DBAPIError, ImportError, TypeError, ValueError) as error:
        raise _wrong(error, place) from None  # what it came from may hold the password


def _opened(place: URL) -> Engine:
    engine = sqlalchemy.create_engine(place, json_serializer=written, json_deserializer=read, **_pool(place))
    event.listen(engine, "handle_error", partial(tell_trouble, place))
    if place.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        bring_up_to_date(engine, HEAD)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _pool(place: URL) -> Mapping[str, Any]:
    """A server may have been restarted since a connection was last used, and many threads may want one."""
    shared = place.get_backend_name() == "postgresql"
    return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 40} if shared else {}


def _wrong(error: Exception, place: URL) -> ConfigError:
    """What the configuration says of the store can't be."""
    return ConfigError(
        msg(
            "The store {url} can't be opened: {problem}. Check store.yaml.",
            url=shown(place),
            problem=quoted(msg("the database does not let us in"), _said(error, place)),
        )
    )


def _said(error: Exception, place: URL) -> str:
    """The first line of what the database or its driver says."""
    said = str(getattr(error, "orig", None) or error)
    return without_secrets(next(iter(said.splitlines()), type(error).__name__), place)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers beside one writer; a writer waits for another rather than fail."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")  # a claimed delivery must survive a power cut
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """The mode of the file, once for all. Two that set it in a new store at once: SQLite makes neither of them wait."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
