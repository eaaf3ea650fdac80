"""Where a value ends: each kind of field at, just inside and just outside what it takes, and why it refuses."""

from __future__ import annotations

import pytest
from cell_cases import NONE, Case, figure, read_case, text

from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.intake.values.addresses import read_emails
from sheets_sync.intake.values.characters import SUBSTITUTES, as_seen, clean
from sheets_sync.intake.values.dates import EPOCH, date_forms
from sheets_sync.intake.values.months import month_grammar, read_month
from sheets_sync.intake.values.phones import read_phone
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries, places, register
from sheets_sync.rules.rule import Rule

DATE, TIMED = NumberKind.DATE, NumberKind.DATE_TIME
MONTH_FIRST = "en_US"


@pytest.mark.parametrize(
    ("cell", "locale", "day"),
    [
        (figure(10959, "01/01/1930", DATE), "in_ID", "1930-01-01"), (figure(10958, "31/12/1929", DATE), "in_ID", None),
        (figure(73415, "31/12/2100", DATE), "in_ID", "2100-12-31"), (figure(73415.9, "31/12/2100 21.36", TIMED), "in_ID", "2100-12-31"),
        (figure(73416, "01/01/2101", DATE), "in_ID", None), (figure(-5, "25/12/1899", DATE), "in_ID", None),
        (figure(1e9, "#####", DATE), "in_ID", None), (figure(float("nan"), "#####", DATE), "in_ID", None),
        (figure(float("inf"), "#####", DATE), "in_ID", None),
        (figure(45363, "3/12/2024", DATE), MONTH_FIRST, entries.DATE_ORDER), (figure(45364, "3/13/2024", DATE), MONTH_FIRST, "2024-03-13"),
        (figure(45354, "3/3/2024", DATE), MONTH_FIRST, "2024-03-03"), (figure(45363, "12 Maret 2024", DATE), MONTH_FIRST, "2024-03-12"),
        (GridCell(45363, "3/12/2024", DATE, "=B2"), MONTH_FIRST, "2024-03-12"), (figure(45363, "12/03/2024", DATE), "in_ID", "2024-03-12"),
        (text("12/03/2024"), MONTH_FIRST, entries.DATE_ORDER), (text("03/12/2024"), MONTH_FIRST, entries.DATE_ORDER),
        (text("13/12/2024"), MONTH_FIRST, "2024-12-13"), (text("12/13/2024"), MONTH_FIRST, None), (text("12/12/2024"), MONTH_FIRST, "2024-12-12"),
        (text("Selasa, 12/03/2024"), "in_ID", "2024-03-12"), (text("Rabu, 12/03/2024"), "in_ID", None),
        (text("1/1/00"), "in_ID", "2000-01-01"), (text("31/12/99"), "in_ID", "2099-12-31"), (text("31/12/1999"), "in_ID", "1999-12-31"),
    ],
)  # fmt: skip
def test_a_date_is_of_these_centuries_and_means_one_day(cell: GridCell, locale: str, day: str | Rule | None) -> None:
    """A date lies in 1930 to 2100; where the month comes first, one of figures is asked about if both could be months."""
    entry = read_case(Case("date", cell, "value", locale=locale))
    if isinstance(day, str):
        assert str(entry.value) == day
    else:
        assert (entry.value, entry.refusal) == (None, day or entries.DATE)


@pytest.mark.parametrize(
    ("cell", "locale", "month"),
    [
        (figure(1, "1"), "in_ID", NamedMonth(1)), (figure(12, "12"), "in_ID", NamedMonth(12)), (figure(0, "0"), "in_ID", places.MONTH),
        (figure(13, "13"), "in_ID", places.MONTH), (figure(5, "05/01/1900", DATE), "in_ID", places.MONTH),
        (figure(45363, "3/12/2024", DATE), MONTH_FIRST, entries.DATE_ORDER), (figure(45364, "3/13/2024", TIMED), MONTH_FIRST, NamedMonth(3, 2024)),
        (text("3/12/2024"), MONTH_FIRST, entries.DATE_ORDER), (text("31/02/2024"), "in_ID", places.MONTH),
        (text("29 Februari"), "in_ID", NamedMonth(2)), (text("30 Februari"), "in_ID", places.MONTH), (text("30 April"), "in_ID", NamedMonth(4)),
        (text("31 April"), "in_ID", places.MONTH), (text("31 Desember"), "in_ID", NamedMonth(12)), (text("Des '99"), "in_ID", NamedMonth(12, 2099)),
        (text("Mei!"), "in_ID", places.MONTH), (text("Mei, Juni!"), "in_ID", places.MONTHS), (text("Semester II"), "in_ID", places.MONTHS),
    ],
)  # fmt: skip
def test_a_month_is_one_of_twelve(cell: GridCell, locale: str, month: NamedMonth | Rule) -> None:
    """A month is a number from 1 to 12, a name, or that of a day which exists; else the question says what is wrong."""
    entry = read_case(Case("month", cell, "value", locale=locale))
    assert (entry.value or entry.refusal) == month


