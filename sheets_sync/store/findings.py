"""Findings with when they came and went, and the reasons people gave for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from sheets_sync.model import Finding
from sheets_sync.store.bulk import put
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.tables import findings as table
from sheets_sync.store.tables import reasons


def current(connection: Connection, office: str) -> tuple[Finding, ...]:
    """The open findings of all readings, oldest first; those of the checks are made anew each time."""
    return tuple(decode(row.finding, Finding) for row in connection.execute(_CURRENT, {"of_office": office}))


def reasons_given(connection: Connection, office: str) -> dict[str, str]:
    """The reasons given, by the finding's id."""
    return {row.code: row.reason for row in connection.execute(_REASONS, {"of_office": office})}


_OFFICE: BindParameter[str] = bindparam("of_office")
_OPEN = (table.c.office == _OFFICE) & table.c.gone_at.is_(None)
_CURRENT = select(table.c.finding).where(_OPEN, table.c.workbook != "").order_by(table.c.id)
_OPEN_HERE = select(table.c.id, table.c.code, table.c.finding).where(
    _OPEN, table.c.workbook == bindparam("of_workbook")
)
_REASONS = select(reasons.c.code, reasons.c.reason).where(reasons.c.office == _OFFICE)
_GONE = update(table).where(table.c.id == bindparam("gone_id")).values(gone_at=bindparam("at"))
_KEPT = update(table).where(table.c.id == bindparam("kept_id")).values(finding=bindparam("new"))


def record(connection: Connection, office: str, workbook: str, found: Iterable[Finding], at: datetime) -> bool:
    """Replaces the open findings of a workbook's reading (or, with "", of the office's checks); gives whether that changes any."""
    rows = connection.execute(_OPEN_HERE, {"of_office": office, "of_workbook": workbook})
    known = {row.code: row for row in rows}
    now = {finding.id: encode(finding) for finding in found}
    gone = [{"gone_id": row.id, "at": at} for code, row in known.items() if code not in now]
    if gone:
        connection.execute(_GONE, gone)
    moved = [
        {"kept_id": row.id, "new": now[code]} for code, row in known.items() if code in now and row.finding != now[code]
    ]
    if moved:  # its cells, say
        connection.execute(_KEPT, moved)
    of_each = {"office": office, "workbook": workbook, "seen_at": at}
    new = [{**of_each, "code": code, "finding": said} for code, said in now.items() if code not in known]
    if new:
        connection.execute(insert(table), new)
    return bool(gone or moved or new)


def record_register(connection: Connection, office: str, workbook: str, found: Iterable[Finding], at: datetime) -> bool:
    """Replaces what is open about the office's register, as `record`; what was in another workbook before is no more."""
    key = f"register:{workbook}"
    left = connection.execute(_OTHERS_GONE, {"of_office": office, "of_workbook": key, "at": at}).rowcount
    return record(connection, office, key, found, at) or left > 0


_OTHERS_GONE = (
    update(table)
    .where(_OPEN, table.c.workbook.startswith("register:"), table.c.workbook != bindparam("of_workbook"))
    .values(gone_at=bindparam("at"))
)


def record_reasons(connection: Connection, office: str, given: Mapping[str, str], at: datetime) -> None:
    """Remembers reasons by the finding's id; an emptied reason is forgotten only by another one in its place."""
    if not given:
        return
    known, of_each = reasons_given(connection, office), {"office": office, "said_at": at}
    changed = {code: reason for code, reason in given.items() if reason and known.get(code) != reason}
    put(connection, reasons, [{**of_each, "code": code, "reason": reason} for code, reason in changed.items()])
