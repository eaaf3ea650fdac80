"""Offices that nobody touched, and whose pages say what they should: seen to all at once, however many they are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sheets_sync.app import App
from sheets_sync.errors import StoreError
from sheets_sync.jobs.fetch import Due
from sheets_sync.jobs.mailing.marks import marking_from
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.publish import pages_stand
from sheets_sync.jobs.rounds import Round
from sheets_sync.jobs.survey import OfficeWork
from sheets_sync.store import PageState, ReportMemory, Untouched

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OfficeEnd:
    """What came of an office, and what is remembered for the sake of its reports (None: to be asked again)."""

    office: str
    outcome: SyncOutcome
    known: ReportMemory | None = None


def without_untouched(each: Round) -> tuple[Round, dict[str, OfficeEnd]]:
    """A round without the offices of which there is nothing to do, and what came of those, by code.

    An office that needs a closer look stays in the round: one whose reports have no mark yet, one that meets trouble.
    """
    works = [_judged(each.app, work) for work in each.works]
    found = {work.office.code: (work, work.stands) for work in works if work.stands is not None}
    known = _seen(each, {code: _as_listed(each, work) for code, (work, _) in found.items()}) if found else {}
    ends = {
        code: OfficeEnd(code, _as_found(work.due, stands), known[code])
        for code, (work, stands) in found.items()
        if code in known and not marking_from(known[code], work.office, each.app.clock()).unmarked
    }
    return replace(each, works=[work for work in works if work.office.code not in ends]), ends


def _judged(app: App, work: OfficeWork) -> OfficeWork:
    """The work with what was found when its pages were last right, if there is nothing to read and they still are."""
    if work.due.read:
        return work
    try:
        stands = pages_stand(app.settings.of(work.office), work.office, work.glance, app.clock())
    except Exception:
        log.exception("office %s: whether its pages stand can't be told", work.office.code)
        return work
    return replace(work, stands=stands)


def _as_found(due: Due, stands: PageState) -> SyncOutcome:
    return SyncOutcome(findings=stands.findings, adopted=due.own_writes, unchanged=due.unchanged)


def _as_listed(each: Round, work: OfficeWork) -> Untouched:
    versions = {name: each.listed[name].version for name in work.due.own_writes}
    return Untouched(work.due.unchanged, versions)


def _seen(each: Round, seen: Mapping[str, Untouched]) -> dict[str, ReportMemory]:
    """What is remembered of them; empty where it fails for one of them: then each is seen to by itself."""
    try:
        return each.app.store.nobody_touched(seen, each.began)
    except StoreError:
        raise
    except Exception:
        log.exception("offices are seen to one by one")
        return {}
