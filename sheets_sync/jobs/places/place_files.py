"""Brings in what another installation gives of its place: all of what is named, or nothing; a correction is noted as one."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sheets_sync.app import App
from sheets_sync.config.places import OrgUnit
from sheets_sync.errors import ConfigError, SheetsSyncError, StoreError, TroubleKind, UsageError, unexpected
from sheets_sync.jobs.outcome import Failure
from sheets_sync.jobs.places.place_sums import rules_of
from sheets_sync.jobs.places.region_file import read_region_file
from sheets_sync.model import Message, Period, PlaceSums, msg
from sheets_sync.store import GivenSums
from sheets_sync.store.places import of_file

log = logging.getLogger(__name__)
_CLOCKS_APART = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file's month of a place, and what an older file gave of it."""

    file: str
    place: OrgUnit
    sums: PlaceSums
    made_at: datetime
    before: GivenSums | None = None

    @property
    def is_known(self) -> bool:
        """Whether it says what is there already."""
        return self.before is not None and self.before.sums == self.sums and self.before.made_at == self.made_at

    @property
    def corrects(self) -> bool:
        """Whether it says of the month something else than the older file."""
        return self.before is not None and self.before.sums != self.sums


def bring_in(app: App, files: Sequence[Path]) -> list[Brought]:
    """Takes the files' months in the place of what older files gave for them; where one can't be taken, none is.

    Raises:
        UsageError: one is none, or damaged, of a place that no other installation gives, or older than what is there.
    """
    brought = [_looked_at(app, file) for file in files]
    _refuse_twice(brought)
    app.store.bring_in(
        [(each.place.code, each.sums, each.made_at) for each in brought if not each.is_known], app.clock()
    )
    return brought


def bring_in_folder(app: App) -> Iterator[Failure]:
    """Brings in what lies in the folder for it and is newer than what is there; gives what could not be."""
    for file in files_in(app.settings.places.import_folder):
        try:
            if not _is_past(app, file):
                bring_in(app, [file])
        except StoreError:
            raise
        except SheetsSyncError as error:
            yield Failure(file.name, error.message, usage=False, kind=TroubleKind.IMPORT)
        except Exception as error:  # whatever stands in a stranger's file, it stops no other
            log.exception("file %s", file.name)
            yield Failure(file.name, unexpected(error), usage=False, kind=TroubleKind.IMPORT)


def files_in(folder: Path | None) -> list[Path]:
    """The files that lie in the folder for them."""
    there = folder.iterdir() if folder is not None and folder.is_dir() else ()
    return sorted(file for file in there if file.suffix.lower() == ".json")


def _is_past(app: App, file: Path) -> bool:
    """Whether the file was brought in, or a newer one was: it may lie there for ever."""
    code, sums, made_at = read_region_file(file)
    place = _place_of(app, code)
    there = app.store.given([of_file(place.code)], sums.period) if place else {}
    return any(each.made_at > made_at or (each.made_at == made_at and each.sums == sums) for each in there.values())


def _place_of(app: App, code: str) -> OrgUnit | None:
    return next((each for each in app.settings.places.places if each.imports == code), None)


def _looked_at(app: App, file: Path) -> Brought:
    code, sums, made_at = read_region_file(file)
    place = _place_of(app, code)
    if place is None:
        known = [each.imports for each in app.settings.places.places if each.imports]
        raise UsageError(
            msg(
                "{file} is of {code}, which no place of places.yaml has under `imports`. Known: {known}.",
                file=file.name,
                code=code,
                known=known,
            )
        )
    source = of_file(place.code)
    found = Brought(file.name, place, sums, made_at, app.store.given([source], sums.period).get(source))
    _refuse_time(found, app.clock())
    return found


def _refuse_time(found: Brought, now: datetime) -> None:
    """Raises UsageError where it was made in the future, or is older than what is there."""
    words = {"file": found.file, "moment": found.made_at, "month": found.sums.period}
    if found.made_at > now + _CLOCKS_APART:
        raise UsageError(msg("{file} was made in the future ({moment}).", **words))
    if found.before is None or found.is_known:
        return
    if found.before.made_at > found.made_at:
        newer = found.before.made_at
        said = msg("{file} was made {moment}; what is there for {month} is newer ({newer}).", **words, newer=newer)
        raise UsageError(said)
    if found.before.made_at == found.made_at:
        raise UsageError(
            msg(
                "{file} was made {moment}, as what is there for {month}, and says something else. Ask for it again.",
                **words,
            )
        )


def _refuse_twice(brought: Sequence[Brought]) -> None:
    known: dict[tuple[str, Period], Brought] = {}
    for each in brought:
        other = known.setdefault((each.place.code, each.sums.period), each)
        if (other.sums, other.made_at) != (each.sums, each.made_at):
            raise UsageError(
                msg(
                    "{file} and {other} are both of {month} of {place}. Name the newer one alone.",
                    file=each.file,
                    other=other.file,
                    month=each.sums.period,
                    place=each.place.name,
                )
            )


def told(brought: Brought) -> Message:
    """What was brought in, and what was there before."""
    sums = brought.sums
    words = {"place": brought.place.name, "month": sums.period, "moment": brought.made_at}
    words |= {"reported": sums.heard, "total": sums.libraries}
    if brought.is_known:
        return msg("{place}: {month} is there already as this file has it.", **words)
    if brought.before is not None and brought.corrects:
        return msg(
            "{place}: {month} corrected, made {moment}: {reported} of {total} libraries have reported (before: {heard} of "
            "{of}).",
            **words,
            heard=brought.before.sums.heard,
            of=brought.before.sums.libraries,
        )
    return msg("{place}: {month} brought in, made {moment}: {reported} of {total} libraries have reported.", **words)


def other_rules(app: App, brought: Brought) -> Iterator[Message]:
    """That a place above scores the month by other rules, so that its scores are in no sum there."""
    places = app.settings.places
    for region in app.settings.regions:
        if brought.place not in places.givers(places.by_code[region.code]):
            continue
        try:
            scheme = app.settings.of(region).scheme(brought.sums.period)
        except ConfigError as error:  # a month of long ago: it is kept all the same
            yield error.message
            continue
        if rules_of(scheme, region.year_starts_in) != brought.sums.rules:
            yield msg(
                "{place} scores by another scheme ({theirs}) than {region} ({ours}): who reported counts, the score is in no "
                "sum. Let both use the same scheme file.",
                place=brought.place.name,
                theirs=brought.sums.scheme,
                region=region.name,
                ours=scheme.version,
            )
