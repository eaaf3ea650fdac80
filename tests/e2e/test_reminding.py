"""Reminders and reports in the running program: by day, until the figures arrive, and to no stranger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from installation import Installation, installation
from snapshot import Kept

from sheets_sync.jobs.mailing.approve import change, ruling, standings
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.mailing.rendering import renderer_of
from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.run import report_job
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import Period
from sheets_sync.reports.reminders import reminder_due

NOVEMBER = Period(2024, 11)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """An installation in which November is awaited, at an hour of the day after it was due."""
    with installation(tmp_path_factory.mktemp("office"), now="2024-12-06T09:00+07:00") as fresh:
        fresh.sync()
        with fresh.app() as app:
            change(app, standings(app))
        yield Kept.of(fresh)


def plan_reminders(here: Installation) -> int:
    """Plans the reminder that is due, without handing anything over."""
    with here.app() as app:
        office = here.office(app)
        settings = app.settings.of(office)
        reminder = reminder_due(here.clock(), office, settings.reports.reminders)
        assert reminder is not None
        view = view_of(app, office, reminder.period)
        renderer, may = renderer_of(app, office, view), ruling(app.store.approvals(office.code), settings)
        reports, mail = settings.reports, settings.mail
        outbox = Outbox(view.month, renderer, reports, mail, 1, here.clock(), may)
        return app.store.deliveries.plan(outbox.reminders(reminder), here.clock())


def states(here: Installation) -> dict[str, DeliveryState]:
    with here.app() as app:
        return {line.key.recipient: line.state for line in app.store.deliveries.of(period=NOVEMBER)}


def hand_over(here: Installation) -> int:
    with here.app() as app:
        return deliver(app).sent


def test_a_reminder_waits_for_the_day(here: Installation) -> None:
    """A reminder that is still to be sent at night goes in the morning."""
    planned = plan_reminders(here)
    here.clock.now = here.clock.now.replace(hour=22)
    at_night = hand_over(here)
    here.clock.now = here.clock.now.replace(day=9, hour=8)
    assert (at_night, hand_over(here)) == (0, planned)


def test_a_reminder_is_taken_back_when_the_figures_arrive(here: Installation) -> None:
    """Who fills in the month before the reminder has gone gets none; the others get theirs."""
    planned = plan_reminders(here)
    sheet = here.person().worksheet("Turan Amis")
    october, november = (
        next(n for n, row in enumerate(sheet.get_all_values(), 1) if row[0] == name) for name in ("Oktober", "November")
    )
    values = sheet.row_values(october)[1:]
    sheet.update([[value or "0" for value in values]], f"B{november}")
    here.sync()
    assert hand_over(here) == planned - 1
    assert states(here)["turan.amis@example.org"] is DeliveryState.WITHDRAWN


def test_a_report_waits_for_a_changed_address_to_be_confirmed(here: Installation) -> None:
    """An address that somebody changed in the register gets no report until the office says so."""
    here.clock.now = here.clock.now.replace(month=11)
    with here.app() as app:
        report_job(app, here.office(app), Period(2024, 10))
    register = here.person().worksheet("Perpustakaan")
    found = register.find("tangkum@example.org")
    assert found is not None
    register.update_cell(found.row, found.col, "orang.lain@example.org")
    here.clock.now = here.clock.now.replace(month=12)
    here.sync()
    with here.app() as app:
        report_job(app, here.office(app), NOVEMBER)
    assert states(here)["orang.lain@example.org"] is DeliveryState.HELD
    assert states(here)["pangkan@example.org"] is DeliveryState.SENT
    assert not [path for path in here.mailbox.kept.messages if "orang.lain" in path.name]
