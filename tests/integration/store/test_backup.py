"""The store taken away in one file and brought back, and one that can't be opened."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError

from sheets_sync.errors import ConfigError, UsageError
from sheets_sync.model import Library
from sheets_sync.store import Store, backup
from sheets_sync.store.engine import open_engine

NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)


def register(store: Store, name: str) -> None:
    """The register is read, with one library."""
    with store.transaction("o", NOON) as tx:
        tx.register_was_read("book", [Library(name, name)], [])


def test_a_backup_brings_everything_back(tmp_path: Path) -> None:
    """A restored store is as it was when it was copied, and the one before is kept."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = Store(url)
    register(store, "Tangkum")
    backup.backup(url, tmp_path / "copy.sqlite3")
    register(store, "Pangkan")
    store.close()
    kept = backup.restore(url, tmp_path / "copy.sqlite3", NOON).kept
    restored, before = Store(url), Store(f"sqlite:///{kept}")
    names = [[library.name for library in each.libraries("o")] for each in (restored, before)]
    restored.close()
    before.close()
    assert names == [["Tangkum"], ["Pangkan"]]


def test_a_backup_in_a_folder_of_any_name_is_restored(tmp_path: Path) -> None:
    """What means something in an address means nothing in a folder's name."""
    url, copy = f"sqlite:///{tmp_path}/store.sqlite3", tmp_path / "USB #1? 50%20" / "copy.sqlite3"
    copy.parent.mkdir()
    Store(url).close()
    backup.backup(url, copy)
    assert backup.restore(url, copy, NOON).kept.exists()


def test_what_an_earlier_restore_kept_stays(tmp_path: Path) -> None:
    """Two restores in a row keep two stores: the first one is not lost."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = Store(url)
    backup.backup(url, tmp_path / "copy.sqlite3")
    store.close()
    kept = [backup.restore(url, tmp_path / "copy.sqlite3", NOON).kept for _ in range(2)]
    assert len({path for path in kept if path.exists()}) == 2


def test_only_a_backup_is_restored(tmp_path: Path) -> None:
    """A file that is no store is refused and the present store stays."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    Store(url).close()
    other = tmp_path / "notes.txt"
    other.write_text("not a database, but long enough to look at " * 50)
    with pytest.raises(UsageError, match="not a backup"):
        backup.restore(url, other, NOON)
    Store(url).close()


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/nowhere/store.sqlite3", "mysql://u:secret@h/db"])
def test_a_store_that_cannot_be_opened_is_a_configuration_error(url: str) -> None:
    """A wrong address of the store says so, without showing a password."""
    with pytest.raises(ConfigError) as told:
        Store(url)
    assert "secret" not in str(told.value)


def test_a_value_that_does_not_fit_says_nothing_of_the_disk(tmp_path: Path) -> None:
    """It is a fault of ours in one step; taken for trouble with the place of the store it would stop every other one."""
    engine = open_engine(f"sqlite:///{tmp_path}/store.sqlite3")
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 100)
        with pytest.raises(DataError):
            connection.exec_driver_sql("SELECT ?", ("x" * 200,))
    engine.dispose()
