"""What offices, and files of other installations, gave to the places above them, month by month."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, select

from sheets_sync.model import Period, PlaceSums
from sheets_sync.store.bulk import put
from sheets_sync.store.codec import decode, encode
from sheets_sync.store.observations import months_by
from sheets_sync.store.tables import workbooks
from sheets_sync.store.tables_apart import place_sums as table


@dataclass(frozen=True, slots=True)
class GivenSums:
    """Sums, and when they were worked out: here, or where the file was made that brought them in."""

    made_at: datetime
    sums: PlaceSums


def of_file(place: str) -> str:
    """The source of what files bring in for a place; an office's is its code, which has no colon."""
    return f"file:{place}"


def given(connection: Connection, sources: Collection[str], period: Period) -> dict[str, GivenSums]:
    """What each of the sources gave for a month."""
    here = table.c.source.in_(sources) & (table.c.period == period.ordinal)
    rows = connection.execute(select(table).where(here)).mappings()
    return {row["source"]: GivenSums(row["made_at"], decode(row["sums"], PlaceSums)) for row in rows}


def newest(connection: Connection, sources: Collection[str]) -> dict[str, datetime]:
    """When the newest sums of each source were made, of whatever month."""
    query = select(table.c.source, func.max(table.c.made_at).label("made_at")).where(table.c.source.in_(sources))
    return {row.source: row.made_at for row in connection.execute(query.group_by(table.c.source))}


def stamps(connection: Connection, sources: Collection[str]) -> tuple[tuple[str, int, datetime], ...]:
    """What is there of the sources, by source and month, and when it was last another: small, however much it is."""
    columns = (table.c.source, table.c.period, table.c.made_at)
    query = select(*columns).where(table.c.source.in_(sources)).order_by(table.c.source, table.c.period)
    return tuple((row.source, row.period, row.made_at) for row in connection.execute(query))


def months(
    connection: Connection, sources: Collection[str], periods: Collection[Period]
) -> dict[str, frozenset[Period]]:
    """For which of some months each source gave anything; without those that gave nothing."""
    return months_by(connection.execute(_MONTHS, {"sources": list(sources), "periods": [p.ordinal for p in periods]}))


_MONTHS = select(table.c.source, table.c.period).where(
    table.c.source.in_(bindparam("sources", expanding=True)), table.c.period.in_(bindparam("periods", expanding=True))
)


def record(connection: Connection, source: str, sums: PlaceSums, made_at: datetime) -> None:
    """Puts the sums of a month in the place of those that were there; the same ones are not written again."""
    said = encode(sums)
    known = _kept(connection, source, sums.period)
    if known is not None and known["sums"] == said and not source.startswith(of_file("")):
        return
    _put(connection, source, sums.period, made_at, said)


def bring_in(connection: Connection, place: str, sums: PlaceSums, made_at: datetime, now: datetime) -> None:
    """The same of a file; where it says something else than the one before, that is noted as a correction."""
    known = _kept(connection, of_file(place), sums.period)
    if known is not None and known["sums"] != encode(sums):
        _put(connection, _correction_of(place), sums.period, now, made_at.isoformat())
    record(connection, of_file(place), sums, made_at)


@dataclass(frozen=True, slots=True)
class Correction:
    """A place's month that a later file gave differently: when that was made, and when it was brought in."""

    place: str
    period: Period
    made_at: datetime
    brought_at: datetime


def corrections(connection: Connection, places: Collection[str], first: Period, last: Period) -> tuple[Correction, ...]:
    """The newest correction of each month of the places."""
    codes = {_correction_of(place): place for place in places}
    here = table.c.source.in_(codes) & table.c.period.between(first.ordinal, last.ordinal)
    rows = connection.execute(select(table).where(here).order_by(table.c.period, table.c.source))
    return tuple(
        Correction(codes[row.source], Period.from_ordinal(row.period), datetime.fromisoformat(row.sums), row.made_at)
        for row in rows
    )


def _correction_of(place: str) -> str:
    return f"corrected:{place}"


def _kept(connection: Connection, source: str, period: Period) -> RowMapping | None:
    return connection.execute(_KEPT, {"of_source": source, "of_period": period.ordinal}).mappings().first()


_KEPT = select(table.c.sums, table.c.made_at).where(
    table.c.source == bindparam("of_source"), table.c.period == bindparam("of_period")
)


def _put(connection: Connection, source: str, period: Period, made_at: datetime, said: object) -> None:
    put(connection, table, [{"source": source, "period": period.ordinal, "made_at": made_at, "sums": said}])


def left(connection: Connection, codes: Collection[str]) -> dict[str, frozenset[Period]]:
    """The months that files gave for places whose codes are not among these, by code."""
    query = select(table.c.source, table.c.period).where(table.c.source.startswith(of_file("")))
    found = months_by(connection.execute(query))
    return {_place_in(source): months for source, months in found.items() if _place_in(source) not in codes}


def tell_left(connection: Connection, codes: Collection[str], now: datetime) -> dict[str, frozenset[Period]]:
    """Of the same those that were not told yet; now they are. Whatever is there again would be told again."""
    query = select(table.c.source).where(table.c.source.startswith(_told_of("")))
    told = set(connection.execute(query).scalars())
    found = left(connection, codes)
    again = told - {_told_of(place) for place in found}
    if again:
        connection.execute(delete(table).where(table.c.source.in_(again)))
    new = {place: months for place, months in found.items() if _told_of(place) not in told}
    for place, months in new.items():
        _put(connection, _told_of(place), max(months), now, "left")
    return new


def _told_of(place: str) -> str:
    return f"told:{place}"


def _place_in(source: str) -> str:
    return source.removeprefix(of_file(""))


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a workbook, by its title, was last known to be as it stands here."""

    title: str
    fresh_at: datetime | None


def freshness(connection: Connection, offices: Collection[str]) -> dict[str, Freshness]:
    """Of every workbook of some offices, by its id."""
    query = select(workbooks.c.workbook, workbooks.c.title, workbooks.c.fresh_at)
    rows = connection.execute(query.where(workbooks.c.office.in_(offices)))
    return {row.workbook: Freshness(row.title, row.fresh_at) for row in rows}
