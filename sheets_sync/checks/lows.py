"""Zeros and very small figures amid large ones: a month that was left out, a library that was closed, a slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from sheets_sync.checks.levels import FEWEST, Departure
from sheets_sync.checks.options import ChangeLimits
from sheets_sync.checks.series import REACH, YEAR, Series, mostly_alike


def lows(series: Series, options: ChangeLimits) -> Iterator[Departure]:
    """The runs of figures that are next to nothing where figures are large otherwise, each run once.

    What is too small to be compared counts as `at_least`; so a figure among small ones is none, nor is one among
    figures that are now large, now zero, nor the months before something began, nor what comes back every year.
    """
    low = _low(series, options)
    months = {series.months[position] for position in low}
    for run in _runs(low):
        smallest = min(series.values[position] for position in run)
        began_later = run[0] == 0 and len(run) > 1
        if smallest >= options.at_least or began_later or series.months[run[0]] - YEAR in months:
            continue
        others, needed = _others(series, run), FEWEST if run[0] else options.known
        usual = median(others) if len(others) >= needed else smallest  # too few say it
        if _far_below(smallest, usual, options) and mostly_alike(others, usual):
            yield Departure(run, usual)


def _low(series: Series, options: ChangeLimits) -> list[int]:
    """The positions of figures far below those around them."""
    return [
        position
        for position, value in enumerate(series.values)
        if (around := series.around(position)) and _far_below(value, median(around), options)
    ]


def _far_below(value: float, usual: float, options: ChangeLimits) -> bool:
    return usual > options.factor * max(value, options.at_least)


def _runs(positions: Sequence[int]) -> Iterator[range]:
    """Positions that follow each other."""
    start = 0
    for index, position in enumerate(positions):
        if index + 1 == len(positions) or positions[index + 1] != position + 1:
            yield range(positions[start], position + 1)
            start = index + 1


def _others(series: Series, run: range) -> list[float]:
    """The figures within a year of a run, zeros among them."""
    near = range(series.months[run[0]] - REACH, series.months[run[-1]] + REACH + 1)
    return [value for p, value in enumerate(series.values) if series.months[p] in near and p not in run]
