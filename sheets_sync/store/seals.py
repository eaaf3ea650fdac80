"""Sealed periods: the figures a report was made of and its bytes, as they were."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, insert, select

from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Period, State
from sheets_sync.reports.seal import Seal, SealedFigure, SealedFile
from sheets_sync.store.tables import sealed_files as files
from sheets_sync.store.tables import seals as table


def latest(connection: Connection, office: str, until: Period) -> Seal | None:
    """The newest seal of the office's periods up to one, of several versions the last."""
    query = (
        select(table)
        .where(table.c.office == office, table.c.period <= until.ordinal)
        .order_by(table.c.period.desc(), table.c.version.desc())
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


def record(connection: Connection, seal: Seal, scheme: Scheme) -> None:
    """Keeps a seal with the scheme it was scored by; its key must be new."""
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
    }
    connection.execute(insert(table).values(**values))
    if seal.files:
        connection.execute(insert(files), [{**key, "name": file.name, "content": file.content} for file in seal.files])


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
