"""The quarter's or year's figures as .xlsx, for those who want to work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sheets_sync.model.office_span import ElementSeries, LibrarySpan, OfficeSpan
from sheets_sync.model.rounding import shown_change
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.workbook import columns_of, heads_of, indicator_row, revision_sheet, written
from sheets_sync.reports.xlsx import SCORE, SHARE, Book, BookColumn, BookSheet, Rows, Value


def span_workbook(whole: OfficeSpan, context: ReportContext, sealed_at: datetime) -> bytes:
    """The workbook of a quarter or year; the same one sealed at the same moment gives the same bytes."""
    sheets = tuple(each(whole, context) for each in (_summary, _months, _indicators, _revisions))
    title = context.say("span_letter_subject", span=whole.span)
    heads = (*heads_of(context.t.span(whole.span), whole.scheme, context), context.say("span_counted"))
    return written(Book(title, context.office.name, sealed_at, heads, sheets))


def _summary(whole: OfficeSpan, context: ReportContext) -> BookSheet:
    columns = columns_of(
        context, ("code", 20), ("library", 34), ("kind", 14), ("district", 18), ("reported", 16), ("due", 16),
        ("score", 10, SCORE), ("category", 18), ("change", 12, SCORE), ("provisional", 12), ("low", 10, SCORE),
        ("high", 10, SCORE),
    )  # fmt: skip
    return BookSheet(
        context.say("sheet_summary"), columns, Rows(lambda: (_summary_row(entry, context) for entry in whole.libraries))
    )


def _summary_row(entry: LibrarySpan, context: ReportContext) -> Sequence[Value]:
    library, score = entry.library, entry.score
    return (
        library.known_as,
        library.name,
        None if entry.place else library.kind,
        library.district,
        entry.heard,
        entry.due,
        score.value if score else None,
        context.text(context.labels.category(score).label),
        shown_change(score, entry.previous),
        context.say("yes") if score and score.provisional else None,
        score.low if score else None,
        score.high if score else None,
    )


def _months(whole: OfficeSpan, context: ReportContext) -> BookSheet:
    """A row for each element of all libraries together, then for each library's, the months across."""
    columns = columns_of(context, ("code", 20), ("library", 34), ("element", 34), ("unit", 12))
    months = tuple(BookColumn(context.t.month(month, short=True), 12) for month in whole.span.months)
    ends = columns_of(context, ("total", 12), ("known", 14))
    return BookSheet(context.say("sheet_months"), columns + months + ends, Rows(lambda: _month_rows(whole, context)))


def _month_rows(whole: OfficeSpan, context: ReportContext) -> Iterator[Sequence[Value]]:
    groups = [("", context.say("all_libraries"), whole.elements)]
    groups += [(entry.library.known_as, entry.library.name, entry.elements) for entry in whole.libraries]
    for code, name, elements in groups:
        yield from (_series_row(code, name, each, context) for each in elements if each.known)


def _series_row(code: str, name: str, series: ElementSeries, context: ReportContext) -> Sequence[Value]:
    unit = context.text(context.elements[series.element].unit)
    return code, name, context.element(series.element), unit, *series.months, series.total, series.known


def _indicators(whole: OfficeSpan, context: ReportContext) -> BookSheet:
    columns = columns_of(
        context, ("library", 34), ("indicator", 34), ("actual", 12), ("unit", 18), ("target", 12),
        ("attainment", 12, SHARE), ("weight", 10), ("contribution", 12, SCORE), ("status", 20),
    )  # fmt: skip
    together = [
        (context.say("span_kind", kind=each.kind, count=each.libraries), each.score.parts) for each in whole.kinds
    ]
    single = [(entry.library.name, entry.score.parts) for entry in whole.libraries if entry.score]
    rows = Rows(lambda: (indicator_row(name, part, context) for name, parts in (*together, *single) for part in parts))
    return BookSheet(context.say("sheet_indicators"), columns, rows)


def _revisions(whole: OfficeSpan, context: ReportContext) -> BookSheet:
    return revision_sheet([(entry.library, entry.revisions) for entry in whole.libraries], context)
