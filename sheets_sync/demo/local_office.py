"""A configuration at work on a local Google: what examples, benchmarks and their tests run in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import gspread

from sheets_sync.app import App, open_app
from sheets_sync.clock import clock_from
from sheets_sync.demo.people import SECRETARY, opened_by
from sheets_sync.demo.place import Place, prepare
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.run import sync_job
from sheets_sync.local_google import LocalGoogle
from sheets_sync.settings import Environment, load_settings


@dataclass(frozen=True, slots=True)
class LocalOffice:
    """The local Google, the office's workbook on it, and the program configured for both."""

    google: LocalGoogle
    place: Place
    workbook: str
    app: App
    open: ExitStack  # what people have open

    def opened(self, person: str = SECRETARY) -> gspread.Spreadsheet:
        """The workbook as a person has it open."""
        return self.open.enter_context(opened_by(self.google, person, self.workbook))

    def sync(self) -> tuple[SyncOutcome, dict[str, int]]:
        """The main job once, and the requests it made, by method, as the server counted them."""
        self.google.log.clear()
        outcome, ours = sync_job(self.app), self.google.account().email
        made = (entry.method for entry in self.google.log.of(account=ours))
        return outcome, dict(Counter(made))


@contextmanager
def local_office(folder: Path, title: str, now: str, config: Path | None = None) -> Iterator[LocalOffice]:
    """An office with one new workbook, in a folder of its own; `now` is the program's clock, in the office's zone.

    Raises:
        UsageError: the folder holds something else.
        ConfigError: the configuration can't be used.
    """
    place = prepare(folder, config)
    with LocalGoogle(service_account_storage=False) as google:
        environment = Environment(config=place.config, google_endpoint=google.url, key_file=None, store_url=None)
        office = load_settings(place.config, environment).offices[0]
        google.now = start = datetime.fromisoformat(now).replace(tzinfo=office.zone)
        workbook = google.create_workbook(
            title, owner=SECRETARY, locale=office.locale, time_zone=office.time_zone, writers=["sheets-sync"]
        )
        google.write_key(place.key_file)
        place.configure("office.yaml", {"workbook": workbook})
        with open_app(load_settings(place.config, environment), clock_from(start)) as app, ExitStack() as opened:
            yield LocalOffice(google, place, workbook, app, opened)
