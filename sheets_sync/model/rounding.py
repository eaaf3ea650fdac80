"""Shown parts that add up: rounded by the largest remainder, so that a table's rows sum to its total."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from sheets_sync.model.score import Score

DECIMALS = 2  # of a shown score
_WHOLE = 2.0**53  # from here on a float is a whole number
_SURE = 1e8  # units in the last place, up to which floating point knows a tie from what is only near one
_NOISE = 1e-6  # of a unit in the last place; of a figure


def round_half_up(value: float, decimals: int) -> float:
    """Rounds as people do by hand (2,345 → 2,35), which `round` does not; what has no such digits stays as it is."""
    value = float(value)
    units = abs(value) * 10**decimals
    if units < _SURE and abs(units % 1 - 0.5) > _NOISE:  # no tie, nor near one: both ways of rounding say the same
        return round(value, decimals)
    if value.is_integer() or not math.isfinite(value):
        return value
    return float(Decimal(repr(value)).quantize(_last_place(decimals), ROUND_HALF_UP))


@cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def equal(one: float, other: float) -> bool:
    """Whether two figures are the same, but for what floating point makes of a sum of hours or tenths."""
    return abs(one - other) <= _NOISE * max(1.0, abs(one), abs(other))


def apportion(values: Sequence[float], total: float, decimals: int = DECIMALS) -> tuple[float, ...]:
    """The values rounded so that they add up to `total` rounded half up; each moves by less than one last place.

    Args:
        values: at least 0, adding up to `total` but for floating point.
        total: what they are parts of.
        decimals: of the result.
    """
    if not all(abs(value) < _WHOLE for value in (*values, total)):
        return tuple(values)
    scale = 10**decimals
    floors = [math.floor(value * scale + _NOISE) for value in values]
    left = round(round_half_up(total, decimals) * scale) - sum(floors)
    rests = sorted(range(len(values)), key=lambda n: floors[n] - values[n] * scale)
    for n in rests[:left]:
        floors[n] += 1
    return tuple([units / scale for units in floors])


def shown_difference(now: float | None, before: float | None) -> float | None:
    """The difference of two scores as they are shown, so that it adds up for the reader; None where one is missing."""
    if now is None or before is None:
        return None
    return round(round_half_up(now, DECIMALS) - round_half_up(before, DECIMALS), DECIMALS)


def shown_change(now: Score | None, before: Score | None) -> float | None:
    """By how much a shown score moved; None where one of the two is missing or another scheme's."""
    if now is None or before is None or now.scheme != before.scheme:
        return None
    return shown_difference(now.value, before.value)


def shown_contributions(score: Score) -> tuple[float, ...]:
    """The parts' contributions as they are shown beside the score: to the last digit they add up to it."""
    return apportion([part.contribution for part in score.parts], score.value or 0.0)


def shown_most(score: Score) -> tuple[float, ...]:
    """What the parts could give at most, as shown: each one's own weight of ten, never less than what it gives."""
    return _most(score, shown_contributions(score))


def _most(score: Score, given: Sequence[float]) -> tuple[float, ...]:
    most = [round_half_up(part.contribution + part.lost, DECIMALS) for part in score.parts]
    return tuple(map(max, most, given))


def shown_points(score: Score) -> tuple[tuple[float, float], ...]:
    """What each part gives and what it lost, as shown: together they are the most it could give."""
    given = shown_contributions(score)
    most = _most(score, given)
    return tuple((gives, round(could - gives, DECIMALS)) for gives, could in zip(given, most, strict=True))
