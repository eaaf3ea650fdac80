"""Sealed periods: the figures a report was made of and its bytes, as they were."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Period, State
from sheets_sync.reports.seal import Seal, SealedFigure, SealedFile
from sheets_sync.store.tables import sealed_files as files
from sheets_sync.store.tables import seals as table


@dataclass(frozen=True, slots=True)
class SealStub:
    """What a seal is called, and whether the home workbook carries its mark; `mail_waits`: its mails wait for that."""

    period: Period
    version: int
    digest: str
    sealed_at: datetime
    token: str  # made up when it was sealed: a mark with another one is not of this seal
    marked: bool
    mail_waits: bool

    @property
    def key(self) -> tuple[Period, int]:
        return self.period, self.version


_STUB = tuple(table.c[name] for name in ("period", "version", "digest", "sealed_at", "token", "marked", "mail_waits"))


def latest(connection: Connection, office: str, until: Period) -> Seal | None:
    """The newest seal of the office's periods up to one; of several versions the first, which went to everybody.

    Later ones were sent again to some: what has changed since the first, the others have not been told.
    """
    query = (
        select(table)
        .where(table.c.office == office, table.c.period <= until.ordinal)
        .order_by(table.c.period.desc(), table.c.version)
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return _seal(connection, row) if row else None


def scheme_of(connection: Connection, office: str, period: Period) -> Scheme | None:
    """The scheme that a sealed period was scored by; None if it is not sealed."""
    here = (table.c.office == office) & (table.c.period == period.ordinal)
    query = select(table.c.scheme_document).where(here).order_by(table.c.version.desc()).limit(1)
    document = connection.execute(query).scalar()
    return None if document is None else Scheme.model_validate(document)


def record(connection: Connection, seal: Seal, scheme: Scheme, *, mail_waits: bool = False) -> None:
    """Keeps a seal with the scheme it was scored by; its key must be new. `mail_waits`: its mails wait for the mark."""
    key = {"office": seal.office, "period": seal.period.ordinal, "version": seal.version}
    inputs = [[f.library, f.element, str(f.period), f.state.value, f.value] for f in seal.figures]
    document = scheme.model_dump(mode="json")
    values = {
        **key,
        "scheme": seal.scheme,
        "scheme_document": document,
        "digest": seal.digest,
        "inputs": inputs,
        "sealed_at": seal.sealed_at,
        "mail_waits": mail_waits,
        "token": secrets.token_hex(8),
    }
    connection.execute(insert(table).values(**values))
    if seal.files:
        connection.execute(insert(files), [{**key, "name": file.name, "content": file.content} for file in seal.files])


def stubs(connection: Connection, office: str) -> tuple[SealStub, ...]:
    """What every seal of an office is called, oldest first."""
    query = select(*_STUB).where(table.c.office == office).order_by(table.c.period, table.c.version)
    return tuple(SealStub(Period.from_ordinal(row.period), *row[1:]) for row in connection.execute(query))


def set_marked(connection: Connection, office: str, period: Period, version: int) -> None:
    """The home workbook carries the seal's mark."""
    here = (table.c.office == office) & (table.c.period == period.ordinal) & (table.c.version == version)
    connection.execute(update(table).where(here).values(marked=True))


def _seal(connection: Connection, row: RowMapping) -> Seal:
    here = (files.c.office == row["office"]) & (files.c.period == row["period"]) & (files.c.version == row["version"])
    kept = connection.execute(select(files.c.name, files.c.content).where(here).order_by(files.c.name))
    return Seal(
        office=row["office"],
        period=Period.from_ordinal(row["period"]),
        version=row["version"],
        scheme=row["scheme"],
        sealed_at=row["sealed_at"],
        figures=tuple(
            SealedFigure(library, element, Period.parse(period), State(state), value)
            for library, element, period, state, value in row["inputs"]
        ),
        files=tuple(SealedFile(file.name, bytes(file.content)) for file in kept),
    )
