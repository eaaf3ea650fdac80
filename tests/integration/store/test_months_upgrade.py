"""A store from before figures stood together in a row: all of them are there, each since when it was, with what was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy
from older_store import make_tables

from sheets_sync.i18n import language
from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store import StandingFigures, Store, WorkbookReading

NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)
LATER, NOW = NOON + timedelta(days=1), NOON + timedelta(days=9)
OCTOBER, OLD = Period(2024, 10), Period(2019, 5)
STATES = {5: State.REPORTED, 0: State.ZERO, None: State.EMPTY}


def seen(element: str, value: int | None, tab: int = 7, library: str = "T", month: Period = OCTOBER) -> Observation:
    cell = CellRef("book", tab, f"Tab {tab}", 4, 2)
    return Observation(library, element, month, STATES[value], value, cell, "" if value is None else str(value))


HERE = (seen("loans", 5), seen("visits", 0), seen("loans", 5, tab=8), seen("visits", None, library="P"))
BEFORE = (seen("visits", 5),)  # it was corrected
PAST = (seen("loans", 5, month=OLD),)


def row(figure: Observation, at: datetime, gone: datetime | None = None, nth: int | None = 0) -> dict[str, object]:
    said = {name: getattr(figure, name) for name in ("library", "element", "value", "typed")}
    said |= figure.cell._asdict() | {"period": figure.period.ordinal, "state": figure.state.value, "office": "o"}
    said |= {"seen_at": at.replace(tzinfo=None), "gone_at": gone and gone.replace(tzinfo=None)}
    return said if nth is None else {**said, "nth": nth}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    new: Callable[[], str] = lambda: f"sqlite:///{tmp_path}/store.sqlite3"  # noqa: E731 - as the fixture of the other
    url = (new if request.param == "sqlite" else request.getfixturevalue("new_postgres"))()
    make_tables(url, "0017")
    engine, found = sqlalchemy.create_engine(url), sqlalchemy.MetaData()
    with engine.begin() as connection:
        tables = [
            sqlalchemy.Table(name, found, autoload_with=connection) for name in ("observations", "past_observations")
        ]
        rows = [
            row(BEFORE[0], NOON, LATER),
            *(row(each, LATER if each.element == "visits" else NOON) for each in HERE[:2]),
        ]
        rows += [row(HERE[2], NOON, nth=1), row(HERE[3], NOON)]
        connection.execute(sqlalchemy.insert(tables[0]), rows)
        connection.execute(sqlalchemy.insert(tables[1]), [row(each, NOON, nth=None) for each in PAST])
    engine.dispose()
    with closing(Store(url)) as opened:
        yield opened


def test_every_figure_is_there_since_when_it_was(store: Store) -> None:
    """What stands, what stood before it, what was put by, and when each was first seen."""
    loaded = store.load("o", OLD, {OCTOBER: NOON + timedelta(hours=1), OLD: NOON})
    assert sorted(loaded.observations, key=repr) == sorted((*PAST, *HERE), key=repr)
    assert loaded.answers == {("T", OCTOBER): {"loans": NOON, "visits": NOON}}
    exported = store.export("observations", [], language("en"))
    assert sorted(zip(exported["element"], exported["seen_at"], strict=True)) == [
        *[("loans", NOON)] * 3, ("visits", NOON), ("visits", LATER),
    ]  # fmt: skip


def test_a_reading_after_it_changes_nothing(store: Store) -> None:
    """The same figures are the same ones, still since then."""
    before = store.load("o", OCTOBER)
    reading = WorkbookReading("book", "Buku", "in_ID", "7", "f", True, HERE, (), {}, (), {}, ())
    with store.transaction("o", NOW) as tx:
        after = tx.was_read(reading, StandingFigures(before.at_hand))
    assert after is not None
    assert after.months == before.at_hand == store.load("o", OCTOBER).at_hand
