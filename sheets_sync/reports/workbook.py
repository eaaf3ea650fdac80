"""The month's figures as .xlsx, for those who want to work on. Nothing that was typed becomes a formula in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sheets_sync.model import (
    Finding,
    LibraryMonth,
    Observation,
    OfficeMonth,
    Part,
    Period,
    Severity,
    State,
    periods_between,
)
from sheets_sync.reports.plain import one_line
from sheets_sync.reports.score_card import category_of, change
from sheets_sync.reports.voice import Voice

Value = str | float | None
_LONGEST = 32_000  # characters in a cell; Excel takes 32,767
_FORMULA_STARTS = ("=", "+", "-", "@", "#")  # what Excel takes for a formula or an error
_PLAIN, _SCORE, _SHARE = "General", "0.00", "0%"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and how its numbers are shown."""

    head: str
    width: int
    form: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab: its columns, and rows of texts and numbers."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]


def month_workbook(month: OfficeMonth, voice: Voice, sealed_at: datetime) -> bytes:
    """The workbook of a month; the same month sealed at the same moment gives the same bytes."""
    book = Workbook(write_only=True)
    book.properties.title = voice.say("letter_subject", month=month.period)
    book.properties.creator = voice.office.name
    book.properties.created = sealed_at.replace(tzinfo=None)
    for lay_out in (_summary, _data, _indicators, _questions, _revisions):
        sheet = lay_out(month, voice)
        _write(book.create_sheet(sheet.title), sheet, month, voice)
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue(), sealed_at)


def _summary(month: OfficeMonth, voice: Voice) -> Sheet:
    columns = _columns(
        voice, ("code", 20), ("library", 34), ("district", 18), ("status", 14), ("completeness", 14, _SHARE),
        ("score", 10, _SCORE), ("month_score", 16, _SCORE), ("category", 18), ("change", 12, _SCORE),
        ("provisional", 12), ("low", 10, _SCORE), ("high", 10, _SCORE), ("official", 16, _SCORE),
    )  # fmt: skip
    return Sheet(voice.say("sheet_summary"), columns, (_summary_row(entry, voice) for entry in month.libraries))


def _summary_row(entry: LibraryMonth, voice: Voice) -> Sequence[Value]:
    library, score = entry.library, entry.score
    return (
        library.code,
        library.name,
        library.district,
        voice.say(f"status_{entry.reporting.value}"),
        entry.completeness,
        score.value if score else None,
        entry.month_score.value if entry.month_score else None,
        category_of(entry, voice)[0],
        change(score, entry.previous),
        voice.say("yes") if score and score.provisional else None,
        score.low if score else None,
        score.high if score else None,
        library.official.value if library.official else None,
    )


def _data(month: OfficeMonth, voice: Voice) -> Sheet:
    """A row for each library and element, the months of the reporting year across."""
    periods = periods_between(month.period.year_start(voice.office.year_starts_in), month.period)
    columns = _columns(voice, ("code", 20), ("library", 34), ("element", 34), ("unit", 12))
    months = tuple(Column(voice.t.month(period, short=True), 12) for period in periods)
    return Sheet(voice.say("sheet_data"), columns + months, _data_rows(month, periods, voice))


def _data_rows(month: OfficeMonth, periods: Sequence[Period], voice: Voice) -> Iterator[Sequence[Value]]:
    for entry in month.libraries:
        seen = {(each.element, each.period): each for each in entry.observations}
        for element in voice.elements.elements:
            figures = [_figure(seen.get((element.id, period)), voice) for period in periods]
            if any(figure is not None for figure in figures):
                yield (
                    entry.library.code,
                    entry.library.name,
                    voice.text(element.label),
                    voice.text(element.unit),
                    *figures,
                )


def _figure(seen: Observation | None, voice: Voice) -> Value:
    """A number where there is one, nothing where nothing was typed, else a word: a sum goes past words."""
    if seen is None or seen.state is State.EMPTY:
        return None
    return seen.value if seen.state.counts else voice.say(f"state_{seen.state.value}")


