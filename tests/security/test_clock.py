"""A clock that is wrong: nothing is sealed, sent or called late by it, and all goes on as soon as it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from threading import Event, Timer

import pytest
from installation import Installation
from office_days import (
    EVERYBODY,
    OCTOBER,
    beat,
    it_is,
    mails,
    reporting_office,
    sealed,
    set_apart,
    told,
)
from snapshot import Kept

from sheets_sync.jobs import diagnose
from sheets_sync.jobs.unattended import serve, service
from sheets_sync.jobs.unattended.serve import heartbeats


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """The evening before October's report; the Google of this world keeps the right time."""
    with reporting_office(tmp_path_factory.mktemp("office")) as office:
        yield Kept.of(office)


WRONG = {
    "a year ahead": timedelta(days=365),
    "a month ahead": timedelta(days=31),
    "a day ahead": timedelta(days=1),
    "a day back": -timedelta(days=1),
    "a month back": -timedelta(days=31),
}


@pytest.mark.incident("clock-wrong")
@pytest.mark.parametrize("by", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_clock_sends_nothing(
    here: Installation, by: timedelta, record_property: Callable[[str, object], None]
) -> None:
    """For 13 minutes: nothing sealed or sent, it is told; within a beat of the clock being right all is as it was."""
    before, sealed_before = mails(here), sealed(here)
    wrong = set_apart(here, by)
    for _ in range(13):
        here.clock.now += timedelta(minutes=1)
        wrong.now += timedelta(minutes=1)
        beat(here, wrong)
    assert (mails(here), sealed(here)) == (before, sealed_before)
    side = "ahead of" if by > timedelta() else "behind"
    said = told(here, wrong)
    assert any(f"{side} Google's" in text for text in said)
    record_property(
        "happened",
        f"{by.days} days for 13 minutes: {len(sealed(here)) - len(sealed_before)} sealed, {mails(here) - before} mails; a "
        "minute after the clock is right it syncs, and the report goes out at its moment.",
    )
    record_property("told", f"sync, status: {' '.join(said)}")
    here.clock.now += timedelta(minutes=1)
    assert [step for step in beat(here) if step != "backup"] == ["sync"]  # the night's copy may be due as well
    assert told(here) == []
    with here.app() as app:
        last = app.store.runs.last("sync")
    assert last is not None
    assert last.status == 0
    it_is(here, "2024-11-06T08:00")
    beat(here)
    assert (sealed(here)[-1], mails(here)) == (("2024-10", 1), before + EVERYBODY)
    assert all(here.library(tab).on_time is not False for tab in ("Tangkum", "Pangkan", "Turan Amis"))


@pytest.mark.incident("clock-late-figures")
def test_what_is_typed_under_a_wrong_clock_is_dated_by_googles(here: Installation) -> None:
    """November's figures typed in time while the clock is a month ahead are not late."""
    it_is(here, "2024-12-02T10:00")
    sheet = here.person().worksheet("Tangkum")
    rows = sheet.get_all_values()
    october, november = (next(n for n, row in enumerate(rows, 1) if row[0] == name) for name in ("Oktober", "November"))
    sheet.update([[value or "0" for value in rows[october - 1][1:]]], f"B{november}")
    beat(here, set_apart(here, timedelta(days=31)))
    it_is(here, "2024-12-07T08:00")
    beat(here)
    assert here.library("Tangkum", OCTOBER + 1).on_time is True


@pytest.mark.incident("clock-and-google-away")
def test_a_clock_that_jumps_while_google_is_away_sends_nothing(here: Installation) -> None:
    """Nobody can say then that the clock is wrong: what is not read since a moment does not go."""
    before = mails(here)
    here.google_away()
    ahead = set_apart(here, timedelta(days=60))
    for _ in range(3):
        ahead.now += timedelta(minutes=1)
        beat(here, ahead)
    assert mails(here) == before


def test_doctor_says_that_the_clock_is_wrong(here: Installation) -> None:
    """The line names by how much, and on which side."""
    with here.app(set_apart(here, timedelta(hours=2))) as app:
        (line,) = [check for check in diagnose.examine(app) if check.about == "clock"]
    assert (line.well, "120 minutes ahead" in str(line.said)) == (False, True)


@pytest.mark.incident("clock-stands-still")
def test_the_heart_beats_by_no_clock_that_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the clock is set, a beat follows a beat; told to stop, none does."""
    monkeypatch.setattr("schedule.datetime", None)  # a heart that asked it would stop here
    stop = Event()
    assert len(list(islice(heartbeats(stop, every=0.001), 5))) == 5
    stop.set()
    assert list(heartbeats(stop, every=0.001)) == []


@pytest.mark.incident("clock-stands-still")
def test_the_service_beats_though_the_clock_stands_still(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set back by a day, a clock shows for a day what has been: the service goes on all the same."""
    beats: list[int] = []
    stop = Event()

    def counted(*_: object) -> None:
        beats.append(len(beats))
        if len(beats) == 3:
            stop.set()

    monkeypatch.setattr(serve, "beat", counted)
    monkeypatch.setattr(serve, "BEAT", 0.01)
    giving_up = Timer(20, stop.set)
    giving_up.start()
    with here.app() as app:
        serve.serve(app, serve.Reins(stop))
    giving_up.cancel()
    assert beats == [0, 1, 2]


@pytest.mark.incident("future-run")
def test_a_run_noted_in_the_future_is_none(here: Installation) -> None:
    """An earlier version's note from a year ahead does not keep the service from its work."""
    with here.app() as app:
        number = app.store.runs.start("sync", here.clock() + timedelta(days=365))
        app.store.runs.finish(number, here.clock() + timedelta(days=365), 0, {})
        assert [step.name for step in service.due(app)] == ["sync"]
