"""A stock against its flows: members are those before, with the new ones, without those who left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sheets_sync.checks.figures import Figures
from sheets_sync.checks.options import Balance
from sheets_sync.checks.questions import Figure, figure
from sheets_sync.checks.series import Series
from sheets_sync.model import Observation
from sheets_sync.model.rounding import equal

NO_FIGURES = Series.of(())


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
        follows = equal(self.value, self.expected)
        if self.losses is not None:
            return follows
        stays = self.value == self.before and self.gains > 0
        return (follows or self.value < self.expected) and not stays


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
    months = before.period.ordinal, seen.period.ordinal
    gains = _flow(seen.library, months, balance.gains, figures, explained)
    if gains is None:
        return None
    losses = _flow(seen.library, months, balance.losses, figures, explained) if balance.losses else None
    return Reckoning(seen, seen.value, before.value, gains, losses)


def _flow(
    library: str, months: tuple[int, int], elements: Sequence[str], figures: Figures, explained: Collection[Figure]
) -> float | None:
    """What came (or left) after a month and until another; None where a month of it is not known."""
    (after, until), values = months, list[float]()
    for element in elements:
        series = figures.series.get((library, element), NO_FIGURES)
        there = series.between(after, until)
        if there.stop - there.start < until - after:
            return None
        if explained and any(figure(each) in explained for each in series.observations[there]):
            return None
        values += series.values[there]
    return sum(values)
