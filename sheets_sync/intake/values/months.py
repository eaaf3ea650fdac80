"""Months: a name, a number, month and year, or a date. A quarter, a semester or a range is several months."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from sheets_sync.intake.entry import Entry, refused
from sheets_sync.intake.month_names import MONTHS, NUMERALS, NamedMonth, months_in
from sheets_sync.intake.values.dates import DAY, FULL_YEAR, NAME, YEAR_BEHIND, date_forms, read_date, year_in
from sheets_sync.intake.values.grammar import Form, Grammar, form_pattern, formula_error, nothing, read_cell
from sheets_sync.model import State, msg
from sheets_sync.model.grid import GridCell, NumberKind
from sheets_sync.rules import entries, places

_LABEL = (
    r"(?:(?:(?:laporan|lap\.?|data) +)?(?:periode +bulan|bulan|bln\.?|periode|month|period)(?: *: *| +)"
    r"|(?:laporan|lap\.?)(?: *: *| +))?"
)
_NAMED = rf"{NAME}(?:{YEAR_BEHIND}|{FULL_YEAR.replace('year', 'glued')})?\.?"
_NUMBER = r"(?P<month>0?[1-9]|1[0-2])"
_QUARTER = (
    r"(?:tw|triwulan|triw\.?|kuartal|kw|semester|smt\.?|sem\.?|caturwulan|cawu|quarter|q|kwartal)[ .-]*(?:ke-?)?[ .-]*"
    r"(?:[1-4]|i{1,3}|iv)?(?:[ ,/-]*(?:tahun )?[0-9]{4})?"
)


@lru_cache(maxsize=16)
def month_grammar(none: frozenset[str], *, day_first: bool, numerals: bool) -> Grammar[NamedMonth]:
    """The ways of writing a month; in a workbook whose locale puts the month first a date may be a question.

    `numerals`: the column counts its months in Roman ones.
    """
    counted = (_numeral_form(),) if numerals else ()
    dates = map(_of_date_form, date_forms(day_first=day_first))
    forms = (
        nothing(none),
        *_named_forms(),
        *_number_forms(),
        *counted,
        *dates,
        *_other_forms(),
        formula_error(places.MONTH),
    )
    return Grammar(msg("a month"), forms, places.MONTH)


def _named_forms() -> tuple[Form[NamedMonth], ...]:
    """The month's name, with what people write before and behind it."""
    return (
        Form(
            "name",
            msg("the month's name, with or without the year; “bulan” or “periode” may stand before it"),
            form_pattern(_LABEL + _NAMED),
            _month,
            ("Januari", "Pebruari", "Agt", "Sept 2023", "Okt'24", "MEI2024", "Periode: Mei 2024"),
        ),
        Form(
            "numbered",
            msg("a number of the line before the name"),
            form_pattern(rf"(?:0?[1-9]|1[0-2])[.)] *{_NAMED}"),
            _month,
            ("1. Januari",),
        ),
        Form(
            "year-name",
            msg("the year before the name"),
            form_pattern(rf"{FULL_YEAR}[-/ ]{NAME}\.?"),
            _month,
            ("2024 Mei",),
        ),
    )


def _number_forms() -> tuple[Form[NamedMonth], ...]:
    """The month as a number."""
    return (
        Form("number", msg("a number from 1 to 12"), form_pattern(_NUMBER), _month, ("3", "03")),
        Form(
            "bulan-number",
            msg("a number from 1 to 12 behind “bulan”"),
            form_pattern(rf"(?:bulan|bln\.?|month)(?: *: *| +|(?= *ke))(?: *ke[- ]?)?{_NUMBER}"),
            _month,
            ("bln 5", "bulan ke-5"),
        ),
        Form(
            "number-year",
            msg("month and year in digits"),
            form_pattern(rf"{_LABEL}{_NUMBER}(?:[-/. ]| [-/] ){FULL_YEAR}"),
            _month,
            ("10/2024",),
        ),
        Form(
            "year-number",
            msg("year and month in digits"),
            form_pattern(rf"{_LABEL}{FULL_YEAR}(?:[-/. ]| [-/] ){_NUMBER}"),
            _month,
            ("2024-10",),
        ),
    )


