"""What is typed becomes what Google makes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.local_google.values import enter, parse_entry, put_raw, render, shown
from sheets_sync.local_google.workbook import Cell, Entered, Formula

TODAY = date(2024, 11, 5)


@pytest.mark.parametrize(
    ("typed", "value", "shown_as"),
    [
        ("42", 42.0, "42"),
        ("0042", 42.0, "42"),
        (" 42 ", 42.0, "42"),
        ("+1", 1.0, "1"),
        ("-5", -5.0, "-5"),
        ("1.234", 1.234, "1.234"),
        ("1,234", 1234.0, "1,234"),
        ("1,234.5", 1234.5, "1,234.50"),
        ("2,000,000.01", 2000000.01, "2,000,000.01"),
        ("7.72%", 0.0772, "7.72%"),
        ("5%", 0.05, "5%"),
        ("$100.15", 100.15, "$100.15"),
        ("-$5", -5.0, "-$5"),
        ("($5)", -5.0, "-$5"),
        ("€5", 5.0, "€5"),
        ("1e3", 1000.0, "1.00E+03"),
        (".5", 0.5, "0.5"),
        ("2020-01-01", 43831.0, "2020-01-01"),
        ("2024-10", 45566.0, "2024-10-01"),
        ("3/11/2024", 45362.0, "3/11/2024"),
        ("10/12", 45577.0, "10/12/2024"),
        ("1/2/29", 47120.0, "1/2/2029"),
        ("1/2/30", 10960.0, "1/2/1930"),
        ("Mar 1 2016", 42430.0, "Mar 1, 2016"),
        ("1 March 2016", 42430.0, "1 March 2016"),
        ("5-Jan-2020", 43835.0, "5-Jan-2020"),
        ("12:30", 0.5208333333333334, "12:30"),
        ("8:00 AM", 1 / 3, "8:00 AM"),
        ("25:30", 1.0625, "25:30"),
        ("9/1/2018 6:00:00", 43344.25, "9/1/2018 6:00:00"),
        ("2019-10-26 12:00:00", 43764.5, "2019-10-26 12:00:00"),
        ("true", True, "TRUE"),
        ("'0042", "0042", "0042"),
        ("'=1+1", "=1+1", "=1+1"),
        ("", None, ""),
    ],
)
def test_an_american_workbook_reads_what_is_typed(typed: str, value: Entered, shown_as: str) -> None:
    """Value and number format, told by what is shown."""
    entry = parse_entry(typed, "en_US", TODAY)
    assert (entry.value, type(entry.value)) == (value, type(value))
    assert not isinstance(entry.value, Formula)
    assert render(entry.value, entry.number_format, "en_US") == shown_as


@pytest.mark.parametrize(
    ("typed", "value", "shown_as"),
    [
        ("1.234", 1234.0, "1.234"),
        ("1.234,5", 1234.5, "1.234,50"),
        ("12,5", 12.5, "12,5"),
        ("7,72%", 0.0772, "7,72%"),
        ("Rp 1.234", 1234.0, "Rp1.234"),
        ("Rp1.234,50", 1234.5, "Rp1.234,50"),
        ("3/11/2024", 45599.0, "03/11/2024"),
        ("10/12", 45636.0, "10/12/2024"),
        ("3 November 2024", 45599.0, "3 November 2024"),
        ("5 Mei 2024", 45417.0, "5 Mei 2024"),
        ("Jumat, 8 November 2024", 45604.0, "8 November 2024"),
    ],
)
def test_an_indonesian_workbook_reads_what_is_typed(typed: str, value: Entered, shown_as: str) -> None:
    """The comma is the decimal mark, the day comes before the month."""
    entry = parse_entry(typed, "in_ID", TODAY)
    assert entry.value == value
    assert render(_number(entry.value), entry.number_format, "in_ID") == shown_as


def _number(value: Entered) -> float:
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en_US", "1.234,5"),
        ("en_US", "12,5"),
        ("en_US", "1,2,3"),
        ("en_US", "13/1/2024"),
        ("en_US", "31/02/2024"),
        ("en_US", "2024-31-01"),
        ("en_US", "2020-07-01T00:00:00Z"),
        ("en_US", "1.234 orang"),
        ("en_US", "0812-3456-7890"),
        ("en_US", "08.00-16.00"),
        ("en_US", "6213013B0000001"),
        ("en_US", "1e400"),
        ("en_US", "- 5"),
        ("en_US", "  spaces "),
        ("in_ID", "1,234.5"),
        ("in_ID", "7.72%"),
        ("in_ID", "1.5"),
        ("in_ID", "sekitar 20"),
        ("en_GB", "Rp 1.234"),
    ],
)
def test_what_fits_no_pattern_stays_text(locale: str, typed: str) -> None:
    """Nothing is guessed, and nothing is trimmed."""
    assert parse_entry(typed, locale, TODAY).value == typed


@pytest.mark.parametrize(("typed", "formula"), [("=1+1", "=1+1"), ("+62 812-345", "=+62 812-345"), ("= A1", "= A1")])
def test_what_begins_like_a_formula_is_one(typed: str, formula: str) -> None:
    """A plus before what is no number begins a formula too."""
    assert parse_entry(typed, "en_US", TODAY).value == Formula(formula)


@pytest.mark.parametrize(
    ("locale", "typed", "kind", "pattern"),
    [
        ("en_US", "1,234", "NUMBER", "#,##0"),
        ("en_US", "5.5%", "PERCENT", "0.00%"),
        ("en_US", "$5", "CURRENCY", '"$"#,##0'),
        ("in_ID", "Rp 5", "CURRENCY", "[$Rp]#,##0"),
        ("en_US", "2020-01-01", "DATE", "yyyy-mm-dd"),
        ("en_US", "1/2/2020", "DATE", "M/d/yyyy"),
        ("in_ID", "1/2/2020", "DATE", "dd/MM/yyyy"),
        ("en_US", "12:30", "TIME", "h:mm"),
        ("en_US", "9/1/2018 0:00:00", "DATE_TIME", "M/d/yyyy H:mm:ss"),
        ("en_US", "2019-10-26 20:06:46", "DATE_TIME", "yyyy-mm-dd h:mm:ss"),
        ("en_US", "1e3", "SCIENTIFIC", "0.00E+00"),
    ],
)
def test_typing_implies_a_number_format(locale: str, typed: str, kind: str, pattern: str) -> None:
    """The format is the cell's own from then on."""
    assert parse_entry(typed, locale, TODAY).number_format == {"type": kind, "pattern": pattern}


