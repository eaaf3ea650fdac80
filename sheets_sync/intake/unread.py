"""Tabs in which figures stand and from which none is taken: one question for each, with the nearest reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.intake.directory import Directory
from sheets_sync.intake.figure_cells import counts_on
from sheets_sync.intake.headings import Role, Vocabulary
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.words import tidy
from sheets_sync.model import CellRef, Finding, Message, msg
from sheets_sync.model.grid import GridCell, Tab
from sheets_sync.rules import accounting

MANY = 2  # cells that read as months or libraries, for a column to be one of them
MAX_LINES = 2000  # looked at for the nearest reading


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it may be meant: its heading, and how many of its cells read as months and as libraries."""

    heading: str
    role: Role | None
    months: int
    libraries: int


def about_unread(
    tab: Tab, workbook: str, directory: Directory, vocabulary: Vocabulary, owner: str | None, title: str = ""
) -> Finding | None:
    """The question about a tab from which nothing is taken; None where nothing on it could be a count.

    `title` is what says that its figures are no results.
    """
    counts = counts_on(tab)
    if counts is None:
        return None
    number, first = counts
    no_results = msg("are they results, though “{title}” says otherwise?", title=title), ""
    asked, proposal = no_results if title else _nearest(_columns(tab, first[0], directory, vocabulary), vocabulary)
    return accounting.TAB_UNREAD.finding(
        library=owner,
        cells=(CellRef(workbook, tab.sheet_id, tab.title, *first),),
        typed=tab.title,
        proposal=proposal,
        count=number,
        asked=asked,
    )


def libraries_on(tab: Tab, directory: Directory, owner: str | None) -> tuple[str, ...]:
    """The codes of the libraries whose figures a tab may hold: its owner, else those that its cells name."""
    if owner:
        return (owner,)
    texts = {tidy(cell.value) for row in tab.rows[:MAX_LINES] for cell in row if isinstance(cell.value, str)}
    return tuple(sorted({code for text in texts if (code := directory.find(text))}))


def _columns(tab: Tab, first: int, directory: Directory, vocabulary: Vocabulary) -> list[_Column]:
    """The columns below the last line of words above the row of the first count."""
    lines = range(max(first - 1, 0), -1, -1)
    header = next((row for row in lines if sum(isinstance(c.value, str) for c in tab.rows[row]) > 1), 0)
    width = max(map(len, tab.rows))
    body = range(header + 1, min(len(tab.rows), header + MAX_LINES))
    return [_column(tab, header, index, body, directory, vocabulary) for index in range(width)]


def _column(tab: Tab, header: int, index: int, body: range, directory: Directory, vocabulary: Vocabulary) -> _Column:
    heading = tidy(tab.at(header, index).text)
    meaning = vocabulary.meaning(heading) if heading else None
    cells = [cell for row in body if not (cell := tab.at(row, index)).blank]
    return _Column(
        heading,
        meaning.role if meaning else None,
        sum(_names_month(cell) for cell in cells),
        sum(directory.find(tidy(cell.text)) is not None for cell in cells),
    )


def _names_month(cell: GridCell) -> bool:
    """Whether a cell says a month in words or as a date; a bare number says none."""
    return not tidy(cell.text).isdecimal() and read_month(cell).value is not None


def _nearest(columns: Sequence[_Column], vocabulary: Vocabulary) -> tuple[Message, str]:
    """What is missing for the tab to be read, and the heading that looks most like it."""
    roles = {column.role for column in columns}
    if Role.MONTH not in roles and Role.MONTH_VALUES not in roles and Role.ELEMENT_MONTH not in roles:
        return accounting.WHICH_MONTH, _most(columns, [column.months for column in columns])
    if Role.LIBRARY not in roles and any(column.libraries >= MANY for column in columns):
        return accounting.WHICH_LIBRARY, _most(columns, [column.libraries for column in columns])
    headings = (column.heading for column in columns if column.role is None and column.heading)
    return accounting.WHICH_ELEMENT, next(filter(None, map(vocabulary.suggestion, headings)), "")


def _most(columns: Sequence[_Column], counts: Sequence[int]) -> str:
    """The unknown heading over the most such cells, "" where no column has many."""
    found = [(n, column.heading) for n, column in zip(counts, columns, strict=True) if column.role is None]
    most, heading = max(found, key=lambda pair: pair[0], default=(0, ""))
    return heading if most >= MANY else ""
