"""Every table of tests/data/tables: what is read of it, what is asked, and that all of its figures are accounted for."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from grids import ELEMENTS, LIBRARIES, OFFICE, Typed, figures, read, rules, tab

from sheets_sync.checks import CheckOptions, check
from sheets_sync.intake import Inputs, read_register
from sheets_sync.intake.figure_cells import figure_cells
from sheets_sync.model.grid import Tab

TABLES = Path(__file__).parents[2] / "data" / "tables"
VISITS, LOANS, PEOPLE, MEN, WOMEN = "visits_onsite", "loans", "participants", "participants_men", "participants_women"
NEW = "members_new"
Series = dict[str, float]  # month → figure
Seen = dict[str, Series]
UNREAD, TOLD, PARTS, PART_ROWS = "E-TAB-UNREAD", "F-TOLD-APART", "F-PARTS", "F-PART-ROWS"


def kept(name: str, title: str) -> Tab:
    """A table of tests/data/tables as a tab; what is kept as digits is a number, but for codes with a nought in front."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8") as file:
        return tab(title, *([_typed(text) for text in row] for row in csv.reader(file)))


def _typed(text: str) -> Typed:
    return int(text) if text.isdigit() and not (text[0] == "0" and len(text) > 1) else text or None


def months(*values: float, first: int = 1, year: int = 2024) -> Series:
    """Figures of months that follow each other."""
    return {f"{year + (first + n - 1) // 12}-{(first + n - 1) % 12 + 1:02}": value for n, value in enumerate(values)}


def seen(page: Tab) -> Seen:
    """Element (before it the library, where it is not Tangkum) → its figures that count, by month."""
    found: Seen = {}
    for (library, element, month), value in figures(read(page).observations).items():
        found.setdefault(element if library == "T" else f"{library} {element}", {})[month] = value
    return found


def asked(page: Tab) -> set[str]:
    """The rules of what is to be answered."""
    return {code for code in rules(read(page)) if code[0] in "FE"}


