"""The sample workbook on a local Google, a mailbox, and the program configured for both: what most tests work in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import gspread
from pydantic import SecretStr
from ready_store import ready_store

from sheets_sync.app import App, open_app
from sheets_sync.clock import Clock
from sheets_sync.config.office import Office
from sheets_sync.demo import people
from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.demo.place import Place, prepare
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.month import view_of
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.run import sync_job
from sheets_sync.local_google import LocalGoogle
from sheets_sync.mail.options import MailLogin
from sheets_sync.model import LibraryMonth, Period
from sheets_sync.settings import Environment, Settings, load_settings

MONTH = Period(2024, 10)
LOGIN = Login("laporan", "rahasia")
US = "sheets-sync"


class ManualClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: str) -> None:
        self.now = datetime.fromisoformat(now)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Installation:
    """Everything, running."""

    google: LocalGoogle
    mailbox: Mailbox
    place: Place
    workbook: str
    clock: ManualClock
    open: ExitStack  # what people have open
    known: dict[object, Settings] = field(default_factory=dict)

    @property
    def environment(self) -> Environment:
        return Environment(config=self.place.config, google_endpoint=self.google.url, key_file=None, store_url=None)

    def settings(self) -> Settings:
        """The configuration as the files now say it; read again only where one has changed."""
        files = sorted(self.place.config.rglob("*.yaml"))
        stamp = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
        if stamp not in self.known:
            self.known = {stamp: load_settings(self.place.config, self.environment)}
        return self.known[stamp]

    @contextmanager
    def app(self, clock: Clock | None = None) -> Iterator[App]:
        login = MailLogin(username=LOGIN.username, password=SecretStr(LOGIN.password))
        with open_app(self.settings(), clock or self.clock, login) as app:
            yield app

    def sync(self, order: SyncOrder | None = None) -> tuple[SyncOutcome, dict[str, int]]:
        """One sync, and the requests our account made for it."""
        self.google.log.clear()
        with self.app() as app:
            outcome = sync_job(app, order)
        return outcome, self.requests()

    def requests(self) -> dict[str, int]:
        """The requests of our account since the last sync began, by method."""
        ours = self.google.account(US).email
        return dict(
            Counter(
                entry.method for entry in self.google.log.entries if entry.account == ours and entry.method != "token"
            )
        )

    def person(self, workbook: str = "") -> gspread.Spreadsheet:
        """The workbook (or another one of the secretary's) as the secretary opens it now."""
        opened = people.opened_by(self.google, people.SECRETARY, workbook or self.workbook)
        return self.open.enter_context(opened)

    def library(self, tab: str, period: Period = MONTH) -> LibraryMonth:
        """What the program now says about the library of a tab."""
        with self.app() as app:
            view = view_of(app, self.office(app), period)
        return next(row for row in view.month.libraries if row.library.tab == tab)

    def office(self, app: App) -> Office:
        return app.settings.offices[0]

    def score(self, tab: str) -> float:
        score = self.library(tab).score
        assert score is not None
        assert score.value is not None
        return score.value

    def rows_on_rekap(self, names: Collection[str]) -> dict[str, list[str]]:
        """What `Rekap` says of the libraries of these tabs, by their full names."""
        values = self.person().worksheet("Rekap").get_all_values()
        return {row[0]: row[:14] for row in values if row[0].removeprefix("Perpustakaan Desa ") in names and row[1]}

    def google_away(self) -> None:
        """From now on Google fails at every call but the login, which the login's own library would wait for for seconds."""
        self.google.conditions.fail("503", "[!t]*", times=None)

    def configure(self, file: str, **values: Any) -> None:
        self.place.configure(file, values)


@contextmanager
def installation(
    folder: Path, now: str = "2024-11-05T08:00+07:00", *, typed: bool = True, ready: bool = True
) -> Iterator[Installation]:
    """A fresh one; `typed` False leaves the workbook as Google makes it, `ready` False the store to the first command."""
    place, clock = prepare(folder), ManualClock(now)
    with (
        LocalGoogle(clock=clock, service_account_storage=False) as google,
        Mailbox(place.mail, LOGIN) as mailbox,
        ready_store(place, ready=ready),
    ):
        workbook = people.make_workbook(google)
        google.write_key(place.key_file)
        place.configure("office.yaml", {"workbook": workbook})
        place.configure("reports.yaml", {"send_on": 6})  # a Wednesday in November 2024, and a day after figures are due
        place.configure("mail.yaml", {"port": mailbox.port, "ca_file": str(mailbox.ca_file)})
        with ExitStack() as opened:
            here = Installation(google, mailbox, place, workbook, clock, opened)
            if typed:
                people.type_everything(here.person())
            yield here
