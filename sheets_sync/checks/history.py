"""Questions about figures over time: each odd figure is asked about once, with the explanation that says most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from sheets_sync.checks import unusual
from sheets_sync.checks.figures import Figures
from sheets_sync.checks.naming import about
from sheets_sync.checks.questions import ABOVE, BELOW, AllSeries, Figure, Question, figure
from sheets_sync.checks.relations import CheckContext
from sheets_sync.checks.screen import Screened
from sheets_sync.checks.series import MIN_FIGURES, Series
from sheets_sync.checks.slips import Slip, find_slips, odd_months_of_totals, running_totals
from sheets_sync.checks.swaps import Swap, misfits, swapped_columns, swapped_rows
from sheets_sync.intake.words import fold
from sheets_sync.model import Finding
from sheets_sync.rules import slips as slip_rules

Step = Callable[[AllSeries, Collection[Figure], CheckContext], Iterator[Question]]
Slipped = tuple[Slip, Series]


def over_time(figures: Figures, around: CheckContext, explained: Collection[Figure] = ()) -> Iterator[Question]:
    """The questions about series, each figure in one of them; what is in `explained` is asked about already.

    Running totals, swaps and slips come first, then what is merely unusual, and what fell.
    """
    everything = figures.series
    screened = Screened.of(everything, around.options)
    loud = screened.loud
    slips = list(_slips(loud, around))
    steps: tuple[tuple[Step, AllSeries], ...] = (
        (_running_totals, loud),
        (partial(_swapped, everything), loud),
        (partial(_slipped, slips), loud),
        (unusual.low, screened.uneven),
        (unusual.changed, loud),
        (partial(_unexplained, slips), loud),
        (unusual.repeated, screened.repeating),
        (partial(unusual.unbalanced, figures), everything),
        (partial(unusual.fallen, figures), screened.falling),
    )
    known = set(explained)
    for step, series in steps:
        questions = list(step(series, known, around))
        known.update(explained for question in questions for explained in question.explains)
        yield from questions


def _running_totals(loud: AllSeries, _: Collection[Figure], around: CheckContext) -> Iterator[Question]:
    for (_library, element), series in loud.items():
        if not around.is_flow(element):
            continue
        for slip, months in odd_months_of_totals(series, around.year_starts_in):
            yield Question.about(_slip(slip, series, around).finding, series.seen(months))
        for year in running_totals(series, around.year_starts_in):
            seen = series.seen(year)
            told = seen[MIN_FIGURES]  # the first that can be told: so it stays one question while the year goes on
            label, first = around.label(element), seen[0].value
            finding = about(slip_rules.ALL_CUMULATIVE, [told], told.typed, label=label, first=first)
            yield Question.about(finding, seen)


def _swapped(
    everything: AllSeries, loud: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    options = around.options.slips
    found = [misfit for misfit in misfits(loud.values(), options) if figure(misfit.seen) not in explained]
    used: set[Figure] = set()
    for swap in (*swapped_columns(found, options), *swapped_rows(found, options, everything)):
        both = {figure(swap.one.seen), figure(swap.other.seen)}
        if not both & used:
            used |= both
            yield Question.about(_swap(swap, around), (swap.one.seen, swap.other.seen))


def _swap(swap: Swap, around: CheckContext) -> Finding:
    one, other = swap.one.seen, swap.other.seen
    if one.library != other.library:
        return _swapped_rows(swap, around)
    return about(
        slip_rules.SWAPPED_COLUMNS,
        [one, other],
        f"{one.typed} / {other.typed}",
        proposal=f"{other.typed} / {one.typed}" if swap.proposes(around.options.slips) else "",
        label=around.label(one.element),
        value=one.value,
        other=other.value,
        other_label=around.label(other.element),
        usual=round(swap.one.usual),
        other_usual=round(swap.other.usual),
    )


def _swapped_rows(swap: Swap, around: CheckContext) -> Finding:
    """Says nothing of the other library's figures, nor proposes one of them."""
    one, other = swap.one.seen, swap.other.seen
    known = around.libraries.get(other.library)
    return about(
        slip_rules.SWAPPED_ROWS,
        [one],
        one.typed,
        label=around.label(one.element),
        value=one.value,
        usual=round(swap.one.usual),
        other_library=known.name if known else other.library,
    )


def _slips(loud: AllSeries, around: CheckContext) -> Iterator[Slipped]:
    options = around.options.slips
    times = {fold(unit) for unit in options.time_units}
    for (_, element), series in loud.items():
        known = around.elements.by_id.get(element)
        is_time = known is not None and bool({fold(known.unit.id), fold(known.unit.en)} & times)
        for slip in find_slips(series, options, first_month=around.year_starts_in, is_time=is_time).values():
            yield slip, series


def _open(slips: Iterable[Slipped], explained: Collection[Figure]) -> Iterator[Slipped]:
    """Those that are not asked about already."""
    return (each for each in slips if figure(each[1].observations[each[0].position]) not in explained)


def _slipped(
    slips: Iterable[Slipped], _: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    return (_slip(slip, series, around) for slip, series in _open(slips, explained) if slip.proposal is not None)


def _unexplained(
    slips: Iterable[Slipped], _: AllSeries, explained: Collection[Figure], around: CheckContext
) -> Iterator[Question]:
    """Slips for which nothing can be proposed are asked about like any sudden change."""
    for slip, series in _open(slips, explained):
        yield unusual.change(series, slip.position, slip.usual, unusual.AROUND, around)


def _slip(slip: Slip, series: Series, around: CheckContext) -> Question:
    seen = series.observations[slip.position]
    value = seen.value or 0.0
    finding = about(
        slip.rule,
        [seen],
        seen.typed,
        proposal="" if slip.proposal is None else f"{round(slip.proposal)}",
        label=around.label(seen.element),
        times=round(max(value, slip.usual) / min(value, slip.usual), 1),
        usual=round(slip.usual),
        before=slip.before,
    )
    return Question.about(finding, [seen], ABOVE if value > slip.usual else BELOW)
