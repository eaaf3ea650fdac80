"""The main job, once: list what changed, read it, understand it, remember it, score it, write the pages that changed.

An undisturbed run costs one Drive list for each key, one read for each changed workbook, and one write for each office
whose pages change. A failure of one workbook never stops the others.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, StoppedError, StoreError
from sheets_sync.google import FileVersion, GoogleClient
from sheets_sync.jobs.decisions import note_answers, with_decisions
from sheets_sync.jobs.fetch import Due, Fetched, OneMore, SyncOrder, WorkbookReader, fetch
from sheets_sync.jobs.ingest import Ingested, ingest, remember
from sheets_sync.jobs.libraries.unknown_kinds import words_without_library
from sheets_sync.jobs.mailing.approve import settle_waiting_of
from sheets_sync.jobs.mailing.marks import mark_reports
from sheets_sync.jobs.mailing.situation import hindrance_of
from sheets_sync.jobs.month import load_with_reporting, month_view, shown_period
from sheets_sync.jobs.outcome import SyncOutcome
from sheets_sync.jobs.placeholders import placeholders
from sheets_sync.jobs.places.regions import sync_regions
from sheets_sync.jobs.plan import plan_writes
from sheets_sync.jobs.progress import Progress, Tally, silent
from sheets_sync.jobs.publish import Publishing, publish
from sheets_sync.jobs.rounds import Round, ahead, failed, held, left_out, open_rounds, reading_ahead, side_by_side
from sheets_sync.jobs.survey import OfficeWork
from sheets_sync.jobs.untold import all_hidden_pages, begun_anew, newly_left_inputs, stray_templates
from sheets_sync.jobs.untouched import OfficeEnd, without_untouched
from sheets_sync.store import ReportMemory, Stood, Transaction

log = logging.getLogger(__name__)


def sync(app: App, order: SyncOrder, progress: Progress = silent) -> SyncOutcome:
    """The main job for every office: all credentials side by side, the most urgent offices of each first.

    Then for the places above them.
    """
    opened, outcome = open_rounds(app, order)
    with held(app, opened) as (rounds, busy):
        parted = [without_untouched(each) for each in rounds]
        rest = [each for each, _ in parted]
        progress.begins(ahead(app, rest))
        do = partial(_one, order=order, tally=Tally(progress))
        ends = {code: end for _, ended in parted for code, end in ended.items()}
        ends |= {each.office: each for each in side_by_side(rest, app.settings.google.threads, do)}
    outcome = sum((ends[office.code].outcome for office in app.settings.offices if office.code in ends), outcome + busy)
    samples = placeholders(app.settings, app.clock().astimezone(app.settings.offices[0].zone).date())
    return (
        outcome
        + left_out(app, order)
        + sync_regions(app, order)
        + _waiting(app, ends)
        + SyncOutcome(warnings=samples + stray_templates(app.settings))
    )


def _one(each: Round, reader: WorkbookReader, work: OfficeWork, order: SyncOrder, tally: Tally) -> OfficeEnd:
    """An office's sync and its end; whatever it meets stops no other, but for the store, which is everybody's."""
    office, (one_more, through) = work.office, tally.share(len(work.due.read))
    try:
        if each.app.stopping.is_set():
            return OfficeEnd(office.code, SyncOutcome(left=(office.code,)))
        done, known = sync_office(each, reader, work, order, one_more)
        return OfficeEnd(office.code, done + _mark(each, office, known, order))
    except StoppedError:
        return OfficeEnd(office.code, SyncOutcome(left=(office.code,)))
    except StoreError:  # nothing can be remembered of any
        raise
    except Exception as error:  # noqa: BLE001 - it is logged and told
        return OfficeEnd(office.code, failed(office.code, error))
    finally:
        through()


def _mark(each: Round, office: Office, known: ReportMemory, order: SyncOrder) -> SyncOutcome:
    """Marks the reports that have no mark yet; tells of an office that was known by another code."""
    told = SyncOutcome(warnings=tuple(begun_anew(each.app, office)) if known.office is None else ())
    try:
        if not order.dry_run:
            mark_reports(each.app, each.google, office, known)
    except SheetsSyncError as error:
        return told + SyncOutcome.of(error, office.code, office.workbook)
    return told


def _note_seen(each: Round, done: SyncOutcome, known: ReportMemory, tx: Transaction) -> None:
    """Notes what is known to be as it stands here since the run began."""
    tx.are_fresh((*done.read, *done.adopted, *done.unchanged), each.began)
    if known.office is None:
        tx.is_looked_after(each.began)


def _waiting(app: App, ends: Mapping[str, OfficeEnd]) -> SyncOutcome:
    """What stops the next report of each office."""
    outcome, known = SyncOutcome(), {code: end.known for code, end in ends.items() if end.known is not None}
    known |= _remembered(app, [office.code for office in app.settings.offices if office.code not in known])
    for office in app.settings.offices:
        try:
            found = hindrance_of(app, office, known.get(office.code))
            outcome += SyncOutcome(warnings=(found.told,) if found else ())
        except Exception as error:  # noqa: BLE001 - as above: nobody is told of it but here
            outcome += failed(office.code, error)
    return outcome


def _remembered(app: App, offices: Collection[str]) -> Mapping[str, ReportMemory]:
    """What is remembered for offices' reports; empty where it fails for one of them: then each is asked for by itself."""
    try:
        return app.store.reportings(offices, app.clock()) if offices else {}
    except StoreError:
        raise
    except Exception:
        log.exception("offices' reports are looked at one by one")
        return {}