BOTH = {VISITS: months(10, 12, 13), f"P {VISITS}": months(20, 22, 23)}
READ: dict[tuple[str, str], tuple[Seen, set[str]]] = {
    ("01-element-rows-unknown-library", "Data"): ({VISITS: months(10, 12, 13)}, {"F-LIBRARY"}),
    ("01b-element-rows-odd-code", "Data"): (
        {LOANS: months(10, 12, 13), f"P {LOANS}": months(30, 32, 33)},
        {"F-LIBRARY", "F-FORMULA"},
    ),
    ("02-library-rows-month-columns", "Pengunjung di tempat"): (BOTH, set()),
    ("02-library-rows-month-columns", "Data"): ({}, {"F-ELEMENT"}),
    ("02b-library-rows-title-line", "Data"): (
        {LOANS: months(10, 12, 13), f"P {LOANS}": months(20, 22, 23)},
        set(),
    ),
    ("02c-same-element-in-column", "Data"): (BOTH, set()),
    ("02d-elements-as-sections", "Data 2024"): (
        {
            VISITS: months(10, 2, 3),
            f"P {VISITS}": months(11, 3, 4),
            LOANS: months(12, 4, 5),
            f"P {LOANS}": months(13, 5, 6),
        },
        set(),
    ),
    ("03-library-rows-unknown-heading", "Pengunjung di tempat"): (BOTH, {"F-LIBRARY"}),
    ("03b-unknown-heading-typo", "Peminjaman 2024"): ({LOANS: months(10, 12, 13)}, {"F-LIBRARY"}),
    ("04-year-of-tab-against-heading", "Activity Data 2024"): (
        {
            VISITS: months(10, 12, first=4, year=2023) | months(13),
            f"P {VISITS}": months(20, 22, first=4, year=2023) | months(23),
        },
        {"E-TAB-YEAR"},
    ),
    ("04b-year-column-against-tab", "Tangkum 2024"): ({VISITS: months(13)}, {"F-OTHER-YEAR"}),
    ("04c-year-above-headings", "Tangkum 2024"): ({}, {"F-OTHER-YEAR"}),
    ("04c-year-above-headings", "Tangkum"): (
        {VISITS: months(10, 12, year=2023), LOANS: months(1, 2, year=2023)},
        set(),
    ),
    ("05-fiscal-order-no-year", "Data 2023-24"): (
        {
            VISITS: months(10, 12, 13, first=4, year=2023) | months(14, 15, 16),
            f"P {VISITS}": months(20, 22, 23, first=4, year=2023) | months(24, 25, 26),
        },
        set(),
    ),
    ("05b-school-year", "Tangkum 2023/2024"): (
        {VISITS: {"2023-07": 10, "2023-08": 11, "2023-12": 12, "2024-01": 13, "2024-06": 14}},
        set(),
    ),
    ("05c-two-years-no-span", "Tangkum 2024"): ({}, {"F-NO-YEAR"}),
    ("09-fields-of-an-address", "Data"): (
        {LOANS: months(412, 398, 405), f"P {LOANS}": months(212, 198, 205)},
        set(),
    ),
    ("09b-fields-of-people", "Data"): ({VISITS: months(412, 398), f"P {VISITS}": months(212)}, set()),
    ("12-two-heading-lines-without-merge", "Tangkum"): (
        {VISITS: months(410, 395), MEN: months(21, 18), WOMEN: months(33, 30), PEOPLE: months(54, 48)},
        set(),
    ),
    ("12b-blank-line-between-headings", "Tangkum 2024"): (
        {VISITS: months(410, 395), MEN: months(21, 18), WOMEN: months(33, 30), PEOPLE: months(54, 48)},
        set(),
    ),
    ("12c-numbers-between-headings", "Tangkum 2024"): (
        {VISITS: months(410), MEN: months(21), WOMEN: months(33), PEOPLE: months(54)},
        set(),
    ),
    ("12d-blank-column-in-headings", "Tangkum 2024"): (
        {VISITS: months(4), MEN: months(1), WOMEN: months(2), PEOPLE: months(3)},
        set(),
    ),
    ("12e-five-lines", "Data"): ({VISITS: months(3, 7, 11)}, set()),
    ("12f-parts-below-the-fourth-line", "Data"): ({}, {PARTS}),
    ("12g-titles-close-above", "Tangkum"): (
        {VISITS: months(4), MEN: months(1), WOMEN: months(2), PEOPLE: months(3)},
        set(),
    ),
    ("12h-one-kind-of-visitor", "Tangkum 2024"): ({LOANS: months(5)}, {"F-HEADING"}),
    ("12i-target-and-realisation-rows", "Tangkum 2024"): (
        {VISITS: months(20, 21, 22), LOANS: months(5, 6, 7)},
        set(),
    ),
    ("12j-percent-headings", "Tangkum 2024"): ({VISITS: months(10), LOANS: months(6)}, set()),
    ("12k-running-totals", "Tangkum 2024"): ({VISITS: months(1, 2, 3)}, set()),
    ("13-line-that-numbers-columns", "Tangkum"): (
        {VISITS: months(410, 395), LOANS: months(120, 118), "activities": months(3, 2), PEOPLE: months(54, 48)},
        set(),
    ),
    ("13b-numbering-with-formulas-last", "Tangkum 2024"): (
        {VISITS: months(10, 12), LOANS: months(4, 5), NEW: months(7, 8)},
        set(),
    ),
    ("13c-twelve-columns-numbered", "Tangkum 2024"): (
        {
            element: months(20 + n)
            for n, element in enumerate(
                (VISITS, LOANS, NEW, "activities", PEOPLE, "advocacy", "partnerships", "impact_stories",
                 "media_publications", "open_days", "staff", "copies")
            )
        },
        set(),
    ),
    ("14-heading-nobody-knows", "Tangkum"): ({}, {UNREAD}),
    ("14b-quarters", "Tangkum 2024"): ({}, {UNREAD}),
    ("14c-days-across", "Tangkum Januari 2024"): ({}, {UNREAD}),
    ("15-form-answers", "Form Responses 1"): (
        {VISITS: months(416), LOANS: months(120), f"P {VISITS}": months(205), f"P {LOANS}": months(66)},
        set(),
    ),
    ("15b-form-answers-corrected-twice", "Jawaban"): ({VISITS: months(417, 300), LOANS: months(121, 99)}, set()),
    ("16b-office-recap-with-signatures", "Data Januari 2024"): (
        {
            VISITS: months(22),
            LOANS: months(30),
            NEW: months(3),
            f"P {VISITS}": months(11),
            f"P {LOANS}": months(12),
            f"P {NEW}": months(1),
        },
        set(),
    ),
    ("17-recap-by-member-type", "Tangkum"): ({}, {"F-ROW"}),
    ("17b-parts-below-each-element", "Tangkum 2024"): (
        {
            VISITS: months(30, 32, 34),
            LOANS: months(5, 6, 7),
            MEN: months(1, 2, 3),
            WOMEN: months(4, 5, 6),
            PEOPLE: months(5, 7, 9),
        },
        set(),
    ),
    ("17c-parts-without-their-total", "Tangkum 2024"): ({LOANS: months(5, 6, 7)}, {PART_ROWS}),
    ("17d-members-among-visitors", "Tangkum 2024"): (
        {VISITS: months(30, 32, 34), LOANS: months(100, 101, 102)},
        set(),
    ),
    ("17e-women-and-men-of-libraries", "Pengunjung di tempat 2024"): ({}, {TOLD}),
    ("17f-women-men-and-all-of-libraries", "Pengunjung di tempat 2024"): (
        {VISITS: months(30, 32, 34), f"P {VISITS}": months(5, 7, 9)},
        set(),
    ),
    ("18-lines-below-the-table", "Tangkum"): ({VISITS: months(410, 395), LOANS: months(120, 118)}, set()),
    ("18b-remarks-and-page-heads", "Tangkum 2024"): ({VISITS: months(1, 3, 5), LOANS: months(2, 4, 6)}, set()),
    ("19-month-names-as-numerals", "Tangkum 2024"): ({}, {"F-NUMERALS"}),
    ("19b-numbers-across", "Tangkum 2024"): (
        {VISITS: months(*range(100, 112)), LOANS: months(*range(20, 32))},
        set(),
    ),
    ("19c-numbers-below-bulan", "Data"): ({VISITS: months(1, 2, 3), f"P {VISITS}": months(4, 5, 6)}, set()),
    ("19d-numerals-below-bulan", "Data"): ({VISITS: months(1, 2, 3), f"P {VISITS}": months(4, 5, 6)}, set()),
    ("19e-numerals-below-triwulan", "Data"): ({}, {UNREAD}),
    ("19f-numerals-down", "Tangkum 2024"): ({VISITS: months(10, 11, 12), LOANS: months(1, 2, 3)}, set()),
    ("19g-numerals-of-a-period", "Tangkum 2024"): ({}, {"F-MONTH"}),
    ("19h-twelve-weeks", "Tangkum 2024"): ({}, {UNREAD}),
    ("20-years-stacked", "Tangkum"): (
        {VISITS: months(10, 11, year=2023) | months(12, 13), LOANS: months(20, 21, year=2023) | months(22, 23)},
        set(),
    ),
    ("20b-years-stacked-against-the-tab", "Tangkum 2024"): ({VISITS: months(10, 11, 12, first=11, year=2023)}, set()),
    ("20c-months-stacked", "Data 2024"): (
        {VISITS: months(10, 12), LOANS: months(2, 4), f"P {VISITS}": months(11, 13), f"P {LOANS}": months(3, 5)},
        set(),
    ),
    ("20d-libraries-stacked", "Tangkum 2024"): (
        {VISITS: months(10), LOANS: months(2), f"P {VISITS}": months(12, first=3), f"P {LOANS}": months(4, first=3)},
        {"F-LIBRARY"},
    ),
    ("20e-years-beside-each-other", "Tangkum"): (
        {VISITS: months(1, 5, year=2023) | months(2, 6), LOANS: months(3, 7, year=2023) | months(4, 8)},
        set(),
    ),
    ("21-weeks", "Tangkum 2024"): ({VISITS: months(12, first=3), LOANS: months(3, first=3)}, {TOLD}),
    ("21b-weeks-below-each-other", "Tangkum 2024"): ({}, {TOLD}),
    ("21c-weeks-and-their-sum", "Tangkum 2024"): ({VISITS: months(21, 20)}, set()),
    ("21d-branches", "Tangkum 2024"): ({}, {TOLD}),
    ("21e-branches-of-elements", "Tangkum 2024"): ({}, {PART_ROWS}),
    ("21f-kinds-of-activities", "Tangkum 2024"): ({}, {TOLD}),
    ("22-libraries-across", "Tangkum 2024"): ({VISITS: months(1), LOANS: months(2)}, {"F-LIBRARY-HEADING"}),
}  # fmt: skip

