"""Seals a period: the figures a report was made of, and its bytes, so that it never changes when the sheet does.

What the sheet says differently later is a revision, told by the next report; what arrives first after sealing came late.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sheets_sync.model import LibraryMonth, Observation, OfficeMonth, Period, Revision, State, periods_between
from sheets_sync.model.office_span import LibrarySpan
from sheets_sync.reports.spool import KeptBytes


@dataclass(frozen=True, slots=True, order=True)
class SealedFigure:
    """One value that a report was made of; `value` is None unless the state counts."""

    library: str
    element: str
    period: Period
    state: State
    value: float | None


@dataclass(frozen=True, slots=True)
class SealedFile:
    """Something a report consists of, byte for byte: a mail's page, the letter, the workbook."""

    name: str
    kept: KeptBytes

    @property
    def content(self) -> bytes:
        return bytes(self.kept)


@dataclass(frozen=True, slots=True)
class Seal:
    """An office's period as it was reported. `digest` names the inputs and the scheme they were scored with."""

    office: str
    period: Period
    version: int
    scheme: str
    sealed_at: datetime
    figures: tuple[SealedFigure, ...]
    files: tuple[SealedFile, ...]
    span: str = ""  # of a quarter or a year, which `period` ends

    @property
    def digest(self) -> str:
        return digest_of(self.scheme, self.figures)


def seal(month: OfficeMonth, version: int, sealed_at: datetime, files: Iterable[SealedFile]) -> Seal:
    """The seal of a month: the figures of its reporting year, in a fixed order, and the report's files."""
    figures = figures_of(seen for entry in month.libraries for seen in entry.observations)
    figures += figures_of_places(month.libraries)
    return Seal(month.office, month.period, version, month.scheme, sealed_at, figures, tuple(files))


def figures_of_places(entries: Iterable[LibraryMonth] | Iterable[LibrarySpan]) -> tuple[SealedFigure, ...]:
    """What the scores of places were made of, which stand where libraries do: their numerators, by indicator."""
    scored = ((entry.library.code, entry.score) for entry in entries if entry.place is not None and entry.score)
    return tuple(
        SealedFigure(code, part.indicator, score.period, part.state, part.numerator)
        for code, score in scored
        for part in score.parts
    )


def figures_of(observations: Iterable[Observation]) -> tuple[SealedFigure, ...]:
    """What observations say, without where they stand: moving a column changes no figure."""
    figures = (SealedFigure(seen.library, seen.element, seen.period, seen.state, seen.value) for seen in observations)
    return tuple(sorted(figures, key=lambda figure: (figure.library, figure.element, figure.period)))


def digest_of(scheme: str, figures: Sequence[SealedFigure]) -> str:
    """The same figures under the same scheme have the same digest, on every machine."""
    digest = hashlib.blake2b(scheme.encode(), digest_size=16)
    for figure in figures:
        value = "" if figure.value is None else float(figure.value).hex()
        line = (figure.library, figure.element, str(figure.period), figure.state.value, value)
        digest.update(("\n" + "\x1f".join(line)).encode())
    return digest.hexdigest()


def revisions(sealed: Seal, observations: Iterable[Observation]) -> Mapping[str, tuple[Revision, ...]]:
    """By library, what the sheet now says differently from the last report, for months that report covered.

    Args:
        sealed: the office's latest seal; an earlier difference was told by the report that it belongs to.
        observations: what the sheet says now, of any months.
    """
    first = min((figure.period for figure in sealed.figures), default=sealed.period)
    return changes(sealed.figures, periods_between(first, sealed.period), observations)


def changes(
    sealed: Iterable[SealedFigure], months: Iterable[Period], observations: Iterable[Observation]
) -> Mapping[str, tuple[Revision, ...]]:
    """By library, what the sheet now says of the months differently from what was sealed of them."""
    before = {(figure.library, figure.element, figure.period): figure.value for figure in sealed}
    covered, found = frozenset(months), dict[str, list[Revision]]()
    for seen in figures_of(observations):
        was = before.get((seen.library, seen.element, seen.period))
        if seen.period in covered and seen.value != was:
            found.setdefault(seen.library, []).append(
                Revision(seen.library, seen.element, seen.period, was, seen.value)
            )
    return MappingProxyType({library: tuple(revised) for library, revised in found.items()})
