"""The month of a place above offices, added up from what the places under it gave. Pure.

Numerators and denominators add up before they are divided; a place that gave nothing is in no sum, and is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sheets_sync.config.places import Places, Region
from sheets_sync.jobs.places.members import ALL, Given, Member, family, scores_of, told_of
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import (
    Horizon,
    KindSums,
    LibraryMonth,
    OfficeMonth,
    Period,
    PlaceFacts,
    PlaceSums,
    Reporting,
    Score,
    Timeliness,
    together,
)
from sheets_sync.model.left_out import LeftOut
from sheets_sync.model.place import TREND_MONTHS


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region's month, and what it was made of: `kind` is whose libraries are scored, of `kinds` of so many libraries."""

    month: OfficeMonth
    scheme: Scheme
    kind: str
    kinds: Mapping[str, int]
    left_out: tuple[LeftOut, ...] = field(default=())  # as of an office's month: no place is ever left out


@dataclass(frozen=True, slots=True)
class _Tables:
    """The scores of the members and of all together, by code."""

    year: Mapping[str, Score]
    month: Mapping[str, Score]
    previous: Mapping[str, Score]
    last_year: Mapping[str, Score]
    trend: Mapping[str, tuple[float | None, ...]]


def region_view(
    region: Region, places: Places, given: Mapping[str, Given[PlaceSums]], scheme: Scheme, period: Period, now: datetime
) -> RegionView:
    """The region's month; `given` is by the code of the place, of those that give figures by themselves. Pure."""
    all_of_it = family(region, places, given, scheme, together)
    total, kind = all_of_it.whole.sums, all_of_it.kind
    tables = _tables(scheme, period, all_of_it.known, kind)
    month = OfficeMonth(
        office=region.code,
        period=period,
        scheme=scheme.version,
        data_as_of=all_of_it.data_as_of,
        checked_at=now.astimezone(region.zone),
        libraries=tuple(_row(each, tables) for each in all_of_it.members),
        completeness=total.completeness if total else None,
        timeliness=total.timeliness if total else Timeliness(0, 0, 0),
        findings=(),
        stale=tuple(told_of(places, region, given, all_of_it.rules, period, now)),
        trend=tables.trend.get(ALL, (None,) * TREND_MONTHS),
        together=_row(all_of_it.whole, tables),
    )
    return RegionView(month, scheme, kind, all_of_it.kinds)


def _tables(scheme: Scheme, period: Period, places: Mapping[str, PlaceSums], kind: str) -> _Tables:
    of_kind = {code: _of_kind(sums, kind) for code, sums in places.items()}
    known = {code: sums for code, sums in of_kind.items() if sums is not None}

    months = [period - back for back in reversed(range(TREND_MONTHS))]
    trend = [
        scores_of(scheme, month, Horizon.MONTH, {code: each.months[n] for code, each in known.items()})
        for n, month in enumerate(months)
    ]
    year = Horizon.YEAR_TO_DATE
    return _Tables(
        year=scores_of(scheme, period, year, {code: each.year for code, each in known.items()}),
        month=trend[-1],
        previous=scores_of(scheme, period - 1, year, {code: each.previous for code, each in known.items()}),
        last_year=scores_of(scheme, period - 12, year, {code: each.last_year for code, each in known.items()}),
        trend={code: tuple(_value(of_month.get(code)) for of_month in trend) for code in known},
    )


def _of_kind(sums: PlaceSums, kind: str) -> KindSums | None:
    return next((each for each in sums.kinds if each.kind == kind), None)


def _value(score: Score | None) -> float | None:
    return score.value if score else None


def _row(member: Member[PlaceSums], tables: _Tables) -> LibraryMonth:
    """A place as a row among the others: it stands where a library does in an office's month."""
    code, sums = member.code, member.sums
    return LibraryMonth(
        library=member.as_library,
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
