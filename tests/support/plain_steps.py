"""Next steps worked out a second time, deliberately plainly: every amount is tried, and the whole scheme is scored anew.

Figures are lists of months by element, None where nothing was reported; the year is the calendar's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi_samples import FLOWS, cube, year

from sheets_sync.kpi.outlook import levers
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.scoring import score
from sheets_sync.model import Horizon, Period, Step

Figures = Mapping[str, Sequence[float | None]]


@dataclass(frozen=True)
class PlainYear:
    """One library's figures, a list for each element, the first month being `first`; the last one is the present."""

    scheme: Scheme
    figures: Figures
    first: Period

    @property
    def now(self) -> Period:
        return self.first + (len(next(iter(self.figures.values()))) - 1)

    @property
    def left(self) -> int:
        return 12 - self.now.month or 12

    def this_year(self, element: str) -> list[float]:
        return [x for x in self.figures[element][-self.now.month :] if x is not None]

    def usual(self, element: str) -> float | None:
        """A month still to come: flows at their mean month, stocks at their last value."""
        known = self.this_year(element)
        if not known:
            return None
        return sum(known) / len(known) if element in FLOWS else known[-1]

    def score(self, figures: Figures, period: Period) -> float | None:
        seen = [each for name, values in figures.items() for each in year(name, values, start=str(self.first))]
        whole = cube(seen, first=str(self.first), last=str(self.now + 12))
        return score(whole, self.scheme, period, Horizon.YEAR_TO_DATE, with_range=False).score("A").value

    def ahead(self, element: str = "", amount: float = 0, pace: str = "") -> float | None:
        """The score at the end of the year, with so much more of an element."""
        figures = {name: [*values, *[self.usual(name)] * self.left] for name, values in self.figures.items()}
        months = [len(figures[element]) - self.left] if pace == "once" else range(-self.left, 0) if element else []
        for month in months:
            figures[element][month] += amount  # type: ignore[operator] # never asked of what was never reported
        return self.score(figures, self.now + self.left)

    def most(self, element: str, pace: str) -> int:
        """The largest amount that can be asked for."""
        usual, past = self.usual(element), self.figures[element][-24:]
        if usual is None:
            return 0
        known = [x for x in past if x is not None]
        if pace == "monthly":
            return int(max(max(known) - usual, 0.1 * usual, 1))
        if pace == "once":
            return int(max(max(known) * self.left, 1))
        pairs = pairwise(past)
        growth = [after - before for before, after in pairs if before is not None and after is not None]
        return int(max(max(growth, default=0) * self.left, 1))


def plain_steps(year: PlainYear) -> tuple[Step, ...]:
    """The library's steps; none where it has no score."""
    steps = sorted(_steps(year), key=lambda step: -(step.score - step.without))
    best: list[Step] = []
    for step in steps:
        if all(step.indicator != other.indicator and step.element != other.element for other in best):
            best.append(step)
    return tuple(best[:3])


def _steps(year: PlainYear) -> Iterator[Step]:
    present, without = year.score(year.figures, year.now), year.ahead()
    if present is None or without is None:
        return
    for lever in levers(year.scheme, cube([])):
        pace = lever.pace.value
        most = year.most(lever.element, pace)
        best = year.ahead(lever.element, most, pace) if most else None
        if best is None or best - without < 0.01 or best < present - 1e-9:
            continue
        tried = ((n, year.ahead(lever.element, n, pace)) for n in range(1, most + 1))
        amount, reached = next((n, x) for n, x in tried if x is not None and x >= best - 1e-9)
        yield Step(
            lever.indicator, lever.element, float(amount), pace == "monthly", reached, without, year.now + year.left
        )
