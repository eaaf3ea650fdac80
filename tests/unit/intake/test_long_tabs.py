"""Tabs of ten thousand rows: every row is accounted for, the last like the first."""

from __future__ import annotations

from collections import defaultdict

import pytest
from grids import ELEMENTS, OFFICE, tab, workbook

from sheets_sync.demo.people import MONTHS
from sheets_sync.intake import Inputs, interpret
from sheets_sync.model import Library, Period

REGENCY = tuple(Library(f"L{n}", f"Perpustakaan Desa {n:03}", aliases=(f"Desa {n:03}",)) for n in range(833))
HEAD = ("Perpustakaan", "Bulan", "Pengunjung di tempat")
LOG = ("Tanggal", "Perpustakaan", "Nama kegiatan", "Jumlah peserta")


def test_a_regency_s_year_on_one_tab() -> None:
    """833 libraries × 12 months under one heading: 9,996 figures, each with its own cell, and nothing to ask."""
    rows = [
        (library.name, f"{month} 2024", 10 * n + number)
        for n, library in enumerate(REGENCY)
        for number, month in enumerate(MONTHS)
    ]
    read = interpret(workbook(tab("Isian", HEAD, *rows)), REGENCY, ELEMENTS, Inputs(), OFFICE)
    assert read.findings == ()
    found = {(seen.library, seen.period): (seen.value, seen.cell.a1) for seen in read.observations}
    assert len(found) == len(rows) == 9_996
    assert found["L0", Period(2024, 1)] == (0, "C2")
    assert found["L832", Period(2024, 12)] == (8_331, "C9997")


def test_a_year_s_log_of_events() -> None:
    """10,000 events of 40 libraries: each month's activities are the rows, its participants their sum."""
    rows = [
        (f"{n % 28 + 1:02}/{n % 12 + 1:02}/2024", REGENCY[n % 40].name, f"Kelas {n}", n % 30 + 1) for n in range(10_000)
    ]
    read = interpret(workbook(tab("Kegiatan", LOG, *rows)), REGENCY, ELEMENTS, Inputs(), OFFICE)
    wanted = defaultdict[tuple[str, Period], list[int]](list)
    for n, row in enumerate(rows):
        wanted[f"L{n % 40}", Period(2024, n % 12 + 1)].append(int(row[3]))
    counted = {
        each: {(s.library, s.period): s.value for s in read.observations if s.element == each}
        for each in ("activities", "participants")
    }
    assert counted["activities"] == {key: len(values) for key, values in wanted.items()}
    assert counted["participants"] == {key: sum(values) for key, values in wanted.items()}


LONG = 20_000  # characters; a cell can hold 50,000


@pytest.mark.parametrize(
    "typed", [".", ". ", "…", "_", "-", "(", "a ", "pengunjung ", "januari ", "2024 ", "kecamatan ", "1"]
)
def test_a_very_long_cell_keeps_nothing_waiting(typed: str) -> None:
    """In a title, a heading, a key, a label, a figure, a name or a line of its own; what stands around it is read.

    None of it takes more time than in proportion: three thousand dots once took days, with the cube of their number.
    """
    long = f"{typed * (LONG // len(typed))}x"
    months = tab("Desa 001", [long], ["Bulan", *HEAD[2:], long], ["Januari 2024", 5], [long, long], [long])
    rows = tab("Desa 002 2024", ["Uraian", "Jan", "Feb", "Mar"], [HEAD[2], 5, long, 5], [long, 1, 2, 3], [long])
    named = tab(long, HEAD, [long, "Januari 2024", 1], ["Desa 003", "Januari 2024", 5])
    log = tab(long, LOG, ["01/02/2024", "Desa 004", long, 5], [long, long, "Kelas", 5])
    read = interpret(workbook(months, rows, named, log), REGENCY[:5], ELEMENTS, Inputs(), OFFICE)
    assert {seen.library for seen in read.observations if seen.value == 5} == {"L1", "L2", "L3", "L4"}
