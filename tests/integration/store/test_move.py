"""A store taken over into another kind of database: every row, the numbers that go on, and only one that reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from sheets_sync.errors import UsageError
from sheets_sync.mail.ledger import DeliveryKey, Planned
from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store import Store, WorkbookReading
from sheets_sync.store.move import move
from sheets_sync.store.tables import metadata

NOON, OCTOBER = datetime(2024, 11, 5, 12, tzinfo=UTC), Period(2024, 10)


def reading(value: float) -> WorkbookReading:
    seen = Observation("T", "loans", OCTOBER, State.REPORTED, value, CellRef("book", 7, "Tangkum", 4, 2), f"{value:g}")
    return WorkbookReading("book", "Buku", "in_ID", "7", "f", True, (seen,), (), {}, (), {}, ())


def filled(url: str) -> str:
    """A store in which something has happened; its own name for the office."""
    store = Store(url)
    for value in (12, 13):
        with store.transaction("o", NOON) as tx:
            tx.was_read(reading(value))
            tx.is_looked_after()
    store.deliveries.plan([Planned(DeliveryKey("o", "office", OCTOBER, "", "kepala@example.org"), b"mail")], NOON)
    store.runs.finish(store.runs.start("sync", NOON), NOON, 0, {"read": ["book"]})
    name = store.identity("o")
    store.close()
    return name


def rows(url: str) -> dict[str, list[Any]]:
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        found = {table.name: list(connection.execute(table.select()).all()) for table in metadata.sorted_tables}
    engine.dispose()
    return found


@pytest.mark.postgres
@pytest.mark.parametrize("back", [False, True])
def test_everything_is_taken_over_and_goes_on(back: bool, tmp_path: Path, new_postgres: Callable[[], str]) -> None:
    """To PostgreSQL or back: equal row by row; what is recorded next gets a number of its own."""
    there, here = new_postgres(), f"sqlite:///{tmp_path}/store.sqlite3"
    source, target = (there, here) if back else (here, there)
    name = filled(source)
    before = rows(source)
    assert move(source, target) == sum(map(len, before.values()))
    assert rows(target) == before
    store, old = Store(target), Store(source)
    with store.transaction("o", NOON) as tx:
        tx.was_read(reading(14))
    assert [each.value for each in store.load("o", OCTOBER).observations] == [14]
    assert store.identity("o") == name != old.identity("o")  # the old one is another store now: it reports nothing
    store.close()
    old.close()


def test_nothing_is_put_upon_what_is_there(tmp_path: Path) -> None:
    """A store that holds something is refused, and stays."""
    one, other = (f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("one", "other"))
    filled(one)
    filled(other)
    before = rows(other)
    with pytest.raises(UsageError):
        move(one, other)
    assert rows(other) == before
