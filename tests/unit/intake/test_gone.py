"""What was read before and is gone stays until a person confirms; a single emptied cell is simply empty."""

from __future__ import annotations

import pytest
from grids import ELEMENTS, Typed, figures, read, tab

from sheets_sync.intake import Before, Kept, keep_gone
from sheets_sync.rules.accounting import GONE

HEAD: list[Typed] = ["Bulan", "Pengunjung di tempat", "Peminjaman"]
MONTHS = ("Januari 2024", "Februari 2024", "Maret 2024", "April 2024")
BODY: list[list[Typed]] = [[month, 10 + n, 20 + n] for n, month in enumerate(MONTHS)]
EMPTY: list[list[Typed]] = [[month, None, None] for month in MONTHS]
STOOD = [HEAD, *BODY]


def changed(row: int, column: int, value: Typed) -> list[list[Typed]]:
    rows = [list(each) for each in STOOD]
    rows[row][column] = value
    return rows


def column(value: Typed) -> list[list[Typed]]:
    return [HEAD, *([row[0], value, row[2]] for row in STOOD[1:])]


def after(rows: list[list[Typed]], reasons: dict[str, str] | None = None) -> Kept:
    """What is made of a read of these rows, where the others stood before."""
    before = read(tab("Tangkum", *STOOD)).observations
    stood = Before(before, reasons=reasons, there=frozenset({1}))
    return keep_gone(stood, read(tab("Tangkum", *rows)), ELEMENTS, {})


TOGETHER: dict[str, list[list[Typed]]] = {
    "a heading retyped": changed(0, 1, "Jml Pengunjung Datang"),
    "a column emptied": column(None),
    "a column that fails": column("#REF!"),
    "a column that loads": column("#N/A"),
    "two columns that fail, though one cell stands": [
        HEAD,
        *[[row[0], "#REF!", "#REF!"] for row in STOOD[1:-1]],
        STOOD[-1],
    ],
    "an empty form": [HEAD, *EMPTY],
    "a month's row deleted": [*STOOD[:2], *STOOD[3:]],
}


@pytest.mark.incident("errors-for-figures")
@pytest.mark.parametrize("case", TOGETHER)
def test_what_vanishes_together_is_kept_and_asked_about_once(case: str) -> None:
    """Every figure stays as last read, and there is one question; confirmed, it is believed."""
    kept = after(TOGETHER[case])
    asked = [f for f in kept.understood.findings if f.rule_code == GONE.code]

    assert figures(kept.understood.observations) == figures(read(tab("Tangkum", *STOOD)).observations)
    assert len(asked) == 1
    believed = after(TOGETHER[case], reasons={asked[0].id: "benar"})
    assert figures(believed.understood.observations) == figures(read(tab("Tangkum", *TOGETHER[case])).observations)
    denied = after(TOGETHER[case], reasons={asked[0].id: "tidak, salah hapus"})
    assert denied.understood == kept.understood


ALONE: dict[str, list[list[Typed]]] = {
    "a cell emptied": changed(2, 1, None),
    "a cell corrected": changed(2, 1, 99),
    "a month corrected": changed(4, 0, "Mei 2024"),
}


@pytest.mark.parametrize("case", ALONE)
def test_what_a_person_changes_is_believed(case: str) -> None:
    """A single cell, or a row given to another month, says what it says."""
    kept = after(ALONE[case])

    assert kept.understood == read(tab("Tangkum", *ALONE[case]))


def test_two_figures_that_a_person_empties_are_empty() -> None:
    """Of a column with two figures, emptied, nobody is asked: so much a person does on purpose."""
    head: list[Typed] = ["Bulan", "Peminjaman"]
    before = read(tab("Tangkum", head, ["Januari 2024", 3], ["Februari 2024", 4])).observations
    now = read(tab("Tangkum", head, ["Januari 2024", None], ["Februari 2024", None]))

    assert keep_gone(Before(before, there=frozenset({1})), now, ELEMENTS, {}).understood == now
