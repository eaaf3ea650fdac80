"""Takes the store away in one file and brings it back; SQLite only, PostgreSQL has its own tools."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from sheets_sync.config.private import private_file
from sheets_sync.errors import ConfigError, StoreError, UsageError
from sheets_sync.model import msg
from sheets_sync.model.foreign import said_by
from sheets_sync.store.carry import carry_over
from sheets_sync.store.engine import open_engine
from sheets_sync.store.trouble import explained
from sheets_sync.store.url import of_file, parse_url, read_only, sqlite_file


def backup(url: str, target: Path) -> None:
    """Writes a consistent copy of the store to a new file, also while it is being written to.

    Raises:
        UsageError: the store is not SQLite, or the file is there already.
        StoreError: there is no room, or the store is damaged.
    """
    if target.exists():
        raise UsageError(msg("{path} is there already; choose another name.", path=target))
    copy_store(url, target)


def copy_store(url: str, target: Path) -> None:
    """The same, in the place of what is there. It bears its name only once it has been opened and found sound.

    Raises:
        UsageError: the store is not SQLite.
        StoreError: there is no room, or the store is damaged.
    """
    source = _sqlite_file(url)
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)  # what a kill has left
    try:
        with closing(sqlite3.connect(source)) as opened:
            opened.execute("VACUUM INTO ?", (str(private_file(fresh)),))
        _check(fresh)
    except sqlite3.Error as error:
        fresh.unlink(missing_ok=True)
        raise StoreError(explained(error, parse_url(url))) from error
    except UsageError as error:
        fresh.unlink(missing_ok=True)
        raise StoreError(error.message) from error
    fresh.replace(target)


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the present store was kept, how many reports and deliveries were carried over, and how many are in doubt."""

    kept: Path
    carried: int
    doubted: int


def restore(url: str, source: Path, now: datetime) -> Restored:
    """Puts a backup in the store's place, with what the present store knows of reports and deliveries.

    Raises:
        UsageError: the store is not SQLite, or the file is not a sound backup.
    """
    place = _sqlite_file(url)
    _check(source)
    kept = _free(place.with_name(f"{place.name}.before-restore"))
    if place.exists():
        _keep(url, place, kept)
    fresh = place.with_name(f"{place.name}.new")
    shutil.copyfile(source, private_file(fresh))
    carried, doubted = _carry(kept, fresh, now)
    for leftover in ("-wal", "-shm"):
        place.with_name(place.name + leftover).unlink(missing_ok=True)
    fresh.replace(place)
    return Restored(kept, carried, doubted)


def _carry(kept: Path, fresh: Path, now: datetime) -> tuple[int, int]:
    """Brings the backup up to date and carries over into it; a present store that can't be read has nothing to give."""
    restored = open_engine(of_file(fresh))
    try:
        with _opened(kept) as present:
            return carry_over(present, restored, now)
    except (DBAPIError, StoreError):
        return carry_over(None, restored, now)
    finally:
        with restored.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        restored.dispose()
        for leftover in ("-wal", "-shm"):
            fresh.with_name(fresh.name + leftover).unlink(missing_ok=True)


def _keep(url: str, place: Path, kept: Path) -> None:
    """The present store beside itself: a sound one whole, a damaged one as it is."""
    try:
        backup(url, kept)  # a plain copy would miss what still is in the write-ahead log
    except StoreError:
        kept.unlink(missing_ok=True)
        shutil.copyfile(place, private_file(kept))


@contextmanager
def _opened(kept: Path) -> Iterator[Engine | None]:
    """A copy of the store that was there, tables up to date; None where there is none, or it is damaged."""
    if not kept.exists():
        yield None
        return
    copy = kept.with_name(f"{kept.name}.reading")
    shutil.copyfile(kept, private_file(copy))
    engine = None
    try:
        with suppress(ConfigError, StoreError):
            engine = open_engine(of_file(copy))
        yield engine
    finally:
        if engine is not None:
            engine.dispose()
        for end in ("", "-wal", "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)


def _free(path: Path) -> Path:
    """The path, with a number where it is taken: what an earlier restore has kept stays."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return next(each for each in chain([path], numbered) if not each.exists())


def _check(source: Path) -> None:
    try:
        with closing(sqlite3.connect(read_only(source), uri=True)) as opened:
            sound = opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
            opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise UsageError(
            msg("{path} is not a backup of a store: {problem}.", path=source, problem=said_by(error))
        ) from error
    if not sound:
        raise UsageError(msg("The backup {path} is damaged; use another one.", path=source))


def _sqlite_file(url: str) -> Path:
    place = sqlite_file(parse_url(url))
    if place is None:
        raise UsageError(msg("The store is not SQLite. Use the database's own tools, such as pg_dump and pg_restore."))
    return place
