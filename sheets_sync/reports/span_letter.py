"""The office's letter about its quarter or year: the month's letter, with the months in a table and all targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheets_sync.model import Reporting
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter_parts import Annexes, Body, letter_chart, letter_of, letter_pdf, volumes_of, whole_text
from sheets_sync.reports.letter_words import Annex, Letter, LetterTable, LetterTargets
from sheets_sync.reports.library_report import LibraryReport, as_of_text
from sheets_sync.reports.office_report import OfficeReport, count_categories
from sheets_sync.reports.span_report import SpanReport, library_span_report, office_span_report, span_row


def span_letter(whole: OfficeSpan, context: ReportContext, to: str, day: date, most_annexes: int = 150) -> Letter:
    """The letter of a quarter or year, dated `day`, to the office called `to`; annexes as in the month's."""
    say, span, report = context.say, whole.span, office_span_report(whole, context)
    words = {"span": span, "count": len(whole.libraries), "reported": whole.heard, "due": whole.due}
    scores = (
        say("letter_scores", first=span.first, last=span.last, scheme=whole.scheme),
        *whole_text(whole.together, context),
    )
    body = Body(
        subject=say("span_letter_subject", span=span),
        reported=" ".join((say("span_letter_reported", **words), *as_of_text(whole.as_of, context))),
        scores=" ".join(scores),
        report=_body(whole, report, context),
        chart=letter_chart(whole.months, span.last, context),
        tables=(LetterTable(say("span_letter_months"), report.months.heads, report.months.rows),),
        targets=tuple(
            LetterTargets(say("span_letter_targets", kind=each.title), each.lines, each.reached)
            for each in report.targets
        ),
    )
    return letter_of(body, _annexes(whole, context, most_annexes), context, to, day)


def span_letter_volumes(
    content: Letter, whole: OfficeSpan, context: ReportContext, most_annexes: int = 150
) -> Iterator[Letter]:
    """The volumes of its annexes, as the month's."""
    return volumes_of(content, _annexes(whole, context, most_annexes), context)


def span_letter_pdf(content: Letter, context: ReportContext) -> bytes:
    """The letter typeset, in the words of a quarter or year."""
    said = {
        "letter_trend": "span_letter_trend",
        "letter_follow_up": "span_letter_best",
        "letter_revisions": "span_letter_revisions",
        "letter_status": "span_reported",
        "chart_title": "span_months_title",
        "progress_title": "span_letter_best",
        "revisions_title": "span_revisions_title",
    }
    return letter_pdf(content, context, {name: context.say(instead) for name, instead in said.items()})


def _body(whole: OfficeSpan, report: SpanReport, context: ReportContext) -> OfficeReport:
    """What the letter of a month says of the libraries, of the quarter or year."""
    return OfficeReport(
        month=report.span,
        lead=report.lead,
        scheme=report.scheme,
        completeness="",
        timeliness="",
        timely="",
        not_reported=0,
        categories=count_categories([entry.score for entry in whole.libraries], context),
        rows=report.rows,
        follow_up=(*report.best, *report.coverage),
        revisions=report.revisions,
        workbook_url=report.workbook_url,
        data_as_of=report.data_as_of,
    )


def _annexes(whole: OfficeSpan, context: ReportContext, most: int) -> Annexes[LibrarySpan]:
    def page(number: int, entry: LibrarySpan) -> Annex:
        title = context.say("annex_title", number=number, library=entry.library.name)
        report = _library(entry, library_span_report(whole, entry, context))
        return Annex(title, report, letter_chart(entry.months, whole.span.last, context))

    return Annexes(whole.libraries, most, page, lambda entry: span_row(entry, context))


def _library(entry: LibrarySpan, report: SpanReport) -> LibraryReport:
    card = report.card
    assert card is not None  # a library's report has one
    reached = [each.reached for each in report.targets if each.reached]
    return LibraryReport(
        library=entry.library.name,
        month=report.span,
        greeting="",
        lead=report.lead,
        reporting=Reporting.COMPLETE if entry.due == entry.heard else Reporting.PARTIAL,
        card=card,
        progress=(*reached, *report.best, *report.coverage),
        steps=(),
        questions=(),
        more_questions=0,
        readings=(),
        more_readings=0,
        revisions=report.revisions,
        workbook_url=report.workbook_url,
        data_as_of=report.data_as_of,
    )
