"""What is odd about a library's month as a whole: copied, all zero, all round, too many open days."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from sheets_sync.checks.figures import Figures, Month
from sheets_sync.checks.naming import about
from sheets_sync.checks.relations import CheckContext
from sheets_sync.model import Finding, Observation, Period
from sheets_sync.rules import figures as rules

MIN_FIGURES = 3  # figures a month must have before something is said of all of them
EVERY_THIRD = 3
_VALUE = attrgetter("value")


def odd_months(figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """The questions and remarks about months."""
    flows_of = {month: _flows(elements, around) for month, elements in figures.months.items()}
    silent = _quarterly(flows_of)
    for (library, period), flows in flows_of.items():
        if len(flows) >= MIN_FIGURES:
            if not any(map(_VALUE, flows)):
                residue = silent.get(library)
                if residue is None or residue == period.ordinal % EVERY_THIRD:
                    yield about(rules.ALL_ZERO, flows, "", month=period)
            else:
                yield from _round(flows, period, around)
        yield from _copied(library, period, flows, figures, around)
        yield from _open_days(figures.months[library, period].get(around.options.open_days or ""), around)


def _flows(elements: Mapping[str, Observation], around: CheckContext) -> list[Observation]:
    """What counts of a library's month and adds up over months."""
    flows = around.flows
    return [seen for element, seen in elements.items() if seen.value is not None and element in flows]


def _quarterly(flows_of: Mapping[Month, Sequence[Observation]]) -> dict[str, int]:
    """The libraries that report every third month: their reporting months' ordinal modulo three."""
    reported: dict[str, set[int]] = defaultdict(set)
    for (library, period), flows in flows_of.items():
        if any(map(_VALUE, flows)):
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


def _open_days(seen: Observation | None, around: CheckContext) -> Iterator[Finding]:
    if seen and seen.value is not None and seen.value > seen.period.days:
        label = around.label(seen.element)
        yield about(rules.OPEN_DAYS, [seen], seen.typed, label=label, month=seen.period, days=seen.period.days)
