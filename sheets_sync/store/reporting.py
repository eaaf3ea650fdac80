"""What is remembered for the sake of an office's reports, as one frozen value: small, and of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from sheets_sync.model import Period
from sheets_sync.model.decision import DecisionRecord
from sheets_sync.store import facts, observations, places, seals, workbooks
from sheets_sync.store.offices import OfficeRecord
from sheets_sync.store.seals import SealStub
from sheets_sync.store.workbooks import WorkbookRecord


@dataclass(frozen=True, slots=True)
class ReportMemory:
    """What the gate asks.

    `store` is the store's own name for the office (empty: it has none yet), `seals` are oldest first, `clock_off` is as
    in `Store.clock_off`; `begun` are the months with any figure, looked up only while no report was sealed.
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


def load(connection: Connection, office: str, record: OfficeRecord | None) -> ReportMemory:
    """All of it beside the office's row, in few statements."""
    store, clock_off = facts.known(connection, office)
    sealed, spans = seals.all_stubs(connection, office)
    return ReportMemory(
        store=store,
        workbooks=workbooks.records(connection, office),
        office=record,
        seals=sealed,
        spans=spans,
        clock_off=clock_off,
        begun=frozenset() if sealed else _begun(connection, office),
    )


def _begun(connection: Connection, office: str) -> frozenset[Period]:
    """The months with any figure; of a place above offices those with any sums."""
    return observations.begun(connection, office) or places.months(connection, office)
