"""What the office is asked to decide, and which answer counts: from what is known and a moment. Pure.

The same answer has the same effect, whether an approver gives it in the sheet or somebody on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sheets_sync.checks.timeliness import due_moment
from sheets_sync.config.office import Office
from sheets_sync.jobs.mailing.approve import IN_SHEET
from sheets_sync.jobs.mailing.gate import AskPerson, Reason, Situation, next_owed, question, report_decision
from sheets_sync.jobs.mailing.situation import unread
from sheets_sync.model import Finding, Message, OfficeMonth, Period, Reporting, SpanKind, TimeSpan, msg
from sheets_sync.model.approval import HoldReason, KnownAddress
from sheets_sync.model.decision import (
    NOT_COUNTED,
    Decision,
    DecisionKind,
    DecisionRecord,
    DecisionState,
    ReportPlan,
    decision_id,
)
from sheets_sync.rekap.answers import meaning
from sheets_sync.rekap.approvals import reason
from sheets_sync.rules.accounting import GONE
from sheets_sync.rules.register import MANY_LEFT

_VANISHED = frozenset({GONE.code, MANY_LEFT.code})
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DecisionBasis:
    """All that decides what an office is asked: the month that is shown, how its next report stands, what vanished."""

    office: Office
    month: OfficeMonth
    situation: Situation
    findings: tuple[Finding, ...] = ()  # of reading
    records: tuple[DecisionRecord, ...] = ()

    @property
    def now(self) -> datetime:
        return self.situation.now


def decisions(basis: DecisionBasis) -> DecisionState:
    """What is open, what was answered, and which report was put off."""
    calendar, now = basis.situation.calendar, basis.now
    moments = ((period, calendar.send_moment(period)) for period in calendar.postponed)
    return DecisionState(
        tuple(_open(basis)),
        {each.id: each for each in basis.records},
        tuple((period, moment) for period, moment in moments if now < moment),
        _plan(basis.situation),
    )


def _plan(situation: Situation) -> ReportPlan:
    """What people ask of reports: the next one, the last one, the year's."""
    calendar, today = situation.calendar, Period.of(situation.now.astimezone(situation.calendar.zone).date())
    month = next_owed(situation) or today
    year = TimeSpan.around(month, SpanKind.YEAR, calendar.year_starts_in).last
    return ReportPlan(
        month,
        calendar.send_moment(month),
        situation.reported,
        situation.reported_at,
        year if SpanKind.YEAR in calendar.spans else None,
    )


def _open(basis: DecisionBasis) -> Iterator[Decision]:
    yield from _addresses(basis)
    if basis.situation.conflict is None:
        yield from _reports(basis)
    yield from _vanished(basis)
    yield from _closings(basis)


def _addresses(basis: DecisionBasis) -> Iterator[Decision]:
    """A crowd is mended in the register: nobody is to say yes to two thousand rows."""
    for held in basis.month.mail.held:
        if held.because is not HoldReason.TOO_MANY:
            known = held.known
            why = reason(held)
            yield Decision(known.id, DecisionKind.ADDRESS, held.name, known.address, known.since, why, known.code)


def _reports(basis: DecisionBasis) -> Iterator[Decision]:
    """Whether the next report may go out at all, on what is there, or a day later."""
    unsaid = replace(basis.situation, released=frozenset(), as_is=frozenset())
    period = next_owed(unsaid)
    if period is None:
        return
    stale, asked = report_decision(unsaid), question(unsaid, period)
    if asked is not None:
        yield _release(basis, period, asked)
    if asked is None or period in basis.situation.released:
        if isinstance(stale, AskPerson) and stale.reason is Reason.STALE and stale.period == period:
            yield _as_is(basis, period, stale.stale)
        yield from _postponements(basis, period)


def _asked(
    basis: DecisionBasis, kind: DecisionKind, asks: Message, follows: Message, period: Period, *parts: object
) -> Decision:
    id_ = decision_id(kind, period, *parts)
    return Decision(id_, kind, basis.office.name, asks, basis.now, follows, period=period)


def _release(basis: DecisionBasis, period: Period, because: Reason) -> Decision:
    if because is Reason.GO_AHEAD:
        asks = msg("May the first report, of {month}, go out?", month=period)
        follows = msg(
            "It goes out by mail to everybody who stands in the register, {moment} at the earliest; later months go out "
            "by themselves.",
            moment=basis.situation.calendar.send_moment(period),
        )
    else:
        asks = msg("More than one month was owed. May the report of {month} go out, too?", month=period)
        follows = msg("It goes out with the next round.")
    return _asked(basis, DecisionKind.RELEASE, asks, follows, period, because)


