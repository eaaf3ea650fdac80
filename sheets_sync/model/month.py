"""All that pages and letters say of a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sheets_sync.model.approval import MailState
from sheets_sync.model.decision import DecisionState
from sheets_sync.model.finding import Finding
from sheets_sync.model.library import Library
from sheets_sync.model.message import Message
from sheets_sync.model.observation import Observation
from sheets_sync.model.period import Period
from sheets_sync.model.score import Score, Step


class Reporting(StrEnum):
    """How much of a month a library has reported."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NONE = "none"
    UNREAD = "unread"  # not complete when it was last read, and its workbook or tab can't be read now
    CLOSED = "closed"  # nothing is reported, and the office has closed the month for the library

    @property
    def heard(self) -> bool:
        """Whether any of the month is known to be reported."""
        return self in (Reporting.COMPLETE, Reporting.PARTIAL)


@dataclass(frozen=True, slots=True)
class Revision:
    """A sealed figure that the sheet now gives differently. `before` None: it came late (susulan)."""

    library: str
    element: str
    period: Period
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Libraries whose month was there by its due day, those whose was not, and those of which it is not known."""

    on_time: int
    late: int
    unknown: int

    @property
    def known(self) -> int:
        return self.on_time + self.late

    @property
    def share(self) -> float | None:
        """Those in time over those of which it is known; None where it is known of nobody."""
        return self.on_time / self.known if self.known else None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is said of a place above libraries and of no library; `made_at` is when the file was made that it came in."""

    libraries: int
    heard: int  # of them
    questions: int
    timeliness: Timeliness
    last_year: Score | None  # year to date, twelve months earlier
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LibraryMonth:
    """All that a page or a letter says about one library in one month."""

    library: Library
    reporting: Reporting
    score: Score | None  # year to date
    month_score: Score | None
    previous: Score | None  # year to date, one month earlier
    trend: tuple[float | None, ...]  # month scores of the last twelve months, oldest first
    completeness: float
    on_time: bool | None  # None: unknown
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    revisions: tuple[Revision, ...]
    observations: tuple[Observation, ...]  # of the reporting year up to the month
    place: PlaceFacts | None = None  # a regency or province stands here like a library
    closed: bool = False  # the office expects nothing of the month; what is there counts all the same

    @property
    def open_questions(self) -> tuple[Finding, ...]:
        """The findings that wait for an answer, each once."""
        return _questions(self.findings)


@dataclass(frozen=True, slots=True)
class StaleWorkbook:
    """A workbook that could not be read; its last good data are shown with their age."""

    workbook: str
    title: str | Message
    last_read: datetime | None
    reason: Message


@dataclass(frozen=True, slots=True)
class AsOf:
    """A workbook that could not be read when a report was made all the same, and when its figures were last known."""

    workbook: str  # as people know it
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class OfficeMonth:
    """An office's month: what `Rekap` and the reports are made of.

    `completeness` is a share of 1, None where nothing is due.
    """

    office: str
    period: Period
    scheme: str
    data_as_of: datetime | None
    checked_at: datetime
    libraries: tuple[LibraryMonth, ...]
    completeness: float | None
    timeliness: Timeliness
    findings: tuple[Finding, ...]  # those that name no library of the month, or its row of the register
    stale: tuple[StaleWorkbook, ...] = ()
    trend: tuple[float | None, ...] = ()  # mean month score of the office's libraries, twelve months, oldest first
    as_of: tuple[AsOf, ...] = ()  # only of a report that a person wanted although not everything could be read
    mail: MailState = field(default_factory=MailState)
    together: LibraryMonth | None = None  # of a region: all its places as one
    districts: tuple[LibraryMonth, ...] = ()  # of a large office: each kecamatan as one
    decisions: DecisionState = field(default_factory=DecisionState)

    @property
    def expected(self) -> tuple[LibraryMonth, ...]:
        """The libraries that have reported or are to report: not those whose month the office has closed."""
        return tuple(row for row in self.libraries if row.reporting is not Reporting.CLOSED)

    @property
    def open_questions(self) -> tuple[Finding, ...]:
        """Those of its libraries, and those that the office itself has to see to."""
        return (*(question for row in self.libraries for question in row.open_questions), *self.own_questions)

    @property
    def own_questions(self) -> tuple[Finding, ...]:
        """Those that the office itself has to see to: they stand in no library's row."""
        return _questions(self.findings)


def _questions(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that wait for an answer: what is asked twice in the same words is one question."""
    return tuple({finding.id: finding for finding in findings if finding.is_question}.values())
