"""What would be sent or written, as files to look at: no network, no seal, nothing in the ledger."""

from __future__ import annotations

from pathlib import Path

from sheets_sync.app import App
from sheets_sync.mail.kept import KeptMail
from sheets_sync.mail.outbox import Outbox
from sheets_sync.model import Period
from sheets_sync.monthly import attachments_of, refuse_unfinished, renderer_of
from sheets_sync.office import Office
from sheets_sync.overview import overview


def rehearse_report(app: App, office: Office, period: Period, folder: Path) -> Path:
    """Renders every message of a month into a folder, from the last good data; gives the page to begin with.

    Raises:
        UsageError: the month is not over.
    """
    refuse_unfinished(app, office, period)
    view, at = overview(app, office, period), app.clock().astimezone(office.zone)
    outbox = Outbox(view.month, renderer_of(app, office, view), app.settings.reports, app.settings.mail, 1, at)
    kept = KeptMail(folder / office.code / str(period))
    for planned in outbox.planned(attachments_of(app, office, view)):
        kept.add(planned.message, [planned.key.recipient])
    return kept.index
