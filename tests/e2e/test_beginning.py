"""How an office begins: nothing is reported before there is something to report, and no month before the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import stamina
from installation import MONTH, Installation, installation
from office_days import by_hand, it_is, told

from sheets_sync.cli.params import parse_periods
from sheets_sync.errors import ConfigError, UsageError
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.setup import set_up
from sheets_sync.jobs.unattended import service
from sheets_sync.model import Period

REGISTER: list[list[Any]] = [
    ["Kode", "Nama", "Tab", "Jenis", "Penduduk"],
    ["tangkum", "Perpustakaan Desa Tangkum", "Tangkum", "desa", 950],
]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Installation]:
    """A workbook as Google makes it, on a day on which a report would be due."""
    with (
        stamina.set_testing(True, attempts=2),
        installation(tmp_path, now="2024-11-20T09:00+07:00", typed=False) as here,
    ):
        yield here


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Installation]:
    """The sample typed in, on such a day."""
    with stamina.set_testing(True, attempts=2), installation(tmp_path, now="2024-11-20T09:00+07:00") as here:
        yield here


def beat(here: Installation) -> list[str]:
    with here.app() as app:
        return service.beat(app, Event())


def reports(steps: list[str]) -> list[str]:
    return [step for step in steps if step.startswith("report")]


def test_nothing_is_reported_of_an_office_that_was_never_read(fresh: Installation) -> None:
    """Neither the service nor the command seals a month of no libraries; once there are figures the report goes out."""
    fresh.google.conditions.fail("503", "sheets.*", times=None)
    assert reports(beat(fresh)) == []
    with fresh.app() as app, pytest.raises(UsageError, match="No library is known for October 2024"):
        report_job(app, fresh.office(app), MONTH)
    assert fresh.mailbox.kept.messages == []


def test_a_new_office_without_figures_waits_with_its_first_report(fresh: Installation) -> None:
    """A register alone brings nobody a mail that nothing was reported; the month's first figure asks for a go-ahead."""
    with fresh.app() as app:
        set_up(app, fresh.workbook)
    fresh.person().worksheet("Perpustakaan").update(REGISTER, "A1")
    fresh.sync()
    it_is(fresh, "2024-12-06T09:00")
    waiting, silent = reports(beat(fresh)), told(fresh)
    tab = fresh.person().add_worksheet("Tangkum", 20, 5)
    tab.update([["Bulan", "Pengunjung di tempat"], ["November 2024", 120]], "A1")
    fresh.sync()
    assert (waiting, silent, reports(beat(fresh))) == ([], [], [])
    assert any("go-ahead" in text for text in told(fresh))
    assert by_hand(fresh, Period(2024, 11)).planned > 0


def test_no_month_before_the_installation_is_reported_by_itself(typed: Installation) -> None:
    """October's moment had passed when the office was installed: it goes out by hand or not at all."""
    typed.sync()
    assert (reports(beat(typed)), told(typed)) == ([], [])


def test_no_month_before_the_start_is_shown_or_reported(typed: Installation) -> None:
    """`start` is the first month that is expected: pages show it, nobody is called late, no report is due before."""
    typed.configure("office.yaml", start="2024-11")
    typed.sync()
    steps = beat(typed)
    with typed.app() as app:
        view = view_of(app, typed.office(app))
        with pytest.raises(UsageError, match="October 2024 comes before November 2024"):
            report_job(app, typed.office(app), MONTH)
    assert (view.month.period, view.month.timeliness.share, reports(steps)) == (Period(2024, 11), None, [])
    assert all(value is None for row in view.month.libraries for value in row.trend[:-1])


def test_the_first_month_of_the_oldest_scheme_is_no_failure(typed: Installation) -> None:
    """In January, with a scheme from January on, December is not scored and the sync is good."""
    typed.clock.now = typed.clock.now.replace(month=1, day=15)
    outcome, _ = typed.sync()
    assert (outcome.status, [str(failure.message) for failure in outcome.failures]) == (0, [])
    assert "Rekap" in outcome.written[typed.workbook]


def test_a_start_that_is_no_month_is_told_with_its_line(typed: Installation) -> None:
    """A month that does not exist is found when the configuration is read."""
    typed.configure("office.yaml", start="2024-13")
    with pytest.raises(ConfigError, match=r"office\.yaml:\d+: start is '2024-13'; expected: a month like 2024-10"):
        typed.settings()


@pytest.mark.parametrize("text", ["2024-10..2024-01", "2024-13", "Oktober"])
def test_months_that_are_none_are_refused(text: str) -> None:
    """A reversed range is no wish for everything."""
    with pytest.raises(UsageError, match="is not a month like"):
        parse_periods(text)


def test_comments_are_not_lost_by_a_dry_run_before(typed: Installation) -> None:
    """What a dry run has read is read again by the sync after it, which puts the questions at their cells."""
    planned, _ = typed.sync(SyncOrder(dry_run=True))
    done, counted = typed.sync()
    wanted = [request for request in planned.planned[typed.workbook] if "insertComment" in request]
    with typed.app() as app:
        read = app.google(app.settings.key_file(typed.office(app))).read(typed.workbook)
    assert (done.status, counted["sheets.spreadsheets.get"]) == (0, 1)
    assert len(read.grid.comments) == len(wanted) > 0
