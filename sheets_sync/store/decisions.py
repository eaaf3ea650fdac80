"""What the office was asked to decide, what stands beside each question, and the answer that counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from sheets_sync.model import Period
from sheets_sync.model.decision import Decision, DecisionKind, DecisionRecord
from sheets_sync.store.tables import decisions as table


def current(connection: Connection, office: str) -> tuple[DecisionRecord, ...]:
    """Every question that was ever asked, the oldest first."""
    query = select(table).where(table.c.office == office).order_by(table.c.asked_at, table.c.id)
    return tuple(map(_record, connection.execute(query).mappings()))


def were_asked(connection: Connection, office: str, asked: Iterable[Decision], at: datetime) -> None:
    """Keeps the questions that are new."""
    known = set(connection.execute(select(table.c.id).where(table.c.office == office)).scalars())
    new = {each.id: each for each in asked if each.id not in known}
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
        for each in new.values()
    ]
    if rows:
        connection.execute(insert(table), rows)


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


def _record(row: RowMapping) -> DecisionRecord:
    return DecisionRecord(
        id=row["id"],
        kind=DecisionKind(row["kind"]),
        asked_at=row["asked_at"],
        library=row["library"],
        period=Period.from_ordinal(row["period"]) if row["period"] is not None else None,
        detail=row["detail"],
        typed=row["typed"],
        said=row["said"],
        at=row["said_at"],
        by=row["said_by"],
        how=row["how"],
    )
