"""Sections, groups of columns and titles that name some of the people only: what stands there is no total."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from grids import DIVIDED, Typed, figures, read, rules, tab

from sheets_sync.config.office import Element, Elements
from sheets_sync.config.yaml_file import Text
from sheets_sync.intake.groups import group_of
from sheets_sync.model.grid import Merge

MONTHS = ("Jan 2024", "Feb 2024", "Mar 2024")
HEAD = ("Uraian", *MONTHS)
VISITS, LOANS = "visits_onsite", "loans"


def seen(
    rows: Sequence[Sequence[Typed]], merges: Sequence[Merge] = (), title: str = "Tangkum"
) -> tuple[set[str], set[str]]:
    """The elements that are counted, and the rules that were raised."""
    found = read(tab(title, *rows, merges=merges), elements=DIVIDED)
    return {element for _, element, _ in figures(found.observations)}, rules(found)


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("A. Anak-anak", "anak anak"), ("Anak", "anak"), ("II. Dewasa", "dewasa"), ("1) Pelajar/Mahasiswa", "pelajar mahasiswa"),
        ("Layanan Anak", "anak"), ("Anak-anak (0-12 tahun)", "anak anak 0 12 tahun"), ("Usia 13-17 tahun", "13 17 tahun"),
        ("Siswa SD", "siswa sd"), ("Perempuan", "perempuan"), ("Penyandang disabilitas", "penyandang disabilitas"),
        ("Children", "children"), ("B. Adults", "adults"), ("Bukan anggota", "bukan anggota"), ("Lansia (60 tahun ke atas)", "lansia 60 tahun ke atas"),
        ("Ruang anak", "anak"), ("Laki-laki", "laki laki"),
        ("Jumlah", ""), ("Umum", ""), ("Laki-laki dan perempuan", ""), ("L + P", ""), ("A. Layanan", ""), ("Koleksi", ""),
        ("Perpustakaan Anak Bangsa", ""), ("Pengunjung", ""), ("Pengunjung di tempat", ""), ("2024", ""), ("Desa Anak Dewa", ""),
        ("Anggota", ""), ("1", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_title_may_name_some_of_the_people(title: str, who: str) -> None:
    """What names children, adults, women … and nothing else is a group, however it is numbered."""
    assert group_of(title) == who


@pytest.mark.parametrize(
    "title", ["A. Anak-anak", "Dewasa", "I. PELAJAR", "Layanan anak", "B. Women", "Usia 7-12 tahun"]
)
def test_a_section_of_some_is_no_total(title: str) -> None:
    """`Pengunjung` below `A. Anak-anak` is asked about; below a section of anything else it is read again."""
    rows = [
        HEAD,
        (title,),
        ("Pengunjung", 1, 2, 3),
        ("Peminjaman", 4, 5, 6),
        ("B. Kegiatan",),
        ("Jumlah kegiatan", 7, 8, 9),
    ]
    assert seen(rows) == ({"activities"}, {"F-PART-ROWS", "W-ALIAS"})


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ("A. Anak-anak",), ("Pengunjung", 1, 2, 3), ("B. Dewasa",), ("Pengunjung", 4, 5, 6)],
        [HEAD, ("A. Anak-anak",), ("Pengunjung", 1, 2, 3), ("B. Dewasa",), ("Pengunjung di tempat", 4, 5, 6)],
        [HEAD, ("A. Anak-anak",), ("Pengunjung", 1, 2, 3), ("B. Umum",), ("Pengunjung", 4, 5, 6)],
        [HEAD, ("A. Umum",), ("Pengunjung", 1, 2, 3), ("B. Anak-anak",), ("Pengunjung", 4, 5, 6)],
        [HEAD, ("Anak-anak",), ("Peminjaman",), ("Pengunjung", 1, 2, 3)],
        [("No", *HEAD), ("A", "Anak-anak"), (1, "Pengunjung", 1, 2, 3)],
        [("No", *HEAD), (1, "Jumlah kegiatan", 9, 9, 9), ("B", "Anak-anak"), (1, "Pengunjung", 1, 2, 3)],
        [HEAD, ("Jumlah kegiatan", 9, 9, 9), ("B. Anak-anak",), ("Pengunjung", 1, 2, 3)],
        [("Kelompok", *HEAD), ("Anak-anak", "Pengunjung", 1, 2, 3)],
        [("A. Anak-anak",), HEAD, ("Pengunjung", 1, 2, 3)],
        [("Bulan", "Anak-anak"), (None, "Pengunjung"), ("Januari 2024", 10), ("Februari 2024", 11)],
        [("Bulan", "Pengunjung"), ("Anak-anak",), ("Januari 2024", 10), ("Februari 2024", 11)],
        [("Pengunjung anak",), ("Bulan", "Pengunjung"), ("Januari 2024", 10), ("Februari 2024", 11)],
        [("Uraian", "Anak-anak", None, None), (None, *MONTHS), ("Pengunjung", 1, 2, 3)],
        [("Anak-anak", None, None), MONTHS, ("Pengunjung", 1, 2, 3)],
        [HEAD, ("Anak-anak",), ("Peminjaman", 1, 2, 3), ("Ulasan",), ("Pengunjung", 1, 2, 3)],
        [HEAD, ("I. Anak-anak",), ("A. Peminjaman",), ("B. Pengunjung", 1, 2, 3)],
    ],
)  # fmt: skip
def test_some_are_never_taken_for_all(rows: list[list[Typed]]) -> None:
    """Wherever a group's name stands above or beside, the visits are asked about and not counted."""
    counted, asked = seen(rows)
    assert (VISITS in counted, {code for code in asked if code[0] in "FE"} == set()) == (False, False)


