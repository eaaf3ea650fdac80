"""A run is noted with how it ended: what it did, or why it failed, whatever that was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from installation import ManualClock
from ready_store import ready_store

from sheets_sync.app import App, open_app
from sheets_sync.demo.place import prepare
from sheets_sync.errors import GoogleDownError
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.run import run_job
from sheets_sync.jobs.unattended.housekeeping import PUT_BY, keep_house
from sheets_sync.jobs.unattended.watch import wrong_now
from sheets_sync.model import msg
from sheets_sync.settings import Environment, load_settings
from sheets_sync.store.runs import report_of


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The sample office with an empty store, on a clock that stands still."""
    place = prepare(tmp_path)
    with ready_store(place):
        environment = Environment(config=place.config, google_endpoint=None, key_file=None, store_url=None)
        with open_app(load_settings(place.config, environment), ManualClock("2024-11-05T08:00+07:00")) as made:
            yield made


def run_sync(app: App, error: Exception) -> None:
    """A sync that ends with an error."""

    def work() -> SyncOutcome:
        raise error

    with suppress(type(error)):
        run_job(app, "sync", work)


@pytest.mark.parametrize(
    ("error", "status", "kind", "problem"),
    [
        (GoogleDownError(msg("Google is away.")), 3, "google", "Google is away."),
        (KeyError("gone"), 1, "unexpected", "KeyError: 'gone'"),
        (RecursionError("too deep"), 1, "unexpected", "RecursionError: too deep"),
    ],
)
def test_why_a_run_failed_is_noted(app: App, error: Exception, status: int, kind: str, problem: str) -> None:
    """Its exit status, what sort of trouble it was, and what the error said, also of one that nobody thought of."""
    run_sync(app, error)
    noted = app.store.runs.last("sync")
    assert noted is not None
    assert (noted.status, noted.detail["kind"]) == (status, kind)
    assert problem in noted.detail["problem"]


def test_a_sync_that_fails_as_a_whole_is_told(app: App) -> None:
    """A failure that nobody thought of, met twice, is a cause that people hear of."""
    clock = app.clock
    assert isinstance(clock, ManualClock)
    for _ in range(2):
        run_sync(app, KeyError("gone"))
        clock.now += timedelta(minutes=20)
    assert [cause.key for cause in wrong_now(app) if cause.key.startswith("sync")] == ["sync unexpected"]


@pytest.mark.parametrize(("off", "kept"), [(timedelta(), 1), (timedelta(days=4000), 2)])
def test_a_clock_that_is_wrong_lets_nothing_go(app: App, off: timedelta, kept: int) -> None:
    """What is too old goes by a clock that is right; one that is years ahead of Google's would let go of everything."""
    clock, runs = app.clock, app.store.runs
    assert isinstance(clock, ManualClock)
    for _ in range(2):
        runs.finish(runs.start("sync", clock.now), clock.now, 0, {})
    clock.now += timedelta(days=4000)
    app.store.note_clock(off)
    keep_house(app)
    assert len(runs.recent("sync", 9)) == kept


def test_closed_years_are_put_by_once_a_month(app: App) -> None:
    """A run that failed, or that a wrong clock noted in the future, is no reason to wait for a month."""
    clock, runs = app.clock, app.store.runs
    assert isinstance(clock, ManualClock)
    runs.start(PUT_BY, clock.now - timedelta(days=1))
    runs.finish(runs.start(PUT_BY, clock.now + timedelta(days=900)), clock.now, 0, {})
    counts = list[int]()
    for days in (0, 1, 40):
        clock.now += timedelta(days=days)
        keep_house(app)
        counts.append(len(runs.recent(PUT_BY, 9)))
    assert counts == [3, 3, 4]


@pytest.mark.parametrize(("others", "begins"), [(0, "report: "), (1, "report barito-timur: ")])
def test_a_line_of_the_log_says_whose_report_it_is(
    app: App, caplog: pytest.LogCaptureFixture, others: int, begins: str
) -> None:
    """Where there are several offices; written as JSON the job is called the same in every installation."""
    mine = app.settings.of(app.settings.offices[0])
    own = {**app.settings.own, **{f"another-{n}": mine for n in range(others)}}
    part = replace(app, settings=replace(app.settings, own=own))
    with caplog.at_level("INFO", "sheets_sync"):  # a command of another test may have made it say less
        run_job(part, "report", SyncOutcome, noted=report_of("barito-timur"))
    [line] = [each for each in caplog.records if each.name.endswith("jobs.run")]
    assert line.getMessage().startswith(begins)
    assert line.fields["job"] == "report"  # type: ignore[attr-defined] # what we add to a record


def test_closed_years_of_one_office_are_its_own(app: App) -> None:
    """Seen to with `--office`, they are no reason to wait with those of the others."""
    own = {**app.settings.own, "another": app.settings.own[app.settings.offices[0].code]}
    alone = replace(app, settings=replace(app.settings, own=own))
    for part in (alone, alone, app):
        keep_house(part)
    named = f"{PUT_BY} {app.settings.offices[0].code}"
    assert [len(app.store.runs.recent(name, 9)) for name in (named, PUT_BY)] == [1, 1]
