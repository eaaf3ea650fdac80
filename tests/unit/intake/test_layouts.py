"""Tables as people keep them: every layout is found by its headings, wherever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from grids import ELEMENTS as ALL
from grids import OFFICE, PANGKAN, TANGKUM, Typed, figures, number, read, rules, tab, workbook

from sheets_sync.config.office import Office
from sheets_sync.i18n import language
from sheets_sync.intake import Inputs, interpret
from sheets_sync.intake.options import Layout, TabInput
from sheets_sync.model import Library, Period, State
from sheets_sync.model.grid import GridCell, Merge, NumberKind, Tab

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip
VISITS = "Pengunjung di tempat"
JANUARY = ("T", "visits_onsite", "2024-01")


def at(element: str, month: str, library: str = "T") -> tuple[str, str, str]:
    """The key of a figure."""
    return library, element, month


def test_a_tab_per_library_has_a_row_per_month() -> None:
    """A tab titled with a library's alias holds that library's months."""
    page = tab("Tangkum 2024", ["Bulan", VISITS, "Peminjaman"], ["Januari", 10, 3], ["Pebruari", 12, None])

    seen = read(page)

    assert figures(seen.observations) == {
        at("visits_onsite", "2024-01"): 10,
        at("loans", "2024-01"): 3,
        at("visits_onsite", "2024-02"): 12,
    }
    assert [o.state for o in seen.observations if o.element == "loans"] == [State.REPORTED, State.EMPTY]


def test_one_tab_may_hold_every_library() -> None:
    """A column with the library's name says whose row it is, in any order of columns."""
    page = tab("Data", ["Tahun", VISITS, "Bulan", "Nama Perpustakaan"], [2024, 5, "Mei", "Perpusdes Tangkum"],
               [2023, 7, "Juni", "PANGKAN"])  # fmt: skip

    assert figures(read(page).observations) == {
        at("visits_onsite", "2024-05"): 5,
        at("visits_onsite", "2023-06", "P"): 7,
    }


def test_a_library_is_filled_down_only_inside_a_merge() -> None:
    """A merged library cell holds for its rows; a blank one is a question."""
    rows: list[list[Typed]] = [["Perpustakaan", "Bulan", VISITS], ["Tangkum", "Januari 2024", 1], [None, "Februari 2024", 2],
            [None, "Maret 2024", 3]]  # fmt: skip

    seen = read(tab("Data", *rows, merges=[Merge(1, 3, 0, 1)]))

    assert figures(seen.observations) == {JANUARY: 1, at("visits_onsite", "2024-02"): 2}
    assert "F-NO-LIBRARY" in rules(seen)


def test_titles_totals_notes_and_blank_rows_are_no_data() -> None:
    """Title rows, a numbering of the columns, blank rows, TOTAL rows, notes and signatures are passed over."""
    page = tab(
        "Tangkum",
        ["LAPORAN BULANAN PERPUSTAKAAN DESA"],
        ["Tahun 2024"],
        [],
        ["No", "Bulan", VISITS, "Keterangan"],
        [1, 2, 3, 4],
        [1, "Januari", 10, None],
        [],
        [2, "Februari", 12, None],
        [None, "JUMLAH", 22, None],
        [None, "Triwulan I", 22, None],
        ["Catatan: data sementara"],
        [None, None, "Mengetahui, Kepala Desa"],
        [None, None, "(nama jelas)"],
    )

    seen = read(page)

    assert figures(seen.observations) == {JANUARY: 10, at("visits_onsite", "2024-02"): 12}
    assert rules(seen) == set()


def test_a_row_of_sums_needs_no_label() -> None:
    """A row that names nothing and only holds sums is no data; one with a typed figure is a question."""
    total = GridCell(22.0, "22", formula="=SUM(B2:B3)")
    rows: list[list[Typed]] = [["Bulan", VISITS], ["Januari", 10], ["Februari", 12]]

    assert rules(read(tab("Tangkum 2024", *rows, [None, total]))) == set()
    assert rules(read(tab("Tangkum 2024", *rows, [None, 22]))) == {"F-NO-MONTH"}


