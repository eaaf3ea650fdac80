"""`python scripts/england.py`: the main job over the published figures of England's library services, on this machine.

The file is put into one workbook on the local Google as somebody would paste it, synced, taken away again with
`export`, and compared with the file itself: every element's yearly total for each service, and every month of it. For
the comparison the file is read with the csv module alone. Prints one JSON document; what happened goes to standard
error. Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from time import perf_counter
from typing import Any, TypeAlias

import gspread

from sheets_sync.demo.local_office import LocalOffice, local_office
from sheets_sync.demo.place import Place

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "config" / "examples" / "england-2023-24"
EXTRACT = EXAMPLE / "activity-extract.csv"
WHOLE = ROOT.parent / "shared" / "data" / "england_activity_2023_24" / "activity.csv"
NOW = "2024-04-10T08:00"  # March, the last month of the reporting year, is the last finished one
TYPED = gspread.utils.ValueInputOption.user_entered
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Figure: TypeAlias = tuple[str, str, str]  # service, element, month like 2023-04


@dataclass(frozen=True)
class Published:
    """The file: cells as published. `file` is where it stands."""

    file: Path
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    @classmethod
    def read(cls, file: Path) -> Published:
        with file.open(encoding="utf-8", newline="") as source:
            header, *rows = csv.reader(source)
        return cls(file, header, rows)

    def figures(self, elements: Mapping[str, str]) -> Iterator[tuple[Figure, str]]:
        """Every monthly cell under its element; `elements` gives the id for a heading without its month.

        Raises:
            KeyError: a monthly heading that no element claims.
        """
        for column, heading in enumerate(self.header):
            found = re.fullmatch(r"(.+) - ([A-Z][a-z]+) (\d{4})(_digital)?", heading)
            if found:
                name, month, year, digital = found.groups()
                element = elements[name + (" digital" if digital else "")]
                period = f"{year}-{MONTHS.index(month[:3]) + 1:02}"
                for row in self.rows:
                    yield (row[0], element, period), row[column]

    def register(self) -> list[list[str]]:
        """The rows of the tab `Libraries`."""
        header = ["Code", "Name", "Population", "Year", "Source"]
        source = "Office for National Statistics, population estimate"
        return [header, *([_code(row[0]), row[0], row[2], "2023", source if row[2] else ""] for row in self.rows)]


def whole_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the whole published file should be."""
    return Path(environment.get("SHEETS_SYNC_ENGLAND") or WHOLE)


def prove(published: Published, folder: Path) -> dict[str, Any]:
    """Everything, once, in a folder; what it came to."""
    watch = Stopwatch()
    with local_office(folder, "Libraries Activity Data 2023-24", NOW, EXAMPLE) as office:
        t = office.app.language()
        with watch("pasting"):
            paste(office.opened(), published)
        with watch("first sync"):
            first, requests = office.sync()
        with watch("second sync"):
            second, again = office.sync()
        print(first.text(t), second.text(t), sep="\n", file=sys.stderr)
        with watch("export"):
            exported = export(office.place)
        settings = office.app.settings.of(office.app.settings.offices[0])
        elements = {alias: element.id for element in settings.elements.elements for alias in element.aliases}
        return {
            "file": published.file.name,
            "services": len(published.rows),
            "requests": {"first sync": requests, "second sync": again},
            "seconds": watch.seconds,
            "findings": first.findings,
            "failures": [t(failure.message) for failure in (*first.failures, *second.failures)],
            "summary": summary(office),
            "comparison": compare(dict(published.figures(elements)), exported),
        }


class Stopwatch:
    """Seconds by what was done."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        started = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - started, 2)


def paste(workbook: gspread.Spreadsheet, published: Published) -> None:
    """Puts the file into the workbook as a person's paste would: each cell as if it were typed."""
    for title, rows in (("Activity", [published.header, *published.rows]), ("Libraries", published.register())):
        tab = workbook.add_worksheet(title, rows=len(rows) + 5, cols=len(rows[0]))
        tab.update([list(row) for row in rows], "A1", value_input_option=TYPED)
    workbook.del_worksheet(workbook.sheet1)


