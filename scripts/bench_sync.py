"""`python scripts/bench_sync.py`: what a sync of a large workbook costs, printed as JSON.

A workbook of 150 libraries × 12 months × 15 elements (or as asked for) is typed into the local Google. A process of its
own then syncs it three times: all of it, once more after its own write, and with nobody having typed since.
Seconds are of the clock on the wall, with processor seconds beside them; memory is that process's peak; requests are
what the server counted.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import gspread
from machine import print_measured

from sheets_sync import checks, intake, kpi, rekap
from sheets_sync.app import open_app
from sheets_sync.clock import clock_from
from sheets_sync.demo.local_office import local_office
from sheets_sync.google import GoogleClient, answers
from sheets_sync.jobs import ingest, run, sync
from sheets_sync.kpi import Cube
from sheets_sync.settings import Environment, load_settings

NOW = "2025-01-08T08:00+07:00"  # December 2024 is the last finished month
TYPED = gspread.utils.ValueInputOption.user_entered
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"),
    *("November", "Desember"),
)
# Element → heading, and an ordinary month of a village of 1,000 people.
ELEMENTS: Mapping[str, tuple[str, float]] = {
    "visits_onsite": ("Pengunjung di tempat", 120),
    "members_total": ("Jumlah anggota", 160),
    "loans": ("Peminjaman (eksemplar)", 60),
    "activities": ("Kegiatan pelibatan masyarakat", 3),
    "participants": ("Peserta kegiatan", 60),
    "advocacy": ("Kegiatan advokasi", 1),
    "titles": ("Koleksi (judul)", 900),
    "open_hours": ("Jam buka per hari", 6),
    "staff": ("Tenaga", 2),
    "visits_online": ("Pengunjung daring", 20),
    "ict_users": ("Pengguna komputer/internet", 30),
    "service_improvements": ("Peningkatan layanan informasi", 1),
    "partnerships": ("Kerja sama / MoU", 1),
    "impact_stories": ("Cerita impak", 1),
    "members_new": ("Anggota baru", 5),
    "in_library_use": ("Dibaca di tempat", 40),
    "digital_uses": ("Akses koleksi digital", 15),
    "media_publications": ("Publikasi media", 1),
    "copies": ("Koleksi (eksemplar)", 1500),
    "open_days": ("Hari buka", 22),
}
GROWING = ("members_total", "titles", "copies")  # never falls, so nobody has to be asked why


@dataclass(frozen=True)
class Sample:
    """Invented figures: `figures[library][element]` are its months, None where nothing was typed."""

    populations: Mapping[str, int]
    figures: Mapping[str, Mapping[str, Sequence[int | None]]]

    @classmethod
    def draw(cls, libraries: int, months: int, elements: int, seed: int = 2024) -> Sample:
        """Villages of 300 to 3,000 people; one cell in fifty is left blank."""
        chance = random.Random(seed)  # noqa: S311 - sample figures, no secrets
        names = [f"Desa {number + 1:03}" for number in range(libraries)]
        populations = {name: chance.randint(300, 3000) for name in names}
        chosen = list(ELEMENTS)[:elements]
        return cls(
            populations,
            {name: {e: _series(chance, e, months, populations[name] / 1000) for e in chosen} for name in names},
        )

    def register(self) -> list[list[object]]:
        """The rows of the tab `Perpustakaan`."""
        header: list[object] = ["Kode", "Nama", "Tab", "Jenis", "Penduduk", "Tahun", "Sumber"]
        rows = [[_code(name), name, name, "desa", people, 2024, "contoh"] for name, people in self.populations.items()]
        return [header, *rows]

    def month_rows(self, name: str) -> Iterator[list[object]]:
        """A library's months: the month's name and its figures."""
        figures = self.figures[name]
        for month in range(len(next(iter(figures.values())))):
            typed = ["" if values[month] is None else values[month] for values in figures.values()]
            yield [f"{MONTHS[month % 12]} {2024 + month // 12}", *typed]

    @property
    def headings(self) -> list[object]:
        return ["Bulan", *(ELEMENTS[element][0] for element in next(iter(self.figures.values())))]


def _series(chance: random.Random, element: str, months: int, size: float) -> list[int | None]:
    usual = ELEMENTS[element][1] * (size if ELEMENTS[element][1] > 6 else 1)
    drawn = [max(1, round(usual * chance.uniform(0.7, 1.4))) for _ in range(months)]
    if element in GROWING:
        drawn.sort()
    return [value if chance.random() > 0.02 else None for value in drawn]


def _code(name: str) -> str:
    return name.casefold().replace(" ", "-")


def type_in(workbook: gspread.Spreadsheet, sample: Sample, layout: str) -> None:
    """Types the sample into the workbook: one tab with a library column, or a tab for each library."""
    _tab(workbook, "Perpustakaan", sample.register())
    if layout == "tabs":
        for name in sample.populations:
            _tab(workbook, name, [sample.headings, *sample.month_rows(name)])
    else:
        rows = [[name, *row] for name in sample.populations for row in sample.month_rows(name)]
        _tab(workbook, "Laporan", [["Perpustakaan", *sample.headings], *rows])
    workbook.del_worksheet(workbook.sheet1)


def _tab(workbook: gspread.Spreadsheet, title: str, rows: list[list[object]]) -> None:
    tab = workbook.add_worksheet(title, rows=len(rows) + 10, cols=len(rows[0]) + 2)
    tab.update(rows, "A1", value_input_option=TYPED)


def measure(config: Path, url: str) -> dict[str, Any]:
    """Three syncs of a configured workbook in this process: seconds by stage, processor seconds, peak memory.

    After the first one Drive shows a new version, which was our own write; after the second one nothing is new.
    """
    environment = Environment(config=config, google_endpoint=url, key_file=None, store_url=None)
    runs: dict[str, Any] = {}
    at_start = peak_memory()
    with open_app(load_settings(config, environment), clock_from(datetime.fromisoformat(NOW))) as app:
        for name in ("changed", "own_write", "undisturbed"):
            worked, watch = process_time(), Stopwatch()
            with watch.over(STAGES):
                outcome = run.sync_job(app)
            runs[name] = {
                "seconds": {stage: round(took, 2) for stage, took in watch.seconds.items()},
                "total": round(sum(watch.seconds.values()), 2),
                "processor": round(process_time() - worked, 2),
                "findings": outcome.findings,
                "status": outcome.status,
            }
    return {**runs, "memory_at_start_mb": at_start, "peak_memory_mb": peak_memory()}


def peak_memory() -> int:
    """The most memory this process ever had, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)  # Linux counts in kilobytes