def test_a_note_or_an_event_that_begins_with_total_is_no_total() -> None:
    """Only a key says that a row sums up others: a month, a library, a number or what stands unheaded before them."""
    noted = tab("Tangkum 2024", ["Bulan", VISITS, "Keterangan"], ["Januari", 10, "Jumlah termasuk anak"])
    event = tab("Tangkum", ["Tanggal", "Jenis", "Peserta"], ["8/1/2024", "Total football", 22], ["Jumlah", None, 22])
    unheaded = tab("Tangkum 2024", [None, "Bulan", VISITS], [None, "Januari", 10], ["JUMLAH", None, 10])

    assert figures(read(noted).observations) == {JANUARY: 10}
    assert figures(read(event).observations) == {at("activities", "2024-01"): 1, at("participants", "2024-01"): 22}
    assert (figures(read(unheaded).observations), rules(read(unheaded))) == ({JANUARY: 10}, set())


def test_a_year_is_a_year_however_it_is_shown() -> None:
    """A year column formatted with thousands marks, `2.024`, still says 2024."""
    year = number(2024, "2.024", NumberKind.PLAIN)

    assert figures(read(tab("Tangkum", ["Tahun", "Bulan", VISITS], [year, "Januari", 5])).observations) == {JANUARY: 5}


def test_a_header_may_have_two_lines() -> None:
    """A group heading over two columns, merged, makes one name with the heading below it."""
    page = tab(
        "Tangkum 2024",
        ["Bulan", "Pengunjung", None, "Peserta kegiatan", None],
        [None, "di tempat", "daring", "(perempuan)", "(laki-laki)"],
        ["Januari", 10, 4, 6, 7],
        merges=[Merge(0, 2, 0, 1), Merge(0, 1, 1, 3), Merge(0, 1, 3, 5)],
    )

    assert figures(read(page).observations) == {
        JANUARY: 10,
        at("visits_online", "2024-01"): 4,
        at("participants_women", "2024-01"): 6,
        at("participants_men", "2024-01"): 7,
    }


def test_a_unit_may_stand_in_the_heading_and_nothing_else() -> None:
    """`Peserta (orang)` is participants; `Peserta (perempuan)` is not."""
    page = tab("Tangkum 2024", ["Bulan", "Peserta (orang)", "Anggota (perempuan)"], ["Januari", 10, 6])

    assert figures(read(page).observations) == {at("participants", "2024-01"): 10}


@pytest.mark.parametrize("merged", [True, False])
def test_elements_may_be_rows_for_several_years(merged: bool) -> None:
    """Rows are elements, columns the months of two years side by side, with quarterly totals between."""
    page = tab(
        "Tangkum",
        ["REKAP"],
        ["No", "Uraian", "Satuan", 2023, None, None, None, 2024, None, None, None],
        [None, None, None, "Jan", "Feb", "Mar", "TW I", "Jan", "Feb", "Mar", "TW I"],
        [1, VISITS, "orang", 1, 2, 3, 6, 4, 5, 6, 15],
        ["A", "Koleksi"],
        [2, "Judul", "judul", 10, 11, 12, None, 13, 14, 15, None],
        [None, "JUMLAH", None, 11, 13, 15, None, 17, 19, 21, None],
        merges=[Merge(1, 2, 3, 7), Merge(1, 2, 7, 11)] if merged else [],
    )

    seen = figures(read(page).observations)

    visits = {at("visits_onsite", f"{year}-{m:02}"): 3 * (year - 2023) + m for year in (2023, 2024) for m in (1, 2, 3)}
    titles = {at("titles", f"{year}-{m:02}"): 3 * (year - 2023) + m + 9 for year in (2023, 2024) for m in (1, 2, 3)}
    assert seen == visits | titles


