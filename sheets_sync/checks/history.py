"""Questions about figures over time: each odd figure is asked about once, with the explanation that says most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.levels import changes, falls
from sheets_sync.checks.relations import CheckContext, about
from sheets_sync.checks.series import Series
from sheets_sync.checks.slips import Slip, find_slips, odd_months_of_totals, running_totals
from sheets_sync.checks.swaps import Swap, misfits, swapped_columns, swapped_rows
from sheets_sync.config.office import ElementKind
from sheets_sync.intake.words import fold
from sheets_sync.model import Finding, Observation, Period
from sheets_sync.rules import figures as rules
from sheets_sync.rules import slips as slip_rules

Figure = tuple[str, str, Period]  # library, element, month
AllSeries = Mapping[tuple[str, str], Series]


@dataclass(frozen=True, slots=True)
class _Question:
    """A finding and the figures it explains."""

    finding: Finding
    explains: frozenset[Figure]


def over_time(figures: Figures, around: CheckContext) -> Iterator[Finding]:
    """The questions about series: running totals, swaps, slips, then what is merely unusual, and what fell."""
    everything = {key: Series.of(observations) for key, observations in figures.series.items()}
    loud = {key: series for key, series in everything.items() if not series.quiet(around.options.slips.apart)}
    explained: set[Figure] = set()
    steps: tuple[Callable[[AllSeries, set[Figure], CheckContext], Iterator[_Question]], ...]
    steps = (_running_totals, _swapped, _slipped, _changed)
    for step in steps:
        questions = list(step(loud, explained, around))
        explained.update(figure for question in questions for figure in question.explains)
        yield from (question.finding for question in questions)
    yield from _fallen(everything, explained, around)


def _figure(seen: Observation) -> Figure:
    return seen.library, seen.element, seen.period


def _running_totals(loud: AllSeries, _: set[Figure], around: CheckContext) -> Iterator[_Question]:
    for (_library, element), series in loud.items():
        known = around.elements.by_id.get(element)
        if known is None or known.kind is not ElementKind.FLOW:
            continue
        for slip in odd_months_of_totals(series, around.year_starts_in):
            yield _slip(slip, series, around)
        for year in running_totals(series, around.year_starts_in):
            seen = [series.observations[position] for position in year]
            finding = about(
                slip_rules.ALL_CUMULATIVE,
                seen[-1:],
                seen[-1].typed,
                label=around.label(element),
                first=seen[0].value,
            )
            yield _Question(finding, frozenset(map(_figure, seen)))


def _swapped(loud: AllSeries, explained: set[Figure], around: CheckContext) -> Iterator[_Question]:
    options = around.options.slips
    found = [misfit for misfit in misfits(loud.values(), options) if _figure(misfit.seen) not in explained]
    used: set[Figure] = set()
    for swap in (*swapped_columns(found, options), *swapped_rows(found, options)):
        both = frozenset({_figure(swap.one.seen), _figure(swap.other.seen)})
        if not both & used:
            used |= both
            yield _Question(_swap(swap, around), both)


def _swap(swap: Swap, around: CheckContext) -> Finding:
    one, other = swap.one.seen, swap.other.seen
    same_library = one.library == other.library
    names = around.libraries.get(other.library)
    return about(
        slip_rules.SWAPPED_COLUMNS if same_library else slip_rules.SWAPPED_ROWS,
        [one, other] if same_library else [one],
        f"{one.typed} / {other.typed}",
        proposal=f"{other.typed} / {one.typed}",
        label=around.label(one.element),
        value=one.value,
        other=other.value,
        other_label=around.label(other.element),
        other_library=names.name if names else other.library,
        usual=round(swap.one.usual),
        other_usual=round(swap.other.usual),
    )


def _slipped(loud: AllSeries, explained: set[Figure], around: CheckContext) -> Iterator[_Question]:
    options = around.options.slips
    times = {fold(unit) for unit in options.time_units}
    for (_, element), series in loud.items():
        known = around.elements.by_id.get(element)
        is_time = known is not None and bool({fold(known.unit.id), fold(known.unit.en)} & times)
        for slip in find_slips(series, options, first_month=around.year_starts_in, is_time=is_time).values():
            if _figure(series.observations[slip.position]) not in explained:
                yield _slip(slip, series, around)


def _slip(slip: Slip, series: Series, around: CheckContext) -> _Question:
    seen = series.observations[slip.position]
    value = seen.value or 0.0
    finding = about(
        slip.rule,
        [seen],
        seen.typed,
        proposal=f"{round(slip.proposal)}",
        label=around.label(seen.element),
        times=round(max(value, slip.usual) / min(value, slip.usual), 1),
        usual=round(slip.usual),
        before=slip.before,
    )
    return _Question(finding, frozenset({_figure(seen)}))


def _changed(loud: AllSeries, explained: set[Figure], around: CheckContext) -> Iterator[_Question]:
    for (_, element), series in loud.items():
        known = {p for p, seen in enumerate(series.observations) if _figure(seen) in explained}
        for position, usual in changes(series, around.options.change, known):
            seen = series.observations[position]
            label = around.label(element)
            finding = about(rules.CHANGE, [seen], seen.typed, label=label, usual=round(usual))
            yield _Question(finding, frozenset({_figure(seen)}))


def _fallen(everything: AllSeries, explained: set[Figure], around: CheckContext) -> Iterator[Finding]:
    for (_, element), series in everything.items():
        if element not in around.options.never_fall:
            continue
        for position in falls(series):
            seen, before = series.observations[position], series.values[position - 1]
            if _figure(seen) not in explained and _figure(series.observations[position - 1]) not in explained:
                label = around.label(element)
                yield about(rules.FELL, [seen], seen.typed, label=label, before=before)
