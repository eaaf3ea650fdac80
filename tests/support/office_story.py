"""An invented office of eight libraries and what its people do, month by month; every page and mail as a short text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from itertools import takewhile
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


COLUMNS = ("Perpustakaan", "Status", "Skor", "Perubahan", "Kategori", "Perlu dicek", "Tepat waktu", "Keterangan skor", "Kelengkapan")  # fmt: skip


def rekap(book: gspread.Spreadsheet) -> Iterator[str]:
    """`Rekap`, line by line: what needs heed, the tiles, and of each library all but links, bars and the next step."""
    rows = book.worksheet("Rekap").get_all_values()
    head = next(number for number, row in enumerate(rows) if row[0] == "Perpustakaan")
    label = next(number for number, row in enumerate(rows) if row[0] == "sudah lapor")
    yield from (row[0].replace("\n", " ") for row in rows[:label] if row[0].startswith("⚠"))
    yield from (f"{name}: {value}" for name, value in zip(rows[label], rows[label + 1], strict=True) if name)
    wanted = [rows[head].index(title) for title in COLUMNS]
    for row in takewhile(lambda row: row[0] and not row[0].startswith("Dua belas"), rows[head + 1 :]):
        yield " | ".join(row[place] for place in wanted)


def questions(book: gspread.Spreadsheet) -> list[str]:
    """Every row of `Perlu Dicek`, sorted: rule, library, month, figure, what was typed and read, status, what is asked for, why."""
    rows = book.worksheet("Perlu Dicek").get_all_values()
    head = next(number for number, row in enumerate(rows) if row[0] == "Kode")
    titles = ("Perpustakaan", "Bulan", "Isian", "Tertulis", "Dibaca sebagai", "Status", "Yang diminta", "Alasan")
    wanted = [rows[head].index(title) for title in titles]
    found = [[row[0].rsplit("-", 1)[0], *(row[place] for place in wanted)] for row in rows[head + 1 :] if row[0]]
    return sorted(" | ".join(row).rstrip(" |") for row in found)


def letters(here: Installation, since: int) -> Iterator[str]:
    """Every mail after the first so many, by address: its subject, and all it says but for links, the frame and the chart."""
    for to, subject, text in sorted(texts(here, since), key=lambda mail: parseaddr(mail[0])[1]):
        body = list(takewhile(lambda line: line.strip() != "--", text.splitlines()))
        said = body[next((n for n, line in enumerate(body) if line.startswith("Yth.")), 0) + 1 :]
        yield f"{parseaddr(to)[1].partition('@')[0]}: {subject}"
        yield from (f"  {_plain(line)}" for line in said if line and not line.startswith(_FRAME))


_FRAME = (
    "Grafik batang",
    "Buka lembar kerja",
    "Skor internal dinas, skema",
    "Ketuk tautan",
    "Skor bulanan, dua",
    "Rata-rata skor bulanan, dua",
)


def _plain(line: str) -> str:
    """A line without the addresses of cells, which hold what differs from run to run."""
    return re.sub(r": https?://\S+?(?=\)|$)", "", line)


def told(here: Installation, since: int | None = None) -> str:
    """All that people see after a step: the office's two pages and, where mails went out, every mail."""
    book = here.person()
    mails = [] if since is None else ["", "# Surel", *letters(here, since)]
    return "\n".join(["# Rekap", *rekap(book), "", "# Perlu Dicek", *questions(book), *mails]) + "\n"


def written(step: str) -> str:
    """What was written down of a step beforehand."""
    return (Path(__file__).parent.parent / "data" / "five_months" / f"{step}.txt").read_text(encoding="utf-8")
