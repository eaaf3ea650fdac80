"""A sync that nobody disturbed makes no page again; whatever could change a page has them made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import stamina
from installation import MONTH, Installation, installation
from snapshot import Kept

from sheets_sync.jobs.run import report_job


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation whose pages have been written and found right."""
    with stamina.set_testing(True, attempts=3), installation(tmp_path_factory.mktemp("office")) as fresh:
        for _ in range(2):
            fresh.sync()
        yield Kept.of(fresh)


def computed_at(here: Installation) -> datetime:
    """When the scores were last computed."""
    with here.app() as app:
        newest: datetime = app.store.export("scores", [], app.language())["computed_at"].max()
    return newest


def a_minute_later(here: Installation) -> None:
    here.clock.now += timedelta(minutes=1)


@pytest.mark.incident("undisturbed")
def test_an_undisturbed_sync_computes_nothing(here: Installation) -> None:
    """Nothing is scored, and the open findings are told as before."""
    before = computed_at(here)
    a_minute_later(here)
    last, _ = here.sync()
    a_minute_later(here)
    outcome, counted = here.sync()
    assert (computed_at(here), counted) == (before, {"drive.files.list": 1})
    assert (outcome.findings, outcome.unchanged, outcome.status) == (last.findings, (here.workbook,), 0)
    assert outcome.findings


def the_next_day(here: Installation) -> None:
    here.clock.now += timedelta(days=1)


def a_figure(here: Installation) -> None:
    here.person().worksheet("Tangkum").update([["77"]], "B6")


def the_configuration(here: Installation) -> None:
    here.configure("checks.yaml", off=["W-ROUND"])


def a_reason(here: Installation) -> None:
    with here.app() as app, app.store.transaction(here.office(app).code, here.clock()) as tx:
        tx.was_computed((), (), {"E-X": "pekan literasi"})


def a_report(here: Installation) -> None:
    with here.app() as app:
        report_job(app, here.office(app), MONTH)


@pytest.mark.parametrize("change", [the_next_day, a_figure, the_configuration, a_reason, a_report])
def test_what_could_change_a_page_has_them_made_again(
    here: Installation, change: Callable[[Installation], None]
) -> None:
    """Another day, figure, setting, reason or report: the next sync computes the scores again."""
    before = computed_at(here)
    a_minute_later(here)
    change(here)
    outcome, _ = here.sync()
    assert outcome.status == 0
    assert computed_at(here) > before


def test_a_page_that_could_not_be_written_is_written_by_the_next_sync(here: Installation) -> None:
    """Pages are only found right where nothing was left to be sent: a lost write is not forgotten."""
    here.person().worksheet("Tangkum").update([["78"]], "B6")
    before = here.person().worksheet("Rekap").get_all_values()
    here.google.conditions.fail("503", "sheets.spreadsheets.batchUpdate", times=None)
    failed, _ = here.sync()
    here.google.conditions.clear()
    a_minute_later(here)
    outcome, _ = here.sync()
    assert (failed.status, outcome.status) == (3, 0)
    assert here.person().worksheet("Rekap").get_all_values() != before
