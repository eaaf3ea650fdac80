"""The ledger of mails: planned → claimed → sent | refused | again | unknown; or held, or withdrawn.

A claim is durable before the mail server hears of the message. So after a crash a claim without an outcome means that
nobody can tell whether the message arrived: it becomes *unknown*, is shown, and a person settles it. Nothing is sent
twice by itself, nothing is lost without a word. It is kept by `store/ledger.py`, and worked through by `mail/deliver.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sheets_sync.model import Period, SpanKind
from sheets_sync.reports.spool import KeptBytes

SPANS = frozenset(kind.value for kind in SpanKind)


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    PLANNED = "planned"
    CLAIMED = "claimed"  # the mail server may be hearing of it right now
    SENT = "sent"
    REFUSED = "refused"  # for good, or tried for long enough
    DEFERRED = "again"  # put off by the server; waits for `next_try_at`
    UNKNOWN = "unknown"  # it may have arrived; a person settles it
    HELD = "held"  # nobody has approved its address yet, or not any more
    WITHDRAWN = "withdrawn"  # no longer needed before it was sent: a reminder whose figures have arrived


def numbered(report: str, part: int) -> str:
    """What a report's first mail is called, and each further one to the same recipient."""
    return report if part == 1 else f"{report}.{part}"


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """What goes to a recipient once. `about` is the library's code, empty for the office's own report.

    `report` is its kind, for a quarter or year with that behind it, for a further mail of the same report with its
    number: `office`, `library`, `reminder-20241106`, `office-year`, `office.2`, `office-year.3`. A reminder is known by the
    day it was meant for (of earlier versions by its number), since its number is another one when reports.yaml changes.
    """

    office: str
    report: str
    period: Period
    about: str
    recipient: str
    version: int = 1

    @property
    def kind(self) -> str:
        """`office`, `library` or `reminder`."""
        return self._first.partition("-")[0]

    @property
    def ending(self) -> str:
        """What is behind the kind: the quarter or year, the day of a reminder."""
        return self._first.partition("-")[2]

    @property
    def part(self) -> int:
        """Which of the report's mails to this recipient it is."""
        return int(self.report.partition(".")[2] or 1)

    @property
    def _first(self) -> str:
        return self.report.partition(".")[0]

    @property
    def of_report(self) -> tuple[str, Period, int]:
        """Which report it belongs to, as its seal is called: a quarter's and a year's say so behind their kind."""
        return self.ending if self.ending in SPANS else "", self.period, self.version

    @property
    def id(self) -> str:
        """Short, the same on every machine; the Message-ID is derived from it."""
        parts = (self.office, self.report, str(self.period), self.about, self.recipient.casefold(), str(self.version))
        return hashlib.blake2s("\x1f".join(parts).encode(), digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of the ledger. `said` is what the mail server, or a person, last said about it."""

    key: DeliveryKey
    state: DeliveryState = DeliveryState.PLANNED
    priority: int = 0  # the smaller, the sooner
    tries: int = 0
    next_try_at: datetime | None = None
    changed_at: datetime | None = None
    said: str = ""
    planned_at: datetime | None = None

    @property
    def id(self) -> str:
        return self.key.id


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery to be planned, with the bytes that will be sent; `held` ones wait for a person."""

    key: DeliveryKey
    kept: KeptBytes
    priority: int = 0
    held: bool = False

    @property
    def message(self) -> bytes:
        return bytes(self.kept)


class Ledger(Protocol):
    """Keeps deliveries and their messages. Each call is one transaction, durable when it returns."""

    def plan(self, deliveries: Iterable[Planned], now: datetime) -> int:
        """Adds those whose key is not there yet, planned or held; gives how many. What is there stays as it is."""
        ...

    def due(self, now: datetime) -> Sequence[Delivery]:
        """Planned ones, and those whose next try has come, most important first.

        What was put off at a moment that is still to come was put off by a clock that was wrong: it is due.
        """
        ...

    def claim(self, delivery: str, now: datetime) -> bytes | None:
        """Claims a planned or waiting delivery and gives its message; None if it is no longer to be had.

        Adds one to its tries. Must be on the disk when it returns.
        """
        ...

    def resolve(
        self, delivery: str, state: DeliveryState, said: str, now: datetime, next_try_at: datetime | None = None
    ) -> None:
        """Writes the outcome of a claim, or a person's decision about an unknown or held one."""
        ...

    def mark_claims_unknown(self, now: datetime) -> Sequence[Delivery]:
        """Claims that a crash left behind become unknown, and are given. Only for who holds the lock of the job."""
        ...

    def claimed_between(self, since: datetime, until: datetime) -> int:
        """How many deliveries were last claimed after a moment and not after another, for the allowance."""
        ...

    def find(self, delivery: str) -> Delivery | None:
        """A delivery by its id."""
        ...
