"""The places under a place above offices, each with what it gave of a month, a quarter or a year. Pure.

A place that gave nothing is in no sum, and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Generic, Protocol, Self, TypeVar

from sheets_sync.config.places import OrgUnit, Places, Region
from sheets_sync.jobs.places.place_sums import YEAR, rules_of
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.kpi.tally import score_sums
from sheets_sync.model import (
    Horizon,
    IndicatorSums,
    Library,
    Message,
    Period,
    Reported,
    Score,
    StaleWorkbook,
    msg,
)
from sheets_sync.model.span import last_month

ALL = "∑"  # the region itself among its places: no place has such a code


class Kind(Protocol):
    """A kind of library, and how many there are of it."""

    @property
    def kind(self) -> str: ...
    @property
    def libraries(self) -> int: ...


class Sums(Protocol):
    """What adds up: only what is under the same rules does."""

    @property
    def scheme(self) -> str: ...
    @property
    def rules(self) -> str: ...
    @property
    def data_as_of(self) -> datetime | None: ...
    @property
    def kinds(self) -> Sequence[Kind]: ...
    def under(self, scheme: str, rules: str) -> Self: ...


S = TypeVar("S", bound=Sums)


@dataclass(frozen=True, slots=True)
class Given(Generic[S]):
    """What a place gave. `made_at` is when the file was made that it came in, or the newest older file.

    `apart` is the scheme of what of it is under rules other than the rest, "" where nothing is. `unused` are the codes of
    its offices whose settings can't be used: whatever else there is, theirs is missing.
    """

    sums: S | None = None
    made_at: datetime | None = None
    apart: str = ""
    unused: tuple[str, ...] = ()

    def under(self, scheme: str, rules: str) -> Given[S]:
        """The same with no sums under other rules."""
        return replace(self, sums=self.sums.under(scheme, rules)) if self.sums is not None else self

    def at_home(self, zone: tzinfo) -> Given[S]:
        """The same by a place's clock."""
        return replace(self, made_at=self.made_at.astimezone(zone)) if self.made_at else self


@dataclass(frozen=True, slots=True)
class Member(Generic[S]):
    """A place under the region, with what it and the places under it gave together; `above` is its parent's name."""

    code: str
    name: str
    level: str
    above: str
    sums: S | None
    made_at: datetime | None  # of the oldest file in it

    @property
    def as_library(self) -> Library:
        """It stands in the region's tables where a library does in an office's."""
        return Library(self.code, self.name, kind=self.level, district=self.above)


@dataclass(frozen=True, slots=True)
class Family(Generic[S]):
    """A region's places in the tree's order, and all of them as one (`sums` None: nobody gave anything), under its rules."""

    region: Region
    rules: str
    members: tuple[Member[S], ...]
    whole: Member[S]

    @property
    def kinds(self) -> dict[str, int]:
        """How many libraries there are of each kind, by its name."""
        sums = self.whole.sums
        return dict(sorted((each.kind, each.libraries) for each in sums.kinds)) if sums else {}

    @property
    def kind(self) -> str:
        """Whose libraries are scored together: the kind that is wanted, else the one that most are."""
        kinds = self.kinds
        return self.region.kind or min(kinds, key=lambda name: (-kinds[name], name), default="")

    @property
    def data_as_of(self) -> datetime | None:
        """The moment that the figures are of, by the region's clock."""
        sums = self.whole.sums
        return sums.data_as_of.astimezone(self.region.zone) if sums and sums.data_as_of else None

    @property
    def known(self) -> dict[str, S]:
        """The sums by code, those of all under `ALL`."""
        return {each.code: each.sums for each in (*self.members, self.whole) if each.sums is not None}


def family(
    region: Region, places: Places, given: Mapping[str, Given[S]], scheme: Scheme, add: Callable[[Sequence[S]], S]
) -> Family[S]:
    """The region with its places; `given` is by the code of the place, of those that give figures by themselves."""
    rules = rules_of(scheme, region.year_starts_in)
    under = {code: each.under(scheme.version, rules) for code, each in given.items()}
    members = tuple(_member(place, below, under, places, add) for place, below in _members(places, region.code))
    known = [each.sums for each in members if each.sums is not None]
    name = places.by_code[region.code].name
    return Family(region, rules, members, Member(ALL, name, "", "", add(known) if known else None, None))