CHECKED: dict[tuple[str, str], list[tuple[str, str | None, str | None, str]]] = {
    ("06-zero-in-steady-series", "Tangkum"): [
        ("E-LOW", "T", VISITS, "2024-04"),
        ("E-LOW", "T", LOANS, "2024-06"),
    ],
    ("06b-next-to-nothing-among-thousands", "Tangkum"): [("E-LOW", "T", VISITS, "2024-02")],
    ("07-quarter-spread-over-months", "Tangkum"): [("E-SPREAD", "T", VISITS, "2024-03")],
    ("07b-halves-spread-over-months", "Tangkum"): [("E-SPREAD", "T", VISITS, "2024-03")],
    ("08-closure-and-pandemic", "Data"): [("E-COMMON-FALL", None, None, "2024-04")],
    ("08b-everybody-falls-in-one-month", "Data"): [("E-COMMON-FALL", None, None, "2024-04")],
}

REGISTERS: dict[str, tuple[list[tuple[str, str]], set[str]]] = {
    "00-register": ([("tangkum", "Perpustakaan Desa Tangkum"), ("pangkan", "Perpustakaan Desa Pangkan")], set()),
    "00b-register-in-english": (
        [("0042", "Tangkum Village Library"), ("pangkan-village-library", "Pangkan Village Library")],
        {"W-REGISTER-CODE"},
    ),
    "16-register-with-other-lines": (
        [("PD01", "Perpustakaan Desa Tangkum"), ("PD02", "Perpustakaan Desa Pangkan")],
        {"W-REGISTER-LINES"},
    ),
    "16c-register-in-sections": (
        [("PD01", "Perpustakaan Desa Tangkum"), ("PD02", "Perpustakaan Desa Pangkan")],
        {"W-REGISTER-LINES"},
    ),
}


