"""One office of which something can't be read from the store: every job does for the other what it always does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from email import message_from_bytes, policy
from threading import Event
from types import MappingProxyType
from typing import Any

import pytest
from installation import MONTH, US, Installation, installation
from office_days import synced_and_told
from sqlalchemy import select, update
from two_offices import FIRST, SECOND, second_office

from sheets_sync.app import App
from sheets_sync.cli.group import run_cli
from sheets_sync.config.office import Office
from sheets_sync.demo.mailbox import Mailbox
from sheets_sync.jobs.diagnose import examine
from sheets_sync.jobs.run import backup_job, deliver_job, remind_job, report_job, sync_job
from sheets_sync.jobs.unattended import service
from sheets_sync.jobs.unattended.health import health_of
from sheets_sync.jobs.unattended.watch import wrong_now
from sheets_sync.mail.ledger import Delivery, DeliveryState
from sheets_sync.reports.reminders import Reminder
from sheets_sync.store import Store
from sheets_sync.store.tables import libraries


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """Two offices whose October was read and reported; the second one's workbook."""
    with installation(tmp_path_factory.mktemp("both")) as here:
        other = second_office(here)
        here.sync()
        with here.app() as app:
            for office in app.settings.offices:
                report_job(app, office, MONTH)
        yield here, other


READS = ("reporting", "approvals", "workbooks", "libraries", "glance", "load", "latest_seal", "seals")


def failing(good: Callable[..., Any]) -> Callable[..., Any]:
    def read(store: Store, office: str, *others: Any, **named: Any) -> Any:
        if office == FIRST:
            raise ArithmeticError(office)
        return good(store, office, *others, **named)

    return read


@contextmanager
def broken(*reads: str) -> Iterator[None]:
    """Whatever is asked of the first office in these ways fails, as a value that nobody can decode makes it fail."""
    with pytest.MonkeyPatch.context() as patch:
        for read in reads:
            patch.setattr(Store, read, failing(getattr(Store, read)))
        yield


def again(app: App) -> dict[str, Delivery]:
    """A mail of each office that is to be sent once more."""
    lines = app.store.deliveries.of(period=MONTH)
    found = {code: next(line for line in lines if line.key.office == code) for code in (FIRST, SECOND)}
    for line in found.values():
        app.store.deliveries.resolve(line.id, DeliveryState.PLANNED, "", app.clock())
    return found


def sync(app: App, second: Office, workbook: str) -> bool:
    outcome = sync_job(app)
    return workbook in (*outcome.read, *outcome.adopted, *outcome.unchanged)


def deliver(app: App, second: Office, workbook: str) -> bool:
    line = again(app)[SECOND]
    deliver_job(app)
    found = app.store.deliveries.find(line.id)
    return found is not None and found.state is DeliveryState.SENT


def report(app: App, second: Office, workbook: str) -> bool:
    to = second_recipient(app)
    return report_job(app, second, MONTH, {to}, as_is=True, read=False).mailing.sent >= 1


def second_recipient(app: App) -> str:
    return next(line.key.recipient for line in app.store.deliveries.of(SECOND, MONTH))


def remind(app: App, second: Office, workbook: str) -> bool:
    return remind_job(app, second, Reminder(MONTH, 1, date(2024, 11, 4), date(2024, 11, 5))).mailing.problem is None


def watch(app: App, second: Office, workbook: str) -> bool:
    line = again(app)[SECOND]
    app.store.deliveries.resolve(line.id, DeliveryState.REFUSED, "550 no", app.clock())
    told = any(cause.key == "deliveries refused" and SECOND in cause.offices for cause in wrong_now(app))
    app.store.deliveries.resolve(line.id, DeliveryState.SENT, "", app.clock())
    return told


def health(app: App, second: Office, workbook: str) -> bool:
    return ("workbooks", "well") in [(name, of) for name, of, _ in health_of(app, ()).figures]


def doctor(app: App, second: Office, workbook: str) -> bool:
    said = [str(check.said) for check in examine(app)]
    return any("Barito Selatan" in each for each in said)


