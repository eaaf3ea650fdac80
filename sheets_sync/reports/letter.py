"""The office's letter about its month: body, table and chart, signature block, an annex for each library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheets_sync.model import LibraryMonth, OfficeMonth
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter_parts import Annexes, Body, letter_chart, letter_of, volumes_of, whole_text
from sheets_sync.reports.letter_words import Annex, Letter
from sheets_sync.reports.library_report import as_is_after, library_report
from sheets_sync.reports.office_report import month_row, office_report


def letter(month: OfficeMonth, context: ReportContext, to: str, day: date, most_annexes: int = 150) -> Letter:
    """The letter of a month, dated `day`, to the office called `to`; with more annexes than so many they come in volumes."""
    say, first = context.say, month.period.year_start(context.office.year_starts_in)
    scores = (
        say("letter_scores", first=first, last=month.period, scheme=month.scheme),
        *whole_text(month.together, context),
    )
    body = Body(
        subject=say("letter_subject", month=month.period),
        reported=as_is_after(_reported(month, context), month, context),
        scores=" ".join(scores),
        report=office_report(month, context),
        chart=letter_chart(month.trend, month.period, context),
    )
    return letter_of(body, _annexes(month, context, most_annexes), context, to, day)


def letter_volumes(
    content: Letter, month: OfficeMonth, context: ReportContext, most_annexes: int = 150
) -> Iterator[Letter]:
    """The volumes of the letter's annexes, of at most so many each; none where the letter has them itself."""
    return volumes_of(content, _annexes(month, context, most_annexes), context)


def _annexes(month: OfficeMonth, context: ReportContext, most: int) -> Annexes[LibraryMonth]:
    def page(number: int, entry: LibraryMonth) -> Annex:
        title = context.say("annex_title", number=number, library=entry.library.name)
        return Annex(title, library_report(month, entry, context), letter_chart(entry.trend, month.period, context))

    return Annexes(month.libraries, most, page, lambda entry: month_row(entry, context))


def _reported(month: OfficeMonth, context: ReportContext) -> str:
    """Who reported, how completely and how punctually; what is not known is left unsaid."""
    say, timely, total = context.say, month.timeliness, len(month.expected)
    reported = sum(entry.reporting.heard for entry in month.libraries)
    parts = [say("letter_reported", month=month.period, reported=reported, total=total)]
    if month.completeness is not None:
        parts.append(say("letter_complete", completeness=context.t.percent(month.completeness)))
    if timely.known:
        sentence = "letter_timely_partly" if timely.unknown else "letter_timely"
        parts.append(say(sentence, on_time=timely.on_time, known=timely.known, unknown=timely.unknown))
    return " ".join(parts)
