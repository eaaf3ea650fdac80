"""What renders an office's reports, in its own words, and to whom of those who get them they go."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable

from sheets_sync import kpi
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import UsageError
from sheets_sync.jobs.month import MonthView
from sheets_sync.jobs.places.region import RegionView
from sheets_sync.kpi.scheme import Scheme
from sheets_sync.mail.ledger import Planned
from sheets_sync.model import Message, Period, msg
from sheets_sync.reports.context import report_context
from sheets_sync.reports.render import Renderer

log = logging.getLogger(__name__)


def renderer_of(app: App, office: Office, view: MonthView | RegionView) -> Renderer:
    """What renders an office's reports, in its own words."""
    return renderer_for(app, office, view.scheme, view.month.period)


def renderer_for(app: App, office: Office, scheme: Scheme, period: Period) -> Renderer:
    """The same by a scheme, as it is called in a month."""
    settings, labels = app.settings.of(office), kpi.labels(scheme, period)
    options = settings.reports
    return Renderer(report_context(office, settings.elements, labels, options.templates, options.headline))


def addressed_to(planned: list[Planned], addresses: Collection[str]) -> list[Planned]:
    """The deliveries to some addresses; without any, all.

    Raises:
        UsageError: nobody gets this report under one of them.
    """
    wanted = {address.casefold() for address in addresses}
    chosen = [each for each in planned if not wanted or each.key.recipient.casefold() in wanted]
    missing = wanted - _recipients(chosen)
    if missing:
        raise UsageError(msg("Nobody gets this report under {addresses}.", addresses=sorted(missing)))
    return chosen


def _recipients(planned: Iterable[Planned]) -> set[str]:
    return {each.key.recipient.casefold() for each in planned}


def to_log(problem: Message) -> None:
    """Where it is told which mail or page could not be made, if nobody else listens."""
    log.warning("%s", problem)
