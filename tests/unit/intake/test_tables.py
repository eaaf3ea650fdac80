"""Tables as people draw them: parts and totals, targets, running totals, lines that are no data, years that disagree."""

from __future__ import annotations

import csv
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, Typed, figures, number, read, rules, tab, workbook
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake import Inputs, interpret
from sheets_sync.intake.adopt import propose
from sheets_sync.intake.headings import Vocabulary
from sheets_sync.intake.layouts import LAYOUTS
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.options import Layout
from sheets_sync.intake.titles import element_named
from sheets_sync.intake.values.dates import EPOCH
from sheets_sync.model.grid import GridCell, NumberKind, Tab
from sheets_sync.model.text import Likeness

TABLES = Path(__file__).parents[2] / "data" / "tables"
VISITS, LOANS, PEOPLE = "visits_onsite", "loans", "participants"
PART = ("participants_men", "participants_women", PEOPLE)
MARCH = ("Januari", "Februari", "Maret")
Rows = list[list[Typed]]
Seen = dict[str, list[float]]


def kept(name: str, title: str) -> Tab:
    """A table of tests/data/tables as a tab."""
    with (TABLES / name).open(encoding="utf-8") as file:
        return tab(title, *([_typed(text) for text in row] for row in csv.reader(file)))


def _typed(text: str) -> Typed:
    return int(text) if text.isdigit() else text or None


def seen(page: Tab) -> Seen:
    """Element (before it the library, where it is not Tangkum) → its figures that count, by month."""
    found: Seen = {}
    for (library, element, _), value in sorted(figures(read(page).observations).items(), key=lambda item: item[0]):
        found.setdefault(element if library == "T" else f"{library} {element}", []).append(value)
    return found


def asked(page: Tab) -> set[str]:
    """The rules of what is to be answered."""
    return {code for code in rules(read(page)) if code[0] in "FE"}


TWO = {VISITS: [10, 12, 13], f"P {VISITS}": [20, 22, 23]}


@pytest.mark.parametrize(
    ("name", "title", "expected", "questions"),
    [
        ("01-element-rows-unknown-library.csv", "Data", {VISITS: [10, 12, 13]}, {"F-LIBRARY"}),
        ("02-library-rows-month-columns.csv", "Pengunjung di tempat", TWO, set()),
        ("02-library-rows-month-columns.csv", "Data", {}, {"F-ELEMENT"}),
        ("02c-same-element-in-column.csv", "Data", TWO, set()),
        ("03-library-rows-unknown-heading.csv", "Pengunjung di tempat", TWO, {"F-LIBRARY"}),
        ("04-year-of-tab-against-heading.csv", "Activity Data 2024", TWO, {"E-TAB-YEAR"}),
        (
            "05-fiscal-order-no-year.csv",
            "Data 2023-24",
            {VISITS: [10, 12, 13, 14, 15, 16], f"P {VISITS}": [20, 22, 23, 24, 25, 26]},
            set(),
        ),
        (
            "12-two-heading-lines-without-merge.csv",
            "Tangkum",
            {VISITS: [410, 395], PART[0]: [21, 18], PART[1]: [33, 30], PEOPLE: [54, 48]},
            set(),
        ),
        (
            "13-line-that-numbers-columns.csv",
            "Tangkum",
            {VISITS: [410, 395], LOANS: [120, 118], "activities": [3, 2], PEOPLE: [54, 48]},
            set(),
        ),
        ("17-recap-by-member-type.csv", "Tangkum", {}, {"F-ROW"}),
        ("18-lines-below-the-table.csv", "Tangkum", {VISITS: [410, 395], LOANS: [120, 118]}, set()),
        ("19-month-names-as-numerals.csv", "Tangkum 2024", {}, {"F-NUMERALS"}),
    ],
)
def test_an_awkward_table_is_read_right_or_asked_about(
    name: str, title: str, expected: Seen, questions: set[str]
) -> None:
    """The tables that went wrong: the right figures, or one question, never other figures."""
    page = kept(name, title)
    assert (seen(page), asked(page)) == (expected, questions)