def sync_office(
    each: Round, reader: WorkbookReader, work: OfficeWork, order: SyncOrder, one_more: OneMore
) -> tuple[SyncOutcome, ReportMemory]:
    """The main job for one office: fetch, ingest, load, view, plan, publish. Gives what is remembered for its reports, too."""
    app, google, listed, office, due = each.app, each.google, each.listed, work.office, work.due
    settings = app.settings.of(office)
    outcome = _acknowledge(app, office, due, listed)
    if work.stands is not None:
        known = app.store.reporting(office.code, app.clock())
        with app.store.transaction(office.code, app.clock()) as tx:
            _note_seen(each, outcome, known, tx)
        return outcome + SyncOutcome(findings=work.stands.findings), known
    fetched = fetch(reader, due.read, one_more)
    ingested, stood = _ingest(app, google, office, fetched, listed)
    if ingested.register_changed and (others := _others(office, due)):  # they may now belong to other libraries
        more, stood = _ingest(app, google, office, _fetch_besides(app, google, others), listed)
        ingested = ingested.with_more(more)
    outcome += ingested.outcome
    memory, known = load_with_reporting(app, office, replace(stood, looks=work.glance.first_looks))
    view = with_decisions(app, office, memory, month_view(office, memory, settings, app.clock()), known)
    outcome += SyncOutcome(warnings=words_without_library(settings, memory.libraries, memory.period))
    outcome += SyncOutcome(warnings=all_hidden_pages(office, ingested.read, memory.workbooks))
    left = newly_left_inputs(office, work.glance.workbooks, memory.observations)
    outcome += SyncOutcome(warnings=tuple(left))
    plans = plan_writes(view, memory, office, settings, ingested.read, app.clock())
    month = Publishing(app, google, office, view, ingested.read, memory)
    seen = partial(_note_seen, each, outcome, known)
    return outcome + publish(month, plans, seen, dry_run=order.dry_run), known


def _acknowledge(app: App, office: Office, due: Due, listed: Mapping[str, FileVersion]) -> SyncOutcome:
    """Remembers the versions that our own writes made, so that they are not read."""
    if due.own_writes:
        with app.store.transaction(office.code, app.clock()) as tx:
            for workbook in due.own_writes:
                tx.own_write_seen(workbook, listed[workbook].version)
    return SyncOutcome(adopted=due.own_writes, unchanged=due.unchanged)


def _ingest(
    app: App, google: GoogleClient, office: Office, fetched: Mapping[str, Fetched], listed: Mapping[str, FileVersion]
) -> tuple[Ingested, Stood]:
    """Understands what was fetched and saves it, all of an office in one transaction; gives what is known to stand then, too.

    Where many figures turned into errors at once, the workbook is read once more before anything is believed.
    """
    if not fetched:
        return Ingested(), Stood()
    settings = app.settings.of(office)
    memory = app.store.before_reading(office.code, shown_period(settings, office, app.clock()))
    ingested = ingest(fetched, memory, office, settings, listed)
    if ingested.turned:
        again = _fetch_besides(app, google, ingested.turned)
        ingested = ingest({**fetched, **again}, memory, office, settings, listed)
    with app.store.transaction(office.code, app.clock()) as tx:
        standing = remember(tx, ingested, memory.standing)
        changed = note_answers(tx, office, google.account, ingested.read, memory, listed, app.clock())
    if changed:
        settle_waiting_of(app, office)
    besides = None if tx.changed_besides else memory.besides
    layouts = {reading.workbook: reading.layout for reading in ingested.readings}
    return ingested.saved, Stood(standing.months if standing else None, besides, layouts=layouts)


def _fetch_besides(app: App, google: GoogleClient, workbooks: Sequence[str]) -> dict[str, Fetched]:
    """Reads what nobody knew before that it would have to be read."""
    with reading_ahead(app, google, workbooks) as ahead:
        return fetch(ahead, workbooks)


def _others(office: Office, due: Due) -> list[str]:
    return [workbook for workbook in office.workbooks if workbook not in due.read]
