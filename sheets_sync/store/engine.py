"""Opens the database, SQLite or PostgreSQL, and brings its tables up to date."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError

from sheets_sync.config.private import private_file
from sheets_sync.errors import ConfigError
from sheets_sync.model import msg
from sheets_sync.store.trouble import tell_trouble
from sheets_sync.store.url import parse_url, shown, sqlite_file, without_secrets

HEAD = "0010"  # the newest migration; a test compares it with the folder of migrations


def open_engine(url: str) -> Engine:
    """The database at a URL such as `sqlite:///data/store.sqlite3` or `postgresql+psycopg://…`, tables up to date.

    Raises:
        ConfigError: the database can't be opened.
    """
    place = parse_url(url)
    try:
        if (file := sqlite_file(place)) is not None:
            private_file(file)  # its -wal and -shm take its mode over
        engine = sqlalchemy.create_engine(place)
        event.listen(engine, "handle_error", partial(tell_trouble, place))
        if place.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        if _revision(engine) != HEAD:
            _migrate(engine)
    except (ArgumentError, DBAPIError, OSError, ImportError, TypeError, ValueError) as error:
        raise ConfigError(
            msg(
                "The store {url} can't be opened: {problem}. Check store.yaml.",
                url=shown(place),
                problem=_said(error, place),
            )
        ) from None  # what it came from may hold the password
    return engine


def _said(error: Exception, place: URL) -> str:
    """The first line of what the database or its driver says."""
    said = str(getattr(error, "orig", None) or error)
    return without_secrets(next(iter(said.splitlines()), type(error).__name__), place)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers beside one writer; a writer waits for another rather than fail."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.execute("PRAGMA synchronous = FULL")  # a claimed delivery must survive a power cut
    cursor.close()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not sqlalchemy.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415 - only a new store pays for importing alembic
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
