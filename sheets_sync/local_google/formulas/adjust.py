"""Keeps every formula of a workbook right when its grids change: call these after the cells have been moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sheets_sync.local_google.formulas.rewrite import followed, renamed, without_sheet
from sheets_sync.local_google.structure import Change
from sheets_sync.local_google.workbook import Cell, Formula, Sheet, Workbook


def formula_cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    """Row, column and cell of every formula of a sheet."""
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None and type(cell.entered) is Formula:
                yield row, column, cell


def adjust_formulas(workbook: Workbook, change: Change) -> None:
    """After a structural change (rows or columns inserted, deleted or moved, cells cut)."""
    _rewrite_all(workbook, lambda text, sheet: followed(text, workbook, sheet.id, change))


def rename_in_formulas(workbook: Workbook, old: str, new: str) -> None:
    """After the tab `old` was given the title `new`."""
    _rewrite_all(workbook, lambda text, _: renamed(text, old, new))


def drop_from_formulas(workbook: Workbook, title: str) -> None:
    """After the tab was deleted: what referred to it is `#REF!`."""
    _rewrite_all(workbook, lambda text, _: without_sheet(text, title))


def _rewrite_all(workbook: Workbook, rewritten: Callable[[str, Sheet], str]) -> None:
    for sheet in list(workbook.sheets):
        changed = [
            (row, column, cell.but(entered=Formula(text), value=cell.value, number_format=cell.number_format))
            for row, column, cell in formula_cells(sheet)
            if isinstance(cell.entered, Formula) and (text := rewritten(cell.entered.text, sheet)) != cell.entered.text
        ]
        own = workbook.edit(sheet) if changed else sheet
        for row, column, cell in changed:
            own.put(row, column, cell)
