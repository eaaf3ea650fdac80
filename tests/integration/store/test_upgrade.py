"""A store that is made or brought up to date: killed in the middle it is as it was, and two that do it at once agree."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from older_store import make_tables
from sqlalchemy import event

from sheets_sync.errors import ConfigError
from sheets_sync.store import Store
from sheets_sync.store.engine import HEAD, open_engine
from sheets_sync.store.tables import metadata
from sheets_sync.store.url import of_file

SELDOM = 6  # of so many kills one is tried on PostgreSQL, where each takes a database of its own
OFTEN = 3  # and on SQLite
KILLS = 8  # scripts/kills.py has thirty, of a store with figures
FEW_KILLS = 2  # on PostgreSQL
PAIRS = 6
OLD = "0005"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """The address of a store that is not there yet, another one at each call."""
    if request.param == "postgresql":
        new: Callable[[], str] = request.getfixturevalue("new_postgres")
        return new
    numbers = iter(range(1_000_000))

    def made() -> str:
        return f"sqlite:///{tmp_path}/{next(numbers)}.sqlite3"

    return made


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Makes a store as an earlier version left it, with a workbook in it; in SQLite once, then it is copied."""
    kept = tmp_path_factory.mktemp("older") / "store.sqlite3"
    make_older(f"sqlite:///{kept}")

    def made(url: str) -> str:
        if not url.startswith("sqlite"):
            return make_older(url)
        shutil.copyfile(kept, url.removeprefix("sqlite:///"))
        return url

    return made


def make_older(url: str) -> str:
    """The tables of the earlier version, and a row."""
    make_tables(url, OLD)
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        row = "'o', 'b', '', '', '', :dirty"
        insert = f"INSERT INTO workbooks (office, workbook, title, locale, fingerprint, dirty) VALUES ({row})"
        connection.execute(sqlalchemy.text(insert), {"dirty": False})
    engine.dispose()
    return url


def in_child(work: Callable[[], object]) -> int:
    """The process that does it; ends with 0 where it succeeded."""
    if child := os.fork():
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """How a process ended: its status, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def faults(url: str) -> list[object]:
    """What is wrong with a store once the next command has opened it."""
    with connected(url) as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": False}), metadata)
        revision = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalars().all()
        sound = "ok" if connection.dialect.name != "sqlite" else checked(connection)
    return [*found, *([] if revision == [HEAD] else [revision]), *([] if sound == "ok" else [sound])]


def checked(connection: sqlalchemy.Connection) -> Any:
    return connection.exec_driver_sql("PRAGMA quick_check").scalar()


@contextmanager
def connected(url: str) -> Iterator[sqlalchemy.Connection]:
    """A connection to the store, opened as every command opens it."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def workbooks(url: str) -> int:
    with closing(Store(url)) as opened:
        return len(opened.workbooks("o"))


@pytest.mark.incident("killed-upgrade")
def test_a_kill_at_any_instant_leaves_a_store_that_opens(fresh: Callable[[], str], older: Callable[[str], str]) -> None:
    """Killed at 8 (2) instants while it is made or upgraded, the store opens at the next command and has lost nothing."""
    chance, found, killed = random.Random(7), [], 0
    turns = range(KILLS if fresh().startswith("sqlite") else FEW_KILLS)
    for turn in turns:
        url, old = fresh(), bool(turn % 2)
        if old:
            older(url)
        child = in_child(lambda url=url: open_engine(url))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.35))
        os.kill(child, signal.SIGKILL)
        killed += ended(child) == -signal.SIGKILL
        found.append((faults(url), workbooks(url) == old))
    assert (found, killed > 0) == ([([], True)] * len(turns), True)


@pytest.mark.incident("killed-upgrade")
def test_a_kill_after_any_statement_leaves_a_store_that_opens(
    fresh: Callable[[], str], older: Callable[[str], str]
) -> None:
    """The same, exactly after every third (sixth) statement that the upgrade sends."""
    found: dict[int, object] = {}
    for step in range(1, 400, often(fresh())):
        url = older(fresh())
        if ended(in_child(lambda url=url, step=step: killed_at(step, url))) == 0:  # type: ignore[misc]
            break
        found[step] = (faults(url), workbooks(url))
    assert ({repr(each) for each in found.values()}, len(found) > 5) == ({repr(([], 1))}, True)


def often(url: str) -> int:
    """Of how many kills one is tried."""
    return SELDOM if url.startswith("postgresql") else OFTEN


def killed_at(step: int, url: str) -> None:
    """Opens the store, and dies after so many statements."""
    count = iter(range(1, step + 1))

    def stop(*_: object) -> None:
        if next(count) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(sqlalchemy.Engine, "after_cursor_execute", stop)
    open_engine(url)


@pytest.mark.incident("two-first-commands")
def test_two_first_commands_side_by_side_both_succeed(fresh: Callable[[], str], older: Callable[[str], str]) -> None:
    """Of two that begin at once, six times over, one makes the tables and the other finds them."""
    found = []
    for turn in range(PAIRS):
        url = fresh() if turn % 2 else older(fresh())
        started, start = os.pipe()
        children = [in_child(lambda url=url: (os.read(started, 1), open_engine(url))) for _ in range(2)]  # type: ignore[misc] # noqa: B023 - called at once
        os.write(start, b"go")
        found.append(([ended(child) for child in children], faults(url)))
        os.close(started)
        os.close(start)
    assert found == [([0, 0], [])] * PAIRS


@pytest.mark.incident("newer-store")
def test_a_store_in_a_folder_of_any_name_is_brought_up_to_date(tmp_path: Path, older: Callable[[str], str]) -> None:
    """What means something in an address means nothing in a folder's name."""
    folder = tmp_path / "Data #1? 50%20"
    folder.mkdir()
    Path(older(f"sqlite:///{tmp_path}/store.sqlite3").removeprefix("sqlite:///")).rename(folder / "store.sqlite3")
    Store(of_file(folder / "store.sqlite3")).close()
    assert (folder / f"store.sqlite3.before-upgrade-of-{OLD}").exists()


def test_a_store_of_a_newer_version_is_not_touched(fresh: Callable[[], str], older: Callable[[str], str]) -> None:
    """It says which version made it and what to do, and stays as it is."""
    url = older(fresh())
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="newer version"):
        open_engine(url)
    with engine.begin() as connection:
        found = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version")).scalar()
    engine.dispose()
    assert found == "9999"
