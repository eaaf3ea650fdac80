"""An office's situation, put together from the store and the configuration; what it comes to, in a person's words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TypeVar

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.errors import StoreError
from sheets_sync.jobs.mailing.gate import AskPerson, Calendar, Reason, Situation, Wait, report_decision
from sheets_sync.jobs.mailing.marks import marking_from
from sheets_sync.model import Message, Period, msg
from sheets_sync.model.decision import decided
from sheets_sync.store import ReportMemory, SealStub, WorkbookRecord
from sheets_sync.store.places import Freshness

log = logging.getLogger(__name__)
T = TypeVar("T")


def situation_of(app: App, office: Office, known: ReportMemory | None = None) -> Situation:
    """All that decides about the office's next report, as it is now; `known` is what is remembered, where it is at hand."""
    known = known or app.store.reporting(office.code, app.clock())
    marking = marking_from(known, office, app.clock())
    reported_at = first_sealed(marking.seals, marking.seals[-1].period) if marking.seals else None
    said = decided(known.decisions)
    calendar = replace(calendar_of(app, office), postponed=said.postponed)
    return Situation(
        now=app.clock().astimezone(office.zone),
        calendar=calendar,
        fresh=_fresh(app, office, known),
        clock_off=known.clock_off,
        installed=known.office.installed_at.astimezone(office.zone) if known.office else None,
        reported=marking.reported,
        reported_at=reported_at,
        begun=known.begun if marking.reported is None else frozenset(),
        conflict=marking.conflict,
        released=said.released,
        as_is=said.as_is,
        spans=marking.reported_of(calendar.spans_ending(marking.reported) if marking.reported else ()),
        option=app.option_of(office),
    )


def _fresh(app: App, office: Office, known: ReportMemory) -> dict[str, datetime | None]:
    """The freshness of what the office's report is made from: of a place above offices that of their workbooks as well."""
    if not isinstance(office, Region):
        return freshness(known.workbooks, office.workbooks, office.zone)
    places = app.settings.places
    below = {code for place in places.givers(places.by_code[office.code]) for code in place.offices}
    theirs = [workbook for workbook, owner in app.settings.owners.items() if owner in below]
    records: dict[str, WorkbookRecord | Freshness] = {
        **known.workbooks,
        **(app.store.freshness(below) if below else {}),
    }
    unknown = dict.fromkeys(app.settings.troubled(sorted(below)))  # nobody looks at theirs
    return freshness(records, [*office.workbooks, *theirs], office.zone) | unknown


def first_sealed(seals: Iterable[SealStub], period: Period) -> datetime | None:
    """When a month's report, or the newest of a later one, was first made: a version that was sent again changes nothing."""
    firsts = dict[Period, datetime]()
    for seal in seals:
        if seal.period >= period:
            firsts[seal.period] = min(seal.sealed_at, firsts.get(seal.period, seal.sealed_at))
    return firsts[max(firsts)] if firsts else None


def calendar_of(app: App, office: Office) -> Calendar:
    """When the office's reports go out, as they are planned."""
    settings = app.settings.of(office)
    options = settings.reports
    patience = timedelta(days=options.ask_after_days)
    when = (office.zone, options.send_on, options.from_time, patience, settings.first_period)
    return Calendar(*when, spans=options.spans, year_starts_in=office.year_starts_in)


def freshness(
    known: Mapping[str, WorkbookRecord] | Mapping[str, WorkbookRecord | Freshness],
    workbooks: Iterable[str],
    zone: tzinfo,
) -> dict[str, datetime | None]:
    """When each of the workbooks was last known to be as the store has it, by a name that no other has."""
    fresh = dict[str, datetime | None]()
    for workbook in workbooks:
        record = known.get(workbook)
        title = (record.title if record else "") or workbook
        at = record.fresh_at.astimezone(zone) if record and record.fresh_at else None
        fresh[f"{title} ({workbook})" if title in fresh else title] = at
    return fresh


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stops an office's reports, and what to do about it; `sign` is another one as soon as that is news.

    `asks`: only a person can help; else it waits since `since` and may pass by itself.
    """

    sign: str
    told: Message
    since: datetime
    asks: bool = True


def hindrance_of(app: App, office: Office, known: ReportMemory | None = None) -> Hindrance | None:
    """What stops the office's next report now; another store's mark does so whether a report is due or not."""
    return hindrance_in(office, situation_of(app, office, known))


def hindrance_in(office: Office, situation: Situation) -> Hindrance | None:
    """What stops the office's next report in a situation."""
    if situation.conflict is not None:
        told = conflict_told(office, situation.conflict, situation.option)
        return Hindrance(situation.conflict, told, situation.now)
    decision = report_decision(situation)
    if not isinstance(decision, Wait | AskPerson):
        return None
    sign = f"{type(decision).__name__} {decision.reason} {decision.period}"
    return Hindrance(
        sign, hindrance(office, decision, situation.option), decision.since, asks=isinstance(decision, AskPerson)
    )


