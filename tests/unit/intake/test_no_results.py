"""What stands there and is no month's result: shares, changes, targets, plans, examples, sums since the year began."""

from __future__ import annotations

import pytest
from grids import Typed, figures, read, rules, tab

from sheets_sync.intake import Interpretation

VISITS, LOANS = "visits_onsite", "loans"
MONTHS = ("Januari", "Februari", "Maret")
SIGNS = ["%", "(%)", "‰", "±", "(±)", "≈", "+/-", "+ / −", "(+)", "( - )", "(–)", "+", "∆", "∑", "$", "(€)", "≥", "≤"]
TARGETS = ["Target", "TARGET", "Sasaran", "Rencana", "Bulan lalu", "s.d. bulan ini", "Kumulatif", "Persentase"]


def of(interpretation: Interpretation, element: str = VISITS) -> list[float]:
    """The figures of an element that count."""
    return [value for (_, known, _), value in figures(interpretation.observations).items() if known == element]


def by_months(heading: str, title: str = "Tangkum 2024", above: str | None = None) -> Interpretation:
    """A row a month, with a heading over the first column of figures, and loans beside it."""
    lines: list[list[Typed]] = [[above]] if above else []
    rows: list[list[Typed]] = [[month, 10 + n, 5 + n] for n, month in enumerate(MONTHS)]
    return read(tab(title, *lines, ["Bulan", heading, "Peminjaman"], *rows))


def by_libraries(title: str, above: str | None = None) -> Interpretation:
    """A row a library, months across, so that only a title says what is counted."""
    lines: list[list[Typed]] = [[above]] if above else []
    return read(tab(title, *lines, ["Perpustakaan", *MONTHS], ["Tangkum", 1, 2, 3], ["Pangkan", 4, 5, 6]))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_says_something_else_is_not_dropped(sign: str) -> None:
    """In a heading, a month's heading, a row's label, a line above rows or a title: nothing is read as the visits."""
    named = f"Pengunjung {sign}"
    rows = read(tab("Tangkum 2024", ["Uraian", *MONTHS], [named, 1, 2, 3], ["Peminjaman", 4, 5, 6]))
    months = read(tab("Tangkum 2024", ["Uraian", *(f"{month} {sign}" for month in MONTHS)], ["Pengunjung", 1, 2, 3]))
    lines = read(tab("Data 2024", ["Perpustakaan", *MONTHS], [named], ["Tangkum", 1, 2, 3]))
    all_of_them = (by_months(named), rows, months, lines, by_libraries(named), by_libraries("2024", named))
    assert [of(each) for each in all_of_them] == [[]] * len(all_of_them)
    assert all(any(finding.severity in "FEW" for finding in each.findings) for each in all_of_them)


@pytest.mark.parametrize(
    "named", ["Pengunjung*", "* Pengunjung", "- Pengunjung", "+ Pengunjung", "Pengunjung:", "1. Pengunjung"]
)
def test_a_sign_that_only_decorates_is_dropped(named: str) -> None:
    """Stars, dashes, bullets and numbers say nothing of the figures below a heading."""
    assert of(by_months(named)) == [10, 11, 12]


@pytest.mark.parametrize("heading", ["Uraian", "Jenis", "", "Rincian", "Ket", "Satuan"])
@pytest.mark.parametrize("word", TARGETS)
def test_a_row_that_says_it_is_no_result_is_none(word: str, heading: str) -> None:
    """Alone for its month or beside the result, with the month beside it or only above it; and it is said."""
    rows: list[list[Typed]] = [[month, word, 100 + n] for n, month in enumerate(MONTHS)]
    alone = read(tab("Tangkum 2024", ["Bulan", heading, "Pengunjung"], *rows))
    assert (of(alone), "E-TAB-UNREAD" in rules(alone)) == ([], True)
    for month in ("Januari", None):
        pair: list[list[Typed]] = [["Januari", word, 100], [month, "Realisasi", 90]]
        beside = read(tab("Tangkum 2024", ["Bulan", heading, "Pengunjung"], *pair))
        assert (of(beside), "W-EXTRA-ROW" in rules(beside)) == ([90], True)


@pytest.mark.parametrize(
    "note", ["Target tidak tercapai", "rata-rata 5 orang sehari", "Kenaikan karena libur", "libur", "lihat Target"]
)
def test_a_remark_beside_a_row_is_no_more_than_that(note: str) -> None:
    """What begins with such a word and goes on is a remark about the month's result."""
    rows: list[list[Typed]] = [["Januari", 10, None], ["Februari", 11, note]]
    assert of(read(tab("Tangkum 2024", ["Bulan", "Pengunjung", "Keterangan"], *rows))) == [10, 11]


