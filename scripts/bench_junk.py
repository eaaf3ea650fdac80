"""Measures what tabs cost that hold no table: workings, lists, lines of text, formulas, whole grids of coloured blanks.

    python scripts/bench_junk.py

A workbook with 20 libraries × 12 months × 15 elements, and beside them 520,000 cells of one kind, is read from Google's
JSON as a sync reads it: decoded, interpreted, its fingerprint taken. Each kind in a process of its own. Prints JSON: kind →
seconds of processor, and the megabytes that this took above what the process had before (the answer's text and bytes, as they come
from the network, among them). `none` is the workbook without such a tab.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench_sync import Sample
from machine import print_measured

from sheets_sync.config.office import Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.google.read import parse
from sheets_sync.google.shape import decode
from sheets_sync.intake import Inputs, interpret
from sheets_sync.jobs.inputs import fingerprint
from sheets_sync.jobs.interruptions import few_interruptions
from sheets_sync.model import Library

ROOT = Path(__file__).parents[1]
CELLS, WIDTH = 520_000, 100
Json = dict[str, Any]
_WORDS = (
    "buku", "rak", "desa", "kegiatan", "tamu", "dusun", "rapat", "surat", "honor", "kursi", "laporan", "lemari",
)  # fmt: skip
KINDS = ("numbers", "texts", "words", "list", "formulas", "blanks")


def number(value: float, kind: str = "") -> Json:
    """A typed number, in a number format if there is one, with what a sync's mask names."""
    cell = {"effectiveValue": {"numberValue": value}, "formattedValue": f"{value}"}
    return {**cell, "effectiveFormat": {"numberFormat": {"type": kind}}} if kind else cell


def text(value: str) -> Json:
    """A typed text."""
    return {"effectiveValue": {"stringValue": value}, "formattedValue": value}


def formula(row: int, value: float) -> Json:
    """A formula that gives a number."""
    return {**number(value), "userEnteredValue": {"formulaValue": f"=A{row + 1}*2"}}


def kinds(chance: random.Random) -> dict[str, Callable[[int, int], Json]]:
    """What stands in a row and column of a tab, by kind."""
    return {
        "numbers": lambda _row, _column: number(chance.randint(1, 5000)),
        "texts": lambda _row, _column: text(
            f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {chance.randint(1, 999)}"
        ),
        "words": lambda _row, _column: text(f"{chance.choice(_WORDS)} {chance.choice(_WORDS)}"),
        "list": _listed(chance),
        "formulas": lambda row, _column: formula(row, chance.randint(1, 5000)),
        "blanks": lambda _row, _column: {"effectiveFormat": {"numberFormat": {"type": "NUMBER"}}},
    }


def _listed(chance: random.Random) -> Callable[[int, int], Json]:
    """A list as of an inventory: number, name, date, price, a remark here and there, again and again."""
    made: tuple[Callable[[int], Json], ...] = (
        number,
        lambda row: text(f"{chance.choice(_WORDS)} {row}"),
        lambda _row: number(chance.randint(44_000, 46_000), "DATE"),
        lambda _row: number(chance.randint(1, 900) * 1000, "CURRENCY"),
        lambda _row: text(chance.choice(_WORDS)) if chance.random() < 0.2 else {},
    )
    return lambda row, column: made[column % len(made)](row)


def sheet(id_: int, title: str, rows: Iterable[list[Json]]) -> Json:
    """A sheet of Google's answer."""
    properties = {"sheetId": id_, "title": title, "gridProperties": {"rowCount": 10_000, "columnCount": WIDTH}}
    return {"properties": properties, "data": [{"rowData": [{"values": row} if row else {} for row in rows]}]}


def answer(kind: str, cells: int, sample: Sample) -> bytes:
    """The answer of a `spreadsheets.get`."""
    typed = [[name, *row] for name in sample.populations for row in sample.month_rows(name)]
    report = [["Perpustakaan", *sample.headings], *typed]
    sheets = [sheet(1, "Laporan", ([_cell(value) for value in row] for row in report))]
    if kind != "none":
        make = kinds(random.Random(11))[kind]  # noqa: S311 - sample cells, no secrets
        rows = ([make(row, column) for column in range(WIDTH)] for row in range(cells // WIDTH))
        sheets.append(sheet(2, "Coretan", rows))
    whole = {"spreadsheetId": "w", "properties": {"title": "Isian", "locale": "in_ID"}, "sheets": sheets}
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()


def _cell(value: object) -> Json:
    if isinstance(value, int | float):
        return number(value)
    return text(str(value)) if value else {}


def measure(path: Path, names: list[str]) -> Json:
    """Reads an answer in this process: seconds of processor, the peak of its memory above where it began."""
    elements = read_yaml(ROOT / "config" / "elements.yaml", Elements)
    office = Office(code="x", name="x", regency="x", workbook="w")
    libraries = tuple(Library(name.casefold(), name) for name in names)
    with few_interruptions():  # as in a sync
        before, began = _peak(), time.process_time()
        grid = parse(decode(path.read_bytes())).grid
        decoded = time.process_time()
        understood = interpret(grid, libraries, elements, Inputs(), office)
        interpreted = time.process_time()
        fingerprint(grid, {})
        seconds = {
            "decoding": decoded - began,
            "interpreting": interpreted - decoded,
            "all": time.process_time() - began,
        }
    return {
        "seconds": {name: round(spent, 2) for name, spent in seconds.items()},
        "megabytes": _peak() - before,
        "answer_megabytes": round(path.stat().st_size / 1e6),
        "observations": len(understood.observations),
        "asked": sorted({found.rule_code for found in understood.findings}),
    }


def _peak() -> int:
    """The most memory that this program ever had; what `resource` tells counts that of whoever started it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return round(int(status.split("VmHWM:")[1].split()[0]) / 1024)  # kilobytes


def bench(kind: str, cells: int, folder: Path) -> Json:
    """One kind, read by a process of its own."""
    sample = Sample.draw(20, 12, 15)
    path = folder / f"{kind}.json"
    path.write_bytes(answer(kind, cells, sample))
    command = [sys.executable, __file__, "--measure", str(path), *sample.populations]
    measured: Json = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    path.unlink()
    return measured


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="What tabs cost that hold no table.")
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--kinds", nargs="*", default=["none", *KINDS])
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        path, *names = options.measure
        print(json.dumps(measure(Path(path), names)))
        return
    with tempfile.TemporaryDirectory() as folder:
        place, cells = Path(folder), options.cells
        print_measured(lambda: {"cells": cells, **{kind: bench(kind, cells, place) for kind in options.kinds}})


if __name__ == "__main__":
    main()
