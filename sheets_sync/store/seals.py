"""Sealed periods: the figures a report was made of and its bytes, as they were.

Quarters and years are kept apart from months: what a month's report said is what later figures are compared with.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    RowMapping,
    Table,
    bindparam,
    insert,
    literal,
    select,
    true,
    update,
)

from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Period, Reported, State
from sheets_sync.model.span import kind_of, last_month
from sheets_sync.reports.seal import Seal, SealedFigure, SealedFile
from sheets_sync.store.report_tables import sealed_files as files
from sheets_sync.store.report_tables import seals as table
from sheets_sync.store.report_tables import span_files, span_seals


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
    span: str = ""  # of a quarter or a year, which `period` ends

    @property
    def key(self) -> tuple[str, Period, int]:
        return self.span, self.period, self.version

    def is_of(self, reported: Reported) -> bool:
        """Whether it is the seal of a month, a quarter or a year."""
        return (self.span, self.period) == (kind_of(reported), last_month(reported))


_STUB = ("period", "version", "digest", "sealed_at", "token", "marked", "mail_waits")


def latest(connection: Connection, office: str, until: Period) -> Seal | None:
    """The newest seal of the office's periods up to one; of several versions the first, which went to everybody.

    Later ones were sent again to some: what has changed since the first, the others have not been told.
    """
    row = connection.execute(_LATEST, {"of_office": office, "until": until.ordinal}).mappings().first()
    return _seal(connection, row) if row else None


_LATEST = (
    select(table)
    .where(table.c.office == bindparam("of_office"), table.c.period <= bindparam("until"))
    .order_by(table.c.period.desc(), table.c.version)
    .limit(1)
)
_SCHEME = (
    select(table.c.scheme_document)
    .where(table.c.office == bindparam("of_office"), table.c.period == bindparam("of_period"))
    .order_by(table.c.version.desc())
    .limit(1)
)


def scheme_of(connection: Connection, office: str, period: Period) -> Scheme | None:
    """The scheme that a sealed period was scored by; None if it is not sealed."""
    document = connection.execute(_SCHEME, {"of_office": office, "of_period": period.ordinal}).scalar()
    return None if document is None else Scheme.model_validate(document)


def record(connection: Connection, seal: Seal, scheme: Scheme, *, mail_waits: bool = False) -> None:
    """Keeps a seal with the scheme it was scored by; its key must be new. `mail_waits`: its mails wait for the mark."""
    key: dict[str, object] = {"office": seal.office, "period": seal.period.ordinal, "version": seal.version}
    key |= {"span": seal.span} if seal.span else {}
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
    connection.execute(insert(_kept_in(seal.span)).values(**values))
    kept = span_files if seal.span else files
    for file in seal.files:  # one at a time: they may lie on the disk
        connection.execute(insert(kept), {**key, "name": file.name, "content": file.content})


def stubs(connection: Connection, office: str) -> tuple[SealStub, ...]:
    """What every seal of an office's months is called, oldest first."""
    query = select(*_stub(table)).where(table.c.office == office).order_by(table.c.period, table.c.version)
    return tuple(SealStub(Period.from_ordinal(row.period), *row[1:]) for row in connection.execute(query))


def all_stubs(connection: Connection, offices: Collection[str]) -> dict[str, list[SealStub]]:
    """By office, what every seal of its months, quarters and years is called, oldest first, in one statement."""
    found: dict[str, list[SealStub]] = {office: [] for office in offices}
    for office, period, *rest in connection.execute(_ALL_STUBS, {"offices": list(offices)}):
        found[office].append(SealStub(Period.from_ordinal(period), *rest))
    return found


def own_figures(connection: Connection, office: str, months: Collection[Period]) -> tuple[SealedFigure, ...]:
    """What the months' own reports said of them, by the newest version of each; nothing of months that have none."""
    wanted = table.c.period.in_([month.ordinal for month in months])
    query = select(table.c.period, table.c.inputs).where(table.c.office == office, wanted).order_by(table.c.version)
    newest = {row.period: row.inputs for row in connection.execute(query)}
    return tuple(
        figure
        for month, inputs in sorted(newest.items())
        for figure in _figures(inputs)
        if figure.period.ordinal == month
    )


def set_marked(connection: Connection, office: str, seal: SealStub) -> None:
    """The home workbook carries the seal's mark."""
    kept = _kept_in(seal.span)
    here = (kept.c.office == office) & (kept.c.period == seal.period.ordinal) & (kept.c.version == seal.version)
    here &= kept.c.span == seal.span if seal.span else true()
    connection.execute(update(kept).where(here).values(marked=True))


def _kept_in(span: str) -> Table:
    return span_seals if span else table


def _stub(kept: Table) -> Iterable[Column[Any]]:
    return (kept.c[name] for name in _STUB)


_OFFICES: BindParameter[Any] = bindparam("offices", expanding=True)
_ALL_STUBS = (
    select(table.c.office, *_stub(table), literal("").label("span"))
    .where(table.c.office.in_(_OFFICES))
    .union_all(
        select(span_seals.c.office, *_stub(span_seals), span_seals.c.span).where(span_seals.c.office.in_(_OFFICES))
    )
    .order_by("office", "period", "version", "span")
)


def _figures(inputs: Iterable[Sequence[Any]]) -> tuple[SealedFigure, ...]:
    return tuple(
        SealedFigure(library, element, Period.parse(period), State(state), value)
        for library, element, period, state, value in inputs
    )


def _seal(connection: Connection, row: RowMapping) -> Seal:
    here = (files.c.office == row["office"]) & (files.c.period == row["period"]) & (files.c.version == row["version"])
    kept = connection.execute(select(files.c.name, files.c.content).where(here).order_by(files.c.name))
    return Seal(
        office=row["office"],
        period=Period.from_ordinal(row["period"]),
        version=row["version"],
        scheme=row["scheme"],
        sealed_at=row["sealed_at"],
        figures=_figures(row["inputs"]),
        files=tuple(SealedFile(file.name, bytes(file.content)) for file in kept),
    )
