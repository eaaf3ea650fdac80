"""Arrays of formulas and pivot tables: they fill the cells to their right and below, whose values nobody has entered."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

from sheets_sync.local_google.formulas.dependence import Place
from sheets_sync.local_google.formulas.tables import Array
from sheets_sync.local_google.ranges import a1
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Sheet, Value, Workbook

Changed = tuple[int, Box]
"""A sheet's id and the box in which values changed."""
Formats = Callable[[int, int], Mapping[str, Any] | None]
"""The number format of a row and column of an array."""


def spilled(cell: Cell) -> bool:
    """Whether a cell's value comes from a formula elsewhere."""
    return cell.entered is None and cell.value is not None


def numeric(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def spread(workbook: Workbook, place: Place, result: Array | None, formats: Formats) -> tuple[Value, list[Changed]]:
    """Fill the cells of a formula's array, and empty those that it filled before.

    Returns:
        The formula's own value (#REF! where the array does not fit) and what changed around it.
    """
    sheet = workbook.sheet(place.sheet_id)
    old = next((box for box in sheet.spills if box[:2] == place[1:]), None) if sheet else None
    if sheet is None or (result is None and old is None):
        return None, []
    box = Box(place.row, place.column, place.row + 1, place.column + 1)
    wanted = box if result is None else box._replace(bottom=box.top + result.height, right=box.left + result.width)
    error = _refusal(sheet, wanted, old or box)
    filled = _filled(sheet, old or box)
    before = {(row, column): cell.value for row, column, cell in filled if (row, column) != place[1:]}
    after = {} if result is None or error else _values(result, box)
    own = result.at(0, 0) if result is not None else None
    if (old, before) != (wanted, after):
        values = {
            (row, column): (value, formats(row - place.row, column - place.column))
            for (row, column), value in (dict.fromkeys(before) | after).items()
        }
        _fill(workbook.edit(sheet), values)
        spills = [other for other in sheet.spills if other != old]
        workbook.edit(sheet).spills = spills if result is None else [*spills, wanted.overlap(sheet.box)]
    changed = [(sheet.id, old or box), (sheet.id, wanted)] if before != after else []
    return error or own, changed


def _refusal(sheet: Sheet, wanted: Box, own: Box) -> ErrorValue | None:
    """Why an array can't be shown."""
    for name, lacking in (("rows", wanted.bottom - sheet.row_count), ("columns", wanted.right - sheet.column_count)):
        if lacking > 0:
            return ErrorValue("REF", f"Result was not automatically expanded, please insert more {name} ({lacking}).")
    for row, column, cell in sheet.cells(wanted):
        occupied = cell.entered is not None or (spilled(cell) and not own.holds(row, column))
        if occupied and (row, column) != (wanted.top, wanted.left):
            where = a1(Box(row, column, row + 1, column + 1))
            return ErrorValue("REF", f"Array result was not expanded because it would overwrite data in {where}.")
    return None


def _values(result: Array, box: Box) -> dict[tuple[int, int], Value]:
    """What the cells around the formula's own show."""
    return {
        (box.top + row, box.left + column): value
        for row, values in enumerate(result.rows())
        for column, value in enumerate(values)
        if (row or column) and value is not None
    }


def _filled(sheet: Sheet, box: Box) -> Iterator[tuple[int, int, Cell]]:
    return ((row, column, cell) for row, column, cell in sheet.cells(box) if spilled(cell))


def _fill(sheet: Sheet, values: Mapping[tuple[int, int], tuple[Value, Mapping[str, Any] | None]]) -> None:
    for (row, column), (value, number_format) in values.items():
        cell = sheet.cell(row, column)
        if cell.entered is None:
            sheet.put(row, column, cell.but(value=value, number_format=number_format if numeric(value) else None))


def retract(workbook: Workbook) -> None:
    """Empty what arrays filled in the sheets that an edit has touched, whose cells may stand elsewhere now."""
    if not any(sheet.spills for sheet in workbook.sheets):
        return
    for sheet in workbook.sheets:
        if sheet.id in workbook.touched:
            _fill(sheet, {(row, column): (None, None) for row, column, _ in list(_filled(sheet, sheet.box))})
            sheet.spills = []


def orphaned(workbook: Workbook, formulas: Container[Place]) -> list[Changed]:
    """Empty what arrays filled whose formulas are gone; what changed by that."""
    gone = [
        (sheet, box)
        for sheet in workbook.sheets
        for box in sheet.spills
        if Place(sheet.id, box.top, box.left) not in formulas
    ]
    for sheet, box in gone:
        own = workbook.edit(sheet)
        _fill(own, {(row, column): (None, None) for row, column, _ in list(_filled(own, box))})
        own.spills = [other for other in own.spills if other != box]
    return [(sheet.id, box) for sheet, box in gone]


def owners(workbook: Workbook, changed: Iterable[Changed]) -> set[Place]:
    """The formulas whose arrays reach into what changed."""
    return {
        Place(sheet.id, spill.top, spill.left)
        for sheet_id, box in changed
        for sheet in workbook.sheets
        if sheet.id == sheet_id
        for spill in sheet.spills
        if not spill.overlap(box).empty
    }


def pivot_places(workbook: Workbook, *, everything: bool) -> list[Place]:
    """Where pivot tables stand: known from what they fill, unless an edit may have put one anywhere in what it touched."""
    known = [
        Place(sheet.id, box.top, box.left)
        for sheet in workbook.sheets
        for box in sheet.spills
        if has_pivot(sheet.cell(box.top, box.left))
    ]
    if not everything:
        return known
    fresh = [
        Place(sheet.id, row, column)
        for sheet in workbook.sheets
        if sheet.id in workbook.touched
        for row, column, cell in sheet.cells()
        if cell.extra and has_pivot(cell)
    ]
    return sorted({*known, *fresh})


def has_pivot(cell: Cell) -> bool:
    return "pivotTable" in (cell.extra or ())
