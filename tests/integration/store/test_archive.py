"""Figures of closed years are put by: out of every day's way, never out of reach."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sheets_sync.i18n import language
from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store import Store, WorkbookReading

AT = datetime(2024, 1, 5, tzinfo=UTC)
OLD, NEW, CLOSED = Period(2019, 5), Period(2024, 5), Period(2021, 1)


def read(store: Store, workbook: str, figures: dict[Period, float], at: datetime = AT) -> None:
    seen = tuple(
        Observation("L", "loans", month, State.REPORTED, value, CellRef(workbook, 1, "Tab", n, 2), str(value))
        for n, (month, value) in enumerate(figures.items())
    )
    reading = WorkbookReading(workbook, workbook, "in_ID", None, "f", True, seen, (), {}, (), {}, ())
    with store.transaction("o", at) as tx:
        tx.was_read(reading)


def known(store: Store, period: Period) -> list[tuple[str, Period, float | None]]:
    return [(each.cell.workbook, each.period, each.value) for each in store.load("o", period).observations]


def exported(store: Store) -> list[float]:
    return [float(value) for value in store.export("observations", [], language("en"))["value"]]


def test_what_a_workbook_of_today_says_stays_at_hand(store: Store) -> None:
    """Only what stands in no workbook any more is put by, however old the others' figures are."""
    read(store, "let-go", {OLD: 1.0, NEW: 2.0})
    read(store, "kept", {OLD: 3.0})
    assert store.put_by("o", CLOSED, ["kept"]) == 1
    assert known(store, NEW) == [("let-go", NEW, 2.0), ("kept", OLD, 3.0)]


def test_a_look_back_and_an_export_have_all_of_it(store: Store) -> None:
    """The month long ago is as it was; what is taken away is complete."""
    read(store, "let-go", {OLD: 1.0, NEW: 2.0})
    before = known(store, OLD), exported(store)
    store.put_by("o", CLOSED, [])
    assert (known(store, OLD), exported(store)) == before


def test_what_a_cell_said_before_is_put_by_with_it(store: Store) -> None:
    """A corrected figure's history goes, too; it stands nowhere and is exported by nobody."""
    read(store, "kept", {OLD: 1.0})
    read(store, "kept", {OLD: 5.0}, AT + timedelta(days=1))
    assert store.put_by("o", CLOSED, ["kept"]) == 1
    assert exported(store) == [5.0]


def test_a_workbook_that_comes_back_says_its_figures_once(store: Store) -> None:
    """Read again, its figures stand at hand; those put by stand no more."""
    read(store, "let-go", {OLD: 1.0})
    store.put_by("o", CLOSED, [])
    read(store, "let-go", {OLD: 7.0}, AT + timedelta(days=400))
    assert known(store, OLD) == [("let-go", OLD, 7.0)]
    assert exported(store) == [7.0]
    assert store.put_by("o", CLOSED, ["let-go"]) == 0


def test_another_office_is_not_touched(store: Store) -> None:
    """Each office's years close by themselves."""
    read(store, "let-go", {OLD: 1.0})
    assert store.put_by("other", CLOSED, []) == 0


def test_what_good_runs_did_is_let_go_of_sooner_than_that_they_ran(store: Store) -> None:
    """Failures keep what went wrong, and each job its newest run."""
    for day, status in enumerate((0, 3, 0, 0)):
        number = store.runs.start("sync", AT + timedelta(days=day))
        store.runs.finish(number, AT + timedelta(days=day), status, {"read": ["a"]})
    assert store.runs.thin(AT + timedelta(days=10)) == 2
    assert [run.detail for run in store.runs.recent("sync", 9)] == [{"read": ["a"]}, {}, {"read": ["a"]}, {}]
    assert store.runs.thin(AT + timedelta(days=10)) == 0
