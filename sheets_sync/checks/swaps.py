"""Figures that fit each other's place better than their own: two columns of a month, or two libraries' rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sheets_sync.checks.options import Slips
from sheets_sync.checks.questions import AllSeries
from sheets_sync.checks.series import Series, alike
from sheets_sync.model import Observation, Period


@dataclass(frozen=True, slots=True)
class Misfit:
    """A figure that is far from what is usual for it."""

    seen: Observation
    value: float
    usual: float
    trusted: bool  # whether the months around are in no doubt themselves


@dataclass(frozen=True, slots=True)
class Swap:
    """Two figures, each of which is usual where the other stands."""

    one: Misfit
    other: Misfit

    def proposes(self, options: Slips) -> bool:
        """Whether the months around and the size of the figures allow a proposal."""
        return all(each.trusted and each.value >= options.propose for each in (self.one, self.other))


def misfits(all_series: Iterable[Series], options: Slips) -> Iterator[Misfit]:
    """The figures that are far from what is usual for them."""
    for series in all_series:
        for position, value in enumerate(series.values):
            usual = next(iter(series.usual(position)), 0.0)
            if value and usual and not alike(value, usual, options.apart):
                yield Misfit(series.observations[position], value, usual, series.is_trusted(position, usual))


def swapped_columns(found: Iterable[Misfit], options: Slips) -> Iterator[Swap]:
    """Swaps of two elements of one library and month."""
    groups: dict[object, list[Misfit]] = defaultdict(list)
    for misfit in found:
        groups[misfit.seen.library, misfit.seen.period].append(misfit)
    return _swaps(groups.values(), options)


def swapped_rows(found: Iterable[Misfit], options: Slips, everything: AllSeries) -> Iterator[Swap]:
    """Swaps of two libraries' figures of one element and month, on one tab.

    Rows are swapped as a whole: a further element that stands where it belongs speaks against it, and a single pair
    that two zeros explain as well (one too many, one too few) is no swap.
    """
    groups: dict[object, list[Misfit]] = defaultdict(list)
    for misfit in found:
        seen = misfit.seen
        groups[seen.cell.workbook, seen.cell.sheet_id, seen.element, seen.period].append(misfit)
    swaps = list(_swaps(groups.values(), options))
    rows = Counter(map(_rows_of, swaps))
    elements: dict[str, list[str]] = defaultdict(list)
    for library, element in everything if swaps else ():
        elements[library].append(element)
    for swap in swaps:
        zeros = all(_by_ten(misfit, options) for misfit in (swap.one, swap.other))
        together = rows[_rows_of(swap)]
        if together > 1 or not (zeros or _in_place(swap, elements, everything, options)):
            yield swap


def _in_place(swap: Swap, elements: Mapping[str, Sequence[str]], everything: AllSeries, options: Slips) -> bool:
    """Whether a further element of both rows has figures so far apart that they must stand where they belong."""
    one, other, month = swap.one.seen.library, swap.other.seen.library, swap.one.seen.period.ordinal
    for element in elements[one]:
        if element != swap.one.seen.element and (other, element) in everything:
            mine, theirs = everything[one, element].value_in(month), everything[other, element].value_in(month)
            if mine and theirs and not alike(mine, theirs, options.apart):
                return True
    return False


def _rows_of(swap: Swap) -> tuple[frozenset[str], Period]:
    return frozenset({swap.one.seen.library, swap.other.seen.library}), swap.one.seen.period


def _by_ten(misfit: Misfit, options: Slips) -> bool:
    """Whether one zero too many or too few explains a figure as well."""
    more = alike(misfit.value / 10, misfit.usual, options.fit)
    return more or alike(misfit.value * 10, misfit.usual, options.fit)


def _swaps(groups: Iterable[Sequence[Misfit]], options: Slips) -> Iterator[Swap]:
    for group in groups:
        for one, other in combinations(group, 2):
            fits = alike(one.value, other.usual, options.swap_fit) and alike(other.value, one.usual, options.swap_fit)
            if fits and max(one.value, other.value) >= options.larger:
                yield Swap(one, other)
