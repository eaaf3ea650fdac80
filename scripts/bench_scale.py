"""`python scripts/bench_scale.py`: what many offices cost, a workbook each, printed as JSON.

A workbook of 20 libraries × 12 months × 15 elements is typed into the local Google and copied for each of 50 offices;
`--offices 514 --libraries 156` is the nation (the local server keeps all of it in memory). Then five syncs, each in a process of its own,
over HTTP with the quota off: of all offices; the next one; one after which nobody has typed; one after a figure was changed
in 5 % of the workbooks; and the next one. `processor_each` is for a workbook; of a changed one it is what it costs more than an
untouched one. Processor seconds are those of the sync alone, without the start of Python; those of the local
server stand beside them. Shares are of the processor's time, by what it was spent on.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import gspread
from bench_sync import NOW, Sample, type_in
from gspread.urls import DRIVE_FILES_API_V3_URL
from machine import machine_speed, print_measured
from ruamel.yaml import YAML

from sheets_sync import checks, intake, kpi, rekap
from sheets_sync.app import open_app
from sheets_sync.clock import clock_from
from sheets_sync.demo.people import SECRETARY, opened_by
from sheets_sync.demo.place import Place, prepare
from sheets_sync.google import GoogleClient, answers, rows
from sheets_sync.jobs import ingest, publish, run, sync
from sheets_sync.kpi import Cube
from sheets_sync.local_google import LocalGoogle
from sheets_sync.settings import Environment, load_settings
from sheets_sync.store import Store, Transaction

RUNS = ("first", "the_run_after", "untouched", "changed", "the_run_after_it")
TYPED = gspread.utils.ValueInputOption.user_entered
# Functions by what they do, where they are called; what none of them takes is the job's own.
SHARES: dict[str, Sequence[tuple[Any, str]]] = {
    "client": [(GoogleClient, name) for name in ("login", "list_workbooks", "ask")],
    "interpreting": [
        *((answers, name) for name in ("decode", "parse")),
        *((rows, name) for name in ("cells_in", "texts_in")),  # when somebody asks for them
        *((intake, name) for name in ("read_register", "interpret", "keep_gone")),
        (ingest, "fingerprint"),
    ],
    "checking": [(checks, "check")],
    "scoring": [
        (Cube, "from_observations"),
        *((kpi, name) for name in ("score", "scores", "trend", "next_steps", "completeness", "reporting")),
    ],
    "the month": [(sync, "month_view")],
    "laying out": [(rekap, "plan"), (sync, "plan_writes")],
    "writing": [(GoogleClient, "write"), (publish, "look_again")],
    "store": [
        *(
            (Store, name)
            for name in ("before_reading", "load", "load_with_reporting", "glances", "nobody_touched", "workbooks")
        ),
        *((Store, name) for name in ("reporting", "reportings", "put_by")),
        *(
            (Transaction, name)
            for name in ("register_was_read", "was_read", "was_computed", "was_written", "glance", "pages_stand")
        ),
        *((Transaction, name) for name in ("were_asked", "need_no_more", "are_fresh", "is_looked_after")),
    ],
}


@dataclass(frozen=True, slots=True)
class Nation:
    """The local Google with a workbook for each office, and the program configured for all of them."""

    google: LocalGoogle
    place: Place
    workbooks: dict[str, str]

    @property
    def account(self) -> str:
        """The program's own account."""
        return self.google.account().email

    def type_another(self, office: str, figure: int) -> None:
        """Somebody changes a figure of an office's workbook."""
        with opened_by(self.google, SECRETARY, self.workbooks[office]) as opened:
            opened.worksheet("Laporan").update([[figure]], "C2", value_input_option=TYPED)


@contextmanager
def nation(folder: Path, offices: int, sample: Sample) -> Iterator[Nation]:
    """So many offices, each with a workbook in which the sample is typed; Google asks nobody to wait."""
    place = prepare(folder)
    with LocalGoogle(now=datetime.fromisoformat(NOW), service_account_storage=False) as google:
        google.write_key(place.key_file)
        first = google.create_workbook("Kabupaten", owner=SECRETARY, locale="in_ID", time_zone="Asia/Pontianak")
        with opened_by(google, SECRETARY, first) as opened:
            type_in(opened, sample, "rows")
            made = [_copied(google, opened) for _ in range(offices)]
        workbooks = {f"kab-{number + 1:03}": workbook for number, workbook in enumerate(made)}
        _configure(place, workbooks)
        yield Nation(google, place, workbooks)


def _copied(google: LocalGoogle, opened: gspread.Spreadsheet) -> str:
    copy = opened.client.request("post", f"{DRIVE_FILES_API_V3_URL}/{opened.id}/copy", json={}).json()
    google.share(copy["id"], "sheets-sync")
    return str(copy["id"])


