"""Days in the life of an office that has been reporting: beats of the service, mails and what was told, by the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import stamina
from installation import Installation, ManualClock, installation

from sheets_sync.clock import Clock
from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.jobs.run import report_job
from sheets_sync.jobs.unattended import service
from sheets_sync.jobs.unattended.notify import Watch, tell_people
from sheets_sync.model import Period

SEPTEMBER, OCTOBER = Period(2024, 9), Period(2024, 10)
EVERYBODY = 6  # messages of a month's report: three libraries, three people of the office


@contextmanager
def reporting_office(folder: Path, now: str = "2024-11-05T20:00+07:00") -> Iterator[Installation]:
    """An installation whose September was reported by hand, on the evening before October's report; no failure is waited out."""
    with stamina.set_testing(True, attempts=1), installation(folder, now=now) as here:
        by_hand(here, SEPTEMBER)
        yield here


def by_hand(here: Installation, period: Period = OCTOBER, *, as_is: bool = False) -> ReportOutcome:
    """Somebody runs `report`."""
    with here.app() as app:
        return report_job(app, here.office(app), period, as_is=as_is)


def beat(here: Installation, clock: Clock | None = None) -> list[str]:
    """One beat of the service, by the computer's clock; the steps that were tried."""
    with here.app(clock) as app:
        return service.beat(app, Event())


def synced_and_told(here: Installation, beats: int = 3) -> list[int]:
    """So many syncs twenty minutes apart, after each of which whoever is to hear of it is told; their statuses."""
    statuses = []
    for _ in range(beats):
        here.clock.now += timedelta(minutes=20)
        statuses.append(here.sync()[0].status)
        with here.app() as app:
            tell_people(app, Watch())
    return statuses


def told(here: Installation, clock: Clock | None = None) -> list[str]:
    """What `status` says stops the reports."""
    with here.app(clock) as app:
        return [str(message) for message in service.hindrances(app)]


def sealed(here: Installation) -> list[tuple[str, int]]:
    """The sealed months, with their versions."""
    with here.app() as app:
        return [(str(seal.period), seal.version) for seal in app.store.seals(here.office(app).code)]


def mails(here: Installation) -> int:
    """How many messages of any kind have arrived."""
    return len(here.mailbox.kept.messages)


def texts(here: Installation, since: int = 0) -> list[tuple[str, str, str]]:
    """Recipient, subject and text of every message after the first so many."""
    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in here.mailbox.kept.messages[since:]
    ]
    return [(str(mail["To"]), str(mail["Subject"]), _text(mail)) for mail in found]


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def it_is(here: Installation, moment: str) -> None:
    here.clock.now = datetime.fromisoformat(f"{moment}+07:00")


def set_apart(here: Installation, by: timedelta) -> ManualClock:
    """A computer's clock that is so far ahead of the real time."""
    return ManualClock((here.clock.now + by).isoformat())
