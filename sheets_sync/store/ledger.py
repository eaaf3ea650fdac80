"""The ledger of mails in the database: where a mail is claimed. Every call is one transaction, on the disk when it returns.

What a ledger is stands in `mail/ledger.py`; `mail/deliver.py` claims, hands over and writes down the outcome.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, func, insert, or_, select, update

from sheets_sync.mail.ledger import Delivery, DeliveryKey, DeliveryState, Planned
from sheets_sync.model import Period
from sheets_sync.store.report_tables import deliveries as table

CLAIM_HOLDS = timedelta(minutes=15)  # of another machine; handing over a message ends in a few minutes, well or not
_DONE = (DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.WITHDRAWN)
_TROUBLED = (DeliveryState.UNKNOWN, DeliveryState.DEFERRED, DeliveryState.HELD)
_HANDFUL = 4_000_000  # bytes
_LINE = [column for column in table.c if column.name != "message"]


class StoredLedger:
    """`mail.ledger.Ledger` in tables."""

    def __init__(self, engine: Engine, machine: str = "") -> None:
        """`machine` is what claims are made in the name of; empty: this computer's."""
        self._engine, self._machine = engine, machine or socket.gethostname()

    def plan(self, deliveries: Iterable[Planned], now: datetime) -> int:
        """Adds those whose key is not there yet; gives how many."""
        with self._engine.begin() as connection:
            return plan(connection, deliveries, now)

    def due(self, now: datetime) -> Sequence[Delivery]:
        """Planned ones, and those whose next try has come, most important first; or that a wrong clock has put off."""
        its_time = or_(table.c.next_try_at <= now, table.c.changed_at > now)
        waiting = (table.c.state == DeliveryState.DEFERRED.value) & its_time
        due = or_(table.c.state == DeliveryState.PLANNED.value, waiting)
        return self._lines(due, table.c.priority, table.c.planned_at, table.c.id)

    def claim(self, delivery: str, now: datetime) -> bytes | None:
        """Claims a planned or waiting delivery and gives its message; None if it is no longer to be had."""
        free = table.c.state.in_([DeliveryState.PLANNED.value, DeliveryState.DEFERRED.value]) & _kept()
        claimed = {
            "state": DeliveryState.CLAIMED.value,
            "tries": table.c.tries + 1,
            "claimed_at": now,
            "claimed_by": self._machine,
            "changed_at": now,
            "next_try_at": None,
        }
        with self._engine.begin() as connection:
            taken = connection.execute(update(table).where(table.c.id == delivery, free).values(**claimed)).rowcount
            if not taken:
                return None
            message = connection.execute(select(table.c.message).where(table.c.id == delivery)).scalar_one()
        return bytes(message)

    def resolve(
        self, delivery: str, state: DeliveryState, said: str, now: datetime, next_try_at: datetime | None = None
    ) -> None:
        """Writes the outcome of a claim, or a person's decision about an unknown one."""
        outcome: dict[str, Any] = {"state": state.value, "said": said, "changed_at": now, "next_try_at": next_try_at}
        if state is DeliveryState.PLANNED:
            outcome["tries"] = 0  # a person wants it sent: the server's earlier refusals count no more
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == delivery).values(**outcome))

    def judge(self, delivery: Delivery, state: DeliveryState, now: datetime) -> None:
        """Writes how a delivery that waits should stand now, unless it was claimed or settled since it was looked at.

        Who judges has not the lock of the mailing: what is on its way at that moment must not wait, or go, once more.
        """
        judged: dict[str, Any] = {"state": state.value, "changed_at": now, "next_try_at": None}
        if state is DeliveryState.PLANNED:
            judged["tries"] = 0
        as_seen = (table.c.id == delivery.id) & (table.c.state == delivery.state.value)
        with self._engine.begin() as connection:
            connection.execute(update(table).where(as_seen).values(**judged))

    def without_message(self, deliveries: Collection[str]) -> frozenset[str]:
        """Those of the deliveries whose message is no longer kept, so that it can't be sent again."""
        query = select(table.c.id).where(table.c.id.in_(deliveries), ~_kept())
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def drop_messages(self, before: datetime) -> int:
        """Lets go of the bytes of messages that were done with before a moment; the lines stay. Gives how many."""
        done = table.c.state.in_([state.value for state in _DONE]) & (table.c.changed_at < before)
        with self._engine.begin() as connection:
            dropped = connection.execute(update(table).where(done, _kept()).values(message=b""))
        return dropped.rowcount

    def mark_claims_unknown(self, now: datetime) -> Sequence[Delivery]:
        """Claims that a crash left behind become unknown, and are given.

        Nobody else on this machine is at it, the caller has the lock of the job. Another machine may be, whose lock was
        lost with the database's connection: its claims hold for as long as handing a message over can take, on a clock
        that may have been wrong to either side.
        """
        ours = table.c.claimed_by.in_([self._machine, ""])
        over = or_(ours, table.c.claimed_at < now - CLAIM_HOLDS, table.c.claimed_at > now + CLAIM_HOLDS)
        left = (table.c.state == DeliveryState.CLAIMED.value) & over
        with self._engine.begin() as connection:
            doubt = {"state": DeliveryState.UNKNOWN.value, "changed_at": now}
            marked = update(table).where(left).values(**doubt).returning(table.c.id)
            ids = list(connection.execute(marked).scalars())
        return self._lines(table.c.id.in_(ids), table.c.id)

    def claimed_between(self, since: datetime, until: datetime) -> int:
        """How many deliveries were last claimed after a moment and not after another."""
        with self._engine.connect() as connection:
            lately = (table.c.claimed_at > since) & (table.c.claimed_at <= until)
            return int(connection.execute(select(func.count()).select_from(table).where(lately)).scalar_one())

    def find(self, delivery: str) -> Delivery | None:
        """A delivery by its id."""
        return next(iter(self._lines(table.c.id == delivery, table.c.id)), None)

    def waiting(self, office: str) -> Sequence[Delivery]:
        """What of an office may still go: planned, put off, held."""
        states = (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.HELD)
        here = (table.c.office == office) & table.c.state.in_([state.value for state in states])
        return self._lines(here, table.c.planned_at, table.c.id)

    def any_left(self) -> bool:
        """Whether anything of any office is still to be sent, now or later."""
        states = (DeliveryState.PLANNED, DeliveryState.DEFERRED)
        query = select(table.c.id).where(table.c.state.in_([state.value for state in states])).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def next_try(self, offices: Collection[str]) -> datetime | None:
        """When the first of some offices that was put off is tried again; None: there is none."""
        put_off = (table.c.state == DeliveryState.DEFERRED.value) & table.c.office.in_(offices)
        with self._engine.connect() as connection:
            return connection.execute(select(func.min(table.c.next_try_at)).where(put_off)).scalar()

    def counts(self, offices: Collection[str]) -> dict[str, int]:
        """How many of some offices there are in each state."""
        query = select(table.c.state, func.count()).where(table.c.office.in_(offices)).group_by(table.c.state)
        with self._engine.connect() as connection:
            return {state: int(count) for state, count in connection.execute(query).all()}

    def troubled(self, offices: Collection[str], refused_since: datetime) -> Sequence[Delivery]:
        """Those of some offices that have no good end: unknown, put off, held; and those refused since a moment."""
        open_still = table.c.state.in_([state.value for state in _TROUBLED])
        refused = (table.c.state == DeliveryState.REFUSED.value) & (table.c.changed_at >= refused_since)
        here = table.c.office.in_(offices)
        return self._lines(here & or_(open_still, refused), table.c.planned_at, table.c.id)

    def of(self, office: str | None = None, period: Period | None = None) -> Sequence[Delivery]:
        """The lines of an office and a month (None: of all), newest month first."""
        wanted: ColumnElement[bool] = table.c.id.is_not(None)
        if office is not None:
            wanted &= table.c.office == office
        if period is not None:
            wanted &= table.c.period == period.ordinal
        return self._lines(wanted, table.c.period.desc(), table.c.priority, table.c.about, table.c.recipient)

    def _lines(self, wanted: ColumnElement[bool], *order: Any) -> list[Delivery]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_LINE).where(wanted).order_by(*order)).mappings()
            return [delivery_of(row) for row in rows]


