"""Many small offices on one local Google, several credentials, one store: what trials of scale work in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import gspread
import sqlalchemy
from gspread.urls import DRIVE_FILES_API_V3_URL
from ready_store import ready_store
from ruamel.yaml import YAML

from sheets_sync.app import App, open_app
from sheets_sync.clock import Clock, clock_from
from sheets_sync.demo import people
from sheets_sync.demo.place import Place, prepare
from sheets_sync.local_google import LocalGoogle
from sheets_sync.settings import Environment, load_settings

NOW = "2024-11-05T08:00+07:00"
MOMENT = datetime.fromisoformat(NOW)
TYPED = gspread.utils.ValueInputOption.user_entered
HEADINGS = ["Bulan", "Pengunjung di tempat", "Jumlah anggota", "Peminjaman (eksemplar)"]
OWN_TABS = ("Rekap", "Perlu Dicek", "Rincian")
_TYPED = ["office", "library", "element", "period", "state", "value", "typed"]
_SCORED = "SELECT office, library, period, horizon, value FROM scores ORDER BY 1, 2, 3, 4"


@dataclass(frozen=True, slots=True)
class Crowd:
    """The offices by code, with the workbook of each, and whose credential opens it."""

    google: LocalGoogle
    place: Place
    workbooks: dict[str, str]
    credentials: dict[str, str]
    store_url: str | None
    moment: Clock  # what time it is at Google

    def command(self, *words: str) -> tuple[list[str], dict[str, str]]:
        """The program's command line over them, begun at Google's time, and its environment."""
        now = self.moment().isoformat(timespec="seconds")
        line = [sys.executable, "-m", "sheets_sync", "--config", str(self.place.config), "--now", now, *words]
        store = {"SHEETS_SYNC_STORE_URL": self.store_url} if self.store_url else {}
        return line, {**os.environ, "SHEETS_SYNC_GOOGLE_ENDPOINT": self.google.url, **store}

    @property
    def environment(self) -> Environment:
        url = self.store_url or None
        return Environment(config=self.place.config, google_endpoint=self.google.url, key_file=None, store_url=url)

    @contextmanager
    def app(self, clock: Clock | None = None) -> Iterator[App]:
        with open_app(load_settings(self.place.config, self.environment), clock or self.clock()) as app:
            yield app

    def clock(self) -> Clock:
        return clock_from(MOMENT)

    def retype(self, code: str, figure: int) -> None:
        """Somebody changes the first figure of an office's workbook."""
        with people.opened_by(self.google, people.SECRETARY, self.workbooks[code]) as opened:
            opened.worksheet("Desa 1").update([[figure]], "B2", value_input_option=TYPED)

    def stands(self) -> dict[str, Any]:
        """What the store and the sheets say, but for ids and times: equal after equal histories."""
        with self.app() as app:
            engine = app.store._engine
            with engine.connect() as connection:
                scores = rows_of(connection, _SCORED)
            typed = app.store.export("observations", [], app.language()).astype(str).value_counts(_TYPED)
        return {
            "typed": sorted(typed.items(), key=str),
            "scores": scores,
            "pages": {code: self.pages(code) for code in self.workbooks},
        }

    def pages(self, code: str) -> dict[str, Any]:
        """Our own pages in an office's workbook, as values."""
        with people.opened_by(self.google, people.SECRETARY, self.workbooks[code]) as opened:
            tabs = {tab.title: tab for tab in opened.worksheets()}
            return {name: tabs[name].get_all_values()[3:] for name in OWN_TABS if name in tabs}


def rows_of(connection: sqlalchemy.Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(sqlalchemy.text(sql))]


@contextmanager
def many_offices(
    folder: Path,
    offices: int,
    credentials: int = 1,
    libraries: int = 1,
    store_url: str | None = None,
    clock: Clock = lambda: MOMENT,
    **google: Any,
) -> Iterator[Crowd]:
    """So many offices of so many libraries, dealt out to the credentials; `google` goes to google.yaml.

    `clock` is Google's. It stands still: each run begins at the same moment, however long a trial takes.
    """
    place = prepare(folder)
    place.configure("google.yaml", google)
    keys = [f"key-{number + 1}" for number in range(credentials)]
    made = nullcontext() if store_url else ready_store(place)
    with made, LocalGoogle(clock=clock, service_account_storage=False) as server:
        for key in keys:
            server.write_key(place.config / f"{key}.json", key)
        codes = dict(zip((f"kab-{number + 1:03}" for number in range(offices)), cycle(keys), strict=False))
        workbooks = dict(zip(codes, _workbooks(server, list(codes.values()), libraries), strict=True))
        _configure(place, workbooks, codes)
        yield Crowd(server, place, workbooks, codes, store_url, clock)


def _workbooks(google: LocalGoogle, keys: Sequence[str], libraries: int) -> Iterator[str]:
    """One that is typed, and copies of it, each shared with a credential."""
    first = google.create_workbook("Kabupaten", owner=people.SECRETARY, locale="in_ID", time_zone="Asia/Pontianak")
    with people.opened_by(google, people.SECRETARY, first) as opened:
        _type(opened, libraries)
        for key in keys:
            made = opened.client.request("post", f"{DRIVE_FILES_API_V3_URL}/{first}/copy", json={}).json()["id"]
            google.share(made, key)
            yield made


def _type(workbook: gspread.Spreadsheet, libraries: int) -> None:
    names = [f"Desa {number + 1}" for number in range(libraries)]
    register = [["Kode", "Nama", "Tab", "Jenis", "Penduduk", "Tahun", "Sumber"]]
    register += [[name.replace(" ", "-").lower(), name, name, "desa", 1000, 2024, "contoh"] for name in names]  # type: ignore[list-item]
    _tab(workbook, "Perpustakaan", register)
    for count, name in enumerate(names):
        rows = [[f"{month} 2024", 100 + n + count, 150 + n, 60 + n] for n, month in enumerate(people.MONTHS[:10])]
        _tab(workbook, name, [HEADINGS, *rows])
    workbook.del_worksheet(workbook.sheet1)


def _tab(workbook: gspread.Spreadsheet, title: str, rows: Sequence[Sequence[object]]) -> None:
    tab = workbook.add_worksheet(title, rows=len(rows) + 10, cols=10)
    tab.update([list(row) for row in rows], "A1", value_input_option=TYPED)


def _configure(place: Place, workbooks: dict[str, str], keys: dict[str, str]) -> None:
    """A file for each office, with recipients of its own."""
    yaml = YAML(typ="safe")
    shared = yaml.load((place.config / "office.yaml").read_text(encoding="utf-8"))
    reports = yaml.load((place.config / "reports.yaml").read_text(encoding="utf-8"))
    del reports["office_recipients"]
    _dump(yaml, place.config / "reports.yaml", {**reports, "to_libraries": False, "letter": False})
    for code, workbook in workbooks.items():
        about = {"code": code, "name": f"Dinas {code}", "workbook": workbook, "key_file": f"{keys[code]}.json"}
        _dump(yaml, place.config / "offices" / f"{code}.yaml", {**shared, **about})
        recipients = [{"name": "Kepala", "address": f"kepala@{code}.example.org"}]
        _dump(yaml, place.config / "offices" / code / "reports.yaml", {"office_recipients": recipients})
    (place.config / "office.yaml").unlink()


def _dump(yaml: YAML, path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as target:
        yaml.dump(document, target)
