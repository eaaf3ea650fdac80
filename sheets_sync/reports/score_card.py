"""A score in words: figure, category, how sure it is, how it moved, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model import Library, LibraryMonth, Part, Score
from sheets_sync.model.rounding import shown_change, shown_contributions, shown_most
from sheets_sync.reports.context import ReportContext


@dataclass(frozen=True, slots=True)
class PartLine:
    """One indicator's line: `share` is its points as per cent of what it could give, for the bar; None without points or without a score.

    `measured` says actual, target and unit in one phrase.
    """

    label: str
    group: str
    unit: str
    actual: str
    target: str
    measured: str
    points: str
    most: str
    share: int | None


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """A score as a reader sees it. `value` is a dash and `category` *not yet* where there is no score."""

    value: str
    known: bool
    category: str
    colour: str
    change: str
    month: str
    doubt: str
    official: str
    scheme: str
    parts: tuple[PartLine, ...]


def score_card(entry: LibraryMonth, context: ReportContext, scheme: str) -> ScoreCard:
    """The year to date of a library, with its month beside it."""
    score, month = entry.score, entry.month_score
    category, colour = category_of(entry, context)
    return ScoreCard(
        value=context.score(score.value if score else None),
        known=score is not None and score.value is not None,
        category=category,
        colour=colour,
        change=change_text(score, entry.previous, context),
        month=context.score(month.value) if month and month.value is not None else context.say("no_score"),
        doubt=doubt(score, context),
        official=official(entry.library, context),
        scheme=score.scheme if score else scheme,
        parts=part_lines(score, context) if score else (),
    )


def category_of(entry: LibraryMonth, context: ReportContext) -> tuple[str, str]:
    """A library's category as word and colour; how much of the month it has reported is another matter."""
    label = context.labels.category(entry.score)
    return context.text(label.label), label.colour


def change_text(score: Score | None, previous: Score | None, context: ReportContext) -> str:
    """*naik 0,24*, *turun 0,10* or *tetap*; empty where it is not known."""
    moved = shown_change(score, previous)
    if moved is None:
        return ""
    return (
        context.say("up" if moved > 0 else "down", amount=context.score(abs(moved))) if moved else context.say("same")
    )


def doubt(score: Score | None, context: ReportContext) -> str:
    """How much of a provisional score is known, and its range."""
    if score is None or not score.provisional:
        return ""
    coverage = context.t.percent(score.coverage)
    if score.low is None or score.high is None or score.low == score.high:
        return context.say("provisional", coverage=coverage)
    low, high = context.score(score.low), context.score(score.high)
    return context.say("provisional_range", coverage=coverage, low=low, high=high)


def official(library: Library, context: ReportContext) -> str:
    """The programme's own score, where the office has typed it in."""
    known = library.official
    return context.say("official", score=context.score(known.value), period=known.period) if known else ""


def part_lines(score: Score, context: ReportContext) -> tuple[PartLine, ...]:
    """The score's parts; what they give adds up to the shown score, to the last digit. No score, no points."""
    figures = zip(shown_contributions(score), shown_most(score), strict=True)
    points = [None if score.value is None else pair for pair in figures]
    return tuple(_line(part, pair, context) for part, pair in zip(score.parts, points, strict=True))


def _line(part: Part, points: tuple[float, float] | None, context: ReportContext) -> PartLine:
    """One part's line; `points` are what it gives and the most it could."""
    known = context.labels.indicators.get(part.indicator)
    counts = part.points is not None
    given, most = points if points and counts else (None, None)
    return PartLine(
        label=context.indicator(part.indicator),
        group=context.text(known.group) if known else "",
        unit=context.unit(part.indicator),
        actual=context.figure(part.indicator, part.actual) if counts else state_text(part, context),
        target=context.figure(part.indicator, part.target),
        measured=_measured(part, context) if counts else state_text(part, context),
        points=context.score(given),
        most=context.score(most),
        share=round(100 * part.points) if part.points is not None and points else None,
    )


def state_text(part: Part, context: ReportContext) -> str:
    """Why a part has no points; where only what it is divided by is lacking, that by name."""
    known = context.labels.indicators.get(part.indicator)
    if known and part.lacks_denominator:
        return context.say("state_denominator", what=[context.element(name) for name in known.divided_by])
    return context.say(f"state_{part.state.value}")


def _measured(part: Part, context: ReportContext) -> str:
    return context.say(
        "parts_measured",
        actual=context.figure(part.indicator, part.actual),
        target=context.figure(part.indicator, part.target),
        unit=context.unit(part.indicator),
    ).strip()
