"""All series looked at together, so that only those in which something may be odd are looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from sheets_sync.checks.options import CheckOptions
from sheets_sync.checks.questions import AllSeries
from sheets_sync.checks.repeats import LINKS, THIRDS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Screened:
    """The series in which there may be what is looked for; in all others there is none of it."""

    loud: AllSeries  # a figure that is odd: not all are within a factor of each other
    uneven: AllSeries  # a figure far below another
    repeating: AllSeries  # a figure that comes again

    @classmethod
    def of(cls, everything: AllSeries, options: CheckOptions) -> Screened:
        if not everything:
            return cls({}, {}, {})
        of_all = _Together.of([series.values for series in everything.values()])
        loud, uneven, repeating = of_all.loud(options), of_all.uneven(options), of_all.repeating(options)
        return cls(*(dict(compress(everything.items(), which.tolist())) for which in (loud, uneven, repeating)))


@dataclass(frozen=True, slots=True, eq=False)
class _Together:
    """The figures of all series, one after the other, and where each series begins; none is empty."""

    values: Floats
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, each: Sequence[Sequence[float]]) -> _Together:
        ends = np.cumsum([len(values) for values in each])
        return cls(np.fromiter(chain.from_iterable(each), np.float64, ends[-1]), np.r_[0, ends[:-1]])

    def loud(self, options: CheckOptions) -> NDArray[np.bool_]:
        """Whether figures other than zero are further than a factor apart."""
        filled = self.values != 0
        least = np.minimum.reduceat(np.where(filled, self.values, np.inf), self.starts)
        most = np.maximum.reduceat(np.where(filled, self.values, -np.inf), self.starts)
        return most > options.slips.apart * least

    def uneven(self, options: CheckOptions) -> NDArray[np.bool_]:
        """Whether the smallest figure is far below the largest."""
        least = np.minimum.reduceat(self.values, self.starts)
        return self.most > options.change.factor * np.maximum(least, options.change.at_least)

    def repeating(self, options: CheckOptions) -> NDArray[np.bool_]:
        """Whether figures that are large enough are the same as the one before, or so many nearly the same."""
        apart = np.abs(np.diff(self.values, prepend=np.nan))
        apart[self.starts] = np.inf
        same, near = (np.add.reduceat(each, self.starts, dtype=np.intp) for each in (apart == 0, apart <= THIRDS))
        large = self.most >= min(options.same.at_least, options.same.spread_at_least)
        return large & ((same > 0) | (near >= LINKS))

    @property
    def most(self) -> Floats:
        return np.maximum.reduceat(self.values, self.starts)
