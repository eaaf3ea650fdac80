"""The register: whom its questions are about."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from grids import TANGKUM, Typed, figures, read, tab

from sheets_sync.intake import Inputs, ReadRegister, read_register
from sheets_sync.model.grid import GridCell


def register(*row: Typed) -> ReadRegister:
    """A register with one row."""
    return read_register(tab("Perpustakaan", ["Kode", "Nama", "Email", "WhatsApp", "Penduduk"], row), "book", Inputs())


@pytest.mark.parametrize(
    ("row", "rule", "library"),
    [
        (("T", "Tangkum", "ibu@", "", 900), "F-EMAIL", "T"),
        (("T", "Tangkum", "", "telepon Ibu", 900), "F-PHONE", "T"),
        (("T", "Tangkum", "", "", "sekitar 900"), "F-REGISTER-VALUE", "T"),
        ((None, "Tangkum", "", "", 900), "W-REGISTER-CODE", "tangkum"),
        (("T", None, "", "", 900), "F-REGISTER-NAME", "T"),
    ],
)
def test_a_question_about_a_row_names_its_library(row: tuple[Typed, ...], rule: str, library: str | None) -> None:
    """What can't be read in a row of the register is said of that row's library, if it names one."""
    (question,) = register(*row).findings
    assert (question.rule_code, question.library) == (rule, library)


@pytest.mark.parametrize("name", ["???", "Perpustakaan " + "Maju " * 30, "Pérpustakaan", "図書館"])
def test_a_code_made_of_a_name_is_a_short_plain_word(name: str) -> None:
    """Without a code, one is made of the name: of few plain letters, whatever the name is made of."""
    (library,) = register(None, name).libraries
    assert re.fullmatch(r"[a-z0-9-]{1,40}", library.code)


def test_names_that_differ_make_codes_that_differ() -> None:
    """Two long names that begin alike are two libraries."""
    codes = {register(None, "Perpustakaan " * 5 + end).libraries[0].code for end in ("satu", "dua", "tiga")}
    assert len(codes) == 3


NPP = "6213013D0000099"


def npps(*rows: tuple[Typed, Typed, Typed]) -> ReadRegister:
    """A register with NPP, code and name."""
    return read_register(tab("Perpustakaan", ["NPP", "Kode", "Nama"], *rows), "book", Inputs())


def test_an_npp_that_stands_twice_makes_no_library_vanish() -> None:
    """The second library keeps its own code, the third one is known by its name, and each is asked about once."""
    seen = npps((NPP, "A", "Tangkum"), (NPP, "B", "Pangkan"), (NPP, None, "Turan Amis"))
    assert [(library.code, library.name) for library in seen.libraries] == [
        (NPP, "Tangkum"),
        ("B", "Pangkan"),
        ("turan-amis", "Turan Amis"),
    ]
    asked = [
        (finding.rule_code, finding.library) for finding in seen.findings if finding.rule_code != "W-REGISTER-CODE"
    ]
    assert asked == [("F-CODE-TWICE", "B"), ("F-CODE-TWICE", "turan-amis")]


def test_npps_that_say_none_are_no_npps() -> None:
    """Libraries that all have `-` or `tidak tahu` as their NPP are as many libraries, and nobody is asked."""
    seen = npps(("-", "A", "Tangkum"), ("-", "B", "Pangkan"), ("tidak tahu", "C", "Turan Amis"), ("--", "D", "Lelu"))
    assert [library.code for library in seen.libraries] == ["A", "B", "C", "D"]
    assert seen.findings == ()


def test_an_unreadable_npp_leaves_the_code() -> None:
    """What is no NPP is asked about at its cell, and the library stays under the office's own code."""
    seen = npps(("6213013D (?)", "A", "Tangkum"))
    assert [library.code for library in seen.libraries] == ["A"]
    ((finding),) = seen.findings
    assert (finding.rule_code, finding.cells[0].a1) == ("F-CODE", "A2")


def test_further_rows_of_a_library_are_its_own() -> None:
    """Two rows with one NPP and one name are one library, also where the second says another of its names."""
    page = tab("Perpustakaan", ["NPP", "Nama", "Alias", "Penduduk", "Tahun"],
               [NPP, "Tangkum", "Perpusdes Tangkum", 900, 2022], [NPP, "Perpusdes Tangkum", "", 950, 2023])  # fmt: skip
    (library,) = read_register(page, "book", Inputs()).libraries
    assert [value.value for value in library.population] == [900, 950]


