"""A store as an earlier version of the program left it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config

from sheets_sync import store as package


def make_tables(url: str, revision: str) -> None:
    """The tables of an earlier version, empty."""
    config, engine = Config(), sqlalchemy.create_engine(url)
    config.set_main_option("script_location", str(Path(package.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


# A figure a row, as until migration 0017; a moment is written without its zone.
_FIGURES = """
CREATE TEMP VIEW figures AS
SELECT said.*, each.value AS element,
    CASE substr(states, each.key + 1, 1) WHEN 'r' THEN 'reported' WHEN 'z' THEN 'zero' WHEN 'e' THEN 'empty'
        WHEN 'n' THEN 'not_applicable' WHEN 'u' THEN 'unreadable' ELSE 'blocked' END AS state,
    json_extract(figures, '$[0][' || each.key || ']') AS value,
    json_extract(figures, '$[1][' || each.key || ']') AS typed,
    json_extract(figures, '$[2][' || each.key || ']') AS "row",
    json_extract(figures, '$[3][' || each.key || ']') AS "column",
    coalesce(strftime('%Y-%m-%d %H:%M:%f000', json_extract(since, '$[' || each.key || ']')), said.seen_at) AS first_seen
FROM newer.observations AS said, json_each('["' || replace(elements, ',', '","') || '"]') AS each
"""


def turn_back(store: Path, revision: str) -> None:
    """An SQLite store as it would be under an earlier version: its tables, with as much of the contents as they hold."""
    old = store.with_name("older.sqlite3")
    make_tables(f"sqlite:///{old}", revision)
    with closing(sqlite3.connect(old)) as opened, opened:
        opened.execute("ATTACH ? AS newer", (str(store),))
        found = opened.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in found:
            if table not in ("alembic_version", "observations"):
                names = _columns(opened, "main", table) & _columns(opened, "newer", table)
                columns = ", ".join(f'"{name}"' for name in names)
                opened.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
        opened.execute(_FIGURES)
        names = _columns(opened, "main", "observations") - {"id", "seen_at"} & _columns(opened, "temp", "figures")
        columns = ", ".join(f'"{name}"' for name in names)
        opened.execute(
            f"INSERT INTO main.observations ({columns}, seen_at) SELECT {columns}, first_seen FROM temp.figures"
        )
    for leftover in ("-wal", "-shm"):
        store.with_name(store.name + leftover).unlink(missing_ok=True)
    old.replace(store)


def _columns(opened: sqlite3.Connection, schema: str, table: str) -> set[str]:
    return {row[1] for row in opened.execute(f"PRAGMA {schema}.table_info({table})")}
