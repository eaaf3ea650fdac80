"""Rows that are written as they come: many at once, or in the place of those with the same keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from sheets_sync.store.tables import Moment

Insert = sqlite.Insert | postgresql.Insert


@dataclass(frozen=True, slots=True)
class _Adding:
    """A statement that adds rows of some columns, in its order; a moment is told as the driver takes it."""

    statement: str
    columns: tuple[str, ...]
    stored: Mapping[str, Callable[[Any], Any]]  # by the name of a column of moments
    named: bool  # the driver takes values by name

    def values(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """What the driver takes: column by column, then put together."""
        together = zip(*(self._column(name, rows) for name in self.columns), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in together] if self.named else list(together)

    def _column(self, name: str, rows: Sequence[Mapping[str, Any]]) -> Iterable[Any]:
        column, kept = map(itemgetter(name), rows), self.stored.get(name)
        return map(kept, column) if kept else column


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows of the same columns, all that the table asks for; JSON is given as text.

    Past what SQLAlchemy does for each row and column: that takes longer than the database itself.
    """
    if rows:
        adding = _adding(connection.dialect, table, tuple(rows[0]))
        connection.exec_driver_sql(adding.statement, adding.values(rows))


@lru_cache(maxsize=64)  # a dialect is of one database
def _adding(dialect: Dialect, table: Table, columns: Sequence[str]) -> _Adding:
    made = insert(table).inline().compile(dialect=dialect, column_keys=list(columns))
    in_order = tuple(made.positiontup) if made.positiontup else tuple(columns)
    moments = [name for name in columns if isinstance(table.c[name].type, Moment)]
    kept = Moment().dialect_impl(dialect).bind_processor(dialect)
    stored = {name: lru_cache(maxsize=64)(kept) for name in moments} if kept else {}
    return _Adding(str(made), in_order, stored, made.positiontup is None)


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows of the same columns, each in the place of the one with its key: of that the other columns stay."""
    if rows:
        connection.execute(_putting(connection.dialect.name, table, tuple(rows[0])), list(rows))


@cache
def _putting(dialect: str, table: Table, columns: Sequence[str]) -> Insert:
    new, keys = inserting(dialect, table), list(table.primary_key.columns)
    rest = {name: new.excluded[name] for name in columns if not table.c[name].primary_key}
    return new.on_conflict_do_update(index_elements=keys, set_=rest)


def put_once(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows of the same columns, but for those whose key is there."""
    if rows:
        connection.execute(_putting_once(connection.dialect.name, table), list(rows))


@cache
def _putting_once(dialect: str, table: Table) -> Insert:
    return inserting(dialect, table).on_conflict_do_nothing(index_elements=list(table.primary_key.columns))


def inserting(dialect: str, table: Table) -> Insert:
    """An insertion that may say what becomes of a row whose key is there."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
