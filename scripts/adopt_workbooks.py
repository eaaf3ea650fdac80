"""Workbooks as people draw them, in many layouts, with the truth about every figure: what `adopt` is tried on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from sheets_sync.intake.options import Layout
from sheets_sync.intake.words import fold
from sheets_sync.model.grid import EMPTY_CELL, GridCell, Merge, NumberKind, Tab

MONTHS = ("Januari", "Pebruari", "Maret", "Apr", "Mei", "Juni")
YEAR_2024 = tuple(f"2024-{month:02}" for month in range(1, len(MONTHS) + 1))
NAMES = ("Tangkum", "Pangkan", "Turan Amis")
JANUARY_2024 = 45292  # the serial number of its first day
Typed = str | float | GridCell | None
Headings = Mapping[str, str | None]  # as typed → the element (None: nothing known)
Truth = dict[tuple[str, str, str], float]  # library, element (or folded unknown heading), month → figure
Made = tuple[list[Tab], Truth]


def figures(random: Random, headings: Headings, libraries: Sequence[str], periods: Sequence[str] = YEAR_2024) -> Truth:
    """A different figure for every library, heading and month."""
    keys = [
        (library, element or fold(heading), period)
        for library in libraries
        for heading, element in headings.items()
        for period in periods
    ]
    return dict(zip(keys, map(float, random.sample(range(10, 9999), len(keys))), strict=True))


def tab_per_library(random: Random, headings: Headings) -> Made:
    """A tab for each library with a row per month, under two lines of title."""
    truth = figures(random, headings, NAMES)
    tabs = []
    for n, library in enumerate(NAMES):
        rows: list[list[Typed]] = [["LAPORAN BULANAN"], [], ["No", "Bulan", *headings, "Keterangan"]]
        for m, month in enumerate(MONTHS, 1):
            rows.append([float(m), month, *row_of(truth, library, headings, m), None])
        tabs.append(tab_of(n, f"{library} 2024", [*rows, [None, "JUMLAH", *[1.0] * len(headings)]]))
    return tabs, truth


def one_tab(random: Random, headings: Headings) -> Made:
    """One tab for all libraries; the column with their names is called something nobody knows."""
    truth = figures(random, headings, NAMES)
    rows: list[list[Typed]] = [["Unit layanan", "Bulan", "Tahun", *headings]]
    for library in NAMES:
        rows += [[library, month, 2024.0, *row_of(truth, library, headings, m)] for m, month in enumerate(MONTHS, 1)]
    return [tab_of(1, "Data", rows)], truth


def element_rows(random: Random, headings: Headings) -> Made:
    """A form with a row per element, quarterly totals between the months."""
    truth = figures(random, headings, NAMES[:1])
    rows: list[list[Typed]] = [["Nama Perpustakaan: Tangkum"], ["Tahun 2024"],
                               ["No", "Uraian", "Satuan", *MONTHS[:3], "TW I", *MONTHS[3:], "Jumlah"]]  # fmt: skip
    for n, (heading, element) in enumerate(headings.items(), 1):
        row = row_over(truth, NAMES[0], element or fold(heading))
        rows.append([float(n), heading, "orang", *row[:3], sum(row[:3]), *row[3:], sum(row)])
    return [tab_of(1, "Form", rows)], truth


def wide(random: Random, headings: Headings) -> Made:
    """A row per library, a column per element and month."""
    truth = figures(random, headings, NAMES)
    header: list[Typed] = ["Instansi", *(f"{heading} - {month} 2024" for heading in headings for month in MONTHS)]
    rows: list[list[Typed]] = [header]
    rows += [[library, *months_of(truth, library, headings)] for library in NAMES]
    return [tab_of(1, "Data", rows)], truth


def wide_in_two_lines(random: Random, headings: Headings) -> Made:
    """The same with the element merged above its months."""
    truth = figures(random, headings, NAMES)
    width = len(MONTHS)
    above: list[Typed] = [None]
    for heading in headings:
        above += [heading, *[None] * (width - 1)]
    rows: list[list[Typed]] = [above, ["Perpustakaan", *[f"{month} 2024" for month in MONTHS] * len(headings)]]
    rows += [[library, *months_of(truth, library, headings)] for library in NAMES]
    merges = [Merge(0, 1, 1 + n * width, 1 + (n + 1) * width) for n in range(len(headings))]
    return [tab_of(1, "Data", rows, merges)], truth


def with_addresses(random: Random, headings: Headings) -> Made:
    """One tab for all libraries, with where each is beside its name."""
    truth = figures(random, headings, NAMES)
    rows: list[list[Typed]] = [["branch", "address", "zip code", "year", "month", *headings]]
    for n, library in enumerate(NAMES):
        where: list[Typed] = [library, f"{n + 5} Jalan Raya", 73671.0 + n, 2024.0]
        rows += [[*where, month, *row_of(truth, library, headings, m)] for m, month in enumerate(MONTHS, 1)]
    return [tab_of(1, "Data", rows)], truth


def a_tab_per_element(random: Random, headings: Headings) -> Made:
    """Libraries down and months across under a heading that nobody knows; only the tab's title says of what."""
    truth = figures(random, headings, NAMES)
    tabs = []
    for n, (heading, element) in enumerate(headings.items()):
        rows: list[list[Typed]] = [["Lokasi", *(f"{month} 2024" for month in MONTHS)]]
        rows += [[library, *row_over(truth, library, element or fold(heading))] for library in NAMES]
        tabs.append(tab_of(n, heading, rows))
    return tabs, truth


def row_of(truth: Truth, library: str, headings: Headings, month: int) -> list[float]:
    """What a library reported in a month, a figure for each heading."""
    return [truth[library, key, f"2024-{month:02}"] for key in keys(headings)]


def row_over(truth: Truth, library: str, key: str, periods: Sequence[str] = YEAR_2024) -> list[float]:
    """What a library reported of one element, a figure for each month."""
    return [truth[library, key, period] for period in periods]


def keys(headings: Headings) -> list[str]:
    """What the truth calls each heading."""
    return [element or fold(heading) for heading, element in headings.items()]


def months_of(truth: Truth, library: str, headings: Headings) -> Iterator[float]:
    """What a library reported, heading by heading."""
    for key in keys(headings):
        yield from row_over(truth, library, key)


def tab_of(sheet_id: int, title: str, rows: Sequence[Sequence[Typed]], merges: Sequence[Merge] = ()) -> Tab:
    """A tab with these rows."""
    return Tab(sheet_id, title, tuple(tuple(map(_cell, row)) for row in rows), tuple(merges))


def day(number: float, shown: str, kind: NumberKind = NumberKind.DATE) -> GridCell:
    """A date, by its days since 1899-12-30."""
    return GridCell(number, shown, kind)


def _cell(typed: Typed) -> GridCell:
    if typed is None or isinstance(typed, GridCell):
        return typed or EMPTY_CELL
    return GridCell(typed, typed if isinstance(typed, str) else f"{typed:g}")


PREPARED: Mapping[str, tuple[Layout, Callable[[Random, Headings], Made]]] = {
    "tab per library": (Layout.MONTH_ROWS, tab_per_library),
    "one tab": (Layout.MONTH_ROWS, one_tab),
    "element rows": (Layout.ELEMENT_ROWS, element_rows),
    "wide": (Layout.WIDE, wide),
    "wide in two lines": (Layout.WIDE, wide_in_two_lines),
    "with addresses": (Layout.MONTH_ROWS, with_addresses),
    "a tab per element": (Layout.ELEMENT_ROWS, a_tab_per_element),
}