def test_a_number_format_stays_when_something_else_is_typed() -> None:
    """A number typed where a date was is shown as a date."""
    cell = enter(enter(None, "1/2/2020", "en_US", TODAY), "5", "en_US", TODAY)
    assert (cell.entered, shown(cell, "en_US")) == (5.0, "1/4/1900")


def test_a_plain_text_cell_takes_everything_as_text() -> None:
    """Not even a formula is computed there."""
    cell = Cell(format={"numberFormat": {"type": "TEXT", "pattern": "@"}})
    assert [enter(cell, typed, "en_US", TODAY).entered for typed in ("0042", "=1+1")] == ["0042", "=1+1"]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("example.com", "http://example.com"),
        ("perpus.baritotimurkab.go.id/data", "http://perpus.baritotimurkab.go.id/data"),
        ("see https://example.org/a", ""),
        ("a@example.com", ""),
        ("laporan.xlsx", ""),
        ("v1.2", ""),
    ],
)
def test_an_address_or_a_domain_becomes_a_link(text: str, link: str) -> None:
    """However it is written; the link stands in the text format."""
    linked = {"textFormat": {"link": {"uri": link}}} if link else None
    assert [cell.format for cell in (enter(None, text, "id_ID", TODAY), put_raw(None, text))] == [linked, linked]


def test_a_link_goes_with_its_text() -> None:
    """What else the format says stays."""
    cell = Cell("example.com", format={"textFormat": {"bold": True, "link": {"uri": "http://example.com"}}})
    assert put_raw(cell, "teks").format == enter(cell, "teks", "en_US", TODAY).format == {"textFormat": {"bold": True}}


def test_raw_values_are_taken_as_they_are() -> None:
    """RAW never evaluates; "" empties, None leaves, everything else about the cell stays."""
    cell = Cell("old", note="n")
    values: list[Any] = ["=1+1", 3, False, "", None]
    assert [put_raw(cell, value).entered for value in values] == ["=1+1", 3, False, None, "old"]
    assert put_raw(cell, "").note == "n"


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 2)), st.sampled_from(["en_US", "in_ID", "de_DE", "fr_FR"]))
def test_what_is_shown_can_be_typed_again(number: float, locale: str) -> None:
    """A number with two decimals reads back from its formatted text, and keeps it."""
    text = render(number, {"type": "NUMBER"}, locale)
    entry = parse_entry(text, locale, TODAY)
    assert entry.value == number
    assert render(_number(entry.value), {"type": "NUMBER"}, locale) == text


@given(st.dates(date(1930, 1, 1), date(2029, 12, 31)), st.sampled_from(["en_US", "in_ID", "de_DE", "ja_JP", "sv_SE"]))
def test_a_shown_date_can_be_typed_again(day: date, locale: str) -> None:
    """In every locale's own order."""
    serial = float(day.toordinal() - date(1899, 12, 30).toordinal())
    assert parse_entry(render(serial, {"type": "DATE"}, locale), locale, TODAY).value == serial


@given(st.text(max_size=30), st.sampled_from(["en_US", "in_ID", "de_DE", "ko_KR", "ar_EG"]))
def test_every_text_can_be_typed(text: str, locale: str) -> None:
    """Whatever is typed, it is read without failing."""
    assert parse_entry(text, locale, TODAY).value is not None or not text