def _configure(place: Place, workbooks: dict[str, str]) -> None:
    """An office's file for each of them, and no waiting for Google."""
    yaml = YAML(typ="rt")
    google = yaml.load((place.config / "google.yaml").read_text(encoding="utf-8"))
    place.configure("google.yaml", {name: 1_000_000 for name in google if name.endswith("_per_minute")})
    place.configure("reports.yaml", {"office_recipients": []})  # each office would have to name its own
    template = place.config / "office.yaml"
    document = yaml.load(template.read_text(encoding="utf-8"))
    (place.config / "offices").mkdir()
    for code, workbook in workbooks.items():
        document |= {"code": code, "name": f"Dinas Perpustakaan {code}", "regency": code, "workbook": workbook}
        with (place.config / "offices" / f"{code}.yaml").open("w", encoding="utf-8") as target:
            yaml.dump(document, target)
    template.unlink()


class Stopwatch:
    """Processor seconds by share, of all threads; what a function calls of another share counts for that share alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._here, self._lock = threading.local(), threading.Lock()

    @contextmanager
    def over(self, shares: dict[str, Sequence[tuple[Any, str]]]) -> Iterator[None]:
        """Times these functions while it is open."""
        with ExitStack() as after:
            for share, functions in shares.items():
                for owner, name in functions:
                    plain = owner.__dict__[name]
                    after.callback(setattr, owner, name, plain)
                    timed = self._timed(share, getattr(owner, name))
                    setattr(owner, name, staticmethod(timed) if isinstance(plain, classmethod) else timed)
            yield

    def _timed(self, share: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def timed(*arguments: Any, **named: Any) -> Any:
            outer = getattr(self._here, "inner", 0.0)
            began, self._here.inner = time.thread_time(), 0.0
            try:
                return work(*arguments, **named)
            finally:
                took = time.thread_time() - began
                with self._lock:
                    self.seconds[share] += took - self._here.inner
                self._here.inner = outer + took

        return timed


def measure(config: Path, url: str) -> dict[str, Any]:
    """One sync in this process: processor seconds, shares, peak memory."""
    environment = Environment(config=config, google_endpoint=url, key_file=None, store_url=None)
    at_start = peak_memory()
    with open_app(load_settings(config, environment), clock_from(datetime.fromisoformat(NOW))) as app:
        watch, began, worked = Stopwatch(), time.perf_counter(), _processor()
        with watch.over(SHARES):
            outcome = run.sync_job(app)
        seconds, processor = time.perf_counter() - began, _processor() - worked
    rest = processor - sum(watch.seconds.values())
    return {
        "processor": round(processor, 2),
        "seconds": round(seconds, 1),
        "shares": {name: round(took / processor, 3) for name, took in [*watch.seconds.items(), ("other", rest)]},
        "read": len(outcome.read),
        "written": len(outcome.written),
        "failures": [str(failure.message) for failure in outcome.failures][:3],
        "memory_at_start_mb": at_start,
        "peak_memory_mb": peak_memory(),
    }


def peak_memory() -> int:
    """The most memory of this process, in megabytes; `getrusage` would tell that of the process which started it."""
    said = Path("/proc/self/status").read_text(encoding="utf-8")
    return round(int(said.partition("VmHWM:")[2].split()[0]) / 1024)


def _processor() -> float:
    """Processor seconds of this process and of those it has started."""
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def bench(here: Nation, changed: float) -> dict[str, Any]:
    """The five syncs, one after the other."""
    offices = list(here.workbooks)
    some = offices[: max(1, round(len(offices) * changed))]
    runs: dict[str, Any] = {}
    for name in RUNS:
        if name == "changed":
            for office in some:
                here.type_another(office, 77)
        runs[name] = _sync(here)
    took = {name: runs[name]["processor"] for name in RUNS}
    each = {name: round(took[name] / len(offices), 4) for name in RUNS}
    each["changed"] = round((took["changed"] - took["untouched"]) / len(some), 4)
    return {"processor_each": each, "runs": runs}


def _sync(here: Nation) -> dict[str, Any]:
    """One sync by a process of its own; what it cost, and what it asked of the server."""
    here.google.log.clear()
    command = [sys.executable, __file__, "--measure", str(here.place.config), here.google.url]
    with machine_speed() as speed:
        worked = time.process_time()
        said = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        served = time.process_time() - worked
    made = Counter(entry.method for entry in here.google.log.of(account=here.account))
    return {**said, "server_processor": round(served, 2), "requests": dict(made), "machine": speed}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="What many offices cost, a workbook each.")
    parser.add_argument("--offices", type=int, default=50)
    parser.add_argument("--libraries", type=int, default=20)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--elements", type=int, default=15)
    parser.add_argument("--changed", type=float, default=0.05, help="the share of workbooks in which somebody types")
    parser.add_argument("--measure", nargs=2, metavar=("CONFIG", "URL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        config, url = options.measure
        print(json.dumps(measure(Path(config), url)))
        return
    size = {name: getattr(options, name) for name in ("offices", "libraries", "months", "elements", "changed")}
    sample = Sample.draw(options.libraries, options.months, options.elements)
    with tempfile.TemporaryDirectory() as folder, nation(Path(folder), options.offices, sample) as here:
        print_measured(lambda: {**size, **bench(here, options.changed)})


if __name__ == "__main__":
    main()
