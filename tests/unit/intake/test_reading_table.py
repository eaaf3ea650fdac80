"""The reading table: what people type, and what is read."""

from __future__ import annotations

from datetime import date

import pytest
from grids import cell, number
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.month_names import NamedMonth, day_comes_first
from sheets_sync.intake.values.addresses import read_emails
from sheets_sync.intake.values.codes import read_code
from sheets_sync.intake.values.counts import read_count
from sheets_sync.intake.values.dates import read_date
from sheets_sync.intake.values.decimals import read_decimal
from sheets_sync.intake.values.figures import Words
from sheets_sync.intake.values.hours import read_hours
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.values.phones import read_phone
from sheets_sync.model import State
from sheets_sync.model.grid import GridCell, NumberKind

WORDS = Words(
    zero=frozenset({"-", "--", "nihil", "tidak ada"}),
    not_applicable=frozenset({"n/a", "t/a", "tidak berlaku"}),
    units=frozenset({"orang"}),
)
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (1234, 1234),
        ("1.234", 1234),
        ("1 234", 1234),
        (f"1{NBSP}234", 1234),
        ("1.234 orang", 1234),
        (" 1234 ", 1234),
        ("1.234,00", 1234),
        ("1,234.00", 1234),
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("１２３４", 1234),
        ("12,0", 12),
        ("25 Orang", 25),
        ("0042", 42),
        (1234.0000000000002, 1234),
    ],
)
def test_reads_counts(typed: str | float, value: float) -> None:
    """A whole number is read through thousands marks, spaces, a unit and a fraction of nought."""
    entry = read_count(cell(typed), WORDS)

    assert (State.REPORTED, value) == (entry.state, entry.value)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("12,5", "F-FRACTION"),
        ("12.5", "F-FRACTION"),
        (12.5, "F-FRACTION"),
        ("0.500", "F-FRACTION"),
        ("1.234,567", "F-FRACTION"),
        ("±20", "F-NUMBER"),
        ("sekitar 20", "F-NUMBER"),
        ("20-30", "F-NUMBER"),
        ("> 50", "F-NUMBER"),
        ("banyak", "F-NUMBER"),
        ("5 buku", "F-NUMBER"),
        ("1.234.5", "F-NUMBER"),
        ("12 34", "F-NUMBER"),
        ("1e3", "F-NUMBER"),
        ("Rp 1.234", "F-NUMBER"),
        ("٢٥", "F-NUMBER"),
        ("9" * 400, "F-NUMBER"),
        (1e300, "F-NUMBER"),
        (True, "F-NUMBER"),
        (-5, "F-NEGATIVE"),
        ("-5", "F-NEGATIVE"),
        ("(5)", "F-NEGATIVE"),
        ("#REF!", "F-FORMULA"),
        ("#DIV/0!", "F-FORMULA"),
        ("#VALUE!", "F-FORMULA"),
        ("#N/A", "F-FORMULA"),
        (GridCell("#REF!", "#REF!"), "F-FORMULA"),
        (number(45580, "10/12", NumberKind.DATE), "F-FORMAT"),
        (number(0.05, "5%", NumberKind.PERCENT), "F-FORMAT"),
        (number(0.5, "12:00", NumberKind.TIME), "F-FORMAT"),
    ],
)
def test_refuses_what_is_no_count(typed: str | float | GridCell, rule: str) -> None:
    """What is not exactly one whole number is refused, with the rule that says why, and no value."""
    entry = read_count(cell(typed), WORDS)

    assert entry.refusal
    assert (State.UNREADABLE, None, rule) == (entry.state, entry.value, entry.refusal.code)


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("-", State.ZERO),
        ("--", State.ZERO),
        ("nihil", State.ZERO),
        ("Tidak ada", State.ZERO),
        ("Nihil.", State.ZERO),
        ("n/a.", State.NOT_APPLICABLE),
        (0, State.ZERO),
        ("0", State.ZERO),
        (None, State.EMPTY),
        ("", State.EMPTY),
        (f" {NBSP} ", State.EMPTY),
        ("n/a", State.NOT_APPLICABLE),
        ("T/A", State.NOT_APPLICABLE),
        ("tidak berlaku", State.NOT_APPLICABLE),
    ],
)
def test_keeps_four_states_apart(typed: str | float | None, state: State) -> None:
    """Zero, empty and not applicable are three different things, and none of them is unreadable."""
    assert state is read_count(cell(typed), WORDS).state