def test_a_label_may_need_the_title_above_it() -> None:
    """A label that says nothing alone is read with its section, and a section's name is never enough."""
    page = tab("Tangkum 2024", ["Uraian", "Jan", "Feb", "Mar"], ["Pengunjung"], ["- di tempat", 1, 2, 3],
               ["- daring", 4, 5, 6], ["- anak-anak", 7, 8, 9])  # fmt: skip

    seen = figures(read(page).observations)

    assert {element for _, element, _ in seen} == {"visits_onsite", "visits_online"}


def test_a_wide_table_has_a_column_per_element_and_month() -> None:
    """A heading names element and month in one line or in two."""
    one = tab("Data", ["Perpustakaan", f"{VISITS} - Jan 2024", "Feb 2024 Peminjaman"], ["Tangkum", 1, 2])
    two = tab("Data", ["Perpustakaan", VISITS, None, "Peminjaman"], [None, "Jan 2024", "Total", "Feb 2024"],
              ["Tangkum", 1, 9, 2])  # fmt: skip

    expected = {JANUARY: 1, at("loans", "2024-02"): 2}
    assert figures(read(one).observations) == expected
    assert figures(read(two).observations) == expected


def test_a_wide_row_of_an_unknown_library_is_a_question() -> None:
    """A row that names a library nobody knows, or none, is asked about; a TOTAL row is not."""
    page = tab(
        "Data", ["Perpustakaan", f"{VISITS} - Jan 2024"], ["Tangkum", 1], ["Tangkam", 2], [None, 3], ["Total", 6]
    )

    seen = read(page)

    assert (figures(seen.observations), rules(seen)) == ({JANUARY: 1}, {"F-LIBRARY", "F-NO-LIBRARY"})


def test_wide_headings_without_a_year_are_one_question() -> None:
    """Months without a year in the headings are asked about together."""
    seen = read(tab("Data", ["Perpustakaan", f"{VISITS} - Jan", f"{VISITS} - Feb"], ["Tangkum", 1, 2]))

    [question] = seen.findings
    assert (question.rule_code, len(question.cells)) == ("F-NO-YEAR", 2)


def test_rows_of_elements_may_name_their_library() -> None:
    """A form for several libraries names them in a column; a year may stand in another one."""
    page = tab("Data", ["Perpustakaan", "Tahun", "Uraian", "Jan", "Feb", "Mar"], ["Tangkum", 2024, VISITS, 1, 2, 3],
               ["Pangkan", 2023, VISITS, 4, 5, 6], [None, 2024, VISITS, 7, 8, 9])  # fmt: skip

    seen = read(page)

    assert len(figures(seen.observations)) == 6
    assert figures(seen.observations)[at("visits_onsite", "2023-03", "P")] == 6
    assert rules(seen) == {"F-NO-LIBRARY"}


def test_nothing_may_be_left_over_of_a_wide_heading() -> None:
    """A heading with a word more than an element and a month is not that element."""
    page = tab("Data", ["Perpustakaan", f"{VISITS} - Jan 2024", f"{VISITS} - Jan 2024 anak"], ["Tangkum", 1, 2])

    assert figures(read(page).observations) == {JANUARY: 1}


def test_an_activity_log_is_counted() -> None:
    """A row counts in the month of its date, as what its kind says; participants add up."""
    page = tab(
        "Kegiatan Tangkum",
        ["Perpustakaan Desa Tangkum"],
        ["Tanggal", "Jenis kegiatan", "Peserta", "Mitra"],
        ["8/1/2024", "Pelatihan menjahit", 20, "PKK"],
        [number(45311, "20/01/2024", NumberKind.DATE), "Mendongeng", "15 orang", None],
        ["25 Januari 2024", "Advokasi ke camat", 5, None],
        ["3 Peb 2024", "Lomba", 30, None],
        ["31/02/2024", "Lomba", 30, None],
        [None, "Mengetahui"],
    )

    seen = read(page)

    assert figures(seen.observations) == {
        at("activities", "2024-01"): 2,
        at("advocacy", "2024-01"): 1,
        at("participants", "2024-01"): 35,
        at("activities", "2024-02"): 1,
        at("advocacy", "2024-02"): 0,
        at("participants", "2024-02"): 30,
    }
    assert "F-DATE" in rules(seen)


