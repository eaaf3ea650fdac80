"""Years, codes and names: what tells rows apart, read no wider than it is meant."""

from __future__ import annotations

import pytest
from cell_cases import Case, figure, outcome, read_case, text

from sheets_sync.intake.values.addresses import read_emails
from sheets_sync.intake.values.codes import MAX_CODE, code_of_name, read_code, read_name
from sheets_sync.intake.values.counts import read_count
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.words import read_words
from sheets_sync.intake.values.years import read_year, year_of
from sheets_sync.model import State
from sheets_sync.model.grid import EMPTY_CELL, FormulaError, GridCell, NumberKind
from sheets_sync.rules import entries, places, register

NONE = frozenset({"tidak ada", "kosong"})


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (text("2024"), 2024), (text("1900"), 1900), (text("2099"), 2099), (text("Tahun 2024"), 2024), (text("th: 2023"), 2023),
        (figure(2024, "2.024"), 2024), (figure(1900, "1900"), 1900), (figure(2100, "2100"), 2100),
        (figure(1899, "1899"), None), (figure(2101, "2101"), None), (figure(2024.5, "2024,5"), None),
        (figure(2024, "2024", NumberKind.DATE), None), (text("1899"), None), (text("2100"), None), (text("24"), None),
    ],
)  # fmt: skip
def test_a_year_has_four_digits_of_these_centuries(cell: GridCell, year: int | None) -> None:
    """A year is one from 1900 to 2100, as a number or as a text; anything else is asked about."""
    entry = read_year(cell)
    assert (entry.value, entry.refusal) == (year, None if year else places.YEAR)


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (text("2024"), 2024), (figure(1990, "1990"), 1990), (figure(2100, "2100"), 2100), (text("1989"), None),
        (figure(1989, "1989"), None), (figure(2101, "2101"), None), (EMPTY_CELL, None), (text("Januari"), None),
    ],
)  # fmt: skip
def test_a_heading_is_a_year_from_1990_on(cell: GridCell, year: int | None) -> None:
    """Beside headings and rows a number below 1990 is a figure and no year."""
    assert year_of(cell) == year


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (figure(0, "0"), "0"), (figure(1, "1"), "1"), (figure(2**53, "9,00720E+15", NumberKind.SCIENTIFIC), str(2**53)),
        (figure(6213013, "6.213.013"), "6213013"), (figure(-1, "-1"), None), (figure(2**53 + 2, "9E+15"), None), (figure(1.5, "1,5"), None),
        (figure(45000, "15/03/2023", NumberKind.DATE), None), (text("A" * MAX_CODE), "A" * MAX_CODE), (text("A" * (MAX_CODE + 1)), None),
        (text("NPP: 0042"), "0042"),
    ],
)  # fmt: skip
def test_a_code_is_its_digits_as_long_as_a_sheet_keeps_them(cell: GridCell, code: str | None) -> None:
    """A number is a code by its digits up to the last whole number that a sheet keeps; a code has at most 40 characters."""
    entry = read_code(cell, NONE)
    assert (entry.value, entry.refusal) == (code, None if code else register.BAD_CODE)


@pytest.mark.parametrize(("typed", "plain"), [("PD-001", True), ("NPP: PD-001", False), ("kode: 7", False)])
def test_a_code_with_its_label_is_reported_back(typed: str, plain: bool) -> None:
    """What stands before a code is left out, and said so."""
    assert read_code(text(typed), NONE).plain is plain


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (text("Desa  Tangkum"), "Desa Tangkum"), (figure(42, "42,00"), "42"), (figure(1.5, "1,5"), "1,5"), (GridCell(True, "TRUE"), "TRUE"),
        (text("kosong"), None), (text("Tidak ada."), None), (text("-"), None), (EMPTY_CELL, None), (text("  "), None),
    ],
)  # fmt: skip
def test_a_library_is_named_by_words_or_by_a_code_s_digits(cell: GridCell, name: str | None) -> None:
    """A number names by its digits, whatever its format shows; a word for none names nothing."""
    assert read_name(cell, NONE).value == name


@pytest.mark.parametrize(
    "cell", [GridCell(FormulaError("#REF!"), "#REF!"), GridCell(FormulaError("?"), "?"), text("#N/A")]
)
def test_a_failed_formula_is_no_name(cell: GridCell) -> None:
    """A formula's error, also one pasted as a text, is asked about and never taken for words."""
    refusal = read_words(cell, NONE).refusal
    assert refusal is not None
    assert refusal.code == entries.FORMULA.code


def test_codes_made_of_names_stay_apart() -> None:
    """A name's code is its letters; names that are too long, or of no Latin letters, get a sign that tells them apart."""
    names = [
        "Desa Pangkan",
        "D" * MAX_CODE,
        "D" * (MAX_CODE + 1),
        "D" * (MAX_CODE + 2),
        "图书馆",
        "読書室",
        "!!",
        "??",
        "Désa",
    ]
    codes = [code_of_name(name) for name in names]

    assert codes[:2] == ["desa-pangkan", "d" * MAX_CODE]
    assert len(set(codes)) == len(names)
    assert all(0 < len(code) <= MAX_CODE and code.isascii() for code in codes)


@pytest.mark.parametrize(("spaces", "said"), [(0, "value"), (1, "value"), (2, "refused")])
def test_no_value_is_longer_than_120_characters(spaces: int, said: str) -> None:
    """What is longer than any value is asked about at once, so that no text takes long to read."""
    typed = "25" + " " * (120 - len("25") - len("orang") - 1 + spaces) + "orang"
    assert outcome(read_case(Case("count", text(typed), said))) == said


def test_a_number_that_shows_nothing_is_asked_about() -> None:
    """A number that its format hides is there all the same; a hidden nought or a text of spaces says nothing."""
    words = Words(frozenset({"nihil"}), frozenset(), frozenset({"org", "orang"}))
    said = [read_count(figure(5, shown), words).refusal for shown in ("", " ", "\u00a0", "-", "***")]
    assert said == [entries.HIDDEN] * 5
    empty = [read_count(cell, words).state for cell in (figure(0, ""), text(" "), GridCell(None, "x"))]
    assert empty == [State.EMPTY] * 3


@pytest.mark.parametrize(
    ("shown", "said"),
    [("40 orang", 40), ("40 Org", 40), ("40 rb", 40), ("1,2 jt", 40), ("40 buku", entries.UNIT), ("40buku", entries.UNIT),
     ("Rp40", entries.UNIT), ("Rp 40,-", entries.UNIT), ("$40", entries.UNIT), ("40 €", entries.UNIT), ("40%", entries.FORMAT)],
)  # fmt: skip
def test_a_unit_may_be_shown_by_the_format(shown: str, said: object) -> None:
    """It says as much as one that is typed: another element's, money or a share is asked about; else the number counts."""
    words = Words(frozenset(), frozenset(), frozenset({"org", "orang"}), frozenset({"buku"}))
    entry = read_count(figure(40, shown), words)
    assert (entry.value or entry.refusal) == said


def test_of_two_units_the_longer_one_is_read() -> None:
    """A unit that begins like another one is read as a whole."""
    words = Words(frozenset(), frozenset(), frozenset({"org", "org dewasa"}))
    assert [read_count(text(typed), words).value for typed in ("5 org dewasa", "5 org")] == [5, 5]


def test_a_word_for_none_is_reported_back() -> None:
    """A word for none is as good as an empty cell, and the office is told that it was taken for one."""
    assert [read_emails(text(typed), NONE).plain for typed in ("tidak ada", "-", "")] == [False, False, True]
