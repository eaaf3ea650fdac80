"""A sign of what is remembered of an office: another one as soon as anything is recorded of its sheets or reports."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, literal, select, union_all

from sheets_sync.store.facts import MAIL_DOWN
from sheets_sync.store.report_tables import seals
from sheets_sync.store.tables import approval_tabs, approvals, decisions, facts, reasons
from sheets_sync.store.tables import workbooks as record

# Another version is ours or brings a read; what is read changes other columns too. No page tells of marks, nor of
# when a workbook was found unchanged. Figures, libraries and the findings of reading are recorded with the read of
# their workbook alone, which has its moment there: they are not looked through.
_NOT_SIGNED = ("version", "layout", "notes", "fresh_at", "marks")
_SIGNED = tuple(sorted(set(record.columns.keys()) - set(_NOT_SIGNED)))
# What comes by itself, too: small tables that only grow or are noted with when they were last changed.
_BY_ITSELF = (
    *(reasons.c.said_at, seals.c.sealed_at, approvals.c.changed_at, decisions.c.changed_at),
    approval_tabs.c.found_at,
)
_NEWEST = union_all(
    *(
        select(literal(moment.table.name).label("name"), moment.table.c.office, func.count(), func.max(moment))
        .where(moment.table.c.office.in_(bindparam("offices", expanding=True)))
        .group_by(moment.table.c.office)
        for moment in _BY_ITSELF
    )
)
_MAIL_DOWN = select(facts.c.value).where(facts.c.name == MAIL_DOWN)


def revisions(connection: Connection, workbooks: Mapping[str, Sequence[RowMapping]]) -> dict[str, str]:
    """Each office's, by the rows of its workbooks and two small statements for all, however many figures there are."""
    newest: dict[str, list[Any]] = defaultdict(list)
    for name, office, count, moment in connection.execute(_NEWEST, {"offices": list(workbooks)}):
        newest[office].append((name, count, str(moment)))
    mail_down = connection.execute(_MAIL_DOWN).scalar()
    return {
        office: _sign([[row[column] for column in _SIGNED] for row in rows], sorted(newest[office]), mail_down)
        for office, rows in workbooks.items()
    }


def _sign(*parts: object) -> str:
    return hashlib.blake2s(repr(parts).encode()).hexdigest()
