"""Many rows at once, past what SQLAlchemy does for each row and column: that takes longer than the database itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, Table, insert
from sqlalchemy.engine import Compiled, Dialect

from sheets_sync.store.tables import Moment


def stored(connection: Connection, moment: datetime) -> Any:
    """A moment as the database's driver takes it."""
    kept = Moment().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return kept(moment) if kept else moment


def fetch_rows(connection: Connection, query: Select[Any], named: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    """All rows of a query that is made once, as the driver gives them: texts and numbers, which need no conversion."""
    compiled = _compiled(query, connection.dialect)
    order = getattr(compiled, "positiontup", None)
    values = tuple(named[name] for name in order) if order else dict(named)
    result = connection.exec_driver_sql(str(compiled), values)
    rows: Sequence[tuple[Any, ...]] = result.cursor.fetchall()
    result.close()
    return rows


@lru_cache(maxsize=64)
def _compiled(query: Select[Any], dialect: Dialect) -> Compiled:
    return query.compile(dialect=dialect)


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds rows. Their values are such as the driver takes, in the order of `columns`, which is that of the table."""
    if not rows:
        return
    statement = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(columns))
    named = not statement.positional
    connection.exec_driver_sql(
        str(statement), [dict(zip(columns, row, strict=True)) for row in rows] if named else rows
    )
