"""Makes the tables and brings older ones up to date: all of it in one transaction, under a lock.

A kill in the middle leaves the store as it was; of two commands that begin at once, one makes the tables and the other
finds them made.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy
from sqlalchemy import Connection, Engine

from sheets_sync.config.private import private_file
from sheets_sync.errors import ConfigError
from sheets_sync.model import msg
from sheets_sync.store.url import read_only, sqlite_file

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x73686565747301  # of PostgreSQL's: any number that nobody else in this database uses


def bring_up_to_date(engine: Engine, head: str) -> None:
    """The tables as the newest migration makes them, whatever was there.

    Raises:
        ConfigError: they are of a newer version of the program.
    """
    found = _revision(engine)
    if found == head:
        return
    if found is not None:
        _refuse_newer(found, head)
        _keep(engine, found)
    with _alone(engine) as connection:
        if revision(connection) != head:  # whoever held the lock before us has not done it
            _migrate(connection, head)


def _keep(engine: Engine, found: str) -> None:
    """A copy of an SQLite store beside it before its tables change: an older program can be gone back to with it.

    What another process has kept already stays: it is of the same tables.
    """
    file = sqlite_file(engine.url)
    kept = file and file.with_name(f"{file.name}.before-upgrade-of-{found}")
    if file is None or kept is None or kept.exists():
        return
    fresh = file.with_name(f"{kept.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(private_file(fresh)),))
        with closing(sqlite3.connect(read_only(fresh), uri=True)) as opened:
            sound = opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
            same = opened.execute("SELECT version_num FROM alembic_version").fetchone() == (found,)
        if sound and same:  # else another process was faster, or there is nothing sound to keep
            fresh.replace(kept)
    finally:
        fresh.unlink(missing_ok=True)


def revision(connection: Connection) -> str | None:
    """The migration whose tables are there; None: none yet."""
    if not sqlalchemy.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return revision(connection)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that only one process is in, and that takes changes of tables in, too."""
    if engine.dialect.name == "sqlite":
        with _alone_in_sqlite(engine) as connection:
            yield connection
        return
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


@contextmanager
def _alone_in_sqlite(engine: Engine) -> Iterator[Connection]:
    """Python's driver begins no transaction before a CREATE or ALTER, so that each would stand for itself."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


def _migrate(connection: Connection, head: str) -> None:
    from alembic import command  # noqa: PLC0415 - only a new store pays for importing alembic

    _refuse_newer(revision(connection), head)
    config = _alembic()
    config.attributes["connection"] = connection
    command.upgrade(config, head)


def _alembic() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _refuse_newer(found: str | None, head: str) -> None:
    """Tables that no migration here makes are of a newer program, which alone knows what they hold."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if found not in {None, *known}:
        raise ConfigError(
            msg(
                "The store was made by a newer version of sheets-sync (its tables are {found}, this version knows up "
                "to {head}). Install that version again, or restore a backup made by this one.",
                found=found,
                head=head,
            )
        )
