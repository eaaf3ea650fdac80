"""What is odd about a library's month as a whole: copied, all zero, all round, too many open days."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

import numpy as np

from sheets_sync.checks.columns import Columns, Flags, Floats, Places, Seen
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.naming import about
from sheets_sync.checks.relations import CheckContext
from sheets_sync.model import Finding, Observation, Period
from sheets_sync.rules import figures as rules

MIN_FIGURES = 3  # figures a month must have before something is said of all of them
EVERY_THIRD = 3
SHORTEST = 28  # days of a month
NOISE = 1e-9  # what floating point may make of a product
_VALUE = attrgetter("value")


def odd_months(figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """The questions and remarks about months."""
    columns = figures.columns
    silent = _quarterly(columns, around)
    for (library, period), elements in columns.where(_may_be_odd(columns, around)):
        flows = _flows(elements, around)
        if len(flows) >= MIN_FIGURES:
            if not any(map(_VALUE, flows)):
                residue = silent.get(library)
                if residue is None or residue == period.ordinal % EVERY_THIRD:
                    yield about(rules.ALL_ZERO, flows, "", month=period)
            else:
                yield from _round(flows, period, around)
        yield from _copied(library, period, flows, figures, around)
        yield from _open_days(elements.get(around.options.open_days or ""), around)


def _may_be_odd(columns: Columns, around: CheckContext) -> Flags:
    """The months in which any of it may be found, looked at together; in all others there is none of it."""
    options, flows = around.options, columns.of_elements(around.flows)
    counts, filled = ~np.isnan(flows), np.abs(flows) > 0
    level = ~filled.any(axis=0) | ((flows % options.round_to == 0) | ~counts).all(axis=0)
    compared = columns.of_elements(around.flows.difference(options.copied.ignored))
    same = (compared == compared[:, columns.before]) & (compared > 0) & (columns.before >= 0)
    again, by_chance = same.sum(axis=0), _coincidences(np.where(same, compared, np.nan), (compared > 0).sum(axis=0))
    copied = (again >= options.copied.elements) & (by_chance * (1 - NOISE) <= options.copied.chance)
    long = columns.of_element(options.open_days) > SHORTEST
    return np.asarray(copied | long | (level & (counts.sum(axis=0) >= MIN_FIGURES)))


def _flows(elements: Seen, around: CheckContext) -> list[Observation]:
    """What counts of a library's month and adds up over months."""
    flows = around.flows
    return [seen for element, seen in elements.items() if seen.value is not None and element in flows]


def _quarterly(columns: Columns, around: CheckContext) -> dict[str, int]:
    """The libraries that report every third month: their reporting months' ordinal modulo three."""
    reported: dict[str, set[int]] = defaultdict(set)
    filled: Flags = np.any(np.abs(columns.of_elements(around.flows)) > 0, axis=0)
    for (library, period), _ in columns.where(filled):
        reported[library].add(period.ordinal)
    return {
        library: min(months) % EVERY_THIRD
        for library, months in reported.items()
        if len(months) > 1 and len({month % EVERY_THIRD for month in months}) == 1
    }


def _round(flows: list[Observation], period: Period, around: CheckContext) -> Iterator[Finding]:
    to = around.options.round_to
    if any((seen.value or 0) % to for seen in flows):
        return
    filled = [seen for seen in flows if seen.value]
    if len(filled) >= MIN_FIGURES:
        yield about(rules.ROUND, filled, "", month=period, round_to=to)


def _copied(
    library: str, period: Period, flows: list[Observation], figures: Figures, around: CheckContext
) -> Iterator[Finding]:
    """A month like the one before, asked about once however long it goes on."""
    options, before = around.options.copied, figures.month(library, period - 1)
    same = [seen for seen in _as_before(flows, before) if seen.element not in options.ignored] if before else []
    if len(same) < options.elements:
        return
    earlier = figures.month(library, period - 2)
    if len(_as_before(same, earlier)) >= options.elements:
        return
    compared = sum(1 for seen in flows if seen.value and seen.element not in options.ignored)
    if coincidence([seen.value or 0.0 for seen in same], compared) <= options.chance:
        labels = [around.label(seen.element) for seen in same]
        typed = " / ".join(seen.typed for seen in same)
        yield about(rules.COPIED, same, typed, count=len(same), before=period - 1, labels=labels)


def _as_before(flows: Sequence[Observation], before: Mapping[str, Observation]) -> list[Observation]:
    """The figures that are what they were in another month, zeros aside."""
    return [seen for seen in flows if seen.value and (was := before.get(seen.element)) and was.value == seen.value]


def coincidence(same: Sequence[float], among: int) -> float:
    """About how probable it is that these of `among` counts come again by accident.

    Two counts that vary as their square root does (Poisson) are equal with a probability of 1 / (2 √(π · count)).
    """
    each = (min(1.0, 1 / (2 * math.sqrt(math.pi * value))) for value in same)
    return math.comb(among, len(same)) * math.prod(each)


def _coincidences(same: Floats, among: Places) -> Floats:
    """The same by month, of the counts that come again; NaN where one doesn't."""
    each, again = np.fmin(1.0, 0.5 / np.sqrt(np.pi * same)), (~np.isnan(same)).sum(axis=0)
    return np.asarray(_ways(len(same))[among, again] * each.prod(axis=0))


@lru_cache(maxsize=8)  # of as many elements as offices have
def _ways(most: int) -> Floats:
    """In how many ways some of at most so many can be chosen: how many there are × how many are chosen."""
    return np.array([[math.comb(n, k) for k in range(most + 1)] for n in range(most + 1)], np.float64)


def _open_days(seen: Observation | None, around: CheckContext) -> Iterator[Finding]:
    if seen and seen.value is not None and seen.value > seen.period.days:
        label = around.label(seen.element)
        yield about(rules.OPEN_DAYS, [seen], seen.typed, label=label, month=seen.period, days=seen.period.days)
