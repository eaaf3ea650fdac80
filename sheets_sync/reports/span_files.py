"""What travels with the reports of a quarter or year: letter, figures, and for the year a page for the wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sheets_sync.model import Library, SpanKind
from sheets_sync.model.left_out import LeftOut, without
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.attachments import PDF, XLSX, volume_files
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.letter_words import Letter
from sheets_sync.reports.options import ReportOptions
from sheets_sync.reports.rendered import Attachment
from sheets_sync.reports.span_letter import span_letter, span_letter_pdf, span_letter_volumes
from sheets_sync.reports.span_workbook import span_workbook
from sheets_sync.reports.spool import Keep, in_memory
from sheets_sync.reports.wall import library_wall, office_wall, wall_pdf


def span_attachments(
    whole: OfficeSpan, context: ReportContext, options: ReportOptions, sealed_at: datetime, keep: Keep = in_memory
) -> tuple[tuple[Attachment, ...], tuple[LeftOut, ...]]:
    """The office's files, put by with `keep`; a library with which they can't be made is left out of them, and given."""

    def make(libraries: Sequence[Library], gone: tuple[LeftOut, ...]) -> tuple[Attachment, ...]:
        return tuple(_office_files(part_of(whole, libraries, gone), context, options, sealed_at, keep))

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
    whole: OfficeSpan, context: ReportContext, options: ReportOptions, sealed_at: datetime, keep: Keep
) -> Iterator[Attachment]:
    name, say, most = _name(whole), context.say, options.letter_annexes_up_to
    bound: Iterable[Letter] = ()
    if options.letter:
        content = span_letter(whole, context, context.text(options.letter_to), sealed_at.date(), most)
        bound = span_letter_volumes(content, whole, context, most)
        yield Attachment(f"{name}.pdf", PDF, keep(span_letter_pdf(content, context)), say("attached_letter"))
    if _wants_wall(whole, options):
        page = wall_pdf(office_wall(whole, context, options.wall_page), context)
        yield Attachment(f"{name}-{say('wall_file')}.pdf", PDF, keep(page), say("attached_wall"))
    if options.workbook:
        book = span_workbook(whole, context, sealed_at)
        yield Attachment(f"{name}.xlsx", XLSX, keep(book), say("attached_workbook"))
    yield from volume_files(name, bound, lambda volume: keep(span_letter_pdf(volume, context)))


def _wants_wall(whole: OfficeSpan, options: ReportOptions) -> bool:
    return options.wall_page != "none" and whole.span.kind is SpanKind.YEAR


def _name(whole: OfficeSpan) -> str:
    return f"{whole.office}-{whole.span}"
