"""Answers of a form: a row an answer with the moment it came; for a library and month the latest word counts.

A later answer replaces what it says; where it leaves a question blank, the earlier answer to it still counts. Answers that
another question tells apart (which week, which kind of event) are parts of a month and asked about. A month without a year
is of the year in which the answer came, or, if it had not begun, of the half-year before: December answered in January.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sheets_sync.intake.header_lines import HeaderColumn
from sheets_sync.intake.headings import Role
from sheets_sync.intake.layouts.lines import Line, Slot
from sheets_sync.intake.layouts.sheet import Sheet, of_library
from sheets_sync.intake.month_names import NamedMonth
from sheets_sync.intake.values.dates import day_of_serial, read_date
from sheets_sync.intake.values.months import read_month
from sheets_sync.intake.words import fold, tidy
from sheets_sync.model import Finding, Period
from sheets_sync.model.grid import GridCell
from sheets_sync.rules import answers as form
from sheets_sync.rules import places

_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?(?: *(?:wib|wita|wit))?$", re.IGNORECASE
)
_SECONDS = 86_400
_LATE = 6  # months after which a month without a year is no longer taken to be last year's
_PARTS = re.compile(r"(?:.* )?(?:minggu|pekan|week|tanggal|tgl|date|hari|shift|sesi|cabang|titik|branch)(?: .*)?")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of the form's answers: when it came, and what it is about."""

    came: datetime
    row: int
    library: str
    period: Period


def place(sheet: Sheet) -> Iterator[Line | Finding]:
    """The lines of the answers that count, and what is to be asked or told about the others."""
    elements = sheet.table.with_role(Role.ELEMENT)
    answers: dict[tuple[str, Period], list[Answer]] = defaultdict(list)
    for row in sheet.rows():
        if sheet.is_total(row):
            continue
        asked = sheet.has_figures(row, elements)
        for answer in _answer(sheet, row):
            if isinstance(answer, Answer):
                answers[answer.library, answer.period].append(answer)
            elif asked:
                yield answer
    apart = _apart(sheet)
    for given in answers.values():
        newest_first = sorted(given, key=lambda each: (each.came, each.row), reverse=True)
        part = next((c for c in apart if len({_said(sheet, each.row, c.index) for each in given}) > 1), None)
        yield from _latest(sheet, newest_first, elements) if part is None else [_parts(sheet, newest_first, part)]


def _answer(sheet: Sheet, row: int) -> Iterator[Answer | Finding]:
    """What a row is about, or what keeps it from being read."""
    came, library = _came(sheet, row), sheet.library_of(row)
    period = _period(sheet, row, came) if isinstance(came, datetime) else None
    whose = library if isinstance(library, str) else None
    if isinstance(came, datetime) and isinstance(period, Period) and whose is not None:
        yield Answer(came, row, whose, period)
        return
    yield from (of_library(each, whose) for each in (came, period, library) if isinstance(each, Finding))
    if library is None:
        column = (sheet.table.first(Role.LIBRARY) or sheet.table.columns[0]).index
        yield places.NO_LIBRARY.finding(cells=(sheet.cell(row, column),))


def _came(sheet: Sheet, row: int) -> datetime | Finding:
    """When an answer came. The form writes it as a date of the sheet's own, so that day and month are not in doubt."""
    column = sheet.table.with_role(Role.TIMESTAMP)[0].index
    cell, where = sheet.tab.at(row, column), (sheet.cell(row, column),)
    day = day_of_serial(cell)
    if day is not None and isinstance(cell.value, int | float):
        return datetime.combine(day, _of_day(cell.value % 1))
    entry = read_date(cell, day_first=sheet.day_first, none=sheet.vocabulary.none)
    if entry.value is None:
        return (entry.refusal or form.NO_TIMESTAMP).finding(cells=where, typed=tidy(cell.text))
    return datetime.combine(entry.value, _of_text(cell))


def _of_day(share: float) -> time:
    seconds = min(round(share * _SECONDS), _SECONDS - 1)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _of_text(cell: GridCell) -> time:
    """The time behind a date that was read as such; a date alone is the beginning of its day."""
    found = _TIME.search(tidy(cell.text))
    if found is None:
        return time()
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    return time(hour, minute, second)


