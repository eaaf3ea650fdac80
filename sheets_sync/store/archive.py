"""Figures of years that are closed, put by: at hand for `export` and a look back, out of the way of every day's work.

What is put by belongs to workbooks that were let go of, or was something else before: nothing that still stands in a
sheet that is read.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import chain

from sqlalchemy import Connection, bindparam, delete, insert, select, union_all, update

from sheets_sync.model import Observation, Period
from sheets_sync.store.observations import month_of, said_in
from sheets_sync.store.tables import observations as at_hand
from sheets_sync.store.tables_apart import past_observations as table

COLUMNS = tuple(column.name for column in table.columns if column.name != "id")


def put_by(connection: Connection, office: str, before: Period, kept: Collection[str]) -> int:
    """Puts by what is older than a month and stands in none of the `kept` workbooks, or not any more; gives how many months."""
    old = (at_hand.c.office == office) & (at_hand.c.period < before.ordinal)
    let_go = at_hand.c.gone_at.is_(None) & at_hand.c.workbook.not_in(kept)
    ids = union_all(  # each part has an index of its own; asked for together they would have none
        select(at_hand.c.id).where(old, let_go), select(at_hand.c.id).where(old, at_hand.c.gone_at.is_not(None))
    )
    if connection.execute(ids.limit(1)).first() is None:
        return 0
    rows = select(*(at_hand.c[name] for name in COLUMNS)).where(at_hand.c.id.in_(ids)).order_by(at_hand.c.id)
    connection.execute(insert(table).from_select(COLUMNS, rows))
    return int(connection.execute(delete(at_hand).where(at_hand.c.id.in_(ids))).rowcount)


def reaching_back(connection: Connection, before: Period) -> frozenset[str]:
    """The codes of the offices that have anything older than a month at hand."""
    old = select(at_hand.c.office).where(at_hand.c.period < before.ordinal).distinct()
    return frozenset(connection.execute(old).scalars())


def standing(connection: Connection, office: str, since: Period) -> tuple[Observation, ...]:
    """What was put by and stood to the end, of the months from one on: for a look back at a month long ago."""
    asked = {"of_office": office, "since": since.ordinal}
    return tuple(chain.from_iterable(month_of(row).figures for row in connection.execute(_STANDING, asked).all()))


_STANDING = (
    select(*said_in(table))
    .where(table.c.office == bindparam("of_office"), table.c.period >= bindparam("since"), table.c.gone_at.is_(None))
    .order_by(table.c.id)
)


def let_go(connection: Connection, office: str, workbook: str, at: datetime) -> None:
    """A workbook is read again: what it says now stands at hand, so what was put by of it stands no more."""
    connection.execute(_LET_GO, {"of_office": office, "of_workbook": workbook, "at": at})


_LET_GO = (
    update(table)
    .where(table.c.office == bindparam("of_office"), table.c.workbook == bindparam("of_workbook"))
    .where(table.c.gone_at.is_(None))
    .values(gone_at=bindparam("at"))
)
