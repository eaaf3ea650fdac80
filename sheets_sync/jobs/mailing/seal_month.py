"""Makes the report of a month and seals it, with the deliveries that are planned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.libraries.part import without_scores
from sheets_sync.jobs.mailing.approve import go_ahead, ruling
from sheets_sync.jobs.mailing.rendering import addressed_to, renderer_of
from sheets_sync.jobs.places.gather import reported_view
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import AsOf, Message, Period
from sheets_sync.model.left_out import LeftOut
from sheets_sync.reports.attachments import attachments, missing_in_letter
from sheets_sync.reports.seal import SealedFile, seal
from sheets_sync.reports.spool import Spool
from sheets_sync.rules.tabs import LETTER, left_out_of


def seal_period(
    app: App,
    office: Office,
    period: Period,
    version: int,
    only: Collection[str] = (),
    as_of: Mapping[str, datetime | None] = MappingProxyType({}),
    told: Callable[[Message], None] = lambda _: None,
) -> int:
    """Makes a period's report and saves it with its planned deliveries, in one transaction; gives how many are new.

    `as_of` are the workbooks that could not be read, with the moment whose figures stand in the report; `told` hears
    which library's mail could not be made.
    """
    settings = app.settings.of(office)
    go_ahead(app, office)
    view, at = reported_view(app, office, period), app.clock().astimezone(office.zone)
    month = replace(view.month, as_of=tuple(AsOf(name, at) for name, at in as_of.items()))
    renderer, missing = renderer_of(app, office, view), list[LeftOut]()
    may = ruling(app.store.approvals(office.code), settings)
    with Spool(app.settings.data) as spool:
        files = attachments(month, renderer.context, settings.reports, at, missing.append, spool.keep)
        month = replace(month, findings=(*map(missing_in_letter, missing), *month.findings))
        without = (left_out_of(each.library.name, LETTER, each.problem) for each in missing)
        for said in (*without_scores(view.left_out), *without):
            told(said)
        outbox = Outbox(month, renderer, settings.reports, settings.mail, version, at, may, told, spool.keep)
        planned = addressed_to(list(outbox.planned(files)), only)
        kept = [SealedFile(each.name, each.kept) for each in files]
        with app.store.transaction(office.code, at) as tx:
            tx.sealed(seal(month, version, at, kept), view.scheme, mail_waits=not as_of)
            return tx.plan(planned)
