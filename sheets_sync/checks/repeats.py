"""One figure month after month: entered once for a quarter and spread over its months, or copied on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from sheets_sync.checks.options import Same
from sheets_sync.checks.series import Series

QUARTER = 3
THIRDS = 1  # what the months of a quarter's figure differ by that was divided by three
LINKS = 3  # neighbours that are equal within their quarters, before it is no accident
GAP = 2  # months apart: one may be missing between figures that are the same


def spread_quarters(series: Series, options: Same, first_month: int) -> list[range]:
    """The quarters, as positions, of a series in which quarter after quarter has one figure for its months.

    Quarters are those of the reporting year, or begin a month or two later if that explains more. A month may be
    missing. None where all have the same figure: that is no quarter's.
    """
    if sum(_alike(pair, options) for pair in pairwise(series.values)) < LINKS:
        return []
    shifts = ((first_month - 1 + shift) % QUARTER for shift in range(QUARTER))
    return max((_spread(series, options, shift) for shift in shifts), key=len)


def _spread(series: Series, options: Same, shift: int) -> list[range]:
    flat: list[range] = []
    for quarters in _running(series, options, shift):
        values = {max(series.values[position] for position in quarter) for quarter in quarters}
        if max(values) - min(values) > THIRDS and sum(len(quarter) - 1 for quarter in quarters) >= LINKS:
            flat += quarters
    return flat


def _running(series: Series, options: Same, shift: int) -> Iterator[list[range]]:
    """The flat quarters, those together that follow each other among the quarters that can tell."""
    telling = [each for each in _quarters(series, shift) if len(each) > 1 and any(series.values[p] for p in each)]
    for is_flat, quarters in groupby(telling, lambda quarter: _flat(series, quarter, options)):
        if is_flat:
            yield list(quarters)


def _quarters(series: Series, shift: int) -> Iterator[range]:
    groups = groupby(range(len(series)), lambda position: (series.months[position] - shift) // QUARTER)
    for _, positions in groups:
        first, *others = positions
        yield range(first, first + 1 + len(others))


def _flat(series: Series, quarter: Sequence[int], options: Same) -> bool:
    return _alike([series.values[position] for position in quarter], options)


def _alike(values: Sequence[float], options: Same) -> bool:
    """Whether figures may be the parts of one quarter's."""
    lowest = min(values)
    return lowest >= options.spread_at_least and max(values) - lowest <= (THIRDS if lowest >= options.at_least else 0)


def repeats(series: Series, options: Same) -> Iterator[range]:
    """The positions of each figure that is the same in so many months running."""
    start = 0
    for end in range(1, len(series) + 1):
        if end == len(series) or not _goes_on(series, end):
            if end - start >= options.months and series.values[start] >= options.at_least:
                yield range(start, end)
            start = end


def _goes_on(series: Series, position: int) -> bool:
    apart = series.months[position] - series.months[position - 1]
    return apart <= GAP and series.values[position] == series.values[position - 1]
