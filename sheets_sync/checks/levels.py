"""A figure against its own past: far from the usual, or fallen where it should only grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from sheets_sync.checks.catalogue import figures as rules
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.options import Change
from sheets_sync.checks.relations import Surroundings, about
from sheets_sync.model import Finding, Observation

YEAR = 12


def unusual(figures: Figures, around: Surroundings) -> Iterator[Finding]:
    """One question for each change of level, however long it lasts."""
    for series in figures.series.values():
        for seen, usual in changes(series, around.options.change):
            label = around.label(seen.element)
            yield about(rules.CHANGE, [seen], seen.typed, label=label, usual=round(usual, 1))


def fallen(figures: Figures, around: Surroundings) -> Iterator[Finding]:
    """Elements that should only grow, where they became less."""
    for (_, element), series in figures.series.items():
        if element in around.options.never_fall:
            for before, seen in pairwise(series):
                if (seen.value or 0) < (before.value or 0):
                    label = around.label(element)
                    yield about(rules.FELL, [seen], seen.typed, label=label, before=before.value)


def changes(series: Sequence[Observation], options: Change) -> Iterator[tuple[Observation, float]]:
    """Figures beyond the factor of the median of the months before, with that median.

    A figure that only continues a change, or comes back every year, is none.
    """
    asked: Observation | None = None  # the last figure that was a change or continued one
    for position, seen in enumerate(series):
        usual = _usual(series, position, options)
        if usual is None or not _beyond(seen.value, usual, options):
            asked = None
            continue
        continues = asked is not None and not _beyond(seen.value, asked.value, options)
        if not continues and not _as_last_year(series, position, options):
            yield seen, usual
        asked = seen


def _usual(series: Sequence[Observation], position: int, options: Change) -> float | None:
    """The median of the months before, None where too few are known."""
    first = series[position].period.ordinal - options.months
    known = [seen.value or 0.0 for seen in series[:position] if seen.period.ordinal >= first]
    return median(known) if len(known) >= options.known else None


def _beyond(value: float | None, other: float | None, options: Change) -> bool:
    if value is None or other is None or min(value, other) < options.at_least:
        return False
    return max(value, other) > options.factor * min(value, other)


def _as_last_year(series: Sequence[Observation], position: int, options: Change) -> bool:
    """Whether the same month of the year before was much like this one, as in a school holiday."""
    ordinal = series[position].period.ordinal - YEAR
    before = next((seen for seen in series[:position] if seen.period.ordinal == ordinal), None)
    return before is not None and not _beyond(series[position].value, before.value, options)