def test_a_month_of_a_date_puts_the_day_first() -> None:
    """Where nothing else is known of a workbook, the day comes before the month."""
    assert read_month(text("03/04/2024")).value == NamedMonth(4, 2024)


def test_a_numeral_is_a_month_where_the_column_counts_in_numerals() -> None:
    """The twelve numerals, in any letters, are the months; elsewhere, and beyond twelve, they are asked about."""
    written = ["I", "ii", "III", "iv", "V", "VI", "vii", "VIII", "IX", "X", "xi", "XII"]
    assert [read_month(text(each), numerals=True).value for each in written] == [NamedMonth(n) for n in range(1, 13)]
    for typed in (*written, "XIII"):
        assert read_month(text(typed)).refusal == places.MONTH
    for typed in ("XIII", "IIII", "IV.", "IV 2024"):
        assert read_month(text(typed), numerals=True).refusal == places.MONTH


def test_the_table_of_months_shows_each_form_of_a_date_once() -> None:
    """A month may be given as a date; its ways of writing stand in the table of dates, one example here says enough."""
    dates = {form.id for form in date_forms(day_first=True)}
    assert [
        len(form.examples) for form in month_grammar(NONE, day_first=True, numerals=False).forms if form.id in dates
    ] == [1] * 4


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        (text("012345678"), "+62 123 4567 8"), (text("01234567"), None), (text("01234567890123"), "+62 123 4567 890123"),
        (text("012345678901234"), None), (text("+12345678"), "+12345678"), (text("+1234567"), None), (text("+1234567890123"), "+1234567890123"),
        (text("+12345678901234"), None), (text("+61 412 345 678"), "+61412345678"), (text("(+61) 412-345-678"), "+61412345678"),
        (text("+62 812 3456 7890"), "+62 812 3456 7890"), (text("0062 812 3456 7890"), "+62 812 3456 7890"), (text("0061 412 345 678"), None),
        # what begins with the country's number, and is too short to hold it, is a number without its nought
        (text("621234567"), "+62 621 2345 67"), (text("6212345678"), "+62 123 4567 8"),
        (figure(628123456789012, "6,28E+14", NumberKind.SCIENTIFIC), "+62 812 3456 789012"), (figure(6281234567890123, "6281234567890123"), None),
        (figure(1e30, "1E+30", NumberKind.SCIENTIFIC), None), (figure(0, "0"), None), (figure(-81234567890, "-81234567890"), None),
        (figure(81234567890, "08/12/1930", DATE), None),
    ],
)  # fmt: skip
def test_a_phone_number_has_eight_to_thirteen_digits(cell: GridCell, phone: str | None) -> None:
    """Eight to thirteen digits behind the nought or the country's number; another country's begins with a +."""
    entry = read_phone(cell, none=NONE)
    assert (entry.value, entry.refusal) == (phone, None if phone else entries.PHONE)


@pytest.mark.parametrize(
    ("typed", "plain"), [("+62 812 3456 7890", True), ("+61412345678", True), ("0812 3456 7890", False), ("+61 412 345 678", False)]
)  # fmt: skip
def test_a_phone_number_written_otherwise_is_reported_back(typed: str, plain: bool) -> None:
    """A number that is typed as we write it needs no report."""
    assert read_phone(text(typed)).plain is plain


@pytest.mark.parametrize(("length", "read"), [(254, True), (255, False)])
def test_an_address_has_at_most_254_characters(length: int, read: bool) -> None:
    """An address as long as the standard allows is read, a longer one is asked about."""
    rest = ".example" * 25 + ".org"
    typed = f"lelu@{'x' * (length - len('lelu@' + rest))}{rest}"
    entry = read_emails(text(typed))
    assert (len(typed), entry.value) == (length, (typed,) if read else None)


@pytest.mark.parametrize(("number", "rule"), [(5, None), (6, entries.EMAILS)])
def test_a_library_has_at_most_five_addresses(number: int, rule: Rule | None) -> None:
    """Six addresses are a list that was pasted, and the question says so."""
    entry = read_emails(text(", ".join(f"a{n}@example.org" for n in range(number))))
    assert (len(entry.value or ()), entry.refusal) == (0 if rule else number, rule)


