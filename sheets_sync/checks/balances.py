"""A stock against its flows: members are those before, with the new ones, without those who left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.options import Balance
from sheets_sync.checks.questions import Asked
from sheets_sync.checks.series import Series
from sheets_sync.model import Observation
from sheets_sync.model.rounding import equal

Known = Sequence[Mapping[int, float]]  # the figures of some elements, each by month


class Reckoning(NamedTuple):
    """A stock, the one before it, and what came and left between them; `losses` is None where nobody says."""

    seen: Observation
    value: float
    before: float
    gains: float
    losses: float | None

    @property
    def expected(self) -> float:
        return self.before + self.gains - (self.losses or 0.0)

    @property
    def holds(self) -> bool:
        """Whether the stock follows. Where nobody says how many left, some may have, but hardly as many as came."""
        expected = self.expected
        if self.losses is not None:
            return equal(self.value, expected)
        stays = self.value == self.before and self.gains > 0
        return not stays and (self.value < expected or equal(self.value, expected))


@dataclass(frozen=True, slots=True)
class Flows:
    """What came to a library's stock and what left it, as far as it is known; `losses` is None where nobody says."""

    gains: Known
    losses: Known | None

    @classmethod
    def of(cls, library: str, balance: Balance, figures: Figures, asked: Asked) -> Flows:
        """Months that are asked about already are not known."""
        gains, losses = (
            [_known(figures.series.get((library, element)), asked.get((library, element), ())) for element in elements]
            for elements in (balance.gains, balance.losses)
        )
        return cls(gains, losses if balance.losses else None)

    def reckon(self, before: Observation, seen: Observation) -> Reckoning | None:
        """The stock against an earlier one; None where a flow between them is not known."""
        if seen.value is None or before.value is None:
            return None
        months = range(before.period.ordinal + 1, seen.period.ordinal + 1)
        gains = _sum(self.gains, months)
        if gains is None:
            return None
        losses = None if self.losses is None else _sum(self.losses, months)
        return Reckoning(seen, seen.value, before.value, gains, losses)

    def follows(self, before: Observation, seen: Observation) -> bool:
        """Whether the stock is known to follow from an earlier one."""
        reckoning = self.reckon(before, seen)
        return reckoning is not None and reckoning.holds


def _known(series: Series | None, asked: Collection[int]) -> Mapping[int, float]:
    """An element's figures by month, without those that are asked about."""
    known = dict(zip(series.months, series.values, strict=True)) if series else {}
    for month in asked:
        known.pop(month, None)
    return known


def _sum(known: Known, months: range) -> float | None:
    """What came (or left) in some months; None where a month of it is not known."""
    try:
        return sum([figures[month] for figures in known for month in months])
    except KeyError:
        return None


def broken_balances(stocks: Series, balance: Balance, figures: Figures, asked: Asked) -> Iterator[Reckoning]:
    """The stocks that do not follow from the one before; one for as long as none does.

    A stock that follows from the last one that did is right, whatever stood between. Months that are asked about already
    say nothing; nor is anything said over months whose flows are not known.
    """
    base: Observation | None = None
    odd: Observation | None = None
    library = stocks.observations[0].library
    flows, settled = Flows.of(library, balance, figures, asked), asked.get((library, balance.stock), ())
    for month, seen in zip(stocks.months, stocks.observations, strict=True):
        if month in settled:
            continue
        reckoning = flows.reckon(base, seen) if base else None
        if reckoning and not reckoning.holds and not (odd and flows.follows(odd, seen)):
            if not odd:
                yield reckoning
            base, odd = odd or base, seen
        else:
            base, odd = seen, None


def accounted_for(before: Observation, seen: Observation, balances: Iterable[Balance], figures: Figures) -> bool:
    """Whether a stock follows from the one before, those who left among what is known."""
    mine = (Flows.of(seen.library, each, figures, {}) for each in balances if each.stock == seen.element)
    reckoned = (flows.reckon(before, seen) for flows in mine)
    return any(each is not None and each.losses is not None and each.holds for each in reckoned)
