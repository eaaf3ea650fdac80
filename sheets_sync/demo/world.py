"""The demo's servers and the program configured for them, with people who have the workbook open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from gspread import Spreadsheet
from pydantic import SecretStr

from sheets_sync.app import App, open_app
from sheets_sync.clock import Clock, clock_from
from sheets_sync.config.office import Office
from sheets_sync.demo import people
from sheets_sync.demo.mailbox import Login, Mailbox
from sheets_sync.demo.place import Place
from sheets_sync.local_google import LocalGoogle
from sheets_sync.mail.options import MailLogin
from sheets_sync.settings import Environment, load_settings

NOW = datetime.fromisoformat("2024-11-05T08:00+07:00")
LOGIN = Login("laporan", "rahasia-contoh")


@dataclass(frozen=True, slots=True)
class World:
    """Everything of a demo, running. `sheet` is the workbook as the secretary has it open."""

    place: Place
    google: LocalGoogle
    mailbox: Mailbox
    app: App
    sheet: Spreadsheet

    @property
    def office(self) -> Office:
        return self.app.settings.offices[0]


@contextmanager
def world(place: Place, clock: Clock | None = None) -> Iterator[World]:
    """A world in a place, from `NOW` on, or by another clock that both the program and the local Google have."""
    moment = clock or clock_from(NOW)
    with ExitStack() as running:
        google = running.enter_context(
            LocalGoogle(folder=place.folder / "google", clock=moment, service_account_storage=False)
        )
        mailbox = running.enter_context(Mailbox(place.mail, LOGIN))
        workbook = people.make_workbook(google)
        google.write_key(place.key_file)
        place.configure("office.yaml", {"workbook": workbook})
        place.configure("mail.yaml", {"port": mailbox.port, "ca_file": str(mailbox.ca_file)})
        environment = Environment(config=place.config, google_endpoint=google.url, key_file=None, store_url=None)
        settings = load_settings(place.config, environment)
        login = MailLogin(username=LOGIN.username, password=SecretStr(LOGIN.password))
        app = running.enter_context(open_app(settings, moment, login))
        sheet = running.enter_context(people.opened_by(google, people.SECRETARY, workbook))
        yield World(place, google, mailbox, app, sheet)