def test_a_sum_is_not_made_of_what_can_not_be_read() -> None:
    """One unreadable figure makes a month's sum unreadable; a blank one is told of."""
    page = tab("Tangkum", ["Tanggal", "Jenis", "Peserta"], ["8/1/2024", "Lomba", "banyak"], ["9/1/2024", "Lomba", 5],
               ["8/2/2024", "Lomba", None], ["9/2/2024", "Lomba", 5])  # fmt: skip

    seen = read(page)

    states = {str(o.period): o.state for o in seen.observations if o.element == "participants"}
    assert states == {"2024-01": State.UNREADABLE, "2024-02": State.REPORTED}
    assert {"F-NUMBER", "W-LOG-GAP"} <= rules(seen)


def test_a_daily_log_adds_up_without_counting_events() -> None:
    """A table with a date and figures, but no kind of event, adds up flows by month."""
    page = tab("Tangkum", ["Tanggal", VISITS], ["8/1/2024", 4], ["9/1/2024", 5], ["1/2/2024", 6])

    assert figures(read(page).observations) == {JANUARY: 9, at("visits_onsite", "2024-02"): 6}


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([["Bulan", VISITS], ["Januari", 10]], {"F-TAB"}),
        ([["Bulan", VISITS], ["Januari", None]], set()),
        ([["Tanggal", "Jenis"], ["8/1/2024", "Lomba"]], {"F-TAB"}),
    ],
)
def test_a_tab_of_nobody_is_asked_about(rows: list[list[Typed]], asked: set[str]) -> None:
    """Figures or events on a tab whose library is not known are a question; an empty form is none."""
    seen = read(tab("Lain 2024", *rows))

    assert (seen.observations, rules(seen)) == ((), asked)


def test_several_tables_share_a_tab() -> None:
    """Tables below and beside each other are read each by its own headings and its own titles."""
    below = tab("Tangkum", ["Tahun 2023"], ["Bulan", VISITS], ["Januari", 1], [], ["Tahun 2024"],
                ["Bulan", VISITS], ["Januari", 2])  # fmt: skip
    beside = tab("Tangkum 2024", ["Bulan", VISITS, None, "Bulan", "Peminjaman"], ["Januari", 1, None, "Maret", 2])
    titled = tab("Data 2024", ["Perpustakaan Desa Tangkum"], ["Bulan", VISITS], ["Januari", 1],
                 ["Nama Perpustakaan", ":", "Pangkan"], ["Bulan", VISITS], ["Januari", 2])  # fmt: skip

    assert figures(read(below).observations) == {at("visits_onsite", "2023-01"): 1, JANUARY: 2}
    assert figures(read(beside).observations) == {JANUARY: 1, at("loans", "2024-03"): 2}
    assert figures(read(titled).observations) == {JANUARY: 1, at("visits_onsite", "2024-01", "P"): 2}


def test_a_tab_may_hold_one_month_of_all_libraries() -> None:
    """Where no column names the month, the tab's title may; else the table is about no month."""
    rows: tuple[list[Typed], ...] = (["Perpustakaan", VISITS], ["Tangkum", 1], ["Pangkan", 2])

    assert figures(read(tab("Oktober 2024", *rows)).observations) == {
        at("visits_onsite", "2024-10"): 1,
        at("visits_onsite", "2024-10", "P"): 2,
    }
    assert read(tab("Koleksi", *rows)).observations == ()


