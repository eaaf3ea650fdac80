"""What was read is understood and remembered: the register first, then each workbook's figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sheets_sync import intake
from sheets_sync.app import App
from sheets_sync.errors import SheetsSyncError, TabMissingError
from sheets_sync.google import FileVersion, parse_workbook
from sheets_sync.grid import Workbook
from sheets_sync.messages import msg
from sheets_sync.office import Office
from sheets_sync.outcome import Failure, SyncOutcome
from sheets_sync.reading import Answer
from sheets_sync.store import findings, observations, register
from sheets_sync.store import workbooks as workbook_rows
from sheets_sync.store.codec import encode


def take_in(
    app: App,
    office: Office,
    answers: Mapping[str, Answer],
    listed: Mapping[str, FileVersion],
    outcome: SyncOutcome,
) -> bool:
    """Interprets and stores what was read, workbook by workbook.

    Returns:
        Whether the register changed.
    """
    good = {}
    for workbook, answer in answers.items():
        if isinstance(answer, SheetsSyncError):
            _fail(app, office, workbook, answer, outcome)
        else:
            good[workbook] = answer
    grids = {workbook: parse_workbook(answer) for workbook, answer in good.items()}
    home = office.register_workbook or office.workbook
    changed = False
    try:
        changed = home in grids and _take_in_register(app, office, grids[home])
    except SheetsSyncError as error:
        _fail(app, office, home, error, outcome)
        del grids[home]
    for workbook, grid in grids.items():
        _take_in_figures(app, office, grid, good[workbook], listed.get(workbook))
        outcome.read.append(workbook)
    return changed


def _take_in_register(app: App, office: Office, grid: Workbook) -> bool:
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
    read = intake.read_register(tab, grid.id, app.settings.inputs)
    with app.store.engine.begin() as connection:
        findings.record(connection, office.code, f"register:{grid.id}", read.findings, app.clock())
        return register.record(connection, office.code, read.libraries, app.clock())


def _take_in_figures(
    app: App, office: Office, grid: Workbook, answer: Mapping[str, Any], version: FileVersion | None
) -> None:
    at, settings = app.clock(), app.settings
    known = app.store.workbooks.of(office.code).get(grid.id)
    read = intake.interpret(
        grid,
        app.store.register.libraries(office.code),
        settings.elements,
        settings.inputs,
        office,
        known.tabs if known else {},
    )
    seen = fingerprint(grid, office)
    with app.store.engine.begin() as connection:
        observations.record(connection, office.code, grid.id, read.observations, at)
        findings.record(connection, office.code, grid.id, read.findings, at)
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
            layout=own_layout(answer, office),
            tabs={str(tab.sheet_id): tab.library for tab in read.tabs if tab.library},
            notes=encode(read.notes),
            problem=None,
        )


def _fail(app: App, office: Office, workbook: str, error: SheetsSyncError, outcome: SyncOutcome) -> None:
    """Marks a workbook as unreadable; what was read before stays."""
    outcome.failures.append(Failure.of(workbook, error))
    with app.store.engine.begin() as connection:
        workbook_rows.save(connection, office.code, workbook, version=None, problem=error.message)


def fingerprint(grid: Workbook, office: Office) -> str:
    """Of everything people type: the tabs that are not ours, their titles included, and the reasons they gave."""
    digest = hashlib.blake2b(digest_size=16)
    for tab in grid.tabs:
        if tab.title not in office.tabs.own:
            digest.update(repr((tab.sheet_id, tab.title, tab.merges, _trimmed(tab.rows))).encode())
    return digest.hexdigest()


def _trimmed(rows: tuple[tuple[object, ...], ...]) -> tuple[tuple[object, ...], ...]:
    end = len(rows)
    while end and not rows[end - 1]:
        end -= 1
    return rows[:end]


def own_layout(answer: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """Google's JSON of the workbook, with the cells of our own tabs only: what the next write needs to know."""
    sheets = [
        sheet if sheet["properties"]["title"] in office.tabs.own else {k: v for k, v in sheet.items() if k != "data"}
        for sheet in answer.get("sheets", ())
    ]
    return {**{k: v for k, v in answer.items() if k != "sheets"}, "sheets": sheets}