def of_each(app: App, ask: Callable[[Office], T]) -> Iterator[tuple[Office, T]]:
    """The answer for each office and each place above them; where it fails for one, that goes to the log and stops no other."""
    for office in app.settings.reporting:
        try:
            yield office, ask(office)
        except StoreError:  # then nothing can be told of any
            raise
        except Exception:
            log.exception("office %s: how it stands can't be told", office.code)


def hindrance(office: Office, decision: Wait | AskPerson, option: str = "") -> Message:
    """What a report waits for, and what to do about it; `option` tells a command that this office is meant."""
    about = {
        "office": office.name,
        "month": decision.period,
        "command": f"sheets-sync report --period {decision.period}{option}",
    }
    match decision.reason:
        case Reason.CLOCK:
            return msg(
                "The report of {month} ({office}) waits: this computer's clock and Google's differ. Set the clock right; "
                "the report then goes out by itself.",
                **about,
            )
        case Reason.OTHER_STORE | Reason.OLDER_STORE:
            return conflict_told(office, decision.reason, option)
        case Reason.GO_AHEAD | Reason.BACKLOG if office.approvers:
            return msg(
                "The report of {month} ({office}) waits for the office's word: please answer in the tab {tab}, or run "
                "`{command}`.",
                tab=office.tabs.approvals,
                **about,
            )
        case Reason.GO_AHEAD:
            return msg(
                "The first report of {office} waits for your go-ahead. Look at it with `{command} --rehearse out`, then "
                "run `{command}`; later months go out by themselves.",
                **about,
            )
        case Reason.BACKLOG:
            return msg(
                "More than one month of {office} was owed; {month} waits for your word: run `{command}`.", **about
            )
        case Reason.STALE:
            return _stale_told(decision, about)


def conflict_told(office: Office, reason: Reason, option: str = "") -> Message:
    """What the home workbook says against this store, and what to do."""
    about = {"office": office.name, "command": f"sheets-sync take-over{option}"}
    if reason is Reason.OTHER_STORE:
        return msg(
            "Another store reports for {office}: its mark is in the home workbook. Nothing is sent from here. If this "
            "store is to report from now on, stop the other one, then run `{command}`.",
            **about,
        )
    return msg(
        "The home workbook of {office} tells of reports that this store does not know; it is older, as a restored backup "
        "is. Nothing is sent from here. To go on without them run `{command}`.",
        **about,
    )


def clock_told(off: timedelta) -> Message:
    """That the clock is wrong, and what comes of it."""
    minutes = round(abs(off).total_seconds() / 60)
    if off > timedelta():
        return msg(
            "This computer's clock is {minutes} minutes ahead of Google's. Set it right; until then nothing is sealed "
            "or sent.",
            minutes=minutes,
        )
    return msg(
        "This computer's clock is {minutes} minutes behind Google's. Set it right; until then nothing is sealed or sent.",
        minutes=minutes,
    )


def unread(names: Mapping[str, datetime | None]) -> list[Message]:
    """Workbooks, each with the moment of its last good read."""
    return [
        msg("{title} (as of {moment})", title=name, moment=at) if at else msg("{title} (never read)", title=name)
        for name, at in names.items()
    ]


def _stale_told(decision: Wait | AskPerson, about: Mapping[str, object]) -> Message:
    """Which workbooks are waited for; after some days, what a person may decide."""
    words = {**about, "workbooks": unread(decision.stale)}
    if isinstance(decision, Wait):
        return msg(
            "The report of {month} ({office}) waits for figures read since its day came. Not read since: {workbooks}.",
            **words,
        )
    return msg(
        "The report of {month} ({office}) still waits. Not read since its day came: {workbooks}. It goes out by itself "
        "as soon as they can be read; to send it on the figures that are there run `{command} --as-is`.",
        **words,
    )
