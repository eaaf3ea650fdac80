"""Deletes a sheet with what belongs to it."""

from __future__ import annotations

from sheets_sync.local_google.formulas.adjust import drop_from_formulas
from sheets_sync.local_google.sheets.shift import shift
from sheets_sync.local_google.structure import Drop
from sheets_sync.local_google.workbook import Sheet, Workbook


def drop_sheet(workbook: Workbook, sheet: Sheet) -> None:
    """Take the sheet out. Named ranges and metadata on it go, its comments lose their place, charts the data from it."""
    workbook.sheets.remove(sheet)
    workbook.touched.add(sheet.id)
    workbook.metadata = [found for found in workbook.metadata if found["location"].get("sheetId") != sheet.id]
    shift(workbook, Drop(sheet.id))
    drop_from_formulas(workbook, sheet.title)
