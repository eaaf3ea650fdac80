"""`adopt`: what a workbook nobody prepared is proposed to be, what is asked, and that nothing is matched wrong."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from grids import ELEMENTS, OFFICE, Typed, number, tab, workbook
from places import CONFIG, SCRIPTS

from sheets_sync.config.office import Elements
from sheets_sync.config.yaml_file import read_yaml
from sheets_sync.i18n import language
from sheets_sync.intake import Inputs, interpret
from sheets_sync.intake.adopt import Proposal, as_files, propose
from sheets_sync.model.grid import NumberKind, Tab

TRIALS = SCRIPTS / "adopt_trials.py"
EXTRACT = CONFIG / "examples" / "england-2023-24" / "activity-extract.csv"
MONTHS = ["Januari", "Februari", "Maret", "April"]
ONES: list[list[Typed]] = [[month, 1] for month in MONTHS]
FORM = tab(
    "Form",
    ["Nama Perpustakaan: Tangkum"],
    ["Tahun 2024"],
    ["No", "Uraian", "Satuan", *MONTHS, "Jumlah"],
    [1, "Pengunjung di tempat", "orang", 1, 2, 3, 4, 10],
    [2, "Sumbangan buku", "buku", 5, 6, 7, 8, 26],
    [3, "Peminjman", "eksemplar", 9, 8, 7, 6, 30],
)


def proposed(*tabs: Tab) -> Proposal:
    """What is proposed for a workbook with these tabs."""
    return propose(workbook(*tabs), ELEMENTS, Inputs(), OFFICE)


def meanings(proposal: Proposal) -> dict[str, str]:
    """What was typed → what it is proposed to be, questions left out."""
    return {match.typed: match.meaning for match in proposal.matches if not match.asked}


def test_a_form_with_rows_of_elements_is_recognised() -> None:
    """Layout, library, known and new elements of a form; what looks like a known one is asked."""
    proposal = proposed(FORM)

    assert meanings(proposal)["Form"] == "element-rows"
    assert meanings(proposal)["Pengunjung di tempat"] == "visits_onsite"
    assert proposal.new == {"sumbangan_buku"}
    assert [(match.typed, match.meaning) for match in proposal.matches if match.asked] == [("Peminjman", "loans")]
    assert [library.name for library in proposal.libraries] == ["Tangkum"]
    assert sum(seen.value is not None for seen in proposal.read.observations) == 8


def test_an_activity_log_is_recognised_by_its_dates() -> None:
    """Columns that nobody knows are recognised by what they hold."""
    rows: list[list[Typed]] = [
        ["Hari", "Apa", "Peserta"],
        ["8/1/2024", "Lomba", 20],
        [number(45311, "20/01/2024", NumberKind.DATE), "Lomba", 15],
        ["9/2/2024", "Pelatihan", 12],
    ]

    proposal = proposed(tab("Tangkum", *rows))

    assert meanings(proposal) == {
        "Tangkum": "activity-log", "Hari": "date", "Apa": "kind", "Peserta": "participants"
    }  # fmt: skip
    counted = {(s.element, str(s.period)): s.value for s in proposal.read.observations if s.element == "activities"}
    assert counted == {("activities", "2024-01"): 2, ("activities", "2024-02"): 1}


def test_a_wide_table_of_unknown_elements_is_kept_under_its_own_names() -> None:
    """Headings that nobody knows become elements of their own, and the first column of names the libraries."""
    header = ["Service", *(f"{e} - {m} 2023" for e in ("Jumps", "Talks") for m in ("April", "May", "Sept"))]
    proposal = proposed(tab("Sheet1", header, ["Barking", 1, 2, 3, 4, 5, 6], ["Bath", 7, 8, 9, 10, 11, 12]))

    assert proposal.new == {"jumps", "talks"}
    assert [library.name for library in proposal.libraries] == ["Barking", "Bath"]
    values = {(s.library, s.element, str(s.period)): s.value for s in proposal.read.observations}
    assert values["bath", "talks", "2023-09"] == 12


def test_the_published_english_figures_are_recognised() -> None:
    """With nothing known of it, every monthly cell of the published table is read, and no other."""
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        rows = [[float(text) if text.isdigit() else text or None for text in row] for row in csv.reader(file)]
    monthly = [n for n, heading in enumerate(rows[0]) if re.search(r" 202[34](_digital)?$", str(heading))]

    proposal = proposed(tab("Activity", *rows))

    read = [seen.value for seen in proposal.read.observations if seen.value is not None]
    assert sum(read) == sum(float(row[n] or 0) for row in rows[1:] for n in monthly)
    assert (len(proposal.libraries), len(proposal.new)) == (20, 41)
    assert all(match.meaning in proposal.new for match in proposal.matches if match.confidence < 0.7)


def test_what_has_no_place_is_listed() -> None:
    """Columns without months and tabs without tables are named."""
    proposal = proposed(FORM, tab("Alamat", ["Nama", "Alamat"], ["Tangkum", "Jalan Raya"], sheet_id=2))

    assert ("Alamat", "Nama") in {(cell.tab, typed) for cell, typed in proposal.unplaced}


def test_a_missing_year_is_a_question() -> None:
    """Months without a year are asked about; a year is not assumed."""
    proposal = proposed(tab("Tangkum", ["Bulan", "Pengunjung di tempat"], *ONES))

    assert [match.meaning for match in proposal.matches if match.asked] == ["year"]
    assert "# year:" in as_files(proposal, language("id"))["inputs.yaml"]


def test_a_register_in_the_workbook_is_used() -> None:
    """Where a register lists the libraries, none are made up."""
    register = tab(
        "Perpustakaan", ["Kode", "Nama", "Alias"], ["PD-1", "Perpustakaan Desa Tangkum", "Tangkum"], sheet_id=9
    )
    proposal = proposed(register, tab("Tangkum 2024", ["Bulan", "Peminjaman"], *ONES))

    assert ([library.code for library in proposal.libraries], proposal.in_register) == (["PD-1"], True)
    assert "register.csv" not in as_files(proposal, language("id"))
    assert len(proposal.read.observations) == 4


@pytest.mark.parametrize("code", ["id", "en"])
def test_the_files_say_what_was_proposed(code: str, tmp_path: Path) -> None:
    """The rendered files, read back, are the proposed configuration, and reading with them gives the same."""
    proposal = proposed(FORM)

    for name, text in as_files(proposal, language(code)).items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    elements, inputs = read_yaml(tmp_path / "elements.yaml", Elements), read_yaml(tmp_path / "inputs.yaml", Inputs)
    assert (elements, inputs) == (proposal.elements, proposal.inputs)
    again = interpret(proposal.workbook, proposal.libraries, elements, inputs, OFFICE)
    assert again.observations == proposal.read.observations
    assert "Peminjman" in (tmp_path / "elements.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "register.csv").read_text(encoding="utf-8") == "Kode,Nama,Tab\ntangkum,Tangkum,Form\n"


ANSWERS: list[list[Typed]] = [
    [number(45323.4 + n, "", NumberKind.DATE_TIME), *people, "Januari 2024", 10 + n]
    for n, people in enumerate((("a@x.org", "Ani", "Tangkum"), ("b@x.org", "Ida", "Pangkan"), ("a@x.org", "Ani", "Tangkum"),
                                ("b@x.org", "Ida", "Pangkan")))
]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "libraries", "asked"),
    [
        (("Alamat Email", "Nama petugas", "Nama Perpustakaan"), ["Tangkum", "Pangkan"], []),
        (("Alamat Email", "Nama petugas", "Asal"), ["Tangkum", "Pangkan"], []),
        (("Alamat Email", "Siapa", "Asal"), [], ["library"]),
    ],
)
def test_people_are_no_libraries(headings: tuple[str, ...], libraries: list[str], asked: list[str]) -> None:
    """Who answered a form is not taken for a library; where it could be either, it is asked and nothing is read."""
    proposal = proposed(tab("Form Responses 1", ["Timestamp", *headings, "Bulan", "Pengunjung di tempat"], *ANSWERS))

    assert [library.name for library in proposal.libraries] == libraries
    assert [match.meaning for match in proposal.matches if match.asked] == asked
    assert any(seen.value for seen in proposal.read.observations) is bool(libraries)


@pytest.mark.parametrize("title", ["Respons", "Barito Timur", "Jawaban 2024"])
def test_a_form_without_libraries_is_nobodys(title: str) -> None:
    """A tab of answers that names no library is not taken for one library's by its title."""
    rows = [[row[0], *row[4:]] for row in ANSWERS]
    proposal = proposed(tab(title, ["Timestamp", "Bulan", "Pengunjung di tempat"], *rows))

    assert proposal.libraries == ()
    assert [match for match in proposal.matches if match.asked]


