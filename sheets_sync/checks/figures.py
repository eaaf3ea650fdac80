"""The figures that are checked, found by library and month, or by library and element over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from operator import itemgetter

from sheets_sync.checks.series import Series
from sheets_sync.model import Observation, Period, State

Month = tuple[str, Period]  # a library's month


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
    def series(self) -> Mapping[tuple[str, str], Series]:
        """(library, element) → its figures that count, oldest first."""
        series: dict[tuple[str, str], list[Observation]] = {}
        of_library: dict[str, dict[str, list[Observation]]] = defaultdict(dict)
        dated = ((period.ordinal, library, elements) for (library, period), elements in self.months.items())
        for _, library, elements in sorted(dated, key=itemgetter(0)):
            known = of_library[library]
            for element, seen in elements.items():
                if seen.value is None:
                    continue
                if element not in known:
                    known[element] = series[library, element] = []
                known[element].append(seen)
        return {key: Series.of(seen) for key, seen in series.items()}

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
