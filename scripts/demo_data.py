"""`python scripts/demo_data.py`: makes the sample sheets in sheets_sync/demo/barito_timur, a CSV file for each tab.

All figures are invented. They are drawn with a fixed seed and then scaled until the shipped scheme computes the scores
that the regency's media centre reported in November 2024 (7,72 · 6,0 · 5,2 · 6,32): only inputs are tuned, never the
scheme. So they are no evidence of the official formula and no library's data; every tab says so in its first row.

A cell is what a person would type in an Indonesian workbook; some are typed the way people type.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.kpi import Cube, Scheme, read_scheme, score
from sheets_sync.model import CellRef, DatedValue, Horizon, Library, Observation, Period, State
from sheets_sync.model.rounding import round_half_up

ROOT = Path(__file__).resolve().parent.parent
TARGET_FOLDER = ROOT / "sheets_sync" / "demo" / "barito_timur"
SEED = 2024
NOTICE = "CONTOH – ANGKA REKAAN"
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober")
AHEAD = ("November", "Desember")
OCTOBER = Period(2024, 10)
# Fasting and Idulfitri in March and April, school holidays in June and July, festivals in August and September.
SEASON = (1.00, 0.97, 0.90, 0.84, 1.05, 0.95, 0.91, 1.12, 1.16, 1.08)
REGISTER = (
    *("Kode", "NPP", "Nama", "Alias", "Tab", "Jenis", "Kecamatan", "Penduduk", "Tahun", "Sumber", "PIC", "E-mail"),
    *("WhatsApp", "Aktif sejak", "Aktif sampai", "Skor SIM", "Periode SIM"),
)
SCALED = ("visits_onsite", "visits_online", "loans", "ict_users")  # what is tuned, beside members_total
COLUMNS = (
    *("visits_onsite", "visits_online", "members_total", "members_new", "loans", "ict_users", "activities"),
    *("participants", "advocacy", "service_improvements", "partnerships", "impact_stories"),
    *("titles", "open_hours", "staff"),
)


@dataclass(frozen=True)
class Profile:
    """A library of the sample: its register row, its yearly counts, the score to reach, and how it types."""

    code: str
    name: str
    tab: str
    kind: str
    district: str
    population: int
    email: str
    target: float
    activities: tuple[int, ...]  # by month; so are the next five
    advocacy: tuple[int, ...]
    improvements: tuple[int, ...]
    partnerships: tuple[int, ...]
    stories: tuple[int, ...]
    titles: tuple[int, ...]
    staff: int
    hours: str  # as typed in January, a plain number from then on
    npp: str = ""
    alias: str = ""
    online: float = 0.15  # of all visits
    months: Mapping[str, str] = field(default_factory=dict)  # how it writes a month's name
    typed: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (month, element): what it types
    refused: frozenset[tuple[str, str]] = frozenset()  # what of that is not read as a figure
    notes: Mapping[str, str] = field(default_factory=dict)


PROFILES = (
    Profile(
        code="perpusdes-tangkum", name="Perpustakaan Desa Tangkum", alias="Perpusdes Tangkum", tab="Tangkum", kind="desa",
        district="Raren Batuah", population=1146, email="tangkum@example.org", target=7.72,
        activities=(3, 4, 2, 3, 4, 4, 3, 5, 4, 3), advocacy=(1, 0, 1, 1, 0, 1, 1, 2, 1, 1),
        improvements=(0, 1, 0, 0, 1, 0, 1, 0, 1, 0), partnerships=(1, 0, 0, 0, 1, 0, 0, 1, 0, 0),
        stories=(0, 0, 1, 0, 0, 1, 0, 0, 1, 0),
        titles=(1012, 1012, 1027, 1027, 1041, 1041, 1058, 1063, 1063, 1087), staff=2, hours="7",
        months={"Februari": "Pebruari"},
        typed={("Mei", "visits_onsite"): "{} orang", ("Februari", "partnerships"): "nihil"},
        notes={"Maret": "Buka setengah hari selama Ramadan", "Agustus": "Lomba 17 Agustus"},
    ),
    Profile(
        code="perpusdes-pangkan", name="Perpustakaan Desa Pangkan", alias="Perpusdes Pangkan", tab="Pangkan", kind="desa",
        district="Paku", population=973, email="pangkan@example.org", target=6.00,
        activities=(2, 3, 2, 2, 3, 2, 3, 4, 3, 2), advocacy=(0, 1, 0, 1, 0, 1, 1, 0, 1, 1),
        improvements=(0, 0, 1, 0, 0, 0, 0, 1, 0, 0), partnerships=(0, 1, 0, 0, 0, 0, 0, 1, 0, 0),
        stories=(0, 1, 0, 0, 0, 0, 1, 0, 0, 0),
        titles=(846, 846, 846, 861, 861, 874, 874, 874, 892, 892), staff=2, hours="6 jam",
        months={"Agustus": "Agt"},
        typed={("Juni", "loans"): "", ("April", "impact_stories"): "-"},
        refused=frozenset({("Juni", "loans")}),
        notes={"Juni": "Buku peminjaman belum direkap"},
    ),
    Profile(
        code="perpusdes-turan-amis", name="Perpustakaan Desa Turan Amis", alias="Perpusdes Turan Amis", tab="Turan Amis",
        kind="desa", district="Raren Batuah", population=1389, email="turan.amis@example.org", target=5.20,
        activities=(2, 2, 1, 1, 3, 2, 2, 3, 3, 2), advocacy=(0, 1, 0, 0, 1, 0, 1, 0, 1, 1),
        improvements=(0, 0, 0, 1, 0, 0, 1, 0, 0, 0), partnerships=(0, 0, 1, 0, 0, 0, 0, 0, 1, 0),
        stories=(0, 0, 0, 0, 1, 0, 0, 0, 1, 0), online=0.0,
        titles=(655, 655, 662, 662, 662, 680, 680, 691, 691, 691), staff=1, hours="5",
        typed={("Maret", "participants"): "sekitar 20", ("Januari", "visits_online"): "t/a"},
        refused=frozenset({("Maret", "participants"), ("Januari", "visits_online")}),
        notes={"April": "Libur Idulfitri dua minggu"},
    ),
    Profile(
        code="6213013B0000001", npp="6213013B0000001", name="Dinas Perpustakaan dan Kearsipan Kabupaten Barito Timur",
        alias="Dinas; Perpustakaan Umum Kabupaten", tab="Dinas", kind="kabupaten", district="Dusun Timur",
        population=118_264, email="dinas@example.org", target=6.32,
        activities=(6, 7, 5, 5, 8, 7, 6, 9, 9, 8), advocacy=(1, 1, 2, 1, 1, 1, 2, 1, 2, 2),
        improvements=(1, 0, 1, 0, 1, 1, 0, 1, 1, 1), partnerships=(1, 0, 1, 0, 1, 0, 0, 1, 1, 1),
        stories=(0, 1, 1, 0, 1, 0, 1, 1, 1, 1),
        titles=(9418, 9418, 9466, 9466, 9531, 9531, 9587, 9587, 9640, 9672), staff=11, hours="08.00-15.30",
        typed={("Maret", "visits_onsite"): "{} orang", ("Juli", "visits_onsite"): "{} orang"},
        notes={"September": "Bulan Gemar Membaca"},
    ),
)  # fmt: skip


class Sample:
    """One library's invented months; `effort` scales what is tuned, the rest stays as drawn."""

    def __init__(self, profile: Profile, elements: Elements, scheme: Scheme, draw: random.Random) -> None:
        self._profile, self._elements, self._scheme = profile, elements, scheme
        self._noise = {name: [draw.uniform(0.92, 1.08) for _ in MONTHS] for name in SCALED}
        self._crowd = [draw.uniform(17.5, 26.5) for _ in MONTHS]
        self._joined = [draw.uniform(0.4, 1.6) for _ in MONTHS]

    def figures(self, effort: float, extra: int) -> Mapping[str, Sequence[float]]:
        """By element the ten months as they are read; `extra` more visits are spread over the months."""
        who, level, months = self._profile, self._levels(effort), range(len(MONTHS))
        scaled = {name: [round(level[name] * SEASON[m] * self._noise[name][m]) for m in months] for name in SCALED}
        visits = [count + extra // 10 + (m < extra % 10) for m, count in enumerate(scaled["visits_onsite"])]
        joined = [round(level["members_total"] * 0.02 * self._joined[m]) for m in months]
        members = [round(level["members_total"]) - sum(joined[m + 1 :]) for m in months]
        people = [round(count * self._crowd[m]) for m, count in enumerate(who.activities)]
        counted = dict(zip(COLUMNS[8:12], (who.advocacy, who.improvements, who.partnerships, who.stories), strict=True))
        stocks = {"titles": who.titles, "staff": [who.staff] * 10, "open_hours": [_hours(who.hours)] * 10}
        flows = {"members_total": members, "members_new": joined, "activities": who.activities, "participants": people}
        return {**scaled, "visits_onsite": visits, **flows, **counted, **stocks}

    def _levels(self, effort: float) -> Mapping[str, float]:
        """An average month that would earn `effort` of the points of each tuned indicator."""
        who, people = self._profile, self._profile.population * effort
        visits = self._target("visits_per_capita") * people / 12
        return {
            "visits_onsite": visits * (1 - who.online),
            "visits_online": visits * who.online,
            "loans": self._target("loans_per_capita") * people / 12 * 0.9,
            "ict_users": self._target("ict_per_capita") * people / 12 * 0.8,
            "members_total": self._target("members_share") / 100 * people * 1.05,
        }

    def _target(self, indicator: str) -> float:
        return self._scheme.indicator(indicator).target.at(self._profile.kind, OCTOBER, Horizon.YEAR_TO_DATE) or 0.0

    def score(self, figures: Mapping[str, Sequence[float]]) -> float:
        """What the shipped scheme computes for the year to October from what is read."""
        who = self._profile
        library = Library(who.code, who.name, who.kind, population=(DatedValue(2023, who.population),))
        seen = [
            Observation(who.code, element, Period(2024, m + 1), State.REPORTED, float(value), _NOWHERE, "")
            for element, values in figures.items()
            for m, value in enumerate(values)
            if (MONTHS[m], element) not in who.refused
        ]
        cube = Cube.from_observations(seen, [library], self._elements.elements, Period(2024, 1), OCTOBER)
        return score(cube, self._scheme, OCTOBER).score(who.code).value or 0.0

    def tuned(self) -> Mapping[str, Sequence[float]]:
        """Figures that give the target: effort by halving, then single visits.

        Raises:
            ValueError: the target is out of reach of what is tuned.
        """
        low, high = 0.2, 1.0
        while high - low > 1e-4:
            middle = (low + high) / 2
            low, high = (middle, high) if self.score(self.figures(middle, 0)) < self._profile.target else (low, middle)
        tries = [self.figures(low, extra) for extra in range(-40, 41)]
        best = min(tries, key=lambda figures: abs(self.score(figures) - self._profile.target))
        if round_half_up(self.score(best), 2) != self._profile.target:
            raise ValueError(f"{self._profile.tab}: {self.score(best)} is as near to {self._profile.target} as it gets")
        return best


_NOWHERE = CellRef("", 0, "", 0, 0)


def _hours(text: str) -> float:
    return 7.5 if "-" in text else float(text.split(maxsplit=1)[0])


def typed(profile: Profile, month: str, element: str, value: float) -> str:
    """What a person types for a value."""
    if element == "open_hours" and month == MONTHS[0]:
        return profile.hours
    plain, grouped = f"{value:g}".replace(".", ","), f"{value:,.0f}".replace(",", ".")
    return profile.typed.get((month, element), plain).format(grouped)


def month_rows(profile: Profile, sample: Sample, elements: Elements) -> Iterator[list[str]]:
    """A library's tab: title rows, the header, twelve months of which the last two are still blank."""
    figures = sample.tuned()
    yield [NOTICE]
    yield [f"Laporan bulanan {profile.name} – Tahun 2024"]
    yield ["Bulan", *(elements[name].label.id for name in COLUMNS), "Keterangan"]
    for m, month in enumerate(MONTHS):
        cells = [typed(profile, month, name, figures[name][m]) for name in COLUMNS]
        yield [profile.months.get(month, month), *cells, profile.notes.get(month, "")]
    for month in AHEAD:
        yield [month, *[""] * len(COLUMNS), ""]


def register_rows() -> Iterator[list[str]]:
    """The tab Perpustakaan; the official score stays empty."""
    yield [f"{NOTICE} (termasuk jumlah penduduk)"]
    yield list(REGISTER)
    for who in PROFILES:
        source, contact = "angka rekaan untuk contoh", f"Pengelola {who.tab}"
        known = [who.code, who.npp, who.name, who.alias, who.tab, who.kind, who.district, str(who.population), "2023"]
        yield [*known, source, contact, who.email, "", "", "", "", ""]


def tabs(config: Path = ROOT / "config") -> Mapping[str, list[list[str]]]:
    """Every tab's rows by its title."""
    elements = read_yaml(config / "elements.yaml", Elements)
    scheme = read_scheme(config / "schemes" / "tpbis.yaml", elements.elements)
    draw = random.Random(SEED)  # noqa: S311 - sample figures, no secrets
    samples = {who.tab: month_rows(who, Sample(who, elements, scheme, draw), elements) for who in PROFILES}
    return {"Perpustakaan": list(register_rows()), **{title: list(rows) for title, rows in samples.items()}}


def write(folder: Path) -> None:
    """The tabs as CSV files in UTF-8, named like them."""
    folder.mkdir(parents=True, exist_ok=True)
    for title, rows in tabs().items():
        with (folder / f"{title}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        print(folder / f"{title}.csv")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET_FOLDER)
