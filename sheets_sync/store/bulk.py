"""Many rows at once, past what SQLAlchemy does for each row and column: that takes longer than the database itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert

from sheets_sync.store.tables import Moment


def stored(connection: Connection, moment: datetime) -> Any:
    """A moment as the database's driver takes it."""
    kept = Moment().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return kept(moment) if kept else moment


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds rows. Their values are such as the driver takes, in the order of `columns`, which is that of the table."""
    if not rows:
        return
    statement = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(columns))
    named = not statement.positional
    connection.exec_driver_sql(
        str(statement), [dict(zip(columns, row, strict=True)) for row in rows] if named else rows
    )
