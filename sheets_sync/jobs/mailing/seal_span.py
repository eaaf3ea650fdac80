"""Makes the report of a quarter or year, and seals it: once, on the same figures and for the same people as a month's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.libraries.part import without_scores
from sheets_sync.jobs.mailing.approve import ruling
from sheets_sync.jobs.mailing.rendering import addressed_to, renderer_for
from sheets_sync.jobs.places.gather import reported_span
from sheets_sync.jobs.span import SpanView
from sheets_sync.mail.span_outbox import SpanOutbox
from sheets_sync.model import AsOf, Message, TimeSpan
from sheets_sync.reports.seal import Seal, SealedFile, figures_of, figures_of_places
from sheets_sync.reports.span_files import span_attachments
from sheets_sync.reports.spool import Spool
from sheets_sync.rules.tabs import LETTER, left_out_of


def seal_span(
    app: App,
    office: Office,
    span: TimeSpan,
    version: int,
    addresses: Collection[str] = (),
    as_of: Mapping[str, datetime | None] = MappingProxyType({}),
    told: Callable[[Message], None] = lambda _: None,
) -> int:
    """Makes the report and saves it with its planned deliveries, in one transaction; gives how many are new.

    Its arguments are those of `seal_period`.
    """
    settings, at = app.settings.of(office), app.clock().astimezone(office.zone)
    view = reported_span(app, office, span)
    whole = replace(view.whole, as_of=tuple(AsOf(name, moment) for name, moment in as_of.items()))
    renderer = renderer_for(app, office, view.scheme, span.last)
    may = ruling(app.store.approvals(office.code), settings)
    with Spool(app.settings.data) as spool:
        files, missing = span_attachments(whole, renderer.context, settings.reports, at, spool.keep)
        without = (left_out_of(each.library.name, LETTER, each.problem) for each in missing)
        for said in (*without_scores(view.left_out), *without):
            told(said)
        outbox = SpanOutbox(whole, renderer, settings.reports, settings.mail, version, at, may, told, spool.keep)
        planned = addressed_to(list(outbox.planned(files)), addresses)
        kept = tuple(SealedFile(each.name, each.kept) for each in files)
        with app.store.transaction(office.code, at) as tx:
            tx.sealed(span_seal(view, version, at, kept), view.scheme, mail_waits=not as_of)
            return tx.plan(planned)


def span_seal(view: SpanView, version: int, at: datetime, files: tuple[SealedFile, ...] = ()) -> Seal:
    """The seal of a quarter or year: every figure of its months."""
    whole = view.whole
    figures = (*figures_of(view.observations), *figures_of_places(whole.libraries))
    return Seal(whole.office, whole.span.last, version, whole.scheme, at, figures, files, whole.span.kind.value)
