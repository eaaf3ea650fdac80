"""The figures that are checked, found by library and month, or by library and element over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain

from sheets_sync.checks.columns import Columns, Month
from sheets_sync.checks.every_series import EverySeries
from sheets_sync.model import Observation, Period, State


class Figures:
    """One observation for each element of each library's month. `value` exists exactly where the state counts."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self.months: dict[Month, dict[str, Observation]] = {}
        library = period = None
        for seen in observations:
            if seen.period is not period or seen.library is not library:  # most stand together
                library, period = seen.library, seen.period
                elements = self.months.setdefault((library, period), {})
            elements[seen.element] = seen

    @cached_property
    def series(self) -> EverySeries:
        """(library, element) → its figures that count, oldest first."""
        return EverySeries.of(self.columns)

    @cached_property
    def columns(self) -> Columns:
        """The figures of all months, to be looked at together."""
        return Columns.of(self.months)

    def month(self, library: str, period: Period) -> Mapping[str, Observation]:
        """A library's month, empty where nothing is known of it."""
        return self.months.get((library, period), {})

    def value(self, library: str, period: Period, element: str) -> float | None:
        """A figure, None where there is none that counts."""
        seen = self.month(library, period).get(element)
        return seen.value if seen else None

    def without(self, named: Iterable[tuple[str | None, Period | None, str | None]]) -> Figures:
        """The figures with those named (library, month, element) blocked."""
        fewer = Figures(())
        fewer.months = dict(self.months)
        for library, period, element in named:
            month = fewer.months.get((library, period), {}) if library and period else {}
            if library and period and element in month:
                fewer.months[library, period] = {**month, element: block(month[element])}
        return fewer

    def all(self) -> Iterable[Observation]:
        """Every observation."""
        return chain.from_iterable(map(dict.values, self.months.values()))


def block(seen: Observation) -> Observation:
    """The observation as one that does not count because a finding names it."""
    if seen.value is None:
        return seen
    return Observation(seen.library, seen.element, seen.period, State.BLOCKED, None, seen.cell, seen.typed)
