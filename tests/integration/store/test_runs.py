"""The log of runs: what it says about when somebody looked."""

from datetime import UTC, datetime, timedelta

from sheets_sync.checks.timeliness import Arrivals
from sheets_sync.store import Store

DUE = datetime(2024, 11, 5, 17, tzinfo=UTC)


def test_the_run_that_first_saw_a_month_is_no_look_before_it(store: Store) -> None:
    """A month seen in the middle of the first run since the due day is not late: nobody had looked before."""
    started, seen, ended = (DUE + timedelta(days=1, seconds=n) for n in (0, 2, 4))
    number = store.runs.start("sync", started)
    store.runs.finish(number, ended, 0, {})
    arrivals = Arrivals(
        DUE, {"T": seen}, {"T": DUE - timedelta(days=30)}, store.glance("office", [DUE]).first_looks.get(DUE)
    )
    assert arrivals.on_time("T") is None


def test_failed_runs_did_not_look(store: Store) -> None:
    """A run that failed proves nothing about what was there."""
    number = store.runs.start("sync", DUE + timedelta(days=1))
    store.runs.finish(number, DUE + timedelta(days=1, seconds=4), 3, {})
    assert DUE not in store.glance("office", [DUE]).first_looks
