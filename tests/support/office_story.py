"""An invented office of eight libraries and what its people do, month by month; every page and mail as a short text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import gspread
from gspread.utils import ValueInputOption, rowcol_to_a1
from installation import Installation, installation
from office_days import it_is, texts
from ruamel.yaml import YAML

from sheets_sync.jobs.setup import SetupOutcome, set_up

TYPED = ValueInputOption.user_entered
REQUIRED = ("visits_onsite", "loans")
VISITS, LOANS = "Pengunjung di tempat\N{NO-BREAK SPACE}*", "Peminjaman (eksemplar)\N{NO-BREAK SPACE}*"
SCHEME = {
    "version": "cerita-1",
    "valid_from": "2024-01",
    "name": {"id": "Skor cerita", "en": "Story score"},
    "coverage_floor": 0.6,
    "bands": [
        {"id": "tinggi", "at_least": 8.5, "colour": "green", "label": {"id": "tinggi", "en": "high"}},
        {"id": "sedang", "at_least": 5.5, "colour": "yellow", "label": {"id": "sedang", "en": "middle"}},
        {"id": "rendah", "at_least": 0, "colour": "red", "label": {"id": "rendah", "en": "low"}},
    ],
    "unscored": {"id": "too_few_data", "colour": "grey", "label": {"id": "data belum cukup", "en": "too few data"}},
    "groups": [{"id": "services", "label": {"id": "Layanan", "en": "Services"}}],
    "indicators": [
        {
            "id": "visits",
            "group": "services",
            "label": {"id": "Kunjungan", "en": "Visits"},
            "measures": {"id": "kunjungan sebulan", "en": "visits a month"},
            "numerator": "mean(visits_onsite)",
            "target": 100,
            "weight": 1,
            "unit": {"id": "kunjungan", "en": "visits"},
            "local_choice": {"id": "target", "en": "target"},
        }
    ],
}


@contextmanager
def story(folder: Path) -> Iterator[Installation]:
    """The office before its first day: two figures are required, and a hundred visits a month score 10."""
    with installation(folder, now="2024-10-25T09:00+07:00", typed=False) as here:
        here.configure("office.yaml", start="2024-10", notice=None, notice_detail=None)
        here.configure("reports.yaml", reminders={"send": False})
        _require(here.place.config / "elements.yaml")
        YAML().dump(SCHEME, here.place.config / "schemes" / "tpbis.yaml")
        yield here


def _require(path: Path) -> None:
    yaml = YAML(typ="rt")
    document = yaml.load(path.read_text(encoding="utf-8"))
    for element in document["elements"]:
        element["required"] = element["id"] in REQUIRED
    with path.open("w", encoding="utf-8") as target:
        yaml.dump(document, target)


def sets_up(here: Installation) -> SetupOutcome:
    with here.app() as app:
        return set_up(app, here.workbook)


def registers(here: Installation, name: str, **more: str) -> None:
    """The secretary adds a library to the register."""
    register = here.person().worksheet("Perpustakaan")
    rows = register.get_all_values()
    filled = max(number for number, row in enumerate(rows, 1) if any(row))
    said = {
        "Kode": name.lower(),
        "Nama": name,
        "Tab": "",
        "Jenis": "desa",
        "E-mail": f"{name.lower()}@example.org",
        **more,
    }
    register.update([[said.get(head, "") for head in rows[0]]], f"A{filled + 1}", value_input_option=TYPED)


def in_register(here: Installation, name: str, column: str, text: str) -> None:
    """The secretary changes what the register says of a library."""
    register = here.person().worksheet("Perpustakaan")
    rows = register.get_all_values()
    row = next(number for number, row in enumerate(rows, 1) if name in row)
    register.update([[text]], rowcol_to_a1(row, rows[0].index(column) + 1), value_input_option=TYPED)


def types(here: Installation, tab: str, month: str, visits: Any = None, loans: Any = None) -> None:
    """A librarian types a month's two figures; None leaves a cell alone."""
    sheet = here.person().worksheet(tab)
    rows = sheet.get_all_values()
    row = next(number for number, row in enumerate(rows, 1) if row[0] == month)
    for head, value in ((VISITS, visits), (LOANS, loans)):
        if value is not None:
            sheet.update([[value]], rowcol_to_a1(row, rows[0].index(head) + 1), value_input_option=TYPED)


def goes_on(here: Installation, moment: str) -> int:
    """It is so late, and the sync runs; its status."""
    it_is(here, moment)
    outcome, _ = here.sync()
    return outcome.status


def rekap(book: gspread.Spreadsheet) -> str:
    """The tiles and the table of `Rekap`: library, status, score, open questions, on time."""
    rows = book.worksheet("Rekap").get_all_values()
    head = next(number for number, row in enumerate(rows) if row[0] == "Perpustakaan")
    label = next(number for number, row in enumerate(rows) if row[0] == "sudah lapor")
    tiles = [f"{name}: {value}" for name, value in zip(rows[label], rows[label + 1], strict=True) if name]
    wanted = [rows[head].index(title) for title in ("Perpustakaan", "Status", "Skor", "Perlu dicek", "Tepat waktu")]
    table = []
    for row in rows[head + 1 :]:
        if not row[0]:
            break
        name, status, score, asked, on_time = (row[place] for place in wanted)
        table.append(" | ".join((name, status, score, asked.split(":")[0], on_time)))
    return "\n".join([*tiles, *table])


def questions(book: gspread.Spreadsheet) -> str:
    """The rows of `Perlu Dicek` that are open or told: rule, library, month, what was typed, status."""
    rows = book.worksheet("Perlu Dicek").get_all_values()
    head = next(number for number, row in enumerate(rows) if row[0] == "Kode")
    wanted = [rows[head].index(title) for title in ("Kode", "Perpustakaan", "Bulan", "Tertulis", "Status")]
    found = []
    for row in rows[head + 1 :]:
        code, library, month, typed, status = (row[place] for place in wanted)
        if status in ("terbuka", "dijawab", "info"):
            found.append(" | ".join((code.rsplit("-", 1)[0], library, month, typed, status)))
    return "\n".join(sorted(found))


def mails_by_address(here: Installation, since: int) -> Mapping[str, str]:
    """The text of each message after so many, by its address."""
    return {parseaddr(to)[1]: f"{subject}\n{text}" for to, subject, text in texts(here, since)}