def backup(app: App, second: Office, workbook: str) -> bool:
    if app.settings.store.url:  # a server has its own tools
        return True
    return backup_job(app).path.exists()


def beat(app: App, second: Office, workbook: str) -> bool:
    service.beat(app, Event())
    return (app.settings.data / "health.json").exists()


JOBS = MappingProxyType(
    {each.__name__: each for each in (sync, deliver, report, remind, watch, health, doctor, backup, beat)}
)


def test_the_other_office_gets_what_is_its_own(both: tuple[Installation, str]) -> None:
    """Read, mailed, reminded, told and backed up, though nothing of the first office can be read."""
    here, other = both
    with here.app() as app, broken(*READS):
        second = app.settings.office(SECOND)
        assert [name for name, job in JOBS.items() if not job(app, second, other)] == []
        assert [cause.offices for cause in wrong_now(app) if cause.key == "office"] == [{FIRST}]


def test_no_mail_of_an_office_leaves_while_nobody_can_tell_who_may_have_it(both: tuple[Installation, str]) -> None:
    """It waits as it is, and goes when that can be told again."""
    here, _ = both
    with here.app() as app:
        lines = again(app)
        with broken("approvals"):
            assert deliver_job(app).mailing.sent == 1
        states = [found.state for line in lines.values() if (found := app.store.deliveries.find(line.id))]
        assert states == [DeliveryState.PLANNED, DeliveryState.SENT]
        assert deliver_job(app).mailing.sent == 1


def test_people_of_an_office_are_told_what_concerns_it_alone(both: tuple[Installation, str]) -> None:
    """The second office's workbook is unshared: its own people hear it, once, in a subject with its name; the first's do not."""
    here, other = both
    for code in (FIRST, SECOND):
        path = here.place.config / "offices" / code / "service.yaml"
        path.write_text(f"notify: {{mail: [operator@{code}.go.id]}}\n", encoding="utf-8")
    here.configure("service.yaml", notify={"mail": ["semua@dinas.go.id"]})
    here.person(other).remove_permissions(here.google.account(US).email, role="any")
    before = len(here.mailbox.kept.messages)
    try:
        synced_and_told(here)
    finally:
        here.google.share(other, US, role="writer")
    told = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in here.mailbox.kept.messages[before:]
    ]
    away = [
        (mail["To"].addresses[0].addr_spec, mail["Subject"]) for mail in told if "Tidak diizinkan" in mail["Subject"]
    ]
    assert [to for to, _ in away] == ["semua@dinas.go.id", f"operator@{SECOND}.go.id"]
    assert all("Barito Selatan:" in subject for _, subject in away)
    assert not [
        mail for mail in told if FIRST in mail["To"] and "Barito Selatan" in f"{mail['Subject']}{mail.get_content()}"
    ]


@pytest.mark.parametrize(("code", "told"), [(FIRST, False), (SECOND, True)])
def test_one_office_hears_nothing_of_the_others_trouble(
    both: tuple[Installation, str], capfd: pytest.CaptureFixture[str], code: str, told: bool
) -> None:
    """A workbook that was unshared stands in the status of its own office, in words and as JSON, and in no other."""
    here, other = both
    ours = here.google.account(US).email
    here.person(other).remove_permissions(ours, role="any")
    try:
        here.sync()
    finally:
        here.google.share(other, US, role="writer")
    for words in ([], ["--json"]):
        run_cli([*words, "--config", str(here.place.config), "--now", "2024-11-05T09:00", "--office", code, "status"])
        said = capfd.readouterr().out
        assert ("Barito Selatan" in said or other in said) is told


