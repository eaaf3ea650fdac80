"""What the figures of a quarter or year rest on: who has not reported which months, and whose figures are not in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_sync.model import TimeSpan
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.office_report import stale_text

MAX_LINES = 12


def coverage(whole: OfficeSpan, context: ReportContext) -> Iterator[str]:
    """What the figures rest on: missing months by library, and whose figures are not in them at all."""
    say = context.say
    told = [*(stale_text(each, context) for each in whole.stale), *_missing(whole, context)]
    yield from context.some(told, MAX_LINES) or [say("span_all_in")]
    if whole.gone:
        yield say("span_gone", libraries=context.some(whole.gone, MAX_LINES))
    if whole.left_out:
        yield say("span_left_out", libraries=context.some(whole.left_out, MAX_LINES))


def _missing(whole: OfficeSpan, context: ReportContext) -> Iterator[str]:
    """Who has not reported: those of whom nothing came in one line, then each other one's months."""
    silent = [entry for entry in whole.libraries if entry.due and not entry.heard]
    if len(silent) > 1:
        yield context.say("span_missing_wholly", libraries=context.some([e.library.name for e in silent], MAX_LINES))
    others = [entry for entry in whole.libraries if len(silent) <= 1 or entry not in silent]
    yield from missing_months(whole.span, others, context, named=True)
    yield from filter(None, (_lacking(whole.span, entry, context) for entry in others))


def _lacking(span: TimeSpan, entry: LibrarySpan, context: ReportContext) -> str:
    """The months for which some of a place's libraries reported and others did not."""
    if entry.place is None:
        return ""
    lines = [
        context.say("span_lacking_month", month=month, reported=heard, due=due)
        for month, (heard, due) in zip(span.months, entry.counted, strict=True)
        if 0 < heard < due
    ]
    return context.say("span_lacking", library=entry.library.name, months=lines) if lines else ""


def missing_months(
    span: TimeSpan, libraries: Iterable[LibrarySpan], context: ReportContext, *, named: bool
) -> Iterator[str]:
    """A line for each that has months of which nothing was reported: they are in no sum and no rate."""
    for entry in libraries:
        if entry.missing:
            months = [context.t.month(span.months[place]) for place in entry.missing]
            words = {"months": months, "library": entry.library.name}
            yield context.say("span_missing" if named else "span_missing_own", **words)
