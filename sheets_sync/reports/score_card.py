"""A score in words: figure, category, how sure it is, how it moved, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.model import LibraryMonth, Part, Score
from sheets_sync.model.rounding import shown_change, shown_contributions, shown_most
from sheets_sync.reports.voice import ReportContext


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


def score_card(entry: LibraryMonth, voice: ReportContext, scheme: str) -> ScoreCard:
    """The year to date of a library, with its month beside it."""
    score, month = entry.score, entry.month_score
    category, colour = category_of(entry, voice)
    return ScoreCard(
        value=voice.score(score.value if score else None),
        known=score is not None and score.value is not None,
        category=category,
        colour=colour,
        change=change_text(score, entry.previous, voice),
        month=voice.score(month.value) if month and month.value is not None else voice.say("no_score"),
        doubt=_doubt(score, voice),
        official=_official(entry, voice),
        scheme=score.scheme if score else scheme,
        parts=_lines(score, voice) if score else (),
    )


def category_of(entry: LibraryMonth, voice: ReportContext) -> tuple[str, str]:
    """A library's category as word and colour; how much of the month it has reported is another matter."""
    label = voice.labels.category(entry.score)
    return voice.text(label.label), label.colour


def change_text(score: Score | None, previous: Score | None, voice: ReportContext) -> str:
    """*naik 0,24*, *turun 0,10* or *tetap*; empty where it is not known."""
    moved = shown_change(score, previous)
    if moved is None:
        return ""
    return voice.say("up" if moved > 0 else "down", amount=voice.score(abs(moved))) if moved else voice.say("same")


def _doubt(score: Score | None, voice: ReportContext) -> str:
    if score is None or not score.provisional:
        return ""
    coverage = voice.t.percent(score.coverage)
    if score.low is None or score.high is None or score.low == score.high:
        return voice.say("provisional", coverage=coverage)
    low, high = voice.score(score.low), voice.score(score.high)
    return voice.say("provisional_range", coverage=coverage, low=low, high=high)


def _official(entry: LibraryMonth, voice: ReportContext) -> str:
    official = entry.library.official
    return voice.say("official", score=voice.score(official.value), period=official.period) if official else ""


def _lines(score: Score, voice: ReportContext) -> tuple[PartLine, ...]:
    """The score's parts; what they give adds up to the shown score, to the last digit. No score, no points."""
    figures = zip(shown_contributions(score), shown_most(score), strict=True)
    points = [None if score.value is None else pair for pair in figures]
    return tuple(_line(part, pair, voice) for part, pair in zip(score.parts, points, strict=True))


def _line(part: Part, points: tuple[float, float] | None, voice: ReportContext) -> PartLine:
    """One part's line; `points` are what it gives and the most it could."""
    known = voice.labels.indicators.get(part.indicator)
    counts = part.points is not None
    given, most = points if points and counts else (None, None)
    return PartLine(
        label=voice.indicator(part.indicator),
        group=voice.text(known.group) if known else "",
        unit=voice.unit(part.indicator),
        actual=voice.figure(part.indicator, part.actual) if counts else state_text(part, voice),
        target=voice.figure(part.indicator, part.target),
        measured=_measured(part, voice) if counts else state_text(part, voice),
        points=voice.score(given),
        most=voice.score(most),
        share=round(100 * part.points) if part.points is not None and points else None,
    )


def state_text(part: Part, voice: ReportContext) -> str:
    """Why a part has no points; where only what it is divided by is lacking, that by name."""
    known = voice.labels.indicators.get(part.indicator)
    if known and part.lacks_denominator:
        return voice.say("state_denominator", what=[voice.element(name) for name in known.divided_by])
    return voice.say(f"state_{part.state.value}")


def _measured(part: Part, voice: ReportContext) -> str:
    return voice.say(
        "parts_measured",
        actual=voice.figure(part.indicator, part.actual),
        target=voice.figure(part.indicator, part.target),
        unit=voice.unit(part.indicator),
    ).strip()
