"""Recognises slips of the pen in a series: a digit too many or too few, lost thousands, other units, running totals.

A slip is proposed with its evidence and never applied. What is usual for a figure is the median of those around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sheets_sync.checks.options import Slips
from sheets_sync.checks.series import MIN_FIGURES, STEADY_FACTOR, Series, alike
from sheets_sync.model import Period
from sheets_sync.rules import slips as rules
from sheets_sync.rules.rule import Rule

_SCALES = (
    (rules.TOO_MANY_ZEROS, 10.0),
    (rules.TOO_MANY_ZEROS, 100.0),
    (rules.TOO_FEW_ZEROS, 0.1),
    (rules.TOO_FEW_ZEROS, 0.01),
    (rules.LOST_THOUSANDS, 0.001),
)
_UNITS = ((rules.OTHER_UNIT, 60.0), (rules.OTHER_UNIT, 1 / 60))


@dataclass(frozen=True, slots=True)
class Slip:
    """What may have happened at a position of a series, what may have been meant, and what is usual there.

    Nothing is proposed where the months around or the size of the figures do not allow it.
    """

    rule: Rule
    position: int
    proposal: float | None
    usual: float
    before: float | None = None  # the sum of the year before it, or the month before

    @property
    def misfit(self) -> float:
        """How far the proposal is from the usual, 0 for the same."""
        return abs(math.log((self.proposal or self.usual) / self.usual))


def find_slips(series: Series, options: Slips, *, first_month: int, is_time: bool) -> dict[int, Slip]:
    """The slips of a series by position; a run of alike ones is a change of level and counts as one.

    Beside a zero or another doubtful month, and among small figures, nothing is proposed.
    """
    found: dict[int, Slip] = {}
    best = [_best(series, position, options, first_month, is_time=is_time) for position in range(len(series))]
    for position, slip in enumerate(best):
        if slip is None or _goes_on(position, series, best):
            continue
        if _may_propose(slip, series, options):
            found[position] = slip
        elif not _in_company(position, series, best, options):
            found[position] = replace(slip, proposal=None)
    return found


def _goes_on(position: int, series: Series, best: Sequence[Slip | None]) -> bool:
    """Whether the figure before is a slip of the same size."""
    one, other = series.values[position - 1], series.values[position]
    return position > 0 and best[position - 1] is not None and alike(one, other, STEADY_FACTOR)


def _in_company(position: int, series: Series, best: Sequence[Slip | None], options: Slips) -> bool:
    """Whether a figure beside it, itself no slip, is of its size: the months around are the odd ones."""
    value = series.values[position]
    return any(
        best[side] is None and alike(value, series.values[side], options.apart) for side in series.sides(position)
    )


def _may_propose(slip: Slip, series: Series, options: Slips) -> bool:
    smaller = min(series.values[slip.position], slip.usual)
    large = smaller >= options.propose or slip.rule is rules.LOST_THOUSANDS
    return large and series.is_trusted(slip.position, slip.usual)


def running_totals(series: Series, first_month: int) -> Iterator[range]:
    """The positions of each reporting year whose figures add up from month to month."""
    for year in _years(series, first_month):
        if len(year) > MIN_FIGURES and _adds_up([series.values[position] for position in year]):
            yield year


def odd_months_of_totals(series: Series, first_month: int) -> Iterator[tuple[Slip, range]]:
    """Figures of a single month in years whose other figures add up, with the positions of the year."""
    for year in _years(series, first_month):
        values = [series.values[position] for position in year]
        for index in range(1, len(year)):
            others = [*values[:index], values[index] + values[index - 1], *values[index + 1 :]]
            drops = values[index] < values[index - 1]
            if drops and len(year) > MIN_FIGURES and _adds_up(others):
                before, usual = values[index - 1], values[index]
                yield Slip(rules.NOT_CUMULATIVE, year[index], before + usual, usual, before), year


def _best(series: Series, position: int, options: Slips, first_month: int, *, is_time: bool) -> Slip | None:
    """The explanation that fits best; where a running total fits as well, a zero at the end speaks for a zero."""
    value = series.values[position]
    if not value:
        return None
    scales, usuals = _SCALES + (_UNITS if is_time else ()), series.usual(position)
    if any(alike(value, usual, options.apart) for usual in usuals):
        return None
    fitting: list[Slip] = []
    for usual in usuals:
        fitting += _scaled(value, position, usual, scales, options)
        fitting += _cumulative(series, position, usual, options, first_month)
    sums = [slip for slip in fitting if slip.rule is rules.CUMULATIVE]
    others = [slip for slip in fitting if slip.rule is not rules.CUMULATIVE]
    candidates = sums if sums and (value % 10 or not others) else others
    return min(candidates, key=lambda slip: slip.misfit, default=None)


def _scaled(
    value: float, position: int, usual: float, scales: Sequence[tuple[Rule, float]], options: Slips
) -> Iterator[Slip]:
    for rule, factor in scales:
        meant = value / factor
        close = options.far_fit if rule is rules.LOST_THOUSANDS else options.fit
        fits = alike(meant, usual, close) and max(value, usual) >= options.larger
        if fits and (min(value, usual) >= options.smaller or rule is rules.LOST_THOUSANDS):
            yield Slip(rule, position, meant, usual)


def _cumulative(series: Series, position: int, usual: float, options: Slips, first_month: int) -> Iterator[Slip]:
    """The figure as the sum of its reporting year so far, if all months of that are known."""
    period = series.observations[position].period
    so_far = period.ordinal - period.year_start(first_month).ordinal
    before = series.before(position, so_far)
    rest = series.values[position] - sum(before)
    large = series.values[position] >= options.larger
    if len(before) == so_far and large and alike(rest, usual, options.sum_fit):
        yield Slip(rules.CUMULATIVE, position, rest, usual, sum(before))


def _years(series: Series, first_month: int) -> Iterator[range]:
    """The positions of each reporting year that is known without a gap from its first month on."""
    starts = [p for p, month in enumerate(series.months) if Period.from_ordinal(month).month == first_month]
    for start, end in pairwise([*starts, len(series)]):
        length = next(
            (n for n in range(end - start) if series.months[start + n] != series.months[start] + n), end - start
        )
        yield range(start, start + length)


def _adds_up(values: Sequence[float]) -> bool:
    """Whether figures grow by steps of one size, the first of them being such a step itself."""
    steps = [values[0], *(after - before for before, after in pairwise(values))]
    middle = sorted(steps)[len(steps) // 2]
    return all(step > 0 and alike(step, middle, STEADY_FACTOR) for step in steps)
