"""The month of a place above offices, added up from what the places under it gave. Pure.

Numerators and denominators add up before they are divided; a place that gave nothing is in no sum, and is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sheets_sync.config.places import OrgUnit, Places, Region
from sheets_sync.jobs.place_sums import rules_of
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.tally import score_sums
from sheets_sync.model import (
    Horizon,
    IndicatorSums,
    KindSums,
    Library,
    LibraryMonth,
    Message,
    OfficeMonth,
    Period,
    PlaceFacts,
    PlaceSums,
    Reporting,
    Score,
    StaleWorkbook,
    Timeliness,
    msg,
    together,
)
from sheets_sync.model.left_out import LeftOut
from sheets_sync.model.place import TREND_MONTHS

ALL = "∑"  # the region itself among its places: no place has such a code


@dataclass(frozen=True, slots=True)
class Given:
    """What a place gave for a month. `made_at` is when the file was made that it came in, or the newest older file."""

    sums: PlaceSums | None = None
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region's month, and what it was made of: `kind` is whose libraries are scored, of `kinds` of so many libraries."""

    month: OfficeMonth
    scheme: Scheme
    kind: str
    kinds: Mapping[str, int]
    left_out: tuple[LeftOut, ...] = field(default=())  # as of an office's month: no place is ever left out


@dataclass(frozen=True, slots=True)
class _Member:
    """A place under the region, with what it and the places under it gave together; `above` is its parent's name."""

    code: str
    name: str
    level: str
    above: str
    sums: PlaceSums | None
    made_at: datetime | None  # of the oldest file in it


@dataclass(frozen=True, slots=True)
class _Tables:
    """The scores of the members and of all together, by code."""

    year: Mapping[str, Score]
    month: Mapping[str, Score]
    previous: Mapping[str, Score]
    last_year: Mapping[str, Score]
    trend: Mapping[str, tuple[float | None, ...]]


def region_view(
    region: Region, places: Places, given: Mapping[str, Given], scheme: Scheme, period: Period, now: datetime
) -> RegionView:
    """The region's month; `given` is by the code of the place, of those that give figures by themselves. Pure."""
    rules = rules_of(scheme)
    added = {code: _under(each, scheme, rules) for code, each in given.items()}
    members = [_member(place, below, added, places) for place, below in _members(places, region.code)]
    known = {each.code: each.sums for each in members if each.sums is not None}
    total = together([*known.values()]) if known else None
    kinds = Counter({each.kind: each.libraries for each in total.kinds}) if total else Counter[str]()
    kind = region.kind or min(kinds, key=lambda name: (-kinds[name], name), default="")
    tables = _tables(scheme, period, {**known, ALL: total} if total else {}, kind)
    whole = _Member(ALL, places.by_code[region.code].name, "", "", total, None)
    month = OfficeMonth(
        office=region.code,
        period=period,
        scheme=scheme.version,
        data_as_of=total.data_as_of.astimezone(region.zone) if total and total.data_as_of else None,
        checked_at=now.astimezone(region.zone),
        libraries=tuple(_row(each, tables) for each in members),
        completeness=total.completeness if total else None,
        timeliness=total.timeliness if total else Timeliness(0, 0, 0),
        findings=(),
        stale=tuple(_told(places, region, given, rules, period, now)),
        trend=tables.trend.get(ALL, (None,) * TREND_MONTHS),
        together=_row(whole, tables),
    )
    return RegionView(month, scheme, kind, dict(sorted(kinds.items())))


def _under(given: Given, scheme: Scheme, rules: str) -> Given:
    return Given(given.sums.under(scheme.version, rules), given.made_at) if given.sums else given


def _members(places: Places, code: str) -> Iterator[tuple[OrgUnit, Sequence[OrgUnit]]]:
    """The rows of a region, each with the places that give its figures: what it gives itself, then the places right under it."""
    itself = places.by_code[code]
    if itself.offices or itself.imports:
        yield itself, (itself,)
    for place in places.under(code):
        yield place, tuple(places.givers(place))


def _member(place: OrgUnit, givers: Sequence[OrgUnit], given: Mapping[str, Given], places: Places) -> _Member:
    found = [given[each.code] for each in givers if each.code in given]
    sums = [each.sums for each in found if each.sums is not None]
    made = [each.made_at for each in found if each.made_at is not None and each.sums is not None]
    above, whole = places.by_code.get(place.parent), together(sums) if sums else None
    return _Member(place.code, place.name, place.level, above.name if above else "", whole, min(made, default=None))


