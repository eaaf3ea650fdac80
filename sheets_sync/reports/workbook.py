"""The month's figures as .xlsx, for those who want to work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sheets_sync.model import (
    Finding,
    Library,
    LibraryMonth,
    Observation,
    OfficeMonth,
    Part,
    Period,
    Revision,
    Severity,
    State,
    periods_between,
)
from sheets_sync.model.rounding import shown_change
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.score_card import category_of, state_text
from sheets_sync.reports.xlsx import SCORE, SHARE, Book, BookColumn, BookSheet, Rows, Value, xlsx
from sheets_sync.rules.tabs import LEFT_OUT


def month_workbook(month: OfficeMonth, context: ReportContext, sealed_at: datetime) -> bytes:
    """The workbook of a month; the same month sealed at the same moment gives the same bytes."""
    title = context.say("letter_subject", month=month.period)
    heads = tuple(heads_of(context.t.month(month.period), month.scheme, context))
    sheets = (each(month, context) for each in (_summary, _data, _indicators, _questions, _revisions))
    return written(Book(title, context.office.name, sealed_at, heads, tuple(sheets)))


def written(book: Book) -> bytes:
    """The workbook as a file; whoever can't be written leaves no half one: all rows are gone through before."""
    for sheet in book.sheets:
        for _ in sheet.rows:
            pass
    return xlsx(book)


def _summary(month: OfficeMonth, context: ReportContext) -> BookSheet:
    columns = columns_of(
        context, ("code", 20), ("library", 34), ("district", 18), ("status", 14), ("completeness", 14, SHARE),
        ("score", 10, SCORE), ("month_score", 16, SCORE), ("category", 18), ("change", 12, SCORE),
        ("provisional", 12), ("low", 10, SCORE), ("high", 10, SCORE), ("official", 16, SCORE),
    )  # fmt: skip
    return BookSheet(
        context.say("sheet_summary"), columns, Rows(lambda: (_summary_row(entry, context) for entry in month.libraries))
    )


def _summary_row(entry: LibraryMonth, context: ReportContext) -> Sequence[Value]:
    library, score = entry.library, entry.score
    return (
        library.known_as,
        library.name,
        library.district,
        context.say(f"status_{entry.reporting.value}"),
        entry.completeness,
        score.value if score else None,
        entry.month_score.value if entry.month_score else None,
        category_of(entry, context)[0],
        shown_change(score, entry.previous),
        context.say("yes") if score and score.provisional else None,
        score.low if score else None,
        score.high if score else None,
        library.official.value if library.official else None,
    )


def _data(month: OfficeMonth, context: ReportContext) -> BookSheet:
    """A row for each library and element, the months of the reporting year across."""
    periods = periods_between(month.period.year_start(context.office.year_starts_in), month.period)
    columns = columns_of(context, ("code", 20), ("library", 34), ("element", 34), ("unit", 12))
    months = tuple(BookColumn(context.t.month(period, short=True), 12) for period in periods)
    return BookSheet(context.say("sheet_data"), columns + months, Rows(lambda: _data_rows(month, periods, context)))


def _data_rows(month: OfficeMonth, periods: Sequence[Period], context: ReportContext) -> Iterator[Sequence[Value]]:
    for entry in month.libraries:
        seen = {(each.element, each.period): each for each in entry.observations}
        for element in context.elements.elements:
            figures = [_figure(seen.get((element.id, period)), context) for period in periods]
            if any(figure is not None for figure in figures):
                yield (
                    entry.library.known_as,
                    entry.library.name,
                    context.text(element.label),
                    context.text(element.unit),
                    *figures,
                )


def _figure(seen: Observation | None, context: ReportContext) -> Value:
    """A number where there is one, nothing where nothing was typed, else a word: a sum goes past words."""
    if seen is None or seen.state is State.EMPTY:
        return None
    return seen.value if seen.state.counts else context.say(f"state_{seen.state.value}")


def _indicators(month: OfficeMonth, context: ReportContext) -> BookSheet:
    columns = columns_of(
        context, ("code", 20), ("library", 34), ("indicator", 34), ("actual", 12), ("unit", 18), ("target", 12),
        ("attainment", 12, SHARE), ("weight", 10), ("contribution", 12, SCORE), ("status", 20),
    )  # fmt: skip
    rows = Rows(
        lambda: (
            (entry.library.known_as, *indicator_row(entry.library.name, part, context))
            for entry in month.libraries
            for part in (entry.score.parts if entry.score else ())
        )
    )
    return BookSheet(context.say("sheet_indicators"), columns, rows)


def indicator_row(name: str, part: Part, context: ReportContext) -> Sequence[Value]:
    """What an indicator gives whoever is called so, and why it gives nothing."""
    known = part.points is not None
    return (
        name,
        context.indicator(part.indicator),
        part.actual,
        context.unit(part.indicator),
        part.target,
        part.attainment,
        part.weight,
        part.contribution if known else None,
        None if known else state_text(part, context),
    )


def _questions(month: OfficeMonth, context: ReportContext) -> BookSheet:
    columns = columns_of(
        context, ("code", 16), ("library", 34), ("month", 16), ("question", 70), ("cell", 24), ("reason", 40)
    )
    missing = [("", finding) for finding in month.findings if finding.rule_code == LEFT_OUT.code]
    asked = missing + [
        (entry.library.name, finding)
        for entry in month.libraries
        for finding in entry.findings
        if finding.severity in (Severity.FATAL, Severity.EXPLAIN)
    ]
    rows = Rows(lambda: (_question_row(name, finding, context) for name, finding in asked))
    return BookSheet(context.say("sheet_questions"), columns, rows)


def _question_row(library: str, finding: Finding, context: ReportContext) -> Sequence[Value]:
    return (
        finding.id,
        library,
        context.t.month(finding.period) if finding.period else None,
        context.t(finding.message),
        str(finding.cells[0]) if finding.cells else None,
        finding.reason or None,
    )


def _revisions(month: OfficeMonth, context: ReportContext) -> BookSheet:
    return revision_sheet([(entry.library, entry.revisions) for entry in month.libraries], context)


def revision_sheet(revised: Sequence[tuple[Library, Sequence[Revision]]], context: ReportContext) -> BookSheet:
    """What each library's figures were and are."""
    columns = columns_of(
        context, ("code", 20), ("library", 34), ("month", 16), ("element", 34), ("before", 12), ("after", 12)
    )
    rows = Rows(lambda: (
        (library.known_as, library.name, context.t.month(each.period), context.element(each.element), each.before, each.after)
        for library, revisions in revised
        for each in revisions
    ))  # fmt: skip
    return BookSheet(context.say("sheet_revisions"), columns, rows)


def heads_of(period: str, scheme: str, context: ReportContext) -> Iterator[str]:
    """The lines above every table."""
    office = context.office
    yield f"{office.name} · {period}"
    yield context.say("internal", scheme=scheme)
    if office.notice:
        yield ". ".join(filter(None, (context.text(office.notice), context.text(office.notice_detail))))


def columns_of(context: ReportContext, *columns: tuple[str, int] | tuple[str, int, str]) -> tuple[BookColumn, ...]:
    """Columns by name, with their widths and, of numbers, their form."""
    return tuple(BookColumn(context.say(f"column_{name}"), width, *form) for name, width, *form in columns)