def test_months_are_recognised_without_a_heading() -> None:
    """A column of months needs no heading."""
    page = tab("Tangkum 2024", [None, VISITS], ["Jan", 1], ["Feb", 2], ["Mar", 3])

    assert figures(read(page).observations)[at("visits_onsite", "2024-03")] == 3


def test_a_nearly_known_heading_is_asked_about_not_assumed() -> None:
    """A misspelt heading is a question with the heading it looks like, and nothing under it counts."""
    seen = read(tab("Tangkum 2024", ["Bulan", VISITS, "Peminjman"], ["Januari", 1, 2]))

    question = next(finding for finding in seen.findings if finding.rule_code == "F-HEADING")
    assert (question.proposal, question.also_elements) == ("Peminjaman", ("loans",))
    assert figures(seen.observations) == {JANUARY: 1}


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        pytest.param(tab("Tangkum 2024", ["Bulan", VISITS, "Peminjman"], ["Mei", 1, 2]), "F-HEADING", id="heading"),
        pytest.param(tab("Tangkum", ["Bulan", VISITS], ["Maii", 1]), "F-MONTH", id="month"),
        pytest.param(tab("Tangkum", ["Bulan", VISITS], ["Mei", 1]), "F-NO-YEAR", id="year"),
        pytest.param(tab("Tangkum", ["Uraian", "Jan", "Feb", "Mar"], [VISITS, 1, 2, 3]), "F-NO-YEAR", id="head's year"),
        pytest.param(
            tab("Data", ["Perpustakaan", "Bulan", VISITS], ["Tangkum", "Mai 24x", 1], ["Pangkan", "Mei 2024", 3]),
            "F-MONTH",
            id="a row's own library",
        ),
        pytest.param(
            tab("Tangkum", ["Tanggal", "Jenis kegiatan", "Peserta"], ["8/1/2024", "Lomba", 9], ["?", "Lomba", 7]),
            "F-DATE",
            id="activity log",
        ),
    ],
)
def test_a_question_about_a_librarys_tab_or_row_names_the_library(page: Tab, rule: str) -> None:
    """What is asked of a month, a heading or a date is asked of the library whose tab or row it is."""
    (question,) = (finding for finding in read(page).findings if finding.rule_code == rule)
    assert question.library == "T"


def test_a_question_about_everybodys_heading_is_nobodys() -> None:
    """A heading above the figures of several libraries names none of them."""
    page = tab("Data", ["Perpustakaan", "Bulan", VISITS, "Peminjman"], ["Tangkum", "Mei 2024", 1, 2],
               ["Pangkan", "Mei 2024", 3, 4])  # fmt: skip
    assert [finding.library for finding in read(page).findings if finding.rule_code == "F-HEADING"] == [None]


def test_the_same_blank_month_in_two_tables_is_two_questions() -> None:
    """Questions about rows, not figures, are told apart by where they stand."""
    tables = (tab(f"Tangkum {year}", ["Bulan", VISITS], [None, 1], ["Mei", 2]) for year in (2023, 2024))
    asked = [finding for page in tables for finding in read(page).findings if finding.rule_code == "F-NO-MONTH"]
    assert len({finding.id for finding in asked}) == len(asked) == 2


def test_several_months_in_one_row_are_told_to_part() -> None:
    """Two months beside one figure are no misspelt month: each needs a row of its own, and none is proposed."""
    (question,) = (
        f for f in read(tab("Tangkum", ["Bulan", VISITS], ["Maret dan April", 1])).findings if f.rule_code[0] == "F"
    )
    assert (question.rule_code, question.proposal) == ("F-MONTHS", "")


