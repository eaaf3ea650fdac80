"""Prepares a shared workbook: what it still lacks is added in one write; what is filled in is never touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheets_sync import setup
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.i18n import Language
from sheets_sync.jobs.decisions import note_uncounted
from sheets_sync.jobs.inputs import own_tabs
from sheets_sync.jobs.month import current_period, load, month_view
from sheets_sync.jobs.plan import context_of
from sheets_sync.model import Library, Message, Period, State, register_sheets
from sheets_sync.setup.approvals import approval_requests
from sheets_sync.store import Memory


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


def set_up(app: App, workbook: str, first: Period | None = None) -> SetupOutcome:
    """Reads a workbook of an office and adds the tabs it lacks: one read and at most one write.

    `first` is the first month of the year to be filled in; None: of the year that it is.

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
    settings = app.settings.of(office)
    view = month_view(office, memory, settings, app.clock())
    first = first or (current_period(office, app.clock()) + 1).year_start(office.year_starts_in)
    context = context_of(view, memory, office, settings, read.tabs)
    prepared = setup.prepare(
        context,
        settings.inputs,
        read.grid,
        read.tabs,
        [each for each in memory.libraries if _types_here(each, office, workbook, first)],
        first,
        _known(memory, workbook, first),
    )
    guarding = approval_requests(office, google.account, workbook, read.tabs)
    if guarding:  # what was typed while others could write is no answer
        with app.store.transaction(office.code, app.clock()) as tx:
            note_uncounted(tx, read, memory, app.clock())
    if prepared.requests or guarding:
        written = google.write(workbook, [*prepared.requests, *guarding])
        _remember(app, office, workbook, own_tabs(written.after, office, context.links.sheet_ids))
    made = (*prepared.made, office.tabs.approvals) if guarding else prepared.made
    return SetupOutcome(workbook, made, prepared.kept, prepared.warnings)


def _types_here(library: Library, office: Office, workbook: str, first: Period) -> bool:
    """Whether the library is in service in the year, and no other workbook is bound to it."""
    bound = {code: book for book, codes in office.bound_to.items() for code in codes}
    book = next((bound[code] for code in (library.code, library.known_as) if code in bound), None)
    others = workbook in office.bound_to if book is None else book != workbook
    return not others and any(library.active_in(first + month) for month in range(12))


def _known(memory: Memory, workbook: str, first: Period) -> setup.KnownTabs:
    """What is remembered of a workbook's tabs that people type into, in the year that begins with `first`."""
    record = memory.workbooks.get(workbook)
    figures = [seen for seen in memory.observations if seen.state is not State.EMPTY]
    here, fed = [seen for seen in figures if seen.cell.workbook == workbook], defaultdict(set)
    for seen in here:
        if seen.period >= first:
            fed[seen.library].add(seen.cell.sheet_id)
    return setup.KnownTabs(
        libraries={sheet: tab.library for sheet, tab in record.tabs.items()} if record else {},
        counted=frozenset(seen.cell.sheet_id for seen in here),
        register=frozenset(sheet for book, sheet in register_sheets(memory.libraries) if book == workbook),
        fed={library: frozenset(sheets) for library, sheets in fed.items()},
        elsewhere=frozenset(
            seen.library for seen in figures if seen.period >= first and seen.cell.workbook != workbook
        ),
    )


def _remember(app: App, office: Office, workbook: str, own: Mapping[str, int]) -> None:
    """The pages that were made or taken over are ours from now on, whatever people call them.

    The next run reads the workbook: a write of ours shortly after another would pass for that one.
    """
    with app.store.transaction(office.code, app.clock()) as tx:
        if workbook == office.workbook:
            tx.tabs_made(workbook, own)
        if workbook in app.store.workbooks(office.code):
            tx.read_again(workbook)
