"""The places above offices: what their regencies gave is gathered, added up and written into their own `Rekap`.

A region costs nothing while nothing changed: neither what was given, nor the configuration, nor the day.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from functools import partial

from sheets_sync import __version__, kpi, rekap
from sheets_sync.app import App
from sheets_sync.config.places import Region
from sheets_sync.errors import ConfigError, SheetsSyncError, StoreError, unexpected
from sheets_sync.google import GoogleClient, ReadWorkbook
from sheets_sync.google.transport import as_sent
from sheets_sync.jobs.fetch import SyncOrder
from sheets_sync.jobs.inputs import fingerprint, own_layout, own_tabs
from sheets_sync.jobs.mailing.marks import mark_reports, marking_from
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.jobs.places.gather import givers, region_view_of, reported_span
from sheets_sync.jobs.places.place_files import bring_in_folder
from sheets_sync.jobs.places.region import RegionView
from sheets_sync.jobs.send import Sent, WritePart, send
from sheets_sync.jobs.untold import hidden_pages, left_places
from sheets_sync.model import Message, Reported, TimeSpan, msg
from sheets_sync.rules.workbooks import page_refused
from sheets_sync.store import PageState, WorkbookReading, WorkbookRecord
from sheets_sync.store.places import of_file

log = logging.getLogger(__name__)


def region_of(app: App, code: str) -> Region:
    """A place above offices that has a workbook and reports.

    Raises:
        ConfigError: there is none of that code.
    """
    found = next((region for region in app.settings.regions if region.code == code), None)
    if (trouble := app.settings.trouble(code)) is not None:
        raise trouble.error
    if found is None:
        known = [region.code for region in app.settings.regions]
        raise ConfigError(msg("There is no place {code} with a workbook. Known: {known}.", code=code, known=known))
    return found


def sync_regions(app: App, order: SyncOrder) -> SyncOutcome:
    """Every place's pages, after its offices; one that fails stops no other, a program that is to end begins none."""
    outcome = SyncOutcome()
    if order.workbooks or not app.settings.regions:
        return outcome
    if app.stopping.is_set():
        return SyncOutcome(left=tuple(region.code for region in app.settings.regions))
    outcome += SyncOutcome(failures=tuple(bring_in_folder(app)), warnings=_left_places(app, order))
    for region in app.settings.regions:
        try:
            outcome += sync_region(app, region, order)
        except StoreError:
            raise
        except SheetsSyncError as error:
            outcome += SyncOutcome.of(error, region.code, region.workbook)
        except Exception as error:  # what nobody thought of at one place must not stop the others
            log.exception("place %s", region.code)
            outcome += SyncOutcome(failures=(Failure(region.code, unexpected(error), usage=False),))
    return outcome


def _left_places(app: App, order: SyncOrder) -> tuple[Message, ...]:
    """What is said once of places that are in the tree no more, though files gave figures for them."""
    codes = app.settings.places.by_code.keys()
    found = app.store.left_places(codes) if order.dry_run else app.store.tell_left_places(codes, app.clock())
    return tuple(left_places(found))


def sync_region(app: App, region: Region, order: SyncOrder) -> SyncOutcome:
    """Adds up the region's month and writes its pages, where they do not say so already; marks its reports."""
    sign, stands, outcome = _sign(app, region), app.store.glance(region.code).page_state, SyncOutcome()
    if order.full or stands is None or stands.inputs_digest != sign:
        google = app.google(app.settings.key_file(region))
        google.login()
        outcome = _write(app, google, region, region_view_of(app, region), order, sign)
    if order.dry_run:
        return outcome
    _note_fresh(app, region)
    known = app.store.reporting(region.code, app.clock())
    if marking_from(known, region, app.clock()).unmarked:
        mark_reports(app, app.google(app.settings.key_file(region)), region, known)
    return outcome


def _note_fresh(app: App, region: Region) -> None:
    """The region's own workbook is seen to; how fresh its figures are, those of its offices tell. Files are not waited for."""
    with app.store.transaction(region.code, app.clock()) as tx:
        tx.are_fresh((region.workbook,))
        tx.is_looked_after()


def _sign(app: App, region: Region) -> str:
    """A sign of all that the region's pages are made from, the day among it: once a day they are looked at again."""
    places = givers(app, region)
    files = (of_file(place.code) for place in places)
    given = app.store.given_stamps([*(code for place in places for code in place.offices), *files])
    configured = (region, app.settings.places, app.settings.of(region).schemes)
    unused = app.settings.troubled(code for place in places for code in place.offices)
    parts = (__version__, configured, app.clock().astimezone(region.zone).date(), given, *unused)
    return hashlib.blake2s(repr(parts).encode()).hexdigest()