def test_a_mail_of_another_office_is_nobodys_to_settle(
    both: tuple[Installation, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """With `--office`, the other office's mail is as unknown as one that never was."""
    here, _ = both
    with here.app() as app:
        line = app.store.deliveries.of(SECOND, MONTH)[0]
    words = ["--config", str(here.place.config), "--office", FIRST, "deliveries", "settle", line.id, "again"]
    assert run_cli(words) == 2
    said = "".join(capfd.readouterr())
    assert line.id in said
    assert line.key.recipient not in said


def test_a_mail_that_can_not_be_brought_comes_back_to_its_own_office(
    both: tuple[Installation, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server hears each office's own sender: what bounces holds the whole report, and goes to nobody else."""
    here, _ = both
    own, heard = here.place.config / "offices" / SECOND / "mail.yaml", list[tuple[str, str]]()
    good = Mailbox.handle_RCPT

    async def hear(self: Mailbox, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        heard.append((address, envelope.mail_from))
        return await good(self, server, session, envelope, address, options)

    monkeypatch.setattr(Mailbox, "handle_RCPT", hear)
    own.write_text("sender: Dinas <laporan@barito-selatan.go.id>\n", encoding="utf-8")
    try:
        with here.app() as app:
            lines = again(app)
            assert deliver_job(app).mailing.sent == 2
    finally:
        own.unlink()
    senders = {code: dict(heard)[line.key.recipient] for code, line in lines.items()}
    assert senders == {FIRST: here.settings().mail.from_.address, SECOND: "laporan@barito-selatan.go.id"}


@contextmanager
def unreadable_register(here: Installation) -> Iterator[None]:
    """What the store says of the first office's libraries is such that nobody can read it."""
    mine = libraries.c.office == FIRST
    with here.app() as app:
        engine = app.store._engine
        with engine.begin() as connection:
            kept = connection.execute(select(libraries.c.code, libraries.c.library).where(mine)).all()
            connection.execute(update(libraries).where(mine).values(library={"n": 1}))
        try:
            yield
        finally:
            with engine.begin() as connection:
                for row in kept:
                    at = mine & (libraries.c.code == row.code)
                    connection.execute(update(libraries).where(at).values(library=row.library))


EXPORTS = ("observations", "scores", "findings", "places", "iplm", "ranking", "open-data")


@pytest.mark.parametrize("what", EXPORTS)
def test_what_can_be_exported_is(both: tuple[Installation, str], capfd: pytest.CaptureFixture[str], what: str) -> None:
    """The other office's rows are there and none of the broken one's, which is told; the status says so. Alone it fails."""
    here, _ = both
    for code in (FIRST, SECOND):
        here.configure(f"offices/{code}.yaml", ranking=True)
    words = ["--config", str(here.place.config), "--now", "2024-11-05T08:00", "export", "--what", what]
    with unreadable_register(here):
        status, said = run_cli(words), capfd.readouterr()
        alone = run_cli([*words, "--office", FIRST])
        capfd.readouterr()
    assert (status, alone) == (3, 1)
    assert "Kalahien" in said.out
    assert "Tangkum" not in said.out
    assert "✗" in said.err


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["explain", "Kalahien", "2024-10"], "Kalahien"),
        (["approve", "--list"], "kalahien@example.org"),
        (["scheme", "diff"], "Kalahien"),
    ],
    ids=["explain", "approve", "scheme"],
)
def test_what_is_told_of_the_other_office_is(
    both: tuple[Installation, str], capfd: pytest.CaptureFixture[str], words: list[str], shown: str
) -> None:
    """Its library is explained, its addresses listed, its scheme compared; the broken one is told, and the status says so."""
    here, _ = both
    file = [str(next((here.place.config / "schemes").glob("*.yaml")))] if "scheme" in words else []
    with unreadable_register(here):
        status = run_cli(["--config", str(here.place.config), "--now", "2024-11-05T08:00", *words, *file])
    said = capfd.readouterr()
    assert (status, shown in said.out, "✗" in said.err) == (3, True, True)


def test_the_other_office_s_questions_are_shown(
    both: tuple[Installation, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """`decide` tells of the office that can't be asked, and the status says so; with `--office` of the other all is well."""
    here, _ = both
    words = ["--config", str(here.place.config), "--now", "2024-11-05T08:00", "decide"]
    with unreadable_register(here):
        statuses = [run_cli([*words, *of]) for of in ([], ["--office", SECOND])]
    assert statuses == [3, 0]
    assert "✗" in capfd.readouterr().err
