"""The figures that are checked, found by library and month, or by library and element over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cached_property

from sheets_sync.model import Observation, Period, State

Month = tuple[str, Period]  # a library's month


class Figures:
    """One observation for each element of each library's month. `value` exists exactly where the state counts."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self.months: dict[Month, dict[str, Observation]] = defaultdict(dict)
        for seen in observations:
            self.months[seen.library, seen.period][seen.element] = seen

    @cached_property
    def series(self) -> Mapping[tuple[str, str], list[Observation]]:
        """(library, element) → its figures that count, oldest first."""
        series: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for _, elements in sorted(self.months.items(), key=lambda item: item[0][1].ordinal):
            for element, seen in elements.items():
                if seen.value is not None:
                    series[seen.library, element].append(seen)
        return series

    def month(self, library: str, period: Period) -> Mapping[str, Observation]:
        """A library's month, empty where nothing is known of it."""
        return self.months.get((library, period), {})

    def value(self, library: str, period: Period, element: str) -> float | None:
        """A figure, None where there is none that counts."""
        seen = self.month(library, period).get(element)
        return seen.value if seen else None

    def without(self, named: Container[tuple[str | None, Period | None, str | None]]) -> Figures:
        """The figures with those named (library, month, element) blocked."""
        return Figures(
            block(seen) if (seen.library, seen.period, seen.element) in named else seen for seen in self.all()
        )

    def all(self) -> Iterable[Observation]:
        """Every observation."""
        return (seen for elements in self.months.values() for seen in elements.values())


def block(seen: Observation) -> Observation:
    """The observation as one that does not count because a finding names it."""
    if seen.value is None:
        return seen
    return Observation(seen.library, seen.element, seen.period, State.BLOCKED, None, seen.cell, seen.typed)