def planned_pages(
    app: App, region: Region, view: RegionView, read: ReadWorkbook | None
) -> tuple[rekap.PlannedPage, ...]:
    """The region's pages over its workbook as it was read; None: as if it were empty."""
    record = app.store.workbooks(region.code).get(region.workbook)
    tabs = read.tabs if read else ()
    context = rekap.Context(
        month=view.month,
        office=region,
        elements=app.settings.of(region).elements,
        labels=kpi.labels(view.scheme, view.month.period),
        links=rekap.tab_links(region, tabs, record.own if record else {}),
        findings=(),
    )
    kinds = sorted(view.kinds.items(), key=lambda kind: (kind[0] != view.kind, kind))
    return rekap.plan_region(context, kinds, tabs)


def _write(
    app: App, google: GoogleClient, region: Region, view: RegionView, order: SyncOrder, sign: str
) -> SyncOutcome:
    """Reads the region's workbook, and sends the pages that its tabs do not show.

    Raises:
        WorkbookError: it could not be read or written, or it is unknown whether it was; the next run tries again.
    """
    read = google.read(region.workbook)
    known = _remember_read(app, region, read)
    hashes = app.store.load(region.code, view.month.period).pages
    planned = planned_pages(app, region, view, read)
    hidden = tuple(hidden_pages(region, read, known))
    pages = [page for page in planned if not page.stands or hashes.get(page.page.role) != page.digest]
    parts = [WritePart(page.requests, page.page.role) for page in pages if page.requests]
    requests = [request for part in parts for request in part.requests]
    if order.dry_run:
        return SyncOutcome(planned={region.workbook: as_sent(requests)} if requests else {}, warnings=hidden)
    push = partial(google.write_slice, region.workbook)
    sent = send(partial(google.write, region.workbook), parts, push) if parts else Sent()
    if sent.written is not None:
        _remember_written(app, region, sent, pages)
    if not sent.refused and not sent.waiting:
        with app.store.transaction(region.code, app.clock()) as tx:
            tx.pages_stand(PageState(sign, {}))
    return _outcome(google, region, sent, pages) + SyncOutcome(warnings=hidden)


def _remember_read(app: App, region: Region, read: ReadWorkbook) -> WorkbookRecord | None:
    """How the workbook stands; nothing in it is taken as a figure. Gives what was known of it."""
    known = app.store.workbooks(region.code).get(region.workbook)
    own = own_tabs(read, region, known.own if known else {})
    reading = WorkbookReading(
        workbook=region.workbook,
        title=read.grid.title,
        locale=read.grid.locale,
        version=None,
        fingerprint=fingerprint(read.grid, own),
        changed=False,
        observations=(),
        findings=(),
        reasons={},
        notes=(),
        tabs={},
        layout=own_layout(read, own.values()),
        own=own,
        marks=read.marks,
    )
    with app.store.transaction(region.code, app.clock()) as tx:
        tx.was_read(reading)
    return known


def _remember_written(app: App, region: Region, sent: Sent, pages: Sequence[rekap.PlannedPage]) -> None:
    if sent.written is None:
        return
    stand = {part.role for part in sent.stand}
    known = app.store.workbooks(region.code)[region.workbook]
    own = own_tabs(sent.written.after, region, {**known.own, **{page.page.role: page.sheet_id for page in pages}})
    hashes = {page.page.role: page.digest for page in pages if page.page.role in stand}
    layout = own_layout(sent.written.after, own.values())
    with app.store.transaction(region.code, app.clock()) as tx:
        tx.was_written(region.workbook, hashes, sent.written.at, layout, own, again=False)


def _outcome(google: GoogleClient, region: Region, sent: Sent, pages: Sequence[rekap.PlannedPage]) -> SyncOutcome:
    titles = {page.page.role: page.page.title for page in pages}
    refused = [
        page_refused(titles[part.role], google.account, error.problem) for part, error in sent.refused if part.role
    ]
    failures = tuple(Failure(region.workbook, said, usage=False) for said in refused)
    tabs = [titles[part.role] for part in sent.stand if part.role is not None]
    return SyncOutcome(
        read=(region.workbook,), written={region.workbook: tabs} if sent.written else {}, failures=failures
    )


def nothing_given(app: App, region: Region, period: Reported) -> Message | None:
    """Why a region's report would say nothing true: no place under it gave anything for the month, quarter or year."""
    if isinstance(period, TimeSpan):
        known = bool(reported_span(app, region, period).whole.kinds)
    else:
        known = bool(region_view_of(app, region, period).kinds)
    if known:
        return None
    return msg(
        "No place under {place} has figures of {period}, so there is nothing to report. Run `sheets-sync sync`, or bring "
        "in a file with `sheets-sync import-region`.",
        place=region.name,
        period=period,
    )