@pytest.mark.parametrize(
    "title",
    [
        "TARGET 2024",
        "Target pengunjung tahun 2024",
        "Rencana kerja",
        "Proyeksi 2025",
        "CONTOH PENGISIAN",
        "Contoh",
        "Simulasi",
    ],
)
def test_a_title_that_says_so_makes_a_table_no_report(title: str) -> None:
    """Above the table or as the tab's title; one question asks whether it is right. A table below with another title is read."""
    other: list[list[Typed]] = [["Realisasi"], ["Bulan", "Pengunjung"], ["Januari 2024", 9]]
    both: list[list[Typed]] = [[title], ["Bulan", "Pengunjung"], ["Januari 2024", 100], *other]
    above = by_months("Pengunjung", above=title)
    assert (of(above), rules(above)) == ([], {"E-TAB-UNREAD"})
    assert of(by_libraries(title, "Pengunjung 2024")) == []
    assert (of(read(tab("Tangkum", *both))), "W-BESIDE" in rules(read(tab("Tangkum", *both)))) == ([9], True)


@pytest.mark.parametrize(
    "line",
    ["Target dan realisasi 2024", "Laporan capaian target", "Contoh: 25", "Target tahun ini: 1.200", "Target 1.200 pengunjung",
     "Sasaran: masyarakat umum", "Contoh isi dengan angka saja tanpa titik atau koma"],
)  # fmt: skip
def test_a_line_of_guidance_makes_no_table_an_example(line: str) -> None:
    """A line that goes on for long, holds a colon or a figure, or names results as well, leaves the table a report."""
    assert of(by_months("Pengunjung", above=line)) == [10, 11, 12]


def test_the_nearest_title_counts() -> None:
    """A report of invented figures is one; a plan above the name of whose it is stays a plan."""
    body: list[list[Typed]] = [["Bulan", "Pengunjung"], ["Januari 2024", 9]]
    assert of(read(tab("Tangkum", ["CONTOH – ANGKA REKAAN"], ["Laporan bulanan 2024"], *body))) == [9]
    assert of(read(tab("Tangkum", ["TARGET 2024"], ["Perpustakaan Desa Tangkum"], *body))) == []


@pytest.mark.parametrize("word", ["Target", "TARGET", "Tahun lalu", "Rencana"])
def test_rows_below_a_line_that_says_so_are_none(word: str) -> None:
    """Until another line stands alone: the targets of all elements above their results."""
    rows: list[list[Typed]] = [[word], ["Pengunjung", 100, 100, 100], ["Realisasi"], ["Pengunjung", 1, 2, 3]]
    assert of(read(tab("Tangkum 2024", ["Uraian", *MONTHS], *rows))) == [1, 2, 3]
    assert of(read(tab("Tangkum 2024", ["Uraian", *MONTHS], *rows[:2]))) == []


def test_a_blank_target_makes_no_target_of_the_next_element() -> None:
    """A row of an element's target in which nothing stands says nothing of the rows below."""
    rows: list[list[Typed]] = [["Pengunjung", 1, 2, 3], ["Target"], ["Peminjaman", 4, 5, 6]]
    assert of(read(tab("Tangkum 2024", ["Uraian", *MONTHS], *rows)), LOANS) == [4, 5, 6]


@pytest.mark.parametrize(
    "heading", ["Peminjaman (eks)", "Peminjaman (buku)", "Peminjaman, eks.", "Peminjaman eksemplar"]
)
def test_a_heading_may_spell_its_unit_in_any_way(heading: str) -> None:
    """As a number's unit may be; another element's unit makes it a question."""
    assert of(read(tab("Tangkum 2024", ["Bulan", heading], ["Januari", 7], ["Februari", 8])), LOANS) == [7, 8]


def test_a_target_beside_elements_and_months_is_left_out() -> None:
    """In a row a library with a column an element and month: alone it is left out, beside the result it is none."""
    head: list[Typed] = ["Perpustakaan", "Uraian", *(f"Pengunjung {month} 2024" for month in MONTHS)]
    pair: list[list[Typed]] = [["Tangkum", "Target", 100, 100, 100], ["Tangkum", "Realisasi", 90, 91, 92]]
    assert of(read(tab("Data", head, *pair))) == [90, 91, 92]
    assert of(read(tab("Data", head, pair[0]))) == []


def test_figures_below_the_signatures_are_not_passed_over() -> None:
    """A row that nothing names is said to be beside the table; the numbers of who signs are no figures."""
    signed: list[list[Typed]] = [["Mengetahui"], ["Ani"], ["NIP.", 196501012000031001]]
    body: list[list[Typed]] = [["Uraian", *MONTHS], ["Pengunjung", 1, 2, 3], *signed]
    assert rules(read(tab("Tangkum 2024", *body))) == {"W-ALIAS"}
    late = read(tab("Tangkum 2024", *body, ["Pengunjng", 4, 5, 6]))
    account = late.tabs[0].account
    assert (rules(late), account and account.beside) == ({"W-ALIAS", "W-BESIDE"}, 3)
