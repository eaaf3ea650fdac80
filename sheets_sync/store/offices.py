"""Since when an office is looked after, with which lost reports a person let it go on, and what was last told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update

from sheets_sync.model.decision import DecisionRecord
from sheets_sync.store.bulk import put_once
from sheets_sync.store.decisions import record_of
from sheets_sync.store.report_tables import seals
from sheets_sync.store.tables import decisions, libraries, runs, workbooks
from sheets_sync.store.tables import offices as table


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """An office's row. `accepted` are the numbers of marks (`ReportMark.id`) whose seals this store does not have.

    `said` is what it has decided to do.
    """

    installed_at: datetime
    accepted: frozenset[int]
    told: str
    said: tuple[DecisionRecord, ...] = ()


def of_each(connection: Connection, offices: Collection[str]) -> dict[str, OfficeRecord]:
    """What is known of offices, in one statement; without those that were never seen."""
    rows: dict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(_OF_EACH, {"offices": list(offices)}).mappings():
        rows[row[table.c.office]].append(row)
    return {office: _record(found) for office, found in rows.items()}


_YES = (decisions.c.office == table.c.office) & decisions.c.said
_OF_EACH = (
    select(table, decisions)
    .outerjoin(decisions, _YES)
    .where(table.c.office.in_(bindparam("offices", expanding=True)))
    .order_by(table.c.office)
)


def _record(rows: Sequence[RowMapping]) -> OfficeRecord:
    first, said = rows[0], tuple(record_of(row) for row in rows if row[decisions.c.id] is not None)
    return OfficeRecord(first[table.c.installed_at], frozenset(first[table.c.accepted]), first[table.c.told], said)


def of(connection: Connection, office: str) -> OfficeRecord | None:
    """What is known of an office; None: it was never seen."""
    return of_each(connection, (office,)).get(office)


def seen(connection: Connection, offices: Collection[str], at: datetime) -> dict[str, OfficeRecord]:
    """The offices' rows, made where there is none: each was first seen at the earliest moment that is noted of it."""
    known = of_each(connection, offices)
    new = [office for office in offices if office not in known]
    begin(connection, new, at)
    return {**known, **(of_each(connection, new) if new else {})}


def begin(connection: Connection, offices: Collection[str], at: datetime) -> None:
    """Makes the rows of offices, where there is none, as `seen` does."""
    of_each = {"accepted": [], "told": ""}
    rows = [{"office": each, "installed_at": _earliest(connection, each, at), **of_each} for each in offices]
    put_once(connection, table, rows)


def left_under(connection: Connection, office: str, workbook: str, codes: Collection[str]) -> tuple[str, ...]:
    """The offices not among `codes` of which a workbook was read before it was this one's, if this one never reported."""
    read = connection.execute(_READ_UNDER, {"of_workbook": workbook}).scalars()
    others = [code for code in read if code not in codes]
    sealed = select(seals.c.office).where(seals.c.office == office).limit(1)
    if not others or connection.execute(sealed).first() is not None:
        return ()
    added = _since(connection, (office, *others))
    return tuple(code for code in others if office not in added or (code in added and added[code] <= added[office]))


_READ_UNDER = (
    select(workbooks.c.office)
    .where(workbooks.c.workbook == bindparam("of_workbook"), workbooks.c.read_at.is_not(None))
    .order_by(workbooks.c.office)
)


def _since(connection: Connection, offices: Collection[str]) -> dict[str, datetime]:
    """When the first library of each office came into its register."""
    first = func.min(libraries.c.added_at)
    query = select(libraries.c.office, first).where(libraries.c.office.in_(offices)).group_by(libraries.c.office)
    return {code: at for code, at in connection.execute(query) if at is not None}


def accept(connection: Connection, office: str, marks: Iterable[int], at: datetime) -> None:
    """A person goes on though the reports of these marks are not in this store."""
    accepted = sorted(seen(connection, (office,), at)[office].accepted.union(marks))
    connection.execute(update(table).where(table.c.office == office).values(accepted=accepted))


def tell(connection: Connection, office: str, hindrance: str) -> bool:
    """Notes what was told; gives whether it differs from what was told last. Of an office never seen nothing is told."""
    known = of(connection, office)
    if known is None or known.told == hindrance:
        return False
    connection.execute(update(table).where(table.c.office == office).values(told=hindrance))
    return True


def _earliest(connection: Connection, office: str, at: datetime) -> datetime:
    """Of a store that was there before this was noted: its first run, or the first row of the office's register."""
    noted = connection.execute(_NOTED, {"of_office": office}).one()
    return min([each for each in noted if each is not None and each <= at], default=at)


_NOTED = select(
    select(func.min(runs.c.started_at)).scalar_subquery(),
    select(func.min(libraries.c.added_at)).where(libraries.c.office == bindparam("of_office")).scalar_subquery(),
)