def test_proposes_the_thousands_a_sheet_swallowed() -> None:
    """1.234 as a number is refused with the proposal 1234, because a US sheet took the dot for a decimal point."""
    assert read_count(cell(1.234), WORDS).proposal == "1234"


def test_reports_back_what_was_not_plain() -> None:
    """`1.234 orang` is marked as read as something else; 1234 is not."""
    assert not read_count(cell("1.234 orang"), WORDS).plain
    assert read_count(cell(1234), WORDS).plain


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("7,72", 7.72),
        ("7.72", 7.72),
        ("7,72%", 7.72),
        (7.72, 7.72),
        (number(0.0772, "7,72%", NumberKind.PERCENT), 7.72),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("0.123", 0.123),
        ("1.234.567", 1234567),
    ],
)
def test_reads_decimals(typed: str | float | GridCell, value: float) -> None:
    """A decimal is read with either mark, and per cent as it is shown."""
    assert value == read_decimal(cell(typed), WORDS).value


@pytest.mark.parametrize("typed", ["1.234", "1,234"])
def test_refuses_an_ambiguous_decimal(typed: str) -> None:
    """One mark before three digits may mean two numbers, so it is refused."""
    entry = read_decimal(cell(typed), WORDS)

    assert entry.refusal
    assert entry.refusal.code == "F-AMBIGUOUS"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("08.00-16.00", 8),
        ("08:00 – 15:30 WIB", 7.5),
        ("pukul 08.00 s/d 12.00", 4),
        ("6 jam", 6),
        ("7,5", 7.5),
        (6, 6),
        ("7,25", 7.25),
        ("7.72", 7.72),
        ("6.00 jam", 6),
        ("08.00", None),
        ("7.30", None),
        ("jam 8:00 WIB", None),
        ("7.30 jam", None),
        ("6-8", None),
        ("25 jam", None),
        ("16.00-08.00", None),
    ],
)
def test_reads_opening_hours(typed: str | float, value: float | None) -> None:
    """Opening hours are a number or a span of clock times; a vague span is refused."""
    assert value == read_hours(cell(typed), WORDS).value


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        *((name, NamedMonth(n)) for n, name in enumerate(
            ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
             "November", "Desember"], 1)),
        ("Pebruari", NamedMonth(2)), ("Peb", NamedMonth(2)), ("Nopember", NamedMonth(11)), ("Nop", NamedMonth(11)),
        ("Agt", NamedMonth(8)), ("Agst", NamedMonth(8)), ("Agu", NamedMonth(8)), ("Ags", NamedMonth(8)),
        ("Sept", NamedMonth(9)), ("Sept 2023", NamedMonth(9, 2023)), ("10/2024", NamedMonth(10, 2024)),
        ("2024-10", NamedMonth(10, 2024)), ("Okt'24", NamedMonth(10, 2024)), ("1. Januari", NamedMonth(1)),
        (number(45566, "01/10/2024", NumberKind.DATE), NamedMonth(10, 2024)), (3, NamedMonth(3)),
        ("Januari - Februari 2024", None), ("Maret dan April", None), ("13/2024", None), ("Triwulan I", None), ("Jumlah", None), ("Januari - Maret", None), (13, None),
    ],
)  # fmt: skip
def test_reads_months(typed: str | float | GridCell, month: NamedMonth | None) -> None:
    """A month is read from its Indonesian or English names, numbers and dates, and from nothing else."""
    assert month == read_month(cell(typed)).value


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3 Nopember 2024", date(2024, 11, 3)),
        ("Jum'at, 08/11/2024", date(2024, 11, 8)),
        ("08-11-24", date(2024, 11, 8)),
        ("2024-11-08", date(2024, 11, 8)),
        (number(45604, "08/11/2024", NumberKind.DATE), date(2024, 11, 8)),
        ("31/02/2024", None),
        ("2024-31-01", None),
        ("kemarin", None),
        (45604, None),
    ],
)
def test_reads_dates_day_first(typed: str | float | GridCell, day: date | None) -> None:
    """A date is read day before month; one that does not exist is refused."""
    assert day == read_date(cell(typed)).value


