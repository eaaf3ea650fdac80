"""What happens, in named events, saved together: nothing of it, or all of it. No transaction spans a network call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from sheets_sync.kpi.scheme import Scheme
from sheets_sync.mail.ledger import Planned
from sheets_sync.model import Finding, Library, Message, PlaceSums, Score
from sheets_sync.model.decision import Decision, DecisionRecord
from sheets_sync.model.mark import ReportMark
from sheets_sync.model.tab_state import TabState
from sheets_sync.reports.seal import Seal
from sheets_sync.rules.entries import EMAIL
from sheets_sync.store import (
    approvals,
    archive,
    decisions,
    facts,
    findings,
    ledger,
    observations,
    offices,
    page_state,
    places,
    register,
    reporting,
    scores,
    seals,
    workbooks,
)
from sheets_sync.store.codec import encode
from sheets_sync.store.memory import Glance, glance_with
from sheets_sync.store.offices import seen
from sheets_sync.store.page_state import PageState
from sheets_sync.store.reporting import ReportMemory
from sheets_sync.store.seals import SealStub
from sheets_sync.store.standing import StandingFigures
from sheets_sync.store.workbooks import WorkbookReading


class Transaction:
    """A unit of work about one office at one moment."""

    def __init__(self, connection: Connection, office: str, at: datetime) -> None:
        self._connection, self._office, self._at = connection, office, at
        self.changed_besides = False  # anything of what `Besides` tells

    @cached_property
    def _open(self) -> findings.Open:
        """What is open of the office's readings, by now."""
        return findings.of_readings(self._connection, self._office)

    def _besides(self) -> tuple[Connection, str]:
        """Where to change what no workbook says."""
        self.changed_besides = True
        return self._connection, self._office

    def _look_anew(self) -> None:
        """What is open may be something else by now."""
        self.__dict__.pop("_open", None)

    def register_was_read(self, workbook: str, libraries: Sequence[Library], found: Iterable[Finding]) -> None:
        """The register says this now; a library that left it becomes inactive."""
        found, here = tuple(found), (self._connection, self._office)
        asked = findings.record_register(*here, workbook, self._open, found, self._at)
        known, now = register.known(*here), register.as_kept(libraries)
        if asked:
            self._look_anew()
        elif register.says(known, now):
            return
        identities = approvals.register_was_read(*self._besides(), libraries, _unread(found), self._at)
        register.record(*here, known, now, identities, self._at)

    def approve(self, ids: Collection[str], how: str) -> int:
        """Addresses may have mail from now on, by a person's word; gives how many that changed."""
        return approvals.approve(*self._besides(), ids, how, self._at)

    def withdraw(self, ids: Collection[str], how: str) -> int:
        """Addresses may have no more mail; gives how many that changed."""
        return approvals.withdraw(*self._besides(), ids, how, self._at)

    def approvals_were_read(self, problem: Message | None) -> None:
        """The tab of approvals was read; `problem` is why what is typed there does not count."""
        approvals.record_problem(*self._besides(), problem, self._at)

    def were_asked(self, asked: Iterable[Decision]) -> None:
        """The office is asked to decide these."""
        decisions.were_asked(*self._besides(), asked, self._at)

    def answered(self, record: DecisionRecord) -> None:
        """The office gave an answer, or something stands beside a question that does not count."""
        decisions.answered(*self._besides(), record, self._at)

    def was_read(self, reading: WorkbookReading, stood: StandingFigures | None = None) -> StandingFigures | None:
        """A workbook was read and understood; what stood on its lost tabs stays. It is read again until it needs no more.

        Args:
            reading: What it says.
            stood: What the office's sheets are known to say by now, if they were loaded.

        Returns:
            What they say after this; None: it has to be loaded.
        """
        where = (self._connection, self._office, reading.workbook)
        read_at, put_by = workbooks.last_read(*where)
        if read_at is None:
            facts.be_named(*self._besides())  # here it needs no transaction of its own
        known = stood if stood and read_at == stood.read_at.get(reading.workbook) else None
        if known is None:  # somebody else may have read it since
            self._look_anew()
        if put_by:
            archive.let_go(*self._besides(), reading.workbook, self._at)
        before = known.of(reading.workbook) if known else None
        change = observations.record(*where, reading.observations, self._at, reading.lost, before)
        if findings.record(*where, self._open, reading.findings, self._at):
            self._look_anew()
        if findings.record_reasons(self._connection, self._office, reading.reasons, self._at):
            self._besides()
        workbooks.was_read(self._connection, self._office, reading, self._at)
        return known.after(reading.workbook, change, self._at) if known else None

    def failed(self, workbook: str, problem: Message) -> None:
        """A workbook could not be read; what was read before stays, and the next run tries again."""
        workbooks.save(self._connection, self._office, workbook, version=None, problem=encode(problem))

    def are_fresh(self, known: Collection[str], at: datetime | None = None) -> None:
        """Workbooks were read, or shown unchanged by Drive's list, at a moment (None: this one)."""
        workbooks.are_fresh(self._connection, [(self._office, each) for each in known], at or self._at)

    def is_looked_after(self, at: datetime | None = None) -> None:
        """The office was seen at a moment (None: this one), if it never was before."""
        connection, office = self._besides()
        offices.begin(connection, (office,), at or self._at)

    def marks_seen(self, workbook: str, marks: Sequence[ReportMark]) -> None:
        """A workbook carries these marks of ours."""
        workbooks.save(self._connection, self._office, workbook, marks=encode(tuple(marks)))

    def marked(self, seal: SealStub) -> None:
        """The home workbook carries the mark of a seal."""
        seals.set_marked(*self._besides(), seal)

    def went_on(self, marks: Iterable[ReportMark]) -> None:
        """A person lets this store go on though it has lost the reports that these marks tell of."""
        offices.accept(*self._besides(), [mark.id for mark in marks], self._at)

    def told(self, hindrance: str) -> bool:
        """What stops the office's next report is told; gives whether that is news."""
        return offices.tell(*self._besides(), hindrance)

    def own_write_seen(self, workbook: str, version: str) -> None:
        """Drive's new version of a workbook is only our own write: nothing has to be read."""
        workbooks.save(self._connection, self._office, workbook, version=version)

    def read_again(self, workbook: str) -> None:
        """The next run reads the workbook before it writes anything."""
        workbooks.save(self._connection, self._office, workbook, dirty=True)

    def need_no_more(self, read: Collection[str]) -> None:
        """What these workbooks were read for is written, or there was nothing to write."""
        workbooks.need_no_more(self._connection, self._office, read)

    def was_computed(self, computed: Iterable[Score], found: Iterable[Finding], remember: Mapping[str, str]) -> None:
        """The month was scored and checked; `remember` are reasons that travel on to the findings they answer."""
        scores.record(self._connection, self._office, computed, self._at)
        asked = findings.of_checks(self._connection, self._office)
        findings.record(self._connection, self._office, "", asked, found, self._at)
        if findings.record_reasons(self._connection, self._office, remember, self._at):
            self._besides()

    def gave(self, sums: PlaceSums) -> None:
        """The month's sums for the places above the office, as they are now."""
        places.record(self._connection, self._office, sums, self._at)

    def was_written(
        self,
        workbook: str,
        pages: Mapping[str, str],
        until: datetime,
        layout: Sequence[TabState],
        own: Mapping[str, int],
        *,
        again: bool,
    ) -> None:
        """Pages (their hashes by role) and comments were written; `again`: the next run reads what stands there.

        `own` are our own tabs as they stand now, by role.
        """
        scores.record_pages(self._connection, self._office, pages, self._at)
        written = {"dirty": again, "wrote_until": until, "layout": workbooks.layout_json(layout), "own_tabs": dict(own)}
        workbooks.save(self._connection, self._office, workbook, **written)

    def tabs_made(self, workbook: str, own: Mapping[str, int]) -> None:
        """`setup` made tabs of ours, or took over empty ones: sheetIds by role."""
        workbooks.save(self._connection, self._office, workbook, own_tabs=dict(own))

    def glance(self, looks: Mapping[datetime, datetime]) -> Glance:
        """What decides whether the pages have to be made again, as it is by now; `looks` are known."""
        return glance_with(self._connection, self._office, looks)

    def pages_stand(self, state: PageState) -> None:
        """Every page says what it should."""
        page_state.record(self._connection, self._office, state, self._at)

    def sealed(self, seal: Seal, scheme: Scheme, *, mail_waits: bool = False) -> None:
        """A period's report was made; its key must be new. `mail_waits`: its mails wait until it is marked."""
        connection, _ = self._besides()
        seals.record(connection, seal, scheme, mail_waits=mail_waits)

    def plan(self, planned: Iterable[Planned]) -> int:
        """Adds deliveries whose key is not there yet; gives how many."""
        return ledger.plan(self._connection, planned, self._at)


def looked_after(connection: Connection, offices: Collection[str], at: datetime) -> dict[str, ReportMemory]:
    """Offices were seen at a moment, if they never were before; gives what is remembered for their reports' sake."""
    known = reporting.load(connection, offices, seen(connection, offices, at), at)
    return {
        office: each if each.store else replace(each, store=facts.identity(connection, office))
        for office, each in known.items()
    }


def _unread(found: Iterable[Finding]) -> frozenset[str]:
    """The libraries whose cell of addresses could not be read: who stood there has not left."""
    return frozenset(each.library for each in found if each.library and each.rule_code.startswith(EMAIL.code))