HEADED: dict[str, tuple[Rows, Seen, set[str]]] = {
    "women and men of visits": (
        [["Bulan", "Pengunjung", None, None], [None, "L", "P", "Jumlah"], ["Januari", 1, 2, 3]],
        {VISITS: [3]},
        set(),
    ),
    "parts alone": (
        [["Bulan", "Pengunjung", None], [None, "Laki-laki", "Perempuan"], ["Januari", 1, 2]],
        {},
        {"F-PARTS"},
    ),
    "women and men of participants": (
        [["Bulan", "Peserta", None], [None, "Lk", "Pr"], ["Januari", 1, 2]],
        {PART[0]: [1], PART[1]: [2]},
        set(),
    ),
    "target and realisation": (
        [["Bulan", "Pengunjung", None, "Peminjaman", None], [None, "Target", "Realisasi", "Target", "Realisasi"],
         ["Januari", 100, 2, 50, 3]],
        {VISITS: [2], LOANS: [3]},
        set(),
    ),
    "in one line": (
        [["Bulan", "Target Pengunjung", "Realisasi Pengunjung", "%"], ["Januari", 100, 2, "2%"]],
        {VISITS: [2]},
        set(),
    ),
    "a running total": (
        [["Bulan", "Pengunjung", None, None], [None, "s.d. Bulan Lalu", "Bulan Ini", "s.d. Bulan Ini"],
         ["Januari", 100, 2, 102]],
        {VISITS: [2]},
        set(),
    ),
    "a running total called total": (
        [["Bulan", "Pengunjung", None, None], [None, "Bulan lalu", "Bulan ini", "Jumlah"], ["Januari", 100, 2, 102]],
        {},
        {"F-SAME-HEADING"},
    ),
    "three lines": (
        [["Bulan", "Peserta", None, None, None, None, None],
         [None, "Bulan ini", None, None, "s/d bulan ini", None, None],
         [None, "L", "P", "Jml", "L", "P", "Jml"], ["Januari", 1, 2, 3, 10, 20, 30]],
        {PART[0]: [1], PART[1]: [2], PEOPLE: [3]},
        set(),
    ),
    "months with targets": (
        [["Uraian", "Januari", None, "Februari", None, "Maret", None], [None, *["Target", "Realisasi"] * 3],
         ["Pengunjung di tempat", 10, 1, 20, 2, 30, 3]],
        {VISITS: [1, 2, 3]},
        set(),
    ),
    "months with parts": (
        [["Uraian", "Januari", None, None, "Februari", None, None, "Maret", None, None], [None, *["L", "P", "Jml"] * 3],
         ["Pengunjung di tempat", 10, 1, 11, 20, 2, 22, 30, 3, 33]],
        {VISITS: [11, 22, 33]},
        set(),
    ),
    "visitors who are members": (
        [["Bulan", "Pengunjung", None, None], [None, "Anggota", "Bukan anggota", "Jumlah"], ["Januari", 1, 2, 3]],
        {VISITS: [3]},
        set(),
    ),
    "events and their people": (
        [["Bulan", "Kegiatan", None, "Keterangan"], [None, "Jumlah", "Peserta", None], ["Januari", 1, 20, None]],
        {"activities": [1], PEOPLE: [20]},
        set(),
    ),
    "the total first": (
        [["No", "Bulan", "Anggota baru", None, None, "Peminjaman"], [None, None, "Total", "SD", "SMP", None],
         [1, "Februari", 3, 1, 2, 4]],
        {"members_new": [3], LOANS: [4]},
        set(),
    ),
    "a first row of words": (
        [["Bulan", "Pengunjung", "Peminjaman", None], ["Januari", "nihil", "nihil", "sakit"], ["Maret", 3, 4, None]],
        {VISITS: [0, 3], LOANS: [0, 4]},
        set(),
    ),
    "units": (
        [["Bulan", "Pengunjung", "Peminjaman"], [None, "(orang)", "(eks)"], ["Maret", 3, 4]],
        {VISITS: [3], LOANS: [4]},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "questions"), HEADED.values(), ids=HEADED)
