"""Laws of reading: nothing crashes it, and no value ever moves to another month, element or library."""

from __future__ import annotations

from typing import Any

from grids import ELEMENTS, LIBRARIES, OFFICE, Typed, cell, figures, read, tab, workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake import Inputs, interpret, read_register
from sheets_sync.model.grid import FormulaError, GridCell, Merge, NumberKind, Tab

MONTHS = ("Januari", "Pebruari", "Mar", "April", "Mei", "Juni")
LABELS = {
    "visits_onsite": "Pengunjung di tempat",
    "visits_online": "Pengunjung daring",
    "members_total": "Jumlah anggota",
    "loans": "Peminjaman",
    "activities": "Kegiatan pelibatan masyarakat",
    "participants": "Peserta kegiatan",
}
NAMES = {"T": "Perpusdes Tangkum", "P": "Pangkan"}
HEADINGS: st.SearchStrategy[Typed] = st.sampled_from(
    ["Bulan", "Perpustakaan", "Tahun", "Januari", "Jan 2024", "Mei", "Uraian", "Tanggal", "Jenis", "Keterangan",
     "Jumlah", "TW I", 2024, 2023, *LABELS.values(), "Tangkum", "Pengunjung"]
)  # fmt: skip

typed_values: st.SearchStrategy[Typed] = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-10, 5000).map(float),
    st.booleans(),
    st.sampled_from(["nihil", "-", "1.234", "sekitar 20", "n/a", "8/11/2024", "#REF!"]),
)
cells = st.one_of(
    typed_values.map(cell),
    st.builds(GridCell, st.floats(-1e6, 1e6), st.text(max_size=8), st.sampled_from(NumberKind)),
    st.builds(lambda text: GridCell(FormulaError(text), text), st.sampled_from(["#REF!", "#N/A", "#DIV/0!"])),
)
merges = st.builds(
    lambda row, column, height, width: Merge(row, row + height, column, column + width),
    st.integers(0, 8), st.integers(0, 8), st.integers(1, 4), st.integers(1, 4),
)  # fmt: skip
messy_rows = st.lists(st.lists(HEADINGS.map(cell) | cells, max_size=8).map(tuple), max_size=10).map(tuple)
messy_tabs = st.builds(
    lambda title, rows, merged: Tab(1, title, rows, tuple(merged)),
    st.sampled_from(["Tangkum", "Data 2024", "Perpustakaan", "Salinan dari Tangkum", "Mei 2024"]) | st.text(max_size=9),
    messy_rows,
    st.lists(merges, max_size=3),
)


@given(messy_tabs)
@settings(max_examples=80, deadline=None)
def test_no_tab_crashes_the_reading(page: Tab) -> None:
    """Any cells, headings and merges are read: every observation says where it stands, and what stood there."""
    seen = interpret(workbook(page), LIBRARIES, ELEMENTS, Inputs(), OFFICE)

    for observation in seen.observations:
        assert observation.state.counts == (observation.value is not None)
        assert observation.library in NAMES
        assert observation.cell.tab == page.title
    for finding in seen.findings:
        assert str(finding.message)
        assert finding.id


@given(messy_tabs)
@settings(deadline=None)
def test_no_tab_crashes_the_register(page: Tab) -> None:
    """Any tab can be taken for the register: its libraries have codes and names, none twice."""
    register = read_register(page, "book", Inputs())

    codes = [library.code for library in register.libraries]
    assert len(codes) == len(set(codes))
    assert all(library.code and library.name for library in register.libraries)


def truth(draw: Any) -> dict[tuple[str, str, str], float]:
    """Figures that no two places share, so that a moved one shows."""
    keys = [
        (library, element, f"2024-{month:02}")
        for library in NAMES
        for element in LABELS
        for month in range(1, len(MONTHS) + 1)
    ]
    values = draw(st.lists(st.integers(1, 99_999), min_size=len(keys), max_size=len(keys), unique=True))
    return dict(zip(keys, map(float, values), strict=True))


def noise(draw: Any, width: int) -> list[Typed]:
    """A row that is no data: blank, a note, a section, a total."""
    kind = draw(st.sampled_from(["", "Catatan: data sementara", "LAPORAN", "mengetahui,"]))
    where = draw(st.integers(0, width - 1))
    return [kind or None if n == where else None for n in range(width)]


