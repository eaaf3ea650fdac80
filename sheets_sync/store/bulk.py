"""Rows that are written as they come: many at once, or in the place of those with the same keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from sheets_sync.store.tables import Moment


def stored(connection: Connection, moment: datetime) -> Any:
    """A moment as the database's driver takes it."""
    kept = Moment().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return kept(moment) if kept else moment


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows of the same columns; values are such as the driver takes, JSON is text.

    Past what SQLAlchemy does for each row and column: that takes longer than the database itself.
    """
    if not rows:
        return
    columns = [column.name for column in table.columns if column.name in rows[0]]
    statement = insert(table).inline().compile(dialect=connection.dialect, column_keys=columns)
    in_order = itemgetter(*columns)
    connection.exec_driver_sql(str(statement), list(map(in_order, rows)) if statement.positional else list(rows))


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds whole rows, each in the place of the one with its key."""
    if rows:
        connection.execute(_putting(connection.dialect.name, table), list(rows))


@cache
def _putting(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    new = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    rest = {column.name: new.excluded[column.name] for column in table.columns if not column.primary_key}
    return new.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=rest)
