"""The office's decisions as they are taken: heard in the sheet or on the terminal, kept with who and when, carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import UsageError
from sheets_sync.google import FileVersion, ReadWorkbook
from sheets_sync.jobs.decide import DecisionBasis, all_records, decided_by, decisions, heard
from sheets_sync.jobs.inputs import answers_in
from sheets_sync.jobs.mailing.approve import IN_SHEET, ON_TERMINAL, WITHDRAWN, settle_waiting
from sheets_sync.jobs.mailing.situation import situation_of
from sheets_sync.jobs.month import MonthView, load, month_view
from sheets_sync.model import msg
from sheets_sync.model.decision import Decision, DecisionKind, DecisionRecord, DecisionState
from sheets_sync.rekap import approvals
from sheets_sync.rekap.links import APPROVALS_ID
from sheets_sync.store import Memory, ReportMemory, Transaction

_OF_REPORTS = (DecisionKind.RELEASE, DecisionKind.AS_IS, DecisionKind.POSTPONE)


def with_decisions(
    app: App, office: Office, memory: Memory, view: MonthView, known: ReportMemory | None = None
) -> MonthView:
    """The view with what the office is asked to decide; `known` is what is remembered for its reports' sake, if at hand."""
    return replace(view, month=replace(view.month, decisions=_state(app, office, memory, view, known)))


def open_decisions(app: App, office: Office) -> DecisionState:
    """What the office is asked to decide now."""
    memory = load(app, office)
    return _state(app, office, memory, month_view(office, memory, app.settings.of(office), app.clock()))


def _state(
    app: App, office: Office, memory: Memory, view: MonthView, known: ReportMemory | None = None
) -> DecisionState:
    situation = situation_of(app, office, known)
    return decisions(DecisionBasis(office, view.month, situation, memory.findings, memory.decisions))


def note_answers(
    tx: Transaction,
    office: Office,
    account: str,
    read: Mapping[str, ReadWorkbook],
    memory: Memory,
    listed: Mapping[str, FileVersion],
    at: datetime,
) -> bool:
    """Takes over what approvers answered in their tab, if nobody else could; gives whether that concerns addresses."""
    workbook = read.get(office.register_home)
    if workbook is None:
        return False
    state = next((tab for tab in workbook.tabs if tab.sheet_id == APPROVALS_ID), None)
    problem = approvals.problem(office, account, state)
    if problem != memory.approvals.problem:
        tx.approvals_were_read(problem)
    version = listed.get(office.register_home)
    by = decided_by(approvals.named(office), version.editor if version else None)
    return _hear(tx, workbook, memory, at, by, counts=problem is None and bool(office.approvers))


def note_uncounted(tx: Transaction, read: ReadWorkbook, memory: Memory, at: datetime) -> None:
    """What stands beside the questions while others can write there: it never becomes an answer by itself."""
    _hear(tx, read, memory, at, "", counts=False)


def _hear(tx: Transaction, read: ReadWorkbook, memory: Memory, at: datetime, by: str, *, counts: bool) -> bool:
    known = all_records(memory.decisions, memory.approvals.known)
    changed = heard(known, answers_in(read.grid, (APPROVALS_ID,)), at, by, counts=counts)
    for record in changed:
        tx.answered(record)
    return carry_out(tx, memory.workbooks, [record for record in changed if counts], IN_SHEET) > 0


def carry_out(tx: Transaction, workbooks: Iterable[str], answered: Iterable[DecisionRecord], how: str) -> int:
    """Does what an answer needs beside being kept; gives how many addresses that changed.

    `workbooks` are the office's that were ever read.
    """
    changed = 0
    for record in answered:
        if record.kind is DecisionKind.ADDRESS and record.said is not None:
            changed += tx.approve({record.id}, how) if record.said else tx.withdraw({record.id}, WITHDRAWN)
        if record.kind is DecisionKind.GONE:
            for workbook in workbooks:  # what vanished is believed, or asked about, at the next reading
                tx.read_again(workbook)
    return changed


def answer(app: App, office: Office, id_: str, *, said: bool | None, by: str) -> DecisionRecord:
    """Answers a question of the office's on the terminal, as an approver does in the sheet; None takes an answer back.

    Raises:
        UsageError: no such question is open, or was answered before; or it is about a report that has gone out.
    """
    memory, asked = load(app, office), open_decisions(app, office)
    found = next((each for each in asked.open if each.id == id_), None)
    record = all_records(memory.decisions, memory.approvals.known).get(id_) or (found and _record(found))
    if not record or (found is None and record.said is None):
        raise UsageError(msg("Nothing is asked under {id}; `sheets-sync decide` lists what is.", id=id_))
    reported = asked.plan.last if asked.plan else None
    if found is None and record.kind in _OF_REPORTS and record.period and reported and record.period <= reported:
        raise UsageError(
            msg("The report of {month} has gone out; nothing is asked about it any more.", month=record.period)
        )
    record = replace(record, said=said, at=app.clock(), by=by, how=ON_TERMINAL)
    with app.store.transaction(office.code, app.clock()) as tx:
        tx.answered(record)
        carry_out(tx, memory.workbooks, [record], ON_TERMINAL)
    settle_waiting(app)
    return record


def _record(asked: Decision) -> DecisionRecord:
    return DecisionRecord(asked.id, asked.kind, asked.since, asked.library, asked.period, asked.detail)
