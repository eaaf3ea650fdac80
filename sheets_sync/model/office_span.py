"""All that letters and pages say of a quarter or a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.model.library import Library
from sheets_sync.model.month import AsOf, Reporting, Revision, StaleWorkbook
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


def flows_together(given: Iterable[Sequence[ElementSeries]]) -> tuple[ElementSeries, ...]:
    """Each flow's months and totals added up, in the order in which they are first named; unknown is not zero."""
    found: dict[str, list[ElementSeries]] = {}
    for of_place in given:
        for each in of_place:
            found.setdefault(each.element, []).append(each)
    return tuple(_flow(element, same) for element, same in found.items())


def _flow(element: str, same: Sequence[ElementSeries]) -> ElementSeries:
    months = tuple(map(_sum, zip(*(each.months for each in same), strict=True)))
    return ElementSeries(element, months, _sum(each.total for each in same), sum(each.known for each in same))


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def best_of(values: Sequence[float | None]) -> tuple[int, ...]:
    """The places of the highest values; none where there is nothing to compare, or all are alike."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or max(known) == min(known):
        return ()
    return tuple(place for place, value in enumerate(values) if value == max(known))


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """What is said of a place above libraries and of no library.

    `heard` and `due` are of each month how many of its libraries reported, and how many owed it; `last_year` is the score
    of the same months a year earlier; `made_at` when the file was made that it came in.
    """

    heard: tuple[int, ...]
    due: tuple[int, ...]
    last_year: Score | None
    made_at: datetime | None = None

    @property
    def reported(self) -> tuple[Reporting | None, ...]:
        """How much of each month its libraries reported."""
        return tuple(_together(*pair) for pair in zip(self.heard, self.due, strict=True))


def _together(heard: int, due: int) -> Reporting | None:
    if not due:
        return None
    return Reporting.COMPLETE if heard == due else Reporting.PARTIAL if heard else Reporting.NONE


@dataclass(frozen=True, slots=True)
class LibrarySpan:
    """A library's quarter or year. `score` is over all of it, never a mean of months; `previous` that of the one before.

    `months` are the scores of its months alone, `reported` how much of each was reported (None: it was not in service,
    nothing was expected yet, or the office has closed the month). A regency or province stands here like a library.
    """

    library: Library
    score: Score | None
    previous: Score | None
    months: tuple[float | None, ...]
    reported: tuple[Reporting | None, ...]
    elements: tuple[ElementSeries, ...]
    revisions: tuple[Revision, ...] = ()
    place: PlaceSpan | None = None

    @property
    def counted(self) -> tuple[tuple[int, int], ...]:
        """Of each month how many reports came, wholly or in part, and how many were owed: of a library one at most."""
        if self.place is not None:
            return tuple(zip(self.place.heard, self.place.due, strict=True))
        return tuple((int(each is not None and each.heard), int(each is not None)) for each in self.reported)

    @property
    def due(self) -> int:
        """How many months' reports it owed."""
        return sum(due for _, due in self.counted)

    @property
    def heard(self) -> int:
        """How many of them came."""
        return sum(heard for heard, _ in self.counted)

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
    together: LibrarySpan | None = None  # of a region: all its places as one
    stale: tuple[StaleWorkbook, ...] = ()  # of a region: places that are in no sum, or whose file is old

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
        columns = zip(*(each.counted for each in self.libraries), strict=True)
        counted = tuple((sum(heard for heard, _ in row), sum(due for _, due in row)) for row in columns)
        return counted or ((0, 0),) * len(self.span)
