"""`python scripts/bench_growth.py`: what the store grows by in ten years, for an office and for the nation, as JSON.

Bytes of a row are measured in an SQLite store made for it: a figure at hand, one put by, a run that found nothing to do
among 514 workbooks, and the sums that an office gives to the places above it.
"""

from __future__ import annotations

import json
import runpy
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sheets_sync.i18n import language
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.run import kept_detail
from sheets_sync.model import Period
from sheets_sync.store import Store, WorkbookReading

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2025, 1, 5, tzinfo=UTC)
WORKBOOKS = 514
RUNS_A_YEAR = 365 * 24 * 4
YEARS_AT_HAND = 4  # this one and `keep_years` before it


def row_bytes(folder: Path, libraries: int = 150, runs: int = 2000) -> dict[str, float]:
    """Bytes of a row of each kind."""
    file = folder / "store.sqlite3"
    with closing(Store(f"sqlite:///{file}")) as store:
        empty = _size(file)
        figures = _figures(store, libraries)
        at_hand = _size(file)
        store.put_by("o", Period(2026, 1), [])
        put_by = _size(file)
        _runs(store, runs)
        noted = _size(file)
        store.runs.thin(AT + timedelta(days=900))
        thinned = _size(file)
    return {
        "figure_at_hand": (at_hand - empty) / figures,
        "figure_put_by": (put_by - empty) / figures,
        "run": (noted - put_by) / runs,
        "run_thinned": (thinned - put_by) / runs,
    }


def _figures(store: Store, libraries: int) -> int:
    memory: Any = runpy.run_path(str(ROOT / "scripts" / "bench_pages.py"))["memory"](libraries, 12, 15, 10)
    reading = WorkbookReading("1" * 44, "w", "in_ID", None, "f", True, memory.observations, (), {}, (), {}, ())
    with store.transaction("o", AT) as tx:
        tx.was_read(reading)
    return len(memory.observations)


def _runs(store: Store, count: int) -> None:
    names = tuple(f"1ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno{n:03}" for n in range(WORKBOOKS))
    detail = kept_detail(SyncOutcome(unchanged=names).document(language("en")))
    for n in range(count):
        number = store.runs.start("sync", AT + timedelta(minutes=15 * n))
        store.runs.finish(number, AT, 0, detail)


def _size(file: Path) -> int:
    """Bytes of its pages, of which the log beside the file may hold some."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("VACUUM")
        pages, size = (opened.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


def ten_years(row: dict[str, float], figures_a_year: int) -> dict[str, float]:
    """Megabytes after ten years."""
    at_hand = YEARS_AT_HAND * figures_a_year * row["figure_at_hand"]
    put_by = (10 - YEARS_AT_HAND) * figures_a_year * row["figure_put_by"]
    runs = RUNS_A_YEAR * (row["run"] / 4 + row["run_thinned"] * (25 / 12 - 1 / 4))  # 3 months whole, 25 in all
    parts = {"figures_at_hand": at_hand, "figures_put_by": put_by, "runs": runs}
    return {name: round(value / 1e6, 1) for name, value in parts.items()}


def main() -> None:
    """Prints it."""
    with tempfile.TemporaryDirectory() as folder:
        row = row_bytes(Path(folder))
    figures = 12 * 15
    document = {
        "row_bytes": {name: round(value) for name, value in row.items()},
        "office_of_150_libraries_mb": ten_years(row, 150 * figures),
        "nation_514_offices_of_156_libraries_mb": ten_years(row, WORKBOOKS * 156 * figures),
    }
    json.dump(document, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
