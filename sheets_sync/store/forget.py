"""Takes a person out of what is kept: contacts, deliveries, and wherever else their address, name or number is written.

What stays is anonymous: that a report went to somebody at a library, when, and what became of it. What a month's report
said (`seals`, `sealed_files`) is the office's record and stays too.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, RowMapping, delete, select, text, update

from sheets_sync.mail.ledger import DeliveryState
from sheets_sync.model import CellRef, Library
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.ledger import delivery_of
from sheets_sync.store.page_state import forget_all
from sheets_sync.store.report_tables import deliveries
from sheets_sync.store.tables import (
    approval_tabs,
    approvals,
    decisions,
    findings,
    identity_marks,
    libraries,
    observations,
    reasons,
    runs,
    workbooks,
)
from sheets_sync.store.tables_apart import past_observations

HIDDEN = "…"
# Where people's words may stand. Of the other columns none holds what somebody typed, but for tab titles and the seals.
TEXTS = (
    reasons.c.reason,
    deliveries.c.said,
    decisions.c.typed,
    decisions.c.said_by,
)
DOCUMENTS = (
    *(observations.c.figures, past_observations.c.figures),
    *(workbooks.c.layout, workbooks.c.notes, workbooks.c.problem),
    *(findings.c.finding, runs.c.detail, approval_tabs.c.problem),
)
_WAITING = (
    DeliveryState.PLANNED,
    DeliveryState.CLAIMED,
    DeliveryState.DEFERRED,
    DeliveryState.UNKNOWN,
    DeliveryState.HELD,
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a person was taken out of."""

    contacts: int = 0  # libraries they were a contact of
    rows: tuple[CellRef, ...] = ()  # where the register named them when it was last read
    withdrawn: int = 0  # deliveries that waited
    sent: int = 0  # further lines of the ledger that are anonymous now, their messages gone
    places: int = 0  # further texts in which they were named

    @property
    def nothing(self) -> bool:
        return not (self.contacts or self.withdrawn or self.sent or self.places)


def forget_person(engine: Engine, address: str, now: datetime, *, dry_run: bool = False) -> Forgotten:
    """Takes the person of an address out, in one transaction (undone at once if `dry_run`); a second time finds nothing."""
    with engine.connect() as connection, connection.begin() as transaction:
        known = tuple(_contact_of(connection, address))
        hide = pattern(address, [library for _, library in known if len(library.emails) == 1])
        for row, library in known:
            _drop_contact(connection, row, library, address)
        waiting, done = _drop_deliveries(connection, address, now)
        places = _drop_approvals(connection, address)
        places += sum(_hide_in_texts(connection, column, hide) for column in TEXTS)
        places += sum(_hide_in_documents(connection, column, hide) for column in DOCUMENTS)
        forget_all(connection)
        if dry_run:
            transaction.rollback()
    if not dry_run:
        _wipe(engine)
    rows = tuple(library.cell for row, library in known if library.cell is not None and row["removed_at"] is None)
    return Forgotten(len(known), rows, waiting, done, places)


def pattern(address: str, alone: list[Library]) -> re.Pattern[str]:
    """What the person is known by: the address, and the name and number of libraries that have no other contact.

    A name of a single word is left: nobody could tell it from the same word elsewhere.
    """
    names = {library.pic for library in alone if len(library.pic.split()) > 1}
    numbers = {library.whatsapp for library in alone if library.whatsapp}
    forms = [rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)"]
    forms += [rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True)]
    forms += [_number(number) for number in sorted(numbers)]
    return re.compile("|".join(forms), re.IGNORECASE)


def _number(number: str) -> str:
    """A telephone number however it is typed: with +62, 62, 0 or nothing in front, blanks, dots and strokes between."""
    country, _, national = number.partition(" ") if " " in number else ("", "", number)
    digits = r"[\s().–-]*".join(re.sub(r"\D", "", national))
    front = rf"(?:\+?{re.escape(country.lstrip('+'))}[\s().–-]*|0)?" if country else r"\+?"
    return rf"(?<![\d+]){front}{digits}(?!\d)"


def _contact_of(connection: Connection, address: str) -> Iterator[tuple[RowMapping, Library]]:
    """The libraries, also those that have left the register, of which the address is a contact."""
    for row in connection.execute(select(libraries).order_by(libraries.c.office, libraries.c.position)).mappings():
        library = decode(row["library"], Library)
        if any(_same(each, address) for each in library.emails):
            yield row, library


def _drop_contact(connection: Connection, row: RowMapping, library: Library, address: str) -> None:
    rest = tuple(each for each in library.emails if not _same(each, address))
    changed = replace(library, emails=rest) if rest else replace(library, emails=(), pic="", whatsapp="")
    here = (libraries.c.office == row["office"]) & (libraries.c.code == row["code"])
    connection.execute(update(libraries).where(here).values(library=encode(changed)))


def _drop_approvals(connection: Connection, address: str) -> int:
    """Takes the address off the list of who may have mail, and off what libraries are recognised by."""
    gone = delete(approvals).where(approvals.c.address == address.casefold())
    mark = (identity_marks.c.kind == "address") & (identity_marks.c.value == address.casefold())
    return sum(connection.execute(each).rowcount for each in (gone, delete(identity_marks).where(mark)))


def _drop_deliveries(connection: Connection, address: str, now: datetime) -> tuple[int, int]:
    """Withdraws what waits, and gives all lines of the person a name that says nothing and was drawn for them alone."""
    nobody = f"forgotten-{secrets.token_hex(4)}"
    lines = [row for row in connection.execute(select(*_LINE)).mappings() if _same(row["recipient"], address)]
    waiting = [row for row in lines if row["state"] in {state.value for state in _WAITING}]
    for row in lines:
        key = replace(delivery_of(row).key, recipient=nobody)
        values: dict[str, Any] = {"id": key.id, "recipient": nobody, "message": b"", "said": ""}
        if row in waiting:
            values |= {"state": DeliveryState.WITHDRAWN.value, "changed_at": now, "next_try_at": None}
        connection.execute(update(deliveries).where(deliveries.c.id == row["id"]).values(**values))
    return len(waiting), len(lines) - len(waiting)


_LINE = [column for column in deliveries.c if column.name != "message"]


def _hide_in_texts(connection: Connection, column: Column[Any], hide: re.Pattern[str]) -> int:
    found = [typed for typed in connection.execute(select(column).distinct()).scalars() if hide.search(typed)]
    for typed in found:
        changed = update(column.table).where(column == typed).values({column: hide.sub(HIDDEN, typed)})
        connection.execute(changed)
    return len(found)


def _hide_in_documents(connection: Connection, column: Column[Any], hide: re.Pattern[str]) -> int:
    table, count = column.table, 0
    for *key, document in connection.execute(select(*table.primary_key.columns, column)).all():
        changed = _rewritten(document, lambda typed: hide.sub(HIDDEN, typed))
        if changed != document:
            here = [each == value for each, value in zip(table.primary_key.columns, key, strict=True)]
            connection.execute(update(table).where(*here).values({column: changed}))
            count += 1
    return count


def _rewritten(document: Any, change: Callable[[str], str]) -> Any:
    """JSON with its texts changed."""
    match document:
        case str():
            return change(document)
        case list():
            return [_rewritten(each, change) for each in document]
        case dict():
            return {name: _rewritten(each, change) for name, each in document.items()}
        case _:
            return document


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _wipe(engine: Engine) -> None:
    """SQLite keeps what was deleted until its place is needed: the file is written anew, without it."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
