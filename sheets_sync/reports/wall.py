"""The year on one page, to hang on the wall: what was done, in large figures, twelve bars, what was reached, thanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from sheets_sync.model import Score, TimeSpan
from sheets_sync.model.office_span import ElementSeries, LibrarySpan, OfficeSpan
from sheets_sync.reports.context import ReportContext
from sheets_sync.reports.span_report import BigFigure, short, tiles
from sheets_sync.reports.typesetting import typeset

MAX_REACHED = 8  # targets; more don't fit the page


@dataclass(frozen=True, slots=True)
class WallBar:
    """A month: its share of the highest month; None where nobody reported, which is no column."""

    label: str
    figure: str
    share: float | None
    best: bool


@dataclass(frozen=True, slots=True)
class WallPage:
    """All the words of the page."""

    language: str
    paper: str
    title: str
    author: str
    notice: str
    subtitle: str
    year: str
    name: str
    tiles: tuple[BigFigure, ...]
    bars_title: str
    bars_alt: str
    bars: tuple[WallBar, ...]
    reached_title: str
    reached: tuple[str, ...]
    thanks: str
    foot: tuple[str, ...]


def office_wall(whole: OfficeSpan, context: ReportContext, paper: str = "a4") -> WallPage:
    """The page of the office: all its libraries together."""
    reached = [
        f"{name} ({each.kind})" if len(whole.kinds) > 1 else name
        for each in whole.kinds
        for name in _reached(each.score, context)
    ]
    return _page(whole.span, context.office.name, whole.elements, reached, (whole.heard, whole.due), context, paper)


def library_wall(whole: OfficeSpan, entry: LibrarySpan, context: ReportContext, paper: str = "a4") -> WallPage:
    """The page of one library."""
    reached = _reached(entry.score, context) if entry.score else []
    return _page(whole.span, entry.library.name, entry.elements, reached, (entry.heard, entry.due), context, paper)


def wall_pdf(page: WallPage, context: ReportContext) -> bytes:
    """The page typeset as PDF/UA-1."""
    return typeset("wall.typ", asdict(page), context.templates)


def _page(
    span: TimeSpan,
    name: str,
    elements: Sequence[ElementSeries],
    reached: Sequence[str],
    counted: tuple[int, int],
    context: ReportContext,
    paper: str,
) -> WallPage:
    say, office = context.say, context.office
    year = str(span.year) if span.starts_in == 1 else f"{span.year}/{span.year + 1}"
    first = next((each for head in context.headline for each in elements if each.element == head), None)
    label = context.element(first.element) if first else ""
    bars = tuple(_bars(span, first, context)) if first and first.total is not None else ()
    months = "; ".join(f"{bar.label}: {bar.figure}" for bar in bars)
    return WallPage(
        language=context.t.code,
        paper=paper,
        title=f"{say('wall_title')} {year} – {name}",
        author=office.name,
        notice=context.text(office.notice),
        subtitle=say("wall_title"),
        year=year,
        name=name,
        tiles=tiles(elements, context),
        bars_title=say("wall_bars", element=label),
        bars_alt=say("wall_bars_alt", element=label, months=months),
        bars=bars,
        reached_title=say("wall_reached"),
        reached=tuple(reached)[:MAX_REACHED],
        thanks=say("wall_thanks"),
        foot=(say("wall_basis", reported=counted[0], due=counted[1]), say("sent_by", office=office.name)),
    )


def _bars(span: TimeSpan, series: ElementSeries, context: ReportContext) -> Iterator[WallBar]:
    highest = max((value for value in series.months if value is not None), default=0.0) or 1.0
    for place, (month, value) in enumerate(zip(span.months, series.months, strict=True)):
        share = None if value is None else max(value, 0.0) / highest
        yield WallBar(short(month, context), context.t.number(value), share, place in series.best)


def _reached(score: Score, context: ReportContext) -> list[str]:
    """The indicators whose target was reached; of those that were not nothing hangs on a wall."""
    return [context.indicator(each.indicator) for each in score.parts if each.is_reached]