@pytest.mark.parametrize(("typed", "read"), [("03/04/2024", False), ("03/03/2024", True), ("3 April 2024", True)])
def test_refuses_a_date_with_two_meanings(typed: str, read: bool) -> None:
    """In a workbook that puts the month first a date is refused where the order matters."""
    assert read == (read_date(cell(typed), day_first=day_comes_first("en_US")).value is not None)


@pytest.mark.parametrize(
    ("locale", "first"), [("in_ID", True), ("en_GB", True), ("en_US", False), ("", True), ("??", True)]
)
def test_knows_the_order_of_a_locale(locale: str, first: bool) -> None:
    """Whether the day comes first is the locale's habit; an unknown locale has the Indonesian one."""
    assert first == day_comes_first(locale)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("0812-3456-7890", "+62 812 3456 7890"),
        (81234567890, "+62 812 3456 7890"),
        ("+62 812-3456-7890", "+62 812 3456 7890"),
        ("6281234567890", "+62 812 3456 7890"),
        ("0812-3456-7890 / 0813-1111-2222", None),
        ("telepon Ibu", None),
        ("0812", None),
    ],
)
def test_reads_phone_numbers(typed: str | float, phone: str | None) -> None:
    """A phone number is read with 0, 62 or +62 before it, typed as text or as a number."""
    assert phone == read_phone(cell(typed)).value


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("a@contoh.id", ("a@contoh.id",)),
        ("a@contoh.id, b@contoh.go.id", ("a@contoh.id", "b@contoh.go.id")),
        ("a@contoh.id dan b@contoh.id", ("a@contoh.id", "b@contoh.id")),
        ("a@contoh.id; b@contoh", None),
        ("tidak punya", None),
    ],
)
def test_reads_addresses_only_if_all_are_valid(typed: str, addresses: tuple[str, ...] | None) -> None:
    """Two addresses in one cell are both read if both are valid, else the cell is a question."""
    assert addresses == read_emails(cell(typed)).value


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0042", "0042"),
        ("6213013B0000001", "6213013B0000001"),
        (number(42, "0042", NumberKind.PLAIN), "42"),
        (number(42, "42,00", NumberKind.PLAIN), "42"),
        (number(6213013000000001, "6,21301E+15", NumberKind.SCIENTIFIC), "6213013000000001"),
    ],
)
def test_keeps_ids_as_text(typed: str | GridCell, code: str) -> None:
    """An ID keeps its leading zeros, letters and digits; a number is its digits, whatever its format shows."""
    assert code == read_code(cell(typed)).value


@given(st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans(), st.sampled_from(NumberKind))
def test_no_entry_crashes_a_reader(typed: str | float | bool, kind: NumberKind) -> None:
    """Whatever is typed is read or refused; a value exists exactly where the state counts."""
    entry = GridCell(typed, str(typed), kind)
    for read in (read_count, read_decimal, read_hours):
        found = read(entry, WORDS)
        assert found.state.counts == (found.value is not None)
    for other in (read_month, read_date, read_emails, read_code, read_phone):
        other(entry)


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_marks_change_nothing(value: int) -> None:
    """A count reads the same with any thousands mark."""
    for mark in (".", ",", " ", NBSP):
        typed = f"{value:,}".replace(",", mark)
        assert value == read_count(cell(typed), WORDS).value
