"""What becomes of mails that wait while the configuration, or the month, goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState
from sheets_sync.mail.outbox import outdated, overtaken, still_meant
from sheets_sync.mail.words import said_of
from sheets_sync.model import Period
from sheets_sync.reports.options import OfficeRecipient, ReminderOptions, ReportOptions

S = DeliveryState


def line(report: str, about: str, to: str, state: DeliveryState) -> Delivery:
    return Delivery(DeliveryKey("o", report, Period(2024, 11), about, to), state)


REPORTS = ReportOptions(office_recipients=(OfficeRecipient(name="Kepala", address="Kepala <kepala@x.org>"),))
SILENT = ReportOptions(to_libraries=False, reminders=ReminderOptions(send=False))


@pytest.mark.incident("configuration-changed")
@pytest.mark.parametrize(
    ("delivery", "reports", "meant"),
    [
        (line("office", "", "KEPALA@x.org", S.PLANNED), REPORTS, True),
        (line("office-year.2", "", "kepala@x.org", S.PLANNED), REPORTS, True),
        (line("office", "", "mantan@x.org", S.DEFERRED), REPORTS, False),
        (line("office", "", "kepala@x.org", S.PLANNED), SILENT, False),
        (line("library", "t", "a@x.org", S.PLANNED), REPORTS, True),
        (line("library-quarter", "t", "a@x.org", S.HELD), SILENT, False),
        (line("reminder-1", "", "a@x.org", S.PLANNED), REPORTS, True),
        (line("reminder-1", "", "a@x.org", S.PLANNED), SILENT, False),
    ],
    ids=str,
)
def test_what_waits_is_meant_by_the_configuration_of_today(
    delivery: Delivery, reports: ReportOptions, meant: bool
) -> None:
    """Who was taken out of reports.yaml, or a sort of mail that was switched off there, gets nothing that still waits."""
    assert still_meant(delivery, reports) is meant


@pytest.mark.incident("sent-anew-while-away")
def test_of_two_versions_that_wait_the_newer_goes() -> None:
    """Sent anew while the server was away, a report reaches its recipient once, as it is now; others' mails stay."""
    first = line("library", "t", "a@x.org", S.DEFERRED)
    anew = replace(first, key=replace(first.key, recipient="A@x.org", version=3), state=S.PLANNED)
    others = [
        line("library", "t", "b@x.org", S.PLANNED),
        line("library", "p", "a@x.org", S.PLANNED),
        line("library-year", "t", "a@x.org", S.PLANNED),
        line("office", "", "a@x.org", S.HELD),
        replace(first, key=replace(first.key, period=Period(2024, 10))),
    ]
    assert outdated([anew, first, *others]) == {first.id}


@pytest.mark.parametrize(
    ("planned", "now", "reported", "over"),
    [
        (2, 5, None, False),
        (2, 6, None, True),
        (5, 6, None, True),
        (6, 9, None, False),
        (6, 9, 8, True),
        (9, 10, 8, False),
    ],
    ids=lambda value: f"{value}",
)
def test_a_reminder_that_is_over_is_not_sent(planned: int, now: int, reported: int | None, over: bool) -> None:
    """Due on the 5th: what bade for figures by then does not go after it, and none after the report that said the same."""

    def at(day: int) -> datetime:
        return datetime(2024, 12, day, 1, tzinfo=ZoneInfo("Asia/Jakarta"))

    waiting = replace(line("reminder-1", "", "a@x.org", S.PLANNED), planned_at=at(planned).astimezone(UTC))
    told = at(reported) if reported else None
    assert overtaken(waiting, date(2024, 12, 5), at(now), told) is over
    assert not overtaken(replace(waiting, key=replace(waiting.key, report="office")), date(2024, 12, 5), at(now), told)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("250 OK", "taken [250 OK]"),
        ("550 5.1.1 no such user", "there is no such address [550 5.1.1 no such user]"),
        ("TimeoutError: timed out", "the connection to the mail server broke off [TimeoutError: timed out]"),
        ("-1 hello?", "the connection to the mail server broke off [-1 hello?]"),
        ("settled by a person", "settled by a person"),
        ("diselesaikan oleh seseorang", "diselesaikan oleh seseorang"),
        ("", ""),
    ],
)
def test_a_person_s_word_is_not_a_server_s(said: str, shown: str) -> None:
    """What was settled by hand is shown as that, and not as a connection that broke off."""
    assert str(said_of(said)) == shown
