"""Measures what reading awkward tabs costs at one, two and four times their size, in seconds of processor.

    python scripts/bench_intake.py

`headings`: rows of 20 texts that look like headings above one table; `known`: the same with headings that are known;
`columns`: as many columns with one heading; `names`: rows with misspelt libraries against a register of 700; `weeks`: rows
for the same months, told apart by a column; `twice`: rows for one month, and what the checks make of them; `sections`:
lines that stand alone above every row; `labels`: rows with parts below each element; `merged`: merged cells all over;
`cells`: figures of libraries, months and elements. Prints JSON: size → seconds, which grow with the size.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from machine import print_measured

from sheets_sync.checks.duplicates import settle
from sheets_sync.config.office import Elements, Office
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.intake import Inputs, interpret
from sheets_sync.model import Library
from sheets_sync.model.grid import GridCell, Merge, Tab, Workbook

ROOT = Path(__file__).parents[1]
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_ELEMENTS = (
    "Pengunjung", "Pengunjung daring", "Jumlah anggota", "Anggota baru", "Peminjaman", "Dibaca di tempat",
    "Akses koleksi digital", "Pengguna komputer", "Kegiatan", "Peserta", "Advokasi", "Kerja sama", "Cerita impak",
    "Publikasi media", "Hari buka", "Tenaga", "Judul",
)  # fmt: skip
_LETTERS = "abdegiklmnoprstu"
_DRAW = random.Random(11)  # noqa: S311 - names for a measurement, no secrets


def main() -> None:
    """Prints the seconds of each case at each size."""
    elements = read_yaml(ROOT / "config" / "elements.yaml", Elements)
    libraries = [Library(f"L{n}", f"Perpustakaan Desa {_word()} {_word()}") for n in range(700)]
    cases: dict[str, tuple[int, Callable[[int], list[list[str | int]]]]] = {
        "headings": (1_500, _headings),
        "known": (500, _known),
        "columns": (10_000, _columns),
        "names": (1_000, lambda size: _names(size, libraries)),
        "weeks": (5_000, lambda size: _weeks(size, libraries)),
        "twice": (2_000, lambda size: _twice(size, libraries)),
        "sections": (1_000, lambda size: _sections(size, libraries)),
        "labels": (2_000, _labels),
        "merged": (2_000, lambda size: _twice(size, libraries)),
        "cells": (2_000, lambda size: _cells(size, libraries)),
    }
    print_measured(
        lambda: {
            name: {
                size * times: _seconds(rows(size * times), libraries, elements, merged=name == "merged")
                for times in (1, 2, 4)
            }
            for name, (size, rows) in cases.items()
        }
    )


def _headings(size: int) -> list[list[str | int]]:
    words = ("Bulan", "Peminjaman", "Kegiatan", "Pengunjung", "Anggota", "Uraian")
    lines: list[list[str | int]] = [[f"{_DRAW.choice(words)} {_word()}" for _ in range(20)] for _ in range(size)]
    return [*lines, ["Bulan", "Pengunjung di tempat"], ["Januari 2024", 10]]


def _known(size: int) -> list[list[str | int]]:
    words = ("Bulan", "Peminjaman", "Kegiatan", "Pengunjung", "Jumlah", "L")
    return [[_DRAW.choice(words) for _ in range(20)] for _ in range(size)]


def _weeks(size: int, libraries: list[Library]) -> list[list[str | int]]:
    heads: list[str | int] = ["Perpustakaan", "Bulan", "Minggu", "Pengunjung"]
    rows: list[list[str | int]] = [
        [libraries[n // 60 % 700].name, f"{_MONTHS[n // 5 % 12]} 2024", f"M{n % 5}", n] for n in range(size)
    ]
    return [heads, *rows]


def _twice(size: int, libraries: list[Library]) -> list[list[str | int]]:
    rows: list[list[str | int]] = [[libraries[0].name, "Januari 2024", n, n + 1] for n in range(size)]
    return [["Perpustakaan", "Bulan", "Pengunjung", "Peminjaman"], *rows]


def _sections(size: int, libraries: list[Library]) -> list[list[str | int]]:
    rows: list[list[str | int]] = [["Bulan", "Pengunjung"]]
    for n in range(size // 2):
        rows += [[_misspelt(libraries[n % 700].name) if n % 3 else f"Tahun {2000 + n % 24}"], [_MONTHS[n % 12], n]]
    return rows


def _labels(size: int) -> list[list[str | int]]:
    heads: list[str | int] = ["No", "Uraian", *(f"{name} 2024" for name in _MONTHS)]
    labels = ("Pengunjung", "a. Laki-laki", "b. Perempuan", "Jumlah", "Peminjaman", "Lain-lain")
    rows: list[list[str | int]] = [["", labels[n % 6], *range(n, n + 12)] for n in range(size)]
    return [heads, *rows]


def _cells(size: int, libraries: list[Library]) -> list[list[str | int]]:
    heads: list[str | int] = ["Perpustakaan", "Tahun", "Bulan", *_ELEMENTS]
    rows = (
        [libraries[n // 96 % 700].name, 2016 + n // 12 % 8, _MONTHS[n % 12], *range(n, n + 17)] for n in range(size)
    )
    return [heads, *rows]


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


def _seconds(
    rows: list[list[str | int]], libraries: list[Library], elements: Elements, *, merged: bool = False
) -> float:
    """The seconds of processor that reading these rows and settling what stands twice takes."""
    cells = tuple(tuple(GridCell(typed, str(typed)) for typed in row) for row in rows)
    merges = tuple(Merge(row, row + 2, 0, 4) for row in range(1, len(cells), 2)) if merged else ()
    workbook = Workbook("book", "Contoh", "in_ID", "Asia/Pontianak", (Tab(1, "Data", cells, merges),))
    office = Office(code="contoh", name="Contoh", workbook="book")
    before = time.process_time()
    settle(interpret(workbook, libraries, elements, Inputs(), office).observations)
    return round(time.process_time() - before, 2)


if __name__ == "__main__":
    main()
