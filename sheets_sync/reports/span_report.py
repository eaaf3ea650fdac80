"""What an office, or a library, reads about its quarter or year: what was reached, the months, the best of them, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_sync.model import Part, Period, Score, TimeSpan, workbook_url
from sheets_sync.model.office_span import ElementSeries, LibrarySpan, OfficeSpan, best_of
from sheets_sync.model.rounding import shown_change
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.forward import forward_span
from sheets_sync.reports.library_report import as_of_text, moment_text, revision_lines
from sheets_sync.reports.library_rows import LibraryRow, Listing, library_row
from sheets_sync.reports.score_card import PartLine, ScoreCard, change_text, doubt, official, part_lines
from sheets_sync.reports.span_coverage import MAX_LINES, coverage, lacking_months, missing_months

MAX_NAMED = 3  # months that are best together; more are none in particular


@dataclass(frozen=True, slots=True)
class BigFigure:
    """A large figure and what it counts."""

    figure: str
    word: str


@dataclass(frozen=True, slots=True)
class TargetTable:
    """Indicators against their targets, of one library or of all libraries of a kind together."""

    title: str
    lines: tuple[PartLine, ...]
    reached: str  # which targets were reached, in a sentence; empty: none


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The headline elements month by month, the whole span in the last row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SpanReport(Listing):
    """A quarter or year as its report shows it, every text in the reader's language. `card` is a library's only."""

    name: str
    span: str
    title: str
    lead: str
    tiles: tuple[BigFigure, ...]
    card: ScoreCard | None
    targets: tuple[TargetTable, ...]
    months: MonthTable
    best: tuple[str, ...]
    coverage: tuple[str, ...]
    revisions: tuple[str, ...]
    rows: tuple[LibraryRow, ...]  # of a region the last is all of its places together
    scheme: str
    workbook_url: str
    data_as_of: str
    forward: str


def office_span_report(whole: OfficeSpan, context: ReportContext) -> SpanReport:
    """The report of the office's quarter or year; libraries stay in the register's order, nobody is ranked."""
    say, heard = context.say, whole.heard_by_month
    lead = say("span_lead", span=whole.span, count=len(whole.libraries), reported=whole.heard, due=whole.due)
    kinds = (
        (say("span_kind", kind=each.kind, count=each.libraries), each.score.parts, each.score) for each in whole.kinds
    )
    counted = [say("span_of", reported=reported, due=due) if due else "–" for reported, due in heard]
    return SpanReport(
        name=context.office.name,
        span=context.t.span(whole.span),
        title=say(f"span_title_{whole.span.kind}", span=whole.span),
        lead=" ".join((lead, *as_of_text(whole.as_of, context))),
        tiles=tiles(whole.elements, context),
        card=None,
        targets=tuple(_targets(*kind, context) for kind in kinds),
        months=_months(
            whole.span,
            whole.elements,
            (say("span_reported"), counted, say("span_of", reported=whole.heard, due=whole.due)),
            context,
        ),
        best=tuple(_best(whole.span, whole.elements, context)),
        coverage=tuple(coverage(whole, context)),
        revisions=_revisions(whole, context),
        rows=(*(span_row(entry, context) for entry in whole.libraries), *_whole(whole, context)),
        scheme=whole.scheme,
        workbook_url=workbook_url(context.office.workbook),
        data_as_of=moment_text(whole.data_as_of, context),
        forward=forward_span(whole, context),
    )


def library_span_report(whole: OfficeSpan, entry: LibrarySpan, context: ReportContext) -> SpanReport:
    """The report of one library's quarter or year."""
    say, score = context.say, entry.score
    lead = " ".join(_lead(whole.span, entry, context))
    scores = [context.t.number(value, 1) for value in entry.months]
    return SpanReport(
        name=entry.library.name,
        span=context.t.span(whole.span),
        title=say(f"span_title_{whole.span.kind}", span=whole.span),
        lead=" ".join((lead, *as_of_text(whole.as_of, context))),
        tiles=tiles(entry.elements, context),
        card=span_card(entry, whole, context),
        targets=(_targets("", score.parts, score, context),) if score else (),
        months=_months(whole.span, entry.elements, (say("table_score"), scores, ""), context),
        best=(*_best_score(whole.span, entry, context), *_best(whole.span, entry.elements, context)),
        coverage=(
            *missing_months(whole.span, [entry], context, named=False),
            *lacking_months(whole.span, entry, context),
        ),
        revisions=tuple(context.some(revision_lines(entry.revisions, context), MAX_LINES)),
        rows=(),
        scheme=whole.scheme,
        workbook_url=workbook_url(context.office.workbook),
        data_as_of=moment_text(whole.data_as_of, context),
        forward="",
    )


def _lead(span: TimeSpan, entry: LibrarySpan, context: ReportContext) -> Iterator[str]:
    """How much of it was reported; of a place also what it was a year ago, and how its figures came."""
    say, place = context.say, entry.place
    if place is not None and not entry.due:
        yield say("span_lead_nothing", span=span)
        return
    yield say("span_lead_library", span=span, reported=entry.heard, due=entry.due)
    if place is None:
        return
    if span.quarter and place.last_year is not None and place.last_year.value is not None:
        yield say("span_lead_last_year", score=context.score(place.last_year.value))
    if place.made_at is not None:
        yield say("lead_place_file", day=place.made_at.astimezone(context.office.zone).date())