def test_the_title_that_says_what_is_counted_is_matched() -> None:
    """Where rows are libraries, the line above them is shown as what it was taken for."""
    rows: list[list[Typed]] = [["Lokasi", *MONTHS], ["Tangkum", 1, 2, 3, 4], ["Pangkan", 5, 6, 7, 8]]
    proposal = proposed(tab("Tabel 1", ["Pengunjung di tempat tahun 2024"], *rows))

    assert meanings(proposal)["Pengunjung di tempat tahun 2024"] == "visits_onsite"
    assert sorted(seen.value for seen in proposal.read.observations if seen.value) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("parts", [("Target", "Realisasi", "%"), ("L", "P", "Jumlah"), ("Target", "Capaian", "Ket")])
def test_parts_of_a_known_heading_are_no_elements(parts: tuple[str, ...]) -> None:
    """What stands below a known heading never becomes an element of its own."""
    above: list[Typed] = ["Bulan", "Pengunjung di tempat", None, None, "Anggota baru", None, None]
    rows: list[list[Typed]] = [[month, *range(n, n + 6)] for n, month in enumerate(MONTHS, 10)]
    proposal = proposed(tab("Tangkum", ["Tahun 2024"], above, [None, *parts, *parts], *rows))

    assert not proposal.new & {"target", "realisasi", "capaian", "l", "p", "element"}


def test_a_tab_of_which_nothing_is_read_is_asked_about() -> None:
    """Whatever stands on a tab: where figures would be left unread, there is something to answer."""
    rows: list[list[Typed]] = [
        ["Uraian", "I", "II", "III"],
        ["Penunjung di tempat", 10, 20, 30],
        ["Angota baru", 4, 5, 6],
    ]
    proposal = proposed(tab("Data", *rows))

    assert not any(seen.value for seen in proposal.read.observations)
    assert [match for match in proposal.matches if match.asked] or any(
        t.account and t.account.unread for t in proposal.read.tabs
    )
