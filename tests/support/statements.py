"""Counts what is asked of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from sheets_sync.store import Store


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The SQL statements of whatever happens while it is open, as they are sent; a server's locks ask for no rows."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("SET ") and "advisory" not in statement:
            sent.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