def test_a_heading_stands_above_what_belongs_to_it(rows: Rows, expected: Seen, questions: set[str]) -> None:
    """Without a merge too: parts go to their elements, a target or running total is nobody's, two readings are asked."""
    page = tab("Tangkum 2024", *rows)
    assert (seen(page), asked(page)) == (expected, questions)


@pytest.mark.parametrize(
    "line",
    [
        [1, 2, 3, 4, "5=3+4"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [-1, -2, -3, -4, -5],
        ["1", "2", "3", "4", "5 = (3:4) x 100"],
        [None, 1, 2, 3, "4=2+3"],
        [1, 2, 3, 4, "3+4"],
    ],
)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_line_that_numbers_the_columns_is_no_month(line: list[Typed], after: int) -> None:
    """Wherever it stands below the headings, with or without formulas."""
    rows: Rows = [[1, "Januari", 10, 4, 7], [2, "Februari", 12, 5, 8]]
    rows.insert(after, line)
    page = tab("Tangkum 2024", ["No", "Bulan", "Pengunjung", "Peminjaman", "Anggota baru"], *rows)
    assert (seen(page), asked(page)) == ({VISITS: [10, 12], LOANS: [4, 5], "members_new": [7, 8]}, set())


def test_months_written_as_numbers_are_no_numbering() -> None:
    """`1 2 3` is January with 2 and 3 where the months are numbers and January stands nowhere else."""
    page = tab("Tangkum 2024", ["Bulan", "Pengunjung", "Peminjaman"], [1, 2, 3], [2, 5, 6], [3, 8, 9])
    assert seen(page) == {VISITS: [2, 5, 8], LOANS: [3, 6, 9]}


@pytest.mark.parametrize(
    "below",
    [
        [["Jml", 22, 9]],
        [["Rata2", 11, 4]],
        [["Target", 5000, 1500], ["Realisasi", 22, 9], ["%", "0,4%", "0,6%"]][:2],
        [["Jlh 2024", 22, 9]],
        [[None, None, "Tamiang Layang, 5 Maret 2024"], [None, None, "NIP. 19650101 199003 1 001"]],
        [["Mengetahui,"], ["Kepala Desa"], [None, None, "Siti Aminah"], [None, 196501011990031001, None]],
        [["Sumber: SIM 2024"], ["(....................)"]],
    ],
)
def test_lines_below_a_table_are_no_months(below: Rows) -> None:
    """Sums, averages, targets, place and date, names and numbers of who signs are asked about by nobody."""
    page = tab("Tangkum 2024", ["Bulan", "Pengunjung", "Peminjaman"], ["Januari", 10, 4], ["Februari", 12, 5], *below)
    assert (seen(page), asked(page)) == ({VISITS: [10, 12], LOANS: [4, 5]}, set())


@pytest.mark.parametrize(("count", "read_as_months"), [(3, False), (4, False), (5, False), (6, True), (12, True)])
def test_numerals_are_months_where_they_can_be_nothing_else(count: int, read_as_months: bool) -> None:
    """Up to four they may be quarters, up to five weeks; more are months."""
    numerals = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][:count]
    page = tab("Tangkum 2024", ["Uraian", *numerals], ["Peminjaman", *range(1, count + 1)])
    expected = {LOANS: list(range(1, count + 1))} if read_as_months else {}
    assert (seen(page), asked(page)) == (expected, set() if read_as_months else {"F-NUMERALS"})


