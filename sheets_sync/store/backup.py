"""Takes the store away in one file and brings it back; SQLite only, PostgreSQL has its own tools."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import chain, count
from pathlib import Path

from sheets_sync.config.private import private_file
from sheets_sync.errors import UsageError
from sheets_sync.model import msg
from sheets_sync.store.url import parse_url, sqlite_file


def backup(url: str, target: Path) -> None:
    """Writes a consistent copy of the store, also while it is being written to.

    Raises:
        UsageError: the store is not SQLite, or the file is there already.
    """
    source = _sqlite_file(url)
    if target.exists():
        raise UsageError(msg("{path} is there already; choose another name.", path=target))
    with closing(sqlite3.connect(source)) as opened:
        opened.execute("VACUUM INTO ?", (str(private_file(target)),))


def restore(url: str, source: Path) -> Path:
    """Puts a backup in the store's place; returns where the present store was moved to.

    Raises:
        UsageError: the store is not SQLite, or the file is not a sound backup.
    """
    place = _sqlite_file(url)
    _check(source)
    kept = _free(place.with_name(f"{place.name}.before-restore"))
    if place.exists():
        backup(url, kept)  # a plain copy would miss what still is in the write-ahead log
    fresh = place.with_name(f"{place.name}.new")
    shutil.copyfile(source, private_file(fresh))
    for leftover in ("-wal", "-shm"):
        place.with_name(place.name + leftover).unlink(missing_ok=True)
    fresh.replace(place)
    return kept


def _free(path: Path) -> Path:
    """The path, with a number where it is taken: what an earlier restore has kept stays."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(each for each in chain([path], numbered) if not each.exists())


def _check(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as opened:
            sound = opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
            opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise UsageError(msg("{path} is not a backup of a store: {problem}.", path=source, problem=error)) from error
    if not sound:
        raise UsageError(msg("The backup {path} is damaged; use another one.", path=source))


def _sqlite_file(url: str) -> Path:
    place = sqlite_file(parse_url(url))
    if place is None:
        raise UsageError(msg("The store is not SQLite. Use the database's own tools, such as pg_dump and pg_restore."))
    return place
