"""Questions about figures that are merely unusual: no slip explains them, so nothing is proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sheets_sync.checks.balances import Reckoning, accounted_for, broken_balances
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.levels import Departure, changes, early_changes, falls
from sheets_sync.checks.lows import lows
from sheets_sync.checks.naming import about
from sheets_sync.checks.questions import ABOVE, BELOW, AllSeries, Figure, Question, figure, months_of
from sheets_sync.checks.relations import CheckContext
from sheets_sync.checks.repeats import repeats, spread_quarters
from sheets_sync.checks.series import Series
from sheets_sync.model import Finding, Message, Observation, Period, msg
from sheets_sync.rules import figures as rules
from sheets_sync.rules.rule import Rule

BEFORE, AROUND = msg("in the months before"), msg("in the months around")


def low(uneven: AllSeries, explained: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    """Zeros and very small figures amid large ones, once for the figures of a library that fall in the same month.

    A run of which any month is asked about already is no matter.
    """
    together: dict[tuple[str, Period], list[tuple[Series, Departure]]] = defaultdict(list)
    for (library, _), series in uneven.items():
        for run in lows(series, around.options.change):
            seen = series.seen(run.positions)
            if not any(figure(each) in explained for each in seen):
                together[library, seen[0].period].append((series, run))
    for runs in together.values():
        first = [series.observations[run.first] for series, run in runs]
        finding = _of_several(rules.LOW, first, around, usual=[round(run.usual) for _, run in runs])
        yield Question.about(finding, (seen for series, run in runs for seen in series.seen(run.positions)), BELOW)


def _of_several(rule: Rule, seen: Sequence[Observation], around: CheckContext, **params: object) -> Finding:
    """One question about figures of one month; nothing is proposed."""
    labels, values = [around.label(each.element) for each in seen], [each.value for each in seen]
    typed = " / ".join(each.typed for each in seen)
    return about(rule, seen, typed, proposal="", labels=labels, values=values, **params)


def changed(loud: AllSeries, explained: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    """Figures beyond the factor of what was usual before; in the first months, of what is usual around."""
    options = around.options.change
    for series in loud.values():
        known = {p for p, seen in enumerate(series.observations) if figure(seen) in explained}
        for departure in early_changes(series, options):
            if departure.first not in known:
                yield change(series, departure.first, departure.usual, AROUND, around)
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
    return Question.about(finding, seen, ABOVE if series.values[position] > usual else BELOW)


def repeated(repeating: AllSeries, explained: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    """One figure for the months of a quarter, once for the series; else the same figure in months running.

    Asked at the month in which it can first be told, so that it stays one question however long it goes on; once for
    the figures of a library that begin together.
    """
    together: dict[tuple[str, str, Period, Period], list[tuple[Rule, Series, Collection[int]]]] = defaultdict(list)
    for (library, element), series in repeating.items():
        if around.is_flow(element) and element not in around.options.copied.ignored:
            for rule, shown, positions in _repeats(series, explained, around):
                first, last = series.observations[shown[0]].period, series.observations[shown[-1]].period
                together[rule.code, library, first, last].append((rule, series, positions))
    for (_, _, first, last), same in together.items():
        told = [each for _, series, _ in same for each in series.observations if each.period == last]
        finding = _of_several(same[0][0], told, around, first=first, last=last)
        yield Question.about(finding, (seen for _, series, positions in same for seen in series.seen(positions)))


def _repeats(
    series: Series, explained: Collection[Figure], around: CheckContext
) -> Iterator[tuple[Rule, range, Collection[int]]]:
    """What repeats in a series: the positions that show it, and all of them."""
    options = around.options.same
    quarters = spread_quarters(series, options, around.year_starts_in)
    spread = {position for quarter in quarters for position in quarter}
    if quarters:
        yield rules.SPREAD, quarters[0], spread
    for run in repeats(series, options):
        if not spread & set(run) and not any(figure(each) in explained for each in series.seen(run)):
            yield rules.SAME, run[: options.months], run


def unbalanced(
    figures: Figures, everything: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    """Stocks that do not follow from the one before and its flows."""
    asked = months_of(explained)
    for balance in around.options.balances:
        for key in (key for key in everything if key[1] == balance.stock):
            for broken in broken_balances(everything[key], balance, figures, asked):
                yield Question.about(_unbalanced(broken, around), [broken.seen])


def _unbalanced(broken: Reckoning, around: CheckContext) -> Finding:
    return about(
        rules.BALANCE_UNKNOWN if broken.losses is None else rules.BALANCE,
        [broken.seen],
        broken.seen.typed,
        label=around.label(broken.seen.element),
        value=broken.value,
        before=broken.before,
        gains=broken.gains,
        losses=broken.losses or 0,
        expected=broken.expected,
    )


def fallen(
    figures: Figures, falling: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    """What should only grow, where nothing else was asked about it and nobody is said to have left."""
    for (_, element), series in falling.items():
        for position in falls(series):
            seen, before = series.observations[position], series.observations[position - 1]
            asked = figure(seen) in explained or figure(before) in explained
            if not asked and not accounted_for(before, seen, around.options.balances, figures):
                label = around.label(element)
                yield Question.about(about(rules.FELL, [seen], seen.typed, label=label, before=before.value), [seen])
