"""A figure against its own past, or in its first months against what followed: far from the usual, or fallen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from statistics import median

from sheets_sync.checks.options import ChangeLimits
from sheets_sync.checks.series import YEAR, Series, mostly_alike

FEWEST = 2  # figures that say what is usual for one between them, or for one that is next to nothing


@dataclass(frozen=True, slots=True)
class Departure:
    """Figures far from the usual, one after the other: the first is asked about, the others are the same matter."""

    positions: range
    usual: float

    @property
    def first(self) -> int:
        return self.positions[0]

    def extended(self) -> Departure:
        """The same with one figure more."""
        return Departure(range(self.first, self.positions[-1] + 2), self.usual)


def changes(series: Series, options: ChangeLimits, explained: Collection[int] = ()) -> list[Departure]:
    """Figures beyond the factor of the median of the months before, with that median.

    One departure for a change that lasts. A figure that has been as high or low within the year before is none, nor is
    one that comes back every year. Positions in `explained` are asked about already.
    """
    found: list[Departure] = []
    asked: set[int] = set(explained)
    outside = False  # whether the figure before was a change, continued one, or is explained
    for position, value in enumerate(series.values):
        usual = _usual(series, position, options)
        if (
            position in explained
            or usual is None
            or not (beyond(value, usual, options) or soars(value, usual, options))
        ):
            outside = position in explained
            continue
        lasting = outside and not beyond(value, series.values[position - 1], options)
        if lasting and found and found[-1].positions[-1] == position - 1:
            found[-1] = found[-1].extended()
        if not lasting and not _has_been(series, position, asked) and not _as_last_year(series, position, options):
            asked.add(position)
            found.append(Departure(range(position, position + 1), usual))
        outside = True
    return found


def early_changes(series: Series, options: ChangeLimits) -> Iterator[Departure]:
    """Figures of the first months, before which too few are known, beyond the factor of what is usual around them.

    A figure that goes on in the next month is a level of its own, and one of a size that comes again within a year is
    usual.
    """
    for position in range(min(options.known, len(series))):
        before, after = series.before(position, options.months), series.after(position, options.months)
        others, value = [*before, *after], series.values[position]
        needed = FEWEST if before and after else options.known
        if len(others) < needed:
            continue
        usual, year = median(others), [*before, *series.after(position, YEAR)]
        compared = (usual, *(other for other in year if other >= options.at_least))
        far = all(beyond(value, other, options) or soars(value, other, options) for other in compared)
        if far and mostly_alike(others, usual):
            yield Departure(range(position, position + 1), usual)


def falls(series: Series) -> Iterator[int]:
    """Positions of figures that are less than the one before."""
    return (position for position in range(1, len(series)) if series.values[position] < series.values[position - 1])


def beyond(value: float, other: float, options: ChangeLimits) -> bool:
    """Whether two figures are both large enough and more than the factor apart."""
    return min(value, other) >= options.at_least and max(value, other) > options.factor * min(value, other)


def soars(value: float, usual: float, options: ChangeLimits) -> bool:
    """Whether a figure is far above the usual that is too small to be compared: by the factor twice over what could be."""
    return 0 < usual < options.at_least and value > options.factor**2 * options.at_least


def _usual(series: Series, position: int, options: ChangeLimits) -> float | None:
    """The median of the months before, None where too few are known."""
    known = series.before(position, options.months)
    return median(known) if len(known) >= options.known else None


def _has_been(series: Series, position: int, asked: Collection[int]) -> bool:
    """Whether the year before had figures as high and as low, those left out that were asked about themselves."""
    first = series.months[position] - YEAR
    known = [series.values[p] for p in range(position) if series.months[p] >= first and p not in asked]
    return bool(known) and min(known) <= series.values[position] <= max(known)


def _as_last_year(series: Series, position: int, options: ChangeLimits) -> bool:
    """Whether the same month of the year before was much like this one, as in a school holiday."""
    before = series.value_in(series.months[position] - YEAR)
    return before is not None and not beyond(series.values[position], before, options)
