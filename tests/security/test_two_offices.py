"""Two offices in one installation: nothing of one ever reaches the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import pytest
from installation import MONTH, Installation, installation
from two_offices import FIRST, SECOND, WORDS, second_office

from sheets_sync.app import App
from sheets_sync.cli.group import run_cli
from sheets_sync.config.office import Office
from sheets_sync.errors import TroubleKind
from sheets_sync.jobs import report as reporting
from sheets_sync.jobs import service, situation
from sheets_sync.jobs.gate import Calendar
from sheets_sync.jobs.month import MonthView, view_of
from sheets_sync.jobs.run import deliver_job, report_job
from sheets_sync.jobs.watch import snapshot_of
from sheets_sync.mail.ledger import DeliveryState

NAMES = {
    FIRST: ("Tangkum", "Pangkan", "Turan Amis", "Barito Timur", "6213013B0000001", "tangkum@", "kepala@"),
    SECOND: ("Kalahien", "Mengkatip", "Bangkuang", "Barito Selatan", "6204013B0000001", "kalahien@", "kepala.barsel@"),
}
OTHER = {FIRST: SECOND, SECOND: FIRST}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, dict[str, str]]]:
    """Two offices whose October was read and reported; the workbook of each."""
    with installation(tmp_path_factory.mktemp("both")) as here:
        other = second_office(here)
        here.sync()
        with here.app() as app:
            for office in app.settings.offices:
                report_job(app, office, MONTH)
        yield here, {FIRST: here.workbook, SECOND: other}


def mails(here: Installation) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in here.mailbox.kept.messages]


def said_in(mail: EmailMessage) -> str:
    """A mail's heads and texts, its parts' names and its .xlsx taken apart are looked at elsewhere."""
    bodies = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *bodies])


def office_of(mail: EmailMessage) -> str:
    address = mail["To"].addresses[0].addr_spec
    return SECOND if any(word in address for word in WORDS.values()) else FIRST


@pytest.mark.incident("two-offices")
def test_everybody_gets_the_report_of_their_own_office(both: tuple[Installation, dict[str, str]]) -> None:
    """Six mails for each office, to six addresses of its own."""
    recipients = [(office_of(mail), mail["To"].addresses[0].addr_spec) for mail in mails(both[0])]
    assert len(set(recipients)) == len(recipients) == 12
    assert [sum(office == code for office, _ in recipients) for code in (FIRST, SECOND)] == [6, 6]


@pytest.mark.incident("two-offices")
def test_no_mail_names_anything_of_the_other_office(both: tuple[Installation, dict[str, str]]) -> None:
    """Neither names nor addresses nor codes of the other stand in any head or text of a mail."""
    for mail in mails(both[0]):
        text = said_in(mail)
        assert [word for word in NAMES[OTHER[office_of(mail)]] if word in text] == []


@pytest.mark.incident("two-offices")
def test_no_page_names_anything_of_the_other_office(both: tuple[Installation, dict[str, str]]) -> None:
    """Nothing of the other stands in any cell of an office's workbook, and its own libraries do."""
    here, workbooks = both
    for code, workbook in workbooks.items():
        tabs = [tab.get_all_values() for tab in here.person(workbook).worksheets()]
        text = "\n".join(cell for rows in tabs for row in rows for cell in row)
        assert [word for word in NAMES[OTHER[code]] if word in text] == []
        assert NAMES[code][0] in text


