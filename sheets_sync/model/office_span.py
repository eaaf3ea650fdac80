"""All that letters and pages say of a quarter or a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.model.library import Library
from sheets_sync.model.month import AsOf, Reporting, Revision
from sheets_sync.model.period import Period
from sheets_sync.model.score import Score
from sheets_sync.model.span import TimeSpan


@dataclass(frozen=True, slots=True)
class ElementSeries:
    """A data element over the months of a span, oldest first; None: nobody reported it that month.

    `total` is what was reported, added up; of a stock the last value that is known. `known` is how many reports of a
    library's month have a figure.
    """

    element: str
    months: tuple[float | None, ...]
    total: float | None
    known: int

    @property
    def best(self) -> tuple[int, ...]:
        """The places of the highest months."""
        return best_of(self.months)


def best_of(values: Sequence[float | None]) -> tuple[int, ...]:
    """The places of the highest values; none where there is nothing to compare, or all are alike."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or max(known) == min(known):
        return ()
    return tuple(place for place, value in enumerate(values) if value == max(known))


@dataclass(frozen=True, slots=True)
class LibrarySpan:
    """A library's quarter or year. `score` is over all of it, never a mean of months; `previous` that of the one before.

    `months` are the scores of its months alone, `reported` how much of each was reported (None: it was not in service,
    nothing was expected yet, or the office has closed the month).
    """

    library: Library
    score: Score | None
    previous: Score | None
    months: tuple[float | None, ...]
    reported: tuple[Reporting | None, ...]
    elements: tuple[ElementSeries, ...]
    revisions: tuple[Revision, ...] = ()

    @property
    def due(self) -> int:
        """How many months it owed."""
        return sum(each is not None for each in self.reported)

    @property
    def heard(self) -> int:
        """How many of them it reported, wholly or in part."""
        return sum(each is not None and each.heard for each in self.reported)

    @property
    def missing(self) -> tuple[int, ...]:
        """The places of the months of which nothing was reported."""
        return tuple(place for place, each in enumerate(self.reported) if each is not None and not each.heard)


@dataclass(frozen=True, slots=True)
class KindSpan:
    """The libraries of one kind together: numerators and denominators added up before they are divided."""

    kind: str
    libraries: int
    score: Score


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """An office's quarter or year: what its reports are made of.

    Libraries that were in service in any of its months are in it. `months` are the mean month scores of the libraries
    that have one; `elements` are the flows of all libraries together, as reported. `gone` names libraries whose row has
    left the register: their figures are not in it.
    """

    office: str
    span: TimeSpan
    scheme: str
    data_as_of: datetime | None
    libraries: tuple[LibrarySpan, ...]
    kinds: tuple[KindSpan, ...]
    elements: tuple[ElementSeries, ...]
    months: tuple[float | None, ...]
    gone: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  # with whom something can't be computed
    as_of: tuple[AsOf, ...] = ()

    @property
    def period(self) -> Period:
        """The month with which it ends."""
        return self.span.last

    @property
    def due(self) -> int:
        """How many reports of a library's month were owed."""
        return sum(each.due for each in self.libraries)

    @property
    def heard(self) -> int:
        """How many of them came."""
        return sum(each.heard for each in self.libraries)

    @property
    def heard_by_month(self) -> tuple[tuple[int, int], ...]:
        """Of each month how many libraries reported, and how many owed it."""
        columns = [[each.reported[place] for each in self.libraries] for place in range(len(self.span))]
        return tuple((sum(r is not None and r.heard for r in row), sum(r is not None for r in row)) for row in columns)