def _as_is(basis: DecisionBasis, period: Period, stale: Mapping[str, datetime | None]) -> Decision:
    asks = msg("May the report of {month} go out on the figures that are there?", month=period)
    follows = msg(
        "It goes out and says how old its figures are. Not read since its day came: {workbooks}.",
        workbooks=unread(stale),
    )
    return _asked(basis, DecisionKind.AS_IS, asks, follows, period)


def _postponements(basis: DecisionBasis, period: Period) -> Iterator[Decision]:
    """A question for the next day, and those that were answered: each can be taken back until the report goes out."""
    calendar = basis.situation.calendar
    if basis.now >= calendar.send_moment(period):
        return
    for days in range(calendar.postponed.get(period, 0) + 1):
        planned = calendar.planned_moment(period) + timedelta(days=days)
        later = planned + _A_DAY
        if later < calendar.planned_moment(period + 1):
            asks = msg("Put off the report of {month}, planned for {moment}, by a day?", month=period, moment=planned)
            follows = msg("It goes out {moment}. Take the answer back and it goes out as planned.", moment=later)
            yield _asked(basis, DecisionKind.POSTPONE, asks, follows, period, days)


def _vanished(basis: DecisionBasis) -> Iterator[Decision]:
    """Figures, tabs, columns and libraries that were there and are gone, until somebody says that they are meant to be."""
    names = {row.library.code: row.library.name for row in basis.month.libraries}
    for finding in basis.findings:
        if finding.rule_code in _VANISHED:
            asks = finding.message.params.get("question", finding.message)
            yield Decision(
                id=decision_id(DecisionKind.GONE, finding.id),
                kind=DecisionKind.GONE,
                about=names.get(finding.library or "", basis.office.name),
                asks=msg("{question} Are they meant to be gone?", question=asks),
                since=basis.now,
                follows=msg("They count no more and nobody is asked again; what was reported stays in the history."),
                library=finding.library or "",
                period=finding.period,
                detail=finding.id,
            )


def _closings(basis: DecisionBasis) -> Iterator[Decision]:
    """Libraries that have not reported by the due day."""
    month, silent = basis.month, (Reporting.NONE, Reporting.CLOSED)
    if basis.now <= due_moment(basis.office, month.period):
        return
    follows = msg(
        "The month counts neither as late nor as not reported, and nobody is reminded of it; the report says so."
    )
    for row in month.libraries:
        if row.reporting in silent:
            library = row.library
            asks = msg("Not reported: {month}. Close the month for this library?", month=month.period)
            id_ = decision_id(DecisionKind.CLOSE, library.code, month.period)
            yield Decision(id_, DecisionKind.CLOSE, library.name, asks, basis.now, follows, library.code, month.period)


def all_records(records: Iterable[DecisionRecord], known: Sequence[KnownAddress]) -> dict[str, DecisionRecord]:
    """Every question that may have an answer, by id; an address is one from the day it stands in the register."""
    addresses = (DecisionRecord(each.id, DecisionKind.ADDRESS, each.since, each.code) for each in known)
    return {each.id: each for each in (*addresses, *records)}


def heard(
    known: Mapping[str, DecisionRecord], typed: Mapping[str, str], at: datetime, by: str, *, counts: bool
) -> list[DecisionRecord]:
    """The records that change by what stands in the sheet now, beside each question.

    Only what is new since the last read is an answer: what stood there while others could have typed it (`counts` is
    False) is remembered and never becomes one by itself.
    """
    found = []
    for id_, text in typed.items():
        record = known.get(id_)
        if record is None or text == record.typed:
            continue
        if counts:
            found.append(replace(record, typed=text, said=meaning(text, record.kind), at=at, by=by, how=IN_SHEET))
        else:
            how = record.how if record.said is not None else NOT_COUNTED
            found.append(replace(record, typed=text, how=how))
    return found


def decided_by(approvers: Sequence[str], editor: str | None) -> str:
    """Who gave an answer: the only one who may, else who changed the workbook last, else one of them."""
    if editor is not None and editor.casefold() in approvers:
        return editor.casefold()
    return ", ".join(approvers)
