"""What is remembered of an office, as one frozen value: everything that people see is computed from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from sheets_sync.intake.interpretation import RowNote
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.model import Finding, Library, Message, Observation, Period
from sheets_sync.model.decision import DecisionRecord
from sheets_sync.model.tab_state import TabState
from sheets_sync.reports.seal import Seal
from sheets_sync.store import (
    approvals,
    archive,
    decisions,
    facts,
    findings,
    observations,
    offices,
    page_state,
    register,
    runs,
    scores,
    seals,
    workbooks,
)
from sheets_sync.store.approvals import Approvals
from sheets_sync.store.facts import Facts
from sheets_sync.store.offices import OfficeRecord
from sheets_sync.store.page_state import PageState
from sheets_sync.store.register import Register
from sheets_sync.store.revision import revisions
from sheets_sync.store.seals import SealStub
from sheets_sync.store.standing import StandingFigures, TabMonth
from sheets_sync.store.workbooks import WorkbookRecord

LOOK_BACK = 35  # months before a month that what is shown of it may rest on: of what was put by no more is taken out
Answers = Mapping[tuple[str, Period], Mapping[str, datetime]]  # library and month → element → since when it is there


@dataclass(frozen=True, slots=True)
class Glance:
    """What decides whether there is anything to do: small, however many figures an office has.

    `revision` is another one as soon as anything is recorded of the office; `first_looks` says when the first good
    sync since each moment that was asked about ended.
    """

    workbooks: Mapping[str, WorkbookRecord] = field(default_factory=dict)
    revision: str = ""
    page_state: PageState | None = None
    first_looks: Mapping[datetime, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Besides:
    """What is remembered of an office besides what its workbooks say: a reading seldom changes any of it."""

    register: Register
    office: OfficeRecord | None
    facts: Facts
    seals: tuple[SealStub, ...]  # of months, quarters and years
    sealed: Seal | None
    scheme: Scheme | None
    put_by: tuple[Observation, ...]
    reasons: Mapping[str, str]
    approvals: Approvals
    decisions: tuple[DecisionRecord, ...]

    @property
    def left(self) -> tuple[Library, ...]:
        """Who left the register since the newest seal."""
        return tuple(each for each, at in self.register.gone if self.sealed is None or at > self.sealed.sealed_at)


@dataclass(frozen=True, slots=True)
class Stood:
    """What is known to stand (None: it is not known): what the sheets say, what is remembered besides, when somebody looked.

    `layouts` are how the tabs of the workbooks stand that were just read, by id.
    """

    at_hand: tuple[TabMonth, ...] | None = None
    besides: Besides | None = None
    looks: Mapping[datetime, datetime] | None = None  # as in `Glance`
    layouts: Mapping[str, tuple[TabState, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is remembered of an office for the sake of one month.

    `period` is that month; `added` is when each library came to be known, by code; `answers` are those of the months
    whose due moment was named; `findings` are those of reading;
    `layouts` are the tabs of each workbook as they stood last, `pages` the hashes of ours as last written, by role;
    `scheme` is the one that the month was sealed with, `sealed` the newest seal up to the month; `approvals` say who may
    get mail, `decisions` what the office was asked and has answered.
    """

    period: Period
    glance: Glance = field(default_factory=Glance)
    libraries: tuple[Library, ...] = ()
    gone: tuple[Library, ...] = ()  # their row left the register
    left: tuple[Library, ...] = ()  # of these, who left since the newest seal: no report has told it yet
    added: Mapping[str, datetime] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    answers: Answers = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[RowNote, ...] = ()
    layouts: Mapping[str, tuple[TabState, ...]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    scheme: Scheme | None = None
    sealed: Seal | None = None
    mail_down: Message | None = None  # that no mail gets through
    approvals: Approvals = field(default_factory=Approvals)
    decisions: tuple[DecisionRecord, ...] = ()
    at_hand: tuple[TabMonth, ...] = ()  # of the observations those that were not put by
    besides: Besides | None = field(default=None, compare=False)  # where all of it was loaded

    @property
    def standing(self) -> StandingFigures:
        """What the office's sheets say, as it was loaded."""
        return StandingFigures(self.at_hand, {name: record.read_at for name, record in self.workbooks.items()})

    @property
    def workbooks(self) -> Mapping[str, WorkbookRecord]:
        """The office's workbooks that were ever read or tried, by id."""
        return self.glance.workbooks


def glances(connection: Connection, wanted: Mapping[str, Collection[datetime]]) -> dict[str, Glance]:
    """The small part of offices, in as many statements as of one; to each the moments since which the first good sync is asked for."""
    rows = workbooks.rows_of(connection, wanted)
    signs, states = revisions(connection, rows), page_state.of_each(connection, wanted)
    looks = runs.first_looks(connection, wanted)
    return {
        office: Glance(workbooks.by_id(rows[office]), signs[office], states.get(office), looks[office])
        for office in wanted
    }


def before_reading(connection: Connection, office: str, period: Period) -> Memory:
    """What a reading is compared with; what only pages are made of is left out. Of an office never read there is nothing."""
    records = workbooks.records(connection, office)
    if not records:
        return Memory(period)
    at_hand = observations.current(connection, office)
    known, said = besides(connection, office, period), findings.current(connection, office)
    return _remembered(period, known, at_hand, glance=Glance(records), findings=said)


def load(
    connection: Connection,
    office: str,
    period: Period,
    due: Mapping[Period, datetime],
    stood: Stood,
) -> Memory:
    """Everything, as it is at one moment; `due` are the due moments of the months whose answers are asked for.

    What is known to have `stood` is not loaded.
    """
    at_hand = observations.current(connection, office) if stood.at_hand is None else stood.at_hand
    kept, looks = workbooks.kept(connection, office, stood.layouts), stood.looks
    if looks is None:
        looks = runs.first_looks(connection, {office: frozenset(due.values())})[office]
    known = stood.besides or besides(connection, office, period)
    return _remembered(
        period,
        known,
        at_hand,
        glance=Glance(kept.records, first_looks=looks),
        answers=observations.answers(connection, office, at_hand, due),
        findings=findings.current(connection, office),
        notes=kept.notes,
        layouts=kept.layouts,
        pages=scores.page_hashes(connection, office),
    )


def _remembered(period: Period, known: Besides, at_hand: tuple[TabMonth, ...], **said: Any) -> Memory:
    """What stands besides and at hand, and what else workbooks `said`."""
    return Memory(
        period,
        libraries=known.register.libraries,
        gone=tuple(library for library, _ in known.register.gone),
        left=known.left,
        added=known.register.added,
        observations=(*known.put_by, *chain.from_iterable(month.figures for month in at_hand)),
        reasons=known.reasons,
        scheme=known.scheme,
        sealed=known.sealed,
        mail_down=known.facts.mail_down,
        approvals=known.approvals,
        decisions=known.decisions,
        at_hand=at_hand,
        besides=known,
        **said,
    )


def besides(connection: Connection, office: str, period: Period) -> Besides:
    """What no workbook says, for the sake of a month."""
    stubs = tuple(seals.all_stubs(connection, (office,))[office])
    months = {stub.period for stub in stubs if not stub.span}
    return Besides(
        register=register.current(connection, office),
        office=offices.of(connection, office),
        facts=facts.known(connection, (office,)),
        seals=stubs,
        sealed=seals.latest(connection, office, period) if any(month <= period for month in months) else None,
        scheme=seals.scheme_of(connection, office, period) if period in months else None,
        put_by=archive.standing(connection, office, period - LOOK_BACK),
        reasons=findings.reasons_given(connection, office),
        approvals=approvals.current(connection, office),
        decisions=decisions.current(connection, office),
    )