@pytest.mark.parametrize(
    ("titles", "element"),
    [
        (["Rekap Pengunjung di Tempat Tahun 2024"], VISITS),
        (["DATA PEMINJAMAN BUKU PERPUSTAKAAN DESA KABUPATEN BARITO TIMUR 2024"], LOANS),
        (["Loans 2024"], LOANS),
        (["Pengunjung anak-anak 2024"], ""),
        (["Laporan Kegiatan Perpustakaan 2024"], ""),
        (["Peminjaman", "Pengunjung"], ""),
        (["Data 2024"], ""),
    ],
)
def test_a_title_names_one_element_or_none(titles: list[str], element: str) -> None:
    """The whole of a title has to be accounted for; words for any report, or two elements, name none."""
    assert element_named(titles, Vocabulary(ELEMENTS, Inputs())) == element


@pytest.mark.parametrize(
    ("title", "rows", "months", "questions"),
    [
        ("Tangkum 2023/2024", ["Juli", "Agustus", "Januari"], ["2023-07", "2023-08", "2024-01"], set()),
        ("Tangkum 2023-24", ["Januari", "Februari"], [], {"F-NO-YEAR"}),
        ("Tangkum 2024", ["November", "Desember", "Januari"], [], {"F-NO-YEAR"}),
        ("Tangkum 2024", ["Januari 2024", "Februari 2023", "Maret 2024"], ["2024-01", "2024-03"], {"F-OTHER-YEAR"}),
        ("Tangkum 2024", ["Januari 2023", "Februari 2023"], ["2023-01", "2023-02"], {"E-TAB-YEAR"}),
    ],
)
def test_a_year_comes_from_what_stands_nearest(
    title: str, rows: list[str], months: list[str], questions: set[str]
) -> None:
    """A span and the months' order say two years; a contradiction is one question; no year is guessed."""
    body: Rows = [[month, 5] for month in rows]
    page = tab(title, ["Bulan", "Peminjaman"], *body)
    assert sorted(month for _, _, month in figures(read(page).observations)) == months
    assert asked(page) == questions


def test_a_year_column_that_contradicts_a_month_is_asked_about() -> None:
    """`Januari 2024` beside 2023 says two years, so that its figures wait."""
    page = tab("Tangkum", ["Tahun", "Bulan", "Peminjaman"], [2023, "Januari 2024", 5], [2024, "Februari 2024", 6])
    assert (seen(page), asked(page)) == ({LOANS: [6]}, {"F-TWO-YEARS"})


def test_a_tab_on_which_the_program_fails_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tab becomes a question, the next one is read."""

    def broken(_: Sheet) -> None:
        raise KeyError

    monkeypatch.setattr(
        import_module("sheets_sync.intake.layouts"), "LAYOUTS", {**LAYOUTS, Layout.ELEMENT_ROWS: broken}
    )
    bad = tab("Tangkum 2023", ["Uraian", *MARCH], ["Peminjaman", 1, 2, 3], sheet_id=2)
    good = tab("Tangkum 2024", ["Bulan", "Peminjaman"], ["Januari", 5])
    both = read(bad, good)
    assert (rules(both) & {"F-TAB-FAILED"}, len(both.observations)) == ({"F-TAB-FAILED"}, 1)


def test_a_tab_that_is_too_large_is_a_question_and_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many cells are not begun with; their library has not failed to report, and the next tab is read."""
    monkeypatch.setattr(import_module("sheets_sync.intake.interpret"), "MAX_CELLS", 8)
    large = tab("Tangkum 2023", ["Uraian", *MARCH], ["Peminjaman", 1, 2, 3], ["Kegiatan", 1, 2, 3], sheet_id=2)
    both = read(large, tab("Pangkan 2024", ["Bulan", "Peminjaman"], ["Januari", 5]))
    assert (rules(both) & {"F-TAB-LARGE"}, len(both.observations)) == ({"F-TAB-LARGE"}, 1)
    account = both.tabs[0].account
    assert account is not None
    assert (account.unread, account.libraries, account.left) == (True, ("T",), 6)


