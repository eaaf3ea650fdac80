"""One at a time over all machines that share a store: PostgreSQL's advisory locks, which end with their connection.

A store in a file is used on one machine, where locks of files do. An advisory lock needs no clock that two machines
would have to agree on, and it is let go of when its holder is killed, loses power (the server looks after half a
minute) or is cut off. It needs a connection of its own to the server: a pooler between may hand a session to others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

_TRY = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_RELEASE = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")
_LOOK_AFTER = text("SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3")


@contextmanager
def exclusive(engine: Engine, name: str) -> Iterator[bool]:
    """Whether nobody else holds this name; nobody else gets it while it is held here."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(_LOOK_AFTER)
        got = bool(connection.execute(_TRY, {"name": name}).scalar())
        try:
            yield got
        finally:
            if got and not connection.invalidated:
                connection.execute(_RELEASE, {"name": name})
