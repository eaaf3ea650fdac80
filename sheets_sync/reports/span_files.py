"""What travels with the reports of a quarter or year: letter, figures, and for the year a page for the wall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sheets_sync.model import Library, SpanKind
from sheets_sync.model.left_out import LeftOut, without
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.attachments import PDF, XLSX
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.rendered import Attachment
from sheets_sync.reports.span_letter import span_letter, span_letter_pdf
from sheets_sync.reports.span_workbook import span_workbook
from sheets_sync.reports.wall import library_wall, office_wall, wall_pdf


def span_attachments(
    whole: OfficeSpan, context: ReportContext, options: ReportOptions, sealed_at: datetime
) -> tuple[tuple[Attachment, ...], tuple[LeftOut, ...]]:
    """The office's files; a library with which they can't be made is left out of them, and given."""

    def make(libraries: Sequence[Library], gone: tuple[LeftOut, ...]) -> tuple[Attachment, ...]:
        return tuple(_office_files(part_of(whole, libraries, gone), context, options, sealed_at))

    return without(make, [entry.library for entry in whole.libraries])


def part_of(whole: OfficeSpan, libraries: Sequence[Library], gone: Sequence[LeftOut]) -> OfficeSpan:
    """The whole with pages for some libraries only; it names those that are left out."""
    if not gone and len(libraries) == len(whole.libraries):
        return whole
    kept = tuple(entry for entry in whole.libraries if entry.library in libraries)
    return replace(whole, libraries=kept, left_out=(*whole.left_out, *(each.library.name for each in gone)))


def library_wall_page(
    whole: OfficeSpan, entry: LibrarySpan, context: ReportContext, options: ReportOptions
) -> tuple[Attachment, ...]:
    """The page for a library's own wall, of a year in which it reported something."""
    if not _wants_wall(whole, options) or not entry.heard:
        return ()
    page = wall_pdf(library_wall(whole, entry, context, options.wall_page), context)
    return (Attachment(f"{_name(whole)}-{entry.library.known_as}.pdf", PDF, page),)


def _office_files(
    whole: OfficeSpan, context: ReportContext, options: ReportOptions, sealed_at: datetime
) -> Iterator[Attachment]:
    name = _name(whole)
    if options.letter:
        to, most = context.text(options.letter_to), options.letter_annexes_up_to
        content = span_letter(whole, context, to, sealed_at.date(), most)
        yield Attachment(f"{name}.pdf", PDF, span_letter_pdf(content, context))
    if _wants_wall(whole, options):
        page = wall_pdf(office_wall(whole, context, options.wall_page), context)
        yield Attachment(f"{name}-{context.say('wall_file')}.pdf", PDF, page)
    if options.workbook:
        yield Attachment(f"{name}.xlsx", XLSX, span_workbook(whole, context, sealed_at))


def _wants_wall(whole: OfficeSpan, options: ReportOptions) -> bool:
    return options.wall_page != "none" and whole.span.kind is SpanKind.YEAR


def _name(whole: OfficeSpan) -> str:
    return f"{whole.office}-{whole.span}"