@pytest.mark.parametrize(
    ("typed", "state", "asked"),
    [
        (118, State.UNREADABLE, ["F-MERGED"]),
        ("nihil", State.ZERO, []),
        (None, State.EMPTY, []),
    ],
)
def test_a_figure_merged_over_two_months_is_asked_about(typed: Typed, state: State, asked: list[str]) -> None:
    """A merged figure may be both months' sum or each month's: nothing is counted, unless it says that there is none."""
    down = tab(
        "Tangkum 2024", ["Bulan", VISITS], ["April", typed], ["Mei", None], ["Juni", 7], merges=[Merge(1, 3, 1, 2)]
    )
    across = tab(
        "Tangkum 2024", ["Uraian", "April", "Mei", "Juni"], [VISITS, typed, None, 7], merges=[Merge(1, 2, 1, 3)]
    )
    for page in (down, across):
        seen = read(page)
        assert [o.state for o in sorted(seen.observations, key=lambda o: o.period)] == [state, state, State.REPORTED]
        assert [finding.rule_code for finding in seen.findings if finding.rule_code[0] == "F"] == asked
        assert all(len(finding.cells) == 2 for finding in seen.findings if finding.rule_code == "F-MERGED")


@pytest.mark.parametrize(
    ("heading", "typed", "value"),
    [
        ("Peminjaman", "50 buku", 50),
        ("Peminjaman", "60 eks", 60),
        ("Koleksi (eksemplar)", "1.200 Eks.", 1200),
        ("Peserta kegiatan", "30 peserta", 30),
        ("Koleksi (judul)", "500 buku", None),
        ("Kerja sama / MoU", "Rp 1.234", None),
    ],
)
def test_an_element_has_words_for_its_unit(heading: str, typed: str, value: float | None) -> None:
    """`buku` is a copy that was lent, but no title; money is no count."""
    (seen,) = read(tab("Tangkum", ["Bulan", heading], ["Mei 2024", typed])).observations
    assert seen.value == value


@pytest.mark.parametrize("typed", ["Senin-Jumat pagi", GridCell(0.5, "12:00", NumberKind.TIME), "#REF!", -3])
def test_hours_are_asked_for_with_an_example_of_hours(typed: Typed) -> None:
    """What is no number of hours is asked about with hours as the example, which would be read."""
    (question,) = read(tab("Tangkum", ["Bulan", "Jam buka per hari"], ["Mei 2024", typed])).findings
    said = language("id")(question.message)
    assert "misalnya 7,5 atau 08.00-15.30" in said
    assert "25" not in said


def test_headings_that_claim_the_same_are_asked_about() -> None:
    """Of two headings for one element the element's own label is read; without one, neither is."""
    own = tab("Tangkum 2024", ["Bulan", VISITS, "Jumlah pengunjung"], ["Januari", 1, 9])
    neither = tab("Tangkum 2024", ["Bulan", "Kunjungan", "Jumlah pengunjung"], ["Januari", 1, 9])
    rows = tab("Tangkum 2024", ["Uraian", "Jan", "Feb", "Mar"], ["Kunjungan", 1, 2, 3], ["Jumlah pengunjung", 7, 8, 9])

    assert figures(read(own).observations) == {JANUARY: 1}
    for page in (neither, rows):
        assert (read(page).observations, "F-SAME-HEADING" in rules(read(page))) == ((), True)


def test_a_group_above_something_unknown_is_not_enough() -> None:
    """`Pengunjung` above `dewasa` and `anak-anak` is no count of visits."""
    page = tab("Tangkum 2024", ["Bulan", "Pengunjung", None], [None, "dewasa", "anak-anak"], ["Januari", 10, 4],
               merges=[Merge(0, 1, 1, 3)])  # fmt: skip

    assert figures(read(page).observations) == {}


