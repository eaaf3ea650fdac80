"""The libraries of an office. A row that left the register makes a library inactive; it is not deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, update

from sheets_sync.model import Library
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.tables import libraries as table


class Register:
    """The libraries as the register said them last."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def libraries(self, office: str) -> tuple[Library, ...]:
        """The libraries in the register, in its order."""
        query = select(table.c.library).where(table.c.office == office, table.c.removed_at.is_(None))
        with self._engine.connect() as connection:
            return tuple(decode(row.library, Library) for row in connection.execute(query.order_by(table.c.position)))

    def added(self, office: str) -> dict[str, datetime]:
        """When each library was first in the register, by code."""
        query = select(table.c.code, table.c.added_at).where(table.c.office == office, table.c.added_at.is_not(None))
        with self._engine.connect() as connection:
            return {row.code: row.added_at for row in connection.execute(query)}


def record(connection: Connection, office: str, libraries: Sequence[Library], at: datetime) -> bool:
    """Replaces the register by what was read now.

    Returns:
        Whether anything differs from before, other than where its rows stand.
    """
    query = select(table).where(table.c.office == office)
    known = {row["code"]: row for row in connection.execute(query).mappings()}
    changed = False
    for position, library in enumerate(libraries):
        row, data = known.pop(library.code, None), encode(library)
        added = (row and row["added_at"]) or at
        values = {"position": position, "library": data, "added_at": added, "removed_at": None}
        here = (table.c.office == office) & (table.c.code == library.code)
        if row is None:
            connection.execute(insert(table).values(office=office, code=library.code, **values))
        elif any(row[name] != value for name, value in values.items()):
            connection.execute(update(table).where(here).values(**values))
        changed |= row is None or row["removed_at"] is not None or _content(row["library"]) != _content(data)
    for code, row in known.items():
        if row["removed_at"] is None:
            here = (table.c.office == office) & (table.c.code == code)
            connection.execute(update(table).where(here).values(removed_at=at))
            changed = True
    return changed


def _content(library: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in library.items() if name != "cell"}
