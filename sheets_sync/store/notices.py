"""What was told by which way, which ways failed, and how mail stands: kept among the store's facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, select

from sheets_sync.model import Message
from sheets_sync.notify.telling import Before, ToldCause
from sheets_sync.store import facts
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.tables import facts as table

_TOLD, _FAILED, _MAILING = "told ", "way ", "mailing"


@dataclass(frozen=True, slots=True)
class WayFailure:
    """A way did not take a message, and what it said."""

    at: datetime
    problem: str


@dataclass(frozen=True, slots=True)
class MailingProblem:
    """Why mailings have been ending early, and since when."""

    since: datetime
    problem: Message


class Notices:
    """What the watch remembers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def before(self, way: str) -> dict[str, ToldCause]:
        """What a way was told, by the cause's key."""
        found: Mapping[str, Any] = self._fact(_TOLD + way) or {}
        return {key: decode(told, ToldCause) for key, told in found.items()}

    def told(self, way: str, now: Before) -> None:
        """What a way has been told by now."""
        self._set(_TOLD + way, encode(now) or None)

    def failures(self) -> dict[str, WayFailure]:
        """The ways that did not take the last message, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(table).where(table.c.name.startswith(_FAILED))).all()
        return {row.name.removeprefix(_FAILED): decode(row.value, WayFailure) for row in rows}

    def way_ended(self, way: str, failure: WayFailure | None) -> None:
        """A way took its message, or failed."""
        self._set(_FAILED + way, encode(failure))

    def mailing(self) -> MailingProblem | None:
        """Why the last mailing ended early; None: it did not."""
        found = self._fact(_MAILING)
        return decode(found, MailingProblem) if found else None

    def mailing_ended(self, problem: Message | None, at: datetime, *, some_sent: bool) -> None:
        """A mailing ended, early or not; what has been sent in it shows that the trouble is a new one."""
        if problem is None:
            self._set(_MAILING, None)
            return
        known = self.mailing()
        since = known.since if known and not some_sent and known.since <= at else at
        self._set(_MAILING, encode(MailingProblem(since.astimezone(UTC), problem)))

    def mail_down(self, said: Message | None) -> None:
        """What Rekap says of mail that does not get through; None: it does."""
        self._set(facts.MAIL_DOWN, encode(said))

    def _fact(self, name: str) -> Any:
        with self._engine.connect() as connection:
            return facts.value(connection, name)

    def _set(self, name: str, value: Any) -> None:
        """Writes only what is news."""
        if self._fact(name) == value:
            return
        with self._engine.begin() as connection:
            if value is None:
                connection.execute(delete(table).where(table.c.name == name))
            else:
                facts.set_value(connection, name, value)
