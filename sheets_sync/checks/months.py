"""What is odd about a library's month as a whole: copied, all zero, all round, too many open days."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.naming import about
from sheets_sync.checks.relations import CheckContext
from sheets_sync.model import Finding, Observation, Period
from sheets_sync.rules import figures as rules

MIN_FIGURES = 3  # figures a month must have before something is said of all of them
EVERY_THIRD = 3


def odd_months(figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """The questions and remarks about months."""
    silent = _quarterly(figures, around)
    for (library, period), elements in figures.months.items():
        flows = [seen for seen in elements.values() if seen.value is not None and seen.element in around.flows]
        if len(flows) >= MIN_FIGURES:
            if not any(seen.value for seen in flows):
                residue = silent.get(library)
                if residue is None or residue == period.ordinal % EVERY_THIRD:
                    yield about(rules.ALL_ZERO, flows, "", month=period)
            else:
                yield from _round(flows, period, around)
        yield from _copied(library, period, flows, figures, around)
        yield from _open_days(elements.get(around.options.open_days or ""), around)


def _quarterly(figures: Figures, around: CheckContext) -> dict[str, int]:
    """The libraries that report every third month: their reporting months' ordinal modulo three."""
    reported: dict[str, set[int]] = defaultdict(set)
    for (library, period), elements in figures.months.items():
        if any(seen.value and around.is_flow(seen.element) for seen in elements.values()):
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
    compared = [seen for seen in flows if seen.value and seen.element not in options.ignored] if before else []
    same = [seen for seen in compared if (was := before.get(seen.element)) and was.value == seen.value]
    if len(same) < options.elements:
        return
    earlier = figures.month(library, period - 2)
    lasting = [seen for seen in same if (was := earlier.get(seen.element)) and was.value == seen.value]
    if len(lasting) >= options.elements:
        return
    if coincidence([seen.value or 0.0 for seen in same], len(compared)) <= options.chance:
        labels = [around.label(seen.element) for seen in same]
        typed = " / ".join(seen.typed for seen in same)
        yield about(rules.COPIED, same, typed, count=len(same), before=period - 1, labels=labels)


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
