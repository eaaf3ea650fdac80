"""Carries out a structural change: cells, and all that points at them, formulas included."""

from __future__ import annotations

from sheets_sync.local_google.formulas.adjust import adjust_formulas
from sheets_sync.local_google.sheets.columns import follow_columns
from sheets_sync.local_google.sheets.move import move_cells
from sheets_sync.local_google.sheets.shift import shift
from sheets_sync.local_google.structure import Delete, Insert, Move
from sheets_sync.local_google.workbook import Workbook


def restructure(workbook: Workbook, change: Insert | Delete | Move) -> None:
    """Insert, delete or move rows, columns or (with lanes) cells of the sheet that the change names."""
    sheet = workbook.sheet(change.sheet_id)
    assert sheet is not None
    move_cells(workbook.edit(sheet), change)
    shift(workbook, change)
    follow_columns(workbook, change, sheet)
    adjust_formulas(workbook, change)
