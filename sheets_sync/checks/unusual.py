"""Questions about figures that are merely unusual: no slip explains them, so nothing is proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheets_sync.checks.balances import Reckoning, accounted_for, broken_balances
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.levels import changes, early_changes, falls
from sheets_sync.checks.lows import lows
from sheets_sync.checks.questions import AllSeries, Figure, Question, figure
from sheets_sync.checks.relations import CheckContext, about
from sheets_sync.checks.repeats import repeats, spread_quarters
from sheets_sync.checks.series import Series
from sheets_sync.model import Finding, Message, msg
from sheets_sync.rules import figures as rules

BEFORE, AFTER, AROUND = msg("in the months before"), msg("in the months after"), msg("in the months around")


def low(everything: AllSeries, explained: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    """Zeros and very small figures amid large ones; a run of which any month is asked about already is no matter."""
    for (_, element), series in everything.items():
        for run in lows(series, around.options.change):
            seen = [series.observations[position] for position in run.positions]
            if not any(figure(each) in explained for each in seen):
                label, usual = around.label(element), round(run.usual)
                finding = about(rules.LOW, seen[:1], seen[0].typed, label=label, value=seen[0].value, usual=usual)
                yield Question.about(finding, seen, -1)


def changed(loud: AllSeries, explained: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    """Figures beyond the factor of what was usual before; in the first months, of what is usual after."""
    options = around.options.change
    for series in loud.values():
        known = {p for p, seen in enumerate(series.observations) if figure(seen) in explained}
        for departure in early_changes(series, options):
            if departure.first not in known:
                yield change(series, departure.first, departure.usual, AFTER, around)
                known.add(departure.first)
        for departure in changes(series, options, known):
            yield change(series, departure.first, departure.usual, BEFORE, around, len(departure.positions))


def change(
    series: Series, position: int, usual: float, when: Message, around: CheckContext, months: int = 1
) -> Question:
    """The question why a figure is so far from the usual, for as many months as that lasts."""
    seen = series.observations[position : position + months]
    label, typed = around.label(seen[0].element), seen[0].typed
    finding = about(rules.CHANGE, seen[:1], typed, label=label, usual=round(usual), when=when)
    return Question.about(finding, seen, 1 if series.values[position] > usual else -1)


def repeated(everything: AllSeries, explained: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    """One figure for the months of a quarter, once for the series; else the same figure in months running."""
    options = around.options
    for (_, element), series in everything.items():
        if not around.is_flow(element) or element in options.copied.ignored:
            continue
        quarters = spread_quarters(series, options.same, around.year_starts_in)
        if quarters:
            yield _same(series, quarters[0], [p for quarter in quarters for p in quarter], around, spread=True)
        spread = {position for quarter in quarters for position in quarter}
        for run in repeats(series, options.same):
            known = any(figure(series.observations[position]) in explained for position in run)
            if not known and not spread & set(run):
                yield _same(series, run[: options.same.months], run, around)


def _same(
    series: Series, shown: range, positions: Collection[int], around: CheckContext, *, spread: bool = False
) -> Question:
    """Asked at the month in which it can first be told, so that it stays one question however long it goes on."""
    seen = [series.observations[position] for position in shown]
    last, element = seen[-1], seen[-1].element
    finding = (rules.SPREAD if spread else rules.SAME).finding(
        library=last.library,
        element=element,
        period=last.period,
        cells=tuple(each.cell for each in reversed(seen)),
        typed=last.typed,
        label=around.label(element),
        first=seen[0].period,
        last=last.period,
    )
    return Question.about(finding, [series.observations[position] for position in positions])


def unbalanced(
    figures: Figures, everything: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    """Stocks that do not follow from the one before and its flows."""
    for balance in around.options.balances:
        for (_, element), series in everything.items():
            if element == balance.stock:
                for broken in broken_balances(series.observations, balance, figures, explained):
                    yield Question.about(_unbalanced(broken, around), [broken.seen])


def _unbalanced(broken: Reckoning, around: CheckContext) -> Finding:
    seen, fewer = broken.seen, broken.losses
    flows = {"before": broken.before, "gains": broken.gains, "losses": fewer or 0, "expected": broken.expected}
    rule = rules.BALANCE if fewer is not None else rules.BALANCE_UNKNOWN
    return about(rule, [seen], seen.typed, label=around.label(seen.element), value=broken.value, **flows)


def fallen(
    figures: Figures, everything: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    """What should only grow, where nothing else was asked about it and nobody is said to have left."""
    for (_, element), series in everything.items():
        if element not in around.options.never_fall:
            continue
        for position in falls(series):
            seen, before = series.observations[position], series.observations[position - 1]
            asked = figure(seen) in explained or figure(before) in explained
            if not asked and not accounted_for(before, seen, around.options.balances, figures):
                label = around.label(element)
                yield Question.about(about(rules.FELL, [seen], seen.typed, label=label, before=before.value), [seen])
