"""A figure against its own past: far from the usual, or fallen where it should only grow."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from statistics import median

from sheets_sync.checks.options import ChangeLimits
from sheets_sync.checks.series import Series

YEAR = 12


def changes(series: Series, options: ChangeLimits, explained: Collection[int] = ()) -> Iterator[tuple[int, float]]:
    """Positions of figures beyond the factor of the median of the months before, with that median.

    One position for a change that lasts. A figure that has been as high or low within the year before is none, nor is
    one that comes back every year. Positions in `explained` are asked about already.
    """
    asked: set[int] = set(explained)
    outside = False  # whether the figure before was a change, continued one, or is explained
    for position, value in enumerate(series.values):
        usual = _usual(series, position, options)
        if position in explained or usual is None or not _beyond(value, usual, options):
            outside = position in explained
            continue
        lasting = outside and not _beyond(value, series.values[position - 1], options)
        if not lasting and not _has_been(series, position, asked) and not _as_last_year(series, position, options):
            asked.add(position)
            yield position, usual
        outside = True


def falls(series: Series) -> Iterator[int]:
    """Positions of figures that are less than the one before."""
    return (position for position in range(1, len(series)) if series.values[position] < series.values[position - 1])


def _usual(series: Series, position: int, options: ChangeLimits) -> float | None:
    """The median of the months before, None where too few are known."""
    known = series.before(position, options.months)
    return median(known) if len(known) >= options.known else None


def _beyond(value: float, other: float, options: ChangeLimits) -> bool:
    return min(value, other) >= options.at_least and max(value, other) > options.factor * min(value, other)


def _has_been(series: Series, position: int, asked: Collection[int]) -> bool:
    """Whether the year before had figures as high and as low, those left out that were asked about themselves."""
    first = series.months[position] - YEAR
    known = [series.values[p] for p in range(position) if series.months[p] >= first and p not in asked]
    return bool(known) and min(known) <= series.values[position] <= max(known)


def _as_last_year(series: Series, position: int, options: ChangeLimits) -> bool:
    """Whether the same month of the year before was much like this one, as in a school holiday."""
    month = series.months[position] - YEAR
    before = series.values[series.months.index(month)] if month in series.months else None
    return before is not None and not _beyond(series.values[position], before, options)
