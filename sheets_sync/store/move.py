"""Takes a whole store over into an empty one, on another kind of database: a file outgrown, or back to one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from sheets_sync.errors import UsageError
from sheets_sync.model import msg
from sheets_sync.store import facts
from sheets_sync.store.engine import open_engine
from sheets_sync.store.tables import metadata, offices
from sheets_sync.store.url import parse_url, shown

_AT_ONCE = 1000  # rows


def move(url: str, to: str) -> int:
    """Copies every row to the store at `to`, all or none; gives how many.

    The one at `url` stays, under another name: by the marks in the workbooks it is another store now and reports nothing.

    Raises:
        UsageError: something is there already.
        StoreError: one of the two can't be used.
    """
    with _opened(url) as present, _opened(to) as new:
        with present.connect() as source, new.begin() as target:
            if any(_count(target, table) for table in metadata.sorted_tables):
                raise UsageError(msg("The store {url} is not empty. Choose a new database.", url=shown(parse_url(to))))
            copied = sum(_copy(source, target, table) for table in metadata.sorted_tables)
        with present.begin() as old:
            for office in old.execute(select(offices.c.office)).scalars().all():
                facts.rename(old, office)
    return copied


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _copy(source: Connection, target: Connection, table: Table) -> int:
    """A table's rows with the numbers that they have; the next one gets the number after them."""
    count = 0
    for rows in source.execute(select(table)).mappings().partitions(_AT_ONCE):
        target.execute(insert(table), [dict(row) for row in rows])
        count += len(rows)
    if count and target.dialect.name == "postgresql" and _is_numbered(table):
        last = target.execute(select(func.max(table.c.id))).scalar_one()
        numbers = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        target.execute(numbers, {"table": table.name, "last": last})
    return count


def _is_numbered(table: Table) -> bool:
    """Whether the database numbers the rows by itself."""
    return "id" in table.c and table.c.id.type.python_type is int
