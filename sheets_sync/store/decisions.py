"""What the office was asked to decide, what stands beside each question, and the answer that counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from sheets_sync.model import Period
from sheets_sync.model.decision import Decision, DecisionKind, DecisionRecord
from sheets_sync.store.bulk import put_once
from sheets_sync.store.tables import decisions as table


def current(connection: Connection, office: str) -> tuple[DecisionRecord, ...]:
    """Every question that was ever asked, the oldest first."""
    return tuple(map(record_of, connection.execute(_CURRENT, {"of_office": office}).mappings()))


_CURRENT = select(table).where(table.c.office == bindparam("of_office")).order_by(table.c.asked_at, table.c.id)


def were_asked(connection: Connection, office: str, asked: Iterable[Decision], at: datetime) -> None:
    """Keeps the questions that are new."""
    rows = [
        {
            "office": office,
            "id": each.id,
            "kind": each.kind.value,
            "library": each.library,
            "period": each.period.ordinal if each.period else None,
            "detail": each.detail,
            "asked_at": at,
            "changed_at": at,
        }
        for each in asked
    ]
    put_once(connection, table, rows)


def answered(connection: Connection, office: str, record: DecisionRecord, at: datetime) -> None:
    """Keeps what stands beside a question, and the answer that counts."""
    here = (table.c.office == office) & (table.c.id == record.id)
    values = {
        "typed": record.typed,
        "said": record.said,
        "said_at": record.at,
        "said_by": record.by,
        "how": record.how,
        "changed_at": at,
    }
    if connection.execute(update(table).where(here).values(**values)).rowcount == 0:
        period = record.period.ordinal if record.period else None
        asked = {"kind": record.kind.value, "library": record.library, "period": period, "detail": record.detail}
        connection.execute(
            insert(table).values(office=office, id=record.id, asked_at=record.asked_at, **asked, **values)
        )


def record_of(row: RowMapping) -> DecisionRecord:
    """A question and its answer, by a row in which its columns stand."""
    period = row[table.c.period]
    return DecisionRecord(
        id=row[table.c.id],
        kind=DecisionKind(row[table.c.kind]),
        asked_at=row[table.c.asked_at],
        library=row[table.c.library],
        period=None if period is None else Period.from_ordinal(period),
        detail=row[table.c.detail],
        typed=row[table.c.typed],
        said=row[table.c.said],
        at=row[table.c.said_at],
        by=row[table.c.said_by],
        how=row[table.c.how],
    )
