"""Prepares a shared workbook: what it still lacks is added in one write; what is filled in is never touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sheets_sync import setup
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.i18n import Language
from sheets_sync.jobs.month import current_period, load, month_view
from sheets_sync.jobs.publish import context_of
from sheets_sync.model import Message
from sheets_sync.setup.approvals import approval_requests


@dataclass(frozen=True, slots=True)
class SetupOutcome:
    """What was made in a workbook, what stood there already, and what a person should look at."""

    workbook: str
    made: tuple[str, ...]
    kept: tuple[str, ...]
    warnings: tuple[Message, ...]

    @property
    def status(self) -> int:
        return 0

    def text(self, t: Language) -> str:
        """The outcome in a few lines."""
        made = t("Made: {tabs}.", tabs=self.made) if self.made else t("Nothing was missing.")
        kept = [t("Left as they are: {tabs}.", tabs=self.kept)] if self.kept else []
        return "\n".join([made, *kept, *(f"! {t(warning)}" for warning in self.warnings)])

    def document(self, t: Language) -> dict[str, Any]:
        """The outcome as JSON."""
        warnings = [t(warning) for warning in self.warnings]
        return {"workbook": self.workbook, "made": self.made, "kept": self.kept, "warnings": warnings}


def set_up(app: App, workbook: str) -> SetupOutcome:
    """Reads a workbook of an office and adds the tabs it lacks: one read and at most one write.

    Raises:
        UsageError: it is no office's workbook.
        WorkbookError: it can't be read or written.
    """
    office = app.office_with(workbook)
    google = app.google(app.settings.key_file(office))
    google.login()
    google.list_workbooks()  # tells whether it is in the bin
    read = google.read(workbook)
    memory = load(app, office)
    view = month_view(office, memory, app.settings, app.clock())
    first = (current_period(office, app.clock()) + 1).year_start(office.year_starts_in)
    prepared = setup.prepare(
        context_of(view, office, app.settings, read.tabs),
        app.settings.inputs,
        workbook,
        read.grid.locale,
        read.tabs,
        memory.libraries,
        first,
    )
    guarding = approval_requests(office, google.account, workbook, read.tabs)
    if prepared.requests or guarding:
        google.write(workbook, [*prepared.requests, *guarding])
        _read_again(app, office, workbook)
    made = (*prepared.made, office.tabs.approvals) if guarding else prepared.made
    return SetupOutcome(workbook, made, prepared.kept, prepared.warnings)


def _read_again(app: App, office: Office, workbook: str) -> None:
    """A write of ours shortly after another would pass for that one, and what it brought would not be read."""
    if workbook in app.store.workbooks(office.code):
        with app.store.transaction(office.code, app.clock()) as tx:
            tx.read_again(workbook)