COMMANDS = [
    ("status",),
    ("deliveries",),
    ("approve", "--list"),
    ("export",),
    ("export", "--what", "scores"),
    ("export", "--what", "findings"),
    ("export", "--what", "places", "--period", "2024-10"),
    ("export", "--what", "iplm", "--period", "2024-10"),
    ("report", "--period", "2024-10"),
    ("sync", "--full", "-v"),
    ("doctor",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("code", [FIRST, SECOND])
def test_a_command_for_one_office_tells_nothing_of_the_other(
    both: tuple[Installation, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    code: str,
    words: tuple[str, ...],
) -> None:
    """With `--office`, terminal and log speak of that office alone, and something is said."""
    here, workbooks = both
    monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
    monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
    monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
    run_cli(["--config", str(here.place.config), "--now", "2024-11-05T08:00", "--office", code, *words])
    said = "".join(capfd.readouterr())
    assert said.strip()
    assert [word for word in (*NAMES[OTHER[code]], workbooks[OTHER[code]]) if word in said] == []


def test_an_office_nobody_has_is_told(
    both: tuple[Installation, dict[str, str]], capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong code ends with status 2 and names those that there are."""
    status = run_cli(["--config", str(both[0].place.config), "--office", "barito", "status"])
    said = capfd.readouterr().err
    assert status == 2
    assert FIRST in said
    assert SECOND in said


@pytest.mark.parametrize("words", [("backup", "x"), ("forget", "a@b.c")], ids=["backup", "forget"])
def test_what_is_about_all_is_not_done_for_one(
    both: tuple[Installation, dict[str, str]], capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    """A backup holds every office and a person is forgotten everywhere; `--office` beside it is refused, not ignored."""
    status = run_cli(["--config", str(both[0].place.config), "--office", FIRST, *words])
    assert status == 2
    assert "--office" in capfd.readouterr().err


def test_an_office_that_can_not_report_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first office's workbook is gone: it is told, and the second office's people get their mails."""
    with installation(tmp_path) as here:
        second_office(here)
        here.sync()
        monkeypatch.setenv("SHEETS_SYNC_GOOGLE_ENDPOINT", here.google.url)
        monkeypatch.setenv("SHEETS_SYNC_SMTP_USERNAME", "laporan")
        monkeypatch.setenv("SHEETS_SYNC_SMTP_PASSWORD", "rahasia")
        here.person().remove_permissions(here.google.account("sheets-sync").email, role="any")
        status = run_cli(
            ["--config", str(here.place.config), "--now", "2024-11-05T08:00", "report", "--period", "2024-10"]
        )
        capfd.readouterr()
        assert status == 3
        assert {office_of(mail) for mail in mails(here)} == {SECOND}
        assert len(mails(here)) == 6


def test_a_month_that_can_not_be_worked_out_stops_no_other_offices_mail(
    both: tuple[Installation, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reminders of an office whose month fails wait as they are; what is due of the other still goes."""
    here, _ = both

    def failing(app: object, office: object, period: object) -> MonthView:
        if getattr(office, "code", "") == FIRST:
            raise RuntimeError(office)
        return view_of(app, office, period)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(reporting, "view_of", failing)
    with here.app() as app:
        lines = app.store.deliveries.of()
        again = {code: next(line for line in lines if line.key.office == code) for code in (FIRST, SECOND)}
        for line in again.values():
            app.store.deliveries.resolve(line.id, DeliveryState.PLANNED, "", app.clock())
        monkeypatch.setattr(reporting, "is_reminder", lambda delivery: delivery.id == again[FIRST].id)
        assert deliver_job(app).mailing.sent == 1
        found = app.store.deliveries.find(again[FIRST].id)
        assert found is not None
        assert found.state is DeliveryState.PLANNED
        app.store.deliveries.resolve(again[FIRST].id, DeliveryState.SENT, "", app.clock())


def test_a_look_at_one_office_is_none_at_the_other(tmp_path: Path) -> None:
    """What was read for one office's report says neither that the other was looked at nor that its trouble is over."""
    with installation(tmp_path) as here:
        other, since = second_office(here), here.clock()
        here.person(other).remove_permissions(here.google.account("sheets-sync").email, role="any")
        here.sync()
        with here.app() as app:
            first, second = (app.settings.office(code) for code in (FIRST, SECOND))
            before = snapshot_of(app).troubles
            report_job(app, first, MONTH)
            looks = [bool(app.store.glance(office.code, (since,)).first_looks) for office in (first, second)]
            assert snapshot_of(app).troubles == before != ()
    assert looks == [True, False]


def test_an_office_of_which_nothing_can_be_told_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever its memory meets: the other is read, what stops its report is told, and the service goes on."""
    good = situation.calendar_of

    def failing(app: App, office: Office) -> Calendar:
        if office.code == FIRST:
            raise ArithmeticError(office.code)
        return good(app, office)

    with installation(tmp_path) as here:
        second_office(here)
        here.sync()
        monkeypatch.setattr(situation, "calendar_of", failing)
        here.clock.now += timedelta(days=2)
        with here.app() as app:
            assert "sync" in service.beat(app, Event())
            assert [each.told.params["office"] for each in snapshot_of(app).waits] == [app.settings.office(SECOND).name]
            assert [each.kind for each in snapshot_of(app).troubles] == [TroubleKind.UNEXPECTED]
    assert "sheets-sync report --period" in caplog.text
