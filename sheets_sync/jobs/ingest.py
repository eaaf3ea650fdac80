"""What was read is understood and remembered: the register first, then each workbook's figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sheets_sync import intake
from sheets_sync.app import App
from sheets_sync.config.office import Office
from sheets_sync.errors import SheetsSyncError, TabMissingError
from sheets_sync.google import FileVersion, parse_workbook
from sheets_sync.jobs.diagnose import wrong_locale
from sheets_sync.jobs.fetch import Answer
from sheets_sync.jobs.inputs import fingerprint, inputs_of, own_layout, own_tabs, reasons_in
from sheets_sync.jobs.outcome import Failure, SyncOutcome
from sheets_sync.model import Message, msg
from sheets_sync.model.grid import Workbook
from sheets_sync.store import findings, observations, register
from sheets_sync.store import workbooks as workbook_rows
from sheets_sync.store.codec import encode
from sheets_sync.store.workbooks import KnownTab


@dataclass(frozen=True, slots=True)
class Ingested:
    """The workbooks that were understood, and whether the register differs from before."""

    grids: Mapping[str, Workbook]
    register_changed: bool


def ingest(
    app: App,
    office: Office,
    answers: Mapping[str, Answer],
    listed: Mapping[str, FileVersion],
    outcome: SyncOutcome,
) -> Ingested:
    """Interprets and stores what was read, workbook by workbook."""
    good = dict(_good(app, office, answers, outcome))
    grids = {workbook: parse_workbook(answer) for workbook, answer in good.items()}
    home, changed = office.register_workbook or office.workbook, False
    if home in grids:
        try:
            changed = _ingest_register(app, office, grids[home])
        except SheetsSyncError as error:
            _fail(app, office, home, error, outcome)
            del grids[home]
    for workbook, grid in grids.items():
        _ingest_figures(app, office, good[workbook], grid, listed.get(workbook), outcome)
        outcome.read.append(workbook)
    return Ingested(grids, changed)


def _good(
    app: App, office: Office, answers: Mapping[str, Answer], outcome: SyncOutcome
) -> list[tuple[str, Mapping[str, Any]]]:
    """The workbooks that were read; those that could not be are noted with the reason."""
    good = []
    for workbook, answer in answers.items():
        if isinstance(answer, SheetsSyncError):
            _fail(app, office, workbook, answer, outcome)
        else:
            good.append((workbook, answer))
    return good


def _ingest_register(app: App, office: Office, grid: Workbook) -> bool:
    title = office.tabs.libraries
    tab = next((tab for tab in grid.tabs if tab.title.casefold() == title.casefold()), None)
    if tab is None:
        raise TabMissingError(
            msg(
                "Workbook {workbook} has no tab {tab} with the list of libraries. Rename that tab back, or run "
                "`sheets-sync setup {workbook}`. The figures read before stay.",
                workbook=grid.id,
                tab=title,
            )
        )
    read = intake.read_register(tab, grid.id, app.settings.inputs, grid.locale)
    with app.store.engine.begin() as connection:
        findings.record(connection, office.code, f"register:{grid.id}", read.findings, app.clock())
        return register.record(connection, office.code, read.libraries, app.clock())


def _ingest_figures(
    app: App,
    office: Office,
    answer: Mapping[str, Any],
    grid: Workbook,
    version: FileVersion | None,
    outcome: SyncOutcome,
) -> None:
    at, own, settings = app.clock(), own_tabs(answer, office), app.settings
    known = app.store.workbooks.of(office.code).get(grid.id)
    tabs = known.tabs if known else {}
    libraries = app.store.register.libraries(office.code)
    read = intake.interpret(inputs_of(grid, own), libraries, settings.elements, settings.inputs, office, _owners(tabs))
    used = {tab.sheet_id: KnownTab(tab.title, tab.library or "") for tab in read.tabs if tab.tables}
    lost = {
        sheet: tab if tab.last_read else replace(tab, last_read=known.read_at if known else None)
        for sheet, tab in _lost(app, grid, tabs, used, {library.code for library in libraries}).items()
    }
    outcome.failures += [Failure.of(grid.id, TabMissingError(tab_lost(tab.title, grid.title))) for tab in lost.values()]
    if grid.locale != office.locale:
        outcome.warnings.append(wrong_locale(grid.title, grid.locale, office.locale))
    seen = fingerprint(grid, own)
    with app.store.engine.begin() as connection:
        observations.record(connection, office.code, grid.id, read.observations, at, lost)
        findings.record(connection, office.code, grid.id, read.findings, at)
        findings.record_reasons(connection, office.code, reasons_in(grid, own), at)
        workbook_rows.save(
            connection,
            office.code,
            grid.id,
            title=grid.title,
            locale=grid.locale,
            version=version.version if version else None,
            fingerprint=seen,
            dirty=False,
            read_at=at,
            wrote_until=None,
            changed_at=at if known is None or known.fingerprint != seen else known.changed_at,
            layout=own_layout(answer, own),
            tabs={str(sheet): encode(tab) for sheet, tab in {**lost, **used}.items()},
            notes=encode(read.notes),
            problem=None,
        )


def _owners(tabs: Mapping[int, KnownTab]) -> dict[int, str]:
    """The library of each tab that belonged to one, so that a renamed tab is found again."""
    return {sheet: tab.library for sheet, tab in tabs.items() if tab.library}


def _lost(
    app: App, grid: Workbook, before: Mapping[int, KnownTab], used: Mapping[int, KnownTab], codes: Collection[str]
) -> dict[int, KnownTab]:
    """Tabs that held figures and are gone, or can't be read any more; not those that were given up on purpose."""
    off = {tab.sheet_id for tab in grid.tabs if not app.settings.inputs.about(grid.id, tab.title).use}
    return {
        sheet: tab
        for sheet, tab in before.items()
        if sheet not in used and sheet not in off and (not tab.library or tab.library in codes)
    }


def tab_lost(tab: str, workbook: str) -> Message:
    """What to say of a tab that held figures and can't be read any more."""
    return msg(
        "The tab {tab} of “{title}” is gone, or its headings are. Bring it back (File, Version history), or take "
        "its library out of the register. Its figures read before stay.",
        tab=tab,
        title=workbook,
    )


def _fail(app: App, office: Office, workbook: str, error: SheetsSyncError, outcome: SyncOutcome) -> None:
    """Marks a workbook as unreadable; what was read before stays."""
    outcome.failures.append(Failure.of(workbook, error))
    with app.store.engine.begin() as connection:
        workbook_rows.save(connection, office.code, workbook, version=None, problem=error.message)
