"""What an office's sheets said when they were last read, and what they say after another reading. Pure.

What is loaded before a reading need not be loaded again after it: what was saved in between is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, compress, groupby
from operator import attrgetter
from typing import NamedTuple

from sheets_sync.model import Observation, Period, State


class MonthKey(NamedTuple):
    """A library's month on a tab."""

    workbook: str
    sheet_id: int
    library: str
    period: int  # the month's ordinal


@dataclass(frozen=True, slots=True)
class TabMonth:
    """What a tab says of a library's month, and since when it has said each figure."""

    key: MonthKey
    figures: tuple[Observation, ...]
    since: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a reading changes: months that say something else now (or nothing), new ones, and what is said no more."""

    changed: Mapping[MonthKey, TabMonth] = field(default_factory=dict)
    new: Sequence[TabMonth] = ()
    ended: Sequence[TabMonth] = ()


@dataclass(frozen=True, slots=True)
class StandingFigures:
    """What the sheets say, in the order their months were first seen; `read_at` is when each workbook was read."""

    months: tuple[TabMonth, ...] = ()
    read_at: Mapping[str, datetime | None] = field(default_factory=dict)

    @property
    def observations(self) -> tuple[Observation, ...]:
        """Every figure."""
        return tuple(chain.from_iterable(month.figures for month in self.months))

    def of(self, workbook: str) -> tuple[TabMonth, ...]:
        """What one workbook says."""
        return tuple(month for month in self.months if month.key.workbook == workbook)

    def after(self, workbook: str, change: Change, at: datetime) -> StandingFigures:
        """The same once a workbook was read again."""
        here = (change.changed.get(month.key, month) for month in self.months)
        months = (*(month for month in here if month.figures), *change.new)
        return StandingFigures(months, {**self.read_at, workbook: at})


def change_of(
    stood: Sequence[TabMonth], seen: Iterable[Observation], at: datetime, lost_tabs: Collection[int] = ()
) -> Change:
    """What a reading of a workbook changes in what it said; a figure that only moved keeps its first-seen time.

    What stood on `lost_tabs` (sheetIds) stays: nobody took it back, the tab can't be read.
    """
    before, now = {month.key: month for month in stood}, _by_month(seen)
    same = {key for key, figures in now.items() if key in before and before[key].figures == tuple(figures)}
    known = _Known(month for key, month in before.items() if key not in same)
    said = {
        key: TabMonth(key, _as_stored(figures), known.since(key, figures, at))
        for key, figures in now.items()
        if key not in same
    }
    left = {month.key: month for month in known.left()}
    changed = {key: said.get(key, TabMonth(key, (), ())) for key in before if key not in same}
    for key in left.keys() & changed.keys():
        if key.sheet_id in lost_tabs:
            changed[key] = _joined(left.pop(key), changed[key])
    unlike = {key: month for key, month in changed.items() if month != before[key]}
    return Change(unlike, [month for key, month in said.items() if key not in before], list(left.values()))


class _Known:
    """The figures of some months, each to be found again once: by what it says, rather where it was than elsewhere."""

    def __init__(self, months: Iterable[TabMonth]) -> None:
        self._months = {month.key: month for month in months}
        self._found = {key: [False] * len(month.figures) for key, month in self._months.items()}
        self._places: dict[_Said, list[tuple[MonthKey, int]]] = defaultdict(list)
        for key, month in self._months.items():
            for number, figure in enumerate(month.figures):
                self._places[_said(figure)].append((key, number))

    def since(self, key: MonthKey, figures: Sequence[Observation], at: datetime) -> tuple[datetime, ...]:
        """Since when each of the figures of a month is there; of one that is new, since now."""
        return tuple(self._take(key, figure, at) for figure in figures) if self._months else (at,) * len(figures)

    def left(self) -> Iterator[TabMonth]:
        """What was not found again."""
        for key, month in self._months.items():
            gone = [not found for found in self._found[key]]
            if any(gone):
                yield TabMonth(key, tuple(compress(month.figures, gone)), tuple(compress(month.since, gone)))

    def _take(self, key: MonthKey, figure: Observation, at: datetime) -> datetime:
        places = self._places.get(_said(figure))
        if not places:
            return at
        place = next((each for each in places if each[0] == key), places[0])
        places.remove(place)
        there, number = place
        self._found[there][number] = True
        return self._months[there].since[number]


_Said = tuple[str, str, Period, State, float | None, str]


def _said(figure: Observation) -> _Said:
    return figure.library, figure.element, figure.period, figure.state, figure.value, figure.typed


def _by_month(seen: Iterable[Observation]) -> dict[MonthKey, list[Observation]]:
    months: dict[MonthKey, list[Observation]] = {}
    for (workbook, sheet_id, library, period), figures in groupby(seen, _month_of):
        months.setdefault(MonthKey(workbook, sheet_id, library, period.ordinal), []).extend(figures)
    return months


_month_of = attrgetter("cell.workbook", "cell.sheet_id", "library", "period")


def _joined(one: TabMonth, other: TabMonth) -> TabMonth:
    return TabMonth(one.key, one.figures + other.figures, one.since + other.since)


def _as_stored(figures: Iterable[Observation]) -> tuple[Observation, ...]:
    """The store has no whole numbers among figures."""
    return tuple(
        [
            figure if type(value := figure.value) is float or value is None else figure._replace(value=float(value))
            for figure in figures
        ]
    )