def test_rows_above_the_first_library_of_a_list_are_asked_about() -> None:
    """Whose they are nothing says; those below the line with the name are read."""
    rows: Rows = [["Januari 2024", 5], ["Perpustakaan Desa Pangkan", None], ["Februari 2024", 6]]
    page = tab("Data", ["Bulan", "Peminjaman"], *rows)
    assert (seen(page), asked(page)) == ({f"P {LOANS}": [6]}, {"F-NO-LIBRARY"})


def day(shown: str, year: int, month: int, of_month: int) -> GridCell:
    """A date as the sheet keeps it."""
    return number((date(year, month, of_month) - EPOCH).days, shown, NumberKind.DATE)


@pytest.mark.parametrize(
    ("days", "locale", "expected", "questions"),
    [
        # the first of each month, one after the other, can't be swapped
        ([day(f"{n}/1/2024", 2024, n, 1) for n in (1, 2, 3)], "en_US", [1, 2, 3], set()),
        # typed as 1/2, 1/3 where the day stands first: the sheet made 2 and 3 January of them
        ([day(f"1/{n}/2024", 2024, 1, n) for n in (2, 3, 4)], "en_US", [], {"F-DATE-ORDER"}),
        ([day("1/3/2024", 2024, 1, 3), day("2/4/2024", 2024, 2, 4), day("3/31/2024", 2024, 3, 31)], "en_US", [3],
         {"F-DATE-ORDER"}),
        ([day(shown, 2024, n, 5) for n, shown in ((1, "Jan-24"), (2, "Feb-24"), (4, "Apr-24"))], "en_US", [1, 2, 3], set()),
        ([day(f"5/{n}/2024", 2024, n, 5) for n in (1, 2, 4)], "in_ID", [1, 2, 3], set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("wide", [False, True])
def test_dates_above_columns_are_read_by_the_workbooks_locale(
    days: list[GridCell], locale: str, expected: list[float], questions: set[str], *, wide: bool
) -> None:
    """Where day and month could be swapped the heading is a question, and nothing under it is read."""
    heads: Rows = [["Perpustakaan", "Pengunjung", None, None], [None, *days]] if wide else [["Uraian", *days]]
    page = tab("Data" if wide else "Tangkum", *heads, ["Tangkum" if wide else "Pengunjung", 1, 2, 3])
    understood = interpret(workbook(page, locale=locale), LIBRARIES, ELEMENTS, Inputs(), OFFICE)
    assert sorted(figures(understood.observations).values()) == expected
    assert {code for code in rules(understood) if code[0] in "FE"} == questions


@given(st.sampled_from(range(200)), st.integers(0, 30), st.sampled_from("xyz"))
def test_a_misspelt_name_is_found_among_many(which: int, at: int, letter: str) -> None:
    """One letter changed: the name it came from is proposed, though few names are compared letter by letter."""
    names = [f"Perpustakaan Desa {'abdeg'[n % 5]}{n:03}{'klmno'[n // 40]}r{n * 7919 % 1000}" for n in range(200)]
    word = names[which]
    at = min(at, len("Perpustakaan Desa ") - 1)
    assert Likeness(names).closest(word[:at] + letter + word[at + 1 :]) == word


def test_adopting_never_swaps_libraries_and_elements() -> None:
    """Libraries down under a heading nobody knows, the element in the tab's title: that is what is proposed."""
    made = propose(
        workbook(kept("03-library-rows-unknown-heading.csv", "Pengunjung di tempat")), ELEMENTS, Inputs(), OFFICE
    )
    assert not made.new
    assert sorted(library.name for library in made.libraries) == ["Pangkan", "Tangkum", "Turan Amis"]
    assert {(o.element, o.value) for o in made.read.observations if o.value == 31} == {(VISITS, 31)}


def test_adopting_makes_no_elements_of_an_address() -> None:
    """Address and zip code are left out, and said to be."""
    made = propose(workbook(kept("09-fields-of-an-address.csv", "Data")), ELEMENTS, Inputs(), OFFICE)
    assert (made.new, {text for _, text in made.unplaced}) == (frozenset(), {"address", "zip code"})
