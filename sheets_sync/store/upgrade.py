"""Makes the tables and brings older ones up to date: all of it in one transaction, under a lock.

A kill in the middle leaves the store as it was; of two commands that begin at once, one makes the tables and the other
finds them made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Engine

from sheets_sync.errors import ConfigError
from sheets_sync.model import msg

_LOCK = 0x73686565747301  # of PostgreSQL's: any number that nobody else in this database uses


def bring_up_to_date(engine: Engine, head: str) -> None:
    """The tables as the newest migration makes them, whatever was there.

    Raises:
        ConfigError: they are of a newer version of the program.
    """
    if _revision(engine) == head:
        return
    with _alone(engine) as connection:
        if revision(connection) != head:  # whoever held the lock before us has not done it
            _migrate(connection, head)


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
    from alembic.config import Config  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if (found := revision(connection)) not in {None, *known}:
        raise ConfigError(
            msg(
                "The store was made by a newer version of sheets-sync (its tables are {found}, this version knows up "
                "to {head}). Install that version again, or restore a backup made by this one.",
                found=found,
                head=head,
            )
        )
    config.attributes["connection"] = connection
    command.upgrade(config, head)
