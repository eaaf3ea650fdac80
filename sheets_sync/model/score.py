"""A score, with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sheets_sync.model.observation import State
from sheets_sync.model.period import Period


class Horizon(StrEnum):
    """Over which months a score looks, all of them ending with its period."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR_TO_DATE = "ytd"
    ROLLING_YEAR = "r12"


class Part(NamedTuple):
    """One indicator's share of a score. A tuple, because an office's month has hundreds.

    `points` are attainment cut to [0, 1]; `contribution` = 10 × weight × points / Σ weight of the indicators that
    count, so the contributions add up to the score; `lost` is what is missing to the most it could give.
    """

    indicator: str
    state: State
    numerator: float | None
    denominator: float | None
    actual: float | None
    target: float | None
    attainment: float | None
    points: float | None
    weight: float
    contribution: float
    lost: float

    @property
    def lacks_denominator(self) -> bool:
        """Whether there is something to divide but nothing to divide it by."""
        return self.state is State.EMPTY and self.numerator is not None and self.denominator is None

    @property
    def is_reached(self) -> bool:
        """Whether it gives all the points that it can: its target is met."""
        return self.points is not None and self.points >= 1


@dataclass(frozen=True, slots=True)
class Step:
    """A change that would raise a score: `amount` more of the element (`per_month`: in each month) brings it to `score`.

    Both scores are those of the month `until`, the reporting year's last; `without` is the one that would come by itself.
    """

    indicator: str
    element: str
    amount: float
    per_month: bool
    score: float
    without: float
    until: Period


@dataclass(frozen=True, slots=True)
class Score:
    """A library's internal score, 0 to 10, with where it comes from. `value` is None below the coverage floor.

    `coverage` is the weight of the indicators that count over the weight of those that apply; `low` and `high` are
    what the score would be if every open question were settled against or for the library.
    """

    library: str
    period: Period
    horizon: Horizon
    scheme: str
    value: float | None
    category: str | None
    provisional: bool
    coverage: float
    low: float | None
    high: float | None
    parts: tuple[Part, ...]


def mean_of_known(values: Iterable[float | None]) -> float | None:
    """The mean of those that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