@pytest.mark.parametrize(
    "cell", [text("o`brien@example.org"), text("o\u2019brien@example.org"), figure(5, "5"), text("a@b")]
)
def test_what_is_no_address_is_asked_about(cell: GridCell) -> None:
    """An accent for an apostrophe, a number, or half an address is no address."""
    assert read_emails(cell).refusal == entries.EMAIL


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        (f"lelu@{'x' * 63}.example.org", (f"lelu@{'x' * 63}.example.org",)), (f"{'x' * 65}@example.org", None), (f"{'x' * 64}@example.org", (f"{'x' * 64}@example.org",)),
        ("lelu@contoh.XN--P1AI", ("lelu@contoh.XN--P1AI",)), ("lelu@contoh.xn--p1ai", ("lelu@contoh.xn--p1ai",)),
        ("LELU@EXAMPLE.ORG", ("LELU@EXAMPLE.ORG",)), ("B@example.org, a@example.org, b@example.org", ("B@example.org", "a@example.org")),
    ],
)  # fmt: skip
def test_an_address_is_kept_as_it_was_typed(typed: str, addresses: tuple[str, ...] | None) -> None:
    """Only the part before the @ is limited to 64 characters; large letters stay, and one address is kept once."""
    assert read_emails(text(typed)).value == addresses


@pytest.mark.parametrize(("length", "read"), [(2000, True), (2001, False)])
def test_addresses_with_their_names_take_at_most_2000_characters(length: int, read: bool) -> None:
    """Five long addresses and their names fit into a cell; what is longer is no list of a library's addresses."""
    typed = '"Lelu"' + " " * (length - len('"Lelu"<a@example.org>')) + "<a@example.org>"
    assert (read_emails(text(typed)).value is not None) is read


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        (text("0"), 0), (text("0,5"), 0.5), (text("10"), 10), (text("10,0"), 10), (text("10,1"), None), (text("11"), None),
        (figure(0, "0"), 0), (figure(0.5, "0,5"), 0.5), (figure(10, "10"), 10), (figure(10.1, "10,1"), None), (figure(-0.5, "-0,5"), None),
        (figure(0.1, "10%", NumberKind.PERCENT), 10), (figure(1.01, "101%", NumberKind.PERCENT), None),
    ],
)  # fmt: skip
def test_an_official_score_is_from_0_to_10(cell: GridCell, score: float | None) -> None:
    """A score of the programme is at least nought and at most ten; anything else is asked about as no such score."""
    entry = read_case(Case("score", cell, "value"))
    assert (entry.value, entry.refusal) == (score, register.OFFICIAL_SCORE if score is None else None)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0772, 7.72), (0.57, 57), (0.012345678912, 1.2345678912), (12.345678, 1234.5678), (0.29, 29)]
)
def test_a_percentage_is_the_figure_that_the_sheet_shows(value: float, shown: float) -> None:
    """What multiplying by a hundred leaves over is rounded away, and nothing that was typed is."""
    assert read_case(Case("decimal", figure(value, "", NumberKind.PERCENT), "empty")).value is None
    assert read_case(Case("decimal", figure(value, "%", NumberKind.PERCENT), "value")).value == shown


@pytest.mark.parametrize("field", ["phone", "email", "month", "date", "id", "score"])
@pytest.mark.parametrize(
    ("typed", "none"),
    [
        ("KOSONG", True),
        ("Tidak  ada.", True),
        ("n/a.", True),
        ("t/a", True),
        ("--", True),
        ("-.", False),
        ("n/a..", False),
    ],
)
def test_a_full_stop_may_follow_a_word_for_none_but_no_sign(field: str, typed: str, none: bool) -> None:
    """A word for none says as much as an empty cell, in any letters; a sign with something behind it says nothing."""
    entry = read_case(Case(field, text(typed), "empty"))
    assert (entry.value, entry.refusal is None) == (None, none)


@pytest.mark.parametrize("field", ["count", "hours", "decimal", "month", "date", "phone", "email", "id", "score"])
def test_a_box_that_can_be_ticked_is_no_value(field: str) -> None:
    """TRUE and FALSE are asked about everywhere: they are numbers to a computer only."""
    for ticked in (True, False):
        entry = read_case(Case(field, GridCell(ticked, str(ticked).upper()), "refused"))
        assert entry.refusal
        assert entry.refusal.code != entries.FORMULA.code


@pytest.mark.parametrize(("character", "read_as"), [pair for each in SUBSTITUTES for pair in each.table().items()])
def test_each_substitute_is_read_as_the_plain_character(character: int, read_as: str) -> None:
    """A typographic character stands for its plain one inside a value; its place in the table says for which."""
    typed = f"a{chr(character)}b"
    assert clean(typed) == f"a{read_as}b"
    assert as_seen(typed) == (f"a{read_as}b" if read_as in ("", " ") else typed)


def test_only_white_space_at_the_ends_is_left_out() -> None:
    """Nothing else of a value is changed, be it of plain letters or not."""
    assert [clean(" \t a\tb\n "), clean(" é  é\n"), as_seen("\n a "), as_seen("\u200eé ")] == ["a\tb", "é  é", "a", "é"]


def test_day_nought_of_a_sheet() -> None:
    """Spreadsheets count days from 30 December 1899."""
    assert EPOCH.isoformat() == "1899-12-30"
