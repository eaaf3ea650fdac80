"""When each job ran and how it ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    RowMapping,
    String,
    TextualSelect,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from sheets_sync.store.tables import Moment
from sheets_sync.store.tables import runs as table


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job; `status` None: still running, or it died."""

    job: str
    started_at: datetime
    ended_at: datetime | None
    status: int | None
    detail: Mapping[str, Any]


class Runs:
    """The log of runs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, job: str, at: datetime) -> int:
        """Notes that a job begins; returns the run's number."""
        with self._engine.begin() as connection:
            added = connection.execute(insert(table).values(job=job, started_at=at, detail={}))
            [number] = added.inserted_primary_key or [0]
            return int(number)

    def finish(self, number: int, at: datetime, status: int, detail: Mapping[str, Any]) -> None:
        """Notes how it ended."""
        with self._engine.begin() as connection:
            ended = update(table).where(table.c.id == number).values(ended_at=at, status=status, detail=dict(detail))
            connection.execute(ended)

    def last(self, *jobs: str) -> Run | None:
        """The newest run of a job, or of several."""
        query = select(table).where(table.c.job.in_(jobs)).order_by(table.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _run(row) if row else None

    def first_start(self) -> datetime | None:
        """When the first run of any job began; None: there was none yet."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.min(table.c.started_at))).scalar()

    def drop(self, before: datetime) -> int:
        """Lets go of runs that began before a moment, but for the newest of each job; gives how many."""
        newest = select(func.max(table.c.id)).group_by(table.c.job)
        old = (table.c.started_at < before) & table.c.id.not_in(newest)
        with self._engine.begin() as connection:
            return int(connection.execute(delete(table).where(old)).rowcount)

    def thin(self, before: datetime) -> int:
        """Lets go of what good runs did that began before a moment, but for the newest of each job; gives how many."""
        newest = select(func.max(table.c.id)).group_by(table.c.job)
        old = (table.c.started_at < before) & (table.c.status == 0) & table.c.id.not_in(newest)
        with self._engine.begin() as connection:
            full = func.length(cast(table.c.detail, String)) > len("{}")
            return int(connection.execute(update(table).where(old, full).values(detail={})).rowcount)

    def last_good(self, until: datetime, *jobs: str) -> Run | None:
        """The newest run of a job, or of several, that ended well; one after `until` was noted by a clock that was wrong."""
        good = table.c.job.in_(jobs) & (table.c.status == 0) & (table.c.started_at <= until)
        query = select(table).where(good).order_by(table.c.id.desc()).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return _run(row) if row else None

    def recent(self, job: str, most: int) -> list[Run]:
        """The newest runs of a job, newest first."""
        query = select(table).where(table.c.job == job).order_by(table.c.id.desc()).limit(most)
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query).mappings()]

    def failing(self, jobs: Collection[str], most: int = 400) -> list[Run]:
        """The newest runs of jobs that ended, newest first: of each job those that were not good, down to its last good one."""
        good = (
            select(table.c.job, func.max(table.c.id).label("id"))
            .where(table.c.job.in_(jobs), table.c.status == 0)
            .group_by(table.c.job)
            .subquery()
        )
        since = table.c.status.is_not(None) & (table.c.id >= func.coalesce(good.c.id, 0))
        runs = select(table).outerjoin(good, table.c.job == good.c.job)
        query = runs.where(table.c.job.in_(jobs), since).order_by(table.c.id.desc()).limit(most)
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query).mappings()]


def sync_of(office: str) -> str:
    """The name under which a sync is noted that looked at one office alone; `sync` looked at all."""
    return f"sync {office}"


def report_of(office: str) -> str:
    """The name under which the runs of an office's report are noted."""
    return f"report {office}"


def _run(row: RowMapping) -> Run:
    return Run(row["job"], row["started_at"], row["ended_at"], row["status"], row["detail"])


def first_looks(
    connection: Connection, wanted: Mapping[str, Collection[datetime]]
) -> dict[str, dict[datetime, datetime]]:
    """By office, when the first good sync that started since each of its moments ended: of all offices or of it alone.

    What a run sees, it sees before it ends: so a run is over before anything that it did not see was seen. Two statements
    tell it for all offices, and one more for each that was ever looked at alone.
    """
    moments = sorted({moment for each in wanted.values() for moment in each})
    if not moments:
        return {office: {} for office in wanted}
    alone = connection.execute(_THERE, {"jobs": [sync_of(office) for office in wanted]}).scalars().all()
    ends = {job: first_ends(connection, job, moments) for job in ("sync", *alone)}
    return {office: _earlier(ends["sync"], ends.get(sync_of(office), {}), wanted[office]) for office in wanted}


_THERE = select(table.c.job).where(table.c.job.in_(bindparam("jobs", expanding=True))).distinct()


def _earlier(
    one: Mapping[datetime, datetime], other: Mapping[datetime, datetime], moments: Iterable[datetime]
) -> dict[datetime, datetime]:
    found = {moment: [ends[moment] for ends in (one, other) if moment in ends] for moment in moments}
    return {moment: min(ends) for moment, ends in found.items() if ends}


def first_ends(connection: Connection, job: str, moments: Sequence[datetime]) -> dict[datetime, datetime]:
    """When the first of a job's good runs that started since each moment ended; one statement for all moments."""
    named = {f"since_{number}": moment for number, moment in enumerate(moments)}
    rows = connection.execute(_first_ends(len(moments)), {"job": job, **named})
    return {moments[number]: ended for number, ended in rows if ended is not None}


_FIRST_END = """
    SELECT {0} AS number, (
        SELECT ended_at FROM runs WHERE job = :job AND status = 0 AND started_at >= :since_{0} ORDER BY started_at LIMIT 1
    ) AS ended_at
"""


@cache
def _first_ends(count: int) -> TextualSelect:
    """Each part stops at the first row of the index, however many runs there were.

    As text: to put more than a dozen of them together of columns takes longer than all other statements of a sync.
    """
    asked = text(" UNION ALL ".join(map(_FIRST_END.format, range(count))))
    moments = (bindparam(f"since_{number}", type_=Moment()) for number in range(count))
    return asked.bindparams(*moments).columns(number=Integer(), ended_at=Moment())