# Public functions whose time is a stage's, where the main job calls them; what is left is the store and the list.
STAGES: Sequence[tuple[str, Any, str]] = (
    ("storing", run, "sync"),
    ("reading", sync, "fetch"),
    ("interpreting", answers, "decode"),
    ("interpreting", answers, "parse"),
    ("interpreting", ingest, "fingerprint"),
    ("interpreting", intake, "read_register"),
    ("interpreting", intake, "interpret"),
    ("checking", checks, "check"),
    ("scoring", Cube, "from_observations"),
    ("scoring", kpi, "score"),
    ("scoring", kpi, "trend"),
    ("scoring", kpi, "scores"),
    ("scoring", kpi, "next_steps"),
    ("scoring", kpi, "completeness"),
    ("laying out", rekap, "plan"),
    ("writing", GoogleClient, "write"),
)


class Stopwatch:
    """Seconds by stage; what a stage calls of another counts for that one alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = [0.0]  # seconds of what was called, one entry for each open call

    @contextmanager
    def over(self, stages: Sequence[tuple[str, Any, str]]) -> Iterator[None]:
        """Times these functions while it is open."""
        with ExitStack() as after:
            for stage, module, name in stages:
                after.callback(setattr, module, name, getattr(module, name))
                setattr(module, name, self._timed(stage, getattr(module, name)))
            yield

    def _timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def timed(*arguments: Any, **named: Any) -> Any:
            started = perf_counter()
            self._inner.append(0.0)
            try:
                return work(*arguments, **named)
            finally:
                took = perf_counter() - started
                self.seconds[stage] += took - self._inner.pop()
                self._inner[-1] += took

        return timed


def bench(sample: Sample, layout: str, folder: Path) -> dict[str, Any]:
    """The sample typed in, then synced by a process of its own; what that took."""
    with local_office(folder, "Bench", NOW[:16]) as office:
        type_in(office.opened(), sample, layout)
        office.google.log.clear()
        command = [sys.executable, __file__, "--measure", str(office.place.config), office.google.url]
        measured = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        made = Counter(entry.method for entry in office.google.log.of(account=office.google.account().email))
        return {"requests": dict(made), **measured}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="What a sync of a large workbook costs.")
    parser.add_argument("--libraries", type=int, default=150)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--elements", type=int, default=15, choices=range(1, len(ELEMENTS) + 1), metavar="1-20")
    parser.add_argument("--layout", choices=["rows", "tabs"], default="rows", help="one tab, or a tab for each library")
    parser.add_argument("--measure", nargs=2, metavar=("CONFIG", "URL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        config, url = options.measure
        print(json.dumps(measure(Path(config), url)))
        return
    size = {name: getattr(options, name) for name in ("libraries", "months", "elements", "layout")}
    sample = Sample.draw(options.libraries, options.months, options.elements)
    with tempfile.TemporaryDirectory() as folder:
        print_measured(lambda: {**size, **bench(sample, options.layout, Path(folder))})


if __name__ == "__main__":
    main()
