"""Who of an office's register may get mail. An address that leaves the register leaves the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from sheets_sync.model import Library, Message
from sheets_sync.model.address import recipient
from sheets_sync.model.approval import KnownAddress
from sheets_sync.store import identities
from sheets_sync.store.bulk import put
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.report_tables import seals
from sheets_sync.store.tables import approval_tabs, libraries
from sheets_sync.store.tables import approvals as table


@dataclass(frozen=True, slots=True)
class Approvals:
    """The addresses that stand in the register now, in its order; `begun` is whether a first report has ever gone out."""

    known: tuple[KnownAddress, ...] = ()
    begun: bool = False
    problem: Message | None = None


def current(connection: Connection, office: str) -> Approvals:
    """Everybody who stands in the register, approved or held."""
    here = {"of_office": office}
    rows = connection.execute(_CURRENT, here).mappings().all()
    begun, problem = connection.execute(_BESIDE, here).one()
    return Approvals(tuple(map(_known, rows)), bool(begun), decode(problem, Message) if problem else None)


_OFFICE: BindParameter[str] = bindparam("of_office")
_STANDING = select(table.c.identity, table.c.address).where(table.c.office == _OFFICE, table.c.gone_at.is_(None))
_LEFT = table.alias()
_REPLACED = (
    select(func.min(_LEFT.c.address))
    .where(_LEFT.c.office == table.c.office, _LEFT.c.identity == table.c.identity, _LEFT.c.gone_at == table.c.since)
    .scalar_subquery()
)
_CURRENT = (
    select(table, libraries.c.code, _REPLACED.label("instead_of"))
    .join(libraries, (table.c.office == libraries.c.office) & (table.c.identity == libraries.c.identity))
    .where(libraries.c.office == _OFFICE, libraries.c.removed_at.is_(None), table.c.gone_at.is_(None))
    .order_by(libraries.c.position, table.c.since, table.c.address)
)
_BESIDE = select(
    exists().where(seals.c.office == _OFFICE),
    select(approval_tabs.c.problem).where(approval_tabs.c.office == _OFFICE).scalar_subquery(),
)


def register_was_read(
    connection: Connection, office: str, read: Sequence[Library], unread: Collection[str], at: datetime
) -> dict[str, str]:
    """Notes who came and who left; `unread` are the codes of libraries whose addresses could not be read.

    Returns:
        Each library's inner identity, by code.
    """
    matches = identities.recognise(connection, office, read)
    perhaps = frozenset().union(*(match.perhaps for match in matches.values()))
    addresses = {matches[each.code].identity: _folded(each) for each in read}
    kept = perhaps | {matches[code].identity for code in unread if code in matches}
    standing: dict[str, set[str]] = {}
    for row in connection.execute(_STANDING, {"of_office": office}).all():
        if row.address in addresses.get(row.identity, ()) or row.identity in kept:
            standing.setdefault(row.identity, set()).add(row.address)
        else:
            gone = {"gone_at": at, "approved_at": None, "changed_at": at}
            connection.execute(update(table).where(_row(office, row.identity, row.address)).values(**gone))
    came = ((id_, each) for id_, wanted in addresses.items() for each in sorted(wanted - standing.get(id_, set())))
    put(connection, table, [_new(office, identity, address, at) for identity, address in came])
    return {code: match.identity for code, match in matches.items()}


def approve(connection: Connection, office: str, ids: Collection[str], how: str, at: datetime) -> int:
    """Lets addresses have mail, by their ids; gives how many were held until now."""
    chosen = [each for each in current(connection, office).known if each.id in ids and each.approved_at is None]
    _change(connection, office, chosen, approved_at=at, how=how, changed_at=at)
    return len(chosen)


def withdraw(connection: Connection, office: str, ids: Collection[str], how: str, at: datetime) -> int:
    """Holds addresses again, by their ids; as if they had come now, so that an old word for them counts no more."""
    chosen = [each for each in current(connection, office).known if each.id in ids and each.approved_at is not None]
    _change(connection, office, chosen, approved_at=None, since=at, how=how, changed_at=at)
    return len(chosen)


def record_problem(connection: Connection, office: str, problem: Message | None, at: datetime) -> None:
    """Keeps why the tab of approvals does not count, once."""
    here = approval_tabs.c.office == office
    said = connection.execute(select(approval_tabs.c.problem).where(here)).scalar()
    wanted = encode(problem) if problem else None
    if said != wanted:
        connection.execute(delete(approval_tabs).where(here))
        if problem:
            connection.execute(insert(approval_tabs).values(office=office, problem=wanted, found_at=at))


def _new(office: str, identity: str, address: str, at: datetime) -> dict[str, Any]:
    """The row of a new address, or of one that is back: held either way."""
    key = {"office": office, "identity": identity, "address": address}
    return {**key, "since": at, "approved_at": None, "how": "", "gone_at": None, "changed_at": at}


def _change(connection: Connection, office: str, chosen: Iterable[KnownAddress], **values: Any) -> None:
    for each in chosen:
        connection.execute(update(table).where(_row(office, each.library, each.address)).values(**values))


def _row(office: str, identity: str, address: str) -> ColumnElement[bool]:
    return (table.c.office == office) & (table.c.identity == identity) & (table.c.address == address)


def _folded(library: Library) -> frozenset[str]:
    return frozenset(map(_written, library.emails))


def _written(address: str) -> str:
    """As mail is addressed to it, without regard to case."""
    try:
        return recipient(address).address.casefold()
    except ValueError:
        return address.casefold()


def _known(row: RowMapping) -> KnownAddress:
    return KnownAddress(
        library=row["identity"],
        code=row["code"],
        address=row["address"],
        since=row["since"],
        sure=not row["identity"].startswith("?"),
        approved_at=row["approved_at"],
        how=row["how"],
        instead_of=row["instead_of"] or "",
    )