def _indicators(month: OfficeMonth, voice: Voice) -> Sheet:
    columns = _columns(
        voice, ("code", 20), ("library", 34), ("indicator", 34), ("actual", 12), ("unit", 18), ("target", 12),
        ("attainment", 12, _SHARE), ("weight", 10), ("contribution", 12, _SCORE), ("status", 20),
    )  # fmt: skip
    rows = (
        _indicator_row(entry, part, voice)
        for entry in month.libraries
        for part in (entry.score.parts if entry.score else ())
    )
    return Sheet(voice.say("sheet_indicators"), columns, rows)


def _indicator_row(entry: LibraryMonth, part: Part, voice: Voice) -> Sequence[Value]:
    known = voice.labels.indicators.get(part.indicator)
    return (
        entry.library.code,
        entry.library.name,
        voice.indicator(part.indicator),
        part.actual,
        voice.text(known.unit) if known else "",
        part.target,
        part.attainment,
        part.weight,
        part.contribution if part.points is not None else None,
        None if part.points is not None else voice.say(f"state_{part.state.value}"),
    )


def _questions(month: OfficeMonth, voice: Voice) -> Sheet:
    columns = _columns(
        voice, ("code", 16), ("library", 34), ("month", 16), ("question", 70), ("cell", 24), ("reason", 40)
    )
    asked = [
        (entry.library.name, finding)
        for entry in month.libraries
        for finding in entry.findings
        if finding.severity in (Severity.FATAL, Severity.EXPLAIN)
    ]
    rows = (_question_row(name, finding, voice) for name, finding in asked)
    return Sheet(voice.say("sheet_questions"), columns, rows)


def _question_row(library: str, finding: Finding, voice: Voice) -> Sequence[Value]:
    return (
        finding.code,
        library,
        voice.t.month(finding.period) if finding.period else None,
        voice.t(finding.message),
        str(finding.cells[0]) if finding.cells else None,
        finding.reason or None,
    )


def _revisions(month: OfficeMonth, voice: Voice) -> Sheet:
    columns = _columns(
        voice, ("code", 20), ("library", 34), ("month", 16), ("element", 34), ("before", 12), ("after", 12)
    )
    rows = (
        (entry.library.code, entry.library.name, voice.t.month(each.period), voice.element(each.element), each.before, each.after)
        for entry in month.libraries
        for each in entry.revisions
    )  # fmt: skip
    return Sheet(voice.say("sheet_revisions"), columns, rows)


def _columns(voice: Voice, *columns: tuple[str, int] | tuple[str, int, str]) -> tuple[Column, ...]:
    return tuple(Column(voice.say(f"column_{name}"), width, *form) for name, width, *form in columns)


def _write(page: WriteOnlyWorksheet, sheet: Sheet, month: OfficeMonth, voice: Voice) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width  # type: ignore[attr-defined] # missing in its stubs
    heads = [*_heads(month, voice)]
    page.freeze_panes = f"A{len(heads) + 2}"
    for text in heads:
        page.append([_cell(page, text, _PLAIN)])
    page.append([_bold(page, column.head) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value, column.form) for value, column in zip(row, sheet.columns, strict=True)])


def _heads(month: OfficeMonth, voice: Voice) -> Iterator[str]:
    office = voice.office
    yield f"{office.name} · {voice.t.month(month.period)}"
    yield voice.say("internal", scheme=month.scheme)
    if office.notice:
        yield f"{voice.text(office.notice)}. {voice.text(office.notice_detail)}"


def _cell(page: WriteOnlyWorksheet, value: Value, form: str) -> Cell | Value:
    """A number in its form; a text that stays a text whatever it begins with, also after somebody edits the cell."""
    if not isinstance(value, str):
        return value if value is None or form == _PLAIN else _formed(page, value, form)
    text = one_line(value)[:_LONGEST]
    return _quoted(page, text) if text.startswith(_FORMULA_STARTS) else text


def _formed(page: WriteOnlyWorksheet, value: float, form: str) -> Cell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = form
    return cell


def _quoted(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _bold(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True)
    return cell


def _steady(content: bytes, sealed_at: datetime) -> bytes:
    """The same archive without the moment of its making, which openpyxl writes into it."""
    moment = sealed_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, data)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
