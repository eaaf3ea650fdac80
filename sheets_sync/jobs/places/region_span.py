"""The quarter or year of a place above offices, added up from what the places under it gave. Pure.

It stands in the same value as an office's: a place where a library stands, so that the same reports are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_sync.config.places import Places, Region
from sheets_sync.jobs.places.members import ALL, Given, Member, family, scores_of, told_of
from sheets_sync.jobs.span import HORIZONS, SpanView
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Horizon, IndicatorSums, KindSpanSums, Score, SpanSums, TimeSpan, spans_together
from sheets_sync.model.office_span import KindSpan, LibrarySpan, OfficeSpan, PlaceSpan


@dataclass(frozen=True, slots=True)
class _Tables:
    """The scores of the members and of all together, by code: of the span, the one before, a year earlier, each month."""

    whole: Mapping[str, Score]
    before: Mapping[str, Score]
    last_year: Mapping[str, Score]
    months: Sequence[Mapping[str, Score]]


def region_span(
    region: Region, places: Places, given: Mapping[str, Given[SpanSums]], scheme: Scheme, span: TimeSpan, now: datetime
) -> SpanView:
    """The region's quarter or year; `given` is by the code of the place, of those that give figures by themselves."""
    all_of_it = family(region, places, given, scheme, spans_together)
    total = all_of_it.whole.sums
    tables = _tables(scheme, span, all_of_it.known, all_of_it.kind)
    together = _row(all_of_it.whole, tables, span)
    whole = OfficeSpan(
        office=region.code,
        span=span,
        scheme=scheme.version,
        data_as_of=all_of_it.data_as_of,
        libraries=tuple(_row(each, tables, span) for each in all_of_it.members),
        kinds=tuple(_kinds(scheme, span, total.kinds)) if total else (),
        elements=together.elements,
        months=together.months,
        together=together,
        stale=tuple(told_of(places, region, given, all_of_it.rules, span, now)),
    )
    return SpanView(whole, scheme)


def _tables(scheme: Scheme, span: TimeSpan, places: Mapping[str, SpanSums], kind: str) -> _Tables:
    of_kind = {code: each for code, sums in places.items() for each in sums.kinds if each.kind == kind}
    horizon = HORIZONS[span.kind]

    def months(place: int) -> Mapping[str, Sequence[IndicatorSums]]:
        return {code: each.months[place] for code, each in of_kind.items() if place < len(each.months)}

    return _Tables(
        whole=scores_of(scheme, span.last, horizon, {code: each.whole for code, each in of_kind.items()}),
        before=scores_of(scheme, span.before.last, horizon, {code: each.before for code, each in of_kind.items()}),
        last_year=scores_of(scheme, span.last - 12, horizon, {code: each.last_year for code, each in of_kind.items()}),
        months=[scores_of(scheme, month, Horizon.MONTH, months(n)) for n, month in enumerate(span.months)],
    )


def _row(member: Member[SpanSums], tables: _Tables, span: TimeSpan) -> LibrarySpan:
    """A place as a row among the others; one that gave nothing owes nothing that is known, and is named elsewhere."""
    sums, code = member.sums, member.code
    nothing = (0,) * len(span)
    place = PlaceSpan(
        heard=sums.heard if sums else nothing,
        due=sums.due if sums else nothing,
        last_year=tables.last_year.get(code),
        made_at=member.made_at,
    )
    months = [scores.get(code) for scores in tables.months]
    return LibrarySpan(
        library=member.as_library,
        score=tables.whole.get(code),
        previous=tables.before.get(code),
        months=tuple(score.value if score else None for score in months),
        reported=place.reported,
        elements=sums.flows if sums else (),
        place=place,
    )


def _kinds(scheme: Scheme, span: TimeSpan, kinds: Sequence[KindSpanSums]) -> Iterator[KindSpan]:
    """The libraries of each kind together, those that most are first."""
    for each in sorted(kinds, key=lambda kind: -kind.libraries):
        scores = scores_of(scheme, span.last, HORIZONS[span.kind], {ALL: each.whole})
        yield KindSpan(each.kind, each.libraries, scores[ALL])
