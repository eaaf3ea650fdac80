"""Every figure of every tab is read, asked about, a label, or said to be left out; a tab nobody can read is one question."""

from __future__ import annotations

from typing import Any

import pytest
from grids import LIBRARIES, OFFICE, TANGKUM, Typed, read, tab
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config.office import Office
from sheets_sync.intake import Interpretation
from sheets_sync.intake.directory import Directory
from sheets_sync.model import Severity
from sheets_sync.model.grid import Tab
from sheets_sync.rules.accounting import BESIDE, TAB_UNREAD
from sheets_sync.rules.places import EXTRA_COLUMN, EXTRA_ROW

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")
ELEMENTS = ("Pengunjung di tempat", "Peminjaman", "Anggota baru")
ODD = ("Cuaca", "Angka lain", "Rupa-rupa", "Kode pos", "Ember")
MONTH_HEADINGS = ("Bulan", "Bulan", "Periode Laporan", "Kurun")

figure = st.one_of(st.integers(0, 999), st.none(), st.sampled_from(["12", "sekitar 30", "-", "nihil", "1.234"]))
rows_of = st.lists(figure, min_size=5, max_size=5)


@st.composite
def month_rows(draw: Any) -> tuple[list[Typed], ...]:
    """A row a month, with headings nobody knows, totals, notes, numbers above and below and beside."""
    columns = draw(st.lists(st.sampled_from((*ELEMENTS, *ODD, "Keterangan", "No")), max_size=4, unique=True))
    body: list[list[Typed]] = [[f"{month} 2024", *draw(rows_of)] for month in MONTHS[: draw(st.integers(1, 6))]]
    head: list[list[Typed]] = [[draw(st.sampled_from(MONTH_HEADINGS)), *columns]]
    return (*draw(above), *head, *body, *draw(below))


@st.composite
def element_rows(draw: Any) -> tuple[list[Typed], ...]:
    """A row an element, known or not, months across."""
    labels = draw(st.lists(st.sampled_from((*ELEMENTS, *ODD)), min_size=1, max_size=5, unique=True))
    body: list[list[Typed]] = [[label, *draw(rows_of)] for label in labels]
    head: list[list[Typed]] = [["Uraian", *MONTHS[:4], draw(st.sampled_from(("Jumlah", "Ember", "Mei")))]]
    return (*draw(above), *head, *body, *draw(below))


@st.composite
def library_rows(draw: Any) -> tuple[list[Typed], ...]:
    """A row a library and month, or a row a library with months across that name no element."""
    names = draw(st.lists(st.sampled_from(("Tangkum", "Pangkan", "Entah")), min_size=1, max_size=3))
    across: list[list[Typed]] = [
        [draw(st.sampled_from(("Perpustakaan", "Lokasi"))), *(f"{month} 2024" for month in MONTHS[:3])]
    ]
    down: list[list[Typed]] = [["Perpustakaan", "Bulan", *draw(st.permutations((*ELEMENTS, "Ember")))]]
    if draw(st.booleans()):
        return (*across, *([name, *draw(rows_of)] for name in names), *draw(below))
    return (*down, *([name, "Maret 2024", *draw(rows_of)] for name in names), *draw(below))


above = st.sampled_from(([], [["REKAP TAHUN 2024"]], [[None, 7], []]))
below = st.sampled_from(
    (
        [],
        [["Jumlah", 9, 8, 7]],
        [[], [None, None, "Tangkum, 5 Februari 2024"]],
        [["dicetak", None, None, None, None, None, 3]],
    )
)
tables = st.one_of(month_rows(), element_rows(), library_rows())


def digits_in(page: Tab) -> int:
    """How many cells of a tab show a digit, counted from what is typed and from nothing else."""
    return sum(any(c.isdigit() for c in cell.text) for row in page.rows for cell in row)


def said_to_be_left_out(understood: Interpretation) -> bool:
    """Whether any line tells of columns, rows or cells that are not counted."""
    told = {EXTRA_COLUMN.code, EXTRA_ROW.code, BESIDE.code}
    return any(finding.rule_code in told for finding in understood.findings)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(("Tangkum 2024", "Data", "Pangkan", "Salinan dari Tangkum")), tables),
        min_size=1,
        max_size=3,
    )
)
def test_no_figure_of_a_workbook_is_unaccounted_for(pages: list[tuple[str, tuple[list[Typed], ...]]]) -> None:
    """Figures read, asked about, labels and figures left out add up to what stands there, and what is left out is said."""
    tabs = [tab(title, *rows, sheet_id=n) for n, (title, rows) in enumerate(pages)]
    understood = read(*tabs)
    accounts = {use.sheet_id: use.account for use in understood.tabs}

    for page in tabs:
        account = accounts[page.sheet_id]
        assert account is not None
        assert account.figures == digits_in(page)
        findings = [f for f in understood.findings if any(c.sheet_id == page.sheet_id for c in f.cells)]
        asked = [f for f in findings if f.severity is Severity.FATAL or f.rule_code == TAB_UNREAD.code]
        alone = Interpretation(findings=tuple(findings))
        assert asked or not account.asked
        assert asked or not account.unread
        assert said_to_be_left_out(alone) or not account.unknown + account.beside
        at = {
            (seen.cell.row, seen.cell.column)
            for seen in understood.observations
            if seen.cell.sheet_id == page.sheet_id and seen.state.counts and seen.typed not in {"nihil", "-"}
        }
        assert account.read == len(at)


