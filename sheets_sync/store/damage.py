"""A store whose file is damaged: found before it does harm."""

from __future__ import annotations

from sqlalchemy import Engine

from sheets_sync.errors import StoreError
from sheets_sync.model import Message
from sheets_sync.store.trouble import damaged


def damage(engine: Engine) -> Message | None:
    """What SQLite's quick look through the whole file finds wrong; None: nothing, or another database."""
    if engine.dialect.name != "sqlite":
        return None
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except StoreError as error:
        return error.message
    return None if found == "ok" else damaged(str(found), engine.url)