def _kept() -> ColumnElement[bool]:
    """Whether a delivery's message is still there."""
    return func.length(table.c.message) > 0


def plan(connection: Connection, deliveries: Iterable[Planned], now: datetime) -> int:
    """Adds deliveries whose key is not there yet, together with what else the transaction saves."""
    wanted = {planned.key.id: planned for planned in deliveries}
    known = set(connection.execute(select(table.c.id).where(table.c.id.in_(wanted))).scalars())
    new = [planned for id_, planned in wanted.items() if id_ not in known]
    for some in _handfuls(new):
        connection.execute(insert(table), [_row(planned, now) for planned in some])
    return len(new)


def _handfuls(planned: Iterable[Planned]) -> Iterator[list[Planned]]:
    """So many at a time that their messages, which may lie on the disk, are never all in memory."""
    some, size = list[Planned](), 0
    for each in planned:
        some.append(each)
        size += len(each.kept)
        if size >= _HANDFUL:
            yield some
            some, size = [], 0
    if some:
        yield some


def _row(planned: Planned, now: datetime) -> dict[str, Any]:
    key = planned.key
    return {
        "id": key.id,
        "office": key.office,
        "report": key.report,
        "period": key.period.ordinal,
        "about": key.about,
        "recipient": key.recipient,
        "version": key.version,
        "priority": planned.priority,
        "state": (DeliveryState.HELD if planned.held else DeliveryState.PLANNED).value,
        "message": planned.message,
        "planned_at": now,
        "changed_at": now,
    }


def delivery_of(row: RowMapping) -> Delivery:
    """The line of a row."""
    key = DeliveryKey(
        row["office"],
        row["report"],
        Period.from_ordinal(row["period"]),
        row["about"],
        row["recipient"],
        row["version"],
    )
    return Delivery(
        key=key,
        state=DeliveryState(row["state"]),
        priority=row["priority"],
        tries=row["tries"],
        next_try_at=row["next_try_at"],
        changed_at=row["changed_at"],
        said=row["said"],
        planned_at=row["planned_at"],
    )
