"""What a library can be glad of this month: what rose, and which targets it has reached."""

from __future__ import annotations

from sheets_sync.model import LibraryMonth, Part
from sheets_sync.model.rounding import shown_change
from sheets_sync.reports.context import ReportContext

MAX_SENTENCES = 3


def progress(entry: LibraryMonth, context: ReportContext) -> tuple[str, ...]:
    """At most three sentences, the library's own past being the only comparison; empty where nothing can be said."""
    sentences = [*_score_rose(entry, context), *_indicators_rose(entry, context)][:MAX_SENTENCES]
    return (*sentences, *_reached(entry, context))


def _score_rose(entry: LibraryMonth, context: ReportContext) -> list[str]:
    moved = shown_change(entry.score, entry.previous)
    if moved is None or moved <= 0 or not entry.score or not entry.previous:
        return []
    before, after = context.score(entry.previous.value), context.score(entry.score.value)
    return [context.say("progress_score", before=before, after=after)]


def _indicators_rose(entry: LibraryMonth, context: ReportContext) -> list[str]:
    if shown_change(entry.score, entry.previous) is None or not entry.score or not entry.previous:
        return []
    before = {part.indicator: part for part in entry.previous.parts}
    pairs = [(before[part.indicator], part) for part in entry.score.parts if part.indicator in before]
    risen = sorted((pair for pair in pairs if _gain(*pair) > 0), key=lambda pair: -_gain(*pair))
    sentences = [_rose(old, new, context) for old, new in risen]
    return [sentence for sentence in sentences if sentence]


def _gain(old: Part, new: Part) -> float:
    return new.points - old.points if new.points is not None and old.points is not None else 0.0


def _rose(old: Part, new: Part, context: ReportContext) -> str:
    before, after = context.figure(old.indicator, old.actual), context.figure(new.indicator, new.actual)
    if before == after:
        return ""
    unit = context.unit(new.indicator)
    return context.say(
        "progress_indicator",
        indicator=context.indicator(new.indicator),
        before=before,
        after=f"{after} {unit}" if unit else after,
    )


def _reached(entry: LibraryMonth, context: ReportContext) -> list[str]:
    parts = entry.score.parts if entry.score else ()
    reached = [context.indicator(part.indicator) for part in parts if part.is_reached]
    return [context.say("progress_reached", indicators=reached)] if reached else []