def export(place: Place) -> dict[Figure, tuple[str, str]]:
    """State and value of every figure, as the command `export` gives them away."""
    file = place.folder / "observations.csv"
    command = ["--config", str(place.config), "export", "--what", "observations", "--out", str(file)]
    subprocess.run([sys.executable, "-m", "sheets_sync", *command], check=True, stdout=sys.stderr)
    with file.open(encoding="utf-8", newline="") as source:
        return {
            (row["name"], row["element"], row["period"]): (row["state"], row["value"]) for row in csv.DictReader(source)
        }


def compare(published: Mapping[Figure, str], exported: Mapping[Figure, tuple[str, str]]) -> dict[str, Any]:
    """The totals of both, the months of both, and where they differ; a blank must be missing, a 0 zero."""
    wanted, given = totals(published), totals({figure: value for figure, (_, value) in exported.items()})
    off = {
        figure: (typed, exported.get(figure))
        for figure, typed in published.items()
        if not same(typed, exported.get(figure))
    }
    return {
        "totals": len(wanted),
        "totals_missing": sum(total is None for total in wanted.values()),
        "totals_equal": sum(given.get(key, "absent") == total for key, total in wanted.items()),
        "figures": len(published),
        "figures_equal": len(published) - len(off),
        "blanks": sum(typed == "" for typed in published.values()),
        "zeros": sum(typed == "0" for typed in published.values()),
        "not_published": len(exported.keys() - published.keys()),
        "different": [{"figure": figure, "published": typed, "exported": got} for figure, (typed, got) in off.items()],
    }


def totals(figures: Mapping[Figure, str]) -> dict[tuple[str, str], float | None]:
    """The plain sum of each service's months of an element; None where every month is blank."""
    months: dict[tuple[str, str], list[float]] = defaultdict(list)
    for (service, element, _), value in figures.items():
        months[service, element].extend([float(value)] if value else [])
    return {key: sum(values) if values else None for key, values in months.items()}


def same(typed: str, exported: tuple[str, str] | None) -> bool:
    """Whether a figure was taken in as published: a number as that number, a blank as missing and never as zero."""
    if exported is None:
        return False
    state, value = exported
    if typed == "":
        return (state, value) == ("empty", "")
    return state == ("zero" if float(typed) == 0 else "reported") and float(value) == float(typed)


def summary(office: LocalOffice) -> dict[str, Any]:
    """The tab `Summary` as gspread reads it back: its heading lines, its columns, how many services in each category."""
    rows = office.opened().worksheet(office.app.settings.offices[0].tabs.rekap).get_all_values()
    start = next(number for number, row in enumerate(rows) if "Category" in row)
    services = takewhile(lambda row: row[0], rows[start + 1 :])
    return {
        "heading": [row[0] for row in rows[:start] if row[0]],
        "columns": [name for name in rows[start] if name],
        "categories": dict(Counter(row[rows[start].index("Category")] for row in services)),
    }


def _code(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="The main job over published figures of library services in England.")
    parser.add_argument("--extract", action="store_true", help="only the 20 services that ship with the example")
    parser.add_argument("--dir", type=Path, help="keep what is made in this folder")
    options = parser.parse_args()
    file = EXTRACT if options.extract else whole_file()
    if not file.exists():
        parser.error(f"{file} is not there. Name the published file with SHEETS_SYNC_ENGLAND, or add --extract.")
    with tempfile.TemporaryDirectory() as passing:
        result = prove(Published.read(file), options.dir or Path(passing))
    print(json.dumps(result, indent=2, ensure_ascii=False))
    return int(bool(result["comparison"]["different"] or result["failures"]))


if __name__ == "__main__":
    sys.exit(main())
