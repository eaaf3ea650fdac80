"""The inner identities of an office's libraries, and the marks by which each is recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from sheets_sync.model import Library
from sheets_sync.store.bulk import insert_rows
from sheets_sync.store.identity import IdentityMark, IdentityMatch, KnownLibrary, identify, marks
from sheets_sync.store.tables import identity_marks as table


def recognise(connection: Connection, office: str, read: Sequence[Library]) -> dict[str, IdentityMatch]:
    """What each row of the register is, by code; remembers the marks of those that are recognised without doubt."""
    known = _known(connection, office)
    matches = identify(known, read)
    wanted = {matches[each.code].identity: marks(each) for each in read if matches[each.code].sure}
    perhaps = frozenset().union(*(match.perhaps for match in matches.values()))
    before = {each.id: each for each in known}
    new = list[dict[str, Any]]()
    for identity in sorted({*before, *wanted} - perhaps):
        was = before.get(identity, KnownLibrary(identity, frozenset()))
        new += _remember(connection, office, was, wanted.get(identity, frozenset()))
    insert_rows(connection, table, new)
    return matches


def _known(connection: Connection, office: str) -> list[KnownLibrary]:
    now: dict[str, set[IdentityMark]] = defaultdict(set)
    before: dict[str, set[IdentityMark]] = defaultdict(set)
    for row in connection.execute(_KNOWN, {"of_office": office}).all():
        (now if row.current else before)[row.identity].add(IdentityMark(row.kind, row.value))
    return [
        KnownLibrary(each, frozenset(now.get(each, ())), frozenset(before.get(each, ())))
        for each in sorted({*now, *before})
    ]


_KNOWN = select(table).where(table.c.office == bindparam("of_office"))


def _remember(
    connection: Connection, office: str, was: KnownLibrary, now: frozenset[IdentityMark]
) -> list[dict[str, Any]]:
    """The marks of a library are these now; what it had before still names it. Gives the rows of those that are new."""
    _set(connection, office, was.id, was.now - now, current=False)
    _set(connection, office, was.id, now & was.before, current=True)
    new = now - was.now - was.before
    return [{"office": office, "identity": was.id, **mark._asdict(), "current": True} for mark in sorted(new)]


def _set(connection: Connection, office: str, identity: str, changed: Iterable[IdentityMark], *, current: bool) -> None:
    for mark in changed:
        here = (table.c.office == office) & (table.c.identity == identity)
        here &= (table.c.kind == mark.kind) & (table.c.value == mark.value)
        connection.execute(update(table).where(here).values(current=current))