def _period(sheet: Sheet, row: int, came: datetime) -> Period | Finding:
    """The month an answer is about, which had begun when it came."""
    column = sheet.table.first(Role.MONTH)
    month: NamedMonth | None
    if column is None:
        where, typed, month = (sheet.cell(row, sheet.table.columns[0].index),), sheet.tab.title, sheet.month
    else:
        cell = sheet.key(row, column.index)
        where, typed = (sheet.cell(row, column.index),), tidy(cell.text)
        entry = read_month(cell, day_first=sheet.day_first, none=sheet.vocabulary.none)
        if entry.refusal:
            return entry.refusal.finding(cells=where, typed=typed)
        month = entry.value
    if month is None:
        return places.NO_MONTH.finding(cells=where, typed=typed)
    unreadable = sheet.year_question(row) if month.year is None else None
    if unreadable:
        return unreadable
    year = month.year or sheet.year_in(row)
    period = Period(year or came.year - (month.month > came.month), month.month)
    if year is None and period.year < came.year and Period.of(came.date()).ordinal - period.ordinal > _LATE:
        return places.NO_YEAR.finding(cells=where, typed=typed)
    ahead = period > Period.of(came.date())
    return form.ANSWER_AHEAD.finding(cells=where, typed=typed, month=period, came=came.date()) if ahead else period


def _latest(sheet: Sheet, newest_first: Sequence[Answer], elements: Iterable[HeaderColumn]) -> Iterator[Line | Finding]:
    """A line for each question of the form: of the latest answer that says anything to it."""
    newest, *earlier = newest_first
    for column in elements:
        said = (each for each in newest_first if not sheet.tab.at(each.row, column.index).blank)
        answer = next(said, newest)
        if column.meaning:
            yield Slot(answer.row, column.index, answer.library, column.meaning.element, answer.period).line
    if earlier:
        yield _told(sheet, newest, earlier, elements)


def _apart(sheet: Sheet) -> list[HeaderColumn]:
    """The questions of the form that may say which part of a month an answer is about."""
    unknown = [column for column in sheet.table.unknown if _PARTS.fullmatch(fold(column.text))]
    return [*sheet.table.with_role(Role.KIND), *unknown]


def _said(sheet: Sheet, row: int, index: int) -> str:
    return tidy(sheet.tab.at(row, index).text)


def _parts(sheet: Sheet, answers: Sequence[Answer], column: HeaderColumn) -> Finding:
    """The question about answers for parts of a month."""
    rows = sorted(answers, key=lambda each: each.row)
    return form.ANSWERED_IN_PARTS.finding(
        library=rows[0].library,
        period=rows[0].period,
        cells=tuple(sheet.cell(each.row, column.index) for each in rows),
        typed=" · ".join(dict.fromkeys(_said(sheet, each.row, column.index) for each in rows)),
        month=rows[0].period,
        heading=column.text,
    )


def _told(sheet: Sheet, newest: Answer, earlier: Sequence[Answer], elements: Iterable[HeaderColumn]) -> Finding:
    """That an answer was corrected, with the rows of both and what was said before."""
    column = sheet.table.with_role(Role.TIMESTAMP)[0].index
    rows = (newest, *earlier)
    return form.ANSWERED_AGAIN.finding(
        library=newest.library,
        period=newest.period,
        cells=tuple(sheet.cell(each.row, column) for each in rows),
        typed=_corrected(sheet, rows, elements) or " · ".join(_said(sheet, each.row, column) for each in rows),
        month=newest.period,
        row=newest.row + 1,
        earlier=", ".join(str(each.row + 1) for each in reversed(earlier)),
    )


def _corrected(sheet: Sheet, newest_first: Sequence[Answer], elements: Iterable[HeaderColumn]) -> str:
    """What the answers say that differ, the earliest first."""
    changes = []
    for column in elements:
        texts = (_said(sheet, each.row, column.index) for each in reversed(newest_first))
        said = list(dict.fromkeys(filter(None, texts)))
        changes += [f"{column.text}: {' → '.join(said)}"] if len(said) > 1 else []
    return "; ".join([*changes[:_SHOWN], *(["…"] if len(changes) > _SHOWN else [])])
