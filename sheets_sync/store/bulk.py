"""Many rows at once, past what SQLAlchemy does for each row and column: that takes longer than the database itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert

from sheets_sync.store.tables import Moment


def stored(connection: Connection, moment: datetime) -> Any:
    """A moment as the database's driver takes it."""
    kept = Moment().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return kept(moment) if kept else moment


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows of the same columns; values are such as the driver takes, JSON is text."""
    if not rows:
        return
    columns = [column.name for column in table.columns if column.name in rows[0]]
    statement = insert(table).inline().compile(dialect=connection.dialect, column_keys=columns)
    in_order = itemgetter(*columns)
    connection.exec_driver_sql(str(statement), list(map(in_order, rows)) if statement.positional else list(rows))
