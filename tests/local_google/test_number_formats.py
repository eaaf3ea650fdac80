"""Values are shown as Google shows them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.local_google.values import Locale, locale_of, render, shown
from sheets_sync.local_google.values.render import show
from sheets_sync.local_google.values.serials import from_datetime, to_datetime
from sheets_sync.local_google.workbook import Cell, ErrorValue, Formula, Value

US, ID = locale_of("en_US"), locale_of("in_ID")
_APRIL = from_datetime(datetime(2016, 4, 5, 16, 8, 53, 528_000))  # noqa: DTZ001 - a workbook's dates have no zone
_ELAPSED = (3 * 3600 + 13 * 60 + 41.255) / 86_400


@pytest.mark.parametrize(
    ("serial", "pattern", "text"),
    [
        (_APRIL, "h:mm:ss.00 a/p", "4:08:53.53 p"),
        (_APRIL, 'hh:mm A/P".M."', "04:08 P.M."),
        (_APRIL, "yyyy-mm-dd", "2016-04-05"),
        (_APRIL, r"mmmm d \[dddd\]", "April 5 [Tuesday]"),
        (_APRIL, "h PM, ddd mmm dd", "4 PM, Tue Apr 05"),
        (_APRIL, "dddd, m/d/yy at h:mm", "Tuesday, 4/5/16 at 16:08"),
        (_ELAPSED, "[hh]:[mm]:[ss].000", "03:13:41.255"),
        (_ELAPSED, "[mmmm]:[ss].000", "0193:41.255"),
        (_ELAPSED, "[ss]", "11621"),
        (12345.125, "####.#", "12345.1"),
        (12.34, "000.0000", "012.3400"),
        (12, "#.0#", "12.0"),
        (5.125, "# ???/???", "5   1/8  "),
        (12000, "#,###", "12,000"),
        (1230000, '0.0,,"M"', "1.2M"),
        (1234500000, "0.00e+00", "1.23e+09"),
    ],
)
def test_patterns_show_what_googles_guide_shows(serial: float, pattern: str, text: str) -> None:
    """The examples of the guide to date and number formats."""
    assert show(serial, pattern, US) == text


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (-1234.5, "#,##0", "-1.235"),
        (0.0772, "0.00%", "7,72%"),
        (-0.001, "0.00", "0,00"),
        (5000, "[$Rp]#,##0", "Rp5.000"),
        (-5, '"$"#,##0.00_);("$"#,##0.00)', "($5,00)"),
        (0, '0;-0;"nihil"', "nihil"),
        (50, '[<100]"rendah";[>=100]"tinggi"', "rendah"),
        (150, '[<100]"rendah";[Red][>=100]"tinggi"', "tinggi"),
        (6281234567890, "+00 000-0000-0000", "+62 812-3456-7890"),
        (5, '#,##0 "buah"', "5 buah"),
        (1234.5, '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', " $1.234,50 "),
        (12345, "##0.0E+0", "12,3E+3"),
        (9.995, "0.00E+00", "1,00E+01"),
        (2.675, "0.00", "2,68"),
        (0.1, "#.##", ",1"),
        (1e22, "#,##0", "10.000.000.000.000.000.000.000"),
        (0.5, "?/?", "1/2"),
        (3.5, "# ?/8", "3 4/8"),
        (45599, "d mmmm yyyy", "3 November 2024"),
        (45413, "dd/MM/yyyy", "01/05/2024"),
        (45413.75, "d MMM yyyy HH.mm", "1 Mei 2024 18.00"),
        (1.5, "[h]:mm", "36:00"),
        (-0.25, "[h]:mm", "-6:00"),
        (3.14159, "General", "3,14159"),
        (7, "@", "7"),
    ],
)
def test_patterns_follow_the_locale(value: float, pattern: str, text: str) -> None:
    """Marks and names are those of the workbook, here Indonesian."""
    assert show(value, pattern, ID) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (42.0, "42"),
        (-0.1, "-0.1"),
        (1 / 3, "0.3333333333"),
        (100 / 3, "33.33333333"),
        (1 / 1024, "0.0009765625"),
        (0.1 + 0.2, "0.3"),
        (2000000.01, "2000000.01"),
        (562949953421312.0, "562949953421312"),
        (1705971932369780, "1.70597E+15"),
        (1e-12, "1E-12"),
        (True, "TRUE"),
        ("text", "text"),
        (None, ""),
        (ErrorValue("DIVIDE_BY_ZERO"), "#DIV/0!"),
        (ErrorValue("N_A"), "#N/A"),
    ],
)
def test_values_without_a_format_are_shown_as_they_are(value: Value, text: str) -> None:
    """Fractions with ten digits, whole numbers in full up to fifteen."""
    assert render(value, None, US) == text


@pytest.mark.parametrize(
    ("locale", "kind", "text"),
    [
        ("en_US", "NUMBER", "45,599.75"),
        ("in_ID", "NUMBER", "45.599,75"),
        ("en_US", "PERCENT", "4559975.00%"),
        ("en_US", "CURRENCY", "$45,599.75"),
        ("in_ID", "CURRENCY", "Rp45.599,75"),
        ("de_DE", "CURRENCY", "45.599,75\u00a0€"),
        ("en_GB", "DATE", "03/11/2024"),
        ("en_US", "DATE", "11/3/2024"),
        ("en_US", "TIME", "6:00:00 PM"),
        ("en_US", "DATE_TIME", "11/3/2024 18:00:00"),
        ("en_US", "SCIENTIFIC", "4.56E+04"),
        ("en_US", "TEXT", "45599.75"),
    ],
)
def test_a_format_without_pattern_uses_the_locales(locale: str, kind: str, text: str) -> None:
    """Each type has a pattern of its own in each locale."""
    assert render(45599.75, {"type": kind}, locale) == text


def test_truth_values_have_the_words_of_their_locale() -> None:
    """A German workbook says WAHR."""
    assert [render(value=True, number_format=None, locale=name) for name in ("de_DE", "in_ID")] == ["WAHR", "TRUE"]


def test_a_text_format_surrounds_texts() -> None:
    """The section for text takes the text at its @."""
    assert render("Tangkum", {"type": "TEXT", "pattern": '0;-0;0;"Desa "@'}, US) == "Desa Tangkum"
    assert render("Tangkum", {"type": "NUMBER", "pattern": "0.00"}, US) == "Tangkum"


def test_a_cell_keeps_its_text() -> None:
    """A cell is rendered once for a locale, with the format that is set before the one that its formula implies."""
    cell = Cell(
        Formula("=A1"),
        0.5,
        format={"numberFormat": {"type": "PERCENT", "pattern": "0.0%"}},
        number_format={"type": "DATE"},
    )
    assert (shown(cell, "en_US"), shown(cell, "in_ID")) == ("50.0%", "50,0%")
    kept = cell.text
    assert shown(cell, "in_ID") == "50,0%"
    assert cell.text is kept


def test_an_unknown_locale_is_taken_as_english() -> None:
    """A workbook never fails for its locale."""
    assert locale_of("xx_YY").decimal == "."


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_are_shown_in_full(number: int) -> None:
    """A whole number reads back from what is shown of it."""
    assert int(render(float(number), None, US)) == number
    assert int(render(float(number), {"type": "NUMBER", "pattern": "#,##0"}, ID).replace(".", "")) == number


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_decimals_are_rounded_to_those_shown(number: float, places: int) -> None:
    """What is shown lies within half a unit of its last place."""
    text = show(number, "0." + "0" * places if places else "0", US)
    assert abs(float(text) - number) <= 0.5000001 * 10**-places + abs(number) * 1e-15


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))  # noqa: DTZ001 - a workbook's dates have no zone
def test_moments_read_back_from_their_serial_number(moment: datetime) -> None:
    """To the millisecond."""
    found = to_datetime(from_datetime(moment))
    assert found is not None
    assert abs((found - moment).total_seconds()) < 0.001


@given(st.text(max_size=12), st.sampled_from([US, ID]), st.floats(allow_nan=False, allow_infinity=False))
def test_no_pattern_breaks_the_rendering(pattern: str, locale: Locale, value: float) -> None:
    """Whatever a pattern holds, something is shown."""
    assert isinstance(render(value, {"type": "NUMBER", "pattern": pattern}, locale), str)