@pytest.mark.parametrize(("name", "title"), READ)
def test_a_table_is_read_right_or_asked_about(name: str, title: str) -> None:
    """The right figures or a question, never other figures."""
    page = kept(name, title)
    assert (seen(page), asked(page)) == READ[name, title]


@pytest.mark.parametrize(("name", "title"), [*READ, *CHECKED])
def test_every_figure_of_a_table_is_accounted_for(name: str, title: str) -> None:
    """Read, asked about, a label, or left out and said so: the account has each of them once."""
    page = kept(name, title)
    (used,) = read(page).tabs
    assert used.account is not None
    assert used.account.figures == len(list(figure_cells(page)))


@pytest.mark.parametrize(("name", "title"), CHECKED)
def test_a_series_is_asked_about_once(name: str, title: str) -> None:
    """One question for what has one cause, where it begins, and no proposal beside a zero or a common fall."""
    understood = read(kept(name, title))
    found = check(
        understood.observations,
        read=understood.findings,
        libraries=LIBRARIES,
        elements=ELEMENTS,
        options=CheckOptions(),
        office=OFFICE,
        today=date(2024, 12, 1),
    ).findings
    asked_about = [f for f in found if f.rule_code[0] in "FE"]
    assert [(f.rule_code, f.library, f.element, str(f.period)) for f in asked_about] == CHECKED[name, title]
    assert not any(f.proposal for f in asked_about)


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_holds_its_libraries_and_nothing_else(name: str) -> None:
    """Lines that number, divide, sum up or sign are no libraries, and that is said."""
    register = read_register(kept(name, "Perpustakaan"), "book", Inputs())
    found = [(library.code, library.name) for library in register.libraries]
    assert (found, {finding.rule_code for finding in register.findings}) == REGISTERS[name]


def test_every_table_is_tried() -> None:
    """No file lies there that no test reads."""
    tried = {name for name, _ in (*READ, *CHECKED)} | REGISTERS.keys()
    assert {path.stem for path in TABLES.glob("*.csv")} == tried
