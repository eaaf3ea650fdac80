"""Single facts about the store: its own names, and how far the clock was found to be off."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from sheets_sync.model import Message
from sheets_sync.store.bulk import put, put_once
from sheets_sync.store.codec import decode
from sheets_sync.store.tables import facts as table

MAIL_DOWN = "mail down"  # what Rekap tells of mail that does not get through


@dataclass(frozen=True, slots=True)
class Facts:
    """The store's own names for offices, without those that have none yet; `clock_off`; that no mail gets through."""

    names: Mapping[str, str] = field(default_factory=dict)
    clock_off: timedelta | None = None
    mail_down: Message | None = None


def known(connection: Connection, offices: Collection[str]) -> Facts:
    """What is known of the store and of offices, in one statement."""
    keys, clock = {_key(office): office for office in offices}, _clock(connection)
    values = {row.name: row.value for row in connection.execute(_KNOWN, {"names": [*keys, clock, MAIL_DOWN]})}
    names = {keys[key]: str(value) for key, value in values.items() if key in keys}
    said = values.get(MAIL_DOWN)
    return Facts(names, _duration(values.get(clock)), decode(said, Message) if said else None)


_KNOWN = select(table.c.name, table.c.value).where(table.c.name.in_(bindparam("names", expanding=True)))


def identity(connection: Connection, office: str) -> str:
    """The store's own name for an office, made up at first use: no two have the same, but a copy has its original's."""
    name = value(connection, _key(office))
    if name is None:
        be_named(connection, office)
        name = value(connection, _key(office))
    return str(name)


def be_named(connection: Connection, office: str) -> None:
    """Makes up the store's name for an office, if it has none: of two machines that begin at once the first one's is both's."""
    put_once(connection, table, [{"name": _key(office), "value": secrets.token_hex(8)}])


def rename(connection: Connection, office: str) -> str:
    """A new name, so that a copy of this store is another one."""
    name = secrets.token_hex(8)
    set_value(connection, _key(office), name)
    return name


def clock_off(connection: Connection) -> timedelta | None:
    """How far ahead of Google's our clock was when they were last compared; None: they never were."""
    return _duration(value(connection, _clock(connection)))


def note_clock(connection: Connection, off: timedelta) -> None:
    """Our clock was found to be so far ahead of Google's."""
    set_value(connection, _clock(connection), off.total_seconds())


def value(connection: Connection, name: str) -> Any:
    """A fact by its name; None: it is not known."""
    return connection.execute(_VALUE, {"name": name}).scalar()


_VALUE = select(table.c.value).where(table.c.name == bindparam("name"))


def set_value(connection: Connection, name: str, value: Any) -> None:
    """A fact is this from now on."""
    put(connection, table, [{"name": name, "value": value}])


def _key(office: str) -> str:
    return f"identity {office}"


def _clock(connection: Connection) -> str:
    """Under which name it is noted how far the clock is off: machines that share a store have a clock each."""
    return "clock" if connection.dialect.name == "sqlite" else f"clock {platform.node()}"


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
