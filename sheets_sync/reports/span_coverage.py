"""What the figures of a quarter or year rest on: who has not reported which months, and whose figures are not in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sheets_sync.model import Period, TimeSpan
from sheets_sync.model.office_span import LibrarySpan, OfficeSpan
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.office_report import stale_text

MAX_LINES = 12
A_RUN = 3  # months
MAX_PLACES = 40  # names in a line: more than a nation has provinces


def coverage(whole: OfficeSpan, context: ReportContext) -> Iterator[str]:
    """What the figures rest on: missing months by library, and whose figures are not in them at all."""
    say, entries = context.say, whole.libraries
    own = (
        missing_months(whole.span, entries, context, named=True)
        if whole.together is None
        else _of_places(whole, context)
    )
    told = [*(stale_text(each, context) for each in whole.stale), *own]
    yield from context.some(told, MAX_LINES) or [say("span_all_in")]
    if whole.gone:
        yield say("span_gone", libraries=context.some(whole.gone, MAX_LINES))
    if whole.left_out:
        yield say("span_left_out", libraries=context.some(whole.left_out, MAX_LINES))


def _of_places(whole: OfficeSpan, context: ReportContext) -> Iterator[str]:
    """Of places by the months: who has reported nothing of them, and of whom only some libraries have."""
    silent, lacking = defaultdict[tuple[str, ...], list[Period]](list), list[str]()
    for place, month in enumerate(whole.span.months):
        counted = [(entry.library.name, *entry.counted[place]) for entry in whole.libraries]
        names = tuple(name for name, heard, due in counted if due and not heard)
        everybody = len(names) > 1 and len(names) == sum(due > 0 for _, _, due in counted)
        silent[(context.say("span_nobody"),) if everybody else names].append(month)
        some = [
            context.say("span_some", name=name, reported=heard, due=due)
            for name, heard, due in counted
            if 0 < heard < due
        ]
        if some:
            lacking.append(context.say("span_lacking", month=month, libraries=context.some(some, MAX_PLACES)))
    for names, months in silent.items():
        if names:
            yield context.say(
                "span_silent", months=named_months(months, context), libraries=context.some(names, MAX_PLACES)
            )
    yield from lacking


def lacking_months(span: TimeSpan, entry: LibrarySpan, context: ReportContext) -> Iterator[str]:
    """The months for which some of a place's libraries reported and others did not."""
    lines = [
        context.say("span_some", name=context.t.month(month), reported=heard, due=due)
        for month, (heard, due) in zip(span.months, entry.counted, strict=True)
        if 0 < heard < due
    ]
    if lines:
        yield context.say("span_lacking_own", months=lines)


def missing_months(
    span: TimeSpan, libraries: Iterable[LibrarySpan], context: ReportContext, *, named: bool
) -> Iterator[str]:
    """A line for each that has months of which nothing was reported: they are in no sum and no rate."""
    for entry in libraries:
        if entry.missing:
            months = named_months([span.months[place] for place in entry.missing], context)
            words = {"months": months, "library": entry.library.name}
            yield context.say("span_missing" if named else "span_missing_own", **words)


def named_months(months: Sequence[Period], context: ReportContext) -> list[str]:
    """The months by name; three and more that follow one another as a run, from the first to the last."""
    runs = list[list[Period]]()
    for month in months:
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [name for run in runs for name in _run(run, context)]


def _run(months: Sequence[Period], context: ReportContext) -> list[str]:
    if len(months) < A_RUN:
        return [context.t.month(month) for month in months]
    return [context.say("span_run", first=months[0], last=months[-1])]
