"""All the words of a letter, and of the volumes of its annexes, as the templates take them."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.reports.library_report import LibraryReport
from sheets_sync.reports.library_rows import LibraryRow
from sheets_sync.reports.office_report import OfficeReport
from sheets_sync.reports.score_card import PartLine


@dataclass(frozen=True, slots=True)
class LetterChart:
    """Month scores as columns, `value` from 0 to 10, and the words that stand for them."""

    columns: tuple[LetterColumn, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class LetterColumn:
    """One month of a chart; no value, no column."""

    label: str
    figure: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, by hand: dotted lines where configuration names nobody."""

    title: str
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A library's page."""

    title: str
    report: LibraryReport
    chart: LetterChart | None


@dataclass(frozen=True, slots=True)
class IndexLine:
    """Where to look for libraries that belong together: the numbers of their annexes, and the volume."""

    title: str
    count: str
    annexes: str
    volume: str


@dataclass(frozen=True, slots=True)
class VolumeGroup:
    """Libraries that belong together in a volume's contents; `first` is the number of the first one's annex."""

    title: str
    first: int
    rows: tuple[LibraryRow, ...]


@dataclass(frozen=True, slots=True)
class VolumeHead:
    """What a volume begins with: what it is, and its contents. `file` is how its file is called, `listed` in a mail."""

    file: str
    listed: str
    title: str
    intro: str
    groups: tuple[VolumeGroup, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """All the words of a letter, in the order they stand in it.

    Annexes that are too many for one letter come in volumes: the letter has an `index` of them, and each of them is a
    letter whose `volume` says what it begins with in the place of the letter's own words.
    """

    language: str
    title: str
    author: str
    notice: str
    notice_detail: str
    day: tuple[int, int, int]
    head: tuple[str, ...]
    address: str
    place_and_day: str
    enclosures: str
    subject: str
    dear: str
    reported: str
    scores: str
    report: OfficeReport
    chart: LetterChart | None
    signature: Signature
    annexes: tuple[Annex, ...]
    tables: tuple[LetterTable, ...] = ()
    targets: tuple[LetterTargets, ...] = ()
    index: tuple[IndexLine, ...] = ()
    volume: VolumeHead | None = None


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table with a sentence in front; the last row is a sum."""

    intro: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LetterTargets:
    """Indicators against their targets, with a sentence in front and what was reached behind."""

    intro: str
    parts: tuple[PartLine, ...]
    reached: str
