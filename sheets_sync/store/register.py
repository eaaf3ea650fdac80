"""The libraries of an office. A row that left the register makes a library inactive; it is not deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from sheets_sync.model import Library
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.tables import libraries as table


@dataclass(frozen=True, slots=True)
class Register:
    """The libraries in the register, in its order; when each one ever known was first in it, by code; who left it, and when."""

    libraries: tuple[Library, ...] = ()
    added: Mapping[str, datetime] = field(default_factory=dict)
    gone: tuple[tuple[Library, datetime], ...] = ()


def current(connection: Connection, office: str) -> Register:
    """What is known of the register."""
    rows = connection.execute(_CURRENT, {"of_office": office}).all()
    known = [(decode(row.library, Library), row.removed_at) for row in rows]
    return Register(
        tuple(library for library, left_at in known if left_at is None),
        {row.code: row.added_at for row in rows if row.added_at is not None},
        tuple((library, left_at) for library, left_at in known if left_at is not None),
    )


_CURRENT = (
    select(table.c.code, table.c.library, table.c.added_at, table.c.removed_at)
    .where(table.c.office == bindparam("of_office"))
    .order_by(table.c.position)
)


@dataclass(frozen=True, slots=True)
class Inhabited:
    """A library of the register with the year of its newest population figure; 0: of a year nobody knows, None: none."""

    name: str
    year: int | None
    until: date | None = None  # its last day


def inhabited(connection: Connection, office: str) -> tuple[Inhabited, ...]:
    """The libraries in the register, in its order, as far as their population goes; the rest is not looked at."""
    query = select(table.c.library).where(table.c.office == office, table.c.removed_at.is_(None))
    return tuple(_inhabited(library) for library in connection.execute(query.order_by(table.c.position)).scalars())


def _inhabited(library: Mapping[str, Any]) -> Inhabited:
    until = library.get("active_until")
    years = [figure["year"] for figure in library.get("population", ())]
    return Inhabited(library["name"], max(years, default=None), date.fromisoformat(until) if until else None)


def says(connection: Connection, office: str, libraries: Sequence[Library]) -> bool:
    """Whether the register is known to say just this, each of its libraries recognised."""
    rows = connection.execute(_SAYS, {"of_office": office}).all()
    known = [row.library for row in rows if row.identity is not None]
    return len(known) == len(rows) and known == [encode(library) for library in libraries]


_SAYS = (
    select(table.c.library, table.c.identity)
    .where(table.c.office == bindparam("of_office"), table.c.removed_at.is_(None))
    .order_by(table.c.position)
)


def record(
    connection: Connection, office: str, libraries: Sequence[Library], identities: Mapping[str, str], at: datetime
) -> None:
    """Replaces the register by what was read now; `identities` are the libraries' inner ones, by code."""
    query = select(table).where(table.c.office == office)
    known = {row["code"]: row for row in connection.execute(query).mappings()}
    new = []
    for position, library in enumerate(libraries):
        row, data = known.pop(library.code, None), encode(library)
        added = (row and row["added_at"]) or at
        values = {"position": position, "library": data, "added_at": added, "removed_at": None}
        values["identity"] = identities[library.code]
        here = (table.c.office == office) & (table.c.code == library.code)
        if row is None:
            new.append({"office": office, "code": library.code, **values})
        elif any(row[name] != value for name, value in values.items()):
            connection.execute(update(table).where(here).values(**values))
    if new:
        connection.execute(insert(table), new)
    for code, row in known.items():
        if row["removed_at"] is None:
            here = (table.c.office == office) & (table.c.code == code)
            connection.execute(update(table).where(here).values(removed_at=at))
