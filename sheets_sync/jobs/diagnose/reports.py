"""The office's own templates and sentences: whether the next report could be made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.jobs.diagnose.check import Check, guarded
from sheets_sync.jobs.mailing.refusals import nothing_to_report_on
from sheets_sync.jobs.mailing.rendering import renderer_of
from sheets_sync.jobs.month import current_period, view_of
from sheets_sync.jobs.preview import rehearse_report
from sheets_sync.model import Message, msg


def templates(app: App) -> Iterator[Check]:
    """A line for each office that has templates of its own: the last month's report is made of them, and sent to nobody."""
    for office in app.settings.offices:
        own = app.settings.of(office).reports.templates
        if own is not None and own.is_dir():  # one that is away is told with the other folders
            yield from guarded("templates", _tried(app, office, own), office.name)


def _tried(app: App, office: Office, own: Path) -> Iterator[Check]:
    period = current_period(office, app.clock())
    renderer_of(app, office, view_of(app, office, period)).load()
    if nothing_to_report_on(app, office, period) is None:
        left_out = list[Message]()
        with TemporaryDirectory() as folder:
            rehearse_report(app, office, period, Path(folder), left_out.append)
        yield from (Check("templates", False, said) for said in left_out)
    yield Check("templates", True, msg("Reports can be made of the templates in {path}.", path=own))