@pytest.mark.parametrize("shown", ["42", "42,00", "0042", "4,2E+01"])
def test_how_a_number_is_displayed_makes_no_other_library(shown: str) -> None:
    """A code that the sheet keeps as a number is its digits, whatever its format shows."""
    (library,) = npps((None, GridCell(42.0, shown), "Tangkum")).libraries
    assert library.code == "42"


@pytest.mark.parametrize(
    "field", ["Kode", "NPP", "Email", "WhatsApp", "Penduduk", "Tahun", "Aktif sejak", "Skor SIM", "PIC"]
)
def test_a_failed_formula_is_told_in_every_field(field: str) -> None:
    """Whatever the field is, the question says that a formula failed."""
    page = tab("Perpustakaan", ["Nama", field], ["Tangkum", "#REF!"])
    codes = [finding.rule_code for finding in read_register(page, "book", Inputs()).findings]
    assert "F-FORMULA" in codes


@pytest.mark.parametrize("none", ["-", "–", "tidak ada", "belum ada", "kosong", "n/a"])
def test_a_word_for_none_is_none_in_every_field(none: str) -> None:
    """A register in which every field but the name says none is a library of which nothing more is known."""
    fields = ["Kode", "NPP", "Alias", "Tab", "Jenis", "Kecamatan", "Penduduk", "Tahun", "Sumber", "PIC", "Email", "WhatsApp",
              "Aktif sejak", "Aktif sampai", "Skor SIM", "Periode SIM"]  # fmt: skip
    seen = read_register(tab("Perpustakaan", ["Nama", *fields], ["Tangkum", *[none] * len(fields)]), "book", Inputs())
    (library,) = seen.libraries
    bare = read_register(tab("Perpustakaan", ["Nama"], ["Tangkum"]), "book", Inputs()).libraries[0]
    assert library == bare
    assert [finding.rule_code for finding in seen.findings] == ["W-REGISTER-CODE"]


def test_a_library_is_found_by_its_number() -> None:
    """A tab that names a library by its code as a number finds it, in whatever format either shows it."""
    library = replace(TANGKUM, code="42")
    page = tab("Data", ["Kode", "Bulan", "Pengunjung di tempat"], [GridCell(42.0, "0042"), "Mei 2024", 25])
    assert figures(read(page, libraries=(library,)).observations) == {("42", "visits_onsite", "2024-05"): 25}


OTHER_LINES = (
    ("1", "2", "3", "4", "5"),
    (None, None, "KECAMATAN DUSUN TIMUR"),
    (1.0, "PD01", "Perpustakaan Desa Tangkum", "Dusun Timur", "tangkum@example.org"),
    (2.0, "PD02", "Perpustakaan Desa Pangkan", "Paju Epat", "pangkan@example.org"),
    (None, None, "Jumlah", 2.0),
    (None,),
    (None, None, "Mengetahui,"),
    (None, None, "NIP ...................."),
)


def lined(*rows: tuple[Typed, ...]) -> ReadRegister:
    """A register with numbers, codes, names, districts and addresses."""
    head = ["No", "Kode", "Nama perpustakaan", "Kecamatan", "E-mail"]
    return read_register(tab("Perpustakaan", head, *rows), "book", Inputs())


def test_other_lines_are_no_libraries() -> None:
    """Numbering, sections, totals and signatures are told once and are no libraries."""
    seen = lined(*OTHER_LINES)
    assert [library.code for library in seen.libraries] == ["PD01", "PD02"]
    assert [(found.rule_code, len(found.cells)) for found in seen.findings] == [("W-REGISTER-LINES", 5)]


