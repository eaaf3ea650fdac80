"""Binds the annexes of a large office in volumes: by kecamatan where the register has them, else by alphabet. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, Protocol, TypeVar

from sheets_sync.model import Library
from sheets_sync.model.text import fold
from sheets_sync.reports.context import ReportContext


class _OfLibrary(Protocol):
    @property
    def library(self) -> Library: ...


E = TypeVar("E", bound=_OfLibrary)


@dataclass(frozen=True, slots=True)
class AnnexGroup(Generic[E]):
    """Annexes that belong together: a kecamatan's, or a stretch of the alphabet. `first` is the first one's number."""

    title: str
    entries: tuple[E, ...]
    first: int = 1

    @property
    def last(self) -> int:
        return self.first + len(self.entries) - 1


@dataclass(frozen=True, slots=True)
class Volume(Generic[E]):
    """One of the files that hold the annexes; volumes and annexes are numbered from 1."""

    number: int
    total: int
    groups: tuple[AnnexGroup[E], ...]

    @property
    def first(self) -> int:
        """The number of its first annex."""
        return self.groups[0].first

    @property
    def last(self) -> int:
        return self.groups[-1].last


def volumes(entries: Sequence[E], most: int, context: ReportContext) -> tuple[Volume[E], ...]:
    """At most so many annexes in each; none where one letter can hold them all, or none are wanted (0).

    A kecamatan stays in one volume, unless it alone is too large for one.
    """
    if not 0 < most < len(entries):
        return ()
    bound = list(_bound(list(_parts(_groups(entries, context), most, context)), most))
    return tuple(Volume(number, len(bound), groups) for number, groups in enumerate(bound, start=1))


def _groups(entries: Sequence[E], context: ReportContext) -> Iterator[AnnexGroup[E]]:
    """Kecamatan in the order in which the register names them; where it has none, one group by alphabet."""
    by_district: dict[str, list[E]] = {}
    for entry in entries:
        by_district.setdefault(fold(entry.library.district), []).append(entry)
    if len(by_district) < 2:
        yield AnnexGroup("", tuple(sorted(entries, key=_alphabet)))
        return
    nowhere = by_district.pop("", [])
    for its in by_district.values():
        yield AnnexGroup(context.say("volume_group", district=its[0].library.district), tuple(its))
    if nowhere:
        yield AnnexGroup(context.say("volume_group_none"), tuple(nowhere))


def _alphabet(entry: _OfLibrary) -> tuple[str, str]:
    """By name, *Desa 2* before *Desa 10*."""
    name = re.sub(r"\d+", lambda digits: digits[0].zfill(9), fold(entry.library.name))
    return name, entry.library.code


def _parts(groups: Iterator[AnnexGroup[E]], most: int, context: ReportContext) -> Iterator[AnnexGroup[E]]:
    """Those too large for a volume in equal parts; numbered through."""
    first = 1
    for group in groups:
        count = ceil(len(group.entries) / most)
        size = ceil(len(group.entries) / count)
        for part in range(count):
            entries = group.entries[part * size : (part + 1) * size]
            yield AnnexGroup(_title(group, entries, part + 1 if count > 1 else 0, context), entries, first)
            first += len(entries)


def _title(group: AnnexGroup[E], entries: Sequence[E], part: int, context: ReportContext) -> str:
    if not group.title:
        return context.say("volume_range", first=entries[0].library.name, last=entries[-1].library.name)
    return context.say("volume_part", group=group.title, part=part) if part else group.title


def _bound(groups: Sequence[AnnexGroup[E]], most: int) -> Iterator[tuple[AnnexGroup[E], ...]]:
    """One group after the other into a volume, until the next has no room in it."""
    volume: list[AnnexGroup[E]] = []
    for group in groups:
        if volume and group.last - volume[0].first >= most:
            yield tuple(volume)
            volume = []
        volume.append(group)
    yield tuple(volume)
