"""What is remembered for the sake of an office's reports, as one frozen value: small, and of one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from sheets_sync.model import Period
from sheets_sync.model.decision import DecisionRecord
from sheets_sync.store import facts, observations, places, seals, workbooks
from sheets_sync.store.facts import Facts
from sheets_sync.store.memory import Besides, Memory
from sheets_sync.store.offices import OfficeRecord
from sheets_sync.store.seals import SealStub
from sheets_sync.store.workbooks import WorkbookRecord

_LATELY = (
    3  # months: the newest whose report may be the next is the last that is over or the one before it, by any clock
)


@dataclass(frozen=True, slots=True)
class ReportMemory:
    """What the gate asks.

    `store` is the store's own name for the office (empty: it has none yet), `seals` are oldest first, `clock_off` is as
    in `Store.clock_off`; `begun` are those of the last months with any figure, looked up only while no report was sealed.
    """

    store: str
    workbooks: Mapping[str, WorkbookRecord] = field(default_factory=dict)
    office: OfficeRecord | None = None
    seals: tuple[SealStub, ...] = ()
    spans: tuple[SealStub, ...] = ()  # of quarters and years
    clock_off: timedelta | None = None
    begun: frozenset[Period] = frozenset()

    @property
    def decisions(self) -> tuple[DecisionRecord, ...]:
        """What the office has decided to do."""
        return self.office.said if self.office else ()


def load(
    connection: Connection, offices: Collection[str], records: Mapping[str, OfficeRecord], at: datetime
) -> dict[str, ReportMemory]:
    """Of each office all of it beside its row, for a moment, in few statements however many offices there are."""
    known, rows = facts.known(connection, offices), workbooks.rows_of(connection, offices)
    stubs = seals.all_stubs(connection, offices)
    begun = _begun(connection, [office for office in offices if not _of_months(stubs[office])], at)
    return {
        office: _remembered(office, known, workbooks.by_id(rows[office]), records.get(office), stubs[office], begun)
        for office in offices
    }


def of_loaded(connection: Connection, office: str, memory: Memory, known: Besides, at: datetime) -> ReportMemory:
    """The same of an office of which everything else was just loaded."""
    begun = {} if _of_months(known.seals) else {office: _said_lately(memory, at)}
    if begun and len(begun[office]) < _LATELY:
        begun = _begun(connection, (office,), at)
    return _remembered(office, known.facts, memory.workbooks, known.office, known.seals, begun)


def _of_months(stubs: Iterable[SealStub]) -> tuple[SealStub, ...]:
    return tuple(each for each in stubs if not each.span)


def _remembered(
    office: str,
    known: Facts,
    records: Mapping[str, WorkbookRecord],
    record: OfficeRecord | None,
    stubs: Collection[SealStub],
    begun: Mapping[str, frozenset[Period]],
) -> ReportMemory:
    return ReportMemory(
        store=known.names.get(office, ""),
        workbooks=records,
        office=record,
        seals=_of_months(stubs),
        spans=tuple(each for each in stubs if each.span),
        clock_off=known.clock_off,
        begun=begun.get(office, frozenset()),
    )


def _begun(connection: Connection, offices: Collection[str], at: datetime) -> dict[str, frozenset[Period]]:
    """The last months that are over, as far as they have any figure; of a place above offices any sums."""
    lately = _lately(at)
    found = observations.begun(connection, offices, lately) if offices else {}
    rest = [office for office in offices if office not in found]
    return {**(places.months(connection, rest, lately) if rest else {}), **found}


def _lately(at: datetime) -> list[Period]:
    tomorrow = Period.of((at + timedelta(days=1)).date())  # where the office is, it may be that already
    return [tomorrow - 1 - back for back in range(_LATELY)]


def _said_lately(memory: Memory, at: datetime) -> frozenset[Period]:
    """The last months of which the sheets say any figure."""
    lately = {month.ordinal: month for month in _lately(at)}
    here = (month for month in memory.at_hand if month.key.period in lately)
    return frozenset(lately[each.key.period] for each in here if any(seen.state.counts for seen in each.figures))
