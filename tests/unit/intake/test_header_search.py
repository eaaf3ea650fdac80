"""Headings are looked for only where they can be, and nothing is lost by that."""

from __future__ import annotations

import grids
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake import Inputs
from sheets_sync.intake.header_lines import Lines
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.intake.tables import Table, find_tables
from sheets_sync.model.grid import GridCell, Merge, NumberKind, Tab

VOCABULARY = Vocabulary(grids.ELEMENTS, Inputs())
KEYS = ("Bulan", "Perpustakaan", "Tanggal", "Timestamp", "1. Bulan", "a) Desa", "Ｂｕｌａｎ", "Jenis")
HALVES = (
    ("Nama", "perpustakaan"),
    ("1. Nama", "Desa"),
    ("Cap", "waktu"),
    ("Bulan", "—"),
    ("2024", "05"),
    ("zz", "Bulan"),
)
WHOLE = ("Kegiatan", "Peserta", "Peminjaman", "Peminjaman", "Peserta L", "Jumlah", "Target", "orang", "lain-lain", "3")
TIMES = ("Januari", "Februari 2024", "Mar", "2024", "2024 05", "I", "II", "III", "Target Januari", "s/d Mei")
DATES = st.builds(GridCell, st.sampled_from([45292, 45323, 45352]), st.just("01/02/24"), st.just(NumberKind.DATE))
ABOVE = st.sampled_from([(text, None) for text in (*KEYS, *WHOLE, *TIMES)]) | st.sampled_from(HALVES)
HEADS = st.tuples(
    ABOVE, st.sampled_from(WHOLE).map(lambda text: (text, None)), ABOVE, st.sampled_from(TIMES).map(lambda t: (t, None))
)
BODIES = st.lists(
    st.tuples(st.sampled_from(["Januari", "Februari", "Maret", "zz", None, 1]), *[st.integers(0, 9) | DATES] * 3),
    max_size=4,
)
ANY = st.lists(st.lists(st.sampled_from((*KEYS, *WHOLE, *TIMES, None)) | DATES, min_size=1, max_size=4), max_size=2)


@st.composite
def tabs(draw: st.DrawFn) -> Tab:
    """Lines of anything, a heading of one or two lines over up to four columns, lines of months and figures, all of it twice."""
    rows: list[list[grids.Typed]] = []
    for _ in range(draw(st.integers(1, 2))):
        width = draw(st.integers(2, 4))
        heads = [draw(HEADS)[at] for at in range(width)]
        rows += [[*line] for line in draw(ANY)]
        rows += [[upper for upper, _ in heads], [lower for _, lower in heads]]
        rows += [list(line[:width]) for line in draw(BODIES)]
    wide = st.builds(lambda column, end: Merge(0, 1, column, column + end), st.integers(0, 3), st.integers(2, 3))
    return grids.tab("Isian", *rows, merges=draw(st.lists(wide, max_size=1)))


def everywhere(tab: Tab, *, day_first: bool) -> tuple[Table, ...]:
    """The tables, with headings looked for in each line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lines, "places", lambda *_: True)
        return find_tables(tab, VOCABULARY, day_first=day_first)


@settings(max_examples=200)
@given(tabs(), st.booleans())
def test_looking_in_fewer_lines_finds_the_same(tab: Tab, day_first: bool) -> None:
    """Whatever stands in a tab: the tables are those that are found by trying every line."""
    assert find_tables(tab, VOCABULARY, day_first=day_first) == everywhere(tab, day_first=day_first)


HEADINGS = (
    [["Bulan", "Peminjaman"]],
    [["Perpustakaan", "Peminjaman"]],
    [["Nama", "Peminjaman"], ["Perpustakaan", None]],
    [["1. Bulan", "Peminjaman"]],
    [["zz", "Januari", "Februari", "Maret"]],
    [["zz", "2024 01", "2024 02", "2024 03"]],
    [["zz", "2024", "2024", "2024"], [None, "01", "02", "03"]],
    [["Uraian", "I", "II", "III"]],
    [["Submitted", "Peminjaman"], ["at", None]],
    [["zz", "Peminjaman"], ["Januari", 1], ["Februari", 2], ["Maret", 3]],
    [["Ｂｕｌａｎ", "Peminjaman"]],
)


@pytest.mark.parametrize("rows", HEADINGS)
def test_a_table_is_found_by_what_places_its_figures(rows: list[list[grids.Typed]]) -> None:
    """A month, a library, a day: in words of one line or two, in numbers, in numerals, or by what stands below."""
    tab = grids.tab("Isian", *rows, ["Januari 2024", 3, 4, 5])
    assert find_tables(tab, VOCABULARY) == everywhere(tab, day_first=True) != ()
