"""Several offices, two credentials, one run: side by side, to an end between offices, each in time whatever befalls another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from many_offices import Crowd, many_offices
from statements import statements

from sheets_sync.app import App
from sheets_sync.google import FileVersion, GoogleClient
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.forecast import Forecast
from sheets_sync.jobs.run import sync_job
from sheets_sync.local_google.faults import FaultKind, Rule

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """Six offices of two credentials, synced by whichever test comes first; each test changes what it needs changed."""
    folder: Path = tmp_path_factory.mktemp("crowd")
    with many_offices(folder, 6, 2, attempts=1, threads=2) as here:
        yield here


@pytest.fixture
def app(crowd: Crowd) -> Iterator[App]:
    """Everything is synced, and a figure of every office was changed since."""
    with crowd.app() as app:
        assert sync_job(app).status == 0
        for number, code in enumerate(crowd.workbooks):
            crowd.retype(code, 300 + number + len(crowd.google.log) % 89)
        crowd.google.log.clear()
        yield app
    crowd.google.conditions.clear()


def writes(crowd: Crowd) -> Counter[str]:
    """How often each workbook was written, by whose credential it is."""
    ours = {crowd.google.account(key).email for key in crowd.credentials.values()}
    made = [entry for entry in crowd.google.log.of(WRITE) if entry.account in ours and entry.status == 200]
    return Counter(code for code, book in crowd.workbooks.items() for entry in made if book in entry.path)


def test_a_run_that_is_told_to_end_ends_between_offices(crowd: Crowd, app: App) -> None:
    """What is in hand is brought to its end, the rest is left and said so; the next run does that, and nothing twice."""
    watching = Event()
    crowd.google.log.watch(
        lambda entry: app.stopping.set() if entry.method == WRITE and not watching.is_set() else None
    )
    first = sync_job(app)
    watching.set()
    app.stopping.clear()
    second = sync_job(app)
    assert first.left
    assert (first.status, second.status, second.left) == (3, 0, ())
    assert set(first.left) | {c for c, book in crowd.workbooks.items() if book in first.written} == set(crowd.workbooks)
    assert writes(crowd) == dict.fromkeys(crowd.workbooks, 1)


def test_work_that_waits_when_the_end_is_told_is_left_and_no_failure(crowd: Crowd, app: App) -> None:
    """Writes that would have to wait for their turn aren't waited for; the next run makes them, and nobody is told of a failure."""
    google = app.settings.google.model_copy(update={"workbook_pause": 3600.0})
    patient = App(replace(app.settings, google=google), app.store, app.clock, app.mail_login)
    crowd.google.log.watch(lambda entry: patient.stopping.set() if entry.method == READ else None)
    first = sync_job(patient)
    patient.let_go_of_google()
    second = sync_job(app)
    assert (first.failures, first.status, set(first.left)) == ((), 3, set(crowd.workbooks))
    assert (second.status, second.left) == (0, ())
    assert writes(crowd) == dict.fromkeys(crowd.workbooks, 1)


def test_what_nobody_thought_of_at_one_credential_stops_no_other(
    crowd: Crowd, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the list of a credential's workbooks brings about is told; the other's offices are written in the same run."""
    struck, listed = crowd.google.account("key-1").email, GoogleClient.list_workbooks

    def odd(google: GoogleClient) -> dict[str, FileVersion]:
        return {} if google.account == struck and 1 // 0 else listed(google)

    monkeypatch.setattr(GoogleClient, "list_workbooks", odd)
    first = sync_job(app)
    assert [failure.about for failure in first.failures] == [str(crowd.place.config / "key-1.json")]
    assert {crowd.credentials[code] for code in writes(crowd)} == {"key-2"}
    assert (len(writes(crowd)), first.status) == (3, 3)


def test_a_storm_over_one_credential_leaves_the_others_in_time(crowd: Crowd, app: App) -> None:
    """All offices of the other credential are written in the same run; those that were struck in the next one."""
    struck = crowd.google.account("key-1").email
    crowd.google.conditions.rules.append(Rule(FaultKind.UNAVAILABLE, "sheets.*", account=struck, times=None))
    first = sync_job(app)
    assert {each for each in writes(crowd) if crowd.credentials[each] == "key-2"} == set(writes(crowd))
    unhappy = {crowd.workbooks[code] for code, key in crowd.credentials.items() if key == "key-1"}
    assert (len(writes(crowd)), first.status, {each.about for each in first.failures}) == (3, 3, unhappy)
    crowd.google.conditions.clear()
    app.google(crowd.place.config / "key-1.json")._breaker.went_well()  # its rest is over
    assert sync_job(app).status == 0
    assert writes(crowd) == dict.fromkeys(crowd.workbooks, 1)


class Heard:
    """A progress that only listens."""

    def __init__(self) -> None:
        self.forecast, self.counts = Forecast(), list[int]()

    def begins(self, forecast: Forecast) -> None:
        self.forecast = forecast

    def done(self, count: int) -> None:
        self.counts.append(count)


def test_the_bar_goes_once_from_none_to_all(crowd: Crowd, app: App) -> None:
    """What was forecast is what is counted, in order, also where a workbook can't be read."""
    crowd.google.conditions.fail("404", "sheets.spreadsheets.get", times=1)
    heard = Heard()
    sync_job(app, SyncOrder(full=True), heard)
    assert heard.forecast.workbooks == len(crowd.workbooks)
    assert heard.counts == sorted(heard.counts)
    assert heard.counts[-1] == len(crowd.workbooks)


def test_offices_that_nobody_touched_cost_no_statement_each(crowd: Crowd, app: App) -> None:
    """One of each credential takes as many as all of them, right after a write and in the runs after that."""
    sync_job(app)
    few = replace(app, settings=replace(app.settings, offices=(app.settings.offices[0], app.settings.offices[-1])))
    counts = []
    for each in (few, app, few, app):
        with statements(app.store) as sent:
            outcome = sync_job(each)
        assert (outcome.status, outcome.read, outcome.written) == (0, (), {})
        counts.append(len(sent))
    assert counts[1] <= counts[0] + len({*crowd.credentials.values()})  # both written and unchanged ones are among them
    assert counts[2] == counts[3] <= counts[0]
