"""A place's store with its tables and nothing in them, made once in a process and copied: making it takes as long as a sync."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import postgres
import sqlalchemy

from sheets_sync.config.private import private_file, private_folder
from sheets_sync.demo.place import Place
from sheets_sync.store import Store
from sheets_sync.store.engine import HEAD
from sheets_sync.store.left_behind import STORE_FILE
from sheets_sync.store.tables import metadata
from sheets_sync.store.url import of_file


@contextmanager
def ready_store(place: Place, *, ready: bool = True) -> Iterator[None]:
    """The store of a place, as the first command would have made it; not `ready`: left for the first command to make.

    On PostgreSQL, where the tests are to be there, the place's configuration names it, so that every command finds it.
    """
    if postgres.chosen():
        with postgres.database(ready=ready) as url:
            private_folder(place.folder / "data")
            place.configure("store.yaml", {"url": url, "backup": {"nightly": False}})  # nobody dumps it
            yield
        return
    if ready:
        private_file(place.folder / "data" / STORE_FILE).write_bytes(_tables())
    yield


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        Store(of_file(Path(folder, STORE_FILE))).close()
        return Path(folder, STORE_FILE).read_bytes()


def rows_of_all(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every table's rows, whatever database it is."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        tables = sorted(set(metadata.tables) & set(sqlalchemy.inspect(connection).get_table_names()))
        found = {name: connection.execute(sqlalchemy.select(metadata.tables[name])).all() for name in tables}
    engine.dispose()
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def emptied(url: str, then: Mapping[str, Sequence[Sequence[object]]] | None = None) -> None:
    """The store as it would be if it were made anew; or with the rows that it once had."""
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
        for name, rows in (then or {}).items():
            table = metadata.tables[name]
            named = [dict(zip(table.columns.keys(), row, strict=True)) for row in rows]
            if named:
                connection.execute(table.insert(), named)
    engine.dispose()
