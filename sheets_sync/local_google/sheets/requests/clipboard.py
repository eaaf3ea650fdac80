"""copyPaste, cutPaste and pasteData."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from sheets_sync.local_google.errors import not_supported
from sheets_sync.local_google.formulas.adjust import adjust_formulas
from sheets_sync.local_google.formulas.rewrite import qualified
from sheets_sync.local_google.json_types import JsonObject
from sheets_sync.local_google.ranges import Bounds, grid_bounds
from sheets_sync.local_google.sheets.batch import Apply, Batch
from sheets_sync.local_google.sheets.copying import PASTES, block, copied, fit
from sheets_sync.local_google.sheets.requests.tabs import check_cells
from sheets_sync.local_google.sheets.shift import grid_range, shift
from sheets_sync.local_google.structure import Cut
from sheets_sync.local_google.values.entry import enter
from sheets_sync.local_google.workbook import Box, Cell, Formula, Sheet

WITH_MERGES = frozenset({"PASTE_NORMAL", "PASTE_FORMAT", "PASTE_NO_BORDERS"})
WITH_RULES = WITH_MERGES | {"PASTE_CONDITIONAL_FORMATTING"}


def copy_paste(batch: Batch, request: JsonObject) -> None:
    source, taken = batch.area(request.get("source", {}))
    target, place = _destination(batch, request.get("destination", {}), source)
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    kind = request.get("pasteType", "PASTE_NORMAL")
    cells = block(source, taken)
    height, width = (taken.width, taken.height) if turned else (taken.height, taken.width)
    down = max(1, place.height // height) if place.height % height == 0 else 1
    right = max(1, place.width // width) if place.width % width == 0 else 1
    for n in range(down * right):
        top, left = place.top + n // right * height, place.left + n % right * width
        tile = Box(top, left, top + height, left + width)
        fit(target, tile)
        _paste(target, tile, taken, cells, kind, turned=turned)
        _paste_around(batch, source, taken, target, tile, kind, turned=turned)
    check_cells(batch)


def _destination(batch: Batch, given: JsonObject, source: Sheet) -> tuple[Sheet, Box]:
    """Where to paste; the end of the range may lie outside the grid, which grows."""
    target = batch.grid(given.get("sheetId", source.id if not given else 0))
    bounds = grid_bounds(given)
    top, left = bounds.top or 0, bounds.left or 0
    bottom = target.row_count if bounds.bottom is None else bounds.bottom
    return target, Box(top, left, bottom, target.column_count if bounds.right is None else bounds.right)


def _paste(target: Sheet, tile: Box, taken: Box, cells: Sequence[Sequence[Cell]], kind: str, *, turned: bool) -> None:
    """Paste a block once."""
    paste = PASTES[kind]
    for down, row in enumerate(cells):
        for right, cell in enumerate(row):
            to_row, to_column = (tile.top + right, tile.left + down) if turned else (tile.top + down, tile.left + right)
            new = copied(cell, to_row - taken.top - down, to_column - taken.left - right)
            target.put(to_row, to_column, paste(target.cell(to_row, to_column), new))


def _paste_around(
    batch: Batch, source: Sheet, taken: Box, target: Sheet, tile: Box, kind: str, *, turned: bool
) -> None:
    """Merges and conditional formats come along."""
    if kind in WITH_MERGES:
        target.merges = [merge for merge in target.merges if merge.overlap(tile).empty]
        inside = [merge for merge in batch.grid(source.id).merges if merge.inside(taken)]
        target.merges += [_carried(merge, taken, tile, turned=turned) for merge in inside]
    if kind in WITH_RULES and not turned:
        _spread_rules(source, taken, target, tile)


def _carried(box: Box, taken: Box, tile: Box, *, turned: bool) -> Box:
    """A box inside the source, as it lies in the copy."""
    top, left, bottom, right = (side - base for side, base in zip(box, (taken.top, taken.left) * 2, strict=True))
    if turned:
        top, left, bottom, right = left, top, right, bottom
    return Box(tile.top + top, tile.left + left, tile.top + bottom, tile.left + right)


def _spread_rules(source: Sheet, taken: Box, target: Sheet, tile: Box) -> None:
    """The rules of the source hold in the copy as well."""
    for rule in list(source.conditional_formats):
        parts = [grid_bounds(found).within(source.box).overlap(taken) for found in rule["ranges"]]
        copies = [grid_range(target.id, _carried(part, taken, tile, turned=False)) for part in parts if not part.empty]
        if copies and target is source:
            rule["ranges"] = rule["ranges"] + [copy for copy in copies if copy not in rule["ranges"]]
        elif copies:
            target.conditional_formats.append(rule | {"ranges": copies})


def cut_paste(batch: Batch, request: JsonObject) -> None:
    source, taken = batch.area(request.get("source", {}))
    target, row, column = batch.cell(request.get("destination", {}))
    kind, tile = request.get("pasteType", "PASTE_NORMAL"), Box(row, column, row + taken.height, column + taken.width)
    fit(target, tile)
    cells = [[_leaving(cell, source, target) for cell in line] for line in block(source, taken)]
    for old_row, old_column, _ in list(source.cells(taken)):
        source.put(old_row, old_column, None)
    paste = PASTES[kind]
    for down, line in enumerate(cells):
        for right, cell in enumerate(line):
            place = row + down, column + right
            target.put(*place, paste(target.cell(*place), cell))
    change = Cut(source.id, taken, target.id, row, column)
    _move_merges(source, target, change)
    shift(batch.workbook, change)
    adjust_formulas(batch.workbook, change)
    check_cells(batch)


def _leaving(cell: Cell, source: Sheet, target: Sheet) -> Cell:
    """A formula that goes to another tab says which tab it meant."""
    if source is target or not isinstance(cell.entered, Formula):
        return cell
    return cell.but(entered=Formula(qualified(cell.entered.text, source.title)), number_format=cell.number_format)


def _move_merges(source: Sheet, target: Sheet, change: Cut) -> None:
    moving = [merge for merge in source.merges if merge.inside(change.source)]
    source.merges = [merge for merge in source.merges if merge not in moving]
    placed = [Box(*(side or 0 for side in change.bounds(Bounds(*merge)))) for merge in moving]
    height, width = change.source.height, change.source.width
    tile = Box(change.row, change.column, change.row + height, change.column + width)
    target.merges = [merge for merge in target.merges if merge.overlap(tile).empty] + placed


def paste_data(batch: Batch, request: JsonObject) -> None:
    if request.get("html"):
        raise not_supported("pasteData with html")
    sheet, row, column = batch.cell(request.get("coordinate", {}))
    rows = _parsed(request.get("data", ""), request.get("delimiter", "\t"))
    width = max((len(line) for line in rows), default=0)
    fit(sheet, Box(row, column, row + len(rows), column + width))
    paste = PASTES[request.get("type", "PASTE_NORMAL")]
    for down, line in enumerate(rows):
        for right, text in enumerate(line):
            old = sheet.cell(row + down, column + right)
            typed = enter(old, text, batch.workbook.locale, batch.today)
            sheet.put(row + down, column + right, paste(old, typed))
    check_cells(batch)


def _parsed(data: str, delimiter: str) -> list[list[str]]:
    """Lines cut at the delimiter; quotes protect it."""
    if len(delimiter) == 1:
        return list(csv.reader(io.StringIO(data), delimiter=delimiter))
    return [line.split(delimiter) for line in data.splitlines()]


REQUESTS: Mapping[str, Apply] = {"copyPaste": copy_paste, "cutPaste": cut_paste, "pasteData": paste_data}
