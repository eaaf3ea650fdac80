"""Measures what reading three awkward tabs costs at one, two and four times their size, in seconds of processor.

    python scripts/bench_intake.py

`headings`: rows of 20 texts that look like headings above one table; `columns`: as many columns with one heading;
`names`: rows with misspelt libraries against a register of 700. Prints JSON: size → seconds.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sheets_sync.config.office import Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.intake import Inputs, interpret
from sheets_sync.model import Library
from sheets_sync.model.grid import GridCell, Tab, Workbook

ROOT = Path(__file__).parents[1]
_LETTERS = "abdegiklmnoprstu"
_DRAW = random.Random(11)  # noqa: S311 - names for a measurement, no secrets


def main() -> None:
    """Prints the seconds of each case at each size."""
    elements = read_yaml(ROOT / "config" / "elements.yaml", Elements)
    libraries = [Library(f"L{n}", f"Perpustakaan Desa {_word()} {_word()}") for n in range(700)]
    cases: dict[str, tuple[int, Callable[[int], list[list[str | int]]]]] = {
        "headings": (1_500, _headings),
        "columns": (10_000, _columns),
        "names": (1_000, lambda size: _names(size, libraries)),
    }
    measured = {
        name: {size * times: _seconds(rows(size * times), libraries, elements) for times in (1, 2, 4)}
        for name, (size, rows) in cases.items()
    }
    json.dump(measured, sys.stdout, indent=2)
    sys.stdout.write("\n")


def _headings(size: int) -> list[list[str | int]]:
    words = ("Bulan", "Peminjaman", "Kegiatan", "Pengunjung", "Anggota", "Uraian")
    lines: list[list[str | int]] = [[f"{_DRAW.choice(words)} {_word()}" for _ in range(20)] for _ in range(size)]
    return [*lines, ["Bulan", "Pengunjung di tempat"], ["Januari 2024", 10]]


def _columns(size: int) -> list[list[str | int]]:
    return [["Bulan", *["Pengunjung"] * size], ["Januari 2024", *[10] * size]]


def _names(size: int, libraries: list[Library]) -> list[list[str | int]]:
    rows: list[list[str | int]] = [[_misspelt(_DRAW.choice(libraries).name), "Januari 2024", n] for n in range(size)]
    return [["Perpustakaan", "Bulan", "Pengunjung di tempat"], *rows]


def _misspelt(name: str) -> str:
    at = _DRAW.randrange(len(name) - 4, len(name))
    return f"{name[:at]}{_DRAW.choice(_LETTERS)}{_DRAW.choice(_LETTERS)}{name[at + 1 :]}"


def _word() -> str:
    return "".join(_DRAW.choice(_LETTERS) for _ in range(7)).title()


def _seconds(rows: list[list[str | int]], libraries: list[Library], elements: Elements) -> float:
    """The seconds of processor that reading these rows takes."""
    cells = tuple(tuple(GridCell(typed, str(typed)) for typed in row) for row in rows)
    workbook = Workbook("book", "Contoh", "in_ID", "Asia/Pontianak", (Tab(1, "Data", cells),))
    office = Office(code="contoh", name="Contoh", workbook="book")
    before = time.process_time()
    interpret(workbook, libraries, elements, Inputs(), office)
    return round(time.process_time() - before, 2)


if __name__ == "__main__":
    main()
