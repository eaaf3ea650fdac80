"""The libraries of an office. A row that left the register makes a library inactive; it is not deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, bindparam, cast, select, update

from sheets_sync.model import Library
from sheets_sync.store.bulk import insert_rows
from sheets_sync.store.codec import decode, encode, read, written
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


Known = Mapping[str, Row[Any]]  # by code: every library ever known, as it stands in the database


def known(connection: Connection, office: str) -> Known:
    """What is kept of the register, in its order."""
    return {row.code: row for row in connection.execute(_KNOWN, {"of_office": office}).all()}


_SAID = cast(table.c.library, Text).label("said")
_KNOWN = (
    select(table.c.code, table.c.position, _SAID, table.c.added_at, table.c.removed_at, table.c.identity)
    .where(table.c.office == bindparam("of_office"))
    .order_by(table.c.position)
)


def as_kept(libraries: Iterable[Library]) -> dict[str, str]:
    """What is kept of libraries, by code."""
    return {library.code: written(encode(library)) for library in libraries}


def says(known: Known, now: Mapping[str, str]) -> bool:
    """Whether the register is known to say just this, each of its libraries recognised."""
    present = [row for row in known.values() if row.removed_at is None]
    return [(row.code, row.said) for row in present] == list(now.items()) and all(row.identity for row in present)


def record(
    connection: Connection,
    office: str,
    known: Known,
    now: Mapping[str, str],
    identities: Mapping[str, str],
    at: datetime,
) -> None:
    """Replaces the register by what was read `now`, as it is kept; `identities` are the libraries' inner ones, by code."""
    new = []
    for position, (code, said) in enumerate(now.items()):
        row = known.get(code)
        values = (position, said, (row and row.added_at) or at, None, identities[code])
        if row is None:
            new.append({"office": office, "code": code, **dict(zip(_VALUES, values, strict=True))})
        elif values != tuple(row)[1:]:
            _set(connection, office, code, **dict(zip(_VALUES, values, strict=True)) | {"library": read(said)})
    insert_rows(connection, table, new)
    for code, row in known.items():
        if code not in now and row.removed_at is None:
            _set(connection, office, code, removed_at=at)


_VALUES = ("position", "library", "added_at", "removed_at", "identity")


def _set(connection: Connection, office: str, code: str, **values: Any) -> None:
    here = (table.c.office == office) & (table.c.code == code)
    connection.execute(update(table).where(here).values(**values))
