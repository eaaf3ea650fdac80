"""Findings with when they came and went, and the reasons people gave for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Text, bindparam, cast, select, update

from sheets_sync.model import Finding
from sheets_sync.store.bulk import insert_rows, put
from sheets_sync.store.codec import decode, encode, read, written
from sheets_sync.store.tables import findings as table
from sheets_sync.store.tables import reasons


def current(connection: Connection, office: str) -> tuple[Finding, ...]:
    """The open findings of all readings, oldest first; those of the checks are made anew each time."""
    return tuple(decode(row.finding, Finding) for row in connection.execute(_CURRENT, {"of_office": office}).all())


def reasons_given(connection: Connection, office: str) -> dict[str, str]:
    """The reasons given, by the finding's id."""
    return {row.code: row.reason for row in connection.execute(_REASONS, {"of_office": office})}


_OFFICE: BindParameter[str] = bindparam("of_office")
_OPEN = (table.c.office == _OFFICE) & table.c.gone_at.is_(None)
_CURRENT = select(table.c.finding).where(_OPEN, table.c.workbook != "").order_by(table.c.id)
_OPEN_ONES = select(table.c.id, table.c.workbook, table.c.code, cast(table.c.finding, Text).label("said")).where(_OPEN)
_OF_CHECKS, _OF_READINGS = _OPEN_ONES.where(table.c.workbook == ""), _OPEN_ONES.where(table.c.workbook != "")
_REASONS = select(reasons.c.code, reasons.c.reason).where(reasons.c.office == _OFFICE)
_GONE = update(table).where(table.c.id == bindparam("gone_id")).values(gone_at=bindparam("at"))
_KEPT = update(table).where(table.c.id == bindparam("kept_id")).values(finding=bindparam("new"))

Open = Mapping[str, Mapping[str, Row[Any]]]  # by workbook and code: what is open, as it stands in the database


def of_checks(connection: Connection, office: str) -> Open:
    """What is open of an office's checks."""
    return _by_workbook(connection.execute(_OF_CHECKS, {"of_office": office}).all())


def of_readings(connection: Connection, office: str) -> Open:
    """What is open of the readings of an office's workbooks."""
    return _by_workbook(connection.execute(_OF_READINGS, {"of_office": office}).all())


def _by_workbook(rows: Iterable[Row[Any]]) -> Open:
    found: dict[str, dict[str, Row[Any]]] = defaultdict(dict)
    for row in rows:
        found[row.workbook][row.code] = row
    return found


def record(
    connection: Connection, office: str, workbook: str, known: Open, found: Iterable[Finding], at: datetime
) -> bool:
    """Replaces the open findings of a workbook's reading (or, with "", of the office's checks); gives whether that changes any.

    `known` are those that are open by now.
    """
    here = known.get(workbook, {})
    now = {finding.id: written(encode(finding)) for finding in found}
    _are_gone(connection, (row for code, row in here.items() if code not in now), at)
    moved = [
        {"kept_id": row.id, "new": read(now[code])} for code, row in here.items() if now.get(code, row.said) != row.said
    ]
    if moved:  # its cells, say
        connection.execute(_KEPT, moved)
    new = [
        {"office": office, "workbook": workbook, "seen_at": at, "code": code, "finding": said}
        for code, said in now.items()
        if code not in here
    ]
    insert_rows(connection, table, new)
    return bool(moved or new or here.keys() - now.keys())


def _are_gone(connection: Connection, rows: Iterable[Row[Any]], at: datetime) -> None:
    gone = [{"gone_id": row.id, "at": at} for row in rows]
    if gone:
        connection.execute(_GONE, gone)


def record_register(
    connection: Connection, office: str, workbook: str, known: Open, found: Iterable[Finding], at: datetime
) -> bool:
    """Replaces what is open about the office's register, as `record`; what was in another workbook before is no more."""
    key = f"{_REGISTER}{workbook}"
    left = [name for name in known if name.startswith(_REGISTER) and name != key]
    _are_gone(connection, (row for name in left for row in known[name].values()), at)
    return record(connection, office, key, known, found, at) or bool(left)


_REGISTER = "register:"


def record_reasons(connection: Connection, office: str, given: Mapping[str, str], at: datetime) -> bool:
    """Remembers reasons by the finding's id; an emptied reason is forgotten only by another one in its place.

    Gives whether any is another one.
    """
    if not given:
        return False
    known, of_each = reasons_given(connection, office), {"office": office, "said_at": at}
    changed = {code: reason for code, reason in given.items() if reason and known.get(code) != reason}
    put(connection, reasons, [{**of_each, "code": code, "reason": reason} for code, reason in changed.items()])
    return bool(changed)
