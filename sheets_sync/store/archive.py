"""Figures of years that are closed, put by: at hand for `export` and a look back, out of the way of every day's work.

What is put by belongs to workbooks that were let go of, or was something else before: nothing that still stands in a
sheet that is read.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from sheets_sync.model import CellRef, Observation, Period, State
from sheets_sync.store.tables import observations as at_hand
from sheets_sync.store.tables_apart import past_observations as table

COLUMNS = tuple(column.name for column in table.columns if column.name != "id")


def put_by(connection: Connection, office: str, before: Period, kept: Collection[str]) -> int:
    """Puts by what is older than a month and stands in none of the `kept` workbooks, or not any more; gives how much."""
    over = or_(at_hand.c.gone_at.is_not(None), at_hand.c.workbook.not_in(kept))
    old = (at_hand.c.office == office) & (at_hand.c.period < before.ordinal) & over
    if (
        connection.execute(select(at_hand.c.id).where(old).limit(1)).first() is None
    ):  # of hundreds of offices hardly one
        return 0
    rows = select(*(at_hand.c[name] for name in COLUMNS)).where(old).order_by(at_hand.c.id)
    connection.execute(insert(table).from_select(COLUMNS, rows))
    return int(connection.execute(delete(at_hand).where(old)).rowcount)


def standing(connection: Connection, office: str, since: Period) -> tuple[Observation, ...]:
    """What was put by and stood to the end, of the months from one on: for a look back at a month long ago."""
    asked = {"of_office": office, "since": since.ordinal}
    return tuple(_observation(row) for row in connection.execute(_STANDING, asked))


_STANDING = (
    select(table)
    .where(table.c.office == bindparam("of_office"), table.c.period >= bindparam("since"), table.c.gone_at.is_(None))
    .order_by(table.c.id)
)


def _observation(row: Row[Any]) -> Observation:
    cell = CellRef(row.workbook, row.sheet_id, row.tab, row.row, row.column)
    period, state = Period.from_ordinal(row.period), State(row.state)
    return Observation(row.library, row.element, period, state, row.value, cell, row.typed)


def let_go(connection: Connection, office: str, workbook: str, at: datetime) -> None:
    """A workbook is read again: what it says now stands at hand, so what was put by of it stands no more."""
    connection.execute(_LET_GO, {"of_office": office, "of_workbook": workbook, "at": at})


_LET_GO = (
    update(table)
    .where(table.c.office == bindparam("of_office"), table.c.workbook == bindparam("of_workbook"))
    .where(table.c.gone_at.is_(None))
    .values(gone_at=bindparam("at"))
)
