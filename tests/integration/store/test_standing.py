"""What is known of an office's figures after a reading is what would be loaded."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sheets_sync.i18n import language
from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.model.tab_state import TabState
from sheets_sync.store import KnownTab, StandingFigures, Stood, Store, WorkbookReading
from sheets_sync.store.tables import observations

NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)
OCTOBER = Period(2024, 10)
_NUMBERS = count()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    there = request.param == "sqlite"
    opened = Store(f"sqlite:///{tmp_path}/store.sqlite3" if there else request.getfixturevalue("new_postgres")())
    yield opened
    opened.close()


def figure(library: str, element: str, month: int, value: int, tab: int, row: int, column: int) -> Observation:
    cell = CellRef("", tab, f"Tab {tab}", row, column)
    state = State.REPORTED if value else State.EMPTY
    return Observation(library, element, Period(2024, month), state, value or None, cell, str(value or ""))


def figures(unique: str | None) -> st.SearchStrategy[list[Observation]]:
    parts = (
        st.sampled_from("AB"),
        st.sampled_from(["loans", "visits"]),
        *(st.integers(*ends) for ends in ((1, 2), (0, 2), (1, 2), (0, 3), (0, 1))),
    )
    by = (lambda seen: seen.cell) if unique else None
    return st.lists(st.builds(figure, *parts), max_size=8, unique_by=by)


READ = st.tuples(
    st.sampled_from(["one", "two"]), figures("cell") | figures("cell") | figures(None), st.sets(st.integers(1, 2))
)


def reading(workbook: str, said: Sequence[Observation], lost: set[int]) -> WorkbookReading:
    here = tuple(seen._replace(cell=seen.cell._replace(workbook=workbook)) for seen in said)
    tabs = {tab: KnownTab(f"Tab {tab}", "", NOON) for tab in lost}
    return WorkbookReading(workbook, workbook, "in_ID", "7", "f", True, here, (), {}, (), tabs, ())


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(READ, min_size=1, max_size=5))
def test_what_is_known_after_a_reading_is_what_is_loaded(
    store: Store, reads: list[tuple[str, list[Observation], set[int]]]
) -> None:
    """Whatever changes, moves, comes back or is lost, in whichever of an office's workbooks: the same figures in the same order."""
    office, known = f"o{next(_NUMBERS)}", StandingFigures()
    for minutes, (workbook, said, lost) in enumerate(reads):
        with store.transaction(office, NOON + timedelta(minutes=minutes)) as tx:
            after = tx.was_read(reading(workbook, said, lost), known)
        loaded = store.load(office, OCTOBER)
        if after is not None:
            assert [*map(repr, after.observations)] == [*map(repr, loaded.observations)]
            assert after.read_at == loaded.standing.read_at
            assert store.load(office, OCTOBER, {}, Stood(after.months)) == loaded
        known = loaded.standing if after is None else after


def test_figures_that_are_where_they_were_are_known_without_a_look(store: Store) -> None:
    """Each cell that says one thing: what stands is known after a reading that changed a figure, moved one and lost one."""
    office, known = f"o{next(_NUMBERS)}", StandingFigures()
    before = [
        figure("A", "loans", 1, 1, 1, 0, 0),
        figure("A", "visits", 1, 2, 1, 0, 1),
        figure("B", "loans", 1, 1, 1, 1, 0),
    ]
    later = [figure("A", "loans", 1, 2, 1, 0, 0), figure("B", "loans", 1, 1, 1, 2, 0)]
    for minutes, said in enumerate((before, later)):
        with store.transaction(office, NOON + timedelta(minutes=minutes)) as tx:
            known = tx.was_read(reading("one", said, set()), known) or StandingFigures()
    assert [(seen.library, seen.value, seen.cell.row) for seen in known.observations] == [("A", 2, 0), ("B", 1, 2)]


def test_what_somebody_else_read_in_the_meantime_is_loaded(store: Store) -> None:
    """What was loaded before another machine's reading is believed no more, and nothing is doubled."""
    office, said = f"o{next(_NUMBERS)}", [figure("A", "loans", 1, 1, 1, 0, 0)]
    for minutes in range(2):
        with store.transaction(office, NOON + timedelta(minutes=minutes)) as tx:
            after = tx.was_read(reading("one", said, set()), StandingFigures())
    assert after is None
    assert len(store.load(office, OCTOBER).observations) == 1


@pytest.mark.postgres
def test_a_second_reader_waits_for_the_first(new_postgres: Callable[[], str]) -> None:
    """Two machines that have read a workbook at once: the later one compares with what the other saved, and ends nothing twice."""
    opened, before = Store(new_postgres()), [figure("A", "loans", 1, 1, 1, 0, 0), figure("A", "visits", 1, 2, 1, 0, 1)]
    with opened.transaction("o", NOON) as tx:
        known = tx.was_read(reading("one", before, set()), StandingFigures())

    def read_again(value: int) -> StandingFigures | None:
        said = [before[0]._replace(value=value, typed=str(value)), before[1]]
        with opened.transaction("o", NOON + timedelta(minutes=value)) as tx:
            after = tx.was_read(reading("one", said, set()), known)
            time.sleep(0.1)  # the other one has come by then
        return after

    with ThreadPoolExecutor(2) as pool:
        after = [*pool.map(read_again, (5, 6))]
    exported = opened.export("observations", [], language("en"))
    with opened._engine.connect() as connection:
        ended = connection.execute(select(observations.c.figures).where(observations.c.gone_at.is_not(None))).scalars()
        values = sorted(value for values, *_ in ended for value in values)
    opened.close()
    assert after.count(None) == 1
    assert sorted([*values, *exported["value"]]) == [1, 2, 5, 6]


TEXTS = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5), max_size=3)


@given(
    st.lists(TEXTS.map(tuple), max_size=3).map(tuple), st.frozensets(st.tuples(*[st.integers(0, 9)] * 2), max_size=3)
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_layout_at_hand_is_the_one_that_is_kept(
    store: Store, texts: tuple[tuple[str, ...], ...], formulas: frozenset[tuple[int, int]]
) -> None:
    """Whatever stands on the tabs of a workbook that was just read; those of the others come from the store."""
    office = f"o{next(_NUMBERS)}"
    layouts = {book: (TabState(5, book, texts=texts, formulas=formulas),) for book in ("one", "two")}
    with store.transaction(office, NOON) as tx:
        for book, layout in layouts.items():
            tx.was_read(replace(reading(book, (), set()), layout=layout))
    told = {"one": layouts["one"]}
    loaded = store.load(office, OCTOBER, {}, Stood(layouts=told))
    assert loaded == store.load(office, OCTOBER)
    assert (loaded.layouts, loaded.layouts["one"]) == (layouts, told["one"])
    assert loaded.layouts["one"] is told["one"]