def test_a_renamed_tab_is_found_again() -> None:
    """A tab whose title says nothing is the library's it was known as; one that names another library is a question."""
    rows: tuple[list[Typed], ...] = (["Bulan", VISITS], ["Januari 2024", 1])
    inputs = Inputs()

    renamed = interpret(workbook(tab("Lembar1", *rows)), (TANGKUM, PANGKAN), ALL, inputs, OFFICE, {1: "T"})
    moved = interpret(workbook(tab("Pangkan", *rows)), (TANGKUM, PANGKAN), ALL, inputs, OFFICE, {1: "T"})

    assert figures(renamed.observations) == {JANUARY: 1}
    assert moved.observations == ()
    assert rules(moved) == {"F-TAB-MOVED"}


def test_a_copy_of_a_tab_is_asked_about() -> None:
    """`Salinan dari …` is not read until somebody says what it is."""
    seen = read(tab("Salinan dari Tangkum", ["Bulan", VISITS], ["Januari 2024", 1]))

    assert (seen.observations, rules(seen)) == ((), {"F-TAB-COPY"})


@pytest.mark.parametrize(
    ("title", "setting", "expected"),
    [
        ("Tangkum 2024", None, "2024-01"),
        ("Tangkum", 2023, "2023-01"),
        ("Tangkum 2024", 2023, "2024-01"),
        ("Tangkum", None, None),
    ],
)
def test_the_year_comes_from_the_title_else_from_the_settings(
    title: str, setting: int | None, expected: str | None
) -> None:
    """A month without a year takes its tab's, else the workbook's, else it is asked about."""
    seen = read(tab(title, ["Bulan", VISITS], ["Januari", 1]), inputs=Inputs(year=setting))

    assert [str(o.period) for o in seen.observations] == ([expected] if expected else [])
    assert ("F-NO-YEAR" in rules(seen)) is (expected is None)


def test_titles_that_disagree_say_nothing() -> None:
    """Where title line and tab name different years, no year is assumed."""
    seen = read(tab("Tangkum 2024", ["Data Tahun 2023"], ["Bulan", VISITS], ["Januari", 1]))

    assert (seen.observations, "F-NO-YEAR" in rules(seen)) == ((), True)


@pytest.mark.parametrize(
    "line",
    ["Diperbarui 12 Januari 2025", "Tanggal cetak: 5/1/2025", "dicetak 2025-01-05", "Tamiang Layang, 5 Maret 2025", "Updated January 5, 2025",
     "Jumlah penduduk 2019 jiwa", "Penduduk (2023): 1.200", "Berdiri sejak tahun 2015", "Kode pos 73671 Tamiang Layang 1998", "Jl. Merdeka 2024",
     "Telp. 0812-2023-2024", "Koleksi 2000 buku", "Data per 5 Januari 2025"],
)  # fmt: skip
def test_a_line_about_something_else_does_not_date_the_figures(line: str) -> None:
    """A day of printing, a year of founding, a number: neither the year nor the month of a table; its title still says it."""
    rows: list[list[Typed]] = [["Bulan", "Pengunjung"], ["Januari", 10]]
    assert rules(read(tab("Tangkum", [line], *rows))) == {"F-NO-YEAR", "W-ALIAS"}
    assert list(figures(read(tab("Tangkum", ["Laporan 2024"], [line], *rows)).observations)) == [
        ("T", "visits_onsite", "2024-01")
    ]
    undated = read(tab("Data", [line], ["Perpustakaan", "Pengunjung"], ["Tangkum", 10]))
    assert (undated.observations, "E-TAB-UNREAD" in rules(undated)) == ((), True)


@pytest.mark.parametrize(
    "line",
    ["Laporan tahun 2024", "Periode 1 Januari s.d. 31 Desember 2024", "1 Januari – 31 Desember 2024", "Keadaan per 31 Desember 2024", "Tahun: 2024",
     "Rekap 2024 (dicetak 3 Februari 2025)", "Data Perpustakaan Desa Tangkum 2024"],
)  # fmt: skip
def test_a_title_dates_the_figures_below(line: str) -> None:
    """A year, a span of days up to the end of one, or a year beside the day of printing."""
    seen = read(tab("Tangkum", [line], ["Bulan", "Pengunjung"], ["Januari", 10]))
    assert list(figures(seen.observations)) == [("T", "visits_onsite", "2024-01")]


