"""What the places under a place above offices gave: by their offices here, or by the files of other installations.

What was given of a month is kept; of a quarter or year an office's part is worked out when a report or a file is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.places import OrgUnit, Region
from sheets_sync.errors import UsageError
from sheets_sync.jobs.month import MonthView, shown_period, view_of
from sheets_sync.jobs.places.members import Given, Sums, corrected_by_file, lacks_of
from sheets_sync.jobs.places.place_sums import place_sums, rules_of, span_sums
from sheets_sync.jobs.places.region import RegionView, region_view
from sheets_sync.jobs.places.region_file import region_file
from sheets_sync.jobs.places.region_span import region_span
from sheets_sync.jobs.span import SpanView, span_of
from sheets_sync.model import (
    Message,
    Period,
    PlaceSums,
    SpanKind,
    SpanSums,
    StaleWorkbook,
    TimeSpan,
    msg,
    spans_together,
    together,
)
from sheets_sync.store import GivenSums
from sheets_sync.store.places import of_file

S = TypeVar("S", bound=Sums)


def region_view_of(app: App, region: Region, period: Period | None = None) -> RegionView:
    """The region's month as what was given for it adds up now."""
    settings, now = app.settings.of(region), app.clock()
    period = period or shown_period(settings, region, now)
    places = givers(app, region)
    scheme = settings.scheme(period)
    given = gather(app, places, period, rules_of(scheme, region.year_starts_in))
    view = region_view(region, app.settings.places, given, scheme, period, now)
    told = (*view.month.stale, *_corrected(app, region, places, period))
    return replace(view, month=replace(view.month, stale=told))


def _corrected(app: App, region: Region, places: Sequence[OrgUnit], period: Period) -> Iterator[StaleWorkbook]:
    """The reported months that files have corrected since the report before this month's was made."""
    names = {place.code: place.name for place in places if place.imports}
    first = period.year_start(region.year_starts_in)
    found = app.store.corrections(names, first, period)
    seals = app.store.seals(region.code) if found else ()
    sealed = {seal.period: seal.sealed_at for seal in reversed(seals)}  # of several versions by the first
    since = max((at for month, at in sealed.items() if month < period), default=None)
    for each in found:
        reported = sealed.get(each.period)
        if reported is not None and each.brought_at > max(reported, since or reported):
            yield StaleWorkbook(
                "",
                names[each.place],
                each.made_at,
                corrected_by_file(each.period, each.made_at.astimezone(region.zone)),
            )


def reported_view(app: App, office: Office, period: Period) -> MonthView | RegionView:
    """The month that a report is made of: an office's, or that of a place above offices."""
    return region_view_of(app, office, period) if isinstance(office, Region) else view_of(app, office, period)


def reported_span(app: App, office: Office, span: TimeSpan) -> SpanView:
    """The same of a quarter or year."""
    if not isinstance(office, Region):
        return span_of(app, office, span)
    scheme = app.settings.of(office).scheme(span.last)
    given = gather_span(app, givers(app, office), span, rules_of(scheme, office.year_starts_in))
    return region_span(office, app.settings.places, given, scheme, span, app.clock())


def givers(app: App, region: Region) -> list[OrgUnit]:
    """The places that give the region its figures."""
    places = app.settings.places
    return [*places.givers(places.by_code[region.code])]


def gather(app: App, places: Sequence[OrgUnit], period: Period, rules: str = "") -> dict[str, Given[PlaceSums]]:
    """What the places gave for a month, by code: by their offices here, or by the newest file with it.

    Of a place that gave sums under several rules those under `rules` count, else those under the rules of most.
    """
    kept = app.store.given([*(office for place in places for office in place.offices), *map(_file, places)], period)

    def of_office(code: str) -> PlaceSums | None:
        return _of_office(app, code, period, kept.get(code))

    return _gathered(app, places, kept, of_office, lambda file: file, partial(_as_one, together, rules))


def gather_span(app: App, places: Sequence[OrgUnit], span: TimeSpan, rules: str = "") -> dict[str, Given[SpanSums]]:
    """What the places gave for a quarter or year; a file gives it together with the last month."""

    def of_office(code: str) -> SpanSums | None:
        return _span_of_office(app, code, span)

    def from_file(file: PlaceSums) -> SpanSums | None:
        return next((each for each in file.spans if each.span == span), None)

    kept = app.store.given([*map(_file, places)], span.last)
    return _gathered(app, places, kept, of_office, from_file, partial(_as_one, spans_together, rules))


