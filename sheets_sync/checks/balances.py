"""A stock against its flows: members are those before, with the new ones, without those who left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.options import Balance
from sheets_sync.checks.questions import Figure, figure
from sheets_sync.model import Observation, Period, periods_between


@dataclass(frozen=True, slots=True)
class Reckoning:
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
        if self.losses is not None:
            return self.value == self.expected
        stays = self.value == self.before and self.gains > 0
        return self.value <= self.expected and not stays


def broken_balances(
    stocks: Sequence[Observation], balance: Balance, figures: Figures, explained: Collection[Figure]
) -> Iterator[Reckoning]:
    """The stocks that do not follow from the one before; one for as long as none does.

    A stock that follows from the last one that did is right, whatever stood between. Figures in `explained` are asked
    about already and say nothing; nor is anything said over months whose flows are not known.
    """
    base: Observation | None = None
    odd: Observation | None = None
    for seen in stocks:
        if figure(seen) in explained:
            continue
        reckoning = _reckon(base, seen, balance, figures, explained) if base else None
        again = _reckon(odd, seen, balance, figures, explained) if odd else None
        if reckoning and not reckoning.holds and not (again and again.holds):
            if not odd:
                yield reckoning
            base, odd = odd or base, seen
        else:
            base, odd = seen, None


def accounted_for(before: Observation, seen: Observation, balances: Iterable[Balance], figures: Figures) -> bool:
    """Whether a stock follows from the one before, those who left among what is known."""
    reckoned = (_reckon(before, seen, each, figures, ()) for each in balances if each.stock == seen.element)
    return any(each is not None and each.losses is not None and each.holds for each in reckoned)


def _reckon(
    before: Observation, seen: Observation, balance: Balance, figures: Figures, explained: Collection[Figure]
) -> Reckoning | None:
    if seen.value is None or before.value is None:
        return None
    months = periods_between(before.period + 1, seen.period)
    gains = _flow(seen.library, months, balance.gains, figures, explained)
    if gains is None:
        return None
    losses = _flow(seen.library, months, balance.losses, figures, explained) if balance.losses else None
    return Reckoning(seen, seen.value, before.value, gains, losses)


def _flow(
    library: str, months: Sequence[Period], elements: Sequence[str], figures: Figures, explained: Collection[Figure]
) -> float | None:
    """What came (or left) in these months; None where a month of it is not known."""
    total: float = 0
    for element in elements:
        for month in months:
            value = figures.value(library, month, element)
            if value is None or (library, element, month) in explained:
                return None
            total += value
    return total
