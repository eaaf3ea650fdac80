"""All series looked at together, so that only those in which something may be odd are looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.checks.columns import Flags, Floats, Places
from sheets_sync.checks.every_series import EverySeries
from sheets_sync.checks.options import CheckOptions
from sheets_sync.checks.questions import AllSeries
from sheets_sync.checks.repeats import LINKS, THIRDS


@dataclass(frozen=True, slots=True)
class Screened:
    """The series in which there may be what is looked for; in all others there is none of it."""

    loud: AllSeries  # a figure that is odd: not all are within a factor of each other
    uneven: AllSeries  # a figure far below another
    repeating: AllSeries  # a figure that comes again
    falling: AllSeries  # a figure less than the one before, of what should only grow

    @classmethod
    def of(cls, everything: EverySeries, options: CheckOptions) -> Screened:
        if not everything:
            return cls({}, {}, {}, {})
        look = _Look(everything.value, everything.starts)
        growing = np.array([element in options.never_fall for _, element in everything])
        found = look.loud(options), look.uneven(options), look.repeating(options), look.falling() & growing
        return cls(*map(everything.where, found))


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """The figures of all series, one after the other, and where each series begins; none is empty."""

    values: Floats
    starts: Places

    def loud(self, options: CheckOptions) -> Flags:
        """Whether figures other than zero are further than a factor apart."""
        filled = self.values != 0
        least = np.minimum.reduceat(np.where(filled, self.values, np.inf), self.starts)
        most = np.maximum.reduceat(np.where(filled, self.values, -np.inf), self.starts)
        return most > options.slips.apart * least

    def uneven(self, options: CheckOptions) -> Flags:
        """Whether the smallest figure is far below the largest."""
        least = np.minimum.reduceat(self.values, self.starts)
        return self.most > options.change.factor * np.maximum(least, options.change.at_least)

    def repeating(self, options: CheckOptions) -> Flags:
        """Whether figures that are large enough are the same as the one before, or so many nearly the same."""
        apart = np.abs(np.diff(self.values, prepend=np.nan))
        apart[self.starts] = np.inf
        same, near = (np.add.reduceat(each, self.starts, dtype=np.intp) for each in (apart == 0, apart <= THIRDS))
        large = self.most >= min(options.same.at_least, options.same.spread_at_least)
        return large & ((same > 0) | (near >= LINKS))

    def falling(self) -> Flags:
        """Whether a figure is less than the one before."""
        less = np.diff(self.values, prepend=np.nan) < 0
        less[self.starts] = False
        return np.logical_or.reduceat(less, self.starts)

    @property
    def most(self) -> Floats:
        return np.maximum.reduceat(self.values, self.starts)
