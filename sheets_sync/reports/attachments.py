"""What travels with the office's report: the letter and the month's figures."""

from __future__ import annotations

from datetime import datetime

from sheets_sync.model import OfficeMonth
from sheets_sync.model.left_out import without_failing
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter import letter, letter_pdf
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.rendered import Attachment
from sheets_sync.reports.workbook import month_workbook

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments(
    month: OfficeMonth, context: ReportContext, options: ReportOptions, sealed_at: datetime
) -> tuple[Attachment, ...]:
    """The files that the options ask for; `sealed_at` is on the office's clock and dates the letter.

    A library with which they can't be made is left out of them, and the office's report tells it.
    """
    made, _ = without_failing(lambda part, _: _attachments(part, context, options, sealed_at), month)
    return made


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
