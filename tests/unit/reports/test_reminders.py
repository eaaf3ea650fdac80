"""Reminders: on which days, at which hours, to whom, and that they stop when the figures arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from memory_ledger import MemoryLedger
from sample_months import NOW, OCTOBER, everybody, library_month, office, office_month, sample_voice, silent_month

from sheets_sync.mail.approval import Ruling
from sheets_sync.mail.deliver import mail_due
from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.mail.options import MailOptions
from sheets_sync.mail.outbox import Outbox, answered, is_reminder
from sheets_sync.mail.smtp import Result
from sheets_sync.model import LibraryMonth, Period, Reporting
from sheets_sync.reports.options import ReminderOptions, ReportOptions
from sheets_sync.reports.reminders import Reminder, reminder_due
from sheets_sync.reports.render import Renderer

OPTIONS = ReminderOptions(days_before=(3,), days_after=(1, 5), holidays=(date(2024, 12, 25), date(2024, 12, 26)))
DUE = date(2024, 11, 5)  # a Tuesday
BEFORE, AFTER = Reminder(OCTOBER, 1, date(2024, 11, 2), DUE), Reminder(OCTOBER, 2, date(2024, 11, 6), DUE)


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("2024-11-01T10:00", None),  # too early
        ("2024-11-02T10:00", None),  # three days before, but a Saturday
        ("2024-11-04T10:00", 1),  # so on Monday
        ("2024-11-05T15:59", 1),  # the program was not running on Monday
        ("2024-11-05T16:00", None),  # the day's end
        ("2024-11-06T07:59", None),  # the night
        ("2024-11-06T08:00", 2),  # the day after the due day
        ("2024-11-08T10:00", 2),
        ("2024-11-09T10:00", None),  # Saturday
        ("2024-11-10T10:00", None),  # five days after, but a Sunday
        ("2024-11-11T10:00", 3),
        ("2024-11-14T10:00", None),  # long past
    ],
)
def test_goes_on_its_day_by_day_and_not_on_days_off(moment: str, number: int | None) -> None:
    """A reminder goes on its day or the next working day, within the hours set, and not long after."""
    found = reminder_due(datetime.fromisoformat(moment), office(), OPTIONS)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("moment", "changes", "number"),
    [
        ("2024-12-26T10:00", {"due_day": 25}, None),  # the day after the due day is a holiday
        ("2024-12-27T10:00", {"due_day": 25}, 2),  # so the next working day
        ("2024-11-29T10:00", {"due_day": 2}, 1),  # three days before the second is in the month before
        ("2024-11-06T10:00", {"start": "2024-11"}, None),  # October was not expected yet
    ],
)
def test_knows_holidays_and_the_office(moment: str, changes: dict[str, object], number: int | None) -> None:
    """Holidays put a reminder off; the office's due day and first month are kept to."""
    found = reminder_due(datetime.fromisoformat(moment), office(**changes), OPTIONS)  # type: ignore[arg-type] # settings
    assert (found.number if found else None) == number


def test_none_where_switched_off() -> None:
    """No reminder is due where the office wants none."""
    off = OPTIONS.model_copy(update={"send": False})
    assert reminder_due(datetime.fromisoformat("2024-11-06T10:00"), office(), off) is None


def entry(name: str, reporting: Reporting, *emails: str) -> LibraryMonth:
    made = silent_month(name) if reporting is Reporting.NONE else library_month(name, reporting=reporting)
    return replace(made, library=replace(made.library, emails=emails))


def outbox(*entries: LibraryMonth) -> Outbox:
    month = office_month(entries)
    return Outbox(month, Renderer(sample_voice()), ReportOptions(), MailOptions(), 1, NOW, everybody(month))