def _members(places: Places, code: str) -> Iterator[tuple[OrgUnit, Sequence[OrgUnit]]]:
    """The rows of a region, each with the places that give its figures: what it gives itself, then the places right under it."""
    itself = places.by_code[code]
    if itself.offices or itself.imports:
        yield itself, (itself,)
    for place in places.under(code):
        yield place, tuple(places.givers(place))


def _member(
    place: OrgUnit,
    givers: Sequence[OrgUnit],
    given: Mapping[str, Given[S]],
    places: Places,
    add: Callable[[Sequence[S]], S],
) -> Member[S]:
    found = [given[each.code] for each in givers if each.code in given]
    sums = [each.sums for each in found if each.sums is not None]
    made = [each.made_at for each in found if each.made_at is not None and each.sums is not None]
    above, whole = places.by_code.get(place.parent), add(sums) if sums else None
    return Member(place.code, place.name, place.level, above.name if above else "", whole, min(made, default=None))


def scores_of(
    scheme: Scheme, month: Period, horizon: Horizon, sums: Mapping[str, Sequence[IndicatorSums]]
) -> dict[str, Score]:
    """The score of each place that has any sums, by code."""
    there = {code: each for code, each in sums.items() if each}
    table = score_sums(scheme, month, horizon, there)
    return {code: table.score(code) for code in there}


def told_of(
    places: Places, region: Region, given: Mapping[str, Given[S]], rules: str, about: Reported, now: datetime
) -> Iterator[StaleWorkbook]:
    """The places that are in no sum, or whose file is old, each with why; in the tree's order."""
    for place in places.givers(places.by_code[region.code]):
        found = given.get(place.code, Given()).at_home(region.zone)
        said = _unused(found) or _missing(found, about) or _other_rules(found, rules)
        said = said or _old(found, now, places.ask_after_days) or _early(found, about)
        if said is not None:
            yield StaleWorkbook("", place.name, found.made_at, said)


def lacks_of(given: Given[S]) -> Iterator[Message]:
    """What is to be said of a file made of it."""
    if (unused := _unused(given)) is not None:
        yield unused
    if given.apart:
        yield scored_apart(given.apart)


def _unused(given: Given[S]) -> Message | None:
    if not given.unused:
        return None
    return msg(
        "lacks the figures of {offices}, which are in no sum: their settings can't be used. `sheets-sync doctor` says why.",
        offices=list(given.unused),
    )


def _missing(given: Given[S], about: Reported) -> Message | None:
    if given.sums is not None:
        return None
    if given.made_at is None:
        return msg("has given no figures for {month} yet and is in no sum.", month=about)
    return msg(
        "has sent no file with {month} yet and is in no sum; its newest one was made {day}.",
        month=about,
        day=given.made_at.date(),
    )


def _other_rules(given: Given[S], rules: str) -> Message | None:
    if given.sums is None:
        return None
    if given.sums.rules == rules:
        return scored_apart(given.apart) if given.apart else None
    if given.sums.rules.partition(YEAR)[0] == rules.partition(YEAR)[0]:
        return msg(
            "has a year that starts in another month than this place's; who reported counts, the score is in no sum."
        )
    return msg(
        "is scored by rules other than this place's (scheme {scheme}); who reported counts, the score is in no sum. Let "
        "both use the same scheme file.",
        scheme=given.sums.scheme,
    )


def scored_apart(scheme: str) -> Message:
    """What is said of a place that gave sums under several rules."""
    return msg(
        "is in part scored by other rules (scheme {scheme}); who reported counts, the score of that part is in no sum. Let "
        "all of it use the same scheme file.",
        scheme=scheme,
    )


def _early(given: Given[S], about: Reported) -> Message | None:
    """A file that was made before the time was over that it is about."""
    if given.made_at is None or given.made_at.date() >= (last_month(about) + 1).first_day:
        return None
    return msg(
        "is brought in by a file of {day}, when {month} was not over. Ask for a new one.",
        day=given.made_at.date(),
        month=about,
    )


def _old(given: Given[S], now: datetime, most: int) -> Message | None:
    days = (now - given.made_at).days if given.made_at else 0
    if given.made_at is None or days <= most:
        return None
    return msg(
        "is brought in by a file of {day}, {days} days old. Ask for a new one.", day=given.made_at.date(), days=days
    )


def corrected_by_file(month: Period, made_at: datetime) -> Message:
    """What is said of a place whose reported month a later file gives differently."""
    return msg("has corrected its figures of {month} by a file of {day}.", month=month, day=made_at.date())