def _gathered(
    app: App,
    places: Sequence[OrgUnit],
    kept: dict[str, GivenSums],
    of_office: Callable[[str], S | None],
    from_file: Callable[[PlaceSums], S | None],
    as_one: Callable[[Sequence[S]], Given[S]],
) -> dict[str, Given[S]]:
    newest = app.store.newest_given([_file(place) for place in places])
    found = {}
    for place in places:
        file = kept.get(_file(place))
        unused = app.settings.troubled(place.offices)
        gave = (of_office(code) for code in place.offices if code not in unused)
        own = [each for each in gave if each is not None]
        brought = from_file(file.sums) if file and not own else None  # of a time when the place had no office here
        made_at = file.made_at if file else newest.get(_file(place))
        one = as_one(own if brought is None else [brought])
        found[place.code] = replace(one, made_at=made_at if place.imports else None, unused=unused)
    return found


def _file(place: OrgUnit) -> str:
    """What the store calls the newest file of a place."""
    return of_file(place.code)


def _as_one(add: Callable[[Sequence[S]], S], rules: str, sums: Sequence[S]) -> Given[S]:
    """The sums as one: those under the wanted rules if there are any, else under the rules of most; the others only count."""
    if not sums:
        return Given()
    votes = Counter((each.rules, each.scheme) for each in sums)
    wanted = next((vote for vote in votes if vote[0] == rules), votes.most_common(1)[0][0])
    apart = next((scheme for sign, scheme in votes if sign != wanted[0]), "")
    return Given(add([each.under(wanted[1], wanted[0]) for each in sums]), apart=apart)


def _of_office(app: App, code: str, period: Period, kept: GivenSums | None) -> PlaceSums | None:
    """An office's sums: those of its last sync for the month that it shows, else worked out anew; None: it has no figures."""
    office = app.settings.office(code)
    settings = app.settings.of(office)
    if kept is not None and period == shown_period(settings, office, app.clock()):
        return kept.sums
    if period < settings.first_period or not app.store.workbooks(code):
        return None
    return place_sums(view_of(app, office, period), settings.elements, settings.first_period)


def _span_of_office(app: App, code: str, span: TimeSpan) -> SpanSums | None:
    """An office's part of a quarter or year; None: it has no figures, or its reporting year is another one."""
    office = app.settings.office(code)
    first = app.settings.of(office).first_period
    if span.last < first or office.year_starts_in != span.starts_in or not app.store.workbooks(code):
        return None
    return span_sums(span_of(app, office, span), first)


def region_export(app: App, code: str | None, period: Period | None) -> tuple[bytes, Message | None]:
    """The file of a place's month, or where none is named of the office's; of the month that is shown if none is named.

    With a month that ends a quarter or a year goes that. Beside it what of it the file lacks, None if nothing.

    Raises:
        UsageError: there are several offices and none was named, no such place, or it has no figures of the month.
    """
    place = app.settings.places.by_code.get(code) if code else None
    if code and place is None:
        raise UsageError(
            msg("There is no place {code}. Known: {known}.", code=code, known=[*app.settings.places.by_code])
        )
    office = app.only_office() if place is None else _home_of(app, place)
    settings = app.settings.of(office)
    month = period or shown_period(settings, office, app.clock())
    # An office stands for a place that it alone gives figures to.
    given = (
        [*app.settings.places.givers(place)] if place else [OrgUnit(code=office.code, name="", offices=(office.code,))]
    )
    rules = rules_of(settings.scheme(month), office.year_starts_in)
    one = _added(gather(app, given, month, rules), partial(_as_one, together, rules))
    if one.sums is None or not one.sums.libraries:
        raise UsageError(msg("There are no figures of {month} to give.", month=month))
    spans = (
        _added(gather_span(app, given, span, rules), partial(_as_one, spans_together, rules)).sums
        for span in _ending(month, office.year_starts_in)
    )
    whole = replace(one.sums, spans=tuple(each for each in spans if each is not None))
    name = place.name if place else office.name
    content = region_file(place.code if place else office.code, name, whole, app.clock())
    return content, next(lacks_of(one), None)


def _home_of(app: App, place: OrgUnit) -> Office:
    """By whose scheme and year a place's file is made: its own where it has a workbook, else of an office of it."""
    below = {office for giver in app.settings.places.givers(place) for office in giver.offices}
    own = [region for region in app.settings.regions if region.code == place.code]
    return next(
        (each for each in (*own, *app.settings.offices) if each in own or each.code in below), app.settings.offices[0]
    )


def _added(given: dict[str, Given[S]], as_one: Callable[[Sequence[S]], Given[S]]) -> Given[S]:
    """All of what was given as one; what of it was apart before stays so."""
    found = as_one([each.sums for each in given.values() if each.sums is not None])
    unused = tuple(code for each in given.values() for code in each.unused)
    return replace(
        found, apart=found.apart or next((each.apart for each in given.values() if each.apart), ""), unused=unused
    )


def _ending(month: Period, starts_in: int) -> Iterator[TimeSpan]:
    """The quarter and the year that end with a month."""
    around = (TimeSpan.around(month, kind, starts_in) for kind in SpanKind)
    return (span for span in around if span.last == month)