def with_noise(draw: Any, rows: list[list[Typed]]) -> list[list[Typed]]:
    """The rows in any order, with other rows anywhere between."""
    mixed: list[list[Typed]] = list(draw(st.permutations(rows)))
    for _ in range(draw(st.integers(0, 4))):
        mixed.insert(draw(st.integers(0, len(mixed))), noise(draw, len(rows[0])))
    return mixed


def columns_shuffled(draw: Any, header: list[Typed], rows: list[list[Typed]]) -> list[list[Typed]]:
    """Header and rows with the columns in any order."""
    order = draw(st.permutations(range(len(header))))
    return [[row[n] for n in order] for row in (header, *rows)]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_month_rows_in_any_order_say_the_same(data: st.DataObject) -> None:
    """Permuted rows and columns, and rows put in between, never move a value."""
    known = truth(data.draw)
    header: list[Typed] = ["Perpustakaan", "Bulan", "Tahun", *LABELS.values(), "Keterangan"]
    rows: list[list[Typed]] = [
        [NAMES[library], month, 2024, *(known[library, element, f"2024-{n:02}"] for element in LABELS), None]
        for library in NAMES
        for n, month in enumerate(MONTHS, 1)
    ]
    top, *body = columns_shuffled(data.draw, header, rows)

    page = tab("Data", ["LAPORAN"], top, *with_noise(data.draw, body))

    assert figures(read(page).observations) == known


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_wide_tables_in_any_order_say_the_same(data: st.DataObject) -> None:
    """A column per element and month may stand anywhere."""
    known = truth(data.draw)
    keys = sorted({key[1:] for key in known})
    header: list[Typed] = ["Perpustakaan", *(f"{LABELS[e]} - {MONTHS[int(m[-2:]) - 1]} 2024" for e, m in keys)]
    rows: list[list[Typed]] = [[NAMES[library], *(known[library, e, m] for e, m in keys)] for library in NAMES]
    top, *body = columns_shuffled(data.draw, header, rows)

    assert figures(read(tab("Data", top, *with_noise(data.draw, body))).observations) == known


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_element_rows_in_any_order_say_the_same(data: st.DataObject) -> None:
    """Rows of elements and columns of months in any order, with totals among them."""
    known = {key: value for key, value in truth(data.draw).items() if key[0] == "T"}
    months = data.draw(st.permutations([*enumerate(MONTHS, 1), (0, "Jumlah"), (0, "Triwulan I")]))
    header: list[Typed] = ["Uraian", "Satuan", *(name for _, name in months)]
    rows: list[list[Typed]] = [
        [label, "orang", *(known["T", element, f"2024-{n:02}"] if n else 7.0 for n, _ in months)]
        for element, label in LABELS.items()
    ]

    assert figures(read(tab("Tangkum 2024", header, *with_noise(data.draw, rows))).observations) == known


def plain_form() -> list[list[Typed]]:
    """Six months of one library, no two figures alike."""
    rows: list[list[Typed]] = [["Bulan", *LABELS.values()]]
    for n, month in enumerate(MONTHS, 1):
        rows.append([f"{month} 2024", *(100.0 * n + m for m in range(len(LABELS)))])
    return rows


@given(st.integers(1, len(MONTHS)), st.integers(1, len(LABELS)), typed_values)
@settings(deadline=None)
def test_one_odd_figure_costs_one_value(row: int, column: int, typed: Typed) -> None:
    """Whatever is typed into one cell of figures, all the others say what they said."""
    rows = plain_form()
    before = figures(read(tab("Tangkum", *rows)).observations)
    rows[row][column] = typed

    after = figures(read(tab("Tangkum", *rows)).observations)

    changed = ("T", list(LABELS)[column - 1], f"2024-{row:02}")
    assert {k: v for k, v in after.items() if k != changed} == {k: v for k, v in before.items() if k != changed}


@given(
    st.integers(0, len(MONTHS)), st.integers(0, len(LABELS)), st.sampled_from([None, "??", "#REF!", "xyz", -1.0, 99.5])
)
@settings(deadline=None)
def test_one_broken_cell_never_moves_a_value(row: int, column: int, typed: Typed) -> None:
    """A heading, a month or a figure that breaks takes values away at most."""
    rows = plain_form()
    before = figures(read(tab("Tangkum", *rows)).observations)
    rows[row][column] = typed

    after = figures(read(tab("Tangkum", *rows)).observations)

    assert after.items() <= before.items()
