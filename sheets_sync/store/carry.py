"""What was reported and sent is never forgotten: carried from the store that was there into the one that takes its place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, Table, delete, insert, select, tuple_, update

from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.store.report_tables import deliveries, sealed_files, seals, span_files, span_seals
from sheets_sync.store.tables import approvals, decisions, facts, identity_marks, offices

SAID = "waited in a backup; may have been sent since"
_REPORTED = (seals, sealed_files, span_seals, span_files, deliveries)
_SAID = (approvals, identity_marks, decisions)  # of a store in which a person has said something
_NAMED = (offices, facts, *_SAID)  # of a store that has reported: one that has not is nobody yet
_UNSETTLED = (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.CLAIMED)


def carry_over(present: Engine | None, restored: Engine, now: datetime) -> tuple[int, int]:
    """Carries seals, deliveries and the store's own name over; `present` None: the store that was there can't be read.

    What the restored store still means to send, and the present one knows nothing of, may have been sent since the
    backup was made: it becomes unknown until a person settles it.

    Returns:
        How many deliveries and seals the restored store did not know, and how many of its own became unknown.
    """
    if present is None:
        with restored.begin() as into:
            return 0, _doubt(into, set(), now)
    with present.connect() as source, restored.begin() as into:
        sealed, known = _keys(source, seals), _keys(source, deliveries)
        carried = len(known - _keys(into, deliveries)) + len(sealed - _keys(into, seals))
        for table in (*_REPORTED, *(_NAMED if sealed else _SAID if _has_spoken(source) else ())):
            _copy(source, into, table)
        return carried, _doubt(into, known, now)


def _has_spoken(source: Connection) -> bool:
    """Whether somebody has let an address have mail, or held one: a store begun anew by mistake knows nobody's word."""
    return source.execute(select(approvals.c.address).where(approvals.c.how != "").limit(1)).first() is not None


def _copy(source: Connection, into: Connection, table: Table) -> None:
    """Every row of the one in the place of the other's row with its key."""
    rows = [dict(row) for row in source.execute(select(table)).mappings()]
    if not rows:
        return
    key = list(table.primary_key.columns)
    for row in rows:
        into.execute(delete(table).where(tuple_(*key) == tuple_(*(row[column.name] for column in key))))
    into.execute(insert(table), rows)


def _keys(connection: Connection, table: Table) -> set[tuple[object, ...]]:
    return {tuple(row) for row in connection.execute(select(*table.primary_key.columns))}


def _doubt(connection: Connection, known: set[tuple[object, ...]], now: datetime) -> int:
    """What waits in the backup and is unknown to the store that was there."""
    waiting = select(deliveries.c.id).where(deliveries.c.state.in_([state.value for state in _UNSETTLED]))
    doubted = [id_ for id_ in connection.execute(waiting).scalars() if (id_,) not in known]
    doubt = {"state": DeliveryState.UNKNOWN.value, "said": SAID, "changed_at": now, "next_try_at": None}
    if doubted:
        connection.execute(update(deliveries).where(deliveries.c.id.in_(doubted)).values(**doubt))
    return len(doubted)
