"""Opens the database, SQLite or PostgreSQL, and brings its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from sheets_sync.errors import ConfigError
from sheets_sync.model import msg

HEAD = "0010"  # the newest migration; a test compares it with the folder of migrations


def open_engine(url: str) -> Engine:
    """The database at a URL such as `sqlite:///data/store.sqlite3` or `postgresql+psycopg://…`, tables up to date.

    Raises:
        ConfigError: the database can't be opened.
    """
    try:
        place = make_url(url)
        if place.get_backend_name() == "sqlite" and place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sqlalchemy.create_engine(place)
        if place.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        if _revision(engine) != HEAD:
            _migrate(engine)
    except (ArgumentError, DBAPIError, OSError, ImportError) as error:
        shown = make_url(url).render_as_string(hide_password=True) if not isinstance(error, ArgumentError) else url
        problem = str(getattr(error, "orig", error)).splitlines()[0]
        raise ConfigError(
            msg("The store {url} can't be opened: {problem}. Check store.yaml.", url=shown, problem=problem)
        ) from error
    return engine


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
