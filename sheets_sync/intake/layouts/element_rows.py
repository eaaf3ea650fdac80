"""A row per element, a column per month: the usual Indonesian form, also with several years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sheets_sync.intake.asking import Heading, about_aliases, about_disputes, about_unknown
from sheets_sync.intake.disputes import settle_claims
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Meaning, Role
from sheets_sync.intake.layouts import library_rows
from sheets_sync.intake.layouts.sheet import Sheet, Slot
from sheets_sync.intake.words import tidy
from sheets_sync.intake.years import ReportingYear
from sheets_sync.model import Finding
from sheets_sync.rules import places

_NO_LABELS = (Role.IGNORED, Role.NOTE, Role.LIBRARY, Role.YEAR, Role.TOTAL)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A labelled row: what its label means, and whether figures stand in it. Each row is itself and no other."""

    row: int
    label: str
    meaning: Meaning | None
    filled: bool
    library: str | Finding | None
    year: ReportingYear


def place(sheet: Sheet) -> Iterator[Slot | Finding]:
    """The slots of a table with a row per element; a row with figures and an unknown label is asked about."""
    months = sheet.table.with_role(Role.MONTH_VALUES)
    if not months:  # every month stands there twice, or none is certain
        yield from _numerals(sheet)
        return
    found = list(_labelled(sheet, months))
    if sheet.rows_are_libraries:
        yield from library_rows.place(sheet, months)
        return
    claims = settle_claims(
        (row for row in found if row.filled), _claim, lambda row: bool(row.meaning and row.meaning.alias)
    )
    known = [row for row in found if row.meaning and row not in claims.refused]
    for row in known:
        if isinstance(row.library, str):
            yield from _slots(row, row.library, months)
        elif row.filled:
            yield row.library or places.NO_LIBRARY.finding(cells=(sheet.cell(row.row, months[0].index),))
    yield from _undated(known, months, sheet)
    disputed = {row for group in claims.disputed for row in group}
    unknown = [row for row in found if row.filled and row not in known and row not in disputed]
    present = {row.meaning.element for row in known if row.meaning}
    headings = (_heading(row, sheet, months) for row in unknown)
    yield from about_unknown(headings, present, sheet.vocabulary, rows=True)
    if not known:
        yield from _totals(sheet, months)
    yield from about_disputes([[_heading(row, sheet, months) for row in group] for group in claims.disputed])
    yield from about_aliases([_heading(row, sheet, months) for row in known if row.meaning and row.meaning.alias])


def _claim(row: _Row) -> tuple[str | None, ReportingYear, str] | None:
    """The figures a row would hold."""
    library = row.library if isinstance(row.library, str) else None
    return (library, row.year, row.meaning.element) if row.meaning else None


def _slots(row: _Row, library: str, months: Iterable[HeaderColumn]) -> Iterator[Slot]:
    element = row.meaning.element if row.meaning else ""
    for column in months:
        month = column.meaning.month if column.meaning else None
        period = row.year.period(month) if month else None
        if period is not None:
            yield Slot(row.row, column.index, library, element, period)


def _undated(known: Iterable[_Row], months: Iterable[HeaderColumn], sheet: Sheet) -> Iterator[Finding]:
    """One question for the months whose year nothing says."""
    if any(row.filled and row.year.year is None for row in known):
        undated = [c for c in months if c.meaning and c.meaning.month and c.meaning.month.year is None]
        if undated:
            cells = tuple(sheet.cell(column.row, column.index) for column in undated)
            yield places.NO_YEAR.finding(cells=cells, typed=undated[0].text, proposal=sheet.year.proposal)


def _numerals(sheet: Sheet) -> Iterator[Finding]:
    """One question for headings that may be months."""
    numerals = sheet.table.with_role(Role.NUMERAL)
    if numerals and any(sheet.has_figures(row, numerals) for row in sheet.rows()):
        cells = tuple(sheet.cell(column.row, column.index) for column in numerals)
        yield places.NUMERALS.finding(cells=cells, typed=", ".join(column.text for column in numerals))


def _totals(sheet: Sheet, months: tuple[HeaderColumn, ...]) -> Iterator[Finding]:
    """The question whether the total of rows nobody knows is a figure that is wanted."""
    for row in sheet.rows():
        columns = range(sheet.table.left, months[0].index)
        label = next((text for i in columns if (text := tidy(sheet.tab.at(row, i).text))), "")
        if sheet.vocabulary.is_total(label) and sheet.has_figures(row, months):
            proposal = sheet.vocabulary.named_in(label) or sheet.element
            yield places.ROW.finding(
                cells=(sheet.cell(row, max(months[0].index - 1, 0)),),
                typed=label,
                proposal=sheet.vocabulary.label(proposal) if proposal else "",
                names=(proposal,) if proposal else (),
            )


def _heading(row: _Row, sheet: Sheet, months: tuple[HeaderColumn, ...]) -> Heading:
    return sheet.cell(row.row, max(months[0].index - 1, 0)), row.label


def _labelled(sheet: Sheet, months: tuple[HeaderColumn, ...]) -> Iterator[_Row]:
    """The rows that have a label before the first month: of one or two columns, or under a section's title."""
    without = {column.index for role in _NO_LABELS for column in sheet.table.with_role(role)}
    columns = [index for index in range(sheet.table.left, months[0].index) if index not in without]
    section = ""
    for row in sheet.rows():
        path = _path(row, columns, sheet)
        if not path or sheet.vocabulary.is_total(path[-1]):
            continue
        filled = sheet.has_figures(row, months)
        meaning = _meaning(path, section, sheet)
        whose = sheet.year_question(row) or sheet.library_of(row)
        yield _Row(row, path[-1], meaning, filled, whose, _year(sheet, row))
        section = section if filled else path[-1]


def _path(row: int, columns: Iterable[int], sheet: Sheet) -> list[str]:
    """The parts of a label from left to right, without numbers, and without a unit behind it."""
    texts = [tidy(sheet.key(row, index).text) for index in columns]
    words = [text for text in texts if any(map(str.isalpha, text))]
    return [text for n, text in enumerate(words) if n == 0 or not sheet.vocabulary.is_unit(text)]


def _meaning(path: list[str], section: str, sheet: Sheet) -> Meaning | None:
    """The element that a label names: with what stands left of it or above it, else by itself."""
    candidates = (" ".join(path), f"{section} {path[-1]}", path[-1])
    meanings = (sheet.vocabulary.meaning(text) for text in candidates)
    return next((meaning for meaning in meanings if meaning and meaning.role is Role.ELEMENT), None)


def _year(sheet: Sheet, row: int) -> ReportingYear:
    """The reporting year of a row: its year column's, else the table's."""
    year = sheet.year_in(row)
    return sheet.year if year is None else replace(sheet.year, year=year)