def test_a_person_gets_one_reminder_for_all_their_libraries() -> None:
    """Who looks after two libraries gets one mail about both; who owes nothing gets none."""
    planned = list(
        outbox(
            entry("Perpustakaan A", Reporting.NONE, "ibu@example.org"),
            entry("Perpustakaan B", Reporting.PARTIAL, "Ibu@example.org", "bapak@example.org"),
            entry("Perpustakaan C", Reporting.COMPLETE, "lengkap@example.org"),
        ).reminders(AFTER)
    )
    assert [each.key.recipient for each in planned] == ["ibu@example.org", "bapak@example.org"]
    assert b"Perpustakaan A: belum ada data Oktober 2024" in planned[0].message
    assert b"Perpustakaan B" in planned[0].message
    assert b"Perpustakaan A" not in planned[1].message
    assert b"List-Unsubscribe" not in planned[0].message


def test_each_reminder_goes_once() -> None:
    """The same reminder planned twice is one delivery; the next one is another."""
    ledger, box = MemoryLedger(), outbox(entry("A", Reporting.NONE, "ibu@example.org"))
    assert [ledger.plan(box.reminders(each), NOW) for each in (BEFORE, BEFORE, AFTER)] == [1, 0, 1]


def test_says_when_it_was_due() -> None:
    """Before the due day a reminder says until when, afterwards since when, kindly and with a way to answer."""
    renderer, entries = Renderer(sample_voice()), [silent_month()]
    before = renderer.reminder(BEFORE, office_month(entries), entries, "Ibu Rekaan")
    after = renderer.reminder(AFTER, office_month(entries), entries, "Ibu Rekaan")
    assert before.subject == "[CONTOH – ANGKA REKAAN] Pengingat: data Oktober 2024"
    assert "ditunggu sampai Selasa, 5 November 2024. Terima kasih" in before.text
    assert "belum lengkap kami terima. Bila ada kendala, balas saja surel ini" in after.text
    assert after.html.count("Perpustakaan Desa Turan Amis") == 1


def test_stops_when_the_figures_arrive() -> None:
    """A reminder that still waits when its figures have arrived can be told from the others."""
    ledger = MemoryLedger()
    late, other = entry("A", Reporting.NONE, "a@example.org"), entry("B", Reporting.NONE, "b@example.org")
    ledger.plan(outbox(late, other).reminders(AFTER), NOW)
    arrived = office_month([replace(late, reporting=Reporting.COMPLETE), other])
    assert [each.key.recipient for each in answered(ledger.due(NOW), arrived)] == ["a@example.org"]
    assert answered(ledger.due(NOW), replace(arrived, period=Period(2024, 9))) == []


def test_waits_at_night() -> None:
    """Held back at night, a reminder stays planned while reports go."""

    class Taken:
        def open(self) -> None: ...

        def send(self, recipient: str, message: bytes, sender: str = "") -> Result:
            return Result(DeliveryState.SENT, "250")

    ledger, box = MemoryLedger(), outbox(entry("A", Reporting.NONE, "ibu@example.org"))
    ledger.plan([*box.planned(), *box.reminders(AFTER)], NOW)
    mail_due(ledger, Taken(), MailOptions(), lambda: NOW, may_go=lambda delivery: not is_reminder(delivery))
    assert {each.key.report: each.state for each in ledger.deliveries.values()} == {
        "library": DeliveryState.SENT,
        "reminder-20241106": DeliveryState.PLANNED,
    }


def test_a_reminder_is_about_approved_libraries_only() -> None:
    """Who is approved for one of their libraries is reminded of that one; who is for none waits for the office."""
    entries = (
        entry("Perpustakaan A", Reporting.NONE, "ibu@example.org", "orang@x.example"),
        entry("Perpustakaan B", Reporting.NONE, "ibu@example.org"),
    )
    may = Ruling(frozenset({(entries[0].library.code, "ibu@example.org")}))
    first, second = replace(outbox(*entries), ruling=may).reminders(AFTER)
    assert (first.held, second.key.recipient, second.held) == (False, "orang@x.example", True)
    assert (b"Perpustakaan A" in first.message, b"Perpustakaan B" in first.message) == (True, False)
