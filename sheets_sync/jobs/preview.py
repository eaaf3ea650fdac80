"""What would be sent or written, as files to look at: no network, no seal, nothing in the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.config.places import Region
from sheets_sync.config.private import private_file
from sheets_sync.jobs.mailing.approve import rehearsed
from sheets_sync.jobs.mailing.refusals import refuse_unfinished
from sheets_sync.jobs.mailing.rendering import renderer_for, renderer_of, to_log
from sheets_sync.jobs.month import MonthView, load, month_view
from sheets_sync.jobs.places.gather import region_view_of, reported_span
from sheets_sync.jobs.places.region import RegionView
from sheets_sync.jobs.places.regions import planned_pages
from sheets_sync.jobs.plan import plan_pages
from sheets_sync.mail.files import rehearse
from sheets_sync.mail.ledger import Planned
from sheets_sync.mail.outbox import Outbox
from sheets_sync.mail.span_outbox import SpanOutbox
from sheets_sync.model import Message, Reported, TimeSpan
from sheets_sync.rekap.html import html
from sheets_sync.rekap.page import Page
from sheets_sync.reports.attachments import attachments
from sheets_sync.reports.rendered import Attachment
from sheets_sync.reports.seal import SealedFile
from sheets_sync.reports.span_files import span_attachments
from sheets_sync.reports.spool import Spool
from sheets_sync.store import Memory


def rehearse_report(
    app: App, office: Office, period: Reported, folder: Path, told: Callable[[Message], None] = to_log
) -> Path:
    """Renders every message and page of a report into a folder, from the last good data; gives the page to begin with.

    `told` hears whose mail could not be made.

    Raises:
        UsageError: the month, quarter or year is not over.
    """
    refuse_unfinished(app, office, period)
    if isinstance(period, TimeSpan):
        return _rehearse_span(app, office, period, folder)
    settings, at = app.settings.of(office), app.clock().astimezone(office.zone)
    view: MonthView | RegionView
    if isinstance(office, Region):
        view = region_view_of(app, office, period)
        made = [planned.page for planned in planned_pages(app, office, view, None)]
    else:
        memory = load(app, office, period)
        view = month_view(office, memory, settings, app.clock())
        made = [planned.page for planned in plan_pages(view, memory, office, settings)[0]]
    renderer = renderer_of(app, office, view)
    may = rehearsed(app.store.approvals(office.code), settings)
    title = renderer.context.say("letter_subject", month=period)
    _keep(made, office, folder / office.code / "pages")
    with Spool(folder) as spool:
        outbox = Outbox(view.month, renderer, settings.reports, settings.mail, 1, at, may, told, spool.keep)
        files = attachments(view.month, renderer.context, settings.reports, at, keep=spool.keep)
        return _rehearsed(folder / office.code / str(period), title, files, outbox.planned(files))


def _rehearse_span(app: App, office: Office, span: TimeSpan, folder: Path) -> Path:
    settings, view, at = app.settings.of(office), reported_span(app, office, span), app.clock().astimezone(office.zone)
    renderer = renderer_for(app, office, view.scheme, view.whole.span.last)
    may = rehearsed(app.store.approvals(office.code), settings)
    title = renderer.context.say("span_letter_subject", span=span)
    with Spool(folder) as spool:
        outbox = SpanOutbox(view.whole, renderer, settings.reports, settings.mail, 1, at, may, keep=spool.keep)
        files, _ = span_attachments(view.whole, renderer.context, settings.reports, at, spool.keep)
        return _rehearsed(folder / office.code / str(span), title, files, outbox.planned(files))


def _rehearsed(folder: Path, title: str, files: Iterable[Attachment], planned: Iterable[Planned]) -> Path:
    kept = (SealedFile(each.name, each.kept) for each in files)
    return rehearse(folder, title, kept, (each for each in planned if not each.held))


def rehearse_sync(app: App, planned: Mapping[str, Sequence[Mapping[str, Any]]], folder: Path) -> Path:
    """What a dry run would have written: every request, a file for each workbook, and each office's pages.

    Returns:
        The first office's first page, from which one can click on.
    """
    for workbook, requests in planned.items():
        text = json.dumps({"requests": list(requests)}, ensure_ascii=False, indent=1)
        private_file(folder / f"{workbook}.json").write_text(text, encoding="utf-8")
    offices = app.settings.offices
    first, *_ = [keep_present(app, office, folder / office.code) for office in offices]
    return first


def keep_present(app: App, office: Office, folder: Path) -> Path:
    """The pages as they should stand now."""
    memory = load(app, office)
    return keep_pages(app, office, month_view(office, memory, app.settings.of(office), app.clock()), memory, folder)


def keep_pages(app: App, office: Office, view: MonthView, memory: Memory, folder: Path) -> Path:
    """The office's pages as a browser shows them; gives the first."""
    planned = plan_pages(view, memory, office, app.settings.of(office))[0]
    return _keep([each.page for each in planned], office, folder)


def _keep(pages: Sequence[Page], office: Office, folder: Path) -> Path:
    links = [(page.title, f"{page.role}.html") for page in pages]
    for page in pages:
        text = html(page, office.language, links)
        private_file(folder / f"{page.role}.html").write_text(text, encoding="utf-8")
    return folder / f"{pages[0].role}.html"
