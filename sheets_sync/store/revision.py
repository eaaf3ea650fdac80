"""A sign of what is remembered of an office: another one as soon as anything is recorded of its sheets or reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Function, RowMapping, ScalarSelect, Select, Table, func, select

from sheets_sync.store.facts import MAIL_DOWN
from sheets_sync.store.report_tables import seals
from sheets_sync.store.tables import (
    approval_tabs,
    approvals,
    decisions,
    facts,
    findings,
    libraries,
    observations,
    reasons,
)
from sheets_sync.store.tables import workbooks as record

# Another version is ours or brings a read; what is read changes other columns too. No page tells of marks, nor of
# when a workbook was found unchanged.
_NOT_SIGNED = ("version", "layout", "notes", "fresh_at", "marks")


def revision(connection: Connection, office: str, workbooks: Iterable[RowMapping]) -> str:
    """By the rows of its workbooks, and two small statements, however many figures there are."""
    columns = sorted(set(record.columns.keys()) - set(_NOT_SIGNED))
    rows = [connection.execute(query).all() for query in _signed(office)]
    typed = [[row[column] for column in columns] for row in workbooks]
    return hashlib.blake2s(repr((typed, rows)).encode()).hexdigest()


def _signed(office: str) -> Iterator[Select[Any]]:
    """Small tables as they are; of those that only grow, the newest row and when one was last ended."""
    yield select(libraries).where(libraries.c.office == office).order_by(libraries.c.code)
    yield select(
        *(_newest(history, office, value) for history in (observations, findings) for value in _ends(history)),
        *(_newest(reasons, office, value) for value in (func.count(), func.max(reasons.c.said_at))),
        *(_newest(seals, office, value) for value in (func.count(), func.max(seals.c.sealed_at))),
        *(_newest(approvals, office, value) for value in (func.count(), func.max(approvals.c.changed_at))),
        *(_newest(decisions, office, value) for value in (func.count(), func.max(decisions.c.changed_at))),
        *(_newest(approval_tabs, office, value) for value in (func.count(), func.max(approval_tabs.c.found_at))),
        select(facts.c.value).where(facts.c.name == MAIL_DOWN).scalar_subquery(),
    )


def _ends(history: Table) -> tuple[Function[Any], ...]:
    return func.max(history.c.id), func.max(history.c.gone_at)


def _newest(table: Table, office: str, value: Function[Any]) -> ScalarSelect[Any]:
    return select(value).select_from(table).where(table.c.office == office).scalar_subquery()
