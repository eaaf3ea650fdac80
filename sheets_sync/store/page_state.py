"""What each office's pages were last found right for, so that a sync that nobody disturbed makes none of them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from sheets_sync.store.tables import page_state as table


@dataclass(frozen=True, slots=True)
class PageState:
    """`inputs_digest` is a sign of all that the pages are made from; `findings` are the open ones, by severity."""

    inputs_digest: str
    findings: Mapping[str, int]


def of(connection: Connection, office: str) -> PageState | None:
    """What the office's pages were last found right for; None: that was never found."""
    row = connection.execute(select(table).where(table.c.office == office)).first()
    return PageState(row.inputs_digest, row.findings) if row else None


def record(connection: Connection, office: str, state: PageState, at: datetime) -> None:
    """Remembers that the office's pages are right."""
    connection.execute(delete(table).where(table.c.office == office))
    values = {"inputs_digest": state.inputs_digest, "findings": dict(state.findings), "found_at": at}
    connection.execute(insert(table).values(office=office, **values))
