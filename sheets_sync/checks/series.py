"""A figure over time, and what is usual for it: medians, because village counts are skewed and full of zeros."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from statistics import median

from sheets_sync.model import Observation

STEADY_FACTOR = 3  # of the median: figures within it are of one size
STEADY_SHARE = 0.8  # so many of them must be
MIN_FIGURES = 5  # figures that say what is usual
NEAR = 6  # figures around a month
YEAR = 12
REACH = YEAR - 1  # months before and after
_VALUE = attrgetter("value")


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one element of one library that count, oldest first; `months` are ordinals, without repeats."""

    observations: tuple[Observation, ...]
    months: tuple[int, ...]
    values: tuple[float, ...]
    _usual: dict[int, tuple[float, ...]] = field(default_factory=dict, compare=False, repr=False)
    _others: dict[int, list[float]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> Series:
        """Of figures that count, oldest first."""
        months, values = [seen.period.ordinal for seen in observations], map(_VALUE, observations)
        return cls(tuple(observations), tuple(months), tuple(values))

    def __len__(self) -> int:
        return len(self.values)

    def value_in(self, month: int) -> float | None:
        """The figure of a month, None where it is not known."""
        return self.values[self.months.index(month)] if month in self.months else None

    def sides(self, position: int) -> tuple[int, ...]:
        """The positions on either side that there are."""
        return tuple(side for side in (position - 1, position + 1) if 0 <= side < len(self))

    def seen(self, positions: Iterable[int]) -> tuple[Observation, ...]:
        """The observations at some positions."""
        return tuple(self.observations[position] for position in positions)

    def before(self, position: int, months: int) -> list[float]:
        """The figures of so many months before."""
        first = self.months[position] - months
        return [value for month, value in zip(self.months[:position], self.values, strict=False) if month >= first]

    def after(self, position: int, months: int) -> list[float]:
        """The figures of so many months after, nearest first."""
        last, later = self.months[position] + months, position + 1
        return [v for month, v in zip(self.months[later:], self.values[later:], strict=True) if month <= last]

    def between(self, after: int, until: int) -> slice:
        """The positions of the months after one and until another."""
        return slice(bisect_right(self.months, after), bisect_right(self.months, until))

    def others(self, position: int) -> list[float]:
        """The other figures within a year, zeros among them, nearest month first."""
        if position not in self._others:
            self._others[position] = self._find_others(position)
        return self._others[position]

    def _find_others(self, position: int) -> list[float]:
        here = self.months[position]
        near = self.between(here - YEAR, here + REACH)
        apart = sorted([(abs(month - here), at) for at, month in enumerate(self.months[near], near.start)])
        return [self.values[at] for _, at in apart[1:]]  # the first of them is the figure itself

    def around(self, position: int) -> list[float]:
        """The other figures that are not zero, nearest month first."""
        return [value for value in self.others(position) if value]

    def is_trusted(self, position: int, usual: float) -> bool:
        """Whether what is usual rests on months that are in no doubt themselves.

        The figures on either side are neither zero nor far from the usual, nor are most of the nearest ones.
        """
        sides = (self.values[side] for side in self.sides(position))
        near = self.others(position)[:NEAR]
        return all(alike(value, usual, STEADY_FACTOR) for value in sides) and mostly_alike(near, usual)

    def usual(self, position: int) -> tuple[float, ...]:
        """What is usual in a month: the medians of the nearest figures and of a year's, where those are steady.

        In a steady series the same month of another year says it as well, for figures that come and go with seasons.
        """
        if position not in self._usual:
            self._usual[position] = tuple(self._find_usual(position))
        return self._usual[position]

    def _find_usual(self, position: int) -> Iterator[float]:
        others = self.around(position)
        medians = [typical for some in (others[:NEAR], others) if (typical := steady(some)) is not None]
        yield from medians
        for value in self._other_years(position) if medians else ():
            if alike(value, medians[0], STEADY_FACTOR):
                yield value

    def _other_years(self, position: int) -> Iterator[float]:
        here = self.months[position]
        return (value for month in (here - YEAR, here + YEAR) if (value := self.value_in(month)) is not None)


def steady(values: Sequence[float]) -> float | None:
    """The median of figures that are of one size; None where they are too few or too different."""
    if len(values) < MIN_FIGURES:
        return None
    middle = median(values)
    return middle if mostly_alike(values, middle) else None


def mostly_alike(values: Sequence[float], usual: float) -> bool:
    """Whether nearly all figures are of one size with the usual."""
    most = STEADY_FACTOR * usual
    return sum([value <= most and usual <= STEADY_FACTOR * value for value in values]) >= STEADY_SHARE * len(values)


def alike(one: float, other: float, factor: float) -> bool:
    """Whether two figures differ by no more than a factor."""
    return max(one, other) <= factor * min(one, other)