def test_a_part_with_an_element_of_its_own_is_read() -> None:
    """Participants below `Perempuan` are the women among them."""
    rows = [HEAD, ("A. Perempuan",), ("Peserta", 1, 2, 3), ("B. Laki-laki",), ("Peserta", 4, 5, 6)]
    assert seen(rows)[0] == {"participants_women", "participants_men"}


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ("Pengunjung", 5, 5, 5), ("Anak-anak",), ("Dewasa",), ("Peminjaman", 4, 5, 6)],
        [HEAD, ("1. Pengunjung", 5, 5, 5), ("a. Anak-anak",), ("b. Dewasa",), ("2. Peminjaman", 4, 5, 6)],
        [("No", *HEAD), (1, "Pengunjung", 5, 5, 5), (None, "Anak-anak"), (None, "Dewasa"), (2, "Peminjaman", 4, 5, 6)],
        [("No", *HEAD), (1, "Pengunjung", 5, 5, 5), (2, "Anak-anak"), (3, "Dewasa"), (4, "Peminjaman", 4, 5, 6)],
        [HEAD, ("A. Anak-anak",), ("Peserta", 1, 2, 3), ("B. Jumlah",), ("Pengunjung", 5, 5, 5), ("Peminjaman", 4, 5, 6)],
        [HEAD, ("Anak-anak",), ("Peserta", 1, 2, 3), (), ("Umum dan layanan",), ("Pengunjung", 5, 5, 5), ("Peminjaman", 4, 5, 6)],
        [("A. Layanan",), HEAD, ("Pengunjung", 5, 5, 5), ("Peminjaman", 4, 5, 6)],
    ],
)  # fmt: skip
def test_parts_that_are_still_empty_are_no_section(rows: list[list[Typed]]) -> None:
    """Rows for children and adults that nobody filled in yet take nothing from what stands below them."""
    assert {VISITS, LOANS} <= seen(rows)[0]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ("Guru",), ("Pengunjung", 5, 5, 5)],
        [("Guru",), HEAD, ("Pengunjung", 5, 5, 5)],
        [("Bulan", "Pengunjung"), ("Guru",), ("Januari 2024", 10), ("Februari 2024", 11)],
    ],
)
def test_an_elements_own_name_is_no_group(rows: list[list[Typed]]) -> None:
    """Where teachers are counted by themselves, `Guru` is that row, though nobody filled it in yet."""
    guru = Element(id="teachers", label=Text(id="Guru", en="Teachers"), unit=Text(id="orang", en="people"))
    found = read(tab("Tangkum", *rows), elements=Elements(elements=(*DIVIDED.elements, guru)))
    assert {element for _, element, _ in figures(found.observations)} == {VISITS}


def test_a_line_merged_over_the_months_is_a_section() -> None:
    """Where a row of a part could stand as well, a merge tells the title of a section."""
    rows: list[tuple[Typed, ...]] = [HEAD, ("Jumlah kegiatan", 9, 9, 9), ("Anak-anak",), ("Pengunjung", 1, 2, 3)]
    assert VISITS in seen(rows)[0]
    assert VISITS not in seen(rows, [Merge(2, 3, 0, 4)])[0]


def test_a_librarys_name_is_no_group() -> None:
    """A tab that is called as its library is, whatever the name means, is the library's."""
    from sheets_sync.model import Library

    page = tab("Dewasa", ("Bulan", "Pengunjung"), ("Januari 2024", 10), ("Februari 2024", 11))
    found = read(page, libraries=(Library("D", "Perpustakaan Dewasa", aliases=("Dewasa",)),))
    assert {element for _, element, _ in figures(found.observations)} == {VISITS}
