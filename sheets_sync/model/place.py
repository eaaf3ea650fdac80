"""What a place gives to the places above it: sums and counts that add up, and nothing about a person or a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from sheets_sync.model.month import Timeliness
from sheets_sync.model.office_span import ElementSeries, flows_together
from sheets_sync.model.period import Period
from sheets_sync.model.span import TimeSpan

# Of one indicator over the libraries of a group: numerators, denominators, of how many libraries they are known, to how
# many it applies; then of the targets and of the floors: times the denominator, the denominators, plain, how many.
SUMS = (
    "above", "below", "known", "applies",
    "target", "target_below", "targets", "with_target",
    "floor", "floor_below", "floors", "with_floor",
)  # fmt: skip
TREND_MONTHS = 12


@dataclass(frozen=True, slots=True)
class IndicatorSums:
    """An indicator's sums, in the order of `SUMS`."""

    indicator: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class KindSums:
    """The sums over a place's libraries of one kind: kinds are never added to each other.

    `year` is the year to date, `previous` that of one month earlier (empty where the year begins), `last_year` that of
    twelve months earlier; `months` are the last twelve, each alone, oldest first (empty before the first).
    """

    kind: str
    libraries: int
    year: tuple[IndicatorSums, ...]
    previous: tuple[IndicatorSums, ...]
    last_year: tuple[IndicatorSums, ...]
    months: tuple[tuple[IndicatorSums, ...], ...]


@dataclass(frozen=True, slots=True)
class KindSpanSums:
    """The sums over a place's libraries of one kind: over a quarter or year, over the one before it, and a year earlier.

    `months` are those of its months, each alone, oldest first (empty before the first).
    """

    kind: str
    libraries: int
    whole: tuple[IndicatorSums, ...]
    before: tuple[IndicatorSums, ...]
    last_year: tuple[IndicatorSums, ...]
    months: tuple[tuple[IndicatorSums, ...], ...]


@dataclass(frozen=True, slots=True)
class SpanSums:
    """A place's quarter or year, of the libraries in service in any month of it.

    `heard` and `due` are of each month how many libraries reported and how many owed it; `flows` what they reported of
    each flow, kinds together. `scheme` and `rules` as in a month.
    """

    span: TimeSpan
    scheme: str
    rules: str
    data_as_of: datetime | None
    heard: tuple[int, ...]
    due: tuple[int, ...]
    flows: tuple[ElementSeries, ...]
    kinds: tuple[KindSpanSums, ...]

    def under(self, scheme: str, rules: str) -> SpanSums:
        """This among places under these rules: sums under other ones are left out, and it still counts."""
        return self if self.rules == rules else replace(self, scheme=scheme, rules=rules, kinds=())


@dataclass(frozen=True, slots=True)
class PlaceSums:
    """A place's month: how its libraries reported, and the sums that a score is made of.

    `scheme` is the version of the scheme, `rules` a sign of all that it says: sums under other rules can't be added.
    """

    period: Period
    scheme: str
    rules: str
    data_as_of: datetime | None
    complete: int
    partial: int
    silent: int
    unread: int
    required: int  # figures that are due in the month
    answered: int
    on_time: int
    late: int
    unknown: int
    questions: int
    kinds: tuple[KindSums, ...]
    spans: tuple[
        SpanSums, ...
    ] = ()  # of the quarter and the year that end with the month, in a file of another installation

    @property
    def libraries(self) -> int:
        return self.complete + self.partial + self.silent + self.unread

    @property
    def heard(self) -> int:
        """The libraries of whose month anything is known to be reported."""
        return self.complete + self.partial

    @property
    def completeness(self) -> float | None:
        return self.answered / self.required if self.required else None

    @property
    def timeliness(self) -> Timeliness:
        return Timeliness(self.on_time, self.late, self.unknown)

    def under(self, scheme: str, rules: str) -> PlaceSums:
        """This among places under these rules: sums under other ones are left out, and it still counts."""
        spans = tuple(each.under(scheme, rules) for each in self.spans)
        if self.rules == rules:
            return replace(self, spans=spans) if spans else self
        return replace(self, scheme=scheme, rules=rules, kinds=(), spans=spans)


COUNTS = (
    "complete", "partial", "silent", "unread", "required", "answered", "on_time", "late", "unknown", "questions",
)  # fmt: skip


def together(places: Sequence[PlaceSums]) -> PlaceSums:
    """Places of one month, all under the same rules, as one; in whatever groups they are added, it comes to the same."""
    first = places[0]
    moments = [each.data_as_of for each in places if each.data_as_of]
    return PlaceSums(
        period=first.period,
        scheme=first.scheme,
        rules=first.rules,
        data_as_of=max(moments, default=None),
        kinds=_kinds([kind for each in places for kind in each.kinds]),
        spans=tuple(_spans(places)),
        **{name: sum(getattr(each, name) for each in places) for name in COUNTS},
    )


def _spans(places: Sequence[PlaceSums]) -> Iterator[SpanSums]:
    """The quarters and years that every place gives."""
    for first in places[0].spans:
        same = [each for place in places for each in place.spans if each.span == first.span]
        if len(same) == len(places):
            yield spans_together(same)


def spans_together(places: Sequence[SpanSums]) -> SpanSums:
    """Places of one quarter or year, all under the same rules, as one; in whatever groups they are added."""
    first = places[0]
    moments = [each.data_as_of for each in places if each.data_as_of]
    kinds = [kind for each in places for kind in each.kinds]
    names = sorted({each.kind for each in kinds})
    return SpanSums(
        span=first.span,
        scheme=first.scheme,
        rules=first.rules,
        data_as_of=max(moments, default=None),
        heard=tuple(map(sum, zip(*(each.heard for each in places), strict=True))),
        due=tuple(map(sum, zip(*(each.due for each in places), strict=True))),
        flows=flows_together(each.flows for each in places),
        kinds=tuple(_span_of_a_kind([each for each in kinds if each.kind == name]) for name in names),
    )


def _span_of_a_kind(given: Sequence[KindSpanSums]) -> KindSpanSums:
    return KindSpanSums(
        kind=given[0].kind,
        libraries=sum(each.libraries for each in given),
        whole=added(each.whole for each in given),
        before=added(each.before for each in given),
        last_year=added(each.last_year for each in given),
        months=tuple(added(month) for month in zip_longest(*(each.months for each in given), fillvalue=())),
    )


def _kinds(given: Sequence[KindSums]) -> tuple[KindSums, ...]:
    return tuple(_of_a_kind([each for each in given if each.kind == kind]) for kind in sorted({k.kind for k in given}))


def _of_a_kind(given: Sequence[KindSums]) -> KindSums:
    return KindSums(
        kind=given[0].kind,
        libraries=sum(each.libraries for each in given),
        year=added(each.year for each in given),
        previous=added(each.previous for each in given),
        last_year=added(each.last_year for each in given),
        months=tuple(added(month) for month in zip_longest(*(each.months for each in given), fillvalue=())),
    )


def added(sums: Iterable[Sequence[IndicatorSums]]) -> tuple[IndicatorSums, ...]:
    """Each indicator's sums added up, in the order in which they are first named."""
    found: dict[str, list[tuple[float, ...]]] = {}
    for of_place in sums:
        for each in of_place:
            found.setdefault(each.indicator, []).append(each.values)
    return tuple(IndicatorSums(name, tuple(map(sum, zip(*values, strict=True)))) for name, values in found.items())
