"""All figures as columns: looked at together, so that only those in which something may be odd are looked at one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from sheets_sync.model import Observation, Period

Month = tuple[str, Period]  # a library's month
Seen = Mapping[str, Observation]  # of a library's month, by element
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]
SILENTLY = np.errstate(over="ignore")  # a quotient that is too large is larger than whatever it is compared with


@dataclass(frozen=True, eq=False)
class Columns:
    """Every figure, by month as they stand: the places of its month and element, and its value, NaN if it does not count."""

    months: Mapping[Month, Seen]
    elements: Mapping[str, int]
    month: Places
    element: Places
    value: Floats

    @classmethod
    def of(cls, months: Mapping[Month, Seen]) -> Columns:
        each = months.values()
        elements = {element: n for n, element in enumerate(dict.fromkeys(chain.from_iterable(each)))}
        month = np.repeat(np.arange(len(months)), np.array([len(seen) for seen in each], np.intp))
        element = np.fromiter(map(elements.__getitem__, chain.from_iterable(each)), np.intp, len(month))
        value = np.array([figure.value for seen in each for figure in seen.values()], np.float64)
        return cls(months, elements, month, element, value)

    @cached_property
    def table(self) -> Floats:
        """Elements × months."""
        table = np.full((len(self.elements), len(self.months)), np.nan)
        table[self.element, self.month] = self.value
        return table

    @cached_property
    def before(self) -> Places:
        """By month, the place of the library's month before; -1: there is none."""
        places = {(library, period.ordinal): n for n, (library, period) in enumerate(self.months)}
        return np.array([places.get((library, period.ordinal - 1), -1) for library, period in self.months], np.intp)

    def of_element(self, element: str | None) -> Floats:
        """An element's figures, by month."""
        place = self.elements.get(element or "")
        return np.full(len(self.months), np.nan) if place is None else self.table[place]

    def of_elements(self, elements: Iterable[str]) -> Floats:
        """The figures of those of some elements that there are: elements × months."""
        return self.table[[self.elements[each] for each in elements if each in self.elements]]

    def where(self, odd: Flags) -> Iterator[tuple[Month, Seen]]:
        """The months of which this says so."""
        return compress(self.months.items(), odd.tolist())
