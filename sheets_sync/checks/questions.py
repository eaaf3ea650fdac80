"""A question about figures over time: the finding, the figures it explains, and whether they lie above or below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sheets_sync.checks.series import Series
from sheets_sync.model import Finding, Observation, Period

Figure = tuple[str, str, Period]  # library, element, month
AllSeries = Mapping[tuple[str, str], Series]  # by library and element

Asked = Mapping[tuple[str, str], Collection[int]]  # by library and element, the ordinals of months asked about

BELOW, ABOVE = -1, 1  # what is usual


@dataclass(frozen=True, slots=True)
class Question:
    """A finding and the figures it explains.

    `direction` says whether they lie BELOW or ABOVE what is usual, 0 where neither is said.
    """

    finding: Finding
    explains: frozenset[Figure]
    direction: int = 0

    @classmethod
    def about(cls, finding: Finding, seen: Iterable[Observation], direction: int = 0) -> Question:
        return cls(finding, frozenset(map(figure, seen)), direction)


def figure(seen: Observation) -> Figure:
    """Which figure an observation is."""
    return seen.library, seen.element, seen.period


def months_of(figures: Iterable[Figure]) -> Asked:
    """The months of figures, as they are looked up for a series as a whole."""
    months: dict[tuple[str, str], set[int]] = defaultdict(set)
    for library, element, month in figures:
        months[library, element].add(month.ordinal)
    return months