def _tables(scheme: Scheme, period: Period, places: Mapping[str, PlaceSums], kind: str) -> _Tables:
    of_kind = {code: _of_kind(sums, kind) for code, sums in places.items()}
    known = {code: sums for code, sums in of_kind.items() if sums is not None}

    def scores(month: Period, horizon: Horizon, sums: Mapping[str, Sequence[IndicatorSums]]) -> dict[str, Score]:
        there = {code: each for code, each in sums.items() if each}
        table = score_sums(scheme, month, horizon, there)
        return {code: table.score(code) for code in there}

    months = [period - back for back in reversed(range(TREND_MONTHS))]
    trend = [
        scores(month, Horizon.MONTH, {code: each.months[n] for code, each in known.items()})
        for n, month in enumerate(months)
    ]
    year = Horizon.YEAR_TO_DATE
    return _Tables(
        year=scores(period, year, {code: each.year for code, each in known.items()}),
        month=trend[-1],
        previous=scores(period - 1, year, {code: each.previous for code, each in known.items()}),
        last_year=scores(period - 12, year, {code: each.last_year for code, each in known.items()}),
        trend={code: tuple(_value(of_month.get(code)) for of_month in trend) for code in known},
    )


def _of_kind(sums: PlaceSums, kind: str) -> KindSums | None:
    return next((each for each in sums.kinds if each.kind == kind), None)


def _value(score: Score | None) -> float | None:
    return score.value if score else None


def _row(member: _Member, tables: _Tables) -> LibraryMonth:
    """A place as a row among the others: it stands where a library does in an office's month."""
    code, sums = member.code, member.sums
    return LibraryMonth(
        library=Library(code, member.name, kind=member.level, district=member.above),
        reporting=_reporting(sums),
        score=tables.year.get(code),
        month_score=tables.month.get(code),
        previous=tables.previous.get(code),
        trend=tables.trend.get(code, (None,) * TREND_MONTHS),
        completeness=(sums.completeness if sums else None) or 0.0,
        on_time=None,  # of a place it is a share, in `place`
        findings=(),
        steps=(),
        revisions=(),
        observations=(),
        place=_facts(sums, tables.last_year.get(code), member.made_at),
    )


def _facts(sums: PlaceSums | None, last_year: Score | None, made_at: datetime | None) -> PlaceFacts:
    if sums is None:
        return PlaceFacts(0, 0, 0, Timeliness(0, 0, 0), None)
    return PlaceFacts(sums.libraries, sums.heard, sums.questions, sums.timeliness, last_year, made_at)


def _reporting(sums: PlaceSums | None) -> Reporting:
    if sums is None or not sums.libraries:
        return Reporting.NONE
    if sums.complete == sums.libraries:
        return Reporting.COMPLETE
    if sums.heard:
        return Reporting.PARTIAL
    return Reporting.UNREAD if sums.unread else Reporting.NONE


def _told(
    places: Places, region: Region, given: Mapping[str, Given], rules: str, period: Period, now: datetime
) -> Iterator[StaleWorkbook]:
    """The places that are in no sum, or whose file is old, each with why; in the tree's order."""
    for place in places.givers(places.by_code[region.code]):
        found = given.get(place.code, Given())
        said = _missing(found, period) or _other_rules(found, rules) or _old(found, now, places.ask_after_days)
        if said is not None:
            yield StaleWorkbook("", place.name, found.made_at, said)


def _missing(given: Given, period: Period) -> Message | None:
    if given.sums is not None:
        return None
    if given.made_at is None:
        return msg("has given no figures for {month} yet and is in no sum.", month=period)
    return msg(
        "has sent no file with {month} yet and is in no sum; its newest one was made {day}.",
        month=period,
        day=given.made_at.date(),
    )


def _other_rules(given: Given, rules: str) -> Message | None:
    if given.sums is None or given.sums.rules == rules:
        return None
    return msg(
        "is scored by rules other than this place's (scheme {scheme}); who reported counts, the score is in no sum. Let "
        "both use the same scheme file.",
        scheme=given.sums.scheme,
    )


def _old(given: Given, now: datetime, most: int) -> Message | None:
    days = (now - given.made_at).days if given.made_at else 0
    if given.made_at is None or days <= most:
        return None
    return msg(
        "is brought in by a file of {day}, {days} days old. Ask for a new one.", day=given.made_at.date(), days=days
    )
