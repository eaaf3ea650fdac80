"""Reading takes effort in step with what is read: twice as many lines, about twice the calls. No clock is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from grids import LIBRARIES, Typed, read, tab

from sheets_sync.model import Library
from sheets_sync.model.grid import Tab

HEADING = "Pengunjung di tempat"


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, Python's own included."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def lines_like_headings(size: int) -> tuple[Tab, tuple[Library, ...]]:
    """Rows of texts, each of which could be a heading line."""
    rows: list[list[Typed]] = [[*(f"teks {row} {column}" for column in range(8)), HEADING] for row in range(size)]
    return tab("Tangkum", *rows), LIBRARIES


def columns_alike(size: int) -> tuple[Tab, tuple[Library, ...]]:
    """A heading that stands over thousands of columns."""
    figures: list[Typed] = ["Januari 2024", *range(size)]
    return tab("Tangkum", ["Bulan", *[HEADING] * size], figures), LIBRARIES


def misspelt_libraries(size: int) -> tuple[Tab, tuple[Library, ...]]:
    """Rows whose libraries are written wrongly, beside as many libraries."""
    known = tuple(Library(f"L{number}", f"Perpustakaan Desa Nomor {number}") for number in range(size))
    rows: list[list[Typed]] = [[f"Perpustakaan Dsa Nomr {number}", "Januari 2024", number] for number in range(size)]
    return tab("Isian", ["Perpustakaan", "Bulan", HEADING], *rows), known


def totals_of_something_else(size: int) -> tuple[Tab, tuple[Library, ...]]:
    """Rows of parts below an element, and totals among them that are never their sum."""
    rows: list[list[Typed]] = [[None, "Jumlah" if number % 2 else "P", 1, 2, 3] for number in range(size)]
    first: list[Typed] = [HEADING, "L", 1, 2, 3]
    return tab("Tangkum 2024", ["Uraian", "Rincian", "Januari", "Februari", "Maret"], first, *rows), LIBRARIES


CASES = {
    "lines like headings": lines_like_headings,
    "columns alike": columns_alike,
    "misspelt": misspelt_libraries,
    "totals": totals_of_something_else,
}


@pytest.mark.incident("square-growth")
@pytest.mark.parametrize("make", CASES.values(), ids=CASES.keys())
def test_effort_grows_with_the_size(make: Callable[[int], tuple[Tab, tuple[Library, ...]]]) -> None:
    """At twice the size the calls are about twice as many, not four times."""
    counted = []
    for size in (150, 300):
        page, libraries = make(size)
        counted.append(calls(lambda page=page, libraries=libraries: read(page, libraries=libraries)))  # type: ignore[misc]
    assert counted[1] / counted[0] < 2.7
