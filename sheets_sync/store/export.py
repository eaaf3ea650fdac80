"""The data to take away: figures, scores and findings as frames, one row each. Columns are written down here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Engine, Row, Table, select, true

from sheets_sync.i18n import Language
from sheets_sync.model import Finding, Period
from sheets_sync.store.codec import decode
from sheets_sync.store.observations import month_of, said_in
from sheets_sync.store.tables import findings, libraries, observations, scores
from sheets_sync.store.tables_apart import past_observations

OBSERVATION_COLUMNS = (
    "office", "library", "name", "element", "period", "state", "value", "typed", "workbook", "tab", "cell", "seen_at",
)  # fmt: skip
SCORE_COLUMNS = (
    "office", "library", "name", "period", "horizon", "scheme", "score", "category", "provisional", "coverage",
    "computed_at",
)  # fmt: skip
FINDING_COLUMNS = (
    "office", "code", "rule", "severity", "library", "name", "element", "period", "cell", "typed", "proposal",
    "message", "reason", "seen_at",
)  # fmt: skip


_TABLES = {"observations": (past_observations, observations), "scores": (scores,), "findings": (findings,)}


def offices_of(engine: Engine, what: str) -> tuple[str, ...]:
    """The offices of which there are `observations`, `scores` or `findings`, configured or not."""
    with engine.connect() as connection:
        rows = [connection.execute(select(table.c.office).distinct()).scalars() for table in _TABLES[what]]
        return tuple(sorted({office for of_table in rows for office in of_table}))


def observation_frame(engine: Engine, periods: Collection[Period], office: str | None = None) -> pd.DataFrame:
    """The figures as the sheets say them now, raw monthly counts: `OBSERVATION_COLUMNS`; value is NaN where missing."""
    tables = _TABLES["observations"]
    rows = [row for table in tables for month in _standing(engine, table, periods, office) for row in _figures(month)]
    return _named(pd.DataFrame(rows, columns=_OF_A_FIGURE), engine)[list(OBSERVATION_COLUMNS)]


_OF_A_FIGURE = [name for name in OBSERVATION_COLUMNS if name != "name"]


def _figures(row: Row[Any]) -> Iterator[tuple[object, ...]]:
    """What a tab says of a library's month, a figure each."""
    office, month = row[0], month_of(row[1:])
    for seen, since in zip(month.figures, month.since, strict=True):
        said_of = (office, seen.library, seen.element, str(seen.period), seen.state.value, seen.value, seen.typed)
        yield *said_of, seen.cell.workbook, seen.cell.tab, seen.cell.a1, since


def _of(table: Table, office: str | None) -> ColumnElement[bool]:
    return true() if office is None else table.c.office == office


def _standing(engine: Engine, table: Table, periods: Collection[Period], office: str | None) -> Sequence[Row[Any]]:
    """The rows that say what the sheets say now, or said to the end, in the order in which it was first seen."""
    query = select(table.c.office, *said_in(table))
    query = query.where(table.c.gone_at.is_(None), _of(table, office)).order_by(table.c.id)
    if periods:
        query = query.where(table.c.period.in_([period.ordinal for period in periods]))
    with engine.connect() as connection:
        return connection.execute(query).all()


def score_frame(engine: Engine, periods: Collection[Period], office: str | None = None) -> pd.DataFrame:
    """The scores last computed, unrounded: `SCORE_COLUMNS`."""
    query = (
        select(scores)
        .where(_of(scores, office))
        .order_by(scores.c.period, scores.c.office, scores.c.library, scores.c.horizon)
    )
    if periods:
        query = query.where(scores.c.period.in_([period.ordinal for period in periods]))
    with engine.connect() as connection:
        frame = pd.DataFrame(connection.execute(query).mappings().all(), columns=list(scores.c.keys()))
    frame["period"] = [str(Period.from_ordinal(number)) for number in frame["period"]]
    return _named(frame.rename(columns={"value": "score"}), engine)[list(SCORE_COLUMNS)]


def finding_frame(engine: Engine, periods: Collection[Period], t: Language, office: str | None = None) -> pd.DataFrame:
    """The open findings: `FINDING_COLUMNS`; the message in the language `t`."""
    query = select(findings).where(findings.c.gone_at.is_(None), _of(findings, office)).order_by(findings.c.id)
    with engine.connect() as connection:
        rows = [
            {"office": row["office"], "seen_at": row["seen_at"], **_finding(decode(row["finding"], Finding), t)}
            for row in connection.execute(query).mappings()
        ]
    wanted = {str(period) for period in periods}
    rows = [row for row in rows if not wanted or row["period"] in wanted]
    return _named(pd.DataFrame(rows, columns=[c for c in FINDING_COLUMNS if c != "name"]), engine)[
        list(FINDING_COLUMNS)
    ]


def _finding(finding: Finding, t: Language) -> dict[str, object]:
    return {
        "code": finding.id,
        "rule": finding.rule_code,
        "severity": finding.severity.value,
        "library": finding.library,
        "element": finding.element,
        "period": str(finding.period) if finding.period else None,
        "cell": str(finding.cells[0]) if finding.cells else None,
        "typed": finding.typed,
        "proposal": finding.proposal,
        "message": t(finding.message),
        "reason": finding.reason,
    }


def _named(frame: pd.DataFrame, engine: Engine) -> pd.DataFrame:
    """With the library's name beside its code."""
    with engine.connect() as connection:
        query = select(libraries.c.office, libraries.c.code, libraries.c.library)
        rows = connection.execute(query.where(libraries.c.office.in_({*frame["office"]}))).all()
    names = {(row.office, row.code): row.library["name"] for row in rows}
    return frame.assign(name=[names.get(key, "") for key in zip(frame["office"], frame["library"], strict=True)])


def export_frame(
    engine: Engine, what: str, periods: Collection[Period], t: Language, office: str | None = None
) -> pd.DataFrame:
    """`observations`, `scores` or `findings` of an office, or of all; of the periods (none named: all), these in the language `t`."""
    match what:
        case "observations":
            return observation_frame(engine, periods, office)
        case "scores":
            return score_frame(engine, periods, office)
        case _:
            return finding_frame(engine, periods, t, office)
