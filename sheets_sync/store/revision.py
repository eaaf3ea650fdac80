"""A sign of what is remembered of an office: another one as soon as anything is recorded of its sheets or reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Function, ScalarSelect, Select, Table, func, select

from sheets_sync.store.tables import (
    approval_tabs,
    approvals,
    findings,
    libraries,
    observations,
    reasons,
    seals,
    workbooks,
)

# Another version is ours or brings a read; what is read changes other columns too. No page tells of marks, nor of
# when a workbook was found unchanged.
_NOT_SIGNED = ("version", "layout", "notes", "fresh_at", "marks")


def revision(connection: Connection, office: str) -> str:
    """In three small statements, however many figures there are."""
    rows = [connection.execute(query).all() for query in _signed(office)]
    return hashlib.blake2s(repr(rows).encode()).hexdigest()


def _signed(office: str) -> Iterator[Select[Any]]:
    """Small tables as they are; of those that only grow, the newest row and when one was last ended."""
    columns = [column for column in workbooks.columns if column.name not in _NOT_SIGNED]
    yield select(*columns).where(workbooks.c.office == office).order_by(workbooks.c.workbook)
    yield select(libraries).where(libraries.c.office == office).order_by(libraries.c.code)
    yield select(
        *(_newest(history, office, value) for history in (observations, findings) for value in _ends(history)),
        *(_newest(reasons, office, value) for value in (func.count(), func.max(reasons.c.said_at))),
        *(_newest(seals, office, value) for value in (func.count(), func.max(seals.c.sealed_at))),
        *(_newest(approvals, office, value) for value in (func.count(), func.max(approvals.c.changed_at))),
        *(_newest(approval_tabs, office, value) for value in (func.count(), func.max(approval_tabs.c.found_at))),
    )


def _ends(history: Table) -> tuple[Function[Any], ...]:
    return func.max(history.c.id), func.max(history.c.gone_at)


def _newest(table: Table, office: str, value: Function[Any]) -> ScalarSelect[Any]:
    return select(value).select_from(table).where(table.c.office == office).scalar_subquery()
