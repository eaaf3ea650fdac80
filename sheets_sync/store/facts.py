"""Single facts about the store: its own names, and how far the clock was found to be off."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from sheets_sync.store.tables import facts as table


def identity(connection: Connection, office: str) -> str:
    """The store's own name for an office, made up at first use: no two have the same, but a copy has its original's."""
    known = _value(connection, f"identity {office}")
    return rename(connection, office) if known is None else str(known)


def rename(connection: Connection, office: str) -> str:
    """A new name, so that a copy of this store is another one."""
    name = secrets.token_hex(8)
    _set(connection, f"identity {office}", name)
    return name


def clock_off(connection: Connection) -> timedelta | None:
    """How far ahead of Google's our clock was when they were last compared; None: they never were."""
    seconds = _value(connection, "clock")
    return None if seconds is None else timedelta(seconds=seconds)


def note_clock(connection: Connection, off: timedelta) -> None:
    """Our clock was found to be so far ahead of Google's."""
    _set(connection, "clock", off.total_seconds())


def _value(connection: Connection, name: str) -> Any:
    return connection.execute(select(table.c.value).where(table.c.name == name)).scalar()


def _set(connection: Connection, name: str, value: Any) -> None:
    connection.execute(delete(table).where(table.c.name == name))
    connection.execute(insert(table).values(name=name, value=value))
