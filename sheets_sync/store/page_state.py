"""What each office's pages were last found right for, so that a sync that nobody disturbed makes none of them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select

from sheets_sync.store.tables import findings, libraries, observations, reasons, seals, workbooks
from sheets_sync.store.tables import page_state as table

# Another version is ours or brings a read; what is read changes other columns too.
_NOT_SIGNED = ("version", "layout", "notes")


@dataclass(frozen=True, slots=True)
class PageState:
    """`inputs_digest` is a sign of all that the pages are made from; `findings` are the open ones, counted by severity."""

    inputs_digest: str
    findings: Mapping[str, int]


class PageStates:
    """How every office's pages stand."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, office: str) -> PageState | None:
        """What the office's pages were last found right for; None: that was never found."""
        with self._engine.connect() as connection:
            row = connection.execute(select(table).where(table.c.office == office)).first()
            return PageState(row.made_from, row.findings) if row else None

    def remembered(self, office: str) -> str:
        """A text that is another one as soon as anything is recorded of the office's sheets, answers or reports."""
        with self._engine.connect() as connection:
            return repr([connection.execute(query).all() for query in _signed(office)])


def record(connection: Connection, office: str, state: PageState, at: datetime) -> None:
    """Remembers that the office's pages are right."""
    connection.execute(delete(table).where(table.c.office == office))
    values = {"made_from": state.inputs_digest, "findings": dict(state.findings), "found_at": at}
    connection.execute(insert(table).values(office=office, **values))


def _signed(office: str) -> Iterator[Select[Any, Any]]:
    """Small tables as they are; of those that only grow, the newest row and when one was last ended."""
    columns = [column for column in workbooks.columns if column.name not in _NOT_SIGNED]
    yield select(*columns).where(workbooks.c.office == office).order_by(workbooks.c.workbook)
    yield select(libraries).where(libraries.c.office == office).order_by(libraries.c.code)
    for history in (observations, findings):
        yield select(func.max(history.c.id), func.max(history.c.gone_at)).where(history.c.office == office)
    yield select(func.count(), func.max(reasons.c.said_at)).where(reasons.c.office == office)
    yield select(func.count(), func.max(seals.c.sealed_at)).where(seals.c.office == office)
