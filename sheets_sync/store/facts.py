"""Single facts about the store: its own names, and how far the clock was found to be off."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sheets_sync.store.tables import facts as table

MAIL_DOWN = "mail down"  # what Rekap tells of mail that does not get through


def known(connection: Connection, office: str) -> tuple[str, timedelta | None]:
    """The store's own name for an office ("" where it has none yet), and `clock_off`, in one statement."""
    rows = connection.execute(
        select(table.c.name, table.c.value).where(table.c.name.in_((f"identity {office}", "clock")))
    )
    values = {row.name: row.value for row in rows}
    return values.get(f"identity {office}", ""), _duration(values.get("clock"))


def identity(connection: Connection, office: str) -> str:
    """The store's own name for an office, made up at first use: no two have the same, but a copy has its original's."""
    name = value(connection, f"identity {office}")
    return rename(connection, office) if name is None else str(name)


def rename(connection: Connection, office: str) -> str:
    """A new name, so that a copy of this store is another one."""
    name = secrets.token_hex(8)
    set_value(connection, f"identity {office}", name)
    return name


def clock_off(connection: Connection) -> timedelta | None:
    """How far ahead of Google's our clock was when they were last compared; None: they never were."""
    return _duration(value(connection, "clock"))


def note_clock(connection: Connection, off: timedelta) -> None:
    """Our clock was found to be so far ahead of Google's."""
    set_value(connection, "clock", off.total_seconds())


def value(connection: Connection, name: str) -> Any:
    """A fact by its name; None: it is not known."""
    return connection.execute(select(table.c.value).where(table.c.name == name)).scalar()


def set_value(connection: Connection, name: str, value: Any) -> None:
    """A fact is this from now on."""
    if connection.execute(update(table).where(table.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(insert(table).values(name=name, value=value))


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
