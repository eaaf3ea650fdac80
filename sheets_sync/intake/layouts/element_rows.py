"""A row per element, a column per month: the usual Indonesian form, also with several years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.intake.asking import Heading, about_aliases, about_disputes, about_parts, about_unknown
from sheets_sync.intake.disputes import Claims, settle_claims
from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts import library_rows
from sheets_sync.intake.layouts.labels import LabelledRow, labelled_rows
from sheets_sync.intake.layouts.lines import Line, line_of_months
from sheets_sync.intake.layouts.sheet import Sheet
from sheets_sync.intake.words import tidy
from sheets_sync.model import Finding
from sheets_sync.rules import places


def place(sheet: Sheet) -> Iterator[Line | Finding]:
    """The lines of a table with a row per element; a row with figures and an unknown label is asked about."""
    months = sheet.table.with_role(Role.MONTH_VALUES)
    if not months:  # every month stands there twice, or none is certain
        yield from _numerals(sheet)
        return
    if sheet.rows_are_libraries:
        yield from library_rows.place(sheet, months)
        return
    found = list(labelled_rows(sheet, months))
    wholes = [row for row in found if row.role is Role.ELEMENT]
    claims = _claims(found)
    known = [row for row in wholes if row not in claims.refused]
    for row in known:
        if isinstance(row.library, str):
            element = row.meaning.element if row.meaning else ""
            yield line_of_months(row.row, row.library, element, months, row.year)
        elif row.filled:
            yield row.library or places.NO_LIBRARY.finding(cells=(sheet.cell(row.row, months[0].index),))
    yield from _undated(known, months, sheet)
    yield from _questions(found, known, claims, sheet, months)


def _claims(found: Iterable[LabelledRow]) -> Claims[LabelledRow]:
    """Who claims the same; nobody is believed where the row of a section for some of the people is among them."""
    filled = [row for row in found if row.filled]
    wholes = [row for row in filled if row.role is Role.ELEMENT]
    shared = {row.claim for row in filled if row.grouped and row.role is Role.PART} & {row.claim for row in wholes}
    return settle_claims(
        (*wholes, *(row for row in filled if row.role is Role.PART and row.grouped and row.claim in shared)),
        lambda row: row.claim,
        lambda row: row.claim not in shared and bool(row.meaning and row.meaning.alias),
    )


def _questions(
    found: Sequence[LabelledRow],
    known: Sequence[LabelledRow],
    claims: Claims[LabelledRow],
    sheet: Sheet,
    months: tuple[HeaderColumn, ...],
) -> Iterator[Finding]:
    """What is to be asked or said of the rows that are not read, and of those that were recognised by another name."""
    disputed = {row for group in claims.disputed for row in group}
    unread = [row for row in found if row.filled and row not in known and row not in disputed]
    counted = {row.claim for row in known if row.filled}
    alone = [row for row in unread if row.role is Role.PART and row.claim not in counted]
    said = [row for row in unread if row.role in (Role.PART, Role.ASIDE) and row not in alone]
    unknown = [row for row in unread if row not in alone and row not in said]
    present = {row.meaning.element for row in known if row.meaning}

    def headings(rows: Iterable[LabelledRow]) -> list[Heading]:
        return [_heading(row, sheet, months) for row in rows]

    yield from about_unknown(headings(unknown), present, sheet.vocabulary, headings(said), rows=True)
    if not known and not alone:
        yield from _totals(sheet, months)
    yield from about_parts(headings(alone), rows=True)
    yield from about_disputes([headings(group) for group in claims.disputed])
    yield from about_aliases(headings(row for row in known if row.meaning and row.meaning.alias))


def _undated(known: Iterable[LabelledRow], months: Iterable[HeaderColumn], sheet: Sheet) -> Iterator[Finding]:
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


def _heading(row: LabelledRow, sheet: Sheet, months: tuple[HeaderColumn, ...]) -> Heading:
    return sheet.cell(row.row, max(months[0].index - 1, 0)), row.label