UNREAD: dict[str, tuple[list[list[Typed]], str]] = {
    "no column for the month (14)": (
        [["Periode Laporan", "Pengunjung di tempat"], ["Januari 2024", 410], ["Februari 2024", 395]],
        "Periode Laporan",
    ),
    "another word for the month": (
        [["Kurun waktu", "Peminjaman"], ["Jan 2024", 4], ["Feb 2024", 3]],
        "Kurun waktu",
    ),
    "no month anywhere": ([["Hal", "Pengunjung di tempat"], ["a", 410], ["b", 395]], ""),
    "libraries under an unknown heading (03)": (
        [["Lokasi", "Januari 2024", "Februari 2024"], ["Tangkum", 10, 12], ["Pangkan", 20, 22]],
        "Lokasi",
    ),
    "a recap of which no row is known (17)": (
        [
            ["Jenis anggota", "Jan", "Feb", "Mar", "Jumlah"],
            ["Umum", 110, 98, 120, 328],
            ["Pelajar", 260, 241, 255, 756],
        ],
        "",
    ),
}


@pytest.mark.parametrize("case", UNREAD)
def test_a_tab_that_cannot_be_read_is_one_question(case: str) -> None:
    """A tab with figures of which none is taken is asked about once, with the nearest reading."""
    rows, proposal = UNREAD[case]
    understood = read(tab("Tangkum 2024", *rows))

    [question] = [f for f in understood.findings if f.is_question]
    [use] = understood.tabs
    assert question.rule_code == TAB_UNREAD.code
    assert question.proposal == proposal
    assert use.account is not None
    assert (use.account.unread, use.account.read) == (True, 0)


def test_an_unread_tab_says_whose_figures_stand_in_it() -> None:
    """Its owner's by its title, else those of the libraries that its cells name."""
    rows = UNREAD["no column for the month (14)"][0]
    titled = read(tab("Tangkum", *rows)).tabs[0].account
    named = read(tab("Data", *UNREAD["libraries under an unknown heading (03)"][0])).tabs[0].account

    assert titled is not None
    assert named is not None
    assert titled.libraries == (TANGKUM.code,)
    assert set(named.libraries) == {each.code for each in LIBRARIES}
    assert Directory(LIBRARIES).find("Tangkum") == TANGKUM.code


NO_REPORTS: dict[str, list[list[Typed]]] = {
    "telephones": [["No", "Nama", "HP"], [1, "Ani", "081234567890"], [2, "Budi", 6281234567890]],
    "words": [["Panduan"], ["Isi sebelum tanggal 5 tiap bulan"]],
    "an empty form": [["Bulan", "Pengunjung di tempat"], ["Januari 2024", None]],
}


@pytest.mark.parametrize("case", NO_REPORTS)
def test_a_tab_without_counts_is_not_asked_about(case: str) -> None:
    """Telephones, numbering, dates and remarks are no figures that anybody waits for."""
    understood = read(tab("Tangkum 2024", *NO_REPORTS[case]))

    assert not [f for f in understood.findings if f.rule_code == TAB_UNREAD.code]


def test_our_own_tabs_and_those_configured_away_are_left_out_on_purpose() -> None:
    """Their figures are counted as left out, and nothing is asked."""
    office: Office = OFFICE
    understood = read(tab(office.tabs.guide, ["Bulan", "Peminjaman"], ["Januari 2024", 3]))
    [use] = understood.tabs

    assert not understood.findings
    assert use.account is not None
    assert (use.account.left, use.account.unread) == (2, False)


def test_each_part_of_a_table_is_counted_as_what_it_is() -> None:
    """A figure, a refused entry, months and headings, an unknown column, a total row, a note, a number beside the table."""
    head: list[Typed] = ["Bulan", "Peminjaman", "Cuaca", "Keterangan"]
    rows: list[list[Typed]] = [["Januari 2024", 3, 7, "libur 2 hari", None, 99], ["Februari 2024", "3 (?)", 8]]
    [use] = read(tab("Tangkum", head, *rows, ["Jumlah", 6, 15])).tabs
    account = use.account

    assert account is not None
    assert (account.read, account.asked, account.labels) == (1, 1, 2)
    assert (account.unknown, account.sums, account.notes, account.beside) == (2, 2, 1, 1)
