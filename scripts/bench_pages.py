"""`python scripts/bench_pages.py --libraries 1000`: how large an office's pages are, and in which writes they are sent; JSON.

The figures are invented; nothing is read and nothing is sent. Bytes are those of the requests as JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import runpy
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

from machine import print_measured

from sheets_sync.config.office import Office
from sheets_sync.jobs.month import MonthView, month_view
from sheets_sync.jobs.plan import Plan, plan_pages
from sheets_sync.model import CellRef, DatedValue, Library, Observation, Period, State
from sheets_sync.settings import Environment, OfficeSettings, load_settings
from sheets_sync.store import Memory

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2025, 1, 8, 1, 0, tzinfo=UTC)
DECEMBER = Period(2024, 12)


def memory(libraries: int, months: int, elements: int, districts: int) -> Memory:
    """What is remembered of an office of invented villages."""
    sample: Any = runpy.run_path(str(ROOT / "scripts" / "bench_sync.py"))["Sample"].draw(libraries, months, elements)
    codes = {name: name.casefold().replace(" ", "-") for name in sample.populations}
    known = tuple(
        Library(
            codes[name], name, district=f"Kecamatan {number % districts + 1:02}", population=(DatedValue(2024, people),)
        )
        for number, (name, people) in enumerate(sample.populations.items())
    )
    return Memory(period=DECEMBER, libraries=known, observations=tuple(_observations(sample.figures, codes)))


def _observations(figures: Any, codes: dict[str, str]) -> Iterator[Observation]:
    for sheet, (name, of_library) in enumerate(figures.items()):
        for column, (element, values) in enumerate(of_library.items()):
            for month, value in enumerate(values):
                cell = CellRef("home", sheet, name, month + 1, column + 1)
                state = State.EMPTY if value is None else State.REPORTED
                yield Observation(
                    codes[name],
                    element,
                    Period(2024, 1) + month,
                    state,
                    value,
                    cell,
                    "" if value is None else str(value),
                )


def settings() -> tuple[Office, OfficeSettings]:
    """The shipped ones, for a home workbook."""
    found = load_settings(ROOT / "config", Environment())
    office = found.offices[0].model_copy(update={"workbook": "home", "start": "2024-01"})
    return office, replace(found.of(found.offices[0]), start=Period(2024, 1))


def measured(libraries: int, months: int, elements: int, districts: int) -> dict[str, Any]:
    """Seconds, rows, cells and bytes."""
    office, own = settings()
    known = memory(libraries, months, elements, districts)
    began = process_time()
    view: MonthView = month_view(office, known, own, NOW)
    viewed = process_time()
    pages, _ = plan_pages(view, known, office, own)
    laid_out = process_time()
    plan = Plan("home", tuple(pages), ())
    return {
        "libraries": libraries,
        "view_seconds": round(viewed - began, 2),
        "pages_seconds": round(laid_out - viewed, 2),
        "pages": {
            each.page.title: {
                "rows": len(each.page.rows),
                "columns": len(each.page.columns),
                "bytes": len(json.dumps(each.requests)),
                "requests": len(each.requests),
            }
            for each in pages
        },
        "parts": [len(json.dumps(part.requests)) for part in plan.parts],
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Prints it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--libraries", type=int, default=1000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--elements", type=int, default=15)
    parser.add_argument("--districts", type=int, default=25)
    asked = parser.parse_args()
    print_measured(lambda: measured(asked.libraries, asked.months, asked.elements, asked.districts))


if __name__ == "__main__":
    main()
