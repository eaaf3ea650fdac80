"""What of a workbook people keep, apart from the program's own tabs: told by a fingerprint. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sheets_sync import rekap
from sheets_sync.config.office import Office
from sheets_sync.model.grid import GridCell, Tab, Workbook


def own_tabs(answer: Mapping[str, Any], office: Office) -> frozenset[int]:
    """The sheetIds of the program's own tabs in Google's JSON of a workbook; only the home workbook has any."""
    if answer.get("spreadsheetId") != office.workbook:
        return frozenset()
    return frozenset(rekap.tab_links(office, rekap.tab_states(answer)).sheet_ids.values())


def inputs_of(grid: Workbook, own: frozenset[int]) -> Workbook:
    """The workbook without our own tabs."""
    return replace(grid, tabs=tuple(tab for tab in grid.tabs if tab.sheet_id not in own))


def reasons_in(grid: Workbook, own: frozenset[int]) -> dict[str, str]:
    """The reasons people typed in `Perlu Dicek`, by the finding's code."""
    return {code: reason for tab in grid.tabs if tab.sheet_id in own for code, reason in rekap.reasons(tab).items()}


def fingerprint(grid: Workbook, own: frozenset[int]) -> str:
    """Of everything people type: the tabs that are not ours with their titles, and the reasons they gave."""
    digest = hashlib.blake2b(repr(sorted(reasons_in(grid, own).items())).encode(), digest_size=16)
    for tab in inputs_of(grid, own).tabs:
        digest.update(repr((tab.sheet_id, tab.title, tab.merges)).encode())
        for row in _filled(tab):
            digest.update(repr([(cell.value, cell.text, cell.kind.value, cell.formula) for cell in row]).encode())
    return digest.hexdigest()


def own_layout(answer: Mapping[str, Any], own: frozenset[int]) -> dict[str, Any]:
    """Google's JSON of the workbook, with the cells of our own tabs only: what the next write needs to know."""
    sheets = [
        sheet if sheet["properties"].get("sheetId", 0) in own else {k: v for k, v in sheet.items() if k != "data"}
        for sheet in answer.get("sheets", ())
    ]
    return {**{k: v for k, v in answer.items() if k != "sheets"}, "sheets": sheets}


def _filled(tab: Tab) -> tuple[tuple[GridCell, ...], ...]:
    """The rows up to the last that holds anything: Google leaves out the rest or not, as it pleases."""
    end = len(tab.rows)
    while end and all(cell.blank for cell in tab.rows[end - 1]):
        end -= 1
    return tab.rows[:end]