def test_a_regulation_in_the_title_is_no_year() -> None:
    """The number of a regulation above the table does not date the figures."""
    seen = read(tab("Tangkum 2024", ["Berdasarkan Perka Perpusnas Nomor 6 Tahun 2017"], ["Bulan", VISITS],
                    ["Januari", 1]))  # fmt: skip

    assert figures(seen.observations) == {JANUARY: 1}


def test_a_reporting_year_may_start_in_april() -> None:
    """In a year from April, January of the tab `2023/24` is January 2024."""
    office = Office(code="x", name="X", workbook="book", year_starts_in=4)

    seen = read(tab("Tangkum 2023/24", ["Bulan", VISITS], ["April", 1], ["Januari", 2]), office=office)

    assert [o.period for o in seen.observations] == [Period(2023, 4), Period(2024, 1)]


def test_a_month_outside_the_reporting_year_is_blocked() -> None:
    """A row of another year than its tab's does not count."""
    seen = read(tab("Tangkum 2024", ["Bulan", VISITS], ["Desember 2023", 5], ["Januari", 1]))

    assert figures(seen.observations) == {JANUARY: 1}
    assert [o.state for o in seen.observations] == [State.BLOCKED, State.REPORTED]


def test_settings_may_name_a_tabs_library_year_and_layout() -> None:
    """What the configuration says of a tab holds before everything else."""
    page = tab("Arsip", ["Bulan", VISITS], ["Januari", 1])
    said = TabInput(title="arsip*", library="P", year=2022, layout=Layout.MONTH_ROWS)

    assert figures(read(page, inputs=Inputs(tabs=(said,))).observations) == {at("visits_onsite", "2022-01", "P"): 1}
    assert read(page, inputs=Inputs(tabs=(TabInput(title="Arsip", use=False),))).observations == ()


def test_notes_are_handed_on_with_their_row() -> None:
    """What stands in Keterangan is handed on for the rows that hold figures."""
    seen = read(tab("Tangkum 2024", ["Bulan", VISITS, "Keterangan"], ["Januari", 1, "banjir"], ["catatan", None, "x"]))

    assert [(note.text, note.cell.row) for note in seen.notes] == [("banjir", 1)]


def test_a_title_line_that_names_another_library_is_a_question() -> None:
    """A tab that was copied and renamed: whose its figures are must be said. The office's name above all is no contradiction."""
    office = Library("D", "Dinas Perpustakaan Kabupaten Contoh", kind="kabupaten")
    rows: list[list[Typed]] = [["Bulan", "Pengunjung"], ["Januari 2024", 10]]

    def seen(line: str, title: str = "Tangkum", tab_of: str = "") -> tuple[int, set[str]]:
        libraries = (replace(TANGKUM, tab=tab_of), PANGKAN, office)
        said = read(tab(title, [line], *rows), libraries=libraries)
        return len(figures(said.observations)), {code for code in rules(said) if code[0] in "FE"}

    assert seen("PERPUSTAKAAN DESA PANGKAN") == (0, {"F-TAB-TITLE"})
    for line in (
        "DINAS PERPUSTAKAAN KABUPATEN CONTOH",
        "PERPUSTAKAAN DESA TANGKUM",
        "Perpustakaan Desa Tangkum dan Pangkan",
    ):
        assert seen(line) == (1, set())
    assert seen("PERPUSTAKAAN DESA TANGKUM KECAMATAN PANGKAN") == (1, set())
    assert seen("PERPUSTAKAAN DESA TANGKUM KECAMATAN PANGKAN", "Sheet1") == (1, set())
    assert seen("PERPUSTAKAAN DESA PANGKAN", "Isian", "Isian") == (1, set())  # the register says whose it is
