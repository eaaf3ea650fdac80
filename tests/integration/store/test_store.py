"""The store, on SQLite and, where a server is at hand, on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy

from sheets_sync.errors import ConfigError, UsageError
from sheets_sync.mail.ledger import DeliveryKey, DeliveryState, Planned
from sheets_sync.model import CellRef, Finding, Library, Observation, Period, Severity, State, msg
from sheets_sync.store import Store, backup, findings, observations, register
from sheets_sync.store.engine import HEAD
from sheets_sync.store.tables import metadata

NOON = datetime(2024, 11, 5, 12, tzinfo=UTC)
OCTOBER = Period(2024, 10)
POSTGRES = os.environ.get("SHEETS_SYNC_TEST_POSTGRES", "")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    if request.param == "postgresql":
        if not POSTGRES:
            pytest.skip("SHEETS_SYNC_TEST_POSTGRES names no PostgreSQL server")
        url = POSTGRES
        engine = sqlalchemy.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("DROP SCHEMA public CASCADE"))
            connection.execute(sqlalchemy.text("CREATE SCHEMA public"))
        engine.dispose()
    opened = Store(url)
    yield opened
    opened.close()


def seen(element: str = "loans", value: float | None = 12, row: int = 4, state: State = State.REPORTED) -> Observation:
    typed = "" if value is None else f"{value:g}"
    return Observation("T", element, OCTOBER, state, value, CellRef("book", 7, "Tangkum", row, 2), typed)


def record(store: Store, *what: Observation, at: datetime = NOON) -> bool:
    with store.engine.begin() as connection:
        return observations.record(connection, "o", "book", what, at)


def test_the_tables_are_those_of_the_migrations(store: Store) -> None:
    """The migrations build exactly the tables the program uses."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, metadata)
        revision = context.get_current_revision()
    assert (differences, revision) == ([], HEAD)


def test_observations_come_back_as_they_were_read(store: Store) -> None:
    """What was recorded is read back equal."""
    what = [seen("loans", 12), seen("visits_onsite", 0, state=State.ZERO), seen("activities", None, state=State.EMPTY)]
    record(store, *what)
    assert store.observations.current("o") == what


def test_the_same_reading_changes_nothing(store: Store) -> None:
    """A second reading of the same figures is no change and keeps their first-seen time."""
    record(store, seen())
    changed = record(store, seen(), at=NOON + timedelta(days=1))
    assert (changed, store.observations.first_seen("o")) == (False, {("T", OCTOBER): NOON})


def test_a_moved_row_is_no_change(store: Store) -> None:
    """A figure whose row moved keeps its history and gets its new cell."""
    record(store, seen(row=4))
    changed = record(store, seen(row=9), at=NOON + timedelta(days=1))
    [(now, since, _)] = store.observations.history("o", "T", OCTOBER)
    assert (changed, now.cell.row, since) == (False, 9, NOON)


def test_a_changed_figure_keeps_what_it_said_before(store: Store) -> None:
    """A corrected figure stands beside the one before, with when each was seen."""
    later = NOON + timedelta(days=1)
    record(store, seen(value=12))
    record(store, seen(value=21), at=later)
    history = [(o.value, since, until) for o, since, until in store.observations.history("o", "T", OCTOBER)]
    assert history == [(12, NOON, later), (21, later, None)]


def test_an_empty_cell_is_not_a_report(store: Store) -> None:
    """First seen counts figures, not empty cells."""
    record(store, seen(value=None, state=State.EMPTY))
    assert store.observations.first_seen("o") == {}


def test_findings_come_and_go(store: Store) -> None:
    """A finding is open until a reading no longer gives it."""
    params = {"typed": "sekitar 20", "month": OCTOBER, "day": NOON.date(), "inner": msg("month"), "places": ["a", "b"]}
    cell = CellRef("book", 7, "Tangkum", 4, 2)
    finding = Finding("F01", Severity.FATAL, msg("{typed}?", **params), "T", "loans", OCTOBER, (cell,), "sekitar 20")
    with store.engine.begin() as connection:
        findings.record(connection, "o", "book", [finding], NOON)
    found = store.findings.current("o")
    with store.engine.begin() as connection:
        findings.record(connection, "o", "book", [], NOON)
    assert (found, store.findings.current("o")) == ([finding], [])


def test_reasons_are_remembered_until_replaced(store: Store) -> None:
    """A reason stays when its cell is emptied and changes when another one is given."""
    with store.engine.begin() as connection:
        findings.record_reasons(connection, "o", {"E1": "libur panjang"}, NOON)
        findings.record_reasons(connection, "o", {"E1": ""}, NOON)
        kept = findings.record_reasons(connection, "o", {"E1": "pindah gedung"}, NOON)
    assert (kept, store.findings.reasons("o")) == (True, {"E1": "pindah gedung"})


def test_a_library_that_leaves_the_register_is_inactive_not_deleted(store: Store) -> None:
    """A removed row makes a library inactive; when it comes back it is the same library."""
    tangkum, pangkan = Library("T", "Tangkum"), Library("P", "Pangkan")

    def keep(*libraries: Library) -> bool:
        with store.engine.begin() as connection:
            return register.record(connection, "o", libraries, NOON)

    changes = [keep(tangkum, pangkan), keep(tangkum, pangkan), keep(tangkum), keep(tangkum, pangkan)]
    assert (changes, store.register.libraries("o")) == ([True, False, True, True], (tangkum, pangkan))


