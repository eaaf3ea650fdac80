"""What travels with the office's report: the letter and the month's figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sheets_sync.model import Finding, OfficeMonth
from sheets_sync.model.left_out import LeftOut, without_failing
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter import letter
from sheets_sync.reports.letter_parts import letter_pdf
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.rendered import Attachment
from sheets_sync.reports.workbook import month_workbook
from sheets_sync.rules.tabs import LEFT_OUT, LETTER

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments(
    month: OfficeMonth,
    context: ReportContext,
    options: ReportOptions,
    sealed_at: datetime,
    told: Callable[[LeftOut], object] = lambda _: None,
) -> tuple[Attachment, ...]:
    """The files that the options ask for; `sealed_at` is on the office's clock and dates the letter.

    A library with which they can't be made is left out of them; they say so, and `told` hears of it.
    """
    made, gone = without_failing(
        lambda part, gone: _attachments(_saying(part, gone), context, options, sealed_at), month
    )
    for each in gone:
        told(each)
    return made


def missing_in_letter(each: LeftOut) -> Finding:
    """What the office reads of a library that the letter and its annex can't be made with."""
    return LEFT_OUT.finding(typed=each.library.name, what=LETTER, problem=each.problem)


def _saying(part: OfficeMonth, gone: tuple[LeftOut, ...]) -> OfficeMonth:
    return replace(part, findings=(*map(missing_in_letter, gone), *part.findings))


def _attachments(
    month: OfficeMonth, context: ReportContext, options: ReportOptions, sealed_at: datetime
) -> tuple[Attachment, ...]:
    name, made = f"{month.office}-{month.period}", []
    if options.letter:
        content = letter(
            month, context, context.text(options.letter_to), sealed_at.date(), options.letter_annexes_up_to
        )
        made.append(Attachment(f"{name}.pdf", PDF, letter_pdf(content, context)))
    if options.workbook:
        made.append(Attachment(f"{name}.xlsx", XLSX, month_workbook(month, context, sealed_at)))
    return tuple(made)
