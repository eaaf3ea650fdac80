"""What is remembered: observations with their history, findings, scores, runs, seals and deliveries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock
from types import MappingProxyType

import pandas as pd
from sqlalchemy import Connection, Engine

from sheets_sync.i18n import Language
from sheets_sync.model import Library, Message, Period, PlaceSums
from sheets_sync.reports.seal import Seal, SealedFigure
from sheets_sync.store import approvals, archive, facts, memory, offices, places, register, reporting, seals, workbooks
from sheets_sync.store.approvals import Approvals
from sheets_sync.store.damage import damage
from sheets_sync.store.engine import open_engine
from sheets_sync.store.exclusive import exclusive
from sheets_sync.store.export import export_frame, offices_of
from sheets_sync.store.forget import Forgotten, forget_person
from sheets_sync.store.ledger import StoredLedger
from sheets_sync.store.memory import Glance, Memory, Stood
from sheets_sync.store.notices import Notices
from sheets_sync.store.offices import OfficeRecord
from sheets_sync.store.page_state import PageState
from sheets_sync.store.places import GivenSums
from sheets_sync.store.reporting import ReportMemory
from sheets_sync.store.runs import Runs
from sheets_sync.store.seals import SealStub
from sheets_sync.store.standing import StandingFigures
from sheets_sync.store.transaction import Transaction, looked_after
from sheets_sync.store.workbooks import KnownTab, Untouched, WorkbookReading, WorkbookRecord

__all__ = [
    "Forgotten",
    "GivenSums",
    "Glance",
    "KnownTab",
    "Memory",
    "OfficeRecord",
    "PageState",
    "ReportMemory",
    "SealStub",
    "StandingFigures",
    "Stood",
    "Store",
    "Transaction",
    "Untouched",
    "WorkbookReading",
    "WorkbookRecord",
]

_NOTHING_DUE: Mapping[Period, datetime] = MappingProxyType({})
_NOTHING_STOOD = Stood()


class Store:
    """One database. An office is loaded whole, as a value, and changed by the named events of a transaction."""

    def __init__(self, url: str) -> None:
        """Opens the database.

        Raises:
            ConfigError: it can't be opened.
        """
        self._engine: Engine = open_engine(url)
        # SQLite has one writer at a time: threads of ours take turns here, in order, and need not poll for it.
        self._turn = RLock() if self._engine.dialect.name == "sqlite" else nullcontext()
        self.deliveries = StoredLedger(self._engine)
        self.runs = Runs(self._engine)
        self.notices = Notices(self._engine)

    def glance(self, office: str, moments: Collection[datetime] = ()) -> Glance:
        """What decides whether there is anything to do."""
        return self.glances({office: moments})[office]

    def glances(self, wanted: Mapping[str, Collection[datetime]]) -> dict[str, Glance]:
        """The same of many offices, each with the moments that it is asked for, in as many statements as of one."""
        with self._reading() as connection:
            return memory.glances(connection, wanted)

    def before_reading(self, office: str, period: Period) -> Memory:
        """What a reading of an office's workbooks is compared with; not what its pages are made of besides."""
        with self._reading() as connection:
            return memory.before_reading(connection, office, period)

    def load(
        self,
        office: str,
        period: Period,
        due: Mapping[Period, datetime] = _NOTHING_DUE,
        stood: Stood = _NOTHING_STOOD,
    ) -> Memory:
        """All that is remembered of an office, for the sake of a month; `due` says when months were, or will be, due.

        `stood` is what is known to stand, where a reading was just saved.
        """
        with self._reading() as connection:
            return memory.load(connection, office, period, due, stood)

    def load_with_reporting(
        self, office: str, period: Period, due: Mapping[Period, datetime], stood: Stood, at: datetime
    ) -> tuple[Memory, ReportMemory]:
        """The same, and what is remembered at a moment for the sake of the office's reports."""
        with self._reading() as connection:
            besides = stood.besides or memory.besides(connection, office, period)
            loaded = memory.load(connection, office, period, due, replace(stood, besides=besides))
            known = reporting.of_loaded(connection, office, loaded, besides, at)
        return loaded, self._named(office, known)

    def libraries(self, office: str) -> tuple[Library, ...]:
        """The libraries in the register, in its order."""
        with self._reading() as connection:
            return register.current(connection, office).libraries

    def inhabited(self, office: str) -> tuple[register.Inhabited, ...]:
        """The libraries in the register, with how old their population figures are."""
        with self._reading() as connection:
            return register.inhabited(connection, office)

    def approvals(self, office: str) -> Approvals:
        """Who stands in the register, and who of them may get mail."""
        with self._reading() as connection:
            return approvals.current(connection, office)

    def workbooks(self, office: str) -> dict[str, WorkbookRecord]:
        """The office's workbooks that were ever read or tried, by id."""
        with self._reading() as connection:
            return workbooks.records(connection, office)

    def left_under(self, office: str, workbook: str, codes: Collection[str]) -> tuple[str, ...]:
        """Codes not among `codes` under which a workbook of an office that never reported was read before it was."""
        with self._reading() as connection:
            return offices.left_under(connection, office, workbook, codes)

    def latest_seal(self, office: str, until: Period) -> Seal | None:
        """The newest seal of the office's periods up to one, of several versions the last."""
        with self._reading() as connection:
            return seals.latest(connection, office, until)

    def reporting(self, office: str, at: datetime) -> ReportMemory:
        """What is remembered for the sake of an office's reports, at a moment."""
        return self.reportings((office,), at)[office]

    def reportings(self, wanted: Collection[str], at: datetime) -> dict[str, ReportMemory]:
        """The same of many offices, in as many statements as of one."""
        with self._reading() as connection:
            known = reporting.load(connection, wanted, offices.of_each(connection, wanted), at)
        return {office: self._named(office, each) for office, each in known.items()}

    def _named(self, office: str, known: ReportMemory) -> ReportMemory:
        return known if known.store else replace(known, store=self.identity(office))

    def nobody_touched(self, known: Mapping[str, Untouched], at: datetime) -> dict[str, ReportMemory]:
        """Offices were seen as they stand here, all in one transaction; gives what is remembered for their reports' sake."""
        fresh = [(office, workbook) for office, each in known.items() for workbook in each.unchanged]
        own = {(office, name): new for office, each in known.items() for name, new in each.own_writes.items()}
        with self._turn, self._engine.begin() as connection:
            workbooks.own_writes_seen(connection, own, at)
            workbooks.are_fresh(connection, fresh, at)
            return looked_after(connection, tuple(known), at)

    def seals(self, office: str) -> tuple[SealStub, ...]:
        """What every seal of an office's months is called, oldest first."""
        with self._reading() as connection:
            return seals.stubs(connection, office)

    def sealed_figures(self, office: str, months: Collection[Period]) -> tuple[SealedFigure, ...]:
        """What the reports of an office's months said of them."""
        with self._reading() as connection:
            return seals.own_figures(connection, office, months)

    def identity(self, office: str) -> str:
        """The store's own name for an office."""
        with self._engine.begin() as connection:
            return facts.identity(connection, office)

    def rename(self, office: str) -> None:
        """Gives the store a new name for an office: its copies are others from now on."""
        with self._engine.begin() as connection:
            facts.rename(connection, office)

    def given(self, sources: Collection[str], period: Period) -> dict[str, GivenSums]:
        """What offices and files gave to the places above them for a month."""
        with self._reading() as connection:
            return places.given(connection, sources, period)

    def newest_given(self, sources: Collection[str]) -> dict[str, datetime]:
        """When the newest of what each source gave was made, of whatever month."""
        with self._reading() as connection:
            return places.newest(connection, sources)

    def given_stamps(self, sources: Collection[str]) -> tuple[tuple[str, int, datetime], ...]:
        """What is there of the sources, by source and month, and when it was last another."""
        with self._reading() as connection:
            return places.stamps(connection, sources)

    def bring_in(self, files: Iterable[tuple[str, PlaceSums, datetime]], now: datetime) -> None:
        """Files of other installations gave this for places, each made at its moment: all of it is kept, or nothing."""
        with self._engine.begin() as connection:
            for place, sums, made_at in files:
                places.bring_in(connection, place, sums, made_at, now)

    def corrections(self, of: Collection[str], first: Period, last: Period) -> tuple[places.Correction, ...]:
        """The months of places, by code, that a later file gave differently."""
        with self._reading() as connection:
            return places.corrections(connection, of, first, last)

    def left_places(self, codes: Collection[str]) -> dict[str, frozenset[Period]]:
        """The months that files gave for places whose codes are not among these, by code."""
        with self._reading() as connection:
            return places.left(connection, codes)

    def tell_left_places(self, codes: Collection[str], now: datetime) -> dict[str, frozenset[Period]]:
        """Of the same those that were not told yet; now they are."""
        with self._engine.begin() as connection:
            return places.tell_left(connection, codes, now)

    def freshness(self, of: Collection[str]) -> dict[str, places.Freshness]:
        """When each workbook of some offices was last known to be as it stands here."""
        with self._reading() as connection:
            return places.freshness(connection, of)

    def clock_off(self) -> timedelta | None:
        """How far ahead of Google's our clock was when they were last compared; None: they never were."""
        with self._reading() as connection:
            return facts.clock_off(connection)

    def note_clock(self, off: timedelta) -> None:
        """Our clock was found to be so far ahead of Google's."""
        with self._engine.begin() as connection:
            facts.note_clock(connection, off)

    @contextmanager
    def transaction(self, office: str, at: datetime) -> Iterator[Transaction]:
        """A unit of work about an office: what happens in it is saved together, or not at all."""
        with self._turn, self._engine.begin() as connection:
            yield Transaction(connection, office, at)

    def reaching_back(self, before: Period) -> frozenset[str]:
        """The codes of the offices that have figures at hand from before a month."""
        with self._engine.connect() as connection:
            return archive.reaching_back(connection, before)

    def put_by(self, office: str, before: Period, kept: Collection[str]) -> int:
        """Puts by the figures of closed years that stand in none of the `kept` workbooks; gives how many."""
        with self._engine.begin() as connection:
            return archive.put_by(connection, office, before, kept)

    def exclusive(self, name: str) -> AbstractContextManager[bool]:
        """Whether nobody else who shares this store, on any machine, holds this name; it is held while this is open."""
        return exclusive(self._engine, name)

    def export(self, what: str, periods: Collection[Period], t: Language, office: str | None = None) -> pd.DataFrame:
        """`observations`, `scores` or `findings` of an office, or of every one, as a frame."""
        return export_frame(self._engine, what, periods, t, office)

    def exported(self, what: str) -> tuple[str, ...]:
        """The codes of the offices of which there is any of it."""
        return offices_of(self._engine, what)

    def forget(self, address: str, now: datetime, *, dry_run: bool = False) -> Forgotten:
        """Takes the person of an address out of all that is kept; with `dry_run` only tells what that would be."""
        return forget_person(self._engine, address, now, dry_run=dry_run)

    def damage(self) -> Message | None:
        """What is wrong with the file of the database; None: nothing that can be seen."""
        return damage(self._engine)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Everything that is read in it is of one moment."""
        with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.connection.cursor().execute("BEGIN")  # the driver begins one only when something is written
            else:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901 - the same one
            yield connection