def test_where_a_register_row_stands_is_no_change(store: Store) -> None:
    """A library whose register row moved is the same library."""
    library = Library("T", "Tangkum", cell=CellRef("book", 1, "Perpustakaan", 1, 0))
    moved = replace(library, cell=CellRef("book", 1, "Perpustakaan", 5, 0))
    with store.engine.begin() as connection:
        register.record(connection, "o", [library], NOON)
        changed = register.record(connection, "o", [moved], NOON)
    assert (changed, store.register.libraries("o")) == (False, (moved,))


def planned(recipient: str = "a@example.org", priority: int = 0) -> Planned:
    return Planned(DeliveryKey("o", "library", OCTOBER, "T", recipient), b"message", priority)


def test_a_delivery_is_planned_once(store: Store) -> None:
    """Planning the same delivery again adds nothing."""
    assert [store.deliveries.plan([planned()], NOON), store.deliveries.plan([planned()], NOON)] == [1, 0]


def test_a_delivery_is_claimed_once(store: Store) -> None:
    """Only the first claim of a delivery gets its message."""
    store.deliveries.plan([planned()], NOON)
    key = planned().key.id
    assert [store.deliveries.claim(key, NOON), store.deliveries.claim(key, NOON)] == [b"message", None]


def test_a_claim_left_behind_is_doubted_and_not_due(store: Store) -> None:
    """A claim found after a crash is unknown, and is not sent again by itself."""
    store.deliveries.plan([planned()], NOON)
    store.deliveries.claim(planned().key.id, NOON)
    [doubted] = store.deliveries.mark_claims_unknown(NOON)
    assert (doubted.state, store.deliveries.due(NOON)) == (DeliveryState.UNKNOWN, [])


def test_the_most_important_deliveries_come_first(store: Store) -> None:
    """Due deliveries are ordered by priority; those put off wait for their time."""
    late, first, waiting = planned("b@example.org", 5), planned("a@example.org", 1), planned("c@example.org")
    store.deliveries.plan([late, first, waiting], NOON)
    store.deliveries.claim(waiting.key.id, NOON)
    soon = NOON + timedelta(hours=1)
    store.deliveries.resolve(waiting.key.id, DeliveryState.DEFERRED, "451 later", NOON, soon)
    now = [delivery.key.recipient for delivery in store.deliveries.due(NOON)]
    then = [delivery.key.recipient for delivery in store.deliveries.due(soon)]
    assert (now, then[0]) == (["a@example.org", "b@example.org"], "c@example.org")


def test_claims_of_a_day_are_counted(store: Store) -> None:
    """The allowance counts what was claimed since a moment."""
    store.deliveries.plan([planned()], NOON)
    store.deliveries.claim(planned().key.id, NOON)
    assert [store.deliveries.claimed_since(NOON - timedelta(days=1)), store.deliveries.claimed_since(NOON)] == [1, 0]


def test_runs_are_noted(store: Store) -> None:
    """A run that never ended has no status; a good one is found by its start, and tells when it ended."""
    store.runs.start("sync", NOON)
    good = store.runs.start("sync", NOON + timedelta(minutes=5))
    store.runs.finish(good, NOON + timedelta(minutes=6), 0, {"read": ["book"]})
    last = store.runs.last("sync")
    assert last is not None
    assert (last.status, last.detail) == (0, {"read": ["book"]})
    assert store.runs.first_good_since("sync", NOON) == NOON + timedelta(minutes=6)
    assert [run.status for run in store.runs.recent("sync", 5)] == [0, None]


def test_a_backup_brings_everything_back(tmp_path: Path) -> None:
    """A restored store is as it was when it was copied, and the one before is kept."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = Store(url)
    record(store, seen(value=12))
    backup.backup(url, tmp_path / "copy.sqlite3")
    record(store, seen(value=99))
    store.close()
    kept = backup.restore(url, tmp_path / "copy.sqlite3")
    restored, before = Store(url), Store(f"sqlite:///{kept}")
    values = [[o.value for o in each.observations.current("o")] for each in (restored, before)]
    restored.close()
    before.close()
    assert values == [[12], [99]]


def test_what_an_earlier_restore_kept_stays(tmp_path: Path) -> None:
    """Two restores in a row keep two stores: the first one is not lost."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = Store(url)
    backup.backup(url, tmp_path / "copy.sqlite3")
    store.close()
    kept = [backup.restore(url, tmp_path / "copy.sqlite3") for _ in range(2)]
    assert len({path for path in kept if path.exists()}) == 2


def test_only_a_backup_is_restored(tmp_path: Path) -> None:
    """A file that is no store is refused and the present store stays."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    Store(url).close()
    other = tmp_path / "notes.txt"
    other.write_text("not a database, but long enough to look at " * 50)
    with pytest.raises(UsageError, match="not a backup"):
        backup.restore(url, other)
    Store(url).close()


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/nowhere/store.sqlite3", "mysql://u:secret@h/db"])
def test_a_store_that_cannot_be_opened_is_a_configuration_error(url: str) -> None:
    """A wrong address of the store says so, without showing a password."""
    with pytest.raises(ConfigError) as told:
        Store(url)
    assert "secret" not in str(told.value)
