"""What is remembered for the sake of an office's reports, as one frozen value: small, and of one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from sheets_sync.model import Period
from sheets_sync.model.decision import DecisionRecord
from sheets_sync.store import facts, observations, places, seals, workbooks
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
    names, clock_off = facts.known(connection, offices)
    rows, stubs = workbooks.rows_of(connection, offices), seals.all_stubs(connection, offices)
    months = {office: tuple(each for each in stubs[office] if not each.span) for office in offices}
    begun = _begun(connection, [office for office in offices if not months[office]], at)
    return {
        office: ReportMemory(
            store=names.get(office, ""),
            workbooks=workbooks.by_id(rows[office]),
            office=records.get(office),
            seals=months[office],
            spans=tuple(each for each in stubs[office] if each.span),
            clock_off=clock_off,
            begun=begun.get(office, frozenset()),
        )
        for office in offices
    }


def _begun(connection: Connection, offices: Collection[str], at: datetime) -> dict[str, frozenset[Period]]:
    """The last months that are over, as far as they have any figure; of a place above offices any sums."""
    tomorrow = Period.of((at + timedelta(days=1)).date())  # where the office is, it may be that already
    lately = [tomorrow - 1 - back for back in range(_LATELY)]
    found = observations.begun(connection, offices, lately) if offices else {}
    rest = [office for office in offices if office not in found]
    return {**(places.months(connection, rest, lately) if rest else {}), **found}
