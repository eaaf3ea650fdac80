"""Figures that fit each other's place better than their own: two columns of a month, or two libraries' rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sheets_sync.checks.options import Slips
from sheets_sync.checks.series import Series, alike
from sheets_sync.model import Observation


@dataclass(frozen=True, slots=True)
class Misfit:
    """A figure that is far from what is usual for it."""

    seen: Observation
    value: float
    usual: float


@dataclass(frozen=True, slots=True)
class Swap:
    """Two figures, each of which is usual where the other stands."""

    one: Misfit
    other: Misfit


def misfits(all_series: Iterable[Series], options: Slips) -> Iterator[Misfit]:
    """The figures that are far from what is usual for them."""
    for series in all_series:
        for position, value in enumerate(series.values):
            usual = next(iter(series.usual(position)), 0.0)
            if value and usual and not alike(value, usual, options.apart):
                yield Misfit(series.observations[position], value, usual)


def swapped_columns(found: Iterable[Misfit], options: Slips) -> Iterator[Swap]:
    """Swaps of two elements of one library and month."""
    groups: dict[object, list[Misfit]] = defaultdict(list)
    for misfit in found:
        groups[misfit.seen.library, misfit.seen.period].append(misfit)
    return _swaps(groups.values(), options)


def swapped_rows(found: Iterable[Misfit], options: Slips) -> Iterator[Swap]:
    """Swaps of two libraries' figures of one element and month, on one tab."""
    groups: dict[object, list[Misfit]] = defaultdict(list)
    for misfit in found:
        seen = misfit.seen
        groups[seen.cell.workbook, seen.cell.sheet_id, seen.element, seen.period].append(misfit)
    return _swaps(groups.values(), options)


def _swaps(groups: Iterable[Sequence[Misfit]], options: Slips) -> Iterator[Swap]:
    for group in groups:
        for one, other in combinations(group, 2):
            fits = alike(one.value, other.usual, options.swap_fit) and alike(other.value, one.usual, options.swap_fit)
            if fits and max(one.value, other.value) >= options.larger:
                yield Swap(one, other)
