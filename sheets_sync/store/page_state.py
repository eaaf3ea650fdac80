"""What each office's pages were last found right for, so that a sync that nobody disturbed makes none of them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from sheets_sync.store.bulk import put
from sheets_sync.store.tables import page_state as table


@dataclass(frozen=True, slots=True)
class PageState:
    """`inputs_digest` is a sign of all that the pages are made from; `findings` are the open ones, by severity."""

    inputs_digest: str
    findings: Mapping[str, int]


def of_each(connection: Connection, offices: Collection[str]) -> dict[str, PageState]:
    """What the pages of offices were last found right for; without those of which that was never found."""
    rows = connection.execute(_OF_EACH, {"offices": list(offices)})
    return {row.office: PageState(row.inputs_digest, row.findings) for row in rows}


_OF_EACH = select(table.c.office, table.c.inputs_digest, table.c.findings).where(
    table.c.office.in_(bindparam("offices", expanding=True))
)


def forget_all(connection: Connection) -> None:
    """Nothing is known of any page: each is made anew by the next sync."""
    connection.execute(delete(table))


def record(connection: Connection, office: str, state: PageState, at: datetime) -> None:
    """Remembers that the office's pages are right."""
    said = {"inputs_digest": state.inputs_digest, "findings": dict(state.findings), "found_at": at}
    put(connection, table, [{"office": office, **said}])
