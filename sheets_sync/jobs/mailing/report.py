"""The report job: seal the period, plan who gets what, hand over what is due. Sealed once, delivered once.

The seal, its bytes and the planned deliveries are saved together. A delivery is claimed before the mail server hears
of it, so that after a crash nothing is lost without a word and nothing is sent twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, UsageError
from sheets_sync.jobs.mailing.approve import held_now
from sheets_sync.jobs.mailing.deliver import deliver
from sheets_sync.jobs.mailing.gate import Situation, clock_believed, stale_since
from sheets_sync.jobs.mailing.marks import mark_reports, marking_of
from sheets_sync.jobs.mailing.refusals import nothing_to_report_on, refuse_first, refuse_unfinished
from sheets_sync.jobs.mailing.seal_month import seal_period
from sheets_sync.jobs.mailing.seal_span import seal_span
from sheets_sync.jobs.mailing.situation import clock_told, conflict_told, situation_of, unread
from sheets_sync.jobs.outcome import ReportOutcome
from sheets_sync.mail.deliver import Mailing
from sheets_sync.model import Message, Reported, TimeSpan, msg
from sheets_sync.model.span import last_month

log = logging.getLogger(__name__)


def report(
    app: App,
    office: Office,
    period: Reported,
    resend: Collection[str] = (),
    *,
    as_is: bool = False,
    read: Callable[[], object] | None = None,
) -> ReportOutcome:
    """Reads, seals an office's month, quarter or year unless it is sealed, marks it, and hands over what is due.

    `resend` names recipients who are to get it anew, as the next version; `as_is` seals what is there although it could
    not be read. `read` reads the workbooks; None where the caller has seen that they are fresh.

    Raises:
        UsageError: it is not over or not expected, there is nothing to report on yet, or nobody of `resend` gets this
            report.
    """
    refuse_unfinished(app, office, period)
    if not resend and marking_of(app, office).is_sealed(period):
        unmarked = _mark(app, office)  # a run that died may have sealed and not marked
        waits = _stands_against(situation_of(app, office), office) or unmarked
        return ReportOutcome(office.code, period, 0, deliver(app), waits)
    since = situation_of(app, office).calendar.send_moment(last_month(period)) if read is None else app.clock()
    if read is not None:
        read()
    problem = nothing_to_report_on(app, office, period)
    if problem is not None:
        raise UsageError(problem)
    refuse_first(app, office, period)
    hindered, stale = _hindrance(app, office, since, as_is=as_is)
    if hindered is not None:
        return ReportOutcome(office.code, period, 0, Mailing(), waits=hindered)
    version = marking_of(app, office).newest_version(period) + 1
    left_out = list[Message]()
    seal = (
        partial(seal_span, app, office, period)
        if isinstance(period, TimeSpan)
        else partial(seal_period, app, office, period)
    )
    planned = seal(version, resend, as_of=stale, told=left_out.append)
    unmarked = _mark(app, office)
    mailing, tab = deliver(app), office.tabs.approvals if office.approvers else ""
    waits = None if stale else unmarked
    return ReportOutcome(office.code, period, planned, mailing, waits, held_now(app, office), tab, tuple(left_out))


def _hindrance(
    app: App, office: Office, since: datetime, *, as_is: bool
) -> tuple[Message | None, Mapping[str, datetime | None]]:
    """What stops a report that a person, or the calendar, wants now; and the workbooks that were not read since."""
    situation = situation_of(app, office)
    stale, hindered = stale_since(situation, since), _stands_against(situation, office)
    if stale and not as_is and hindered is None:
        hindered = msg(
            "Nothing was sealed. Not read now: {workbooks}. Run it again later, or add --as-is to report on the figures "
            "that are there.",
            workbooks=unread(stale),
        )
    return hindered, stale


def _stands_against(situation: Situation, office: Office) -> Message | None:
    """Why nothing of the office's may be sent at all."""
    if situation.clock_off is not None and not clock_believed(situation.clock_off):
        return clock_told(situation.clock_off)
    return None if situation.conflict is None else conflict_told(office, situation.conflict, situation.option)


def _mark(app: App, office: Office) -> Message | None:
    """Marks the report in the home workbook; gives why its mails have to wait, None if they need not."""
    try:
        mark_reports(
            app, app.google(app.settings.key_file(office)), office, app.store.reporting(office.code, app.clock())
        )
    except SheetsSyncError as error:
        log.warning("workbook %s: %s", office.workbook, error)
        return msg(
            "The report is sealed; its mails wait until the home workbook can be marked: {problem}",
            problem=error.message,
        )
    return None
