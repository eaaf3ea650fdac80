"""Copies of cells: formulas are adjusted as a copy adjusts them, and a paste takes only what its type says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_sync.local_google.formulas.rewrite import shifted
from sheets_sync.local_google.spills import spilled
from sheets_sync.local_google.values.render import shown
from sheets_sync.local_google.workbook import Box, Cell, ErrorValue, Formula, Sheet


def copied(cell: Cell, down: int, right: int) -> Cell:
    """The cell as it is so many rows below and columns to the right."""
    if spilled(cell):
        return cell.but(entered=cell.value, number_format=cell.number_format)
    if not isinstance(cell.entered, Formula) or not (down or right):
        return cell
    return cell.but(entered=Formula(shifted(cell.entered.text, down, right)), number_format=cell.number_format)


def without_borders(cell: Cell) -> Cell:
    if not cell.format or "borders" not in cell.format:
        return cell
    return cell.but(format={name: value for name, value in cell.format.items() if name != "borders"} or None)


def _value_only(old: Cell, new: Cell) -> Cell:
    value = shown(new, "en_US") if isinstance(new.value, ErrorValue) else new.value
    return old.but(entered=value, number_format=new.number_format)


Paste = Callable[[Cell, Cell], Cell]
"""What becomes of a cell (first) when another (second, already adjusted) is pasted over it."""

PASTES: Mapping[str, Paste] = {
    "PASTE_NORMAL": lambda _old, new: new,
    "PASTE_VALUES": _value_only,
    "PASTE_FORMAT": lambda old, new: old.but(format=new.format),
    "PASTE_NO_BORDERS": lambda _old, new: without_borders(new),
    "PASTE_FORMULA": lambda old, new: old.but(entered=new.entered, number_format=new.number_format),
    "PASTE_DATA_VALIDATION": lambda old, new: old.but(validation=new.validation),
    "PASTE_CONDITIONAL_FORMATTING": lambda old, _new: old,
}
"""By pasteType; what is pasted besides cells (merges, conditional formats) is the clipboard requests' matter."""


def block(sheet: Sheet, box: Box) -> list[list[Cell]]:
    """The cells of a box, EMPTY where nothing stands."""
    return [[sheet.cell(row, column) for column in range(box.left, box.right)] for row in range(box.top, box.bottom)]


def fit(sheet: Sheet, box: Box) -> None:
    """Let the grid grow so that a box lies in it."""
    grid = sheet.properties["gridProperties"]
    larger = {"rowCount": max(grid["rowCount"], box.bottom), "columnCount": max(grid["columnCount"], box.right)}
    sheet.properties["gridProperties"] = grid | larger