def _numeral_form() -> Form[NamedMonth]:
    """The month as a Roman numeral, which alone may also be a week, a quarter or a tick."""
    return Form(
        "numeral",
        msg("a Roman numeral, where the whole column of months is written so"),
        form_pattern("|".join(sorted(NUMERALS, key=len, reverse=True))),
        lambda match: Entry(State.REPORTED, NamedMonth(NUMERALS.index(match[0].upper()) + 1)),
        ("IV",),
    )


def _other_forms() -> tuple[Form[NamedMonth], ...]:
    """A day without its year, and what is several months."""
    return (
        Form(
            "day-name",
            msg("a day and the month's name"),
            form_pattern(rf"{DAY}(?:[-/]| [-/] | +){NAME}\.?"),
            _with_day,
            ("15 Januari",),
        ),
        Form("quarter", msg("a quarter or half-year"), form_pattern(_QUARTER), _several, ("TW II", "Semester 2")),
        Form("months", msg("several months"), form_pattern(r"(?s:.*)"), _named_several, ("Jan - Jun",)),
    )


@lru_cache(maxsize=1024)  # a table names the same dozen months thousands of times
def read_month(
    cell: GridCell, *, day_first: bool = True, none: frozenset[str] = frozenset(), numerals: bool = False
) -> Entry[NamedMonth]:
    """The month of a cell: a name, `10/2024`, a number from 1 to 12, or a date; `IV` where `numerals` are months."""
    grammar = month_grammar(none, day_first=day_first, numerals=numerals)
    return read_cell(cell, grammar, lambda cell, value: _of_number(cell, value, day_first=day_first))


def _of_number(cell: GridCell, value: float, *, day_first: bool) -> Entry[NamedMonth]:
    """A plain number from 1 to 12, or the month of a date; `2024,1` may be January or October."""
    if cell.kind in (NumberKind.DATE, NumberKind.DATE_TIME):
        return _of_date(read_date(cell, day_first=day_first)) or refused(places.MONTH)
    plain = cell.kind in (NumberKind.PLAIN, NumberKind.TEXT) and value in range(1, 13)
    return Entry(State.REPORTED, NamedMonth(int(value))) if plain else refused(places.MONTH)


def _of_date(day: Entry[date]) -> Entry[NamedMonth] | None:
    """The month of a date; None where it is no date."""
    if day.refusal is entries.DATE_ORDER:
        return refused(entries.DATE_ORDER)
    return Entry(State.REPORTED, NamedMonth(day.value.month, day.value.year)) if day.value else None


def _of_date_form(form: Form[date]) -> Form[NamedMonth]:
    """A form of a date as one of its month."""

    def read(match: re.Match[str]) -> Entry[NamedMonth] | None:
        entry = form.read(match)
        return _of_date(entry) if entry else None

    return Form(form.id, form.name, form.pattern, read, form.examples[:1])


def _month(match: re.Match[str]) -> Entry[NamedMonth]:
    number = MONTHS.get(match["month"].lower()) or int(match["month"])
    return Entry(State.REPORTED, NamedMonth(number, year_in(match)))


def _with_day(match: re.Match[str]) -> Entry[NamedMonth] | None:
    """The month of a day without a year, if it has that day in a leap year."""
    month = MONTHS[match["month"].lower()]
    exists = int(match["day"]) <= calendar.monthrange(2024, month)[1]
    return Entry(State.REPORTED, NamedMonth(month)) if exists else None


def _several(_match: re.Match[str]) -> Entry[NamedMonth]:
    return refused(places.MONTHS)


def _named_several(match: re.Match[str]) -> Entry[NamedMonth] | None:
    """The question where several months are named; here folding only chooses the words of the question."""
    return refused(places.MONTHS) if len(months_in(match[0])) > 1 else None
