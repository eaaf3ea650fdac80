"""What a library can be glad of this month: what rose, and which targets it has reached."""

from __future__ import annotations

from sheets_sync.model import LibraryMonth, Part
from sheets_sync.model.rounding import shown_change
from sheets_sync.reports.voice import ReportContext

MAX_SENTENCES = 3


def progress(entry: LibraryMonth, voice: ReportContext) -> tuple[str, ...]:
    """At most three sentences, the library's own past being the only comparison; empty where nothing can be said."""
    sentences = [*_score_rose(entry, voice), *_indicators_rose(entry, voice)][:MAX_SENTENCES]
    return (*sentences, *_reached(entry, voice))


def _score_rose(entry: LibraryMonth, voice: ReportContext) -> list[str]:
    moved = shown_change(entry.score, entry.previous)
    if moved is None or moved <= 0 or not entry.score or not entry.previous:
        return []
    before, after = voice.score(entry.previous.value), voice.score(entry.score.value)
    return [voice.say("progress_score", before=before, after=after)]


def _indicators_rose(entry: LibraryMonth, voice: ReportContext) -> list[str]:
    if shown_change(entry.score, entry.previous) is None or not entry.score or not entry.previous:
        return []
    before = {part.indicator: part for part in entry.previous.parts}
    pairs = [(before[part.indicator], part) for part in entry.score.parts if part.indicator in before]
    risen = sorted((pair for pair in pairs if _gain(*pair) > 0), key=lambda pair: -_gain(*pair))
    sentences = [_rose(old, new, voice) for old, new in risen]
    return [sentence for sentence in sentences if sentence]


def _gain(old: Part, new: Part) -> float:
    return new.points - old.points if new.points is not None and old.points is not None else 0.0


def _rose(old: Part, new: Part, voice: ReportContext) -> str:
    before, after = voice.figure(old.indicator, old.actual), voice.figure(new.indicator, new.actual)
    if before == after:
        return ""
    unit = voice.unit(new.indicator)
    return voice.say(
        "progress_indicator",
        indicator=voice.indicator(new.indicator),
        before=before,
        after=f"{after} {unit}" if unit else after,
    )


def _reached(entry: LibraryMonth, voice: ReportContext) -> list[str]:
    parts = entry.score.parts if entry.score else ()
    reached = [voice.indicator(part.indicator) for part in parts if part.points is not None and part.points >= 1]
    return [voice.say("progress_reached", indicators=reached)] if reached else []
