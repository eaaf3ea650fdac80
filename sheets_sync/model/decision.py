"""What the office decides: a question of the program's, the answer that was given to it, and what follows from all answers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sheets_sync.model.message import Message
from sheets_sync.model.period import Period

NOT_COUNTED = "not counted"  # how something came to stand beside a question while others could have typed it


class DecisionKind(StrEnum):
    """What an office is asked to decide."""

    ADDRESS = "address"  # whether an address may have mail
    RELEASE = "release"  # whether the first report, or one of several that are owed, may go out
    AS_IS = "as-is"  # whether a report goes out although not everything could be read again
    POSTPONE = "postpone"  # whether a report goes out a day later
    CLOSE = "close"  # whether a library's month is closed: neither reported nor late
    GONE = "gone"  # whether what vanished is meant to be gone

    @property
    def awaited(self) -> bool:
        """Whether something stands still until it is answered; the others may be answered where that is wanted."""
        return self not in (DecisionKind.POSTPONE, DecisionKind.CLOSE)


@dataclass(frozen=True, slots=True)
class Decision:
    """A question to the office. `about` is whom it is about, `detail` what else it is known by (a finding's id)."""

    id: str
    kind: DecisionKind
    about: str
    asks: Message | str
    since: datetime
    follows: Message
    library: str = ""  # code
    period: Period | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What is kept of a question and its answer.

    `typed` is what stood in the sheet when it was last read, whether it counted or not; `said` is the answer that
    counts (None: none does). `by` is who gave it; more than one name where only the group is known.
    """

    id: str
    kind: DecisionKind
    asked_at: datetime
    library: str = ""
    period: Period | None = None
    detail: str = ""
    typed: str = ""
    said: bool | None = None
    at: datetime | None = None
    by: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from an office's answers, as they stand now."""

    released: frozenset[Period] = frozenset()
    as_is: frozenset[Period] = frozenset()
    postponed: Mapping[Period, int] = field(default_factory=dict)  # days
    closed: frozenset[tuple[str, Period]] = frozenset()  # library's code and month
    gone: frozenset[str] = frozenset()  # ids of the findings that asked about it


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """When reports go out: the next month's with its moment, the last one's, and the month that a year's follows."""

    month: Period
    moment: datetime
    last: Period | None = None
    last_moment: datetime | None = None  # None: another store made it
    year_after: Period | None = None  # None: no report of the year is wanted


@dataclass(frozen=True, slots=True)
class DecisionState:
    """What people are told of an office's decisions: questions that may be answered now, and all that is kept."""

    open: tuple[Decision, ...] = ()
    records: Mapping[str, DecisionRecord] = field(default_factory=dict)
    postponed: tuple[tuple[Period, datetime], ...] = ()  # reports that go out later than planned, and when
    plan: ReportPlan | None = None

    @property
    def known(self) -> frozenset[str]:
        """The ids of all questions."""
        return frozenset(self.records) | {each.id for each in self.open}

    @property
    def waiting(self) -> tuple[Decision, ...]:
        """The questions without an answer on which something waits; addresses are told elsewhere."""
        found = (each for each in self.open if each.kind.awaited and each.kind is not DecisionKind.ADDRESS)
        return tuple(each for each in found if each.id not in self.records or self.records[each.id].said is None)


def decision_id(kind: DecisionKind, *parts: object) -> str:
    """What a question is called: the same one as long as the same thing is asked."""
    text = "\x1f".join(map(str, (kind.value, *parts)))
    return f"D-{hashlib.blake2s(text.encode(), digest_size=4).hexdigest()}"


def decided(records: Iterable[DecisionRecord]) -> Decided:
    """What follows from the answers: only a yes changes anything, and only as long as it stands. Pure."""
    yes = [each for each in records if each.said]

    def months(kind: DecisionKind) -> list[Period]:
        return [each.period for each in yes if each.kind is kind and each.period is not None]

    return Decided(
        released=frozenset(months(DecisionKind.RELEASE)),
        as_is=frozenset(months(DecisionKind.AS_IS)),
        postponed=Counter(months(DecisionKind.POSTPONE)),
        closed=frozenset(
            (each.library, each.period) for each in yes if each.kind is DecisionKind.CLOSE and each.period
        ),
        gone=frozenset(each.detail for each in yes if each.kind is DecisionKind.GONE),
    )