@pytest.mark.parametrize(
    "line",
    [
        (None, None, "Kec. Paju Epat"), (None, None, "A. Kecamatan Dusun Timur"), ("WILAYAH I",), (None, "Kecamatan Awang"),
        (None, None, "Total perpustakaan", "4"), (None, None, "Jumlah: 4"), (None, None, "TOTAL"), (None, None, "(1)", "(2)", "(3)"),
        ("No", "Kode", "Nama perpustakaan", "Kecamatan", "E-mail"), (None, None, "Tamiang Layang, 5 Maret 2024"),
        (None, None, "Kepala Dinas,"), (None, None, "NIP. 19700101 199003 1 001"), (None, None, "................"),
        (None, None, "Sumber: data 2024"), (1.0, 2.0, 3.0, 4.0, "5=3+4"), (None, None, "Disetujui oleh:"),
        ("A", None, "KECAMATAN DUSUN TIMUR"), ("I.", None, "Wilayah Utara"), (None, None, "PERPUSTAKAAN DESA"),
        ("II", None, "Taman Baca Masyarakat"), (None, None, "Sub Jumlah", None, "2"), (None, None, "Grand Total: 37"),
        (None, "Mengetahui,", None, "Tamiang Layang, 5 Maret 2024"), (None, None, "(.........................)"),
        (None, None, "Penanggung jawab,"), (None, None, "Dicetak 5 Maret 2024"), (None, None, "Rata-rata", None, "2,5"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_library(line: tuple[Typed, ...]) -> None:
    """Whatever the line says by its first words, it makes no library and no question."""
    seen = lined((1.0, "PD01", "Tangkum", "Dusun Timur"), line)
    assert [library.code for library in seen.libraries] == ["PD01"]
    assert [found.rule_code for found in seen.findings] == ["W-REGISTER-LINES"]


@pytest.mark.parametrize(
    "line",
    [
        (None, None, "Jumlah Ilmu", None, "ilmu@example.org"), (None, None, "Kelurahan Taniran"), ("3", None, "Desa Lelu"),
        (None, None, "Rumah Baca Ketua RT", "Awang"), (None, None, "Perpustakaan Desa Lelu"), (None, None, "Perpusdes I"),
        (2.0, None, "Perpustakaan Daerah"), (None, None, "Perpustakaan Umum", None, None, 118264.0),
    ],
)  # fmt: skip
def test_a_library_without_a_code_is_one(line: tuple[Typed, ...]) -> None:
    """What is called like a library, or has an address, is one though nothing else stands in its row."""
    seen = lined((1.0, "PD01", "Tangkum", "Dusun Timur"), line)
    assert [library.name for library in seen.libraries] == ["Tangkum", line[2]]


def test_two_who_sign_are_no_libraries() -> None:
    """Nor are those who sign side by side, with their names and numbers below."""
    signed = (
        (None, "Mengetahui,", None, "Tamiang Layang, 5 Maret 2024"), (None, "Kepala Dinas", None, "Sekretaris"),
        (None,), (None, "Drs. H. Ampera", None, "Sari, S.IP"), (None, "NIP 19700101 199003 1 001", None, "NIP 19800101"),
    )  # fmt: skip
    assert [library.code for library in lined((1.0, "PD01", "Tangkum"), *signed).libraries] == ["PD01"]


def test_who_signs_is_no_library() -> None:
    """Names below a signature line are people, unless a code stands beside them."""
    signed = ((None, None, "Mengetahui,"), (None, None, "Drs. H. Ampera"), (3.0, "PD03", "Perpustakaan Desa Lelu"))
    seen = lined((1.0, "PD01", "Tangkum"), *signed)
    assert [library.code for library in seen.libraries] == ["PD01", "PD03"]


@pytest.mark.parametrize(
    "name",
    [
        "Perpustakaan Kecamatan Awang",
        "Total Baca",
        "Jumlah Ilmu",
        "Kota Pintar",
        "Perpustakaan Daerah",
        "Kecamatan Awang",
    ],
)
def test_a_library_with_a_code_is_one_whatever_it_is_called(name: str) -> None:
    """A code makes a library of any line."""
    assert [library.name for library in lined((1.0, "PD01", name)).libraries] == [name]


def test_libraries_of_one_name_in_two_districts_are_two() -> None:
    """Two rows without codes whose districts differ don't become one library; the name that both have is asked about."""
    seen = lined((1.0, None, "Karya", "Awang"), (2.0, "-", "Karya", "Paku"))
    assert [library.district for library in seen.libraries] == ["Awang", "Paku"]
    assert "F-REGISTER-TWICE" in {found.rule_code for found in seen.findings}


def test_codes_that_differ_in_a_sign_are_two() -> None:
    """`PD-001` and `PD.001` name two libraries, and each is found by its own."""
    pages = tab("Data", ["Kode", "Bulan", "Pengunjung di tempat"], ["PD-001", "Mei 2024", 1], ["PD.001", "Mei 2024", 2])
    both = (replace(TANGKUM, code="PD-001"), replace(TANGKUM, code="PD.001", name="Lelu", aliases=()))
    seen = read(pages, libraries=both)
    assert figures(seen.observations) == {
        ("PD-001", "visits_onsite", "2024-05"): 1, ("PD.001", "visits_onsite", "2024-05"): 2,
    }  # fmt: skip
    assert lined((1.0, "PD-001", "A"), (2.0, "PD.001", "B")).findings == ()