def tiles(elements: Iterable[ElementSeries], context: ReportContext) -> tuple[BigFigure, ...]:
    """What the headline elements come to; none where nothing was reported."""
    known = {each.element: each.total for each in elements}
    told = [(name, known[name]) for name in context.headline if known.get(name) is not None]
    return tuple(BigFigure(context.t.number(total), context.element(name)) for name, total in told)


def span_card(entry: LibrarySpan, whole: OfficeSpan, context: ReportContext) -> ScoreCard:
    """A library's score over the whole span; it moved against the quarter or year before."""
    score, label = entry.score, context.labels.category(entry.score)
    return ScoreCard(
        value=context.score(score.value if score else None),
        known=score is not None and score.value is not None,
        category=context.text(label.label),
        colour=label.colour,
        change=_change(score, entry.previous, whole.span, context),
        month="",
        doubt=doubt(score, context),
        official=official(entry.library, context),
        scheme=whole.scheme,
        parts=part_lines(score, context) if score else (),
    )


def _change(now: Score | None, before: Score | None, span: TimeSpan, context: ReportContext) -> str:
    change = change_text(now, before, context)
    return context.say("span_change", change=change, before=span.before) if change else ""


def _targets(title: str, parts: Sequence[Part], score: Score, context: ReportContext) -> TargetTable:
    reached = [context.indicator(part.indicator) for part in parts if part.is_reached]
    said = context.say("progress_reached", indicators=reached) if reached else ""
    return TargetTable(title, part_lines(score, context), said)


def _months(
    span: TimeSpan, elements: Iterable[ElementSeries], last: tuple[str, Sequence[str], str], context: ReportContext
) -> MonthTable:
    """A row a month: each headline element, then the column `last` (head, months, sum); what is missing is a dash, not a zero."""
    known = {each.element: each for each in elements}
    shown = [known[name] for name in context.headline if name in known]
    number = context.t.number
    rows = [
        (context.t.month(month, short=True), *(number(each.months[place]) for each in shown), last[1][place])
        for place, month in enumerate(span.months)
    ]
    total = (context.say("span_total"), *(number(each.total) for each in shown), last[2])
    heads = (context.say("column_month"), *(context.element(each.element) for each in shown), last[0])
    return MonthTable(heads, (*rows, total))


def _best(span: TimeSpan, elements: Iterable[ElementSeries], context: ReportContext) -> Iterator[str]:
    """The best months of the headline elements."""
    known = {each.element: each for each in elements}
    for each in (known[name] for name in context.headline if name in known):
        if 0 < len(each.best) <= MAX_NAMED:
            months = _named(each.best, span, context)
            words = {"element": context.element(each.element), "value": each.months[each.best[0]]}
            yield context.say("span_best", months=months, **words)


def _best_score(span: TimeSpan, entry: LibrarySpan, context: ReportContext) -> Iterator[str]:
    best = best_of(entry.months)
    if 0 < len(best) <= MAX_NAMED:
        score = context.score(entry.months[best[0]])
        yield context.say("span_best_score", months=_named(best, span, context), score=score)


def _named(places: Iterable[int], span: TimeSpan, context: ReportContext) -> list[str]:
    return [context.t.month(span.months[place]) for place in places]


def _revisions(whole: OfficeSpan, context: ReportContext) -> tuple[str, ...]:
    """What the sheet says differently from the months' own reports; revised figures first, then what came late."""
    real = [_revised(entry, context, late=False) for entry in whole.libraries]
    late = [_revised(entry, context, late=True) for entry in whole.libraries]
    return tuple(context.some([line for lines in (*real, *late) for line in lines], MAX_LINES))


def _revised(entry: LibrarySpan, context: ReportContext, *, late: bool) -> list[str]:
    some = [each for each in entry.revisions if (each.before is None) is late]
    return [f"{entry.library.name}: {text}" for text in revision_lines(some, context)]


def span_row(entry: LibrarySpan, context: ReportContext) -> LibraryRow:
    """A library's, or place's, row of a quarter or year."""
    change = ", ".join(filter(None, (_moved(entry, context), _last_year(entry, context))))
    return library_row(entry.library.name, _status(entry, context), entry.score, change, context)


def _status(entry: LibrarySpan, context: ReportContext) -> str:
    """How many of the reports that it owed came; of a place that gave nothing that there is nothing."""
    if entry.place is not None and not entry.due:
        return context.say("status_none")
    return context.say("span_of", reported=entry.heard, due=entry.due)


def _whole(whole: OfficeSpan, context: ReportContext) -> Iterator[LibraryRow]:
    """Of a region the last row: all of its places together."""
    if whole.together is not None:
        row = span_row(whole.together, context)
        yield replace(row, name=context.say("table_whole", name=row.name), whole=True)


def _moved(entry: LibrarySpan, context: ReportContext) -> str:
    moved = shown_change(entry.score, entry.previous)
    return "" if moved is None else context.t.number(moved, 2) if moved <= 0 else f"+{context.t.number(moved, 2)}"


def _last_year(entry: LibrarySpan, context: ReportContext) -> str:
    """Of a place also what the same months gave a year ago."""
    before = entry.place.last_year if entry.place else None
    return (
        ""
        if before is None or before.value is None
        else context.say("change_last_year", score=context.score(before.value))
    )


def short(month: Period, context: ReportContext) -> str:
    """`Okt`."""
    return context.t.month(month, short=True).rsplit(" ", 1)[0]
